"""What a question asks for: its kind, the entries it names and their roles, its numbers and dates, and the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from bot.core.claims import Entry, Kind
from bot.core.lexicon import (
    ACCORDING,
    AUXILIARY,
    HOW_MANY,
    NUMBER_OF,
    SAY,
    STATEMENT,
    TELLING,
    VERIFIED,
    WHEN,
    WHERE,
    WHO,
)
from bot.core.numerals import Number, numbers
from bot.core.results import Correction
from bot.core.tokens import Token, tokens
from bot.core.vocabulary import Named, Vocabulary


class Ask(StrEnum):
    """What kind of answer is wanted."""

    HOW_MANY = auto()
    WHEN = auto()
    WHO = auto()
    WHERE = auto()
    VERIFIED = auto()
    WHAT = auto()


class Role(StrEnum):
    """How a party takes part in what is asked."""

    CLAIMANT = auto()
    SUBJECT = auto()
    RELAYER = auto()
    ANY = auto()


@dataclass(frozen=True, slots=True)
class Slot:
    """One name in a question: the entries it may stand for, and the role if a party is among them."""

    entries: tuple[Entry, ...]
    start: int
    end: int
    role: Role = Role.ANY

    def of(self, kind: Kind) -> tuple[Entry, ...]:
        """The entries of *kind* it may stand for."""
        return tuple(entry for entry in self.entries if entry.kind is kind)


@dataclass(frozen=True, slots=True)
class Question:
    """
    A question as read.

    Attributes:
        asks: Every kind of answer it wants.
        slots: The names in it, left to right.
        words: Content words beside the names that the fact base has.
        unknown: Content words the fact base does not have, as typed.
        counted: For "how many …": the tokens of what is counted.
    """

    text: str
    tokens: tuple[Token, ...]
    asks: frozenset[Ask]
    slots: tuple[Slot, ...]
    numbers: tuple[Number, ...]
    words: tuple[Token, ...]
    unknown: tuple[str, ...]
    corrections: tuple[Correction, ...]

    @property
    def empty(self) -> bool:
        """Whether it asks about nothing."""
        return not (self.slots or self.numbers or self.words)


def read(text: str, vocabulary: Vocabulary) -> Question:
    """Read *text* with the names and words of *vocabulary*."""
    typed = [piece for token in tokens(text) for piece in (vocabulary.pieces(token) if token.unspaced else [token])]
    mended, corrections = _mend(typed, vocabulary)
    named = vocabulary.names(mended)
    taken = {at for name in named for at in range(name.start, name.end)}
    found = [number for number in numbers(mended) if not taken & set(range(number.start, number.end))]
    taken |= {at for number in found for at in range(number.start, number.end)}
    rest = [token for at, token in enumerate(mended) if at not in taken and not vocabulary.glue(token)]
    return Question(
        text=text,
        tokens=tuple(mended),
        asks=_asks(mended),
        slots=tuple(Slot(name.entries, name.start, name.end, _role(name, named, mended)) for name in named),
        numbers=tuple(found),
        words=tuple(token for token in rest if vocabulary.meaningful(token)),
        unknown=tuple(token.typed for token in rest if not vocabulary.meaningful(token)),
        corrections=tuple(corrections),
    )


def _mend(typed: Sequence[Token], vocabulary: Vocabulary) -> tuple[list[Token], list[Correction]]:
    mended: list[Token] = []
    corrections: list[Correction] = []
    for token in typed:
        if vocabulary.knows(token):
            mended.append(token)
            continue
        readings = vocabulary.speller.readings(token.word)
        if not readings:
            mended.append(token)
            continue
        word = readings[0].word
        mended.extend(vocabulary.rejoined(word) or tokens(word))
        if not vocabulary.glue(mended[-1]):
            corrections.append(Correction(token.typed, vocabulary.display(word)))
    return mended, corrections


def _asks(words: Sequence[Token]) -> frozenset[Ask]:
    asks: set[Ask] = set()
    for at, token in enumerate(words):
        after = words[at + 1].word if at + 1 < len(words) else ""
        if token.word in HOW_MANY and (token.word not in {"much", "count", "total"}):
            asks.add(Ask.HOW_MANY)
        if token.word in NUMBER_OF and after in {"of", ""}:
            asks.add(Ask.HOW_MANY)
        for known, ask in ((WHEN, Ask.WHEN), (WHO, Ask.WHO), (WHERE, Ask.WHERE)):
            if token.word in known:
                asks.add(ask)
        if token.stem in VERIFIED:
            asks.add(Ask.VERIFIED)
    return frozenset(asks) or frozenset({Ask.WHAT})


def _role(name: Named, names: Sequence[Named], words: Sequence[Token]) -> Role:
    if not any(entry.kind is Kind.PARTY for entry in name.entries):
        return Role.ANY
    before, after = name.start - 1, name.end
    while after < len(words) and words[after].word in AUXILIARY:
        after += 1
    follower = words[after] if after < len(words) else None
    if before >= 0 and words[before].stem in TELLING:
        return Role.RELAYER
    if before >= 0 and (
        words[before].word in ACCORDING or (words[before].word == "to" and words[before - 1].word == "according")
    ):
        return Role.CLAIMANT
    if follower and (
        follower.stem in SAY or (follower.stem in STATEMENT and words[name.end - 1].typed.endswith("s"))
    ):
        return Role.CLAIMANT
    if before > 0 and words[before].word in {"by", "from", "of"} and words[before - 1].stem in SAY | STATEMENT:
        return Role.CLAIMANT
    following = next((other for other in names if other.start == name.end), None)
    if following and any(entry.kind in (Kind.TOPIC, Kind.METRIC) for entry in following.entries):
        return Role.SUBJECT
    if before > 0 and words[before].word in HOW_MANY:
        return Role.SUBJECT
    return Role.ANY
