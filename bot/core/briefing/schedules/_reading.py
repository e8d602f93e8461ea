"""How people write a schedule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum, auto

from rapidfuzz.distance import JaroWinkler

from bot.core.briefing.schedules._rhythm import EVERY_DAY, WEEKEND, WORKING_DAYS, Rhythm, Weekday
from bot.core.zones import cities, nearest_zone, placeless, zone_fault, zone_named
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
_PARTS_OF_DAYS = ("day", "morning", "afternoon", "evening")
_OFTEN = {
    "everyday": "daily",
    "weekday": "weekdays",
    "weekend": "weekends",
    **{f"{each} {part}": "daily" for each in ("every", "each") for part in _PARTS_OF_DAYS},
    **{word: word for word in ("daily", "weekdays", "weekends", "weekly")},
}
_RARELY = ("fortnightly", "biweekly", "monthly", "quarterly", "yearly")
_UNKEPT = {"hourly": "daily", **dict.fromkeys(_RARELY, "weekly mon")}
"""Rhythms that are not kept, and the nearest that is."""
_HOURS = {"dawn": "06:00", "sunrise": "06:00", "morning": "08:00", "lunch": "12:00", "lunchtime": "12:00"} | {
    "afternoon": "15:00",
    "evening": "18:00",
    "dusk": "18:00",
    "sunset": "18:00",
    "night": "22:00",
    "tonight": "22:00",
}
"""Times of day that no clock shows, and one that is near."""
_DAYS_OF = {"weekdays": WORKING_DAYS, "weekends": WEEKEND}
_JOINTS = frozenset({"at", "on", "in", "every", "each", "and", "&"})
_NEAR = 0.85
"""Likeness of a word to one that says how often from which on it is offered."""
_EXAMPLE = "as in ‘daily 08:00 Europe/Kyiv’ and a topic"

_PARTS = re.compile(
    r"""
      (?P<quoted> "[^"]*" | “[^”]*” | «[^»]*» )
    | (?P<time>   (?<![\w.:/+-]) (?:
                    \d{1,2} (?: :\d\d )? \s+ in \s+ the \s+ (?: morning | afternoon | evening )\b
                  | \d+ (?: (?: :\d+ )+ (?: \s?[ap]\.?m\b\.? )? | \s?[ap]\.?m\b\.? )
                  | \d{1,2} (?: [.h]\d\d | h | \s?o['’]clock | \s?uhr )
                  | noon | midday | midnight
                  ) (?! [\w:/] ) )
    | (?P<word>   \b(?:every|each)\s+(?:day|morning|afternoon|evening)\b | [^\s,;]+ )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TIME = re.compile(
    r"(\d\d?)(?:[:.h]?(\d\d))?\s?(?:h|o['’]clock|uhr)?\s?(?:([ap])\.?m\.?|in the (morning|afternoon|evening))?",
    re.ASCII,
)
_NAMED_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_BARE = re.compile(r"\d{1,2}|[0-2]\d[0-5]\d", re.ASCII)
_ZONE_LIKE = re.compile(r"[^\W\d][\w+-]*(?:/[\w+-]+)+")


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
    days = _days(often, parts, " ".join(part.text for part in (at, zone) if part) or "08:00")
    if at is None:
        raise _no_time(parts)
    if zone is None:
        _refuse_bare_city(parts, at)
    clock = _time(at.text, late=any(part.text.lower().endswith(("afternoon", "evening")) for part in parts))
    return Asked(Rhythm(clock, _zone(zone.text) if zone else default_zone, days), _rest(words, parts))


def _parts(words: str) -> list[_Part]:
    """*words* apart, each with what it may say."""
    parts: list[_Part] = []
    for match in _PARTS.finditer(words):
        text = match.group()
        kind = _Kind.TIME if match["time"] else _Kind.QUOTED if match["quoted"] else _kind(text)
        if kind is _Kind.WORD and placeless(_plain(text)) and (text.isupper() or _after_time(parts)):
            near = nearest_zone(_plain(text)) or "Europe/Kyiv"
            raise Refused(f"{zone_fault(text)}, as in ‘daily 08:00 {near}’, or put the word in quotes.")
        parts.append(_Part(kind, text, match.start(), match.end()))
    if not any(part.kind is _Kind.TIME for part in parts):
        bare = next((at for at, part in enumerate(parts) if _bare_hour(part, parts[:at])), None)
        if bare is not None:
            parts[bare] = replace(parts[bare], kind=_Kind.TIME)
    return parts


def _after_time(parts: Sequence[_Part]) -> bool:
    return bool(parts) and parts[-1].kind is _Kind.TIME


def _bare_hour(part: _Part, before: Sequence[_Part]) -> bool:
    """Whether digits alone are a time: "daily 8", "every weekday at 1830"."""
    led = bool(before) and (before[-1].kind in (_Kind.OFTEN, _Kind.DAYS) or _plain(before[-1].text) == "at")
    return part.kind is _Kind.WORD and led and bool(_BARE.fullmatch(_plain(part.text)))


def _plain(text: str) -> str:
    return " ".join(text.casefold().rstrip(".:!?").split())


def _kind(text: str) -> _Kind:
    plain = _plain(text)
    if plain in _OFTEN:
        return _Kind.OFTEN
    if _days_named(plain):
        return _Kind.DAYS
    if plain in {"utc", "gmt"} or (_ZONE_LIKE.fullmatch(plain) and not placeless(plain)):
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


def _days(often: str, parts: Sequence[_Part], when: str) -> frozenset[int]:
    """The days that *often* ("" if unsaid) and the weekdays among *parts* come to; *when* is for examples."""
    named = frozenset[int]().union(*(_days_named(_plain(part.text)) for part in parts if part.kind is _Kind.DAYS))
    said = " and ".join(Weekday(day).name.capitalize() for day in sorted(named))
    if not often and not named:
        raise _no_frequency(parts, when)
    if often == "weekly" and len(named) != 1:
        found = (
            f"{said} are several; say ‘daily 07:30 mon,fri’ for those"
            if named
            else "say which, as in ‘weekly mon 07:30’"
        )
        raise Refused(f"“weekly” takes one weekday: {found}.")
    if often in _DAYS_OF and named:
        raise Refused(f"“{often}” and {said} contradict each other; keep one, as in ‘daily 07:30 mon,fri’.")
    return named or _DAYS_OF.get(often, EVERY_DAY)


def _no_frequency(parts: Sequence[_Part], when: str) -> Refused:
    """That nothing says how often, with the nearest form that would."""
    for part in parts:
        plain = _plain(part.text)
        if plain in _UNKEPT:
            return Refused(f"“{part.text}” is not kept; the nearest is read, as in ‘{_UNKEPT[plain]} {when}’.")
        if part.kind is _Kind.WORD:
            known = max((*_OFTEN, *_DAY_NAMES), key=lambda word: JaroWinkler.similarity(word, plain))
            if JaroWinkler.similarity(known, plain) >= _NEAR:
                return Refused(f"If “{part.text}” says how often, say ‘{known} {when}’.")
    return Refused(f"Say how often: daily, weekdays, weekends or weekly, as in ‘daily {when}’ and a topic.")


def _no_time(parts: Sequence[_Part]) -> Refused:
    """That nothing says when, with the nearest form that would."""
    often = " ".join(part.text for part in parts if part.kind in (_Kind.OFTEN, _Kind.DAYS))
    for part in parts:
        if hour := _HOURS.get(_plain(part.text)):
            return Refused(f"“{part.text}” is no time of day; the nearest is read, as in ‘{often} {hour}’.")
    return Refused(f"Say at what time, as in ‘{often} 08:00’ and a topic.")


def _time(text: str, *, late: bool) -> time:
    """The time of day in *text*; *late*: it is said to be one after noon."""
    plain = " ".join(text.casefold().split())
    if plain in _NAMED_TIMES:
        return _NAMED_TIMES[plain]
    read = _TIME.fullmatch(plain)
    if read:
        hour, minute = int(read[1]), int(read[2] or 0)
        half = read[3] or ("" if not read[4] else "a" if read[4] == "morning" else "p")
        half = half or ("p" if late and 1 <= hour < 12 else "")
        if minute < 60 and (1 <= hour <= 12 if half else hour < 24):
            return time(hour % 12 + 12 * (half == "p") if half else hour, minute)
    raise Refused(f"“{text}” is no time of day; write it like 08:00 or 8am, {_EXAMPLE}.")


def _refuse_bare_city(parts: Sequence[_Part], at: _Part) -> None:
    """Where a zone may stand, a city alone could be meant as one: "8am Kyiv" would be eight o'clock elsewhere."""
    after = [part for part in parts[parts.index(at) + 1 :] if part.kind is not _Kind.JOINT][:1]
    city = next((cities().get(_plain(part.text)) for part in after if part.kind is _Kind.WORD), None)
    if city:
        typed = after[0].text
        raise Refused(
            f"If “{typed}” is the zone, write it as in ‘08:00 {city}’; if it is the topic, put it in quotes."
        )


def _zone(text: str) -> str:
    zone = zone_named(_plain(text))
    if zone:
        return zone
    near = nearest_zone(_plain(text))
    if near:
        raise Refused(f"{zone_fault(text)}, as in ‘daily 08:00 {near}’.")
    raise Refused(f"{zone_fault(text)}, {_EXAMPLE}, or put the word in quotes.")


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
