"""
Numbers as people write them: 6000, 6,000, 6k, 1.2 billion, six thousand, half a million, two-thirds, 58.3 percent,
nine out of ten, 14 тысяч, 6천; and the bounds that words around them give.

The one reader of numbers in words: questions, drafts, files and `check` all use it. Digits are in `bot.core.digits`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.core.asking.reading.tokens import Token, tokens
from bot.core.digits import other_reading
from bot.core.figures import Figure
from bot.core.number_words import ALONE, PARTS, PERCENT, SCALES, UNITS

_SHARE_TOLERANCE = 0.011
_OPENING = UNITS.keys() | SCALES.keys() | PARTS.keys()


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DIGITS = re.compile(r"(\d+(?:\.\d+)?)([a-z]+|%)?\Z")
_KOREAN = {"천": 1_000.0, "만": 10_000.0}
_BOTTOMS = frozenset({*range(2, 11), 12, 20, 50, 100, 1_000, 10_000, 100_000, 1_000_000})
"""What shares are given out of: "nine out of ten", "one in a hundred"; "4 out of 64" counts two things."""
_SPANS = _words("second minute hour night day week month year decade quarter")
_LABELS = _words(
    "phase stage part chapter article section paragraph annex tier level round grade category version act reactor "
    "route gate terminal platform resolution war"
)
"""What bears a number as a name: "phase two" counts nothing."""
_HIGHEST_LABEL = {"resolution": 9_999, "article": 999, "war": 3}
_NO_SHARE = _words("party parties person persons world country countries time day")
"""A third of these is none: "a third party"."""


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
    at = 0
    while at < len(words):
        number = _number_at(words, at, alone=alone) if _opens(words, at) else None
        if number is None:
            at += 1
            continue
        if found and _one_range(found[-1], number, words):
            found[-1] = replace(
                found[-1], value=_exact(found[-1].value * number.scale), share=number.share, plain=False
            )
        if not _labelled(number, words):
            found.append(number)
        at = number.end
    return found


def _opens(words: Sequence[Token], at: int) -> bool:
    """Whether a number can begin at *at*: most words are none, and are looked at no further."""
    word = words[at].word
    return (
        word[:1].isdecimal()
        or word in _OPENING
        or (word in {"a", "an"} and at + 1 < len(words) and words[at + 1].word in PARTS)
    )


def _one_range(first: Number, second: Number, words: Sequence[Token]) -> bool:
    """Whether the scale of *second* holds for *first*, too: "10 to 12 thousand", "between two and three percent"."""
    between = [word.word for word in words[first.end : second.start]]
    led = {word.word for word in words[max(0, first.start - 1) : first.start]}
    joined = between in ([], ["to"]) or (between == ["and"] and bool(led & {"between"}))
    return joined and first.scale == 1 and second.scale != 1 and first.value < 1_000 and not first.share


def _labelled(number: Number, words: Sequence[Token]) -> bool:
    label = words[number.start - 1].word if number.start else ""
    bare = number.end - number.start == 1 and (number.plain or number.typed.isalpha())
    return label in _LABELS and bare and not number.share and number.value <= _HIGHEST_LABEL.get(label, 99)


def _exact(value: float) -> float:
    return round(value, 12)


def _number_at(words: Sequence[Token], start: int, *, alone: bool) -> Number | None:
    near = [token.word for token in words[start : start + 9]]
    made = _ratio(near) or _fraction(near, alone=alone) or _amount(near, alone=alone)
    if made is None:
        return None
    used, korean = made.end, None
    if len(words) > start + used and words[start].numeric:
        korean = _KOREAN.get(words[start + used].typed[:1])
    end = start + used + (korean is not None)
    first = words[start]
    return replace(
        made,
        value=made.value * (korean or 1),
        typed=" ".join(token.typed for token in words[start:end]),
        start=start,
        end=end,
        plain=used == 1 and first.word.isdigit() and first.typed.isdigit(),
        other=other_reading(first.typed) if used == 1 else None,
    )


def _made(value: float, used: int, *, share: bool = False, scale: float = 1, parts: tuple[float, ...] = ()) -> Number:
    return Number(value, "", 0, used, plain=False, share=share, scale=scale, parts=parts)


def _small(word: str) -> float | None:
    """A whole number in one word."""
    if word.isdecimal() and len(word) < 9:
        return float(word)
    return UNITS.get(word)


def _ratio(words: Sequence[str]) -> Number | None:
    """Nine out of ten, 9 in 10, one in every five; not "two in three days", nor "37 out of 64"."""
    for joint in (("out", "of", "every"), ("out", "of"), ("in", "every"), ("in",)):
        used = 1 + len(joint)
        if tuple(words[1:used]) != joint or len(words) <= used:
            continue
        if words[used] == "a" and len(words) > used + 1:
            used += 1
        top, bottom = (
            _small(words[0]),
            _small(words[used]) or (SCALES[words[used]] if words[used] in ALONE else None),
        )
        after = words[used + 1].rstrip("s") if len(words) > used + 1 else ""
        if top and bottom and bottom in _BOTTOMS and top < bottom and after not in _SPANS:
            return _made(_exact(top / bottom), used + 1, share=True, parts=(top, bottom))
    return None


def _fraction(words: Sequence[str], *, alone: bool) -> Number | None:
    if "/" in words[0]:
        top, bottom = words[0].split("/")
        return _scaled(int(top) / int(bottom), 1, words) if int(bottom) else None
    led = words[0] in UNITS or words[0] in {"a", "an", "1", "2", "3"}
    if len(words) > 1 and words[1] in PARTS and led and _splits(words, alone=alone):
        top = float(words[0].replace("an", "1").replace("a", "1")) if words[0] not in UNITS else UNITS[words[0]]
        return _scaled(top / PARTS[words[1]], 2, words)
    return _scaled(0.5, 1, words) if PARTS.get(words[0]) == 2 else None


def _splits(words: Sequence[str], *, alone: bool) -> bool:
    """Whether the second of *words* is a part and no place in a row: "a tenth of them", not "a tenth soldier"."""
    after = words[2] if len(words) > 2 else ""
    if after in _NO_SHARE:
        return False
    return alone or PARTS[words[1]] <= 4 or words[1].endswith("s") or after in {"", "of", "in"}


def _scaled(share: float, used: int, words: Sequence[str]) -> Number:
    """*share*, or, before a scale, that part of it: half a million, three quarters of a million."""
    at = used
    for filler in ("of", "a"):
        at += words[at : at + 1] == [filler]
    scale = SCALES.get(words[at]) if at < len(words) and words[at] in ALONE else None
    return _made(_exact(share * scale), at + 1) if scale else _made(_exact(share), used, share=True)


def _amount(words: Sequence[str], *, alone: bool) -> Number | None:
    """The longest amount that *words* open with."""
    total, group, used, last = 0.0, None, 0, 1.0
    for word in words:
        digits = _DIGITS.match(word)
        if digits and used == 0:
            if digits[2] and digits[2] != "%" and digits[2] not in SCALES:
                return None
            last = SCALES.get(digits[2] or "", 1)
            group = float(digits[1]) if last == 1 else _exact(float(digits[1]) * last)
            if digits[2] == "%":
                return _made(_exact(group / 100), 1, share=True, scale=0.01)
        elif word in UNITS and (group is None or (group and group % 10 == 0 and UNITS[word] < 10 and not digits)):
            group, last = (group or 0) + UNITS[word], 1
        elif word in SCALES and (used or word in ALONE) and word != "m":
            scale = last = SCALES[word]
            if group is None and total:
                total *= scale
            elif scale == 100:
                group = _exact((1 if group is None else group) * 100)
            else:
                total, group = total + _exact((1 if group is None else group) * scale), None
        elif (word in PERCENT or words[used : used + 2] == ["per", "cent"]) and used:
            return _made(_exact((total + (group or 0)) / 100), used + 1 + (word == "per"), share=True, scale=0.01)
        elif used == 1 and group is not None and "/" in word and (part := _fraction([word], alone=False)):
            scale = SCALES.get(words[2], 1) if len(words) > 2 and words[2] in ALONE else 1
            return _made(_exact((group + part.value) * scale), 2 + (scale > 1), scale=scale)
        elif used and group is not None and words[used : used + 3] == ["and", "a", "half"]:
            half = _scaled(0.5, 0, words[used + 3 :])
            scale = half.value / 0.5
            return _made(_exact(total + (group + 0.5) * scale), used + 3 + half.end, scale=scale)
        elif word != "and" or last != 100 or UNITS.get("".join(words[used + 1 : used + 2]), 0) < 1:
            break
        used += 1
    if not used or (used == 1 and not alone and total == 0 and group == 1 and words[0] in UNITS):
        return None
    return _made(total + (group or 0), used, scale=last)


def numbers_of(figure: Figure) -> tuple[float, ...]:
    """Every number that *figure* is worded with: its bounds, its denominator, and what its words come to."""
    texts = (figure.of, figure.quantifier, f"{figure.quantifier} {figure.unit}")
    worded = [number for text in texts for number in numbers(tokens(text))]
    given = (figure.low, figure.high, *(number.value for number in worded))
    return tuple(dict.fromkeys(value for value in given if value is not None))
