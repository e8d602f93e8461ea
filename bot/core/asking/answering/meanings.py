"""How near claims come to a question in meaning alone, which orders them and never lets one through."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from bot.core.asking.answering.nearby import NONE, Nearby
from bot.core.asking.answering.postings import Row
from bot.core.asking.answering.terms import claimant_stems, entry_stems, said_of, texts_of
from bot.core.claims import Claim, Entry, Kind, Metric, Party
from bot.languages import english

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


_Key: TypeAlias = tuple[bool, Kind, str]
"""Whether the style of a party counts, if it has one; its kind, and its key."""


class Meanings:
    """The words of the claims of one base, and of their topics and claimants, by their rows in what is near them."""

    def __init__(
        self, nearby: Nearby, said: Any, entries: Mapping[_Key, bytes], metrics: Mapping[str, Metric]
    ) -> None:
        """
        Know these words.

        Args:
            said: By slot, the rows of what its claim says, or None where they are to be looked up.
            entries: Rows of the words of entries, as far as they are at hand.
            metrics: Those of the base.
        """
        self.nearby, self._said, self._entries, self._metrics = nearby, said, dict(entries), metrics

    def changed(self, nearby: Nearby, added: int, slots: Collection[int]) -> Meanings:
        """With other claims in these *slots*, so many of which are *added*."""
        after: Meanings = copy(self)
        after.nearby, after._entries = nearby, {}
        after._said = np.append(self._said, np.full(added, None, dtype=object))
        after._said[list(slots)] = None
        return after

    def of(self, words: Sequence[str], among: Mapping[int, Claim]) -> Any:
        """
        How near each claim of those *among* all, by slot, comes to the folded *words* of a question.

        Returns:
            `MEANINGS` for each; 0 where nothing is known of any word.
        """
        known = [(word, row) for word, row in zip(words, english.rows(words), strict=True) if row >= 0]
        if not known or not among:
            return np.zeros((len(among), len(MEANINGS)))
        asked = english.vectors([row for _, row in known])
        weights = np.array([english.information(word) for word, _ in known])
        weights /= weights.sum()
        mean = weights @ asked
        mean /= max(float(np.linalg.norm(mean)), 1e-9)
        said = [self._said_in(slot, claim) for slot, claim in among.items()]
        topics = [self._rows_of(each.topics[0]) for each in among.values()]
        claimants = [self._rows_of(each.attribution.claimant, claimant=True) for each in among.values()]
        parts = [self._compared(rows, asked, mean) for rows in (said, topics, claimants)]
        nearest, gists = [part.nearest for part in parts], np.column_stack([part.gist for part in parts])
        either = np.maximum(nearest[0], nearest[1])
        whole = np.maximum.reduce([either, nearest[2], self._nearest([*map(self._beside, among.values())], asked)])
        sure, surely = (np.maximum(each - _CHANCE, 0) @ weights for each in (either, whole))
        *votes, vote = (_shares(each) @ weights for each in (nearest[0], nearest[1], either, whole))
        shares = (*votes, surely, vote)
        return np.column_stack([*(each @ weights for each in nearest), gists, sure, parts[0].back, *shares])

    def _said_in(self, slot: int, claim: Claim) -> bytes:
        """Rows of the words of what the claim says, looked up when it is first a candidate."""
        found = self._said[slot]
        if found is None:
            found = self._said[slot] = self.nearby.rows(said_of(texts_of(claim)))
        return found

    def _rows_of(self, entry: Entry, *, claimant: bool = False) -> bytes:
        """Rows of the words of an entry, which many claims refer to; a *claimant* has its style, too."""
        style = entry.style if isinstance(entry, Party) else ""
        key = (claimant or not style, entry.kind, entry.key)
        found = self._entries.get(key)
        if found is None:
            stems = claimant_stems(entry) if claimant and isinstance(entry, Party) else entry_stems(entry)
            found = self._entries[key] = self.nearby.rows(stems)
        return found

    def _beside(self, claim: Claim) -> Sequence[bytes]:
        """Rows of the words of what else a claim refers to."""
        metrics = (self._metrics.get(figure.metric) for figure in claim.figures)
        entries = (*claim.topics[1:], *claim.subjects, *claim.places, *filter(None, metrics))
        return [*map(self._rows_of, entries)] or [NONE]

    def _nearest(self, beside: Sequence[Sequence[bytes]], asked: Any) -> Any:
        """For each claim, the cosine of the word *beside* it that is nearest to each that is *asked*."""
        once = {each: at for at, each in enumerate({each: None for rows in beside for each in rows})}
        flat, starts = _joined(once)
        nearest = np.maximum.reduceat(self.nearby.vectors(flat) @ asked.T, starts, axis=0)
        ends = np.cumsum([0, *map(len, beside)])[:-1]
        return np.maximum.reduceat(nearest[[once[each] for rows in beside for each in rows]], ends, axis=0)

    def _compared(self, rows: Sequence[bytes], asked: Any, mean: Any) -> _Compared:
        """The words in each of *rows* held against those that are *asked*, and against their *mean*."""
        flat, starts = _joined(rows)
        vectors, tells = self.nearby.vectors(flat), self.nearby.tells[flat]
        cosines = vectors @ asked.T
        best = np.maximum(cosines.max(axis=1), 0) * tells
        back = np.add.reduceat(best, starts) / np.maximum(np.add.reduceat(tells, starts), 1e-9)
        return _Compared(np.maximum.reduceat(cosines, starts, axis=0), self._gists(rows) @ mean, back)

    def _gists(self, rows: Sequence[bytes]) -> Any:
        """The means of the vectors of the words in each of *rows*, some of them the same, by how much they tell."""
        once = {each: at for at, each in enumerate(dict.fromkeys(rows))}
        flat, starts = _joined(once)
        gists = np.add.reduceat(self.nearby.vectors(flat) * self.nearby.tells[flat][:, None], starts, axis=0)
        gists /= np.maximum(np.linalg.norm(gists, axis=1, keepdims=True), 1e-9)
        return gists[[once[each] for each in rows]]


def _joined(rows: Collection[bytes]) -> tuple[Any, Any]:
    """All of *rows*, and where each begins."""
    filled = [each or NONE for each in rows]
    flat = np.frombuffer(b"".join(filled), dtype=np.uint32)
    return flat, np.cumsum([0, *map(len, filled)])[:-1] // flat.itemsize


@dataclass(frozen=True, slots=True)
class _Compared:
    """Of one part of each claim: the nearest cosine to each word asked, that of the means, and the way back."""

    nearest: Any
    gist: Any
    back: Any


def _shares(cosines: Any) -> Any:
    """For each column, a question's word, how it shares its vote among the rows, the claims."""
    odds = np.exp(_DECIDED * (cosines - cosines.max(axis=0)))
    return odds / odds.sum(axis=0)


def rows_of_entries(parts: Mapping[Any, Row]) -> dict[_Key, bytes]:
    """The rows of topics and parties, by those of the *parts* of each: what it is called, and what is *about* it."""
    found = dict[_Key, bytes]()
    for (part, kind, key), names in parts.items():
        if part == "names" and kind in (Kind.TOPIC, Kind.PARTY):
            about = parts.get(("about", kind, key), ())
            found[True, kind, key] = array("I", dict.fromkeys((*names, *about))).tobytes()
    return found
