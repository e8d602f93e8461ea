"""The bounds of a figure: as the words of a quantity give them, and as people type them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.core.asking.reading.tokens import Token, clean, tokens
from bot.core.digits import written
from bot.core.numbers import Number, numbers
from bot.core.wording import say
from bot.errors import InvalidClaim

_AT_LEAST = (
    "more than, over, at least, at the least, at the very least, no fewer than, no less than, upwards of, above, "
    "greater than, higher than, larger than, in excess of, exceeding, minimum, minimum of, as few as, as little as, "
    "north of, upward of, exceeds, exceed, exceeded"
)
_AT_MOST = (
    "up to, at most, at the most, at the very most, not even, fewer than, less than, under, no more than, no greater "
    "than, below, as many as, as much as, within, maximum, maximum of, lower than, smaller than, short of"
)
SIDES = {**dict.fromkeys(_AT_LEAST.split(", "), False), **dict.fromkeys(_AT_MOST.split(", "), True)}
"""Phrases before a number, and whether they make it an upper bound."""
_BEFORE = sorted(((phrase.split(), high) for phrase, high in SIDES.items()), key=lambda each: -len(each[0]))
NOT = frozenset({"not", "no", "never", "nobody", "isnt", "wasnt", "arent", "werent"})
"""Words that turn such a phrase round: "not over 500", "never ran below 84"; but not "not as many as"."""
_FAR = 7
"""How many words before the phrase such a word is looked for."""
_MORE = ("more", "above", "over", "greater", "higher", "larger", "upwards")
_LESS = ("fewer", "less", "under", "below", "lower", "smaller")
_AFTER = {
    **{(joint, word): False for word in _MORE for joint in ("or", "and")},
    **{("or", word): True for word in _LESS},
    **{tuple(phrase.split()): SIDES[phrase] for phrase in SIDES if phrase.startswith("at ")},
    **dict.fromkeys([("minimum",), ("min",), ("plus",)], False),
    **dict.fromkeys([("maximum",), ("max",), ("tops",)], True),
}
"""Words after a number, or after what it counts, that do likewise."""
_UNIT_WORDS = 3
"""How many words what is counted may have before them: "90,000 crowns at most"."""
_SIGNS = {**dict.fromkeys(">≥", False), **dict.fromkeys("<≤", True)}
_MINUS = re.compile(r"(?:(?<!\S)[-−–]\s?|\bminus\s)\Z", re.IGNORECASE)
_ROUNDING = 0.01
_RANGES = re.compile(r"\s*(?:\.\.|…)\s*")
_SIGN = re.compile(r"\s*[-−](?=\d)")


@dataclass(frozen=True, slots=True)
class Bounds:
    """
    The bounds that the words of a quantity give, None where they give no such bound, and whether it is a share.

    "more than 6,000" is 6000 and None, "fewer than one in five" None and 0.2, "58.3 percent" 0.583 twice.
    """

    low: float | None
    high: float | None
    share: bool

    @staticmethod
    def gives(written_down: float | None, given: float | None) -> bool:
        """Whether a bound of a figure is the one that the words give; shares may be rounded to hundredths."""
        if written_down is None or given is None:
            return written_down is given
        rounded = 0 < given < 1 and abs(written_down - given) < _ROUNDING
        return rounded or written_down == given

    @property
    def words(self) -> str:
        """As they stand in a file: `low: 0.583, high: 0.583, unit: share`."""
        given = (("low", self.low), ("high", self.high))
        parts = [f"no {name}" if value is None else f"{name}: {written(value)}" for name, value in given]
        return ", ".join([*parts, *(["unit: share"] if self.share else [])])


def bounds_in(quantity: str) -> Bounds | None:
    """The bounds that *quantity* ("up to 12,000") gives; None where it gives no number, or more than two."""
    words = tokens(quantity)
    found = numbers(words, alone=True)
    if not 1 <= len(found) <= 2:
        return None
    marks = [_mark(number, words, clean(quantity)) for number in found]
    share = any(number.share for number in found)
    if len(found) == 1:
        value = -found[0].value if _MINUS.search(clean(quantity)[: words[found[0].start].start]) else found[0].value
        return Bounds(None if marks[0] is True else value, None if marks[0] is False else value, share)
    values = sorted(number.value for number in found)
    if marks[0] is True and marks[1] is None and found[0].value < found[1].value:
        return Bounds(None, values[1], share)  # "up to 10,000 or 12,000"
    if marks[0] is False and marks[1] is None:
        return Bounds(values[0], None, share)
    return Bounds(values[0], values[1], share)


def _mark(number: Number, words: Sequence[Token], text: str) -> bool | None:
    """Whether what stands around *number* makes it an upper bound, a lower one (False), or says neither (None)."""
    before = [word.word for word in words[: number.start]]
    if before[-1:] in (["a"], ["an"]):
        before.pop()
    for phrase, high in _BEFORE:
        if before[-len(phrase) :] == phrase:
            turned = phrase[0] not in ("as", "no", "not") and not NOT.isdisjoint(before[: -len(phrase)][-_FAR:])
            return high is not turned
    first, last = words[number.start], words[number.end - 1]
    if (sign := text[: first.start].rstrip("= ")[-1:]) in _SIGNS:
        return _SIGNS[sign]
    if text[last.start + len(last.typed) :].startswith("+"):
        return False
    after = tuple(word.word for word in takewhile(lambda word: not word.numeric, words[number.end :]))
    ways = ((after[at:], phrase, high) for at in range(_UNIT_WORDS + 1) for phrase, high in _AFTER.items())
    return next((high for rest, phrase, high in ways if rest[: len(phrase)] == phrase), None)


def read_bounds(text: str) -> tuple[float | None, float | None]:
    """
    Bounds in the notation `6000..`, `..12000`, `10000..12000` or `14000`; None for a side that is left open.

    Raises:
        InvalidClaim: One side is no number, or one that can be read in two ways.
    """
    low, high = split_bounds(text)
    return read_number(low), read_number(high)


def split_bounds(text: str) -> tuple[str, str]:
    """Both sides of *text* in that notation, as typed."""
    low, *high = _RANGES.split(text.strip(), maxsplit=1)
    return low, high[0] if high else low


def read_number(text: str) -> float | None:
    """
    The number that *text* is, in digits or words; None for nothing at all.

    Raises:
        InvalidClaim: It is no number, or one that can be read in two ways.
    """
    sign = _SIGN.match(text)
    typed = clean(text[sign.end() :] if sign else text).strip()
    if not typed:
        return None
    typed = f"0{typed}" if typed.startswith((".", ",")) else typed
    words = tokens(typed)
    found = numbers(words, alone=True)
    left = typed
    for word in words:
        left = left.replace(word.typed, "", 1)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(words)) or left.strip(" -"):
        raise InvalidClaim(say("The bounds are no numbers; write them like 500.., ..700, 500..700 or 500."))
    if found[0].other is not None:
        raise InvalidClaim(
            say(
                "A dot before three digits can be read in two ways: write 1,500 for fifteen hundred, "
                "1.5000 for one and a half."
            )
        )
    return -found[0].value if sign else found[0].value
