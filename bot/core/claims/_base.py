"""Everything that one workspace knows at one moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from bot.core.claims._claim import Claim, Link, parse_ref
from bot.core.claims._entries import Entry, Kind, Metric, Party, Place, Source, Topic
from bot.core.wording import later, say
from bot.errors import NotFound

GROUPS: Mapping[str, str] = {
    Kind.TOPIC: "topics",
    Kind.PLACE: "places",
    Kind.PARTY: "parties",
    Kind.METRIC: "metrics",
    Source.kind: "sources",
}
"""Where a fact base keeps what claims refer to, by its kind."""

WORD_KINDS = {
    "people": later("Words that count people"),
    "offices": later("Words for an office"),
    "events": later("Words that make a name an event’s"),
    "light": later("Words that say little"),
}
"""The parts of a `Wording` that say of what kind words are, and what each is called."""


@dataclass(frozen=True, slots=True)
class Wording:
    """
    The words that questions to a base use, beside the names of its entries.

    Attributes:
        groups: Words that mean the same *in this base*, two or more in each group.
        closed: Whether these, with the names and the claims, are all the words there are: a question with another
            word is refused, never guessed at. Only for a base whose vocabulary was made with care.
        people: Common nouns that count persons here ("troops", "crew").
        offices: Nouns that with an article mean the one office of that kind that the base has ("the ministry").
        events: What makes a name before it an event's: "the Vietnam war".
        light: Words that say little here, which a claim need not have.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    closed: bool = False
    people: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    light: tuple[str, ...] = ()


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
        return tuple(claim for claim in map(self.claims.__getitem__, sorted(self.claims)) if not claim.retired)

    @cached_property
    def disputes(self) -> Mapping[int, tuple[int, ...]]:
        """For each claim, the live claims in conflict with it, whichever side states the conflict."""
        both: dict[int, set[int]] = {}
        for claim in self.live:
            for relation in claim.relations:
                other = self.claims.get(relation.number)
                if relation.link in (Link.DISPUTES, Link.DENIES) and other and not other.retired:
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

    def references(self) -> Iterator[Entry | Source]:
        """Everything that claims refer to: entries, then sources."""
        yield from self.entries()
        yield from self.sources.values()

    def of_kind(self, kind: str) -> Mapping[str, Any]:
        """Its entries of *kind*, or its sources, by key."""
        return getattr(self, GROUPS[kind])

    def having(self, *given: Entry | Source | Claim) -> FactBase:
        """This base with each of *given* in the place of what has its key, or its number."""
        groups: dict[str, dict[Any, Any]] = {}
        for each in given:
            name, key = ("claims", each.number) if isinstance(each, Claim) else (GROUPS[each.kind], each.key)
            groups.setdefault(name, dict(getattr(self, name)))[key] = each
        return replace(self, **groups)

    def cited(self, ref: str) -> Claim:
        """The claim that people cite as *ref* (see `parse_ref`), retired or not; raises `NotFound`."""
        claim = self.claims.get(parse_ref(ref) or 0)
        if claim is None:
            raise NotFound(say("No claim in the fact base has that id. Ids look like C14; answers show them."))
        return claim

    def lineage(self, entry: Entry) -> frozenset[str]:
        """Keys of *entry* and of all it is part of: a minister's ministry and its country, a town's region."""
        known: Mapping[str, Entry] = self.of_kind(entry.kind)
        seen: set[str] = set()
        current: Entry | None = entry
        while current is not None and current.key not in seen:
            seen.add(current.key)
            current = known.get(current.part_of or "")
        return frozenset(seen)
