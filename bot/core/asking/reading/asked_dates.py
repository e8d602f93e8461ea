"""Dates in typed text: a year, a month, or both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.asking.reading.tokens import Token, stem_word
from bot.core.claims import Claim
from bot.core.dates import PartialDate
from bot.languages.packs import languages

_MONTHS = {stem_word(name): number for each in languages() for name, number in each.months.items()}
_BEFORE_MONTH = frozenset(
    {"in", "since", "of", "last", "this", "early", "late", "mid", "during", "by", "until", "v", "u"}
)
_DAY = re.compile(r"0?[1-9]|[12]\d|3[01]", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class AskedDate:
    """A year, a month or both, as a question names them, and the tokens it spans."""

    year: int | None
    month: int | None
    start: int
    end: int

    def fits(self, date: PartialDate | None) -> bool:
        """Whether *date* may lie in it, so far as either says."""
        if date is None:
            return False
        if self.year is not None and self.year != date.year:
            return False
        return self.month is None or self.month == date.month or (date.month is None and self.year is not None)


def asked_dates(tokens: Sequence[Token]) -> list[AskedDate]:
    """Every year and month in *tokens*; "may" and "march" count beside a year or a preposition only."""
    found: list[AskedDate] = []
    at = 0
    while at < len(tokens):
        month = _month(tokens, at)
        after = at + 1 if month else at
        if month and after < len(tokens) and _DAY.fullmatch(tokens[after].word):
            after += 1
        year = _year(tokens[after]) if after < len(tokens) else None
        end = after + 1 if year else after
        if month or year:
            found.append(AskedDate(year, month, at, end))
        at = max(end, at + 1)
    return found


def month_named(word: str) -> int | None:
    """The number of the month that goes by *word*: "Dec", "декабря"."""
    return _MONTHS.get(stem_word(word))


def _month(tokens: Sequence[Token], at: int) -> int | None:
    month = _MONTHS.get(tokens[at].stem)
    if month and tokens[at].word in {"may", "march", "mar", "dec", "sep", "jun", "mae", "mai"}:
        led = at > 0 and tokens[at - 1].word in _BEFORE_MONTH
        return month if led or (at + 1 < len(tokens) and _year(tokens[at + 1])) else None
    return month


def _year(token: Token) -> int | None:
    plain = token.typed.isdigit() and len(token.typed) == 4
    return int(token.typed) if plain and _FIRST_YEAR <= int(token.typed) <= _LAST_YEAR else None


def dated(claim: Claim, asked: AskedDate) -> bool:
    """Whether *claim* is of that date: by its event, by when it was said, or else by when it was published."""
    dates = (claim.event_date, claim.claim_date)
    if any(asked.fits(date) for date in dates):
        return True
    published = claim.attribution.source.published_on
    return claim.event_date is None and asked.fits(PartialDate(published.year, published.month, published.day))
