"""Dates as sources give them: often only a month or a year; worded in the language a server chose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

from bot.core.wording import LANGUAGE, say
from bot.errors import InvalidClaim

MONTHS: dict[str, tuple[str, ...]] = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "uk": ("січ.", "лют.", "бер.", "квіт.", "трав.", "черв.", "лип.", "серп.", "вер.", "жовт.", "лист.", "груд."),
    "ru": ("янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.", "дек."),
    "ko": tuple(f"{month}월" for month in range(1, 13)),
    "de": ("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"),
    "it": ("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"),
    "pl": ("sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru"),
}
"""Abbreviated month names after a day, as in the Unicode CLDR."""
_ORDERS = {"de": ("{month} {year}", "{day}. {month} {year}"), "ko": ("{year}년 {month}", "{year}년 {month} {day}일")}
"""How a month and a day are written, where it is not as in English."""

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
            raise InvalidClaim(say("A date with a day needs a month."))
        try:
            _ = self.first
        except ValueError as error:
            raise InvalidClaim(say("There is no day “{date}” in the calendar.", date=self.edtf)) from error

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `2025`, `2025-10` or `2025-10-31`; raise `InvalidClaim` for anything else."""
        found = _EDTF.match(text.strip())
        if not found:
            raise InvalidClaim(say("“{text}” is not a date; write 2025, 2025-10 or 2025-10-31.", text=text))
        year, month, day = found.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @property
    def first(self) -> date:
        """Its first possible day."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def edtf(self) -> str:
        """The date as an EDTF string, no more precise than the source."""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)

    @property
    def words(self) -> str:
        """For people: `14 Nov 2025`, `Oct 2025 (day not given)`, `2024 (month not given)`."""
        if self.month is None:
            return say("{year} (month not given)", year=self.year)
        of_month, of_day = _ORDERS.get(LANGUAGE.get(), ("{month} {year}", "{day} {month} {year}"))
        month = MONTHS[LANGUAGE.get()][self.month - 1]
        if self.day is None:
            return say("{month} (day not given)", month=of_month.format(month=month, year=self.year))
        return of_day.format(day=self.day, month=month, year=self.year)

    def __lt__(self, other: PartialDate) -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[int, int, int]:
        return (self.year, self.month or 0, self.day or 0)


def day_words(day: date) -> str:
    """A full date for people: `14 Nov 2025`."""
    return PartialDate(day.year, day.month, day.day).words
