"""Time zones as people name them: by a place, whose clock changes are known, or UTC."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

from rapidfuzz.distance import JaroWinkler

from bot.core.wording import say

_CONTINENTS = frozenset({"Africa", "America", "Asia", "Europe"})
_AREAS = _CONTINENTS | {"Antarctica", "Arctic", "Atlantic", "Australia", "Indian", "Pacific", "US", "Canada"}
_UNIVERSAL = dict.fromkeys(("utc", "etc/utc", "uct", "zulu", "universal"), "UTC") | {"gmt": "GMT", "etc/gmt": "GMT"}
_OFFSET = re.compile(r"(?:(?:etc/)?(?:utc|gmt))?\s?[+\-−]\s?\d[\d:]*|etc/gmt\d+|gmt0", re.ASCII)
_PLACES = {
    "America/New_York": "est edt est5edt",
    "America/Chicago": "cst cdt cst6cdt",
    "America/Denver": "mst mdt mst7mdt",
    "America/Los_Angeles": "pst pdt pst8pdt",
    "America/Anchorage": "akst akdt",
    "Pacific/Honolulu": "hst",
    "Europe/London": "bst",
    "Europe/Berlin": "cet cest met mest mez mesz",
    "Europe/Lisbon": "wet",
    "Europe/Kyiv": "eet eest",
    "Europe/Moscow": "msk",
    "Asia/Kolkata": "ist",
    "Asia/Seoul": "kst",
    "Asia/Tokyo": "jst",
    "Australia/Sydney": "aest aedt",
}
_INITIALS = {name: place for place, names in _PLACES.items() for name in names.split()}
"""Such initials, like offsets, say nothing of clock changes, and several of them mean more than one zone."""
_NEAR = 0.8
"""Likeness below which no zone is offered; the city counts double, for the area is what people mistake."""


@cache
def zones() -> Mapping[str, str]:
    """Zones that can be chosen, by their names in small letters: of places, and UTC; not EST nor Etc/GMT+5."""
    places = {name.casefold(): name for name in sorted(available_timezones()) if name.partition("/")[0] in _AREAS}
    return {name: zone for name, zone in places.items() if "/" in name} | _UNIVERSAL


@cache
def cities() -> Mapping[str, str]:
    """Zones of the continents by the name of their place alone."""
    split = ((name, name.partition("/")) for name in zones().values() if name.count("/") == 1)
    return {city.replace("_", " ").casefold(): name for name, (area, _, city) in split if area in _CONTINENTS}


def zone_named(text: str) -> str | None:
    """The zone that goes by *text*, however it is cased or spaced; None for none, and for initials and offsets."""
    return zones().get(_plain(text).replace(" ", "_"))


def placeless(text: str) -> bool:
    """Whether *text* is initials or an offset ("EST", "UTC+3"), which name no place and so no clock changes."""
    plain = _plain(text)
    return plain in _INITIALS or bool(_OFFSET.fullmatch(plain))


def nearest_zone(text: str) -> str | None:
    """The zone that was probably meant by *text*; None where nothing comes near."""
    plain = _plain(text)
    place = _INITIALS.get(plain) or cities().get(plain)
    if place or _OFFSET.fullmatch(plain):
        return place

    def nearness(name: str) -> float:
        city = JaroWinkler.similarity(name.split("/")[-1], plain.replace(" ", "_").split("/")[-1])
        return (JaroWinkler.similarity(name, plain.replace(" ", "_")) + 2 * city) / 3

    nearest = max(zones(), key=nearness)
    return zones()[nearest] if nearness(nearest) >= _NEAR else None


def zone_fault(text: str) -> str:
    """What is wrong with *text* as a zone, without a stop at the end."""
    near = nearest_zone(text)
    if placeless(text):
        return say(
            "“{text}” says nothing of clock changes; name a place instead, such as {near}",
            text=text,
            near=near or "Europe/Kyiv",
        )
    if near:
        return say("There is no time zone “{text}”; the nearest is {near}", text=text, near=near)
    return say("There is no time zone “{text}”; name a place", text=text)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
