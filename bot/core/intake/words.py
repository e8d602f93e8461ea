"""The language words that intake reads by, out of `english.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any

_DATA: dict[str, dict[str, Any]] = tomllib.loads(
    resources.files("bot.core.intake").joinpath("english.toml").read_text("utf-8")
)


def words(section: str, name: str) -> frozenset[str]:
    """The words of one entry of the file, as a set."""
    return frozenset(str(_DATA[section][name]).split())


def phrases(section: str, name: str) -> tuple[str, ...]:
    """The phrases of one entry of the file, the longest first, so that "well over" is met before "over"."""
    return tuple(sorted(_DATA[section][name], key=len, reverse=True))


def pattern(section: str, name: str) -> re.Pattern[str]:
    """
    One expression that finds whatever the entry of the file finds; for text that `plain` made.

    `<name>` in it stands for the entry of that name in the same section.
    """
    given = _DATA[section][name]
    whole = "|".join([given] if isinstance(given, str) else given)
    named = re.sub(r"<([a-z]+)>", lambda found: f"(?:{_DATA[section][found[1]]})", whole)
    return re.compile(named, re.IGNORECASE)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """*text* in lower case with plain apostrophes and spaces; as long as it was, so that offsets hold."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text).translate(_PLAIN)


_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\n": " ", "‑": "-"})
