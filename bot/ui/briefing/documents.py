"""A briefing as a file: Markdown, and a PDF with text that can be selected. Each claim stands whole in its block."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import cast

import matplotlib
from anyascii import anyascii
from fontTools.ttLib import TTFont
from fpdf import FPDF, ViewerPreferences
from PIL import Image

from bot.core.block import Block, block_of
from bot.core.briefing.briefings import Briefing
from bot.core.claims import Claim, FactBase
from bot.ui.briefing.briefings import (
    challenge_lines,
    head_lines,
    heading,
    timeline_lines,
    unknown_lines,
    voice_words,
    voices_words,
)
from bot.ui.kit.embeds import conflict_words
from bot.ui.kit.text import bold, escape, visible

_CONFLICTS = 60


def markdown_of(briefing: Briefing, base: FactBase) -> str:
    """The briefing as a CommonMark document; stored text in it is text, never markup."""
    parts = [f"# {_escaped(heading(briefing))}", _listed(head_lines(briefing))]
    for section in briefing.sections:
        parts.append(f"## {_escaped(section.title)}")
        for claim in section.claims:
            # Two spaces at a line's end keep the parts on lines of their own inside one paragraph.
            block = block_of(claim).text(escape=_escaped, label=bold).replace("\n", "  \n")
            parts += [f"### {_claim_heading(claim, base)}", block]
    for title, lines in _closing(briefing):
        parts += [f"## {title}", _listed(lines)]
    return "\n\n".join(parts) + "\n"


def _closing(briefing: Briefing) -> list[tuple[str, Sequence[str]]]:
    """What follows the claims, unescaped: titles of our own, each with its lines."""
    voices = [f"{voice.claimant} — {voice_words(voice)}" for voice in briefing.overview.voices]
    parts: list[tuple[str, Sequence[str]]] = [
        ("Timeline", timeline_lines(briefing)),
        ("Sources", [voices_words(briefing), *voices] if voices else []),
        ("Unknown", unknown_lines(briefing)),
        ("Open challenges", challenge_lines(briefing)),
    ]
    return [(title, lines) for title, lines in parts if lines]


def _claim_heading(claim: Claim, base: FactBase) -> str:
    disputes = base.disputes.get(claim.number, ())
    return f"{claim.ref} · conflicts with {conflict_words(disputes, _CONFLICTS)}" if disputes else claim.ref


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(f"- {_escaped(line)}" for line in lines)


def _escaped(text: str) -> str:
    """*text* on one line, as CommonMark shows it; a file pings nobody, so at-signs stay as they are."""
    return escape(text).replace("\u200b", "")


_FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
_REGULAR, _BOLD = _FONTS / "DejaVuSans.ttf", _FONTS / "DejaVuSans-Bold.ttf"
_FAMILY = "DejaVu"
_MARGIN, _INDENT, _LABEL = 18.0, 4.0, 27.0
_SIZE, _LEADING = 9.5, 0.5
_MARK = "\x00"
"""Tells a label from stored text, which never has it."""
_ROOMS = ((_SIZE, 6000), (_SIZE, 3000), (_SIZE, 2400), (6.0, 2400), (4.0, 2400))
"""Sizes of type and characters of a block to try until it fits a page, its statement shortened if need be."""


def pdf_of(briefing: Briefing, base: FactBase, picture: bytes | None = None) -> bytes:
    """
    The briefing as a PDF; the same bytes for the same briefing. Takes its time: not for the event loop.

    Args:
        picture: A PNG of the conflicting figures, which must itself say who said them and how far they were checked.
    """
    paper = _Paper(briefing)
    paper.headline(heading(briefing))
    paper.lines(head_lines(briefing))
    if picture:
        paper.picture(picture)
    for section in briefing.sections:
        for position, claim in enumerate(section.claims):
            paper.claim(block_of(claim), _claim_heading(claim, base), "" if position else section.title)
    for title, lines in _closing(briefing):
        paper.heading(title)
        paper.lines(lines)
    return paper.finished()


class _Paper(FPDF):
    """Pages of A4 on which a block is never split."""

    def __init__(self, briefing: Briefing) -> None:
        super().__init__()
        self._named = ""
        self._lacked = False
        self._lines: dict[tuple[str, float, float, str], list[str]] = {}
        self.alias_nb_pages(None)  # pyright: ignore[reportArgumentType] documented; "{nb}" in a claim stays as it is
        self.set_margin(_MARGIN)
        self.set_auto_page_break(auto=True, margin=_MARGIN)
        self.add_font(_FAMILY, "", _REGULAR)
        self.add_font(_FAMILY, "B", _BOLD)
        self.set_title(visible(heading(briefing)))
        self.set_lang("en")
        self.set_creator("Caveat")
        self.set_creation_date(datetime.combine(briefing.today, time(), UTC))
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self._named = heading(briefing)
        self.add_page()

    def footer(self) -> None:
        """Say at the foot of each page which briefing it is of."""
        self.set_y(-_MARGIN + 4)
        self._type(7.5)
        self.cell(0, 4, f"{self._drawn(self._named)[:100]} · page {self.page_no()}")

    def headline(self, text: str) -> None:
        """The document's title."""
        self._type(17, "B")
        self._paragraph(text)
        self.ln(2)

    def heading(self, text: str, room: float = 20) -> None:
        """A heading, bookmarked, with at least *room* millimetres under it on its page."""
        if self.will_page_break(self._heading(text, dry=True) + room):
            self.add_page()
        self.start_section(self._drawn(text)[:200])
        self._heading(text)

    def _heading(self, text: str, *, dry: bool = False) -> float:
        """Write a heading, or, *dry*, only measure it; its height with the space around it."""
        above, below = 4.0, 1.5
        self._type(13, "B")
        if dry:
            return above + self._paragraph(text, dry=True) + below
        self.ln(above)
        high = self._paragraph(text)
        self.ln(below)
        return above + high + below

    def lines(self, lines: Sequence[str]) -> None:
        """*lines* below each other."""
        for line in lines:
            self._type(_SIZE)
            self._paragraph(line)
            self.ln(1)

    def picture(self, png: bytes) -> None:
        """A picture, as large as the page allows."""
        with Image.open(BytesIO(png)) as image:
            wide, high = image.size
        scale = min(self.epw / wide, (self.eph - 4) / high)
        self.ln(3)
        if self.will_page_break(high * scale):
            self.add_page()
        said = "Conflicting figures by claimant. Each claim with its figures stands as text in this document."
        self.image(BytesIO(png), w=wide * scale, h=high * scale, alt_text=said)
        self.ln(1)

    def claim(self, block: Block, name: str, section: str) -> None:
        """One claim's block under its id, whole on one page; above it the heading of the *section* it opens."""
        above = self._heading(section, dry=True) if section else 0.0
        size, parts, high = self._fitted(block, name, self.eph - above)
        if section:
            self.heading(section, high)
        elif self.will_page_break(high):
            self.add_page()
        top = self.get_y()
        self._put(parts, name, size)
        self.set_draw_color(74, 111, 165)
        self.line(self.l_margin, top, self.l_margin, self.get_y())
        self.ln(3.5)

    def finished(self) -> bytes:
        """The document."""
        if self._lacked:
            self.lines(["", "Letters that the typeface of this document lacks are written in Latin ones in it."])
        return bytes(self.output())

    def _fitted(self, block: Block, name: str, room: float) -> tuple[float, list[tuple[str, str]], float]:
        """Size of type, labelled parts and height of *block*, in at most *room* millimetres."""
        size, parts, high = _SIZE, self._parts(block.text(escape=self._drawn, label=_marked)), 0.0
        for size, most in _ROOMS:
            text = block.fit(most, escape=self._drawn, label=_marked) or block.text(escape=self._drawn, label=_marked)
            parts = self._parts(text)
            high = self._put(parts, name, size, dry=True)
            if high <= room:
                break
        return size, parts, high

    def _parts(self, text: str) -> list[tuple[str, str]]:
        parts = [line.rpartition(_MARK) for line in text.split("\n")]
        return [(label.strip(_MARK), part.strip()) for label, _, part in parts]

    def _put(self, parts: Sequence[tuple[str, str]], name: str, size: float, *, dry: bool = False) -> float:
        """Write the id and the parts, or, *dry*, only measure them; the height they take."""
        self._type(size + 1, "B")
        high = self._paragraph(name, indent=_INDENT, dry=dry)
        for label, text in parts:
            if label and not dry:
                self._type(size, "B")
                self.set_x(self.l_margin + _INDENT)
                self.cell(_LABEL, self._line, label)
            self._type(size)
            high += self._paragraph(text, indent=_INDENT + _LABEL, dry=dry)
        return high

    def _type(self, size: float, style: str = "") -> None:
        self.set_font(_FAMILY, style, size)

    @property
    def _line(self) -> float:
        return self.font_size_pt * _LEADING

    def _paragraph(self, text: str, *, indent: float = 0, dry: bool = False) -> float:
        """Write *text* in the type set, or measure it; its height."""
        lines = self._wrapped(self._drawn(text), self.epw - indent)
        if not dry:
            for line in lines:
                self.set_x(self.l_margin + indent)
                self.cell(self.epw - indent, self._line, line, new_x="LMARGIN", new_y="NEXT")
        return len(lines) * self._line

    def _wrapped(self, text: str, width: float) -> list[str]:
        """The lines *text* takes; worked out once, as a block is measured before it is written."""
        key = (text, width, self.font_size_pt, self.font_style)
        if key not in self._lines:
            lines = self.multi_cell(width, self._line, text, align="L", dry_run=True, output="LINES")
            self._lines[key] = cast("list[str]", lines)
        return self._lines[key]

    def _drawn(self, text: str) -> str:
        """*text* on one line in letters that the typeface has and that run from left to right."""
        kept = [_letter(character) for character in visible(text)]
        self._lacked = self._lacked or "".join(kept) != visible(text)
        return "".join(kept)


def _marked(label: str) -> str:
    return f"{_MARK}{label}{_MARK}"


def _letter(character: str) -> str:
    if ord(character) in _glyphs() and unicodedata.bidirectional(character) not in {"R", "AL"}:
        return character
    return " ".join(anyascii(character).split()) or "?"


@cache
def _glyphs() -> frozenset[int]:
    """Characters that both cuts of the typeface have."""
    with TTFont(_REGULAR, lazy=True) as regular, TTFont(_BOLD, lazy=True) as heavy:
        return frozenset(regular.getBestCmap() or {}) & frozenset(heavy.getBestCmap() or {})
