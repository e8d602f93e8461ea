"""Numbers in typed text, however they are written: 6000, 6,000, 6k, six thousand, two-thirds, 2/3, 14 тысяч, 6천."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.asking.reading.tokens import Token, fold_word

_SHARE_TOLERANCE = 0.011


def _folded(words: dict[str, float]) -> dict[str, float]:
    return {fold_word(name): value for names, value in words.items() for name in names.split()}


_UNITS = _folded(
    {
        "one один одна": 1,
        "two два две дві": 2,
        "three три": 3,
        "four четыре чотири": 4,
        "five пять п'ять": 5,
        "six шесть шість шести": 6,
        "seven семь сім": 7,
        "eight восемь вісім": 8,
        "nine девять дев'ять": 9,
        "ten десять": 10,
        "eleven одиннадцать одинадцять": 11,
        "twelve двенадцать дванадцять": 12,
        "thirteen тринадцать тринадцять": 13,
        "fourteen четырнадцать чотирнадцять": 14,
        "fifteen пятнадцать п'ятнадцять": 15,
        "sixteen шестнадцать шістнадцять": 16,
        "seventeen семнадцать сімнадцять": 17,
        "eighteen восемнадцать вісімнадцять": 18,
        "nineteen девятнадцать дев'ятнадцять": 19,
        "twenty двадцать двадцять": 20,
        "thirty тридцать тридцять": 30,
        "forty fourty сорок": 40,
        "fifty пятьдесят п'ятдесят": 50,
        "sixty шестьдесят шістдесят": 60,
        "seventy семьдесят сімдесят": 70,
        "eighty восемьдесят вісімдесят": 80,
        "ninety девяносто дев'яносто": 90,
    }
)
_SCALES = _folded(
    {
        "hundred сто сотня": 100,
        "dozen дюжина": 12,
        "thousand k тысяча тысячи тысяч тыс тисяча тисячі тисяч тис": 1_000,
        "million миллион миллиона миллионов мільйон мільйони мільйонів": 1_000_000,
        "billion bn миллиард миллиарда миллиардов мільярд мільярди мільярдів": 1_000_000_000,
        "trillion триллион трильйон": 1_000_000_000_000,
    }
)
_PARTS = _folded(
    {
        "half halves половина половину": 2,
        "third thirds треть трети третина третини": 3,
        "quarter quarters fourths четверть четверти чверть чверті": 4,
        "fifth fifths": 5,
        "tenth tenths": 10,
    }
)
_PERCENT = frozenset(map(fold_word, ("percent", "pct", "процентов", "процента", "відсотків")))
_DIGITS = re.compile(r"(\d+(?:\.\d+)?)(k|m|%)?\Z")
_KOREAN = {"천": 1_000.0, "만": 10_000.0}

NUMBER_WORDS = frozenset({*_UNITS, *_SCALES, *_PARTS, *_PERCENT})
"""Folded words that numbers are spelled with."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: its value, the words it was typed in, and the tokens it spans."""

    value: float
    typed: str
    start: int
    end: int
    plain: bool

    def equals(self, value: float | None) -> bool:
        """Whether *value* is the same number; shares may differ by their rounding."""
        if value is None:
            return False
        if 0 < self.value < 1 and 0 < value < 1:
            return abs(self.value - value) < _SHARE_TOLERANCE
        return self.value == value


def numbers(tokens: Sequence[Token]) -> list[Number]:
    """Every number in *tokens*, in order. A lone "one" or "third" is no number; a lone "half" is."""
    found: list[Number] = []
    at = 0
    while at < len(tokens):
        number = _number_at(tokens, at)
        if number is None:
            at += 1
        else:
            found.append(number)
            at = number.end
    return found


def _number_at(tokens: Sequence[Token], start: int) -> Number | None:
    words = [token.word for token in tokens[start : start + 8]]
    value, used = _fraction(words) or _amount(words)
    if used and len(tokens) > start + used:
        korean = _KOREAN.get(tokens[start + used].typed[:1])
        if korean and tokens[start].numeric:
            value, used = value * korean, used + 1
    if not used or not value:
        return None
    typed = " ".join(token.typed for token in tokens[start : start + used])
    plain = used == 1 and tokens[start].word.isdigit() and tokens[start].typed.isdigit()
    return Number(value, typed, start, start + used, plain)


def _fraction(words: Sequence[str]) -> tuple[float, int] | None:
    if "/" in words[0]:
        top, bottom = words[0].split("/")
        return (int(top) / int(bottom), 1) if int(bottom) else None
    if len(words) > 1 and words[1] in _PARTS and (words[0] in _UNITS or words[0] in {"a", "1", "2", "3"}):
        return (_UNITS.get(words[0]) or float(words[0].replace("a", "1"))) / _PARTS[words[1]], 2
    if _PARTS.get(words[0]) == 2:
        return 0.5, 1
    return None


def _amount(words: Sequence[str]) -> tuple[float, int]:
    """The value of the longest amount that *words* open with, and how many words it takes; 0 words for none."""
    total, group, used = 0.0, None, 0
    for word in words:
        digits = _DIGITS.match(word)
        if digits and used == 0:
            group = float(digits[1]) * {"k": 1_000, "m": 1_000_000}.get(digits[2] or "", 1)
            if digits[2] == "%":
                return group / 100, 1
        elif word in _UNITS and (group is None or (group % 10 == 0 and _UNITS[word] < 10 and not digits)):
            group = (group or 0) + _UNITS[word]
        elif word in _SCALES and (used or word in {"hundred", "thousand", "million", "billion", "dozen"}):
            scale = _SCALES[word]
            if scale == 100:
                group = (group or 1) * 100
            else:
                total, group = total + (group or 1) * scale, None
        elif word in _PERCENT and used:
            return (total + (group or 0)) / 100, used + 1
        else:
            break
        used += 1
    value = total + (group or 0)
    return (value, used) if used and not (used == 1 and value == 1 and words[0] in _UNITS) else (0.0, 0)
