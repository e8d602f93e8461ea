"""What a misspelled word was meant to be, if that is clear."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4
"""Words below this length are never corrected, nor corrected into."""

UNLIKELY = 0.75
"""The handicap from which on a word is only read into one that is a single letter off."""

_MARGIN = 0.5
_SHORTEST_START, _LONG_START = 3, 7
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(?:sch|sh|shch|tch|ch)", "S"),
        (r"(?:ck|q|c(?=[aoukrlt])|x)", "k"),
        (r"ph|(?<=[aeiou])(?:ff?|w|v)(?m:$)", "v"),
        (r"ou|oo|w(?=[aeiou])", "u"),
        (r"kh|gh", "h"),
        (r"(?:yy|iy|yj|ij|ii|ie|ee|ey|y|j)", "i"),
        (r"ts|tz|z|c", "s"),
        (r"w", "v"),
    )
)
_TWICE = re.compile(r"(.)\1")


@lru_cache(maxsize=32768)
def sound(word: str) -> str:
    """A key that spellings of one name share: koursk and kursk, zelenskyy and selenskij."""
    return sounds([word])[0]


def sounds(words: Sequence[str]) -> list[str]:
    """The `sound` of each of *words*, which have no line break, at once: most of what that costs is by the call."""
    text = "\n".join(words)
    for pattern, key in _SOUNDS:
        text = pattern.sub(key, text)
    return _TWICE.sub(r"\1", text).split("\n")


def reach(length: int) -> int:
    """How many typos a word of that many letters may hold and still be read as another."""
    if length < SHORTEST:
        return 0
    return 1 if length < 6 else 2 if length < 9 else 3


@dataclass(frozen=True, slots=True)
class Reading:
    """One word that another may have been meant to be; *cost* is in typos, lower is likelier."""

    word: str
    cost: float


@dataclass
class Speller:
    """
    Corrects words against those that are known.

    Attributes:
        known: Each word with a handicap in typos: 0 for names, more for words that are less likely meant.
    """

    known: Mapping[str, float]
    _sounds: dict[str, list[str]] = field(init=False, repr=False)
    _words: list[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._words = [word for word in self.known if len(word) >= SHORTEST]
        self._sounds = {}
        for word in self._words:
            self._sounds.setdefault(sound(word), []).append(word)

    def changed(self, known: Mapping[str, float], come: Collection[str], gone: Collection[str]) -> Speller:
        """One that knows *known*: these words without those *gone*, and those that *come*."""
        after: Speller = copy(self)
        after.known, after._sounds = known, dict(self._sounds)
        after._words = [word for word in self._words if word not in gone] if gone else list(self._words)
        for word in gone:
            if word in self._sounds.get(sound(word), ()):
                after._sounds[sound(word)] = [each for each in after._sounds[sound(word)] if each != word]
        for word in come:
            if len(word) >= SHORTEST:
                after._words.append(word)
                after._sounds[sound(word)] = [*after._sounds.get(sound(word), ()), word]
        return after

    def readings(self, typed: str, *, foreign: bool = False) -> list[Reading]:
        """
        What *typed* may have been meant to be, likeliest first; several only when they are equally likely.

        *foreign* words, of which no ordinary ones are known, are corrected less boldly.
        """
        most = reach(len(typed)) - foreign
        if most <= 0 or not typed.isalpha():
            return []
        costs: dict[str, float] = {}
        for word, distance, _ in process.extract_iter(typed, self._words, scorer=OSA.distance, score_cutoff=most):
            bold = self.known[word] < UNLIKELY or (distance == 1 and typed[0] == word[0])
            if bold and distance <= min(most, reach(len(word))):
                costs[word] = distance + (typed[0] != word[0]) * _MARGIN + self.known[word]
        for word in self._sounds.get(sound(typed), ()):
            costs[word] = min(costs.get(word, 9.0), _MARGIN + self.known[word])
        if not costs:
            return []
        best = min(costs.values())
        close = [Reading(word, cost) for word, cost in costs.items() if cost < best + _MARGIN]
        return sorted(close, key=lambda reading: (reading.cost, abs(len(reading.word) - len(typed)), reading.word))


def begins_like(name: str, typed: str) -> bool:
    """Whether *name* begins with *typed*, a typo aside."""
    typos = 0 if len(typed) < _SHORTEST_START else 1 if len(typed) < _LONG_START else 2
    return OSA.distance(name[: len(typed)], typed, score_cutoff=typos) <= typos


def closest(word: str, known: Iterable[str]) -> str | None:
    """The one of *known* that *word* clearly means; None when nothing is near or two are."""
    names = {name.casefold(): name for name in known}
    if word.casefold() in names:
        return names[word.casefold()]
    found = Speller(dict.fromkeys(names, 0.0)).readings(word.casefold())
    return names[found[0].word] if len(found) == 1 else None
