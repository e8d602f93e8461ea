"""What an article's own head says of it: its date, and who published it."""

from __future__ import annotations

import re
from datetime import date

from bot.core.intake.days import WEEKDAYS, dates
from bot.core.intake.proposals import Span

_HEAD, _LINES, _LONGEST = 600, 5, 60
_DATELINE = re.compile(r"\(([^\W\d_][^()\n]{1,60})\)\s*(?:[—–-]|$)", re.MULTILINE)
_LONG_AGO = date(2000, 1, 1)
"""Relative dates are counted from somewhere; none of them is taken."""


def published_on(text: str) -> date | None:
    """The first whole date in the head of *text*; None where none is given there."""
    found = sorted(dates(text, Span(0, min(_HEAD, len(text))), _LONG_AGO), key=lambda each: each.span)
    whole = (each.when for each in found if each.when.day is not None and not each.note)
    return next((date(when.year, when.month or 1, when.day or 1) for when in whole), None)


def publisher(text: str) -> str:
    """Who a line of its own ("Yonhap, 22 May 2025") or a dateline ("SEOUL (Yonhap) —") names; else empty."""
    for line in text[:_HEAD].splitlines()[:_LINES]:
        name, _, rest = (part.strip() for part in line.partition(","))
        day = Span(0, len(rest))
        whole = any(each.span == day and not each.note for each in dates(rest, day, _LONG_AGO))
        if whole and len(name) <= _LONGEST and name.casefold() not in WEEKDAYS:
            return name
    found = _DATELINE.search(text, 0, _HEAD)
    return found[1].strip() if found else ""
