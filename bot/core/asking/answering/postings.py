"""Where terms are: for each, the claims that have it, by their slots, and how much it counts in each."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

_LEVELS = 100.0
Row: TypeAlias = "array[int]"


class Postings:
    """
    By term, the slots of the claims that have it, and levels from 0 to 1.

    What was filled stands in one array and never changes: copies share it. What was replaced since stands beside it.
    """

    def __init__(self, rows: Mapping[str, int], starts: Any, slots: Any, levels: Any) -> None:
        """
        What was filled.

        Args:
            rows: For each term, where in *starts* its part of *slots* and *levels* begins; it ends at the next.
        """
        self._rows, self._starts, self._slots, self._levels = rows, starts, slots, levels
        self._replaced: dict[str, tuple[Any, Any]] = {}

    def copy(self) -> Postings:
        """The same postings, to change without changing these."""
        found = Postings(self._rows, self._starts, self._slots, self._levels)
        found._replaced = dict(self._replaced)
        return found

    def _at(self, term: str) -> tuple[Any, Any]:
        found = self._replaced.get(term)
        if found is not None:
            return found
        row = self._rows.get(term)
        part = slice(0, 0) if row is None else slice(self._starts[row], self._starts[row + 1])
        return self._slots[part], self._levels[part]

    def replace(self, slot: int, before: Mapping[str, float], after: Mapping[str, float]) -> None:
        """Let *slot* have the terms *after* in place of those *before*."""
        for term in before.keys() | after.keys():
            level = after.get(term)
            if level != before.get(term):
                slots, levels = self._at(term)
                kept = slots != slot
                slots, levels = slots[kept], levels[kept]
                if level is not None:
                    slots = np.append(slots, np.uint32(slot))
                    levels = np.append(levels, np.uint8(round(level * _LEVELS)))
                self._replaced[term] = slots, levels

    def __contains__(self, term: str) -> bool:
        return self.count(term) > 0

    def numbers(self) -> Iterator[float]:
        """The terms, where they are numbers."""
        return (float(term) for term in self._rows.keys() | self._replaced.keys() if term in self)

    def count(self, term: str) -> int:
        """How many claims have *term*."""
        return len(self._at(term)[0])

    def slots(self, term: str) -> Any:
        """The slots of the claims that have *term*."""
        return self._at(term)[0]

    def raise_to(self, target: Any, term: str, times: float) -> None:
        """Raise *target* to the level of *term*, *times* as much, wherever a claim has it."""
        slots, levels = self._at(term)
        if len(slots):
            target[slots] = np.maximum(target[slots], levels * np.float32(times / _LEVELS))


class Filling:
    """Postings while they are filled for the first time."""

    def __init__(self, *first: str) -> None:
        """Nothing noted yet; the *first* terms have the first rows."""
        self.terms: dict[str, int] = {term: at for at, term in enumerate(first)}
        self._at = array("I")
        self._slots, self._levels, self._sizes = list[int](), list[float](), list[int]()

    def rows(self, terms: Iterable[str]) -> Row:
        """The rows of *terms*, by which they are noted."""
        rows = self.terms
        return array("I", [rows.setdefault(term, len(rows)) for term in terms])

    def add(self, rows: Row, slots: Sequence[int], level: float) -> None:
        """Note terms of each of *slots* by their *rows*; of what is noted of one twice, the higher level counts."""
        self._at.extend(rows * len(slots))
        self._slots.extend(slots)
        self._levels.extend([level] * len(slots))
        self._sizes.extend([len(rows)] * len(slots))

    def add_all(self, terms: Mapping[str, float], slot: int) -> None:
        """Note *terms*, each with its level, of *slot*."""
        self._at.extend(self.rows(terms))
        self._slots.extend([slot] * len(terms))
        self._levels.extend(terms.values())
        self._sizes.extend([1] * len(terms))

    def done(self) -> Postings:
        """What was noted."""
        slots = np.repeat(np.array(self._slots, dtype=np.uint64), self._sizes)
        levels = np.repeat(np.rint(np.array(self._levels) * _LEVELS).astype(np.uint64), self._sizes)
        at = (np.array(self._at, dtype=np.uint64) << _ROW) | (slots << _SLOT) | levels
        at.sort()
        pairs = at >> _SLOT
        at = at[np.append(pairs[1:] != pairs[:-1], True)] if len(at) else at  # the highest level of each comes last
        ends = np.cumsum(np.bincount((at >> _ROW).astype(np.int64), minlength=len(self.terms)))
        return Postings(self.terms, np.concatenate(([0], ends)), (at >> _SLOT).astype(np.uint32), at.astype(np.uint8))


_SLOT, _ROW = np.uint64(8), np.uint64(40)
"""Where slots and rows begin in the one number that what is noted is sorted by."""
