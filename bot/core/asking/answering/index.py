"""Where the words and names of a base's claims are: for each part of a question, how near each claim comes."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.core.asking.answering.nearby import NONE, Nearby
from bot.core.asking.answering.postings import Filling
from bot.core.asking.answering.profile import Profile
from bot.core.asking.answering.question import Unit
from bot.core.asking.answering.references import References, Referring
from bot.core.asking.answering.terms import (
    SAID,
    Terms,
    Texts,
    asked_keys,
    claimant_stems,
    content,
    entry_stems,
    said_of,
    terms,
    texts_of,
)
from bot.core.asking.answering.values import Values
from bot.core.asking.reading.tokens import Token
from bot.core.claims import Claim
from bot.core.numbers import Number
from bot.languages import english

_OTHER = 0.85
"""How near a word comes that a shortened one may stand for."""

_STRICT = 0.9
"""From which nearness on two words are the same."""

_PROFILES = 2_048
"""Claims whose profiles are held; a base of more makes them as they are asked for."""

_SHARING = 10

MEANINGS = (
    "nearest",
    "nearest_topic",
    "nearest_claimant",
    "gist",
    "topic_gist",
    "claimant_gist",
    "surely_near",
    "nearest_back",
    "voted",
    "topic_voted",
    "either_voted",
    "wholly_near",
    "wholly_voted",
)
"""
How near a claim comes to a question in meaning: the mean over the question's words of the cosine to the nearest word
of what is said, of the topic and of the claimant; the cosines between their means; what of the former is more than
chance; the mean over the words of what is said of the cosine to the nearest of the question; the share of the
question's words that speak for this claim rather than for others, by what is said, by the topic, and by either; and
what is more than chance, and that share, by all that a claim says and refers to.
"""

_CHANCE = 0.3
"""Cosine that any two words may have."""

_DECIDED = 12.0
"""How clearly a word speaks for the claims it is nearest to: what cosines are times before they are shares."""


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


class ClaimIndex:
    """
    The claims of one base by every term they can be met by. Each has a slot; one that went leaves an empty slot.

    Attributes:
        claims: By slot; None where one went.
    """

    def __init__(self, claims: Iterable[Claim], referring: Referring, *, numbers: bool) -> None:
        """
        Read *claims*.

        Args:
            numbers: With their numbers, which are read for the first question that has one otherwise.
        """
        self._referring = referring
        held, self.slots = list[Claim](), dict[int, int]()
        refers = list[References]()
        self._named_rows: dict[tuple[str, ...], Any] = {}
        self._profiles: dict[int, Profile] = {}
        stems, keys, values = Filling(), Filling(), Values()
        spelled, shared = dict[str, str](), dict[Texts, Any]()
        for slot, claim in enumerate(claims):
            read = terms(claim, referring)
            self.slots[claim.number] = slot
            held.append(claim)
            new = dict[str, str]()
            for texts, level in read.fields:
                rows = shared.get(texts)
                if rows is None:
                    words = content(texts)
                    new |= words
                    rows = shared[texts] = stems.rows(words)
                stems.add(rows, slot, level)
            stems.add(stems.rows(read.said), slot, SAID)
            new |= read.said
            spelled |= {stem: word for stem, word in new.items() if stem not in spelled}
            keys.add_all(read.keys, slot)
            refers.append(read.refers)
            if numbers:
                values.read(slot, claim)
        self._stems, self._keys = stems.done(), keys.done()
        self._values = values if numbers else None
        self._nearby = Nearby(spelled)
        self.claims, self._refers = _objects(held), _objects(refers)
        self._said = np.full(len(held), None, dtype=object)

    def changed(self, gone: Collection[Claim], come: Collection[Claim]) -> ClaimIndex:
        """
        The index without the claims *gone* and with those that have *come*, at the cost of these alone.

        A claim that takes the number of one that goes takes its slot.
        """
        after: ClaimIndex = copy(self)
        added = [claim for claim in come if claim.number not in self.slots]
        for part in ("claims", "_refers", "_said"):
            setattr(after, part, np.append(getattr(self, part), np.full(len(added), None, dtype=object)))
        after.slots = self.slots | {claim.number: self.size + at for at, claim in enumerate(added)}
        after._profiles = dict(self._profiles)
        after._stems, after._keys = self._stems.copy(), self._keys.copy()
        before = {claim.number: terms(claim, self._referring) for claim in gone}
        new = {claim.number: terms(claim, self._referring) for claim in come}
        after._nearby = self._nearby.having(
            {stem: word for read in new.values() for stem, word in read.spelled.items()}
        )
        for number in before.keys() | new.keys():
            after._put(after.slots[number], before.get(number), new.get(number))
        if self._values:
            went, came = ({claim.number: claim for claim in each} for each in (gone, come))
            after._values = self._values.changed(after.slots, went, came)
        for claim in gone:
            if claim.number not in new:
                after.claims[after.slots.pop(claim.number)] = None
        for claim in come:
            slot, read = after.slots[claim.number], new[claim.number]
            after.claims[slot], after._refers[slot] = claim, read.refers
            after._said[slot] = None
        return after

    def _put(self, slot: int, before: Terms | None, after: Terms | None) -> None:
        """Let *slot* be met by the terms *after* in place of those *before*."""
        self._stems.replace(slot, before.stems if before else {}, after.stems if after else {})
        self._keys.replace(slot, before.keys if before else {}, after.keys if after else {})
        self._profiles.pop(slot, None)

    def __len__(self) -> int:
        return len(self.slots)

    @property
    def size(self) -> int:
        """How many slots there are, empty ones among them."""
        return len(self.claims)

    @property
    def empty(self) -> list[int]:
        """The slots of claims that went."""
        return [] if len(self) == self.size else [at for at, claim in enumerate(self.claims) if claim is None]

    def hold(self, claims: Iterable[Claim]) -> None:
        """Refer to these objects, each equal to the claim of its number: what they were read from can go."""
        for claim in claims:
            self.claims[self.slots[claim.number]] = claim

    def sharing(self, stems: Collection[str], least: float) -> list[Claim]:
        """The claims that have the greatest share of *stems* by rarity, at least the *least*, the greatest first."""
        found, total = np.zeros(self.size, dtype=np.float32), 0.0
        for stem in stems:
            weight = math.log(1 + len(self) / (1 + self._stems.count(stem)))
            found[self._stems.slots(stem)] += weight
            total += weight
        best = np.argsort(-found, kind="stable")[:_SHARING]
        claims = (self.claims[int(at)] for at in best if total and found[at] >= least * total)
        return [claim for claim in claims if claim is not None]

    def claim(self, number: int) -> Claim | None:
        """The claim of that number."""
        slot = self.slots.get(number)
        return None if slot is None else self.claims[slot]

    def profile(self, slot: int) -> Profile:
        """What the claim in *slot* can be asked about; KeyError for an empty one."""
        found = self._profiles.get(slot)
        if found is not None:
            return found
        claim = self.claims[slot]
        if claim is None:
            raise KeyError(slot)
        if len(self._profiles) >= _PROFILES:
            self._profiles.clear()
        return self._profiles.setdefault(slot, Profile(claim, self._referring, self._refers[slot]))

    def rarity(self, stem: str) -> float:
        """The share of the claims that do not have *stem*, 0 to 1."""
        return 1 - self._stems.count(stem) / (len(self) + 1) if stem in self._stems else 1.0

    @property
    def values(self) -> Values:
        """The numbers that claims give."""
        if self._values is None:
            values = Values()
            for slot in self.slots.values():
                values.read(slot, self.claims[slot])
            self._values = values
        return self._values

    def __contains__(self, value: object) -> bool:
        """Whether figures of claims are worded with the number *value*."""
        return value in self.values

    def giving(self, numbers: Sequence[Number]) -> Any:
        """For each slot, 1 where its claim gives all of *numbers*, else 0."""
        return self.values.giving(numbers, self.size)

    def meets(self, unit: Unit) -> Met:
        """How near each claim comes to *unit*."""
        strict, soft = np.zeros(self.size, dtype=np.float32), np.zeros(self.size, dtype=np.float32)
        for entry in unit.entries:
            for term, level in asked_keys(entry.kind, entry.key):
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

    def meanings(self, words: Sequence[str], slots: Sequence[int]) -> Any:
        """
        How near claims come to the folded *words* of a question in meaning alone, for ordering only.

        Returns:
            `MEANINGS` for each of *slots*; 0 where nothing is known of any word.
        """
        known = [(word, row) for word, row in zip(words, english.rows(words), strict=True) if row >= 0]
        if not known or not len(slots):
            return np.zeros((len(slots), len(MEANINGS)))
        asked = english.vectors([row for _, row in known])
        weights = np.array([english.information(word) for word, _ in known])
        weights /= weights.sum()
        mean = weights @ asked
        mean /= max(float(np.linalg.norm(mean)), 1e-9)
        claims = [claim for slot in slots if (claim := self.claims[slot]) is not None]
        topics = [self._rows_of(entry_stems, each.topics[0]) for each in claims]
        claimants = [self._rows_of(claimant_stems, each.attribution.claimant) for each in claims]
        parts = [self._compared(rows, asked, mean) for rows in ([*map(self._said_in, slots)], topics, claimants)]
        nearest, gists = [part.nearest for part in parts], np.column_stack([part.gist for part in parts])
        either = np.maximum(nearest[0], nearest[1])
        beside = self._compared([*map(self._beside, claims)], asked, mean).nearest
        whole = np.maximum.reduce([either, nearest[2], beside])
        sure, surely = (np.maximum(each - _CHANCE, 0) @ weights for each in (either, whole))
        *votes, vote = (_shares(each) @ weights for each in (nearest[0], nearest[1], either, whole))
        shares = (*votes, surely, vote)
        return np.column_stack([*(each @ weights for each in nearest), gists, sure, parts[0].back, *shares])

    def _said_in(self, slot: int) -> bytes:
        """Rows of the words of what the claim in *slot* says, looked up when it is first a candidate."""
        found = self._said[slot]
        if found is None:
            claim = self.claims[slot]
            found = self._said[slot] = self._nearby.rows(said_of(texts_of(claim))) if claim else b""
        return found

    def _rows_of(self, stems_of: Callable[[Any], Iterable[str]], entry: Any) -> Any:
        """Rows of the words of an entry, which many claims refer to."""
        key = (stems_of.__name__, entry.key)
        found = self._named_rows.get(key)
        if found is None:
            found = self._named_rows[key] = self._nearby.rows(stems_of(entry))
        return found

    def _beside(self, claim: Claim) -> bytes:
        """Rows of the words of what else a claim refers to."""
        metrics = (self._referring.metrics.get(figure.metric) for figure in claim.figures)
        entries = (*claim.topics[1:], *claim.subjects, *claim.places, *filter(None, metrics))
        return b"".join(self._rows_of(entry_stems, entry) for entry in entries)

    def _compared(self, rows: Sequence[bytes], asked: Any, mean: Any) -> _Compared:
        """The words in each of *rows* held against those that are *asked*, and against their *mean*."""
        filled = [each or NONE for each in rows]
        flat = np.frombuffer(b"".join(filled), dtype=np.uint32)
        starts = np.cumsum([0, *map(len, filled)])[:-1] // flat.itemsize
        vectors, tells = self._nearby.vectors(flat), self._nearby.tells[flat]
        cosines = vectors @ asked.T
        gists = np.add.reduceat(vectors * tells[:, None], starts, axis=0)
        gists /= np.maximum(np.linalg.norm(gists, axis=1, keepdims=True), 1e-9)
        best = np.maximum(cosines.max(axis=1), 0) * tells
        back = np.add.reduceat(best, starts) / np.maximum(np.add.reduceat(tells, starts), 1e-9)
        return _Compared(np.maximum.reduceat(cosines, starts, axis=0), gists @ mean, back)


@dataclass(frozen=True, slots=True)
class _Compared:
    """Of one part of each claim: the nearest cosine to each word asked, that of the means, and the way back."""

    nearest: Any
    gist: Any
    back: Any


def _objects(items: Sequence[object]) -> Any:
    """*items* as an array: copied at once, and nothing that the garbage collector looks through."""
    return np.fromiter(items, dtype=object, count=len(items))


def _shares(cosines: Any) -> Any:
    """For each column, a question's word, how it shares its vote among the rows, the claims."""
    odds = np.exp(_DECIDED * (cosines - cosines.max(axis=0)))
    return odds / odds.sum(axis=0)
