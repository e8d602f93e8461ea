"""Days as people type them, before a question: `2025-12-01 casualties`, `1 Dec 2025 …`, `yesterday …`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.core.asking.reading.asked_dates import month_named

_AGO = {"today": 0, "yesterday": 1}
_YEAR, _DAY, _NAME = r"(?P<year>\d{4})", r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<name>[^\W\d_]+)\.?"
_FORMS = tuple(
    re.compile(rf"\s*{form}(?![\w/])", re.IGNORECASE)
    for form in (
        rf"{_YEAR}(?P<part>[-./])(?P<month>\d{{1,2}})(?P=part)(?P<day>\d{{1,2}})",
        rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
        rf"{_DAY}\.?\s+(?:of\s+)?{_NAME}(?:,?\s+{_YEAR})?",
        rf"{_NAME}\s+{_DAY}(?:,?\s+{_YEAR})?",
        rf"(?P<ago>{'|'.join(_AGO)})",
    )
)


def leading_day(text: str, today: date) -> tuple[date, str] | None:
    """
    The day that *text* begins with, and the rest of it; None where it begins with none.

    Year, month and day in this order, or day, month and year between dots; months by name or number. Without a year
    it is the last such day up to *today*. Numbers between slashes say no day: people differ in their order.
    """
    for form in _FORMS:
        found = form.match(text)
        day = _read(found.groupdict(), today) if found else None
        if found and day:
            return day, text[found.end() :].strip(" ,:;")
    return None


def _read(parts: dict[str, str | None], today: date) -> date | None:
    if ago := parts.get("ago"):
        return today - timedelta(days=_AGO[ago.casefold()])
    name = parts.get("name")
    month = month_named(name) if name else int(parts.get("month") or 0)
    year = parts["year"]
    try:
        day = date(int(year or today.year), month or 0, int(parts["day"] or 0))
        return day if year or day <= today else day.replace(year=today.year - 1)
    except ValueError:
        return None
