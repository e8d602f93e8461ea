"""A question as read: what kind of answer it wants, the names and words it is made of, each in its role."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto

from bot.core.asking.mended import Mended
from bot.core.asking.reading.asked_dates import AskedDate
from bot.core.asking.reading.tokens import Token
from bot.core.asking.results import Correction
from bot.core.claims import Entry, Kind
from bot.core.numbers import Number
from bot.languages import english

NOUN = 0.5
"""From which share of its uses as a noun on a word is one."""


class Role(StrEnum):
    """
    How a part of a question takes part in what is asked.

    CLAIMANT says it; RELAY was told it; AGENT did it; OWNER has it or suffered it; COUNTED is what "how many" asks
    about, WANTED what "what is the" does; ANY where nothing tells.
    """

    CLAIMANT = auto()
    RELAY = auto()
    AGENT = auto()
    OWNER = auto()
    COUNTED = auto()
    WANTED = auto()
    ANY = auto()


@dataclass(frozen=True, slots=True)
class Unit:
    """
    A part of a question that a claim can meet: a name, or a word.

    Attributes:
        tokens: What it is made of.
        entries: What it names in the base; empty for a plain word.
        role: How it takes part.
        others: Other words that a shortened one may stand for, and those that the base's vocabulary has for it.
        weight: How much it tells, 0 to 1.
        people: Whether it says no more than "people".
        stranger: Whether it is a name that the base does not have.
        light: Whether it only asks, says or holds together elsewhere, but is a word of a claim, too.
        attribute: Whether it is what "how old", "how fast" and the like ask for.
        phrase: What its words mean together, where that is more than each of them: "pass away".
    """

    start: int
    end: int
    tokens: tuple[Token, ...]
    entries: tuple[Entry, ...] = ()
    role: Role = Role.ANY
    others: tuple[Token, ...] = ()
    weight: float = 1.0
    people: bool = False
    stranger: bool = False
    light: bool = False
    attribute: bool = False
    phrase: str = ""

    @property
    def stems(self) -> frozenset[str]:
        """Stems of its words and of what they may stand for."""
        return frozenset(token.stem for token in (*self.tokens, *self.others))

    @property
    def meaning(self) -> tuple[str, ...]:
        """The words that stand for it where only meaning counts."""
        return (self.phrase,) if self.phrase else tuple(token.word for token in self.tokens)

    @property
    def noun(self) -> float:
        """How often its last word is a noun."""
        return english.noun(self.phrase or self.tokens[-1].word)

    @property
    def somebody(self) -> bool:
        """Whether it names a person or a body."""
        return english.field(self.tokens[-1].word) in (english.PERSON, english.GROUP)

    def of(self, kind: Kind) -> tuple[Entry, ...]:
        """The entries of *kind* it may stand for."""
        return tuple(entry for entry in self.entries if entry.kind is kind) if self.entries else ()

    @property
    def text(self) -> str:
        """As typed."""
        return " ".join(token.typed for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Question:
    """
    A question as read.

    Attributes:
        asks: Every kind of answer it wants: `how_many`, `when` … (see `bot.languages.packs.ASKS`).
        units: Its names and content words, left to right.
        idle: Whether it is no question to a fact base: an opinion, an instruction, a greeting.
        sentence: Whether function words hold it together, those in names aside; a list of names and words is none.
        earlier: Whether it is about a year or season before: "last year".
        sums: Whether it asks for a sum of money: what something costs, is worth, or is fined.
    """

    text: str
    mended: Mended
    asks: frozenset[str]
    units: tuple[Unit, ...]
    numbers: tuple[Number, ...]
    dates: tuple[AskedDate, ...]
    idle: bool
    sentence: bool
    earlier: bool
    sums: bool

    @property
    def tokens(self) -> tuple[Token, ...]:
        """What was typed, mended."""
        return self.mended.tokens

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What was mended."""
        return self.mended.corrections

    @property
    def names(self) -> tuple[Unit, ...]:
        """The units that name something of the base."""
        return tuple(unit for unit in self.units if unit.entries)

    @property
    def words(self) -> tuple[Unit, ...]:
        """The units that are plain words."""
        return tuple(unit for unit in self.units if not unit.entries)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names that the base does not have, as typed."""
        return tuple(unit.text for unit in self.units if unit.stranger)

    @property
    def counted(self) -> tuple[Unit, ...]:
        """What "how many" asks about, its head last."""
        return tuple(unit for unit in self.units if unit.role is Role.COUNTED)

    @property
    def empty(self) -> bool:
        """Whether it asks about nothing."""
        return not (self.units or self.numbers or self.dates)

    def named(self, kind: Kind) -> frozenset[str]:
        """Keys of the entries of *kind* that it names."""
        return frozenset(entry.key for unit in self.units for entry in unit.of(kind))
