"""Where the words and names of a base's claims are: for each part of a question, how near each claim comes."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bot.core.asking.answering.profile import Profile
from bot.core.asking.answering.question import Unit
from bot.core.asking.reading.tokens import Token
from bot.core.claims import Kind
from bot.languages import english

_SYNONYM, _NARROWER, _WIDER, _OTHER = 0.8, 0.75, 0.65, 0.85
"""How near a word comes that WordNet has in one synset with another, or as a kind of it; and a shortened one."""

_STRICT = 0.9
"""From which nearness on two words are the same."""

_NEAREST, _LEAST_COSINE, _COSINE = 12, 0.42, 0.9
_TOO_WIDE = 8
_KEPT = 4_096
_LEVELS = 100.0

MEANINGS = (
    "nearest",
    "nearest_topic",
    "nearest_claimant",
    "gist",
    "topic_gist",
    "claimant_gist",
    "surely_near",
    "nearest_back",
)
"""
How near a claim comes to a question in meaning: the mean over the question's words of the cosine to the nearest word
of what is said, of the topic and of the claimant; the cosines between their means; what of the former is more than
chance; and the mean over the words of what is said of the cosine to the nearest of the question.
"""

_PARTS = 3
_CHANCE = 0.3
"""Cosine that any two words may have."""

_NONE = -1
"""The row of no word, the last one, which is near nothing."""


@dataclass(frozen=True, slots=True)
class Met:
    """
    For one part of a question, how near each claim comes, 0 to 1: one number a claim.

    Attributes:
        strict: By its own words and names, those that the base uses for them included.
        soft: By words of a like meaning, too.
    """

    strict: Any
    soft: Any


@dataclass
class _Lists:
    """By term, the claims that have it and how much it counts there."""

    at: dict[str, tuple[array[int], array[int]]] = field(default_factory=dict[str, "tuple[array[int], array[int]]"])

    def add(self, term: str, slot: int, level: float) -> None:
        slots, levels = self.at.setdefault(term, (array("I"), array("B")))
        slots.append(slot)
        levels.append(round(level * _LEVELS))

    def raise_to(self, target: Any, term: str, times: float) -> None:
        """Raise *target* to the level of *term*, *times* as much, wherever a claim has it."""
        found = self.at.get(term)
        if found:
            slots = np.frombuffer(found[0], dtype=np.uint32)
            np.maximum.at(target, slots, np.frombuffer(found[1], dtype=np.uint8) * (times / _LEVELS))


class ClaimIndex:
    """The claims of one base by every term they can be met by. A claim's place in `profiles` is its slot."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self.profiles = profiles
        self._stems, self._keys = _Lists(), _Lists()
        spelled: dict[str, str] = {}
        for slot, each in enumerate(profiles):
            for stem, level in each.stems.items():
                self._stems.add(stem, slot, level)
                spelled.setdefault(stem, each.words[stem])
            for key, level in _keys(each):
                self._keys.add(key, slot, level)
        self._nearby = _Nearby(spelled)
        number = {stem: at for at, stem in enumerate(spelled)}
        self._tells = np.array([*map(english.information, spelled.values()), 0.0], dtype=np.float32)
        self._parts = [
            [
                np.array([number[stem] for stem in part if stem in number] or [_NONE], dtype=np.intp)
                for part in each.parts
            ]
            for each in profiles
        ]
        gists = [[self._nearby.mean(rows, self._tells) for rows in parts] for parts in self._parts]
        self._gists = np.array(gists) if profiles else np.zeros((0, len(MEANINGS), 1))
        self._rarity = {stem: 1 - len(found[0]) / (len(profiles) + 1) for stem, found in self._stems.at.items()}

    def __len__(self) -> int:
        return len(self.profiles)

    def rarity(self, stem: str) -> float:
        """The share of the claims that do not have *stem*, 0 to 1."""
        return self._rarity.get(stem, 1.0)

    def meets(self, unit: Unit) -> Met:
        """How near each claim comes to *unit*."""
        strict, soft = np.zeros(len(self.profiles), dtype=np.float32), np.zeros(len(self.profiles), dtype=np.float32)
        for entry in unit.entries:
            for term, level in _asked(entry.kind, entry.key):
                self._keys.raise_to(strict, term, level)
        near = [self.near(token) for token in unit.tokens]
        if len(unit.tokens) == 1 or not unit.entries:
            self._raise(strict, soft, near)
            for token in unit.others:
                for stem, level in self.near(token).items():
                    self._stems.raise_to(soft, stem, level * _OTHER)
                    self._stems.raise_to(strict, stem, level * _OTHER if level >= _STRICT else 0.0)
        else:
            self._raise_whole(strict, soft, near)
        return Met(strict, np.maximum(strict, soft))

    def meanings(self, words: Sequence[str], slots: Sequence[int]) -> Any:
        """
        How near claims come to the folded *words* of a question in meaning alone, for ordering only.

        Returns:
            `MEANINGS` for each of *slots*; 0 where nothing is known of any word.
        """
        rows = [row for row in english.rows(words) if row >= 0]
        if not rows or not len(slots):
            return np.zeros((len(slots), len(MEANINGS)))
        asked = english.vectors(rows)
        weights = np.array(
            [english.information(word) for word, row in zip(words, english.rows(words), strict=True) if row >= 0]
        )
        weights /= weights.sum()
        cosines = self._nearby.cosines(asked)
        mean = weights @ asked
        mean /= max(float(np.linalg.norm(mean)), 1e-9)
        nearest: list[Any] = []
        for part in range(_PARTS):
            rows_of = [self._parts[slot][part] for slot in slots]
            starts = np.cumsum([0, *map(len, rows_of)])[:-1]
            nearest.append(np.maximum.reduceat(cosines[np.concatenate(rows_of)], starts, axis=0))
        said = [self._parts[slot][0] for slot in slots]
        tells = [self._tells[rows] for rows in said]
        best = cosines.max(axis=1)
        back = [
            float(np.maximum(best[rows], 0) @ each / max(each.sum(), 1e-9))
            for rows, each in zip(said, tells, strict=True)
        ]
        sure = np.maximum(np.maximum(nearest[0], nearest[1]) - _CHANCE, 0) @ weights
        gists = self._gists[np.asarray(slots)] @ mean
        return np.column_stack([*(each @ weights for each in nearest), gists, sure, back])

    def _raise(self, strict: Any, soft: Any, near: Sequence[Mapping[str, float]]) -> None:
        for stems in near:
            for stem, level in stems.items():
                self._stems.raise_to(soft, stem, level)
                if level >= _STRICT:
                    self._stems.raise_to(strict, stem, level)

    def _raise_whole(self, strict: Any, soft: Any, near: Sequence[Mapping[str, float]]) -> None:
        """For a name of several words in a claim's text: by the one met worst; in meaning, by their mean."""
        parts: list[tuple[Any, Any]] = []
        for stems in near:
            one = (np.zeros_like(strict), np.zeros_like(soft))
            self._raise(*one, [stems])
            parts.append(one)
        np.maximum(strict, np.minimum.reduce([part[0] for part in parts]), out=strict)
        np.maximum(soft, np.mean([part[1] for part in parts], axis=0), out=soft)

    def near(self, token: Token) -> Mapping[str, float]:
        """The stems of the base's words that are near *token* in meaning, its own included, with how near, 0 to 1."""
        return {**self._nearby.of(token.word), token.stem: 1.0}


class _Nearby:
    """Which words of a base are near another word in meaning."""

    def __init__(self, spelled: Mapping[str, str]) -> None:
        self._stems = list(spelled)
        self._vectors = english.vectors([*english.rows(spelled.values()), _NONE])
        self._found: dict[str, Mapping[str, float]] = {}
        self._same: dict[int, list[str]] = {}
        self._kinds: dict[int, list[str]] = {}
        self._meant: dict[int, list[str]] = {}
        for stem, word in spelled.items():
            for table, synsets in ((self._same, english.akin(word)), (self._kinds, english.above(word))):
                for each in synsets:
                    table.setdefault(each, []).append(stem)
            for each in english.meanings(word)[:2]:
                self._meant.setdefault(each, []).append(stem)

    def cosines(self, asked: Any) -> Any:
        """Cosines between every word of the base and each of the vectors *asked*."""
        return self._vectors @ asked.T

    def mean(self, rows: Any, tells: Any) -> Any:
        """The direction of the mean of the words in *rows*, each by how much it *tells*."""
        mean = tells[rows] @ self._vectors[rows]
        return mean / max(float(np.linalg.norm(mean)), 1e-9)

    def of(self, word: str) -> Mapping[str, float]:
        """The stems of words near *word*, each with how near, below 1."""
        found = self._found.get(word)
        if found is None:
            if len(self._found) >= _KEPT:
                self._found.clear()
            found = self._found[word] = self._look_up(word)
        return found

    def _look_up(self, word: str) -> dict[str, float]:
        near: dict[str, float] = {}
        (row,) = english.rows([word])
        if row >= 0 and len(self._stems):
            cosines = self._vectors @ english.vectors([row])[0]
            count = min(_NEAREST, len(self._stems))
            for at in np.argpartition(-cosines, count - 1)[:count]:
                if cosines[at] >= _LEAST_COSINE:
                    near[self._stems[at]] = min(float(cosines[at]) * _COSINE, _COSINE - 0.01)
        for table, synsets, level in (
            (self._same, english.akin(word), _SYNONYM),
            (self._meant, english.above(word), _NARROWER),
            (self._kinds, english.meanings(word)[:2], _WIDER),
        ):
            for each in synsets:
                stems = table.get(each, ())
                if len(stems) <= _TOO_WIDE:
                    for stem in stems:
                        near[stem] = max(level, near.get(stem, 0.0))
        return near


def _keys(each: Profile) -> Iterable[tuple[str, float]]:
    first = each.claim.topics[0].key
    yield from ((f"topic:{key}", 1.0 if key == first else 0.9) for key in each.topics)
    own = {place.key for place in each.claim.places}
    yield from ((f"place:{key}", 1.0 if key in own else 0.85) for key in each.places)
    yield from ((f"metric:{key}", 1.0) for key in each.metrics)
    yield f"said:{each.claim.attribution.claimant.key}", 1.0
    yield from ((f"said:{key}", 0.9) for key in each.said if key != each.claim.attribution.claimant.key)
    yield from ((f"carried:{key}", 0.7) for key in each.carried)
    yield from ((f"about:{key}", 0.9) for key in each.about)
    yield from ((f"named:{key}", 0.6) for key in each.mentioned)


def _asked(kind: Kind, key: str) -> Iterable[tuple[str, float]]:
    if kind is Kind.PARTY:
        return ((f"said:{key}", 1.0), (f"about:{key}", 1.0), (f"carried:{key}", 0.8), (f"named:{key}", 1.0))
    return ((f"{kind}:{key}", 1.0),)
