"""Which numbers the claims of a base give, and which claim gives which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from bot.core.asking.answering.postings import Filling, Postings
from bot.core.asking.answering.terms import texts_of
from bot.core.claims import Claim
from bot.core.numbers import Number, numbers, numbers_of


class Gives(NamedTuple):
    """The numbers of one claim: for each of its figures every one that it is worded with; and those of its text."""

    counted: tuple[tuple[float, ...], ...]
    written: tuple[float, ...]

    @classmethod
    def of(cls, claim: Claim, written: Iterable[Sequence[Number]] | None = None) -> Gives:
        """Those of *claim*; the numbers *written* in each of its texts may be at hand."""
        found = map(numbers, texts_of(claim)) if written is None else written
        counted = tuple([numbers_of(figure) for figure in claim.figures])
        return cls(counted, tuple([number.value for each in found for number in each]))

    def terms(self) -> dict[str, float]:
        """All of them, as postings have them."""
        return {_term(value): 1.0 for value in chain(*self.counted, self.written)}


class Values:
    """The numbers of the claims of one base; one that figures of claims are worded with is in it."""

    def __init__(self) -> None:
        self._filling = Filling()
        self._counted: Counter[float] = Counter()

    def read(self, slot: int, claim: Claim) -> None:
        """Know what *claim* gives; before any is looked up."""
        gives = Gives.of(claim)
        self._filling.add_all(gives.terms(), slot)
        self._counted.update({*chain(*gives.counted)})

    @cached_property
    def _postings(self) -> Postings:
        return self._filling.done()

    def changed(self, slots: Mapping[int, int], gone: Mapping[int, Claim], come: Mapping[int, Claim]) -> Values:
        """With the claims that have *come* in place of those *gone*, each by its number, in these *slots*."""
        after = Values()
        after._counted, after._postings = Counter(self._counted), self._postings.copy()
        nothing = Gives((), ())
        for number in gone.keys() | come.keys():
            was, now = (Gives.of(each[number]) if number in each else nothing for each in (gone, come))
            after._postings.replace(slots[number], was.terms(), now.terms())
            after._counted.subtract({*chain(*was.counted)})
            after._counted.update({*chain(*now.counted)})
        after._counted = +after._counted
        return after

    def __contains__(self, value: object) -> bool:
        return value in self._counted

    def giving(self, wanted: Sequence[Number], size: int) -> Any:
        """For each of *size* slots, 1 where its claim gives all that is *wanted*; "nine out of ten" by both parts."""
        found = np.ones(size, dtype=np.float32)
        for number in wanted:
            given = np.zeros(size, dtype=np.float32)
            for value in self._equal(number):
                given[self._postings.slots(_term(value))] = 1.0
            parts = np.ones(size, dtype=np.float32) if number.parts else given
            for part in number.parts:
                has = np.zeros(size, dtype=np.float32)
                has[self._postings.slots(_term(part))] = 1.0
                parts *= has
            found *= np.maximum(given, parts)
        return found

    def _equal(self, number: Number) -> Iterable[float]:
        if 0 < number.value < 1:
            return [value for value in self._postings.numbers() if number.equals(value)]
        return [value for value in (number.value, number.other) if value is not None]


def _term(value: float) -> str:
    return repr(float(value))
