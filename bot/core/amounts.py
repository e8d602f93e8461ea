"""What the words of a number come to: digits with a scale, words, shares and fractions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.core.number_words import ALONE, PARTS, PERCENT, SCALES, UNITS
from bot.languages.packs import languages

_DIGITS = re.compile(r"(\d+(?:\.\d+)?)([a-z]+|%)?\Z")
_GOES_ON = UNITS.keys() | SCALES.keys() | PARTS.keys() | PERCENT | {"point", "per", "and", "out", "of", "in"}
_BOTTOMS = frozenset({*range(2, 11), 12, 20, 50, 100, 1_000, 10_000, 100_000, 1_000_000})
"""What shares are given out of: "nine out of ten", "one in a hundred"; "4 out of 64" counts two things."""
_SPANS, _NO_SHARE = (languages()[0].words[part].single for part in ("spans", "unshared"))
"""What passes, so that "two in three days" is no share; and what "a third" of is none: "a third party"."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A value and how many words give it; the rest as in `Number`."""

    value: float
    used: int
    share: bool = False
    scale: float = 1
    parts: tuple[float, ...] = ()


def exact(value: float) -> float:
    """*value* without the noise of its last digits."""
    return round(value, 12)


def amount_in(words: Sequence[str], *, alone: bool, between: bool) -> Amount | None:
    """
    The number that *words*, folded, open with; None where they open with none.

    Args:
        alone: As in `numbers`.
        between: "between" stands before them, so that an "and" parts two numbers.
    """
    if words[0].isdecimal() and (len(words) == 1 or not (words[1] in _GOES_ON or "/" in words[1])):
        return Amount(float(words[0]), 1)
    return _ratio(words) or _fraction(words, alone=alone) or _amount(words, alone=alone, between=between)


def _small(word: str) -> float | None:
    """A whole number in one word."""
    if word.isdecimal() and len(word) < 9:
        return float(word)
    return UNITS.get(word)


def _ratio(words: Sequence[str]) -> Amount | None:
    """Nine out of ten, 9 in 10, one in every five; not "two in three days", nor "37 out of 64"."""
    for joint in (("out", "of", "every"), ("out", "of"), ("of", "every"), ("in", "every"), ("in",)):
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
        if top and bottom and (bottom in _BOTTOMS or top == 1) and top < bottom and after not in _SPANS:
            return Amount(exact(top / bottom), used + 1, share=True, parts=(top, bottom))
    return None


def _fraction(words: Sequence[str], *, alone: bool) -> Amount | None:
    if "/" in words[0]:
        top, bottom = words[0].split("/")
        return _scaled(int(top) / int(bottom), 1, words) if int(bottom) else None
    if words[0] == "every" and _parts_in_a_row(words):
        return Amount(exact(1 / PARTS[words[1]]), 2, share=True)
    led = words[0] in UNITS or words[0] in {"a", "an", "1", "2", "3"}
    if len(words) > 1 and words[1] in PARTS and led and _splits(words, alone=alone):
        top = float(words[0].replace("an", "1").replace("a", "1")) if words[0] not in UNITS else UNITS[words[0]]
        return _scaled(top / PARTS[words[1]], 2, words)
    return _scaled(0.5, 1, words) if PARTS.get(words[0]) == 2 else None


def _parts_in_a_row(words: Sequence[str]) -> bool:
    """Whether *words* open like "every tenth soldier", and not like "every quarter" or "every third day"."""
    part, after = (*words[1:3], "", "")[:2]
    return part in PARTS and part.endswith(("th", "third")) and after.rstrip("s") not in _SPANS


def _splits(words: Sequence[str], *, alone: bool) -> bool:
    """Whether the second of *words* is a part and no place in a row: "a tenth of them", not "a tenth soldier"."""
    after = words[2] if len(words) > 2 else ""
    if after in _NO_SHARE:
        return False
    return alone or words[0] == "one" or PARTS[words[1]] <= 4 or words[1].endswith("s") or after in {"", "of", "in"}


def _scaled(share: float, used: int, words: Sequence[str]) -> Amount:
    """*share*, or, before a scale, that part of it: half a million, three quarters of a million."""
    at = used
    for filler in ("of", "a"):
        at += words[at : at + 1] == [filler]
    scale = SCALES.get(words[at]) if at < len(words) and words[at] in ALONE else None
    return Amount(exact(share * scale), at + 1) if scale else Amount(exact(share), used, share=True)


def _amount(words: Sequence[str], *, alone: bool, between: bool) -> Amount | None:
    """The longest amount that *words* open with."""
    total, group, used, last = 0.0, None, 0, 1.0
    while used < len(words):
        word = words[used]
        digits = _DIGITS.match(word)
        if digits and used == 0:
            if digits[2] and digits[2] != "%" and digits[2] not in SCALES:
                return None
            last = SCALES.get(digits[2] or "", 1)
            group = float(digits[1]) if last == 1 else exact(float(digits[1]) * last)
            if digits[2] == "%":
                return Amount(exact(group / 100), 1, share=True, scale=0.01)
        elif word in UNITS and (
            group is None
            or (not digits and _goes_on(group, last == 100 or UNITS.get(words[used - 1], 1) % 100 == 0, UNITS[word]))
        ):
            group, last = (group or 0) + UNITS[word], 1
        elif word == "point" and used and (decimals := _decimals(words[used + 1 :])):
            group, used = (group or 0) + float(f"0.{decimals}"), used + len(decimals)
        elif word in SCALES and (used or word in ALONE) and word != "m":
            scale = last = SCALES[word]
            if group is None and total:
                total *= scale
            elif scale == 100:
                group = exact((1 if group is None else group) * 100)
            else:
                total, group = total + exact((1 if group is None else group) * scale), None
        elif (word in PERCENT or words[used : used + 2] == ["per", "cent"]) and used:
            return Amount(exact((total + (group or 0)) / 100), used + 1 + (word == "per"), share=True, scale=0.01)
        elif used == 1 and group is not None and "/" in word and (part := _fraction([word], alone=False)):
            scale = SCALES.get(words[2], 1) if len(words) > 2 and words[2] in ALONE else 1
            return Amount(exact((group + part.value) * scale), 2 + (scale > 1), scale=scale)
        elif used and words[used : used + 3] == ["and", "a", "half"]:
            half = _scaled(0.5, 0, words[used + 3 :])
            scale = half.value / 0.5 if group is not None else last
            return Amount(exact(total + ((group or 0) + 0.5) * scale), used + 3 + half.used, scale=scale)
        elif word != "and" or between or not _joins(words[used + 1 :], last):
            break
        used += 1
    if not used or (used == 1 and not alone and total == 0 and group == 1 and words[0] in UNITS):
        return None
    return Amount(total + (group or 0), used, scale=last)


def _goes_on(group: float, hundreds: bool, unit: float) -> bool:
    """Whether *unit* goes on with *group*: twenty-five, two hundred fifty; not "ten five"."""
    return group > 0 and ((group % 10 == 0 and unit < 10) or (hundreds and unit < 100))


def _joins(after: Sequence[str], last: float) -> bool:
    """Whether what follows "and" belongs to the number: a hundred and five, not "a hundred and two hundred"."""
    run = list(takewhile(UNITS.__contains__, after))
    scale = SCALES.get(after[len(run)], 0) if len(after) > len(run) else 0
    return last in (100, 1000) and bool(run) and UNITS[run[0]] >= 1 and (not scale or (last == 100 and scale > 100))


def _decimals(after: Sequence[str]) -> str:
    """The digits that follow "point": five, two five."""
    return "".join(str(int(UNITS[word])) for word in takewhile(lambda word: UNITS.get(word, 10) < 10, after))
