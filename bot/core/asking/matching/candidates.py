"""Which claims of a large base a question can be about at all, so that only those are held against it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from bot.core.asking.matching.profile import Profile
from bot.core.asking.question import Question
from bot.core.asking.reading.synonyms import synonyms
from bot.core.claims import FactBase, Kind

LARGE = 400
"""Claims from which on it pays to choose candidates first; below, every claim is held against the question."""

MOST = 1_500
"""Candidates that are held against a question at most: those that share its rarest names and words."""


class Candidates:
    """An index from what claims refer to, and from their words, to the claims."""

    def __init__(self, base: FactBase, profiles: Sequence[Profile]) -> None:
        self._base = base
        self._profiles = profiles
        self._postings: dict[str, list[int]] = {}
        for at, each in enumerate(profiles):
            for term in set(_terms(base, each)):
                self._postings.setdefault(term, []).append(at)

    def of(self, question: Question) -> Sequence[Profile]:
        """
        The claims that meet any name, number or word of *question*, in their order.

        A claim that meets none could not answer it, so nothing is lost but where more than 1,500 meet something.
        """
        if len(self._profiles) <= LARGE:
            return self._profiles
        weights: dict[int, float] = {}
        for term in dict.fromkeys(_asked(self._base, question)):
            found = self._postings.get(term, ())
            weight = math.log(1 + len(self._profiles) / (1 + len(found)))
            for at in found:
                weights[at] = weights.get(at, 0.0) + weight
        best = weights if len(weights) <= MOST else sorted(weights, key=lambda at: (-weights[at], at))[:MOST]
        return [self._profiles[at] for at in sorted(best)]


def _terms(base: FactBase, each: Profile) -> Iterator[str]:
    yield from (f"topic:{key}" for key in (*each.topics, *each.touched))
    yield from (f"place:{key}" for key in _places(base, each.places))
    parties = (each.claimant, each.publisher, *each.relayers, *each.subjects, *each.checkers, *each.mentioned)
    yield from (f"party:{key}" for key in _related(base, parties))
    for count in each.counts:
        yield f"metric:{count.figure.metric}"
        yield from (f"party:{key}" for key in _related(base, count.parties))
        yield from (f"number:{value:g}" for value in count.values)
    yield from each.stems
    yield from each.words


def _places(base: FactBase, places: Iterable[str]) -> Iterator[str]:
    """The places and everything they lie in."""
    for key in places:
        place = base.places.get(key)
        yield from base.lineage(place) if place else (key,)


def _related(base: FactBase, parties: Iterable[str]) -> Iterator[str]:
    """The parties, whatever they are part of, and whom a described group is made of."""
    for key in parties:
        party = base.parties.get(key)
        if party is not None:
            yield from base.lineage(party)
            yield from party.members
        yield key


def _asked(base: FactBase, question: Question) -> Iterator[str]:
    alike = synonyms(base.wording)
    for slot in question.slots:
        yield from (f"{entry.kind}:{entry.key}" for entry in slot.entries)
        for party in slot.of(Kind.PARTY):
            yield from (f"party:{key}" for key in _related(base, [party.key]))
        yield from slot.stems
    for number in question.numbers:
        yield f"number:{number.value:g}"
    for token in question.tokens:
        yield token.stem
        yield from alike.alike(token.stem)
