"""The dates that a text gives, relative ones counted from the day it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.core.dates import MONTHS, PartialDate, day_words
from bot.core.intake.proposals import ProposedDate, Span
from bot.core.intake.words import plain
from bot.core.wording import say
from bot.errors import InvalidClaim

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH = (
    r"(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)(?![a-z])"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?![a-z])\.?)"
)
_MONTH = rf"(?P<month>{MONTH})"
_DAY, _YEAR = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?", r"(?P<year>(?:19|20)\d\d)"
_LED = (
    r"\b(?:in|since|until|till|by|of|last|this|next|early|late|mid|during|from|between|and|before|after|through)[\s-]+"
    r"(?:(?:early|late|mid|the end of|the start of)[\s-]+)?"
)
_FORMS = (
    re.compile(rf"\b{_YEAR}-(?P<number>\d\d)-{_DAY}\b"),
    re.compile(rf"\b{_DAY}(?:\s+of)?\s+{_MONTH}(?![a-z])(?:,?\s+{_YEAR})?\b"),
    re.compile(rf"\b{_MONTH}\s+{_DAY}(?!\d|,\d|\s*(?:people|percent))(?:,?\s+{_YEAR}\b)?"),
    re.compile(rf"\b{_MONTH}\s+(?:of\s+)?{_YEAR}\b"),
    re.compile(rf"{_LED}(?P<said>{_MONTH})(?![a-z])"),
    re.compile(rf"\b(?P<which>last|next|this|on|since|until|by|late|early)\s+(?P<weekday>{'|'.join(WEEKDAYS)})\b"),
    re.compile(rf"\b(?P<weekday>{'|'.join(WEEKDAYS)})\b"),
    re.compile(r"\b(?P<ago>today|yesterday|tomorrow)\b"),
    re.compile(r"\b(?P<which>last|this|next)\s+(?P<unit>month|year|week)(?:'s)?\b"),
    re.compile(
        rf"\b(?:in|since|until|by|from|during|early|late|of|before|after|through|between|and)[\s-]+(?P<plainyear>{_YEAR})\b(?!\s+(?:people|troops))"
    ),
)


def dates(text: str, span: Span, published: date) -> Iterator[ProposedDate]:
    """The dates in *span* of *text*; `note` says how one that the words leave open was counted from *published*."""
    low = plain(span.of(text))
    taken: list[Span] = []
    for form in _FORMS:
        for found in form.finditer(low):
            group = next((name for name in ("said", "plainyear") if found.groupdict().get(name)), 0)
            place = Span(found.start(group), found.end(group)).moved(span.start)
            if any(place.start < each.end and each.start < place.end for each in taken):
                continue
            made = _read(found, published, low)
            if made:
                taken.append(place)
                yield ProposedDate(place, made[0], note=made[1])


def _read(found: re.Match[str], published: date, low: str) -> tuple[PartialDate, str] | None:
    parts = {name: value for name, value in found.groupdict().items() if value}
    counted = say("“{text}”, counted from {day}", text=found[0].strip(), day=day_words(published))
    if "ago" in parts:
        day = published + timedelta(days={"today": 0, "yesterday": -1, "tomorrow": 1}[parts["ago"]])
        return _whole(day), counted
    if "weekday" in parts:
        return _whole(_weekday(WEEKDAYS.index(parts["weekday"]), parts.get("which", ""), published)), counted
    if "unit" in parts:
        return _unit(parts["which"], parts["unit"], published), counted
    if "month" not in parts and "number" not in parts:
        return PartialDate(int(parts["year"])), ""
    month = int(parts["number"]) if "number" in parts else _month(parts["month"])
    year = int(parts["year"]) if "year" in parts else _nearest_year(month, published, found[0], low)
    try:
        return PartialDate(
            year, month, int(parts["day"]) if "day" in parts else None
        ), "" if "year" in parts else counted
    except InvalidClaim:
        return None


def _month(name: str) -> int:
    return next(number for number, short in enumerate(MONTHS["en"], 1) if name.startswith(short.lower()))


def _nearest_year(month: int, published: date, words: str, low: str) -> int:
    """The year of the last such month, or of the next one after "until", "by" and "next"."""
    if re.match(r"(?:until|till|by|next)\b", words):
        return published.year + (month < published.month)
    back = published.year - (month > published.month)
    return back - (words.startswith("last") and month == published.month)


def _weekday(wanted: int, which: str, published: date) -> date:
    """The last such day up to *published*; the next one after "next" and "until"."""
    if which in {"next", "until"}:
        return published + timedelta(days=(wanted - published.weekday() - 1) % 7 + 1)
    past = (published.weekday() - wanted) % 7
    return published - timedelta(days=past or (7 if which == "last" else 0))


def _unit(which: str, unit: str, published: date) -> PartialDate:
    step = {"last": -1, "this": 0, "next": 1}[which]
    if unit == "year":
        return PartialDate(published.year + step)
    if unit == "week":
        day = published + timedelta(weeks=step)
        return PartialDate(day.year, day.month)
    months = published.year * 12 + published.month - 1 + step
    return PartialDate(months // 12, months % 12 + 1)


def _whole(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)
