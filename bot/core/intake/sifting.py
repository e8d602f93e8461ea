"""What of a text is no assertion of the article: headlines, captions, buttons, datelines, remarks without a fact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.core.intake.grammar import FINITE, Sentence
from bot.core.intake.passages import Passage
from bot.core.intake.proposals import Span
from bot.core.intake.quantities import quantities
from bot.core.intake.words import pattern, plain

_NOISE, _CREDIT = pattern("noise", "patterns"), pattern("noise", "credits")
_LEADING_OVER = pattern("noise", "leading_over")
_SAID_ONLY, _DENIED_ONLY = pattern("noise", "said_only"), pattern("noise", "denied_only")
_NO_NAMES = frozenset({"", "TIME", "ORDINAL", "CARDINAL"})
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


def telling(sentence: Sentence, content: Span, text: str) -> bool:
    """Whether something that nobody is named for asserts a fact: it has a name, a number or a day, and no "you"."""
    inside = [word for word in sentence.words if content.start <= word.start < content.end]
    low = {word.low for word in inside}
    if low & {"you", "your"} or not any(word.tag in FINITE or word.tag in {"VBG", "JJS"} for word in inside):
        return False
    named_ = any(word.entity not in _NO_NAMES or word.pos == "PROPN" for word in inside[1:]) or bool(
        quantities(text, content)
    )
    return len(inside) > 3 and (named_ or len(inside) > 11)


def leading_over(passage: Passage, content: Span, text: str) -> bool:
    """Whether *content* only leads over to what is said next: "the two sides disagree", "X has another story:"."""
    said = plain(content.of(text))
    quoted = any(span.start < content.end and content.start < span.end for span in passage.quoted)
    opens = text[passage.span.end : passage.span.end + 1] == ":"
    return (
        (opens or bool(_LEADING_OVER.search(said)))
        and not quoted
        and not any({each.low, each.high} - {None, 2.0, 3.0, 4.0} for each in quantities(text, content))
    )


def says_nothing(passage: Passage, content: Span, text: str) -> bool:
    """Whether *content* is no more than that it is said, or that something named elsewhere is denied, beside more."""
    said = plain(content.of(text))
    more = content.end < passage.span.end - len(" and it is")
    return bool(_SAID_ONLY.match(said)) or (more and bool(_DENIED_ONLY.match(said)))


def without_dateline(passage: Passage, text: str) -> Passage:
    """*passage* without "SEOUL, March 18 (Yonhap) —" before it."""
    found = _DATELINE.match(passage.span.of(text))
    if not found or not re.match(r"[^\s]*[A-Z]{3,}", found[0]):
        return passage
    return replace(passage, span=Span(passage.span.start + found.end(), passage.span.end))
