"""Where terms are: for each, the claims that have it, by their slots, and how much it counts in each."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from itertools import repeat
from typing import Any

import numpy as np

_LEVELS = 100.0


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

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}
        self._at, self._slots, self._levels = array("I"), array("I"), array("f")

    def add(self, terms: Mapping[str, float], slot: int) -> None:
        """Note *terms*, which *slot* did not have."""
        rows = self._rows
        self._at.extend([rows.setdefault(term, len(rows)) for term in terms])
        self._slots.extend(repeat(slot, len(terms)))
        self._levels.extend(terms.values())

    def done(self) -> Postings:
        """What was noted."""
        at = np.frombuffer(self._at, dtype=np.uint32) if self._at else np.zeros(0, dtype=np.uint32)
        order = np.argsort(at, kind="stable")
        ends = np.cumsum(np.bincount(at, minlength=len(self._rows)))
        levels = np.rint(np.array(self._levels, dtype=np.float32)[order] * _LEVELS)
        slots = np.array(self._slots, dtype=np.uint32)[order]
        return Postings(self._rows, np.concatenate(([0], ends)), slots, levels.astype(np.uint8))
