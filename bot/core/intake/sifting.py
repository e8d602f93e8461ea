"""What of a text is no assertion of the article: headlines, captions, buttons, datelines, remarks without a fact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.core.intake.passages import Passage
from bot.core.intake.proposals import Span
from bot.core.intake.words import pattern, plain

_NOISE, _CREDIT = pattern("noise", "patterns"), pattern("noise", "credits")
_CAPTION = 400
"""Longest paragraph that may be a caption."""
_DATELINE = re.compile(r"\A(?:[^\s\d“\"]*[A-Z][^.“\"]{0,90}?(?:\([^)]{2,40}\))?)\s(?:—|–|--|-)\s+(?=[“\"A-Z0-9])")


def noise(found: Sequence[Passage], text: str) -> frozenset[int]:
    """The places of the passages that are of the page, not of the article: headlines, captions, buttons, by-lines."""
    lines: dict[int, str] = {}
    for each in found:
        lines[each.paragraph] = f"{lines.get(each.paragraph, '')} {each.span.of(text)}".strip()
    of_page = {number for number, line in lines.items() if len(line) < _CAPTION and _CREDIT.search(plain(line))}
    return frozenset(
        at
        for at, each in enumerate(found)
        if each.paragraph in of_page
        or _NOISE.search(each.sentence.of(text))
        or not re.search(r"[.!?…][\"”’'»)\]]*\s*\Z", each.sentence.of(text))
    )


def without_dateline(passage: Passage, text: str) -> Passage:
    """*passage* without "SEOUL, March 18 (Yonhap) —" before it."""
    found = _DATELINE.match(passage.span.of(text))
    if not found or not re.match(r"[^\s]*[A-Z]{3,}", found[0]):
        return passage
    return replace(passage, span=Span(passage.span.start + found.end(), passage.span.end))
