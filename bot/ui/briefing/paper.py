"""Pages of A4 for a briefing: blocks are whole, headings stay with what follows, every script has its typeface."""

from __future__ import annotations

import string
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path

from fpdf import FPDF, ViewerPreferences
from PIL import Image

from bot.core.block import ATTRIBUTION, Block
from bot.core.wording import INTERFACE, later, say
from bot.ui.kit.fonts import Face, face_of, faces, in_sight, legible, runs, static, wrapped
from bot.ui.kit.text import visible

_MARGIN, _INDENT, _LABEL = 18.0, 4.0, 27.0
_SIZE, _LEADING = 9.5, 0.5
_GUTTER = 4.0
_POINT = 25.4 / 72
"""Millimetres."""
_MARK = "\x00"
"""Tells a label from stored text, which never has it."""
_ROOMS = ((_SIZE, 6000), (_SIZE, 3000), (_SIZE, 2400), (6.0, 2400), (4.0, 2400))
"""Sizes of type and characters of a block to try until it fits a page, its statement shortened if need be."""
_LATIN = later("Letters that no typeface at hand has are written in Latin ones in this document.")
_OWN = string.digits + string.ascii_letters + string.punctuation + " ·…“”‘’–—?"


class Paper(FPDF):
    """
    A document on which a block is never split.

    Args:
        title: As stored; also at the foot of each page.
        text: All that will be written, to know which characters the typefaces in the file must have.
        folder: Where typefaces are kept until the document is `finished`.
        above: A line at the head of each page, on paper once for all the claims below it.
    """

    def __init__(self, title: str, today: date, text: str, folder: Path, *, above: str = "") -> None:
        super().__init__()
        self._named = title
        self._above = above
        self._lacked = False
        self._families: dict[Face, str] = {}
        self._lines: dict[tuple[str, float, float, bool], list[str]] = {}
        self._begun: dict[str, int] = {}
        self.alias_nb_pages(None)  # pyright: ignore[reportArgumentType] documented; "{nb}" in a claim stays as it is
        self.set_margin(_MARGIN)
        self.set_auto_page_break(auto=True, margin=_MARGIN)
        ours = (above, say("page {n}"), say("{title}: page {n}"), say("Contents"), say(_LATIN))
        self._load(legible(" ".join((text, title, *ours))), folder)
        self.set_title(visible(title))
        self.set_lang(INTERFACE.get())
        self.set_creator("Caveat")
        self.set_creation_date(datetime.combine(today, time(), UTC))
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.add_page()

    def _load(self, text: str, folder: Path) -> None:
        """Add what of each typeface *text* needs."""
        letters: defaultdict[Face, set[str]] = defaultdict(set)
        letters[faces()[0]].update(_OWN)
        others: set[str] = set()
        for each in set(text):
            letters[face_of(each) or faces()[0]].add(each)
            if not each.isalpha():
                others.add(each)
        for number, (face, own) in enumerate(sorted(letters.items(), key=lambda each: faces_order(each[0]))):
            self._families[face] = family = f"f{number}"
            for style in ("", "B"):
                file = folder / f"{family}{style}.otf"
                wanted = "".join(sorted(own | {each for each in others if face.has(each)}))
                file.write_bytes(static(face, wanted, bold=bool(style)))
                self.add_font(family, style, file)

    def header(self) -> None:
        """Say at the head of each page what holds for all its claims."""
        self.set_y(_MARGIN - 8)
        self._type(_SIZE)
        self._write(self.l_margin, self._drawn(self._above))
        self.set_y(_MARGIN)

    def footer(self) -> None:
        """Say at the foot of each page which briefing it is of."""
        self.set_y(-_MARGIN + 4)
        self._type(7.5)
        page = say("page {n}", n=self.page_no())
        self._write(self.l_margin, f"{self._drawn(self._named)[:100]} · {page}")

    def headline(self, text: str) -> None:
        """The document's title."""
        self._type(17, bold=True)
        self._paragraph(text)
        self.ln(2)

    def heading(self, text: str, room: float = 20) -> None:
        """A heading, bookmarked, with at least *room* millimetres under it on its page."""
        self._make_room(self._heading(text, dry=True) + room)
        self.start_section(self._drawn(text)[:200])
        self._begun.setdefault(text, self.page)
        self._heading(text)

    def begun(self, text: str) -> int:
        """The page that the heading *text* is on."""
        return self._begun[text]

    def _heading(self, text: str, *, dry: bool = False) -> float:
        """Write a heading, or, *dry*, only measure it; its height with the space around it."""
        above, below = 4.0, 1.5
        self._type(13, bold=True)
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

    def cards(self, pictures: Sequence[bytes], line: str) -> None:
        """Pictures as PNG, two abreast, under a *line*; what stands side by side is whole on one page."""
        said = say("Conflicting figures by claimant. Each claim with its figures stands as text in this document.")
        half = (self.epw + _GUTTER) / 2
        most = self.eph - self._line - 1
        for first in range(0, len(pictures), 2):
            abreast = pictures[first : first + 2]
            tallest = max(map(_tall, abreast))
            wide = min(half - _GUTTER, most / tallest)
            self._make_room(wide * tallest + (0 if first else self.eph - most))
            self.lines([] if first else [line])
            top = self.get_y()
            for at, png in enumerate(abreast):
                self.image(BytesIO(png), x=self.l_margin + at * half, y=top, w=wide, alt_text=said)
            self.set_xy(self.l_margin, top + wide * tallest + _GUTTER)

    def _make_room(self, high: float) -> None:
        """Begin a page where this one has no *high* millimetres left."""
        if self.will_page_break(high):
            self.add_page()

    def claim(self, block: Block, name: str, section: str) -> None:
        """One claim's block under its id, whole on one page; above it the heading of the *section* it opens."""
        above = self._heading(section, dry=True) if section else 0.0
        size, parts, high = self._fitted(block, name, self.eph - above)
        if section:
            self.heading(section, high)
        else:
            self._make_room(high)
        top = self.get_y()
        self._put(parts, name, size)
        self.set_draw_color(74, 111, 165)
        self.line(self.l_margin, top, self.l_margin, self.get_y())
        self.ln(3.5)

    def finished(self) -> bytes:
        """The document."""
        if self._lacked:
            self.lines(["", say(_LATIN)])
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
        self._type(size - 1)
        high = self._paragraph(name, indent=_INDENT, dry=dry)
        for label, text in parts:
            if label and not dry:
                self._type(size, bold=True)
                self._write(self.l_margin + _INDENT, label)
            self._type(size, bold=label == ATTRIBUTION)
            high += self._paragraph(text, indent=_INDENT + _LABEL, dry=dry)
        return high

    def _type(self, size: float, *, bold: bool = False) -> None:
        self.set_font("f0", "B" if bold else "", size)

    @property
    def _line(self) -> float:
        return self.font_size_pt * _LEADING

    def _paragraph(self, text: str, *, indent: float = 0, dry: bool = False) -> float:
        """Write *text* in the type set, or measure it; its height."""
        lines = self._wrapped(self._drawn(text), self.epw - indent)
        if not dry:
            for line in lines:
                self._make_room(self._line)
                self._write(self.l_margin + indent, line)
                self.set_xy(self.l_margin, self.get_y() + self._line)
        return len(lines) * self._line

    def _write(self, x: float, line: str) -> None:
        """One line at *x*, each script in its typeface; the height stays as it is."""
        style, size = self.font_style, self.font_size_pt
        parts = in_sight(runs(line))
        self.set_x(x)
        if len(parts) == 1 and parts[0][0] == faces()[0]:
            self.cell(0, self._line, line)
            return
        for face, text in parts:
            self.set_font(self._families[face], style, size)
            self.set_text_shaping(face != faces()[0])
            wide = self.get_string_width(text)
            self.cell(wide, self._line, text)
            x += wide
            self.set_x(x)
        self.set_text_shaping(False)
        self.set_font("f0", style, size)

    def _wrapped(self, text: str, width: float) -> list[str]:
        """The lines *text* takes; worked out once, as a block is measured before it is written."""
        bold = "B" in self.font_style
        key = (text, width, self.font_size_pt, bold)
        if key not in self._lines:
            self._lines[key] = wrapped(text, width / (self.font_size_pt * _POINT), bold=bold)
        return self._lines[key]

    def _drawn(self, text: str) -> str:
        """*text* on one line in letters that a typeface has."""
        drawn = legible(text)
        self._lacked = self._lacked or drawn != visible(text)
        return drawn


def faces_order(face: Face) -> tuple[int, str, int]:
    """The bot's own typefaces in their order, others by their names."""
    known = faces()
    return (known.index(face) if face in known else len(known), str(face.path), face.index)


def _marked(label: str) -> str:
    return f"{_MARK}{label}{_MARK}"


def _tall(png: bytes) -> float:
    """How high a picture is for its width."""
    with Image.open(BytesIO(png)) as image:
        return image.height / image.width
