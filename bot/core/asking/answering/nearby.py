"""Which words of a base are near another word in meaning, by WordNet and by word vectors."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
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

NONE = bytes(4)
"""The row of no word, which is near nothing, as `Nearby.rows` has it."""


class Nearby:
    """The words of a base by stem, each in a row with its vector. What is there stays; words are only added."""

    def __init__(self, rows: Mapping[str, int], words: Sequence[str]) -> None:
        """
        Know these words.

        Args:
            rows: The row of each stem, from 0 on; the first stem is empty, and no word.
            words: A spelling of each.
        """
        self._rows, self._stems = rows, [*rows]
        self._vectors: Any = english.vectors(english.rows(words))
        self.tells: Any = _tells(words)
        self.tells[0] = 0.0
        self._tables = tuple(_Table(*pairs) for pairs in english.synsets(words))
        self._found: dict[str, Mapping[str, float]] = {}

    def having(self, spelled: Mapping[str, str]) -> Nearby:
        """With these words, too, a spelling by stem; the same one where it has them all."""
        new = {stem: word for stem, word in spelled.items() if stem not in self._rows}
        if not new:
            return self
        more: Nearby = copy(self)
        first, words = len(self._stems), tuple(new.values())
        more._rows = {**self._rows, **{stem: row for row, stem in enumerate(new, first)}}
        more._stems, more._found = [*self._stems, *new], {}
        more._vectors = np.vstack([self._vectors, english.vectors(english.rows(words))])
        more.tells = np.append(self.tells, _tells(words))
        more._tables = tuple(
            table.having(at + first, synsets)
            for table, (at, synsets) in zip(self._tables, english.synsets(words), strict=True)
        )
        return more

    def rows(self, stems: Iterable[str]) -> bytes:
        """The rows of those of *stems* that are words of the base, four bytes each: nothing is smaller to keep."""
        return array("I", [self._rows[stem] for stem in stems if stem in self._rows]).tobytes()

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
        akin, above, meant = english.synsets_of(word)
        levels = (_SYNONYM, _WIDER, _NARROWER)
        for table, synsets, level in zip(self._tables, (akin, meant, above), levels, strict=True):
            for row in table.of(synsets):
                stem = self._stems[row]
                told = level * self._wide(row) if synsets is above else level
                near[stem] = max(told, near.get(stem, 0.0))
        return near

    def _wide(self, row: int) -> float:
        return _AT_LEAST + (1 - _AT_LEAST) * float(self.tells[row])


def _tells(words: Sequence[str]) -> Any:
    return np.array([*map(english.information, words)], dtype=np.float32)


_SYNSET = 32
"""Where synsets begin in the one number that they and rows are sorted by."""


class _Table:
    """Synsets, in order, and beside each the row of a word that has it."""

    def __init__(self, rows: Any, synsets: Any) -> None:
        pairs = np.sort((synsets.astype(np.int64) << _SYNSET) | rows)
        self._rows: Any = (pairs & ((1 << _SYNSET) - 1)).astype(np.uint32)
        self._synsets: Any = (pairs >> _SYNSET).astype(np.int32)

    def having(self, rows: Any, synsets: Any) -> _Table:
        """The table with these, too."""
        return _Table(np.append(self._rows, rows), np.append(self._synsets, synsets)) if len(rows) else self

    def of(self, synsets: Any) -> Iterator[int]:
        """The rows of the words that have any of *synsets*, those left out that too many words have."""
        synsets = synsets.astype(np.int32)
        starts, ends = (self._synsets.searchsorted(synsets, side).tolist() for side in ("left", "right"))
        for start, end in zip(starts, ends, strict=True):
            if end - start <= _TOO_WIDE:
                yield from self._rows[start:end].tolist()
