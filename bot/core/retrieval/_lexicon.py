"""Every word of the indexed texts, how many texts have it, and which of them a misspelled word may mean."""

from __future__ import annotations

import math
from collections.abc import Sequence
from string import ascii_lowercase

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from bot.core.retrieval._words import stem

_SHORTEST = 4
_READINGS = 3
_CANDIDATES = 8
_DECAY = 15.0
_GUESSED = 0.9


class Lexicon:
    """Counts words and stems, and corrects spelling against them (optimal string alignment, RapidFuzz)."""

    def __init__(self) -> None:
        self.texts = 0
        self.length = 0
        self._stems: dict[str, int] = {}
        self._words: dict[str, int] = {}
        self._buckets: dict[tuple[str, int], list[str]] = {}
        self._corrected: dict[str, tuple[tuple[str, float], ...]] = {}

    def add(self, words: Sequence[str], stems: Sequence[str]) -> None:
        """Count one more text, given its words and their stems."""
        self.texts += 1
        self.length += len(words)
        counts = self._words
        for word in set(words):
            if word in counts:
                counts[word] += 1
            else:
                counts[word] = 1
                if len(word) >= _SHORTEST - 1 and not word.isdigit():
                    self._buckets.setdefault((word[0], len(word)), []).append(word)
                    self._corrected.clear()
        for each in set(stems):
            self._stems[each] = self._stems.get(each, 0) + 1

    def remove(self, words: Sequence[str], stems: Sequence[str]) -> None:
        """Take a text out of the counts; its words stay correctable."""
        self.texts -= 1
        self.length -= len(words)
        for word in set(words):
            self._words[word] -= 1
        for each in set(stems):
            self._stems[each] -= 1

    @property
    def average(self) -> float:
        """Words in a text, on average."""
        return self.length / self.texts if self.texts else 1.0

    def knows(self, word: str) -> bool:
        """Whether a form of *word* occurs, or it is a number, which is never corrected."""
        return word.isdigit() or self._stems.get(stem(word), 0) > 0

    def idf(self, stemmed: str) -> float:
        """How rare a stem is: BM25's idf, largest for one that never occurs."""
        count = max(self._stems.get(stemmed, 0), 0)
        return math.log(1 + (self.texts - count + 0.5) / (count + 0.5))

    def readings(self, word: str) -> tuple[tuple[str, float], ...]:
        """Up to three known words that *word* may be a misspelling of, each with a weight below 1; best first."""
        if len(word) < _SHORTEST or word.isdigit():
            return ()
        found = self._corrected.get(word)
        if found is None:
            found = self._corrected[word] = self._correct(word)
        return found

    def _correct(self, word: str) -> tuple[tuple[str, float], ...]:
        most = 1 if len(word) <= 4 else 2 if len(word) <= 8 else 3
        scored = [*self._near(word, most), *self._other_first_letter(word)]
        scored.sort(reverse=True)
        best = scored[0][0] if scored else 0.0
        return tuple((near, _GUESSED * math.exp((score - best) * _DECAY)) for score, near in scored[:_READINGS])

    def _other_first_letter(self, word: str) -> list[tuple[float, str]]:
        """Known words that differ in the first letter only: dropped, doubled, swapped or another one."""
        rest = word[1:]
        changed = {rest, word[1] + word[0] + word[2:]}
        changed.update(letter + tail for letter in ascii_lowercase for tail in (rest, word))
        return [(self._likeness(word, near, 1.0), near) for near in changed if near != word and near in self._words]

    def _near(self, word: str, most: int) -> list[tuple[float, str]]:
        found: list[tuple[float, str]] = []
        for length in range(len(word) - most, len(word) + most + 1):
            bucket = self._buckets.get((word[0], length))
            if bucket:
                near = process.extract(
                    word, bucket, scorer=OSA.distance, score_cutoff=most, limit=_CANDIDATES, processor=None
                )
                found += [(self._likeness(word, each, distance), each) for each, distance, _ in near]
        return found

    def _likeness(self, word: str, near: str, distance: float) -> float:
        rarity = 0.012 * math.log(max(self._words[near], 0) + 1)
        return JaroWinkler.similarity(word, near) - 0.12 * distance + rarity
