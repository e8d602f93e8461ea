"""Numbers in digits: how countries group them, which spellings have two readings, how Caveat writes them."""

from __future__ import annotations

import re
from decimal import Decimal
from unicodedata import decimal

_MARKS = r"[,.\u00a0\u202f\u2009\x20']"

DIGITS = rf"""
    [1-9]\d{{0,2}} (?P<mark>{_MARKS})\d{{3}} (?:(?P=mark)\d{{3}})* (?!(?P=mark)?\d) (?:(?!(?P=mark))[.,]\d+)?
  | [1-9]\d? (?:,\d{{2}})+,\d{{3}} (?!,?\d) (?:\.\d+)?
  | \d+ (?:[.,]\d+)?
"""
"""
A number in digits, for verbose patterns; has a group `mark`.

Groups of three between commas, dots, spaces or apostrophes, never after a leading zero (`5.000`, `5 000`, `1.234,5`,
but `0,667` is a fraction); groups of two as in India (`1,00,000`); or digits with one comma or dot before the rest.
"""

_WHOLE = rf"[1-9]\d{{0,2}}(?P<mark>{_MARKS})(?:\d{{2,3}}(?P=mark))*\d{{3}}"
_OTHER_DIGIT = re.compile(r"\d(?<![0-9])")
_GROUPED = re.compile(rf"(?P<whole>{_WHOLE})(?:[.,](?P<rest>\d+))?")
_TWO_WAYS = re.compile(r"[1-9]\d{0,2}\.(?!000)\d{3}")


def latin_digits(text: str) -> str:
    """*text* with 0 to 9 in place of other scripts' digits."""
    return text if text.isascii() else _OTHER_DIGIT.sub(lambda found: str(decimal(found[0])), text)


def plain_digits(typed: str) -> str:
    """*typed*, which `DIGITS` matches, as Python reads it: `5000`, `0.667`, `1234.5`."""
    grouped = _GROUPED.fullmatch(typed)
    if not grouped:
        return f"0{typed}" if typed.startswith(".") else typed.replace(",", ".")
    whole = re.sub(r"\D", "", grouped["whole"])
    return f"{whole}.{grouped['rest']}" if grouped["rest"] else whole


def other_reading(typed: str) -> float | None:
    """The number that *typed* is where a dot breaks it and does not group it: 1.234 for `1.234`; else None."""
    return float(typed) if _TWO_WAYS.fullmatch(typed) else None


def written(value: float) -> str:
    """*value* in digits that every reader of Caveat's takes for it: `6000`, `0.667`, `1.2340` (not a thousand)."""
    if value == int(value):
        return str(int(value))
    digits = f"{Decimal(repr(value)):f}"
    return f"{digits}0" if _TWO_WAYS.fullmatch(digits.lstrip("-")) else digits
