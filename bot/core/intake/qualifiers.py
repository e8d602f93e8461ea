"""What stands before a number and belongs to it: a currency sign, and words that say whether it is a bound."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core.intake.words import phrases, words

_CURRENCY = "[" + "".join(words("figures", "currencies")) + r"](?:\s)?"


def _led(names: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:(?<=\W)|\A)(?:{'|'.join(map(re.escape, names))})\s+(?:(?:a|an)\s+)?\Z")


_AT_LEAST, _AT_MOST, _ABOUT = (_led(phrases("figures", name)) for name in ("at_least", "at_most", "about"))
_MONEY = re.compile(rf"(?:\b(?:US|A|C|HK))?{_CURRENCY}\Z")
_HANDED = re.compile(
    r"\b(?:hand|turn|t[ao]ke?|fly|flew|c[ao]me|cross|pass|spread|move|carri|brought|give?n?)\w*\sover\s\Z"
)
_FEW = re.compile(
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d|1\d)\s(?!years|hours|minutes|million|billion|thousand|hundred|per|%|point|times|metres|meters|km|kilo)[a-z]"
)
_DURING = re.compile(r"(?:\S+\s)(?:nights?|days|weeks|months|years|decades)\b")


def money(low: str, start: int) -> tuple[int, str]:
    """Where the currency sign before *start* begins, and the sign; *start* and nothing where there is none."""
    found = _MONEY.search(low[max(0, start - 6) : start])
    return (start - len(found[0]), found[0].strip()) if found else (start, "")


def qualified(low: str, start: int) -> tuple[int, str]:
    """Where the qualifier before *start* begins, and what it does to the bounds: "low", "high" or nothing."""
    before = low[max(0, start - 40) : start]
    met = [
        (found, bound)
        for led, bound in ((_AT_LEAST, "low"), (_AT_MOST, "high"), (_ABOUT, ""))
        if (found := led.search(before))
    ]
    for found, bound in sorted(met, key=lambda each: each[0].start()):
        if not (found[0] == "over " and _not_more(before, low, start)):
            inner = start - len(found[0])
            outer, other = qualified(low, inner)
            return (outer, other or bound) if other or not bound else (inner, bound)
    article = re.search(r"\b(?:a|an)\s+\Z", before)
    return (
        start - len(article[0])
        if article and re.match(r"dozen|hundred|thousand|million|billion|quarter|third|fifth|tenth", low[start:])
        else start
    ), ""


def _not_more(before: str, low: str, start: int) -> bool:
    """Whether "over" is none of more: "over three nights", "handed over 165 soldiers"."""
    return bool(_DURING.match(low, start) or _HANDED.search(before) or _FEW.match(low, start))
