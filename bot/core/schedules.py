"""When a scheduled briefing is due: a wall-clock time in a zone, on some weekdays, and how people write one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum, StrEnum, auto
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz.distance import JaroWinkler

from bot.errors import Refused


class Weekday(IntEnum):
    """Days as `date.weekday` counts them."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6

    @property
    def plural(self) -> str:
        """As in "Mondays and Fridays"."""
        return f"{self.name.capitalize()}s"


_ALL = frozenset(range(7))
_WORKING = frozenset(range(5))
_WEEKEND = _ALL - _WORKING
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """
    A wall-clock time in a named zone, on some days of the week.

    It is due once on each such local date: at the first instant when clocks there show *at* or later. So a time that
    a clock change skips falls on the first instant after the gap, even where that is the next day's midnight, and one
    that is repeated on its first occurrence. A date that a zone left out altogether has nothing due.
    """

    at: time
    """Naive, to the minute."""
    zone: str
    """IANA name."""
    days: frozenset[int]
    """0 is Monday; never empty, all seven is daily."""

    def __post_init__(self) -> None:
        """Reject what can never be due; raises ValueError, or its kin from zoneinfo for the zone."""
        if self.at.tzinfo or self.at.second or self.at.microsecond:
            raise ValueError(f"{self.at} is not a naive time to the minute")
        if not self.days or not self.days <= _ALL:
            raise ValueError(f"{sorted(self.days)} are not weekdays")
        ZoneInfo(self.zone)

    def next_due(self, after: datetime) -> datetime:
        """
        Return the first instant later than *after* at which it is due.

        Args:
            after: Aware, any zone.

        Returns:
            Aware, in UTC.
        """
        if after.tzinfo is None:
            raise ValueError(f"{after} has no zone")
        zone = ZoneInfo(self.zone)
        # No earlier date can be due later: clocks have shown that date's every time by now.
        day = after.astimezone(zone).date()
        while True:
            if day.weekday() in self.days and _exists(day, zone):
                due = _first_instant(datetime.combine(day, self.at), zone)
                if due > after:
                    return due
            day += timedelta(days=1)

    def due_between(self, after: datetime, until: datetime) -> Iterator[datetime]:
        """Every instant at which it is due, later than *after* and no later than *until*; in order, in UTC."""
        due = self.next_due(after)
        while due <= until:
            yield due
            due = self.next_due(due)

    @property
    def words(self) -> str:
        """How it reads, and may be typed: "weekly on Mondays at 07:30, Europe/Berlin"."""
        return f"{_days_in_words(self.days)} at {self.at:%H:%M}, {self.zone}"


def _first_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first instant, in UTC, when clocks in *zone* show *wall* (naive) or later."""
    due = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if _shown(due, zone) == wall.replace(fold=0):
        return due
    # Skipped: by the clocks before the change it lies after the end of the gap, by those after it before its start.
    early = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    seconds = range((early - _EPOCH) // _SECOND, (due - _EPOCH) // _SECOND)
    first = bisect_left(seconds, wall, key=lambda second: _shown(_EPOCH + second * _SECOND, zone))
    return _EPOCH + (seconds.start + first) * _SECOND


def _shown(instant: datetime, zone: ZoneInfo) -> datetime:
    """What clocks in *zone* show at *instant*, naive."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def _exists(day: date, zone: ZoneInfo) -> bool:
    """Whether clocks in *zone* ever showed *day*; Samoa had no 30 December 2011."""
    return _shown(_first_instant(datetime.combine(day, time()), zone), zone).date() == day


def _days_in_words(days: frozenset[int]) -> str:
    """As `Rhythm.words` begins."""
    for known, word in ((_ALL, "daily"), (_WORKING, "weekdays"), (_WEEKEND, "weekends")):
        if days == known:
            return word
    *others, last = (Weekday(day).plural for day in sorted(days))
    return f"{', '.join(others)} and {last}" if others else f"weekly on {last}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed: when, and what about ("" where they named nothing)."""

    rhythm: Rhythm
    about: str


class _Kind(StrEnum):
    OFTEN = "frequencies"
    TIME = "times"
    ZONE = "zones"
    DAYS = auto()
    JOINT = auto()
    QUOTED = auto()
    WORD = auto()


@dataclass(frozen=True, slots=True)
class _Part:
    kind: _Kind
    text: str
    start: int
    end: int


_DAY_NAMES = {
    name: day for day in Weekday for name in (day.plural.lower(), day.name.lower(), day.name.lower()[:3])
} | {"tues": Weekday.TUESDAY, "weds": Weekday.WEDNESDAY, "thur": Weekday.THURSDAY, "thurs": Weekday.THURSDAY}
_PLURALS = frozenset(day.plural.lower() for day in Weekday)
_OFTEN = {"everyday": "daily", "every day": "daily", "weekday": "weekdays", "weekend": "weekends"} | {
    word: word for word in ("daily", "weekdays", "weekends", "weekly")
}
_DAYS_OF = {"weekdays": _WORKING, "weekends": _WEEKEND}
_JOINTS = frozenset({"at", "on", "in", "every", "each", "and"})
_NEAR = 1.6
"""Of two: likeness of the whole name and of its last part, below which none is offered."""
_EXAMPLE = "as in “daily 08:00 Europe/Kyiv casualties”"

_PARTS = re.compile(
    r"""
      (?P<quoted> "[^"]*" | “[^”]*” | «[^»]*» )
    | (?P<time>   (?<![\w.:/+-]) \d+ (?: (?: :\d+ )+ (?: \s?[ap]\.?m\b\.? )? | \s?[ap]\.?m\b\.? ) (?! [\w:/] ) )
    | (?P<word>   \bevery\s+day\b | [^\s,;]+ )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TIME = re.compile(r"(\d\d?)(?::(\d\d))?\s?(?:([ap])\.?m\.?)?", re.IGNORECASE | re.ASCII)
_ZONE_LIKE = re.compile(r"[^\W\d][\w+-]*(?:/[\w+-]+)+")
_NO_PLACE = re.compile(
    r"(?:(?:UTC|GMT)[+-−]|[+−-])\d[\d:]*|[ACEJKMNPW][EKSW]?[DS]?T|AE[DS]T|CEST|EEST|WEST|MSK|BST|IST", re.IGNORECASE
)
"""Offsets and initials, which say nothing of clock changes; initials also name several zones each."""


def read_rhythm(words: str, default_zone: str) -> Asked:
    """
    Read a schedule as typed: "daily 08:00 Europe/Kyiv casualties", "weekly mon 07:30", "daily 8am troops mon,wed,fri".

    Frequency, time, zone and weekdays may stand anywhere; the rest is what it is about, and so is all in quotes.

    Args:
        words: Times in 24 hours or with am or pm; weekdays by name or its first three letters.
        default_zone: IANA name, taken where *words* name none.

    Raises:
        Refused: A part is missing, unknown, out of range or there twice.
    """
    parts = _parts(words)
    often = _only(_Kind.OFTEN, parts)
    at = _only(_Kind.TIME, parts)
    zone = _only(_Kind.ZONE, parts)
    days = _days(_OFTEN[_plain(often.text)] if often else "", parts)
    if at is None:
        raise Refused(f"Say at what time, {_EXAMPLE}.")
    return Asked(Rhythm(_time(at.text), _zone(zone.text) if zone else default_zone, days), _rest(words, parts))


def _parts(words: str) -> list[_Part]:
    """*words* apart, each with what it may say."""
    parts: list[_Part] = []
    for match in _PARTS.finditer(words):
        text = match.group()
        kind = _Kind.TIME if match["time"] else _Kind.QUOTED if match["quoted"] else _kind(text)
        if kind is _Kind.WORD and parts and parts[-1].kind is _Kind.TIME and _NO_PLACE.fullmatch(_plain(text)):
            raise Refused(f"“{text}” does not say where the clock hangs; name a place, {_EXAMPLE}.")
        parts.append(_Part(kind, text, match.start(), match.end()))
    return parts


def _plain(text: str) -> str:
    return " ".join(text.casefold().rstrip(".:!?").split())


def _kind(text: str) -> _Kind:
    plain = _plain(text)
    if plain in _OFTEN:
        return _Kind.OFTEN
    if _days_named(plain):
        return _Kind.DAYS
    if plain in {"utc", "gmt"} or _ZONE_LIKE.fullmatch(plain):
        return _Kind.ZONE
    return _Kind.JOINT if plain in _JOINTS else _Kind.WORD


def _days_named(plain: str) -> frozenset[int]:
    """The days of "mon", "mon/wed" or "fri-mon"; none where another word stands among them."""
    first, dash, last = plain.replace("–", "-").partition("-")
    if dash and first in _DAY_NAMES and last in _DAY_NAMES:
        start = _DAY_NAMES[first]
        return frozenset((start + step) % 7 for step in range((_DAY_NAMES[last] - start) % 7 + 1))
    names = plain.split("/")
    return frozenset(_DAY_NAMES[name] for name in names) if _DAY_NAMES.keys() >= set(names) else frozenset()


def _only(kind: _Kind, parts: Sequence[_Part]) -> _Part | None:
    """The one part of *kind*, if there is one."""
    found = [part for part in parts if part.kind is kind]
    if len(found) > 1:
        both = f"“{found[0].text}” and “{found[1].text}”"
        raise Refused(f"{both} are two {kind}; keep one, {_EXAMPLE}, and put a word of the topic in quotes.")
    return found[0] if found else None


def _days(often: str, parts: Sequence[_Part]) -> frozenset[int]:
    """The days that *often* ("" if unsaid) and the weekdays among *parts* come to."""
    named = frozenset[int]().union(*(_days_named(_plain(part.text)) for part in parts if part.kind is _Kind.DAYS))
    said = " and ".join(Weekday(day).name.capitalize() for day in sorted(named))
    if not often and not _each(parts):
        raise Refused(f"Say how often: daily, weekdays, weekends or weekly, {_EXAMPLE}.")
    if often == "weekly" and len(named) != 1:
        found = (
            f"{said} are several; say “daily 07:30 mon,fri” for those"
            if named
            else "say which, as in “weekly mon 07:30”"
        )
        raise Refused(f"“weekly” takes one weekday: {found}.")
    if often in _DAYS_OF and named:
        raise Refused(f"“{often}” and {said} contradict each other; keep one, as in “daily 07:30 mon,fri”.")
    return named or _DAYS_OF.get(often, _ALL)


def _each(parts: Sequence[_Part]) -> bool:
    """Whether a weekday itself says how often: "Mondays", "every Monday"."""
    return any(
        part.kind is _Kind.DAYS and (_plain(part.text) in _PLURALS or _plain(before) in {"every", "each"})
        for before, part in zip(["", *(part.text for part in parts)], parts, strict=False)
    )


def _time(text: str) -> time:
    read = _TIME.fullmatch(text)
    if read:
        hour, minute, half = int(read[1]), int(read[2] or 0), (read[3] or "").lower()
        if minute < 60 and (1 <= hour <= 12 if half else hour < 24):
            return time(hour % 12 + 12 * (half == "p") if half else hour, minute)
    raise Refused(f"“{text}” is no time of day; write it like 08:00 or 8am, {_EXAMPLE}.")


@cache
def _zones() -> dict[str, str]:
    """Zones by their names in small letters: places, and UTC; "Iran" or "Japan" would rather be what it is about."""
    return {name.casefold(): name for name in sorted(available_timezones()) if "/" in name or name in {"UTC", "GMT"}}


def _zone(text: str) -> str:
    plain = _plain(text)
    zones = _zones()
    if plain in zones:
        return zones[plain]

    def nearness(name: str) -> float:
        return JaroWinkler.similarity(name, plain) + JaroWinkler.similarity(name.split("/")[-1], plain.split("/")[-1])

    nearest = max(zones, key=nearness)
    if nearness(nearest) < _NEAR:
        raise Refused(f"There is no time zone “{text}”; name a place, {_EXAMPLE}, or put the word in quotes.")
    raise Refused(
        f"There is no time zone “{text}”; the nearest is {zones[nearest]}, as in “daily 08:00 {zones[nearest]}”."
    )


def _rest(words: str, parts: Sequence[_Part]) -> str:
    """What is left of *words*: the parts that say nothing of when, without the joints that led to those that do."""
    kept: list[str] = []
    end = 0
    for at, part in enumerate(parts):
        if (
            part.kind is _Kind.WORD
            or part.kind is _Kind.QUOTED
            or (part.kind is _Kind.JOINT and not _leads(at, parts))
        ):
            between = words[end : part.start] if kept and end == parts[at - 1].end else " "
            kept += between, part.text[1:-1] if part.kind is _Kind.QUOTED else part.text
            end = part.end
    return " ".join("".join(kept).split())


def _leads(at: int, parts: Sequence[_Part]) -> bool:
    """Whether the joint at *at* belongs to a part that says when: "at" of "at 08:00"."""
    after = next((part for part in parts[at:] if part.kind is not _Kind.JOINT), None)
    return after is not None and after.kind not in (_Kind.WORD, _Kind.QUOTED)
