"""What a name, a title or a repeated word may not hold: a figure, or a word that vouches for one."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

from bot.core.asking.reading.tokens import clean, tokens
from bot.core.numbers import numbers
from bot.core.rules.stated_figures import stated

_LONG_NUMBER = re.compile(r"\d(?:[.,'’\s]?\d){3,}")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d-\d\d(?:-\d\d)?(?!\d)")
_INSIDE = re.compile("[\uac00-\ud7a3]+\\Z")
"""Korean puts endings and verbs together, so that its words are looked for anywhere."""


def figure_in(text: str) -> str:
    """The first number in *text*, in digits or words, of whatever kind; empty where there is none."""
    cleaned = clean(text)
    found = numbers(tokens(cleaned))
    return found[0].typed if found else next(filter(str.isnumeric, text), "")


def vouching_in(text: str) -> str:
    """The word in *text* that vouches or passes a verdict ("confirmed", "refuted"); empty where none does."""
    found = _verdicts().search(text.casefold())
    return found[0] if found else ""


@lru_cache(maxsize=65536)
def headline_in(name: str) -> str:
    """
    What makes a headline of *name*, as a sentence's verb ("holds a figure"); empty where it is a name.

    Numbers that are part of a name ("Uran-6", "810th brigade") years and days (2025-11-14) are no figures.
    """
    undated = _DAY.sub(" ", name)
    if stated(undated) or any(not _YEAR.match(found[0]) for found in _LONG_NUMBER.finditer(undated)):
        return "holds a figure"
    return "vouches or passes a verdict" if vouching_in(name) else ""


def uncounted(name: str) -> str:
    """A group's name without how many they are, as names hold no figure: "two officials" are "officials"."""
    words = name.split()
    while len(words) > 1 and figure_in(words[0]):
        words = words[1:]
    return " ".join(words)


@cache
def _verdicts() -> re.Pattern[str]:
    text = resources.files("bot.core.rules").joinpath("verdicts.txt").read_text("utf-8")
    stems = [line for line in text.splitlines() if line and not line.startswith("#")]
    opening = "|".join(re.escape(stem) for stem in stems if not _INSIDE.match(stem))
    inside = "|".join(stem for stem in stems if _INSIDE.match(stem))
    return re.compile(rf"(?<!\w)(?:{opening})\w*|{inside}")
