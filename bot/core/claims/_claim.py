"""
What a claim is. None of these can be built without what the answer contract needs.

A `Claim` holds the entries it is about, not their keys, so that whatever has a claim can word it whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize

from bot.core.claims._entries import NAME_LENGTH, Entry, Party, Place, Source, Topic, check_length
from bot.core.dates import PartialDate
from bot.core.figures import Figure
from bot.core.wording import later, say
from bot.errors import InvalidClaim

_CLAIM_REF = re.compile(
    r"""
    [\s"'“”„«»‘’`*_(\[]*
    (?P<letter> [cс] [\s\#.-]{0,2} | \#\s? )?
    0* (?P<number> \d{1,9} )
    [\s"'“”„«»‘’`*_)\].,;:!?…]*
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""An id as cited: with a letter or number sign, alone, in quotation marks, or before a stop. Nothing else leads it:
`<3`, `:3` and `-1` cite nothing."""


CAVEAT_LENGTH = 300
STATEMENT_LENGTH = 500
QUOTATION_LENGTH = 500
NOTE_LENGTH = 1000
MOST = 3
"""Longest texts, in characters, and most hops or caveats, so that every block fits one plain Discord message."""


class Relay(StrEnum):
    """How a claim passed a hop between claimant and source."""

    TO = "to"
    VIA = "via"


@dataclass(frozen=True, slots=True)
class Hop:
    """One hop between claimant and source: "to Reuters" (told them) or "via Zvezda" (carried by them)."""

    party: Party
    how: Relay = Relay.VIA


@dataclass(frozen=True, slots=True)
class Attribution:
    """
    Who says it, through whom it came, and where we read it.

    `own_voice` marks the source speaking for itself; claimant and publisher are then the same party.

    Attributes:
        spoken_by: Who speaks for the claimant, a body, with their role ("spokesperson Ana Silva"); may be empty.
    """

    claimant: Party
    source: Source
    relayed_by: tuple[Hop, ...] = ()
    spoken_by: str = ""

    def __post_init__(self) -> None:
        check_length(later("Who speaks for the claimant"), self.spoken_by, NAME_LENGTH)
        if len(self.relayed_by) > MOST:
            raise InvalidClaim(say("A claim passes {most} hops at most.", most=MOST))

    def references(self) -> Iterator[Source | Party]:
        """Everything whose words stand in it."""
        yield self.source
        yield self.source.publisher
        yield self.claimant
        yield from (hop.party for hop in self.relayed_by)

    @property
    def own_voice(self) -> bool:
        """Whether the source asserts it itself."""
        return self.claimant.key == self.source.publisher.key


class Status(StrEnum):
    """How far anybody checked a claim, by the source's own account. ClaimReview practice, extended."""

    NOT_INDEPENDENTLY_VERIFIED = "not_independently_verified"
    NONE_STATED = "none_stated"
    ACCESS_REFUSED = "access_refused"
    NO_SOURCE_GIVEN = "no_source_given"
    CONTESTED = "contested"
    CORROBORATED = "corroborated"
    REFUTED = "refuted"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Caveat:
    """
    One sentence that limits a claim, verbatim from the source where it has one (ICD 206 practice).

    Attributes:
        text: The sentence.
        stated_by: Who states it ("Reuters"); empty where the source names nobody.
    """

    text: str
    stated_by: str = ""

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise InvalidClaim(say("A caveat needs its sentence."))
        check_length(later("A caveat"), self.text, CAVEAT_LENGTH)
        check_length(later("The name of who states a caveat"), self.stated_by, NAME_LENGTH)


@dataclass(frozen=True, slots=True)
class Verification:
    """Status and caveats. A status that limits a claim by the source's word needs that word as a caveat."""

    status: Status
    caveats: tuple[Caveat, ...] = ()

    def __post_init__(self) -> None:
        if len(self.caveats) > MOST:
            raise InvalidClaim(say("A claim has {most} caveats at most.", most=MOST))
        if self.status is not Status.NONE_STATED and not self.caveats:
            raise InvalidClaim(
                say("The status “{status}” needs a caveat that says who checked what.", status=self.status)
            )


@dataclass(frozen=True, slots=True)
class Quotation:
    """
    Words the source itself puts in quotation marks (W3C TextQuoteSelector).

    Attributes:
        exact: The words, verbatim, without the marks.
        prefix, suffix: A few words before and after, to find it again in the source's text.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""

    def __post_init__(self) -> None:
        if not self.exact.strip():
            raise InvalidClaim(say("A quotation needs its words."))
        check_length(later("A quotation"), self.exact, QUOTATION_LENGTH)


_RELIABILITIES = "ABCDEF"


@dataclass(frozen=True, slots=True)
class Grade:
    """
    A moderator's two independent grades (STANAG 2511, the Admiralty code); a claim without one is *not graded*.

    Attributes:
        reliability: Of the source, A (completely reliable) to F (cannot be judged).
        credibility: Of the information, 1 (confirmed by other sources) to 6 (cannot be judged).
        rationale: Why; a grade without its reason is an opinion.
    """

    reliability: str
    credibility: int
    rationale: str

    def __post_init__(self) -> None:
        if self.reliability not in _RELIABILITIES or len(self.reliability) != 1 or not 1 <= self.credibility <= 6:
            raise InvalidClaim(say("A grade is a letter A to F and a digit 1 to 6, such as B2."))
        if not self.rationale.strip():
            raise InvalidClaim(say("A grade needs its rationale."))
        check_length(later("A grade's rationale"), self.rationale, CAVEAT_LENGTH)

    @property
    def code(self) -> str:
        """`B2`."""
        return f"{self.reliability}{self.credibility}"


class Link(StrEnum):
    """How one claim bears on another."""

    DISPUTES = "disputes"
    REPEATS = "repeats"
    SUPERSEDES = "supersedes"
    DENIES = "denies"


@dataclass(frozen=True, slots=True)
class Relation:
    """`disputes` C15, for instance. A dispute holds both ways; `FactBase.disputed_by` gives both."""

    link: Link
    number: int


@dataclass(frozen=True, slots=True)
class Claim:
    """
    One attributed, factually oriented statement in our own neutral words (schema.org Claim).

    Attributes:
        number: Positive; shown as `C14`.
        subjects: The parties it is about, unlike the claimant who asserts it.
        event_date: When it happened; claim_date: when it was said. Either may be partial or unknown.
        editor_note: A curator's remark (two readings of one phrase, say); never a verdict.
        grade: A moderator's grades; None renders as nothing and sorts as nothing.
        retired: Why it no longer answers; empty while it does.
        version: Revision number of this state, from 1.
    """

    number: int
    statement: str
    attribution: Attribution
    verification: Verification
    topics: tuple[Topic, ...]
    subjects: tuple[Party, ...] = ()
    places: tuple[Place, ...] = ()
    figures: tuple[Figure, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    event_date: PartialDate | None = None
    claim_date: PartialDate | None = None
    relations: tuple[Relation, ...] = ()
    editor_note: str = ""
    grade: Grade | None = None
    retired: str = ""
    version: int = 1

    def __hash__(self) -> int:
        return hash((self.number, self.version, self.statement))

    def __post_init__(self) -> None:
        if self.number < 1:
            raise InvalidClaim(say("A claim's number starts at 1."))
        if not self.statement.strip():
            raise InvalidClaim(say("{ref} needs a statement.", ref=self.ref))
        check_length(later("The statement of {ref}"), self.statement, STATEMENT_LENGTH, ref=self.ref)
        check_length(later("The editor's note of {ref}"), self.editor_note, NOTE_LENGTH, ref=self.ref)
        if not self.topics:
            raise InvalidClaim(say("{ref} needs a topic, or nobody would find it.", ref=self.ref))
        if not isinstance(self.attribution, Attribution) or not isinstance(self.verification, Verification):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidClaim(say("{ref} needs an attribution and a verification.", ref=self.ref))
        if any(relation.number == self.number for relation in self.relations):
            raise InvalidClaim(say("{ref} cannot be related to itself.", ref=self.ref))

    def references(self) -> Iterator[Entry | Source]:
        """Every source, party, topic and place that it refers to; figures name metrics by key."""
        yield from self.attribution.references()
        yield from (*self.subjects, *self.topics, *self.places)

    @property
    def ref(self) -> str:
        """The id people cite: `C14`."""
        return f"C{self.number}"


def _shows(sign: str) -> bool:
    return sign.isprintable() or sign.isspace()


def parse_ref(text: str, *, bare: bool = True) -> int | None:
    """
    Read `C14`, `c14`, `#14`, `№14`, `14`, a Cyrillic `С14` or a full-width `Ｃ14` as a claim's number; else None.

    Args:
        bare: Whether digits alone are an id, too.
    """
    if any(sign.isnumeric() and not sign.isdecimal() for sign in text):
        return None  # ² and ½ become digits in compatibility form
    found = _CLAIM_REF.fullmatch(normalize("NFKC", "".join(filter(_shows, text.replace("№", "#")))))
    if not found or not (bare or found["letter"]):
        return None
    return int(found["number"]) or None
