"""When something is due that keeps a wall-clock time in a named zone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from bot.core.wording import later, say


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
        return say(_DAYS[self])


_DAYS = (
    *(later("Mondays"), later("Tuesdays"), later("Wednesdays"), later("Thursdays"), later("Fridays")),
    *(later("Saturdays"), later("Sundays")),
)

EVERY_DAY = frozenset(range(7))
WORKING_DAYS = frozenset(range(5))
WEEKEND = EVERY_DAY - WORKING_DAYS
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
        if not self.days or not self.days <= EVERY_DAY:
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
        # No earlier date can be due later: clocks have shown that date's every time by now. By way of UTC, or a start
        # in the zone itself that a change skipped would keep its date.
        day = after.astimezone(UTC).astimezone(zone).date()
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
        return say(
            "{days} at {time}, {zone}", days=_days_in_words(self.days), time=f"{self.at:%H:%M}", zone=self.zone
        )


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
    known = {EVERY_DAY: later("daily"), WORKING_DAYS: later("weekdays"), WEEKEND: later("weekends")}
    if days in known:
        return say(known[days])
    *others, last = (Weekday(day).plural for day in sorted(days))
    return say("{days} and {last}", days=", ".join(others), last=last) if others else say("weekly on {day}", day=last)
