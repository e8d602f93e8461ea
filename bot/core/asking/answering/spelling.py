"""Shortened words: those that begin another, or leave letters out of it, vowels above all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy

from rapidfuzz.distance import LCSseq

from bot.core.asking.reading.spelling import Reading, Speller
from bot.languages import english

_SHORTEST = 3
_CUT, _SKELETON, _STEP = 1.25, 1.5, 0.5
_VOWELS = str.maketrans("", "", "aeiouy")


class ChatSpeller:
    """Corrects misspelled words, and writes shortened ones out."""

    def __init__(self, known: Mapping[str, float], short: Iterable[str]) -> None:
        """
        Know these words.

        Args:
            known: Each word with a handicap in typos, as `Speller` takes them.
            short: Words that a shortened one may stand for ("gvt", "vacc").
        """
        self._speller = Speller(known)
        self._known = known
        self._starts: dict[str, list[str]] = {}
        for word in short:
            self._starts.setdefault(word[:1], []).append(word)

    def changed(self, come: Mapping[str, float], gone: Iterable[str]) -> ChatSpeller:
        """One without the words *gone*, and with those that *come*, which may be meant by shortened ones, too."""
        after: ChatSpeller = copy(self)
        went = {word for word in gone if word in self._known}
        new = {word: cost for word, cost in come.items() if word not in self._known}
        after._known = {**self._known, **new}
        for word in went:
            del after._known[word]
        after._speller = self._speller.changed(after._known, new.keys(), went)
        after._starts = dict(self._starts)
        for start in {word[:1] for word in (*went, *new)}:
            kept = [word for word in self._starts.get(start, ()) if word not in went]
            after._starts[start] = kept + [word for word in new if word[:1] == start]
        return after

    def readings(self, typed: str, *, foreign: bool = False) -> list[Reading]:
        """What *typed* may have been meant to be, likeliest first; several only when they are equally likely."""
        misspelled = sorted(self._speller.readings(typed, foreign=foreign), key=lambda each: _likeliest(typed, each))
        if (
            misspelled
            and misspelled[0].cost > 1
            and (whole := english.clipped(typed, self._starts.get(typed[:1], ())))
        ):
            return [Reading(whole, self._known.get(whole, _STEP))]
        if misspelled or foreign or len(typed) < _SHORTEST or not typed.isalpha():
            return misspelled
        costs = self._shortened(typed)
        best = min(costs.values(), default=0.0)
        close = [Reading(word, cost) for word, cost in costs.items() if cost < best + _STEP]
        return sorted(close, key=lambda reading: (reading.cost, abs(len(reading.word) - len(typed)), reading.word))

    def _shortened(self, typed: str) -> dict[str, float]:
        costs: dict[str, float] = {}
        bare = typed.translate(_VOWELS)
        for word in self._starts.get(typed[:1], ()):
            if len(word) <= len(typed):
                continue
            if word.startswith(typed):
                costs[word] = _CUT + self._known.get(word, _STEP)
            elif _ends_alike(typed, word) and LCSseq.similarity(typed, word) == len(typed):
                left_out = len(word.translate(_VOWELS)) - len(bare)
                if left_out == 0 or (bare == typed and left_out <= len(bare) + 1):
                    costs[word] = _SKELETON + left_out * _STEP + self._known.get(word, _STEP)
        return costs


def _likeliest(typed: str, reading: Reading) -> tuple[float, bool]:
    """Of words that come equally near, first those of which only letters were left out: "powr" is power, not poor."""
    return reading.cost, LCSseq.similarity(typed, reading.word) < len(typed)


def _ends_alike(typed: str, word: str) -> bool:
    return typed[-1] == word[-1] or typed.rstrip("s")[-1:] == word.rstrip("s")[-1:]
