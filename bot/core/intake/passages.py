"""A text's paragraphs, sentences and passages in quotation marks, as spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.core.intake.proposals import Span

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
_WRAPPED = 100
"""Longest line of a text that was broken to fit a page: a block of three such lines or more is one paragraph."""
_CLOSING = {"“": "”", "„": "“”", "«": "»", "‘": "’", "'": "'", '"': '"'}
_END = re.compile(r"[.!?…]+[\"”’'»)\]]*(?=\s+[\"“‘«„(\[]?[^\W_a-z]|\s*\Z)")
_PART = re.compile(r"[;:]\s+(?=[^\s\"“‘«])")
_SAID = re.compile(r"\b(?:said|says|told|tells|according to|reported|reports)\b")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Lt|Gen|Col|Maj|Capt|Sgt|Adm|Brig|Gov|Sen|Rep|Rev|Hon|St|Jr|Sr|vs|No|Co|Corp|Inc|Ltd|Jan|Feb|"
    r"Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|approx|e\.g|i\.e)|(?<!\bon )(?<!\bto )(?<!\bvia )\b[A-Z]|"
    r"(?:\b[A-Za-z]\.)+[A-Za-z])\.\Z"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """
    A sentence, or a part of one between semicolons.

    Attributes:
        paragraph: The number of its paragraph.
        sentence: The whole sentence that it is part of.
        quoted: What stands in quotation marks in it, the marks left out.
    """

    span: Span
    paragraph: int
    sentence: Span
    quoted: tuple[Span, ...] = ()

    def quotes(self, at: int) -> bool:
        """Whether the character at *at* stands in quotation marks."""
        return any(span.start <= at < span.end for span in self.quoted)


@lru_cache(maxsize=4)
def passages(text: str) -> tuple[Passage, ...]:
    """The sentences of *text*, in order. What one pair of quotation marks holds is never parted."""
    found: list[Passage] = []
    for number, line in enumerate(_paragraphs(text)):
        quoted = list(quotations(text, line))
        for span in _sentences(text, line, quoted):
            for part in _parts(text, span, quoted):
                inside = tuple(each for each in quoted if part.start <= each.start and each.end <= part.end)
                found.append(Passage(part, number, span, inside))
    return tuple(found)


def _paragraphs(text: str) -> Iterator[Span]:
    for block in _BLOCK.finditer(text):
        lines = list(_LINE.finditer(text, block.start(), block.end()))
        if len(lines) > 2 and max(len(line[0]) for line in lines) <= _WRAPPED:
            yield Span(lines[0].start(), lines[-1].end())
        else:
            yield from (Span(line.start(), line.end()) for line in lines)


def _sentences(text: str, line: Span, quoted: list[Span]) -> Iterator[Span]:
    start = line.start
    for end in _END.finditer(text, line.start, line.end):
        before = text[start : end.start() + 1]
        inside = any(span.start <= end.start() and end.end() <= span.end for span in quoted)
        if inside or (end[0] == "." and end.end() < line.end and _ABBREVIATED.search(before)):
            continue
        yield _trimmed(text, Span(start, end.end()))
        start = end.end()
    if text[start : line.end].strip():
        yield _trimmed(text, Span(start, line.end))


def _parts(text: str, sentence: Span, quoted: list[Span]) -> Iterator[Span]:
    """*sentence* parted at its semicolons, and at a colon after which somebody else is said to say something."""
    start = sentence.start
    for mark in _PART.finditer(text, sentence.start, sentence.end):
        inside = any(span.start <= mark.start() < span.end for span in quoted)
        if not inside and (mark[0][0] == ";" or _SAID.search(text, mark.end(), sentence.end)):
            if mark[0][0] == ":" and _SAID.search(text, start, mark.start()):
                continue
            yield _trimmed(text, Span(start, mark.start()))
            start = mark.end()
    yield _trimmed(text, Span(start, sentence.end))


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    return Span(span.start + len(words) - len(words.lstrip()), span.end - len(words) + len(words.rstrip()))


def quotations(text: str, line: Span) -> Iterator[Span]:
    """What stands in quotation marks in *line*; a quotation that goes on in the next paragraph ends with its own."""
    at = line.start
    while at < line.end:
        closing = _CLOSING.get(text[at], "") if _opens(text, at, line) else ""
        if not closing:
            at += 1
            continue
        end = next((i for i in range(at + 1, line.end) if text[i] in closing and _closes(text, i, line)), None)
        if end is None and text[at] in "'‘":
            at += 1
            continue
        last = line.end if end is None else end
        if text[at + 1 : last].strip():
            yield Span(at + 1, last)
        at = last + 1


def _opens(text: str, at: int, line: Span) -> bool:
    before = text[at - 1] if at > line.start else " "
    after = text[at + 1] if at + 1 < line.end else " "
    return not after.isspace() and (text[at] in "“„«" or before.isspace() or before in '([—–-“"‘/:')


def _closes(text: str, at: int, line: Span) -> bool:
    before = text[at - 1]
    after = text[at + 1] if at + 1 < line.end else " "
    if text[at] not in "'’":
        return not (text[at] == '"' and before.isspace())
    if after.isalnum() or before.isspace():
        return False
    return before in ".,!?;" or not (before == "s" and text[at + 2 : at + 3].islower())
