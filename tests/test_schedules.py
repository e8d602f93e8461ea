"""When a schedule is due, on zones whose clocks really changed; and how one is typed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.schedules import Rhythm, Weekday

DAILY = frozenset(range(7))
TICK = timedelta(microseconds=1)


def _shown(rhythm: Rhythm, since: str, count: int) -> list[str]:
    """What clocks there show, with the offset, at the next *count* dues after the local time *since*."""
    due = datetime.fromisoformat(since).replace(tzinfo=ZoneInfo(rhythm.zone))
    shown: list[str] = []
    for _ in range(count):
        due = rhythm.next_due(due)
        shown.append(due.astimezone(ZoneInfo(rhythm.zone)).isoformat(timespec="minutes"))
    return shown


@pytest.mark.parametrize(
    ("zone", "at", "since", "shown"),
    [
        pytest.param(
            "Europe/Berlin",
            time(2, 30),
            "2026-03-27T12:00",
            ["2026-03-28T02:30+01:00", "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00"],
            id="an hour skipped in Berlin",
        ),
        pytest.param(
            "Europe/Berlin",
            time(2, 30),
            "2026-10-24T12:00",
            ["2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00"],
            id="an hour repeated in Berlin",
        ),
        pytest.param(
            "America/New_York",
            time(2),
            "2026-03-07T12:00",
            ["2026-03-08T03:00-04:00", "2026-03-09T02:00-04:00"],
            id="the first minute of the gap in New York",
        ),
        pytest.param(
            "America/New_York",
            time(1),
            "2026-10-31T12:00",
            ["2026-11-01T01:00-04:00", "2026-11-02T01:00-05:00"],
            id="an hour repeated in New York",
        ),
        pytest.param(
            "Asia/Pyongyang",
            time(23, 45),
            "2015-08-13T12:00",
            ["2015-08-13T23:45+09:00", "2015-08-14T23:45+09:00", "2015-08-15T23:45+08:30"],
            id="half an hour repeated before midnight in Pyongyang",
        ),
        pytest.param(
            "Asia/Pyongyang",
            time(23, 45),
            "2018-05-03T12:00",
            ["2018-05-03T23:45+08:30", "2018-05-05T00:00+09:00", "2018-05-05T23:45+09:00"],
            id="half an hour skipped before midnight in Pyongyang",
        ),
        pytest.param(
            "Australia/Lord_Howe",
            time(2, 15),
            "2026-10-03T12:00",
            ["2026-10-04T02:30+11:00", "2026-10-05T02:15+11:00"],
            id="half an hour skipped on Lord Howe",
        ),
        pytest.param(
            "Australia/Lord_Howe",
            time(1, 45),
            "2026-04-04T12:00",
            ["2026-04-05T01:45+11:00", "2026-04-06T01:45+10:30"],
            id="half an hour repeated on Lord Howe",
        ),
        pytest.param(
            "Africa/Casablanca",
            time(2, 30),
            "2025-02-22T12:00",
            ["2025-02-23T02:30+01:00", "2025-02-24T02:30+00:00"],
            id="an hour repeated as Ramadan begins in Casablanca",
        ),
        pytest.param(
            "Africa/Casablanca",
            time(2, 30),
            "2025-04-05T12:00",
            ["2025-04-06T03:00+01:00", "2025-04-07T02:30+01:00"],
            id="an hour skipped after Ramadan in Casablanca",
        ),
        pytest.param(
            "Pacific/Apia",
            time(0),
            "2011-12-28T12:00",
            ["2011-12-29T00:00-10:00", "2011-12-31T00:00+14:00", "2012-01-01T00:00+14:00"],
            id="a day skipped in Apia",
        ),
        pytest.param(
            "America/Nuuk",
            time(23, 30),
            "2024-03-29T12:00",
            ["2024-03-29T23:30-02:00", "2024-03-31T00:00-01:00", "2024-03-31T23:30-01:00"],
            id="the last hour of a day skipped in Nuuk",
        ),
    ],
)
def test_it_is_due_once_a_date_through_a_clock_change(zone: str, at: time, since: str, shown: list[str]) -> None:
    """A skipped time is due right after the gap, a repeated one the first time, and neither is due twice."""
    assert _shown(Rhythm(at, zone, DAILY), since, len(shown)) == shown


def test_a_weekday_that_was_left_out_is_not_due() -> None:
    """30 December 2011 was a Friday that Apia did not have; the Friday after is the next."""
    fridays = Rhythm(time(8), "Pacific/Apia", frozenset({Weekday.FRIDAY}))

    assert _shown(fridays, "2011-12-23T12:00", 2) == ["2012-01-06T08:00+14:00", "2012-01-13T08:00+14:00"]


def test_an_interval_leaves_out_its_start_and_holds_its_end() -> None:
    """Intervals that follow each other share no due and lose none."""
    rhythm = Rhythm(time(8), "Europe/Kyiv", DAILY)
    first, second, third = islice(
        rhythm.due_between(datetime(2026, 1, 1, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)), 3
    )

    assert list(rhythm.due_between(first, third)) == [second, third]
    assert list(rhythm.due_between(first, second - TICK)) == []


def _wall(day: date, rhythm: Rhythm) -> datetime:
    return datetime.combine(day, rhythm.at)


def _clock(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def _date_of(due: datetime, rhythm: Rhythm) -> date:
    """The local date that *due* stands for: the last whose time clocks have reached by then."""
    shown = _clock(due, rhythm.zone)
    return shown.date() if shown.time() >= rhythm.at else shown.date() - timedelta(days=1)


def _had(day: date, zone: str) -> bool:
    """Whether clocks ever showed *day*, looking every quarter of an hour."""
    midnight = datetime.combine(day, time(), UTC)
    return any(_clock(midnight + quarter * timedelta(minutes=15), zone).date() == day for quarter in range(-96, 192))


ZONES = sorted(available_timezones() - {"localtime", "Factory"})
rhythms = st.builds(
    Rhythm,
    st.times().map(lambda at: time(at.hour, at.minute)),
    st.sampled_from(ZONES),
    st.frozensets(st.sampled_from(Weekday), min_size=1),
)
starts = st.integers(-2_208_988_800, 4_102_444_800).map(
    lambda second: datetime.fromtimestamp(second, UTC)
)  # 1900 to 2100


@given(rhythms, starts)
def test_in_any_zone_each_due_date_has_one_due(rhythm: Rhythm, start: datetime) -> None:
    """Dues follow each other, on due dates only; a date between two that has none is one the zone never had."""
    dues = list(rhythm.due_between(start, start + timedelta(days=400)))

    assert all(one < other for one, other in pairwise([start, *dues]))
    dates = [_date_of(due, rhythm) for due in dues]
    assert all(day.weekday() in rhythm.days for day in dates)
    for one, other in pairwise(dates):
        between = (one + timedelta(days=days) for days in range(1, (other - one).days))
        assert one < other
        assert not [day for day in between if day.weekday() in rhythm.days and _had(day, rhythm.zone)]


@given(rhythms, starts)
def test_in_any_zone_it_is_due_the_first_time_clocks_show_its_time(rhythm: Rhythm, start: datetime) -> None:
    """At the due they show that time or, after a gap, later; at no instant of the day before did they."""
    due = rhythm.next_due(start)
    wall = _wall(_date_of(due, rhythm), rhythm)

    assert start < due == rhythm.next_due(due - TICK)
    assert _clock(due, rhythm.zone) >= wall
    before = [TICK, *(quarter * timedelta(minutes=15) for quarter in range(1, 96))]
    assert all(_clock(due - ago, rhythm.zone) < wall for ago in before)


@given(rhythms, st.dates(date(2013, 1, 1), date(2100, 1, 1)))
def test_four_hundred_days_of_a_daily_rhythm_are_four_hundred_dues(rhythm: Rhythm, first: date) -> None:
    """Since Samoa and Tokelau crossed the date line no zone has left a date out."""
    daily = Rhythm(rhythm.at, rhythm.zone, DAILY)
    noon = datetime.combine(first, time(12), ZoneInfo(rhythm.zone))
    start = daily.next_due(noon)
    end = daily.next_due(datetime.combine(first + timedelta(days=400), time(12), ZoneInfo(rhythm.zone)))

    assert len(list(daily.due_between(start, end))) == 400
