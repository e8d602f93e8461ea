"""What an article's own head says of it: its date, and who published it."""

from __future__ import annotations

import re
from datetime import date

from bot.core.intake.days import dates
from bot.core.intake.proposals import Span

_HEAD = 400
_DATELINE = re.compile(r"^[^\n]{0,90}?\(([A-Z][^()\n]{1,38})\)\s+(?:—|–|--|-)\s", re.MULTILINE)
_BYLINE = re.compile(
    r"^([A-Z][\w.’' &-]{2,40}?),\s+(?=\d{1,2}\s[A-Z]|[A-Z][a-z]+\s\d)[^\n]{6,20}\d{4}\s*$", re.MULTILINE
)


def published_on(text: str) -> date | None:
    """The first whole date in the head of *text*; None where none is given there."""
    head = Span(0, min(_HEAD, len(text)))
    found = sorted(dates(text, head, date(2000, 1, 1)), key=lambda each: each.span)
    whole = (each.when for each in found if each.when.day is not None and not each.note)
    return next((date(when.year, when.month or 1, when.day or 1) for when in whole), None)


def publisher(text: str) -> str:
    """Who a dateline ("SEOUL (Yonhap) —") or a line of its own ("Yonhap, 22 May 2025") names; else empty."""
    found = _DATELINE.search(text, 0, _HEAD) or _BYLINE.search(text, 0, _HEAD)
    return found[1].strip() if found else ""
