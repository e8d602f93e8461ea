"""Which words of a base are near another word in meaning, by WordNet and by word vectors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from bot.languages import english

_SYNONYM, _NARROWER, _WIDER = 0.8, 0.75, 0.65
"""
How near a word comes that WordNet has in one synset with another, or as a kind of it, or the other way round. What a
word is a kind of comes the nearer the more it tells: *tanker* and *ship*, not *king* and *people*.
"""

_AT_LEAST = 0.25
"""What is left of that where it tells nothing."""

_NEAREST, _LEAST_COSINE, _COSINE = 12, 0.42, 0.9
_TOO_WIDE = 8
_KEPT = 4_096

NONE = 0
"""The row of no word, which is near nothing."""


class Nearby:
    """The words of a base by stem, each in a row with its vector. What is there stays; words are only added."""

    def __init__(self, spelled: Mapping[str, str]) -> None:
        self._stems: list[str] = [""]
        self._rows: dict[str, int] = {}
        self._vectors: Any = english.vectors([-1])
        self.tells: Any = np.zeros(1, dtype=np.float32)
        self._tables: tuple[dict[int, tuple[str, ...]], ...] = ({}, {}, {})
        self._found: dict[str, Mapping[str, float]] = {}
        self._add(spelled)

    def having(self, spelled: Mapping[str, str]) -> Nearby:
        """With these words, too, a spelling by stem; the same one where it has them all."""
        new = {stem: word for stem, word in spelled.items() if stem not in self._rows}
        if not new:
            return self
        more = Nearby({})
        more._stems, more._rows = list(self._stems), dict(self._rows)
        more._vectors, more.tells = self._vectors, self.tells
        more._tables = tuple(dict(table) for table in self._tables)
        more._add(new)
        return more

    def _add(self, spelled: Mapping[str, str]) -> None:
        if not spelled:
            return
        for stem in spelled:
            self._rows[stem] = len(self._stems)
            self._stems.append(stem)
        self._vectors = np.vstack([self._vectors, english.vectors(english.rows(spelled.values()))])
        self.tells = np.append(self.tells, np.array([*map(english.information, spelled.values())], dtype=np.float32))
        collected: list[dict[int, list[str]]] = [{}, {}, {}]
        for stem, word in spelled.items():
            for table, synsets in zip(collected, _synsets(word), strict=True):
                for each in synsets:
                    stems = table.setdefault(each, [])
                    if len(stems) <= _TOO_WIDE:  # more are counted as too many, whichever they are
                        stems.append(stem)
        for table, more in zip(self._tables, collected, strict=True):
            for each, stems in more.items():
                table[each] = (*table.get(each, ()), *stems)

    def rows(self, stems: Iterable[str]) -> list[int]:
        """The rows of those of *stems* that are words of the base."""
        return [self._rows[stem] for stem in stems if stem in self._rows]

    def vectors(self, rows: Any) -> Any:
        """The vectors in *rows*, of length one; zeros where nothing is known of a word."""
        return self._vectors[rows]

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
        if row >= 0:
            cosines = self._vectors @ english.vectors([row])[0]
            alike = np.flatnonzero(cosines >= _LEAST_COSINE)
            for at in alike[np.argsort(-cosines[alike], kind="stable")[:_NEAREST]]:
                near[self._stems[at]] = min(float(cosines[at]) * _COSINE, _COSINE - 0.01)
        akin, above, meant = _synsets(word)
        levels = (_SYNONYM, _WIDER, _NARROWER)
        for table, synsets, level in zip(self._tables, (akin, meant, above), levels, strict=True):
            for each in synsets:
                stems = table.get(each, ())
                if len(stems) <= _TOO_WIDE:
                    for stem in stems:
                        told = level * self._wide(stem) if synsets is above else level
                        near[stem] = max(told, near.get(stem, 0.0))
        return near

    def _wide(self, stem: str) -> float:
        return _AT_LEAST + (1 - _AT_LEAST) * float(self.tells[self._rows[stem]])


def _synsets(word: str) -> tuple[Iterable[int], Iterable[int], Iterable[int]]:
    """Of *word*: those it shares with words for the same, those it is a kind of, and those it is used in first."""
    return english.akin(word), english.above(word), english.meanings(word)[:2]
