"""When a schedule is due, on zones whose clocks really changed; and how one is typed."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.briefing.schedules import Asked, Rhythm, Weekday, read_rhythm
from bot.core.zones import zones
from bot.errors import Refused

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


MON, WED, FRI, SAT, SUN = (Weekday.MONDAY, Weekday.WEDNESDAY, Weekday.FRIDAY, Weekday.SATURDAY, Weekday.SUNDAY)
WORKING = frozenset(range(5))


def _asked(at: time, about: str = "", days: frozenset[int] = DAILY, zone: str = "Asia/Seoul") -> Asked:
    return Asked(Rhythm(at, zone, days), about)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("daily 08:00", _asked(time(8))),
        ("daily 08:00 Europe/Kyiv casualties", _asked(time(8), "casualties", zone="Europe/Kyiv")),
        ("casualties daily 8 p.m. europe/kyiv", _asked(time(20), "casualties", zone="Europe/Kyiv")),
        ("weekdays 8:00 kursk", _asked(time(8), "kursk", WORKING)),
        ("weekends 8am", _asked(time(8), days=frozenset({SAT, SUN}))),
        ("weekly mon 07:30 America/New_York", _asked(time(7, 30), days=frozenset({MON}), zone="America/New_York")),
        ("daily 8am troops mon,wed,fri", _asked(time(8), "troops", frozenset({MON, WED, FRI}))),
        ("daily 08:00 UTC Kyiv", _asked(time(8), "Kyiv", zone="UTC")),
        ('daily 08:00 "Kyiv"', _asked(time(8), "Kyiv")),
        ("daily 08:00 mines in Kyiv", _asked(time(8), "mines in Kyiv")),
        ("daily 08:00 Europe/Kyiv mines weekdays", _asked(time(8), "mines", WORKING, zone="Europe/Kyiv")),
        ("daily mon-fri 08:00", _asked(time(8), days=WORKING)),
        ("daily fri–mon 08:00", _asked(time(8), days=frozenset({FRI, SAT, SUN, MON}))),
        ("every monday 9:15pm the north koreans", _asked(time(21, 15), "the north koreans", frozenset({MON}))),
        ("every mon and fri at 08:00 in Kursk", _asked(time(8), "in Kursk", frozenset({MON, FRI}))),
        ("every day at 12am UTC", _asked(time(0), zone="UTC")),
        ("daily 12pm killed and wounded", _asked(time(12), "killed and wounded")),
        ("kursk, belgorod daily 08:00", _asked(time(8), "kursk, belgorod")),
        ("daily 8", _asked(time(8))),
        ("daily 8 casualties", _asked(time(8), "casualties")),
        ("daily 1830", _asked(time(18, 30))),
        ("daily 830", _asked(time(8, 30))),
        ("daily 8.30pm", _asked(time(20, 30))),
        ("daily 8 at night", _asked(time(20))),
        ("daily ８:００", _asked(time(8))),
        ("monday to friday 08:00 mines", _asked(time(8), "mines", WORKING)),
        ("mon thru fri 08:00", _asked(time(8), days=WORKING)),
        ("every business day at 8", _asked(time(8), days=WORKING)),
        ("daily 08:00 US/Eastern", _asked(time(8), zone="US/Eastern")),
        ("daily 8.30 mines", _asked(time(8, 30), "mines")),
        ("daily 8h", _asked(time(8))),
        ("daily 8 o’clock", _asked(time(8))),
        ("daily noon", _asked(time(12))),
        ("weekdays midnight UTC", _asked(time(0), days=WORKING, zone="UTC")),
        ("mon,wed,fri 18:30", _asked(time(18, 30), days=frozenset({MON, WED, FRI}))),
        ("tuesday & thursday at 7 kursk", _asked(time(7), "kursk", frozenset({1, 3}))),
        ("mon 08:00", _asked(time(8), days=frozenset({MON}))),
        ("every weekday at 8am", _asked(time(8), days=WORKING)),
        ("every weekday at 8 casualties", _asked(time(8), "casualties", WORKING)),
        ("each evening at 8", _asked(time(20))),
        ("every morning at 7:30 troops", _asked(time(7, 30), "troops")),
        ("daily 8 in the evening", _asked(time(20))),
        ("daily 08:00 brigade 810", _asked(time(8), "brigade 810")),
        ("daily 08:00 west bank", _asked(time(8), "west bank")),
    ],
)
def test_a_schedule_is_typed_in_any_order(words: str, asked: Asked) -> None:
    """Frequency, time, zone and weekdays are found wherever they stand; the rest is what it is about."""
    assert read_rhythm(words, "Asia/Seoul") == asked


@pytest.mark.parametrize(
    ("name", "about"), [("“The Sun”", "The Sun"), ('"daily losses"', "daily losses"), ("Iran", "Iran")]
)
def test_what_it_is_about_may_look_like_a_schedule(name: str, about: str) -> None:
    """Quotes keep a day or a frequency for the topic; a country is one although a zone has its name."""
    assert read_rhythm(f"daily 08:00 {name}", "Asia/Seoul") == _asked(time(8), about)


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("", "how often"),
        ("08:00 casualties", "how often"),
        ("monthly 08:00", "‘weekly mon 08:00’"),
        ("hourly Europe/Kyiv", "‘daily Europe/Kyiv’"),
        ("dialy 07:15 casualties", "‘daily 07:15’"),
        ("wensday 18:30", "‘wednesday 18:30’"),
        ("mon,wed casualties", "‘mon wed 08:00’"),
        ("weekdays morning casualties", "‘weekdays 08:00’"),
        ("daily 25", "“25”"),
        ("biweekly mon 08:00", "‘weekly mon 08:00’"),
        ("every 2 weeks fri 08:00", "‘weekly fri 08:00’"),
        ("last friday of the month 08:00", "‘weekly friday 08:00’"),
        ("1st monday 08:00", "‘weekly monday 08:00’"),
        ("daily except sunday 08:00", "“except” is not kept"),
        ("twice daily 08:00", "‘daily 08:00’"),
        ("daily 08:00 New York", "08:00 America/New_York"),
        ("daily 08:00 MET", "Europe/Berlin"),
        ("daily casualties", "what time"),
        ("daily 24:00", "“24:00”"),
        ("daily 8:5", "“8:5”"),
        ("daily 08:00:30", "“08:00:30”"),
        ("daily 13pm", "“13pm”"),
        ("daily 0am", "“0am”"),
        ("daily 08:00 20:00", "“08:00” and “20:00”"),
        ("daily 08:00 weekly", "“daily” and “weekly”"),
        ("daily 8am kyiv", "08:00 Europe/Kyiv"),
        ("daily 8 New_York", "08:00 America/New_York"),
        ("daily 08:00 in Berlin casualties", "08:00 Europe/Berlin"),
        ("daily weekdays weekends 08:00", "“weekdays” and “weekends”"),
        ("daily 08:00 UTC Europe/Kyiv", "“UTC” and “Europe/Kyiv”"),
        ("daily 08:00 Europe/Kiyv", "nearest is Europe/Kyiv"),
        ("daily 08:00 Asia/Berlin", "nearest is Europe/Berlin"),
        ("daily 08:00 America/New York", "nearest is America/New_York"),
        ("daily 08:00 Mars/Phobos", "“Mars/Phobos”"),
        ("daily 08:00 EST", "America/New_York"),
        ("daily 8 utc+3", "Europe/Kyiv"),
        ("EST daily 08:00", "America/New_York"),
        ("daily 08:00 Etc/GMT+5", "“Etc/GMT+5”"),
        ("daily 08:00 UTC+3", "“UTC+3”"),
        ("weekly 08:00", "‘weekly’ takes one weekday"),
        ("weekly 08:00 mon,fri", "‘daily 07:30 mon,fri’ for several"),
        ("weekdays 08:00 sat", "“weekdays” and “Saturdays”"),
    ],
)
def test_a_refusal_names_what_is_wrong_and_gives_an_example(words: str, wrong: str) -> None:
    """One sentence, with the words at fault and words that would do."""
    with pytest.raises(Refused) as refused:
        read_rhythm(words, "Asia/Seoul")

    said = str(refused.value)
    assert wrong in said
    assert said.endswith(".")
    assert ". " not in said
    assert "as in ‘" in said or "say ‘" in said


@given(rhythms.filter(lambda rhythm: rhythm.zone in set(zones().values())))
def test_a_rhythm_reads_as_it_may_be_typed(rhythm: Rhythm) -> None:
    """What a list of schedules shows can be copied into a new one."""
    assert read_rhythm(f"{rhythm.words}, casualties", "Asia/Seoul") == Asked(rhythm, "casualties")


SCRAPS = [
    "daily",
    "weekly",
    "mon,wed",
    "sat",
    "08:00",
    "8",
    "am",
    "99:99",
    "a/b",
    "UTC",
    "and",
    "every",
    "“",
    '"',
    "x",
]


@given(st.text() | st.lists(st.sampled_from(SCRAPS)).map(" ".join))
def test_any_words_are_read_or_refused(words: str) -> None:
    """Nothing that can be typed fails otherwise."""
    with suppress(Refused):
        assert read_rhythm(words, "Asia/Seoul").rhythm.words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (DAILY, "daily"),
        (WORKING, "weekdays"),
        ({SAT, SUN}, "weekends"),
        ({MON}, "weekly on Mondays"),
        ({FRI, MON}, "Mondays and Fridays"),
        ({FRI, MON, WED}, "Mondays, Wednesdays and Fridays"),
    ],
)
def test_a_rhythm_says_its_days_time_and_zone(days: set[int], words: str) -> None:
    """The shortest usual words for the days, in the week's order."""
    assert Rhythm(time(7, 30), "Europe/Berlin", frozenset(days)).words == f"{words} at 07:30, Europe/Berlin"


@pytest.mark.parametrize(
    ("at", "zone", "days"),
    [
        (time(8), "Europe/Nowhere", DAILY),
        (time(8), "Europe/Kyiv", frozenset[int]()),
        (time(8), "Europe/Kyiv", frozenset({7})),
        (time(8, 0, 30), "Europe/Kyiv", DAILY),
        (time(8, tzinfo=UTC), "Europe/Kyiv", DAILY),
    ],
)
def test_a_rhythm_that_could_never_be_due_cannot_be_built(at: time, zone: str, days: frozenset[int]) -> None:
    """No such zone, no day, no weekday, not to the minute, or of another zone."""
    with pytest.raises((ValueError, KeyError)):
        Rhythm(at, zone, days)


def test_a_time_without_a_zone_is_no_start() -> None:
    """It would be taken for the machine's own."""
    with pytest.raises(ValueError, match="no zone"):
        Rhythm(time(8), "Europe/Kyiv", DAILY).next_due(datetime(2026, 1, 1))  # noqa: DTZ001 - what is refused
