"""Where terms are: for each, the claims that have it, by their slots, and how much it counts in each."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

_LEVELS = 100.0


class Postings:
    """
    By term, the slots of the claims that have it, and levels from 0 to 1.

    Arrays that are filled never change: `copy` shares them, and `replace` on a copy puts new ones in their place.
    """

    def __init__(self) -> None:
        self._at: dict[str, tuple[array[int], array[int]]] = {}

    def add(self, terms: Mapping[str, float], slot: int) -> None:
        """Note *terms*, which *slot* did not have; only while the postings are filled for the first time."""
        at = self._at
        for term, level in terms.items():
            held = at.get(term)
            if held is None:
                at[term] = array("I", (slot,)), array("B", (round(level * _LEVELS),))
            else:
                held[0].append(slot)
                held[1].append(round(level * _LEVELS))

    def copy(self) -> Postings:
        """The same postings, to change without changing these."""
        found = Postings()
        found._at = dict(self._at)
        return found

    def replace(self, slot: int, before: Mapping[str, float], after: Mapping[str, float]) -> None:
        """Let *slot* have the terms *after* in place of those *before*."""
        for term in before.keys() - after.keys():
            slots, levels = self._without(term, slot)
            if slots:
                self._at[term] = slots, levels
            else:
                del self._at[term]
        for term, level in after.items():
            if before.get(term) != level:
                slots, levels = self._without(term, slot)
                slots.append(slot)
                levels.append(round(level * _LEVELS))
                self._at[term] = slots, levels

    def _without(self, term: str, slot: int) -> tuple[array[int], array[int]]:
        held = self._at.get(term)
        if held is None:
            return array("I"), array("B")
        slots, levels = held[0][:], held[1][:]
        if slot in slots:
            at = slots.index(slot)
            slots.pop(at)
            levels.pop(at)
        return slots, levels

    def __contains__(self, term: str) -> bool:
        return term in self._at

    def numbers(self) -> Iterator[float]:
        """The terms, where they are numbers."""
        return map(float, tuple(self._at))

    def count(self, term: str) -> int:
        """How many claims have *term*."""
        found = self._at.get(term)
        return len(found[0]) if found else 0

    def slots(self, term: str) -> Any:
        """The slots of the claims that have *term*."""
        found = self._at.get(term)
        return np.frombuffer(found[0], dtype=np.uint32) if found else np.zeros(0, dtype=np.uint32)

    def raise_to(self, target: Any, term: str, times: float) -> None:
        """Raise *target* to the level of *term*, *times* as much, wherever a claim has it."""
        found = self._at.get(term)
        if found:
            slots = np.frombuffer(found[0], dtype=np.uint32)
            levels = np.frombuffer(found[1], dtype=np.uint8) * (times / _LEVELS)
            target[slots] = np.maximum(target[slots], levels)
