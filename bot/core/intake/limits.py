"""Caveats: what of a sentence says that a claim could not be checked, was not shown or has no source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.intake.passages import Passage
from bot.core.intake.proposals import ProposedCaveat, Span
from bot.core.intake.words import pattern, plain

_LIMITING = pattern("caveats", "patterns")
_CHECKERS = pattern("caveats", "checkers")
_HINTS = [
    pattern("weighing", name) for name in ("negative", "modest", "pending", "check", "proof", "may", "reserving")
]
_OPENING = 4
_LONGEST_NAME = 6
_NOBODY = re.compile(r"(?:It|He|She|They|This|That|These|Those|None|Neither|No)\b")
_CLAUSE = re.compile(r",?\s(?:and|but|though|although)\s(?=\S)|[;,]\s(?=\S)|\s[—–-]\s|\s(?=without\b)")
_NONE = pattern("caveats", "none")
_JOINED = re.compile(r",\s(?=(?:and|but|while|although|though|yet)\s)|;\s")
_SHARING = re.compile(
    r",?\s(?:but|and|though)\s(?=(?:gave|offered|provided|presented|declined|refused|did|would)\b)"
    r"|\sbut\s(?=(?:has|have|had)\b)"
)
"""Where a clause with the subject of the one before begins: "withdrew its logo, but gave no explanation"."""


@dataclass(frozen=True, slots=True)
class Limit:
    """
    A caveat found.

    Attributes:
        passage: The number of the passage that it stands in.
        whole: Whether it is about what was said before; else about what its own sentence says.
        alone: Whether the passage says nothing else.
        owner: Name of the claimant who says it of what he said himself; empty for any other.
    """

    caveat: ProposedCaveat
    passage: int
    whole: bool
    alone: bool = True
    owner: str = ""


def limiting(words: str) -> bool:
    """Whether *words* say that something could not be checked, was not shown or has no source."""
    return _found(plain(words)) is not None


def may_limit(words: str) -> bool:
    """Whether *words* may limit something, with what is around them: they say no, how little, or not yet."""
    return limiting(words) or any(each.search(plain(words)) for each in _HINTS)


def _found(words: str) -> re.Match[str] | None:
    return next(_every(words), None)


def _every(words: str) -> Iterator[re.Match[str]]:
    return iter(()) if _NONE.search(words) else _LIMITING.finditer(words)


def limits_from(text: str, span: Span) -> bool:
    """Whether the words of *span* begin with what limits, or with the verb that does: "offered no proof"."""
    found = _found(plain(span.of(text)))
    return found is not None and found.start() < _OPENING


def limits_with(text: str, span: Span, at: int) -> bool:
    """Whether what limits in *span* holds the word at *at*: "neither confirmed nor denied"."""
    found = _found(plain(span.of(text)))
    return found is not None and found.start() <= at - span.start < found.end()


def limit_in(text: str, number: int, passage: Passage, publisher: str, said: Sequence[int] = ()) -> Limit | None:
    """
    The caveat that *passage* holds; None where it holds none.

    Args:
        number: The passage's place among all.
        publisher: Whose name a shorter form of it stands for ("Fox News" for "Fox News Digital").
        said: Where the passage says who says something, in order, so that at most a part of it is a caveat.
    """
    words = plain(passage.span.of(text))
    unquoted = "".join(" " if passage.quotes(passage.span.start + at) else letter for at, letter in enumerate(words))
    found = _found(unquoted)
    if found is None:
        return None
    shared = any(each.end() <= found.start() for each in _SHARING.finditer(unquoted))
    if not said and (not shared or _CHECKERS.search(unquoted)):
        return Limit(ProposedCaveat(passage.span, _checker(passage.span.of(text), publisher)), number, whole=True)
    starts = {
        max((at.end() for at in _CLAUSE.finditer(unquoted, 0, each.start() + 1)), default=0): each
        for each in _every(unquoted)
    }
    own = [at - passage.span.start for at in said]
    free = (at for at, each in starts.items() if at and not any(at <= verb < each.start() for verb in own))
    start = next(free, 0)
    found = starts.get(start, found)
    if start == 0 and said:
        joint = _JOINED.search(unquoted, found.end())
        if own[0] >= found.end() and joint and limiting(unquoted[joint.end() :]):
            return Limit(ProposedCaveat(passage.span, _checker(passage.span.of(text), publisher)), number, whole=True)
        if joint is None or own[0] < joint.end():
            return None
        span = Span(passage.span.start, passage.span.start + joint.start())
        return Limit(ProposedCaveat(span, _checker(span.of(text), publisher)), number, whole=True, alone=False)
    ends = (
        each.start() for each in re.finditer(r",\s|\.\s*\Z|\s[—–-]\s|;\s", unquoted) if each.start() >= found.end()
    )
    end = next(ends, len(unquoted.rstrip(". ")))
    span = Span(passage.span.start + start, passage.span.start + end)
    checker = _checker(re.sub(r"\A(?:which|and|but|though)\s", "", span.of(text)), publisher)
    return Limit(ProposedCaveat(span, checker), number, whole=False, alone=False)


def _checker(words: str, publisher: str) -> str:
    """Who could not check it, by name; empty where the sentence does not name anybody."""
    found = _CHECKERS.search(plain(words))
    before = words[: found.start()].strip(" ,") if found else ""
    before = re.sub(r"\s(?:said|says|added)(?:\sthat)?\s(?:it|he|she|they)\Z", "", before)
    before = re.split(r"\s(?:and|but|that|has|have|had|was|were|is|could)\Z", before)[0]
    before = re.split(r",\s(?:and|but)?\s?|;\s|\s(?:and|but)\s", before)[-1]
    if found and re.search(r"\s(?:and|but)\s\Z", words[: found.start()]):
        before = re.split(r"\s(?:has|have|had|is|are|was|were|did|does)\s", words)[0]
    named = re.sub(r"\A(?:the|The|which|And|But|However)\s+", "", before).strip(" ,")
    if not named[:1].isupper() or len(named.split()) > _LONGEST_NAME or _NOBODY.match(named):
        return ""
    return publisher if named.casefold() in publisher.casefold() else named
