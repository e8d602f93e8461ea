"""
Typefaces for whatever script a name is in, shaped by HarfBuzz, for pictures and PDF alike.

The Noto fonts that are installed with the bot come first, then what fontconfig finds on the machine. What no typeface
has is written in Latin letters, so that a claimant can always be read.
"""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from anyascii import anyascii
from PIL import Image

from bot.ui.kit.text import visible

hb: Any = import_module("uharfbuzz")
"""HarfBuzz, whose Python module is compiled and says nothing of its types."""

_REGULAR, _BOLD = 400.0, 700.0
_KOREAN = 1
"""Which face of the collection for Chinese, Japanese and Korean; each has the letters of all three."""
_LIST = ("fc-list", ":", "file", "index")
_LISTED = re.compile(r"^(.+\.(?:ttf|otf|ttc)): ?(?::index=(\d+))?$", re.MULTILINE)
_FACE = 0xFFFF
"""Which bits of fontconfig's index say which face of a file it is; the others name an instance of it."""
_LEFT_OUT = ("Italic", "Symbols")


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface: a file, and which one of those in it."""

    path: Path
    index: int = 0

    def has(self, character: str) -> bool:
        """Whether it can draw *character*."""
        return ord(character) in _characters(self)


Run = tuple[Face, str]
"""Text of one typeface, in the order in which it is read."""


@cache
def faces() -> tuple[Face, ...]:
    """The typefaces that come with the bot, Latin, Greek and Cyrillic first."""
    found = [Face(path) for path in _files("manimgx_fonts") if not any(word in path.name for word in _LEFT_OUT)]
    found.sort(
        key=lambda face: (not face.path.name.startswith("NotoSans["), "Emoji" in face.path.name, face.path.name)
    )
    return (*found, *(Face(path, _KOREAN) for path in _files("manimgx_fonts_cjk")))


def _files(package: str) -> list[Path]:
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    return [path for folder in folders or () for path in sorted(Path(folder).glob("*.[ot]t[fc]"))]


@lru_cache(maxsize=4096)
def legible(text: str) -> str:
    """*text* on one line, with what no typeface can draw in Latin letters."""
    text = visible(text)
    if _common().issuperset(text):
        return text
    return "".join(each if face_of(each) else _latin(each) for each in text)


def _latin(character: str) -> str:
    return " ".join(anyascii(character).split()) or "?"


@lru_cache(maxsize=65536)
def face_of(character: str) -> Face | None:
    """The first typeface that can draw *character*; None where there is none on this machine."""
    return next((face for face in (*faces(), *_on_this_machine()) if face.has(character)), None)


@cache
def _on_this_machine() -> tuple[Face, ...]:
    """What fontconfig knows of, if it is there; looked up once, when something is missing."""
    try:
        said = subprocess.run(_LIST, capture_output=True, text=True, timeout=10, check=True).stdout  # noqa: S603 nothing typed
    except (OSError, subprocess.SubprocessError):
        return ()
    found = {match[1]: Face(Path(match[1]), int(match[2] or 0) & _FACE) for match in _LISTED.finditer(said)}
    return tuple(face for _, face in sorted(found.items()))


def runs(text: str) -> list[Run]:
    """
    *text*, which must be `legible`, in pieces of one typeface each.

    What stands between two letters of one typeface stays with them, but for numbers: words that are read from right
    to left are turned around, their figures are not.
    """
    if _common().issuperset(text):
        return [(faces()[0], text)]
    found: list[Run] = []
    between = ""
    for each in text:
        last = found[-1][0] if found else None
        if unicodedata.category(each).startswith("M") and last and not between and last.has(each):
            _append(found, last, each)
        elif each.isalpha():
            face = face_of(each) or faces()[0]
            inside = face == last and not any(map(str.isnumeric, between)) and all(map(face.has, between))
            for neutral in between:
                _append(found, face if inside else face_of(neutral) or faces()[0], neutral)
            _append(found, face, each)
            between = ""
        else:
            between += each
    for neutral in between:
        _append(found, face_of(neutral) or faces()[0], neutral)
    return found


def in_sight(parts: list[Run]) -> list[Run]:
    """*parts* from left to right: those of a script that is read from right to left, with what is between, turned."""
    found: list[Run] = []
    turned: list[Run] = []
    end = 0
    for at, part in enumerate(parts):
        if any(unicodedata.bidirectional(each) in {"R", "AL"} for each in part[1]):
            between, end = parts[end:at], at + 1
            if not turned:
                found, between = [*found, *between], []
            turned = [part, *between, *turned]
        elif any(each.isalpha() for each in part[1]):
            found += [*turned, *parts[end : at + 1]]
            turned, end = [], at + 1
    return [*found, *turned, *parts[end:]]


def _append(found: list[Run], face: Face, character: str) -> None:
    if found and found[-1][0] == face:
        found[-1] = (face, found[-1][1] + character)
    else:
        found.append((face, character))


@lru_cache(maxsize=16384)
def advance(text: str, *, bold: bool = False) -> float:
    """How wide *text* is, in ems."""
    return sum(_advance(face, part, bold=bold) for face, part in runs(text))


def _advance(face: Face, text: str, *, bold: bool) -> float:
    shaped = _shaped(_font(face, bold), text)
    return sum(position.x_advance for position in shaped.glyph_positions or ()) / _face(face).upem


def _shaped(font: Any, text: str) -> Any:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    return buffer


def letters(text: str, size: int, *, bold: bool = False) -> Iterator[tuple[Image.Image, int, int]]:
    """
    *text*, which must be `legible`, as masks of its letters, each with how far right and above the start it stands.

    Args:
        size: In pixels.
    """
    x = 0.0
    for face, part in in_sight(runs(text)):
        font = _font(face, bold)
        scale = size / _face(face).upem
        shaped = _shaped(font, part)
        pen = hb.RasterDraw()
        for glyph, position in zip(shaped.glyph_infos, shaped.glyph_positions or (), strict=True):
            pen.transform = (scale, 0, 0, scale, x + position.x_offset * scale, position.y_offset * scale)
            pen.draw_glyph(font, glyph.codepoint)
            x += position.x_advance * scale
        drawn = pen.render()
        if drawn is not None and (area := drawn.extents).width and area.height:
            size_in = (area.width, area.height)
            mask = Image.frombytes("L", size_in, bytes(drawn.buffer), "raw", "L", area.stride, -1)
            yield mask, area.x_origin, area.y_origin + area.height


def wrapped(text: str, width: float, *, bold: bool = False) -> list[str]:
    """*text*, made `legible`, in lines of at most *width* ems; a word that is wider is cut between its letters."""
    lines: list[str] = []
    line, used = "", 0.0
    space = advance(" ", bold=bold)
    for whole in legible(text).split():
        for word in _cut(whole, width, bold=bold):
            needs = advance(word, bold=bold)
            if line and used + space + needs > width:
                lines.append(line)
                line, used = "", 0.0
            line, used = (f"{line} {word}", used + space + needs) if line else (word, needs)
    return [*lines, line] if line or not lines else lines


def _cut(word: str, width: float, *, bold: bool) -> Iterator[str]:
    piece, used = "", 0.0
    if advance(word, bold=bold) <= width:
        yield word
        return
    for letter in word:
        needs = advance(letter, bold=bold)
        if piece and used + needs > width and not unicodedata.category(letter).startswith("M"):
            yield piece
            piece, used = "", 0.0
        piece, used = piece + letter, used + needs
    yield piece


def static(face: Face, text: str, *, bold: bool = False) -> bytes:
    """A font file of *face* in one weight with no more than the characters of *text*; a few kilobytes."""
    subset = hb.SubsetInput()
    subset.unicode_set.update(map(ord, text))
    subset.flags = hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.DOWNGRADE_CFF2
    whole = _face(face)
    for axis in whole.axis_infos:
        subset.pin_axis_to_default(whole, axis.tag)
        if axis.tag == "wght":
            subset.pin_axis_location(whole, axis.tag, _BOLD if bold else _REGULAR)
    return hb.subset(whole, subset).blob.data


@cache
def _face(face: Face) -> Any:
    return hb.Face(hb.Blob.from_file_path(str(face.path)), face.index)


@cache
def _font(face: Face, bold: bool) -> Any:
    font = hb.Font(_face(face))
    font.set_variations({"wght": _BOLD if bold else _REGULAR})
    return font


@cache
def _common() -> frozenset[str]:
    """Characters of the first typeface, which most texts need no other than."""
    return frozenset(map(chr, _characters(faces()[0])))


@cache
def _characters(face: Face) -> Any:
    return _face(face).unicodes
