"""
Numbers as people write them: 6000, 6,000, 6k, 1.2 billion, six thousand, half a million, two-thirds, 58.3 percent,
nine out of ten, 14 тысяч, 6천; and the bounds that words around them give.

The one reader of numbers in words: questions, drafts, files and `check` all use it. Digits are in `bot.core.digits`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.core.amounts import amount_in, exact
from bot.core.asking.reading.tokens import Token, tokens
from bot.core.digits import other_reading
from bot.core.figures import Figure
from bot.core.number_words import ALONE, HEAPS, LABELS, PARTS, SCALES, UNITS

_SHARE_TOLERANCE = 0.011
_OPENING = UNITS.keys() | SCALES.keys() | PARTS.keys() | {"a", "an", "every"}


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


VAGUELY = _words("several few many couple pair various countless")
"""What makes a scale after it vague: "several hundred" and "a couple of thousand" are no number."""


@dataclass(frozen=True, slots=True)
class Number:
    """
    A number in a text.

    Attributes:
        value: What it comes to; a share ("58.3 percent", "nine out of ten") is a fraction of one.
        typed: The words it was typed in.
        start, end: The tokens it spans.
        plain: Whether it is digits alone, without any mark, as years are.
        share: Whether it is a fraction of something.
        other: What it may be read as besides, where one cannot tell ("1.234"); else None.
        parts: For "nine out of ten", both numbers.
        scale: What its last word multiplies by, to carry back over a range ("10 to 12 thousand"); else 1.
    """

    value: float
    typed: str
    start: int
    end: int
    plain: bool
    share: bool = False
    other: float | None = None
    parts: tuple[float, ...] = ()
    scale: float = 1

    def equals(self, value: float | None) -> bool:
        """Whether *value* is the same number; shares may differ by their rounding."""
        if value is None:
            return False
        if 0 < self.value < 1 and 0 < value < 1:
            return abs(self.value - value) < _SHARE_TOLERANCE
        return value in (self.value, self.other)

    def given_by(self, values: Iterable[float | None]) -> bool:
        """Whether *values*, the numbers of one figure, give it, as one or as a part and its whole."""
        held = list(values)
        return any(self.equals(value) for value in held) or (
            bool(self.parts) and all(part in held for part in self.parts)
        )


def numbers(words: Sequence[Token], *, alone: bool = False) -> list[Number]:
    """
    Every number in *words*, in order. A lone "one" or "third" and "phase two" are none; a lone "half" is.

    Args:
        alone: *words* are a quantity and nothing else, where "one" and "a tenth" are meant as numbers.
    """
    found: list[Number] = []
    end = 0
    begin = [at for at, token in enumerate(words) if token.word in _OPENING or token.word[:1].isdecimal()]
    for at in begin:  # most words begin none
        if at < end:
            continue
        if vague := vague_at(words, at):
            end = at + vague
            continue
        number = _number_at(words, at, alone=alone)
        if number is None:
            continue
        if found and _one_range(found[-1], number, words):
            found[-1] = replace(
                found[-1], value=exact(found[-1].value * number.scale), share=number.share, plain=False
            )
        if not _labelled(number, words):
            found.append(number)
        end = number.end
    return found


def vague_at(words: Sequence[Token], start: int) -> int:
    """How many of *words* from *start* on are a quantity that is no number: "dozens", "several hundred thousand"."""
    if words[start].word in HEAPS:
        return 1
    before = [word.word for word in words[max(0, start - 2) : start] if word.word != "of"]
    vague = bool(before) and before[-1] in VAGUELY and before[-2:] != ["how", "many"]
    end = start
    while vague and end < len(words) and words[end].word in ALONE:
        end += 1
    return end - start


def _one_range(first: Number, second: Number, words: Sequence[Token]) -> bool:
    """Whether the scale of *second* holds for *first*, too: "10 to 12 thousand", "between two and three percent"."""
    between = [word.word for word in words[first.end : second.start]]
    led = {word.word for word in words[max(0, first.start - 1) : first.start]}
    joined = between in ([], ["to"]) or (between == ["and"] and bool(led & {"between"}))
    return joined and first.scale == 1 and second.scale != 1 and first.value < 1_000 and not first.share


def _labelled(number: Number, words: Sequence[Token]) -> bool:
    label = words[number.start - 1].word if number.start else ""
    bare = number.end - number.start == 1 and (number.plain or number.typed.isalpha())
    return label in LABELS and bare and not number.share and number.value <= LABELS[label]


def _number_at(words: Sequence[Token], start: int, *, alone: bool) -> Number | None:
    near = [token.word for token in words[start : start + 12]]
    made = amount_in(near, alone=alone, between=start > 0 and words[start - 1].word == "between")
    if made is None:
        return None
    first, used, end = words[start], made.used, start + made.used
    return Number(
        made.value,
        " ".join(token.typed for token in words[start:end]),
        start,
        end,
        plain=used == 1 and first.word.isdigit() and first.typed.isdigit(),
        share=made.share,
        other=other_reading(first.typed) if used == 1 else None,
        parts=made.parts,
        scale=made.scale,
    )


def numbers_of(figure: Figure) -> tuple[float, ...]:
    """Every number that *figure* is worded with: its bounds, its denominator, and what its words come to."""
    of, quantifier, unit = map(tokens, (figure.of, figure.quantifier, figure.unit))
    whole = (*quantifier, *unit) if figure.unit.isalpha() else tokens(f"{figure.quantifier} {figure.unit}")
    worded = [number for words in (of, quantifier, whole) for number in numbers(words)]
    given = (figure.low, figure.high, *(number.value for number in worded))
    return tuple(dict.fromkeys(value for value in given if value is not None))
