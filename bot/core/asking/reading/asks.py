"""What kind of answer a question wants, and what it wants counted."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum, auto
from itertools import pairwise

from bot.core.asking.reading.lexicon import (
    HOW_MANY,
    NUMBER_OF,
    SIZED,
    VERIFIED,
    WHEN,
    WHERE,
    WHO,
    WHY,
    WHY_PHRASES,
    is_function,
    is_glue,
)
from bot.core.asking.reading.names import Named
from bot.core.asking.reading.tokens import Token
from bot.core.claims import Kind
from bot.languages import english
from bot.languages.english import ordinarily
from bot.languages.packs import languages


class Ask(StrEnum):
    """What kind of answer is wanted."""

    HOW_MANY = auto()
    WHEN = auto()
    WHO = auto()
    WHERE = auto()
    WHY = auto()
    HOW_LONG = auto()
    VERIFIED = auto()
    WHAT = auto()


def asks_of(words: Sequence[Token]) -> frozenset[Ask]:
    """Every kind of answer that a question in these *words* wants."""
    asks = {
        ask
        for token in words
        for known, ask in ((WHEN, Ask.WHEN), (WHO, Ask.WHO), (WHERE, Ask.WHERE), (WHY, Ask.WHY))
        if token.word in known and not _folds_into_english(token)
    }
    if any((token.word, after.word) in WHY_PHRASES for token, after in pairwise(words)):
        asks.add(Ask.WHY)
    if any((token.word, after.word) == ("how", "long") for token, after in pairwise(words)):
        asks.add(Ask.HOW_LONG)
    if how_many(words):
        asks.add(Ask.HOW_MANY)
    if any(token.stem in VERIFIED for token in words):
        asks.add(Ask.VERIFIED)
    return frozenset(asks) or frozenset({Ask.WHAT})


def _folds_into_english(token: Token) -> bool:
    """
    Whether the word, typed in Latin letters, asks only as the folded form of a foreign one that English has, too.

    The Russian "дата" asks when; the English "data" does not.
    """
    english = languages()[0]
    asks = any(token.word in each for each in english.asks.values())
    return token.typed.isascii() and not asks and ordinarily(token.word) and token.word not in _ENGLISH


_ENGLISH = frozenset({"date", "year", "month", "purpose", "reason", "reasons", "aim", "goal"})
"""English words that ask where they stand alone ("date of the raid")."""


def how_many(words: Sequence[Token]) -> int:
    """The position after "how many" or "number of"; 0 where neither stands."""
    for at, token in enumerate(words):
        after = words[at + 1].word if at + 1 < len(words) else ""
        if token.word in HOW_MANY and (token.word not in {"many", "much"} or (at and words[at - 1].word == "how")):
            return at + 1
        if token.word in NUMBER_OF and after == "of" and (not at or is_glue(words[at - 1])):
            return at + 2
        if token.word in SIZED and at and words[at - 1].word == "how":
            return at + 1
    return 0


def counted_in(words: Sequence[Token], names: dict[int, Named], people: frozenset[str]) -> frozenset[int]:
    """
    Positions of what "how many" asks about: the names and content words right after it.

    Args:
        people: What the base calls its people by, who are anybody: "officials" are some people, and counted as such.
    """
    at = how_many(words)
    counted: set[int] = set()
    while at and at < len(words):
        name = names.get(at)
        if name and (not name.of(Kind.METRIC) or not counted):
            counted.update(range(name.start, name.end))
            at = name.end
        elif name or (is_function(words[at]) and counted):
            break
        else:
            word = words[at].word
            anybody = word in people or word in languages()[0].words["people"] or is_function(words[at])
            somebody = english.field(word) == english.PERSON and not anybody
            if somebody or not is_glue(words[at]):
                counted.add(at)
            at += 1
    return frozenset(counted)
