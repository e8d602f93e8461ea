"""
What intake proposes: claims as spans of an article's text, so that whatever is proposed can be shown where it stands.

Spans count code points of the text, `start` included, `end` not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.core.claims import FactBase, Kind, Relay
from bot.core.dates import PartialDate

UNKNOWN = "number"
"""What is counted where the text does not say."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where something stands in the text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that stand there."""
        return text[self.start : self.end]

    def within(self, other: Span) -> bool:
        """Whether all of it stands in *other*."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Span) -> bool:
        """Whether some of it stands in *other*."""
        return self.start < other.end and other.start < self.end

    def whole_words(self, text: str) -> bool:
        """Whether it begins and ends where words of *text* do."""
        inner = ((at - 1, at) for at in (self.start, self.end) if 0 < at < len(text))
        return not any(text[before].isalnum() and text[after].isalnum() for before, after in inner)

    def moved(self, by: int) -> Span:
        """The same stretch, *by* characters further on."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Article:
    """
    What is taken in.

    Attributes:
        text: The whole text, as it was given.
        publisher: Who published it, as a name.
        published_on: Its date; relative dates in it ("on Tuesday") are counted from it.
        title, url: As known; empty where not.
    """

    text: str
    publisher: str
    published_on: date
    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """
    Somebody or something that the text names.

    Attributes:
        span: Where; the words are the name as the text has it.
        name: Who is meant in full, where another sentence says so ("the ministry" → "Russia's defence ministry").
        key: The key of the base's entry that this is; None for one that the base does not have yet.
    """

    span: Span
    name: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class ProposedHop:
    """One hop between claimant and article: told *to* Reuters, or *via* Zvezda."""

    party: Named
    how: Relay = Relay.VIA


@dataclass(frozen=True, slots=True)
class ProposedFigure:
    """
    One quantity. `quantifier` is verbatim ("more than 4,000"); low and high follow from its words as in `Figure`.

    Attributes:
        metric: Key of the base's metric; empty where none fits and the moderator must say.
        like: The number before it, or the question, that says what it counts, where its own sentence does not.
        told: What its claim says beside it ("cows are under the ice", "Leave had won …").
        subject: Who or what is counted, in the text's words ("North Korean troops").
    """

    span: Span
    quantifier: str
    low: float | None
    high: float | None
    unit: str = "people"
    of: str = ""
    subject: str = ""
    metric: str = ""
    like: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class ProposedDate:
    """When it happened or was said. `note` says how a relative date was counted ("Tuesday before 14 Nov 2025")."""

    span: Span
    when: PartialDate
    said: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProposedCaveat:
    """A sentence, or a part of one, that limits the claim, and who states it; empty: the article names nobody."""

    span: Span
    stated_by: str = ""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry that the base lacks: proposed once, with the forms met in the text as aliases."""

    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """
    One claim as the text has it.

    Attributes:
        sentence: The whole sentence it was read from.
        content: What is asserted.
        statement: In our neutral words, to stand in a block.
        claimant: Who asserts it; None for the article's own voice.
        quotations: Words in quotation marks, without the marks.
        topics, places, subjects: Names of entries, of the base where it has them, else of `Intake.entries`.
    """

    sentence: Span
    content: Span
    statement: str
    claimant: Named | None = None
    relayed_by: tuple[ProposedHop, ...] = ()
    quotations: tuple[Span, ...] = ()
    figures: tuple[ProposedFigure, ...] = ()
    dates: tuple[ProposedDate, ...] = ()
    caveats: tuple[ProposedCaveat, ...] = ()
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suspect:
    """A proposal that the verifier did not pass: a sentence to look at, with what is wrong, never a draft."""

    sentence: Span
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Intake:
    """
    What was made of an article.

    Attributes:
        proposals: Those that the verifier passed, in the text's order.
        suspects: Sentences whose proposals it did not pass.
        uncovered: Figures and quotations of the text that no proposal holds.
        entries: Entries that the proposals need and the base lacks.
        notes: What a reader should know of the whole ("no parser is installed: …").
    """

    article: Article
    proposals: tuple[Proposal, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    uncovered: tuple[Span, ...] = ()
    entries: tuple[NewEntry, ...] = ()
    notes: tuple[str, ...] = ()


class Proposer(Protocol):
    """Reads an article into proposals, unverified. May take seconds: never called on the event loop."""

    def propose(self, article: Article, base: FactBase) -> tuple[Proposal, ...]: ...
