"""Who belongs to whom, and what lies where."""

from __future__ import annotations

from collections.abc import Callable

from bot.core.asking.reading.synonyms import synonyms
from bot.core.asking.reading.tokens import tokens
from bot.core.claims import FactBase, Kind, Metric

_LEADING = frozenset({"leader", "president", "premier", "chancellor", "king"})


class Hierarchy:
    """The relations between the entries of one fact base."""

    def __init__(self, base: FactBase) -> None:
        self.synonyms = synonyms(base.wording)
        below: dict[str, set[str]] = {}
        for party in base.parties.values():
            for above in base.lineage(party):
                below.setdefault(above, set()).add(party.key)
        self._above = {party.key: base.lineage(party) - {party.key} for party in base.parties.values()}
        self._below = {key: frozenset(inside) for key, inside in below.items()}
        self._groups = {
            key: frozenset(other.key for other in base.parties.values() if not inside.isdisjoint(other.members))
            for key, inside in self._below.items()
        }
        self._leaders = frozenset(
            party.key
            for party in base.parties.values()
            if party.part_of and any(token.word in _LEADING for token in tokens(party.style))
        )
        self._places = {key: _inside(base, key) for key in base.places}
        self._kindred = _kindred(base, self._wide)
        self._named = {metric.key: _stems(metric) for metric in base.metrics.values()}
        self.trades = _trades(base)
        self.people = frozenset(
            topic.key
            for topic in base.topics.values()
            if any(topic.key in trades for trades in self.trades.values())
            or any(token.stem in self.synonyms.people for name in topic.names for token in tokens(name))
        )
        self._names = {
            topic.key: frozenset(token.stem for token in tokens(topic.name)) for topic in base.topics.values()
        }
        self._called = {
            topic.key: self._wide(frozenset(words[0].stem for name in topic.names if len(words := tokens(name)) == 1))
            for topic in base.topics.values()
        }
        self._words = {metric.key: self._wide(_stems(metric)) for metric in base.metrics.values()}

    def _wide(self, stems: frozenset[str]) -> frozenset[str]:
        return stems | {other for stem in stems for other in self.synonyms.alike(stem)}

    def above(self, party: str) -> frozenset[str]:
        """Everybody whom *party* is part of, however far up; without itself."""
        return self._above.get(party, frozenset())

    def top(self, party: str) -> str:
        """The party that *party* is part of and that is itself part of none: a leader's country."""
        return next((key for key in self._above.get(party, ()) if not self._above.get(key)), party)

    def leads(self, party: str) -> bool:
        """Whether *party* is the head of a country: what he sends and loses, it does."""
        return party in self._leaders

    def below(self, party: str) -> frozenset[str]:
        """*party* and everybody who is part of it, however far down."""
        return self._below.get(party, frozenset({party}))

    def groups(self, party: str) -> frozenset[str]:
        """Described groups that *party*, or somebody of it, is a member of."""
        return self._groups.get(party, frozenset())

    def within(self, place: str) -> frozenset[str]:
        """*place* and every place in it."""
        return self._places.get(place, frozenset({place}))

    def kindred(self, key: str) -> frozenset[str]:
        """Metrics that share a word with the topic or metric *key*, or are used for it; without itself."""
        return self._kindred.get(key, frozenset())

    def name_of(self, topic: str) -> frozenset[str]:
        """Stems of the name that *topic* is shown by."""
        return self._names.get(topic, frozenset())

    def same(self, metric: str, other: str) -> bool:
        """Whether the metrics are one, or share a word of their names, as killed and the share killed do."""
        return metric == other or not self.named(metric).isdisjoint(self.named(other))

    def words(self, metric: str) -> frozenset[str]:
        """Stems of the words that *metric* is called by, and of those used for them."""
        return self._words.get(metric, frozenset())

    def called(self, topic: str) -> frozenset[str]:
        """Stems of the single words that *topic* is called by, and of those used for them."""
        return self._called.get(topic, frozenset())

    def named(self, metric: str) -> frozenset[str]:
        """Stems of the words that *metric* is called by."""
        return self._named.get(metric, frozenset())


def _trades(base: FactBase) -> dict[str, frozenset[str]]:
    """For parties that are part of another: keys of the topics that a word of their name stands for."""
    words = {
        tokens(name)[0].stem: topic.key for topic in base.topics.values() for name in topic.names if " " not in name
    }
    return {
        party.key: frozenset(words[token.stem] for token in tokens(party.name) if token.stem in words)
        for party in base.parties.values()
        if party.part_of
    }


def _inside(base: FactBase, place: str) -> frozenset[str]:
    inside = {place}
    while more := {each.key for each in base.places.values() if each.part_of in inside} - inside:
        inside |= more
    return frozenset(inside)


def _kindred(base: FactBase, widened: Callable[[frozenset[str]], frozenset[str]]) -> dict[str, frozenset[str]]:
    """By key: topics and metrics have keys of their own kinds, so a topic's carries its kind."""
    stems = {metric.key: _stems(metric) for metric in base.metrics.values()}
    wide = {key: widened(words) for key, words in stems.items()}
    kindred = {
        metric: frozenset(other for other in stems if other != metric and not wide[metric].isdisjoint(stems[other]))
        for metric in stems
    }
    for topic in base.topics.values():
        words = {word for name in topic.names for word in _phrase(name)}
        kindred[f"{Kind.TOPIC} {topic.key}"] = frozenset(
            metric.key
            for metric in base.metrics.values()
            if not words.isdisjoint(word for name in metric.names for word in _phrase(name))
        )
    return kindred


def _stems(metric: Metric) -> frozenset[str]:
    return frozenset(token.stem for name in metric.names for token in tokens(name))


def _phrase(name: str) -> list[tuple[str, ...]]:
    return [tuple(token.stem for token in tokens(name))]
