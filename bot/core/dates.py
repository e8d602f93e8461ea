"""Dates as sources give them: often only a month or a year."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

from bot.errors import InvalidClaim

_EDTF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """
    A year, a month or a day, as in level 0 of the Library of Congress's EDTF.

    Sorts by its first possible day, the coarser one first: 2024 < 2024-08 < 2024-08-06.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise InvalidClaim("A date with a day needs a month.")
        try:
            date(self.year, self.month or 1, self.day or 1)
        except ValueError as error:
            raise InvalidClaim(f"{self.edtf} is not a date: {error}.") from error

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `2025`, `2025-10` or `2025-10-31`; raise `InvalidClaim` for anything else."""
        found = _EDTF.match(text.strip())
        if not found:
            raise InvalidClaim(f"“{text}” is not a date; write 2025, 2025-10 or 2025-10-31.")
        year, month, day = found.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @property
    def edtf(self) -> str:
        """The date as an EDTF string, no more precise than the source."""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)

    @property
    def words(self) -> str:
        """For people: `14 Nov 2025`, `Oct 2025 (day not given)`, `2024 (month not given)`."""
        if self.month is None:
            return f"{self.year} (month not given)"
        month = calendar.month_abbr[self.month]
        if self.day is None:
            return f"{month} {self.year} (day not given)"
        return f"{self.day} {month} {self.year}"

    def __lt__(self, other: PartialDate) -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[int, int, int]:
        return (self.year, self.month or 0, self.day or 0)


def day_words(day: date) -> str:
    """A full date for people: `14 Nov 2025`."""
    return PartialDate(day.year, day.month, day.day).words
