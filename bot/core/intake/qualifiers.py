"""What stands before a number and belongs to it: a currency sign, and words that make it a bound or vague."""

from __future__ import annotations

import re

from bot.core.bounds import NOT, SIDES
from bot.core.intake.words import phrases, words

_CURRENCY = "[" + "".join(words("figures", "currencies")) + r"](?:\s)?"

_DEGREES = "|".join(phrases("figures", "degrees"))
_LED = "|".join(sorted([*SIDES, *phrases("figures", "about")], key=len, reverse=True))
_BOUNDING = re.compile(rf"(?:(?<=\W)|\A)(?:(?:{_DEGREES})\s+)*(?:{_LED})\s+(?:an?\s+)?\Z")
_MONEY = re.compile(rf"(?:\b(?:US|A|C|HK))?{_CURRENCY}\Z")
_HANDED = re.compile(
    r"\b(?:hand|turn|t[ao]ke?|fly|flew|c[ao]me|cross|pass|spread|move|carri|brought|give?n?)\w*\sover\s\Z"
)
_COMPARED = re.compile(r"(?:\w+er|more|less) than|over|above|below|under|exceed\w*")
_DENIED = re.compile(
    rf"\b(?:{'|'.join(sorted(NOT))})"
    rf"(?: (?!(?:{'|'.join(sorted(words('figures', 'apart')))})\b)[\w'’-]+){{0,6}} \Z"
)
"""What turns a comparison round in the same clause: "no home … for more than two hours", "never ran below 84"."""
_FEW = re.compile(
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d|1\d)\s(?!years|hours|minutes|million|billion|thousand|hundred|per|%|point|times|metres|meters|km|kilo)[a-z]"
)
_DURING = re.compile(r"(?:\S+\s)(?:nights?|days|weeks|months|years|decades)\b")


def money(low: str, start: int) -> tuple[int, str]:
    """Where the currency sign before *start* begins, and the sign; *start* and nothing where there is none."""
    found = _MONEY.search(low[max(0, start - 6) : start])
    return (start - len(found[0]), found[0].strip()) if found else (start, "")


def qualified(low: str, start: int) -> int:
    """Where the qualifiers before *start* begin: "about" of "about 60", "nearly" of "up to nearly half"."""
    before = low[max(0, start - 40) : start]
    found = _BOUNDING.search(before)
    if found and not (found[0] == "over " and _not_more(before, low, start)):
        first = start - len(found[0])
        denied = _COMPARED.match(found[0].strip()) and _DENIED.search(low, max(0, first - 80), first)
        return denied.start() if denied else qualified(low, first)
    article = re.search(r"\b(?:a|an)\s+\Z", before)
    scale = re.match(r"dozen|hundred|thousand|million|billion|quarter|third|fifth|tenth", low[start:])
    return start - len(article[0]) if article and scale else start


def _not_more(before: str, low: str, start: int) -> bool:
    """Whether "over" is none of more: "over three nights", "handed over 165 soldiers"."""
    return bool(_DURING.match(low, start) or _HANDED.search(before) or _FEW.match(low, start))
