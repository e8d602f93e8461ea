"""
What a claim is. None of these can be built without what the answer contract needs.

A `Claim` holds the entries it is about, not their keys, so that whatever has a claim can word it whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import ClassVar
from unicodedata import normalize

from bot.core.dates import PartialDate
from bot.core.figures import Figure
from bot.core.wording import later, say
from bot.errors import InvalidClaim, NotFound

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


_URL = re.compile(r"https?://[^\s<>\"\\^`{|}]+\.[^\s<>\"\\^`{|}]+")
"""Nothing that could end a link early in Markdown's pointed brackets, and nothing that could be run."""

NAME_LENGTH = 120
URL_LENGTH = 500
CAVEAT_LENGTH = 300
STATEMENT_LENGTH = 500
QUOTATION_LENGTH = 500
NOTE_LENGTH = 1000
MOST = 3
"""Longest texts, in characters, and most hops or caveats, so that every block fits one plain Discord message."""


def _check_length(what: str, text: str, most: int, **named: str) -> None:
    if len(text) > most:
        raise InvalidClaim(
            say("{what} is {n} characters long; {most} is the most.", what=say(what, **named), n=len(text), most=most)
        )


class Kind(StrEnum):
    """What a name in the fact base stands for."""

    TOPIC = "topic"
    PLACE = "place"
    PARTY = "party"
    METRIC = "metric"


@dataclass(frozen=True, slots=True)
class Entry:
    """
    A named thing that claims refer to, with its other names in any script.

    Attributes:
        key: Stable identifier, `[a-z0-9-]+`, unique within its kind.
        name: As shown to people.
        aliases: Other names: spellings, other scripts, roles, chat words. The name itself is not repeated.
        about: One sentence for people, without figures; may be empty.
        part_of: Key of the entry of the same kind that this one belongs to (a ministry to its country).
    """

    kind: ClassVar[Kind]
    key: str
    name: str
    aliases: tuple[str, ...] = ()
    about: str = ""
    part_of: str | None = None

    def __post_init__(self) -> None:
        if not self.key.strip() or not self.name.strip():
            raise InvalidClaim(say("A {kind} needs a key and a name.", kind=say(self.kind)))
        _check_length(later("The name of {kind} “{key}”"), self.name, NAME_LENGTH, kind=say(self.kind), key=self.key)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it answers to, the shown one first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Topic(Entry):
    """What claims are about."""

    kind: ClassVar[Kind] = Kind.TOPIC


@dataclass(frozen=True, slots=True)
class Place(Entry):
    """Where it happens."""

    kind: ClassVar[Kind] = Kind.PLACE


@dataclass(frozen=True, slots=True)
class Party(Entry):
    """
    A person, body, state, outlet or described group.

    Attributes:
        members: Keys of the parties a described group is made of ("South Korean … sources" → south-korea).
        style: How it is worded as a claimant, where the bare name would not say who it is
            ("Ukrainian President Volodymyr Zelensky"); empty: the name.
    """

    kind: ClassVar[Kind] = Kind.PARTY
    members: tuple[str, ...] = ()
    style: str = ""

    def __post_init__(self) -> None:
        Entry.__post_init__(self)
        _check_length(later("The style of party “{key}”"), self.style, NAME_LENGTH, key=self.key)


@dataclass(frozen=True, slots=True)
class Metric(Entry):
    """What a figure counts; its aliases are the words people ask with, not commands."""

    kind: ClassVar[Kind] = Kind.METRIC


@dataclass(frozen=True, slots=True)
class Source:
    """
    The document in which we read it (W3C PROV's primary source). Its text is not stored, only its SHA-256.

    Attributes:
        url: Where it can be read, `http` or `https`; empty where nobody noted that.
        retrieved_on: The day it was read there; None likewise.
    """

    key: str
    publisher: Party
    published_on: date
    sha256: str
    title: str = ""
    url: str = ""
    retrieved_on: date | None = None

    def __post_init__(self) -> None:
        if self.url and not _URL.fullmatch(self.url):
            raise InvalidClaim(
                say(
                    "“{url}” is no address of a page; write it whole, like https://example.org/article.",
                    url=self.url[:NAME_LENGTH],
                )
            )
        _check_length(later("The address of source “{key}”"), self.url, URL_LENGTH, key=self.key)


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
        _check_length(later("Who speaks for the claimant"), self.spoken_by, NAME_LENGTH)
        if len(self.relayed_by) > MOST:
            raise InvalidClaim(say("A claim passes {most} hops at most.", most=MOST))

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
        _check_length(later("A caveat"), self.text, CAVEAT_LENGTH)
        _check_length(later("The name of who states a caveat"), self.stated_by, NAME_LENGTH)


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
        _check_length(later("A quotation"), self.exact, QUOTATION_LENGTH)


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
        _check_length(later("A grade's rationale"), self.rationale, CAVEAT_LENGTH)

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
        _check_length(later("The statement of {ref}"), self.statement, STATEMENT_LENGTH, ref=self.ref)
        _check_length(later("The editor's note of {ref}"), self.editor_note, NOTE_LENGTH, ref=self.ref)
        if not self.topics:
            raise InvalidClaim(say("{ref} needs a topic, or nobody would find it.", ref=self.ref))
        if not isinstance(self.attribution, Attribution) or not isinstance(self.verification, Verification):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidClaim(say("{ref} needs an attribution and a verification.", ref=self.ref))
        if any(relation.number == self.number for relation in self.relations):
            raise InvalidClaim(say("{ref} cannot be related to itself.", ref=self.ref))

    @property
    def ref(self) -> str:
        """The id people cite: `C14`."""
        return f"C{self.number}"


def parse_ref(text: str, *, bare: bool = True) -> int | None:
    """
    Read `C14`, `c14`, `#14`, `№14`, `14`, a Cyrillic `С14` or a full-width `Ｃ14` as a claim's number; else None.

    Args:
        bare: Whether digits alone are an id, too.
    """
    if any(sign.isnumeric() and not sign.isdecimal() for sign in text):
        return None  # ² and ½ become digits in compatibility form
    found = _CLAIM_REF.fullmatch(normalize("NFKC", text.replace("№", "#")))
    if not found or not (bare or found["letter"]):
        return None
    return int(found["number"]) or None


@dataclass(frozen=True, slots=True)
class Wording:
    """
    The words that questions to a base use, beside the names of its entries.

    Attributes:
        groups: Words that mean the same *in this base*, two or more in each group.
        closed: Whether these, with the names and the claims, are all the words there are: a question with another
            word is refused, never guessed at. Only for a base whose vocabulary was made with care.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    closed: bool = False


@dataclass(frozen=True)
class FactBase:
    """
    Everything one workspace knows at one moment; immutable, replaced whole on a write.

    Attributes:
        claims: By number, retired ones included. `live` leaves those out.
        topics, places, parties, metrics, sources: By key.
        wording: Its words.
        revision: How many changes the workspace has seen; grows with every one.
    """

    claims: Mapping[int, Claim] = field(default_factory=dict[int, Claim])
    topics: Mapping[str, Topic] = field(default_factory=dict[str, Topic])
    places: Mapping[str, Place] = field(default_factory=dict[str, Place])
    parties: Mapping[str, Party] = field(default_factory=dict[str, Party])
    metrics: Mapping[str, Metric] = field(default_factory=dict[str, Metric])
    sources: Mapping[str, Source] = field(default_factory=dict[str, Source])
    wording: Wording = Wording()
    revision: int = field(default=0, compare=False)

    @cached_property
    def live(self) -> tuple[Claim, ...]:
        """Claims that answer, by number."""
        return tuple(claim for _, claim in sorted(self.claims.items()) if not claim.retired)

    @cached_property
    def disputes(self) -> Mapping[int, tuple[int, ...]]:
        """For each claim, the live claims in conflict with it, whichever side states the conflict."""
        both: dict[int, set[int]] = {}
        live = {claim.number for claim in self.live}
        for claim in self.live:
            for relation in claim.relations:
                if relation.link in (Link.DISPUTES, Link.DENIES) and relation.number in live:
                    both.setdefault(claim.number, set()).add(relation.number)
                    both.setdefault(relation.number, set()).add(claim.number)
        return {number: tuple(sorted(others)) for number, others in both.items()}

    def commands(self) -> Iterator[Entry]:
        """Entries whose names are commands: topics, then places, then parties."""
        yield from self.topics.values()
        yield from self.places.values()
        yield from self.parties.values()

    def entries(self) -> Iterator[Entry]:
        """Everything that claims refer to but sources: what is a command, then metrics."""
        yield from self.commands()
        yield from self.metrics.values()

    def cited(self, ref: str) -> Claim:
        """The claim that people cite as *ref* (see `parse_ref`), retired or not; raises `NotFound`."""
        claim = self.claims.get(parse_ref(ref) or 0)
        if claim is None:
            raise NotFound(say("No claim in the fact base has that id. Ids look like C14; answers show them."))
        return claim

    def lineage(self, party: Party) -> frozenset[str]:
        """Keys of *party* and of every party it is part of: a minister's ministry, and its country."""
        seen: set[str] = set()
        current: Party | None = party
        while current is not None and current.key not in seen:
            seen.add(current.key)
            current = self.parties.get(current.part_of) if current.part_of else None
        return frozenset(seen)
