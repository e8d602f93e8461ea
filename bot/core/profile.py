"""What one claim can be asked about, worked out once."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.claims import Claim, FactBase, Kind
from bot.core.figures import Figure
from bot.core.numerals import Number, numbers
from bot.core.tokens import tokens
from bot.core.vocabulary import Vocabulary, keys, stems_of

STATEMENT, QUOTED, NAMED, SPEAKER, NOTED = 1.0, 0.9, 0.6, 0.4, 0.3
"""What a word weighs in each field of a claim."""


@dataclass(frozen=True, slots=True)
class Count:
    """One figure of a claim, with whom it counts and every number it is worded with."""

    figure: Figure
    parties: frozenset[str]
    topics: frozenset[str]
    stems: frozenset[str]

    def has(self, number: Number) -> bool:
        """Whether *number* is one it is worded with."""
        of = (other.value for other in numbers(tokens(self.figure.of)))
        return any(number.equals(value) for value in (self.figure.low, self.figure.high, *of))


@dataclass(frozen=True, slots=True)
class Profile:
    """Keys of everything a claim refers to, and its words by stem with their weight."""

    claim: Claim
    topics: frozenset[str]
    places: frozenset[str]
    claimant: str
    relayers: frozenset[str]
    publisher: str
    subjects: frozenset[str]
    mentioned: frozenset[str]
    counts: tuple[Count, ...]
    stems: dict[str, float]


def profile(claim: Claim, base: FactBase, vocabulary: Vocabulary) -> Profile:
    """The profile of *claim*."""
    text = " ".join((claim.statement, *(quotation.exact for quotation in claim.quotations)))
    named = [entry for name in vocabulary.names(tokens(text)) for entry in name.entries]
    return Profile(
        claim=claim,
        topics=keys(claim.topics, Kind.TOPIC),
        places=keys(claim.places, Kind.PLACE) | keys(named, Kind.PLACE),
        claimant=claim.attribution.claimant.key,
        relayers=frozenset(hop.party.key for hop in claim.attribution.relayed_by),
        publisher=claim.attribution.source.publisher.key,
        subjects=keys(claim.subjects, Kind.PARTY),
        mentioned=keys(named, Kind.PARTY),
        counts=tuple(_count(figure, vocabulary) for figure in claim.figures),
        stems=_weights(claim),
    )


def _count(figure: Figure, vocabulary: Vocabulary) -> Count:
    text = f"{figure.subject} {figure.of} {figure.unit}"
    named = [entry for name in vocabulary.names(tokens(text)) for entry in name.entries]
    return Count(figure, keys(named, Kind.PARTY), keys(named, Kind.TOPIC), frozenset(stems_of(text)))


def _weights(claim: Claim) -> dict[str, float]:
    weights: dict[str, float] = {}
    fields = (
        (claim.statement, STATEMENT),
        (" ".join(quotation.exact for quotation in claim.quotations), QUOTED),
        (" ".join(f"{figure.subject} {figure.of}" for figure in claim.figures), STATEMENT),
        (" ".join(name for topic in claim.topics for name in topic.names), NAMED),
        (" ".join((claim.attribution.claimant.name, claim.attribution.claimant.style)), SPEAKER),
        (claim.editor_note, NOTED),
    )
    for text, weight in fields:
        for stem in stems_of(text):
            weights[stem] = max(weights.get(stem, 0.0), weight)
    return weights


class Kinship:
    """Who belongs to whom."""

    def __init__(self, base: FactBase) -> None:
        self._base = base
        self._below: dict[str, frozenset[str]] = {}

    def below(self, party: str) -> frozenset[str]:
        """*party* and everybody who is part of it, however far down."""
        if party not in self._below:
            self._below[party] = frozenset(
                other.key for other in self._base.parties.values() if party in self._base.lineage(other)
            )
        return self._below[party] | {party}

    def groups(self, party: str) -> frozenset[str]:
        """Described groups that *party*, or somebody of it, is a member of."""
        inside = self.below(party)
        return frozenset(other.key for other in self._base.parties.values() if inside & set(other.members))

    def places(self, place: str) -> frozenset[str]:
        """*place* and every place in it."""
        inside = {place}
        grown = True
        while grown:
            more = {each.key for each in self._base.places.values() if each.part_of in inside} - inside
            grown = bool(more)
            inside |= more
        return frozenset(inside)
