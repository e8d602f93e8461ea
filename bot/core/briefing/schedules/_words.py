"""The words in which people say how often."""

from __future__ import annotations

import re

from bot.core.briefing.schedules._rhythm import WEEKEND, WORKING_DAYS, Weekday

DAY_NAMES = {
    name: day for day in Weekday for name in (f"{day.name.lower()}s", day.name.lower(), day.name.lower()[:3])
} | {"tues": Weekday.TUESDAY, "weds": Weekday.WEDNESDAY, "thur": Weekday.THURSDAY, "thurs": Weekday.THURSDAY}


def _each(words: str, meaning: str) -> dict[str, str]:
    return dict.fromkeys((word.replace("_", " ") for word in words.split()), meaning)


OFTEN = {
    **_each("daily everyday every_day every_morning every_afternoon every_evening", "daily"),
    **_each("each_day each_morning each_afternoon each_evening", "daily"),
    **_each("weekdays weekday workday workdays working_day working_days business_day business_days", "weekdays"),
    **_each("weekends weekend", "weekends"),
    "weekly": "weekly",
}
UNKEPT = {
    **_each("hourly hour hours minute minutes nightly night nights days twice thrice once", "daily"),
    **_each("fortnightly biweekly bi-weekly fortnight weeks monthly month months", "weekly mon"),
    **_each("quarterly yearly annually year years", "weekly mon"),
}
"""Words of rhythms that are not kept, and the nearest that is."""
PICKING = {
    *_each("last first second third fourth fifth other alternate next this two three four", ""),
    *_each("1st 2nd 3rd 4th except but not excluding tomorrow today", ""),
}
"""Words before a day that say which of them, or that it is none: "last friday", "every other day"."""
DAYS_OF = {"weekdays": WORKING_DAYS, "weekends": WEEKEND}
JOINTS = frozenset({"at", "on", "in", "every", "each", "and", "&"})

_ANY_DAY = "|".join(sorted(DAY_NAMES, key=len, reverse=True))
FROM_DAY_TO_DAY = re.compile(rf"\b({_ANY_DAY})\s+(?:to|through|thru|till|until)\s+({_ANY_DAY})\b", re.IGNORECASE)


def days_named(plain: str) -> frozenset[int]:
    """The days of "mon", "mon/wed" or "fri-mon"; none where another word stands among them."""
    first, dash, last = plain.replace("–", "-").partition("-")
    if dash and first in DAY_NAMES and last in DAY_NAMES:
        start = DAY_NAMES[first]
        return frozenset((start + step) % 7 for step in range((DAY_NAMES[last] - start) % 7 + 1))
    names = plain.split("/")
    return frozenset(DAY_NAMES[name] for name in names) if DAY_NAMES.keys() >= set(names) else frozenset()
