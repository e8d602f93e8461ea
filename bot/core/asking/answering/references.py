"""What a claim refers to, by key: whose words it is, through whom it came, whom, what and where it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from bot.core.asking.answering.names import FreeNames
from bot.core.asking.reading.spelling import sounds
from bot.core.asking.reading.synonyms import synonyms
from bot.core.asking.reading.tokens import Token, tokens
from bot.core.claims import Claim, Entry, FactBase, Kind, Metric, Party, Place


class References(NamedTuple):
    """
    Keys of what one claim refers to in its fields.

    Attributes:
        said: Parties whose words it is: the claimant, those it belongs to, and the members of a described group.
        carried: Parties through whom it came: relays and publisher.
        about: Parties it is about, and those they belong to.
        topics, places, metrics: Places with everything they lie in.
    """

    said: frozenset[str]
    carried: frozenset[str]
    about: frozenset[str]
    topics: frozenset[str]
    places: frozenset[str]
    metrics: frozenset[str]


class Mentions(NamedTuple):
    """
    Keys of what the texts of one claim name.

    Attributes:
        leading: Parties that its statement names first: who did it, if anybody.
        parties: Those that its text or its caveats name.
        places: Those that its text names, with everything they lie in.
    """

    leading: frozenset[str]
    parties: frozenset[str]
    places: frozenset[str]


class Referring:
    """
    Tells what claims of one base refer to; what is the same in many of them is looked up once.

    Attributes:
        people: Words, and their stems, that the base says count persons.
    """

    def __init__(self, base: FactBase, names: FreeNames) -> None:
        self.names = names
        self.people = synonyms(base.wording).people
        self.metrics: Mapping[str, Metric] = base.metrics
        self._parties: Mapping[str, Party] = base.parties
        self._places: Mapping[str, Place] = base.places
        self._lineages: dict[str, frozenset[str]] = {}
        self._limits: dict[str, frozenset[str]] = {}
        self._shared: dict[frozenset[str], frozenset[str]] = {}

    def of(self, claim: Claim) -> References:
        """What *claim* refers to in its fields."""
        attribution, claimant = claim.attribution, claim.attribution.claimant
        return References(
            said=self._one(self.lineage(claimant).union(claimant.members)),
            carried=self._one(
                frozenset((attribution.source.publisher.key, *(hop.party.key for hop in attribution.relayed_by)))
            ),
            about=self._one(frozenset(key for party in claim.subjects for key in self.lineage(party))),
            topics=self._one(frozenset(topic.key for topic in claim.topics)),
            places=self._one(frozenset(key for place in claim.places for key in self._lies_in(place))),
            metrics=self._one(frozenset(figure.metric for figure in claim.figures)),
        )

    def mentions(self, claim: Claim, texts: Iterable[Sequence[Token]]) -> Mentions:
        """What *claim* names in the *texts* of its statement and quotations, and in its caveats."""
        found = [name for words in texts for name in self.names.within(words)]
        named = [entry for name in found for entry in name.entries]
        first = next((name.entries for name in found if name.of(Kind.PARTY)), ())
        limits = (text for each in claim.verification.caveats for text in (each.text, each.stated_by) if text)
        checking = chain.from_iterable(map(self._parties_in, limits))
        own = [entry for entry in named if entry.kind is Kind.PLACE]
        return Mentions(
            leading=self._one(frozenset(each.key for each in first if each.kind is Kind.PARTY)),
            parties=self._one(frozenset(chain((each.key for each in named if each.kind is Kind.PARTY), checking))),
            places=self._one(frozenset(key for place in own for key in self._lies_in(place))),
        )

    def may_name(self, claim: Claim, begun: Collection[str], heard: Collection[str]) -> bool:
        """Whether a text of *claim* has one of the words or stems *begun*, or a word that sounds like one *heard*."""
        limits = (text for each in claim.verification.caveats for text in (each.text, each.stated_by))
        said = (claim.statement, *[quotation.exact for quotation in claim.quotations])
        words = [token for text in (*said, *limits) for token in tokens(text)]
        if any(word in begun or stem in begun for _, word, stem, _ in words):
            return True
        return not set(heard).isdisjoint(sounds([word for _, word, _, _ in words]))

    def may_place(self, claim: Claim) -> bool:
        """Whether a text of *claim* has a word that the name of a place may begin with."""
        return self.may_name(claim, *self._beginnings_of_places)

    @cached_property
    def _beginnings_of_places(self) -> tuple[set[str], set[str]]:
        return self.names.beginnings(self._places.values())

    def beginnings(self, entry: Entry) -> tuple[set[str], set[str]]:
        """What begins all that names *entry*; what names something in a place names the place."""
        if entry.kind is not Kind.PLACE:
            return self.names.beginnings((entry,))
        within = (place for place in self._places.values() if entry.key in self._lies_in(place))
        return self.names.beginnings(within)

    def _parties_in(self, text: str) -> frozenset[str]:
        """Keys of the parties that a caveat names, which many claims may have in common."""
        found = self._limits.get(text)
        if found is None:
            entries = (entry for name in self.names.within(tokens(text)) for entry in name.entries)
            found = self._limits[text] = frozenset(entry.key for entry in entries if entry.kind is Kind.PARTY)
        return found

    def _one(self, keys: frozenset[str]) -> frozenset[str]:
        """*keys* as the one object that all claims with the same share."""
        return self._shared.setdefault(keys, keys)

    def lineage(self, party: Entry) -> frozenset[str]:
        """Keys of *party* and of every party it is part of."""
        return self._upwards(party, self._parties)

    def _lies_in(self, place: Entry) -> frozenset[str]:
        """Keys of *place* and of everything it lies in."""
        return self._upwards(place, self._places)

    def _upwards(self, entry: Entry, known: Mapping[str, Entry]) -> frozenset[str]:
        cached = f"{entry.kind}:{entry.key}"
        found = self._lineages.get(cached)
        if found is None:
            keys, current = set[str](), entry
            while current is not None and current.key not in keys:
                keys.add(current.key)
                current = known.get(current.part_of) if current.part_of else None
            found = self._lineages[cached] = frozenset(keys)
        return found
