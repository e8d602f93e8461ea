"""How people write a schedule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from unicodedata import normalize

from rapidfuzz.distance import JaroWinkler

from bot.core.briefing.schedules._clock import EXAMPLE, HOURS, time_of_day
from bot.core.briefing.schedules._rhythm import EVERY_DAY, Rhythm, Weekday
from bot.core.briefing.schedules._words import (
    DAY_NAMES,
    DAYS_OF,
    FROM_DAY_TO_DAY,
    JOINTS,
    OFTEN,
    PICKING,
    UNKEPT,
    days_named,
)
from bot.core.digits import latin_digits
from bot.core.wording import refused, say
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


_NEAR = 0.85
"""Likeness of a word to one that says how often from which on it is offered."""

_PARTS = re.compile(
    r"""
      (?P<quoted> "[^"]*" | “[^”]*” | «[^»]*» )
    | (?P<time>   (?<![\w.:/+-]) (?:
                    \d{1,2} (?: [:.]\d\d )? \s+
                      (?: in \s+ the \s+ (?: morning | afternoon | evening ) | at \s+ night )\b
                  | \d{1,2} (?: (?: :\d{1,2} )+ (?: \s?[ap]\.?m\b\.? )? | \.\d\d\s?[ap]\.?m\b\.? | \s?[ap]\.?m\b\.? )
                  | \d{1,2} (?: [.h]\d\d | h | \s?o['’]clock | \s?uhr )
                  | noon | midday | midnight
                  ) (?! [\w:/] ) )
    | (?P<word>   \b(?:business|working)\s+days?\b
                  | \b(?:every|each)\s+(?:day|morning|afternoon|evening)\b | [^\s,;]+ )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BARE = re.compile(r"\d{1,2}|[0-2]?\d[0-5]\d", re.ASCII)
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
    words = FROM_DAY_TO_DAY.sub(r"\1-\2", latin_digits(normalize("NFKC", words)))
    parts = _parts(words)
    often = _often(parts)
    at = _only(_Kind.TIME, parts)
    zone = _only(_Kind.ZONE, parts)
    when = " ".join(part.text for part in (at, zone) if part) or "08:00"
    days = _days(often, parts, when)
    _refuse_unkept(parts, when)
    if at is None:
        raise _no_time(parts)
    if zone is None:
        _refuse_bare_city(parts, at)
    clock = time_of_day(at.text, late=any(part.text.lower().endswith(("afternoon", "evening")) for part in parts))
    return Asked(Rhythm(clock, _zone(zone.text) if zone else default_zone, days), _rest(words, parts))


def _refuse_unkept(parts: Sequence[_Part], when: str) -> None:
    """Raise `Refused` where a word says that not every day of those is meant; as a topic it stands in quotes."""
    for at, part in enumerate(parts):
        beside = [other for other in parts[at + 1 : at + 2] if other.kind in (_Kind.OFTEN, _Kind.DAYS)]
        picks = _plain(part.text) in PICKING and beside
        if part.kind is _Kind.WORD and (picks or _plain(part.text) in UNKEPT):
            days = {_plain(other.text): days_named(_plain(other.text)) for other in parts if other.kind is _Kind.DAYS}
            near = next((f"weekly {name}" for name, found in days.items() if len(found) == 1), "daily")
            raise refused(
                "“{text}” is not kept; the nearest is read, as in ‘{often} {when}’; quote a topic.",
                text=part.text,
                often=near,
                when=when,
            )


def _parts(words: str) -> list[_Part]:
    """*words* apart, each with what it may say."""
    parts: list[_Part] = []
    for match in _PARTS.finditer(words):
        text = match.group()
        kind = _Kind.TIME if match["time"] else _Kind.QUOTED if match["quoted"] else _kind(text)
        parts.append(_Part(kind, text, match.start(), match.end()))
    if not any(part.kind is _Kind.TIME for part in parts):
        bare = next((at for at, part in enumerate(parts) if _bare_hour(part, parts[:at])), None)
        if bare is not None:
            parts[bare] = replace(parts[bare], kind=_Kind.TIME)
    for at, part in enumerate(parts):
        after_time = parts[at - 1 : at] and parts[at - 1].kind is _Kind.TIME
        if part.kind is _Kind.WORD and placeless(_plain(part.text)) and (part.text.isupper() or after_time):
            near = nearest_zone(_plain(part.text)) or "Europe/Kyiv"
            fault = zone_fault(part.text)
            raise refused("{fault}, as in ‘daily 08:00 {near}’, or put the word in quotes.", fault=fault, near=near)
    return parts


def _bare_hour(part: _Part, before: Sequence[_Part]) -> bool:
    """Whether digits alone are a time: "daily 8", "every weekday at 1830"."""
    led = bool(before) and (before[-1].kind in (_Kind.OFTEN, _Kind.DAYS) or _plain(before[-1].text) == "at")
    return part.kind is _Kind.WORD and led and bool(_BARE.fullmatch(_plain(part.text)))


def _plain(text: str) -> str:
    return " ".join(text.casefold().rstrip(".:!?").split())


def _kind(text: str) -> _Kind:
    plain = _plain(text)
    if plain in OFTEN:
        return _Kind.OFTEN
    if days_named(plain):
        return _Kind.DAYS
    if plain in {"utc", "gmt"} or (_ZONE_LIKE.fullmatch(plain) and not placeless(plain)):
        return _Kind.ZONE
    return _Kind.JOINT if plain in JOINTS else _Kind.WORD


def _often(parts: Sequence[_Part]) -> str:
    """How often it is said to be; "daily" beside another one adds nothing: "daily 08:00 casualties weekdays"."""
    said = [(part, OFTEN[_plain(part.text)]) for part in parts if part.kind is _Kind.OFTEN]
    some_days = any(often in DAYS_OF for _, often in said)
    found = _only(_Kind.OFTEN, [part for part, often in said if not (some_days and often == "daily")])
    return OFTEN[_plain(found.text)] if found else ""


def _only(kind: _Kind, parts: Sequence[_Part]) -> _Part | None:
    """The one part of *kind*, if there is one."""
    found = [part for part in parts if part.kind is kind]
    if len(found) > 1:
        twice = say("“{first}” and “{second}” stand for one thing;", first=found[0].text, second=found[1].text)
        kept = say("keep one, {example}, and put a word of the topic in quotes.", example=say(EXAMPLE))
        raise Refused(f"{twice} {kept}")
    return found[0] if found else None


def _days(often: str, parts: Sequence[_Part], when: str) -> frozenset[int]:
    """The days that *often* ("" if unsaid) and the weekdays among *parts* come to; *when* is for examples."""
    named = frozenset[int]().union(*(days_named(_plain(part.text)) for part in parts if part.kind is _Kind.DAYS))
    said = ", ".join(Weekday(day).plural for day in sorted(named))
    if not often and not named:
        raise _no_frequency(parts, when)
    if often == "weekly" and len(named) != 1:
        if named:
            raise refused("‘weekly’ takes one weekday; say ‘daily 07:30 mon,fri’ for several.")
        raise refused("‘weekly’ takes one weekday: say which, as in ‘weekly mon 07:30’.")
    if often in DAYS_OF and named:
        raise refused(
            "“{often}” and “{days}” contradict each other; keep one, as in ‘daily 07:30 mon,fri’.",
            often=often,
            days=said,
        )
    return named or DAYS_OF.get(often, EVERY_DAY)


def _no_frequency(parts: Sequence[_Part], when: str) -> Refused:
    """That nothing says how often, with the nearest form that would."""
    for part in parts:
        plain = _plain(part.text)
        if plain in UNKEPT:
            return refused(
                "“{text}” is not kept; the nearest is read, as in ‘{often} {when}’.",
                text=part.text,
                often=UNKEPT[plain],
                when=when,
            )
        if part.kind is _Kind.WORD:
            known = max((*OFTEN, *DAY_NAMES), key=lambda word: JaroWinkler.similarity(word, plain))
            if JaroWinkler.similarity(known, plain) >= _NEAR:
                return refused(
                    "If “{text}” says how often, say ‘{often} {when}’.", text=part.text, often=known, when=when
                )
    return refused("Say how often: daily, weekdays, weekends or weekly, as in ‘daily {when}’ and a topic.", when=when)


def _no_time(parts: Sequence[_Part]) -> Refused:
    """That nothing says when, with the nearest form that would."""
    often = " ".join(part.text for part in parts if part.kind in (_Kind.OFTEN, _Kind.DAYS))
    for part in parts:
        if hour := HOURS.get(_plain(part.text)):
            return refused(
                "“{text}” is no time of day; the nearest is read, as in ‘{often} {hour}’.",
                text=part.text,
                often=often,
                hour=hour,
            )
    return refused("Say at what time, as in ‘{often} 08:00’ and a topic.", often=often)


def _refuse_bare_city(parts: Sequence[_Part], at: _Part) -> None:
    """Where a zone may stand, a city alone could be meant as one: "8am Kyiv" would be eight o'clock elsewhere."""
    after = [part for part in parts[parts.index(at) + 1 :] if part.kind is not _Kind.JOINT][:1]
    typed = next((part.text for part in after if part.kind is _Kind.WORD), "")
    city = cities().get(_plain(typed.replace("_", " ")))
    if typed and not city and (second := parts[parts.index(after[0]) + 1 :]):
        typed = f"{typed} {second[0].text}"
        city = cities().get(_plain(typed))
    if city:
        raise refused(
            "If “{typed}” is the zone, write it as in ‘08:00 {city}’; if it is the topic, put it in quotes.",
            typed=typed,
            city=city,
        )


def _zone(text: str) -> str:
    zone = zone_named(_plain(text))
    if zone:
        return zone
    near = nearest_zone(_plain(text))
    if near:
        raise refused("{fault}, as in ‘daily 08:00 {near}’.", fault=zone_fault(text), near=near)
    fault = zone_fault(text)
    raise refused("{fault}, {example}, or put the word in quotes.", fault=fault, example=say(EXAMPLE))


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
