"""How people write a schedule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum, auto
from functools import cache
from zoneinfo import available_timezones

from rapidfuzz.distance import JaroWinkler

from bot.core.briefing.schedules._rhythm import EVERY_DAY, WEEKEND, WORKING_DAYS, Rhythm, Weekday
from bot.errors import Refused


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
_DAYS_OF = {"weekdays": WORKING_DAYS, "weekends": WEEKEND}
_JOINTS = frozenset({"at", "on", "in", "every", "each", "and"})
_CONTINENTS = frozenset({"Africa", "America", "Asia", "Europe"})
_NEAR = 0.8
"""Likeness of zones below which none is offered; the city counts double, for the area is what people mistake."""
_EXAMPLE = "as in “daily 08:00 Europe/Kyiv” and a topic"

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
_OFFSET = re.compile(r"(?:utc|gmt)?[+\-−]\d[\d:]*", re.ASCII)
_INITIALS = re.compile(r"[ecmp][sd]t|cet|cest|eet|eest|msk|bst|ist|kst|jst|ae[sd]t")
"""Such initials, like offsets, say nothing of clock changes, and several of them mean more than one zone."""


def read_rhythm(words: str, default_zone: str) -> Asked:
    """
    Read a schedule as typed: "daily 08:00 Europe/Kyiv casualties", "weekly mon 07:30", "daily 8am troops mon,fri".

    Frequency, time, zone and weekdays may stand anywhere; the rest is what it is about, and so is all in quotes.

    Args:
        words: Times in 24 hours or with am or pm; weekdays by name or its first three letters.
        default_zone: IANA name, taken where *words* name none.

    Raises:
        Refused: A part is missing, unknown, out of range or there twice.
    """
    parts = _parts(words)
    often = _often(parts)
    at = _only(_Kind.TIME, parts)
    zone = _only(_Kind.ZONE, parts)
    days = _days(often, parts)
    if at is None:
        raise Refused(f"Say at what time, {_EXAMPLE}.")
    if zone is None:
        _refuse_bare_city(parts, at)
    return Asked(Rhythm(_time(at.text), _zone(zone.text) if zone else default_zone, days), _rest(words, parts))


def _parts(words: str) -> list[_Part]:
    """*words* apart, each with what it may say."""
    parts: list[_Part] = []
    for match in _PARTS.finditer(words):
        text = match.group()
        kind = _Kind.TIME if match["time"] else _Kind.QUOTED if match["quoted"] else _kind(text)
        if kind is _Kind.WORD and parts and parts[-1].kind is _Kind.TIME and _placeless(_plain(text)):
            raise Refused(f"“{text}” says nothing of clock changes; name a place instead, {_EXAMPLE}.")
        parts.append(_Part(kind, text, match.start(), match.end()))
    return parts


def _placeless(plain: str) -> bool:
    return bool(_INITIALS.fullmatch(plain) or _OFFSET.fullmatch(plain))


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


def _often(parts: Sequence[_Part]) -> str:
    """How often it is said to be; "daily" beside another one adds nothing: "daily 08:00 casualties weekdays"."""
    said = [(part, _OFTEN[_plain(part.text)]) for part in parts if part.kind is _Kind.OFTEN]
    some_days = any(often in _DAYS_OF for _, often in said)
    found = _only(_Kind.OFTEN, [part for part, often in said if not (some_days and often == "daily")])
    return _OFTEN[_plain(found.text)] if found else ""


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
    return named or _DAYS_OF.get(often, EVERY_DAY)


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


@cache
def _cities() -> dict[str, str]:
    """Zones of the continents by the name of their place alone."""
    split = ((name, name.partition("/")) for name in _zones().values() if name.count("/") == 1)
    return {city.replace("_", " ").casefold(): name for name, (area, _, city) in split if area in _CONTINENTS}


def _refuse_bare_city(parts: Sequence[_Part], at: _Part) -> None:
    """Where a zone may stand, a city alone could be meant as one: "8am Kyiv" would be eight o'clock elsewhere."""
    after = [part for part in parts[parts.index(at) + 1 :] if part.kind is not _Kind.JOINT][:1]
    city = next((_cities().get(_plain(part.text)) for part in after if part.kind is _Kind.WORD), None)
    if city:
        typed = after[0].text
        raise Refused(
            f"If “{typed}” is the zone, write it as in “08:00 {city}”; if it is the topic, put it in quotes."
        )


def _zone(text: str) -> str:
    plain = _plain(text)
    zones = _zones()
    if plain in zones:
        return zones[plain]

    def nearness(name: str) -> float:
        city = JaroWinkler.similarity(name.split("/")[-1], plain.split("/")[-1])
        return (JaroWinkler.similarity(name, plain) + 2 * city) / 3

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
