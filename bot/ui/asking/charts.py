"""
The picture of conflicting figures: one row for each, by claimant, one panel with its own scale for each metric.

Every row carries attribution and verification in the picture itself, and the figure in the source's words. Nothing is
averaged, and nothing is told by colour alone: a figure without an upper or lower bound ends in an arrow.
"""

# matplotlib does not say what it takes and gives:
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from anyascii import anyascii
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Drawing
from matplotlib.font_manager import FontProperties, findfont, get_font

from bot.core.asking.comparison import Panel
from bot.core.block import ATTRIBUTION, VERIFICATION, attribution_words, block_of, verification_words
from bot.core.claims import Claim
from bot.core.figures import Figure
from bot.core.rules.headlines import headline_in
from bot.ui.kit.text import visible

ALT_LENGTH = 1024
MOST_ROWS = 12

_WIDTH, _DPI = 10.0, 100
_LINE, _GAP, _HEAD = 0.175, 0.16, 0.5
_WRAP, _BOLD_WRAP, _CAVEAT_LINES = 66, 58, 4
_TEXT_SHARE = 0.56
_INK, _QUIET, _PAPER, _MARK = "#16202c", "#46525f", "#ffffff", "#1f4e79"
_PLAIN_UNITS = frozenset({"people", "share"})
_FONT = FontProperties(family="DejaVu Sans")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and all that it shows in words, at most 1,024 characters (Discord's limit of a description)."""

    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: who says it, how far it was checked (both as lines), and the words it is given in."""

    claim: Claim
    figure: Figure
    attribution: tuple[str, ...]
    verification: tuple[str, ...]
    words: str

    @property
    def height(self) -> float:
        """In inches."""
        return (len(self.attribution) + len(self.verification)) * _LINE + _GAP


def comparison_picture(title: str, panels: Sequence[Panel]) -> Picture:
    """
    Draw *panels*, twelve rows at most; blocking, and the same bytes for the same input.

    Args:
        title: Without a figure.
    """
    shown, left = rows_of(panels)
    height = (
        _HEAD + sum(_HEAD + sum(row.height for row in rows) + _HEAD for _, rows in shown) + (_HEAD if left else 0)
    )
    drawing = Drawing(figsize=(_WIDTH, height), dpi=_DPI, facecolor=_PAPER)
    FigureCanvasAgg(drawing)
    top = height - _HEAD / 2
    _write(drawing, 0.02, top / height, _drawable(title), size=14, weight="bold")
    top -= _HEAD / 2
    for panel, rows in shown:
        top = _panel(drawing, panel, rows, top, height)
    if left:
        _write(drawing, 0.02, (top - _HEAD / 2) / height, f"and {left} more figures, in the message", size=9)
    out = io.BytesIO()
    drawing.savefig(out, format="png", facecolor=_PAPER, metadata={"Software": None})
    return Picture(out.getvalue(), alt_text(title, panels))


def rows_of(panels: Sequence[Panel]) -> tuple[list[tuple[Panel, list[Row]]], int]:
    """The rows that are drawn, by panel, and how many figures are left out."""
    every = [
        (panel, _row(claim, figure)) for panel in panels for claim in panel.claims for figure in panel.figures(claim)
    ]
    shown: list[tuple[Panel, list[Row]]] = []
    for panel, row in every[:MOST_ROWS]:
        if not shown or shown[-1][0] is not panel:
            shown.append((panel, []))
        shown[-1][1].append(row)
    return shown, max(0, len(every) - MOST_ROWS)


def alt_text(title: str, panels: Sequence[Panel]) -> str:
    """What the picture shows: whole blocks for as long as there is room, then how many more there are."""
    claims = list({claim.number: claim for panel in panels for claim in panel.claims}.values())
    text = f"Figures compared: {visible(title)[:80]}."
    for at, claim in enumerate(claims):
        more = f" And {len(claims) - at} more claims, in the message."
        block = f"\n{claim.ref}: {' '.join(block_of(claim).text().splitlines())}"
        after = len(claims) - at - 1
        if len(text) + len(block) + (len(more) if after else 0) > ALT_LENGTH:
            return text + more
        text += block
    return text


def _row(claim: Claim, figure: Figure) -> Row:
    attribution = _wrapped(f"{claim.ref}  {ATTRIBUTION} {attribution_words(claim.attribution)}", _BOLD_WRAP)
    verification = _wrapped(f"{VERIFICATION} {verification_words(claim.verification)}", _WRAP)
    if len(verification) > _CAVEAT_LINES:
        verification = (*verification[: _CAVEAT_LINES - 1], f"{verification[_CAVEAT_LINES - 1][: _WRAP - 1]}…")
    of = f" of {figure.of}" if figure.of else ""
    return Row(claim, figure, attribution, verification, _drawable(f"{figure.quantifier}{of}"))


def _wrapped(text: str, width: int) -> tuple[str, ...]:
    return tuple(textwrap.wrap(_drawable(text), width))


def _drawable(text: str) -> str:
    """*text* with characters that the typeface lacks in Latin letters, and none that cannot be seen."""
    known = get_font(findfont(_FONT)).get_charmap()
    return "".join(each if ord(each) in known else anyascii(each) for each in visible(text))


def _write(drawing: Drawing, x: float, y: float, text: str, *, size: float, weight: str = "normal") -> None:
    drawing.text(x, y, text, fontsize=size, fontweight=weight, color=_INK, va="center", parse_math=False)


def _panel(drawing: Drawing, panel: Panel, rows: Sequence[Row], top: float, height: float) -> float:
    unit = "" if panel.unit in _PLAIN_UNITS or headline_in(panel.unit) else f" ({panel.unit})"
    _write(drawing, 0.02, (top - _HEAD / 2) / height, _drawable(f"{panel.metric}{unit}"), size=11, weight="bold")
    top -= _HEAD
    deep = sum(row.height for row in rows)
    axes = drawing.add_axes((_TEXT_SHARE, (top - deep) / height, 0.97 - _TEXT_SHARE, deep / height), facecolor=_PAPER)
    low, high = _scale(rows)
    axes.set_xlim(low, high)
    axes.set_ylim(deep, 0)
    axes.yaxis.set_visible(False)
    axes.tick_params(axis="x", labelsize=8, colors=_QUIET)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    axes.locator_params(axis="x", nbins=5)
    axes.grid(axis="x", color="#d5dbe1", linewidth=0.6)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    down = 0.0
    for row in rows:
        _texts(drawing, row, top - down, height)
        _mark(axes, row, down + row.height / 2, low, high)
        down += row.height
        axes.axhline(down, color="#d5dbe1", linewidth=0.6)
    return top - deep - _HEAD


def _texts(drawing: Drawing, row: Row, top: float, height: float) -> None:
    at = top - _GAP / 2 - _LINE / 2
    lines = [(line, "bold") for line in row.attribution] + [(line, "normal") for line in row.verification]
    for line, weight in lines:
        drawing.text(
            0.02,
            at / height,
            line,
            fontsize=8.5,
            color=_INK,
            fontweight=weight,
            va="center",
            parse_math=False,
        )
        at -= _LINE


def _scale(rows: Sequence[Row]) -> tuple[float, float]:
    """From zero to a third above the largest bound, so that words find room; unlike panels have unlike scales."""
    bounds = [bound for row in rows for bound in (row.figure.low, row.figure.high) if bound is not None]
    largest = max(bounds, default=1.0) or 1.0
    return min(0.0, *bounds, 0.0), largest * 1.35


def _mark(axes: Axes, row: Row, y: float, low: float, high: float) -> None:
    """A point, a bar between two bounds, or a bar that ends in an arrow where a bound is not given."""
    figure = row.figure
    if figure.low is None and figure.high is None:
        axes.text((low + high) / 2, y, f"{row.words}: no number given", **_WORDS)
        return
    start = low if figure.low is None else figure.low
    end = high * 0.97 if figure.high is None else figure.high
    if start == end:
        axes.plot([start], [y], marker="D", markersize=7, color=_MARK)
    else:
        axes.plot([start, end], [y, y], color=_MARK, linewidth=3, solid_capstyle="butt")
    if figure.high is None:
        axes.plot([end], [y], marker=">", markersize=8, color=_MARK)
        axes.plot([start], [y], marker="|", markersize=12, markeredgewidth=2.5, color=_MARK)
    elif figure.low is None:
        axes.plot([end], [y], marker="|", markersize=12, markeredgewidth=2.5, color=_MARK)
        axes.plot([start + (high - low) * 0.01], [y], marker="<", markersize=8, color=_MARK)
    axes.text(min(max((start + end) / 2, high * 0.2), high * 0.8), y - 0.12, row.words, **_WORDS)


_WORDS: dict[str, Any] = {
    "ha": "center",
    "va": "bottom",
    "fontsize": 9.5,
    "fontweight": "bold",
    "color": _INK,
    "parse_math": False,
}
