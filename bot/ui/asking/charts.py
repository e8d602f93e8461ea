"""
The picture of figures side by side: a card for each metric, in it one row for each figure, by claimant, on one scale.

Every row carries attribution and verification in the picture itself, and the figure in the source's words. Nothing is
averaged; unlike metrics stand in cards of their own that say so. Nothing is told by colour alone: a figure without an
upper or lower bound ends in an arrow.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from bot.core.asking.comparison import Panel
from bot.core.asking.summary import summary
from bot.core.block import ATTRIBUTION, VERIFICATION, attribution_words, block_of, reported_once, verification_words
from bot.core.claims import Claim, Link
from bot.core.figures import Figure
from bot.core.plurals import plural
from bot.core.wording import say
from bot.ui.asking.sheet import DARK, LIGHT, Sheet
from bot.ui.kit.fonts import wrapped
from bot.ui.kit.text import visible

ALT_LENGTH = 1024
MOST_ROWS = 8

_WIDE = 900
"""Pixels; on a phone of 390 the smallest type is between twelve and fourteen high."""
_EDGE, _PAD, _GAP = 28, 36, 22
_ROOM, _INSIDE = _WIDE - 2 * _EDGE, _WIDE - 2 * (_EDGE + _PAD)
"""For what stands between the cards, and inside them."""
_TITLE, _HEAD, _WORDS, _TEXT, _SMALL = 50, 42, 46, 35, 32
_BAR = 22
_COMPARED = 2
_COLOURS = 48
_CAVEAT_LINES = 4


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
    words: tuple[str, ...]
    verification: tuple[str, ...]


def comparison_picture(title: str, panels: Sequence[Panel]) -> Picture:
    """
    Draw *panels*, eight rows at most; blocking, and the same bytes for the same input.

    Args:
        title: Without a figure.
    """
    claims = _claims(panels)
    once = reported_once(claims)
    shown, left = rows_of(panels, sourced=not once)
    sheet = Sheet(_WIDE, DARK)
    sheet.y += _EDGE
    sheet.text(wrapped(title, _ROOM / _TITLE, bold=True)[:2], _EDGE, _TITLE, bold=True)
    _beside(sheet, _at_a_glance(claims))
    _beside(sheet, once)
    for number, (panel, rows) in enumerate(shown):
        sheet.y += _GAP
        if number:
            _beside(sheet, say("Not comparable with the figures above: something else is counted."))
            sheet.y += _GAP // 2
        _card(sheet, panel, rows, agreement(panel, panels), _EDGE)
    if left:
        sheet.y += _GAP
        _beside(sheet, say("and {more}, in the text", more=plural(left, "more figure")))
    sheet.y += _EDGE
    return Picture(_png(sheet), alt_text(title, panels))


def comparison_cards(panels: Sequence[Panel], *, sourced: bool) -> list[bytes]:
    """
    The cards of *panels* by themselves, for paper; none where a single claimant gives all the figures.

    Args:
        sourced: Whether each row names the publisher.
    """
    cards: list[bytes] = []
    for panel, rows in rows_of(panels, sourced=sourced)[0] if in_conflict(panels) else ():
        sheet = Sheet(_ROOM, LIGHT)
        _card(sheet, panel, rows, agreement(panel, panels), 0)
        cards.append(_png(sheet))
    return cards


def in_conflict(panels: Sequence[Panel]) -> bool:
    """Whether more than one claimant gives the figures: there is nothing to compare otherwise."""
    return len({claim.attribution.claimant.key for panel in panels for claim in panel.claims}) > 1


def _claims(panels: Sequence[Panel]) -> list[Claim]:
    return list(dict.fromkeys(claim for panel in panels for claim in panel.claims))


def _at_a_glance(claims: Sequence[Claim]) -> str:
    """Whether they agree, who says so, and whether anybody checked; without a figure."""
    disputes = {number: pair for claim in claims for pair in _conflicts(claim) for number in pair}
    return summary(claims, disputes) if claims else ""


def _beside(sheet: Sheet, words: str) -> None:
    sheet.text(wrapped(words, _ROOM / _SMALL) if words else (), _EDGE, _SMALL, sheet.palette.quiet)


def _png(sheet: Sheet) -> bytes:
    out = io.BytesIO()
    sheet.image().quantize(_COLOURS, dither=Image.Dither.NONE).save(out, format="png")
    return out.getvalue()


def rows_of(panels: Sequence[Panel], *, sourced: bool = True) -> tuple[list[tuple[Panel, list[Row]]], int]:
    """The rows that are drawn, by panel, and how many figures are left out."""
    every = [
        (panel, _row(claim, figure, sourced=sourced))
        for panel in panels
        for claim in panel.claims
        for figure in panel.figures(claim)
    ]
    shown: list[tuple[Panel, list[Row]]] = []
    for panel, row in every[:MOST_ROWS]:
        if not shown or shown[-1][0] is not panel:
            shown.append((panel, []))
        shown[-1][1].append(row)
    return shown, max(0, len(every) - MOST_ROWS)


def agreement(panel: Panel, beside: Sequence[Panel] = ()) -> str:
    """
    Whether those who give a figure for one metric agree, by the relations between their claims.

    Args:
        beside: Further panels; a claim at odds with one there is said to be, and that it counts something else.
    """
    claimants = len({claim.attribution.claimant.key for claim in panel.claims})
    here = {claim.number for claim in panel.claims}
    pairs = [pair for each in (panel, *beside) for claim in each.claims for pair in _conflicts(claim)]
    inside = {number for pair in pairs if here.issuperset(pair) for number in pair}
    across = {claim.number for each in beside for claim in each.claims} - here
    outside = {number for pair in pairs if here.intersection(pair) for number in across.intersection(pair)}
    if claimants == 1:
        words = say("One claimant alone gives this.")
    elif inside:
        words = say("{claimants}; in conflict: {refs}.", claimants=plural(claimants, "claimant"), refs=_refs(inside))
    else:
        words = say("{claimants}; whether they agree is not noted.", claimants=plural(claimants, "claimant"))
    if not outside:
        return words
    odds = (
        say("At odds with {refs}, which counts something else.", refs=_refs(outside))
        if len(outside) == 1
        else say("At odds with {refs}, which count something else.", refs=_refs(outside))
    )
    return f"{words} {odds}"


def _conflicts(claim: Claim) -> list[tuple[int, int]]:
    conflict = (Link.DISPUTES, Link.DENIES)
    return [(claim.number, relation.number) for relation in claim.relations if relation.link in conflict]


def _refs(numbers: set[int]) -> str:
    return ", ".join(f"C{number}" for number in sorted(numbers))


def alt_text(title: str, panels: Sequence[Panel]) -> str:
    """What the picture shows: whole blocks for as long as there is room, then how many more there are."""
    claims = _claims(panels)
    once = reported_once(claims)
    told = say("Figures compared: {title}.", title=visible(title)[:80])
    text = " ".join(filter(None, (told, _at_a_glance(claims), once)))
    for at, claim in enumerate(claims):
        more = " " + say("And {more}, in the message.", more=plural(len(claims) - at, "more claim"))
        block = f"\n{claim.ref}: {' '.join(block_of(claim, sourced=not once).text().splitlines())}"
        after = len(claims) - at - 1
        if len(text) + len(block) + (len(more) if after else 0) > ALT_LENGTH:
            return text + more
        text += block
    return text


def _row(claim: Claim, figure: Figure, *, sourced: bool) -> Row:
    said = f"{claim.ref}  {ATTRIBUTION} {attribution_words(claim.attribution, sourced=sourced)}"
    checked = wrapped(f"{VERIFICATION} {verification_words(claim.verification)}", _INSIDE / _SMALL)
    if len(checked) > _CAVEAT_LINES:
        checked = [*checked[: _CAVEAT_LINES - 1], f"{checked[_CAVEAT_LINES - 1][:-1]}…"]
    unknown = ": " + say("no number given") if figure.low is None and figure.high is None else ""
    words = wrapped(f"{figure.stated}{unknown}", _INSIDE / _WORDS, bold=True)
    return Row(claim, figure, tuple(wrapped(said, _INSIDE / _TEXT, bold=True)), tuple(words), tuple(checked))


def _card(sheet: Sheet, panel: Panel, rows: Sequence[Row], agreed: str, edge: int) -> None:
    """One metric: its name, whether its claimants agree, its rows, and where they share a scale, that scale."""
    card, x = sheet.begin_card(edge), edge + _PAD
    sheet.y += _PAD - _GAP // 2
    sheet.text(wrapped(panel.name, _INSIDE / _HEAD, bold=True), x, _HEAD, bold=True)
    sheet.text(wrapped(agreed, _INSIDE / _SMALL), x, _SMALL, sheet.palette.quiet)
    scale = scale_of(rows)
    for row in rows:
        sheet.y += _GAP // 2
        sheet.rule(x, _INSIDE)
        sheet.y += _GAP // 2
        sheet.text(row.attribution, x, _TEXT, bold=True)
        sheet.text(row.words, x, _WORDS, sheet.palette.mark, bold=True)
        if scale:
            _bar(sheet, row.figure, scale[-1], x)
        sheet.text(row.verification, x, _SMALL)
    if scale:
        sheet.y += _GAP // 2
        sheet.marks([(x + round(mark / scale[-1] * _INSIDE), f"{mark:,.10g}") for mark in scale])
    sheet.y += _PAD - _GAP // 2
    sheet.end_card(card)


def scale_of(rows: Sequence[Row]) -> tuple[float, ...]:
    """The marks of one scale for *rows*, from zero to above the largest bound; none where nothing can be compared."""
    bounds = [bound for row in rows for bound in (row.figure.low, row.figure.high) if bound is not None]
    bounded = sum(row.figure.low is not None or row.figure.high is not None for row in rows)
    if bounded < _COMPARED or max(bounds) <= 0 or min(bounds) < 0:
        return ()
    rough = max(bounds) * 1.15 / 4
    power = 10 ** math.floor(math.log10(rough))
    step = next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= rough)
    return tuple(step * number for number in range(math.ceil(max(bounds) * 1.1 / step) + 1))


def _bar(sheet: Sheet, figure: Figure, most: float, x: int) -> None:
    """A point, a bar between two bounds, or a bar that ends in an arrow where a bound is not given."""
    sheet.y += _GAP // 2
    if figure.low is not None or figure.high is not None:
        low = 0.0 if figure.low is None else figure.low / most
        high = 1.0 if figure.high is None else figure.high / most
        ends = (figure.low is None, figure.high is None)
        sheet.bar(x + round(low * _INSIDE), x + round(high * _INSIDE), ends, (x, x + _INSIDE))
    sheet.y += _BAR + _GAP // 2
