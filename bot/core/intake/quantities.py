"""The quantities that a text words, with what their words say of their bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.core.asking.reading.tokens import Token, tokens
from bot.core.bounds import bounds_in
from bot.core.intake.days import MONTH, WEEKDAYS
from bot.core.intake.proposals import Span
from bot.core.intake.qualifiers import money, qualified
from bot.core.intake.words import plain, words
from bot.core.number_words import ALONE, HEAPS
from bot.core.numbers import VAGUELY, numbers

_BEFORE_YEAR = (
    r"(?:in|since|until|till|by|from|year|early|late|mid|during|before|after|of|the|for|to|and|between|through)"
)
_CONTEXT = 60
"""How many characters before a span may tell what its first number is."""

_BETWEEN = re.compile(r"\bbetween\s+\Z")
_OR = re.compile(r"\sor\s")
_AND, _TO = (
    re.compile(r"\s+and\s+(?:[$€£¥₽₴₹₩]\s?)?"),
    re.compile(r"\s+to\s+(?:[$€£¥₽₴₹₩]\s?)?|\s?[-–—]\s?(?:[$€£¥₽₴₹₩]\s?)?"),
)
_OF = re.compile(
    r"(?:\s[\w-]+)?(?:\s[\w-]+)?,?\s(?:out of|of)\s"
    r"(?:(?:the|its|their|his|her|our|a total of|all|some|about|[\w'-]+(?:\s[\w'-]+){0,3}'s?)\s)*"
)
_CONVERTED = re.compile(r"[\s-]?[a-z€$£]*\s?[a-z]*\s\([$€£]?")
_OR_MORE = re.compile(
    r"(?:(?:\s[a-z]+)??\s+(?:or|and)\s+(?:more|higher|greater)\b(?! than)|\+|-plus\b"
    r"|(?:\s[\w-]+){0,2}?\sat (?:the )?(?:most|least)(?=[,.;:!?”\"]|\s?\Z))"
)
_COMPOUND = re.compile(
    r"-(?:point|storey|story|page|nation|member|man|person|part|way|star|seat|strong)\b"
    r"|-year (?:bond|note|gilt|yield|swap|mortgage|rate|treasur)"
)
_AGE = re.compile(r"[- ]year[- ]olds?\b|[- ]years?[- ]old\b")
_CLOCK = re.compile(
    r"\s?(?:[:.]\d\d\b|a\.?m\.?\b|p\.?m\.?\b|o'clock|gmt\b|hours gmt)"
    r"|\s(?:in the (?:morning|afternoon|evening)|at night)\b"
)
_HOUR = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")
_UNTIL, _ON = re.compile(r"\b(?:before|after|by|until|since)\s\Z"), re.compile(r"\s(?:on|this|that|in the)\b")
_THAT_DAY = re.compile(r"\s(?:this|that|on \w+|the (?:next|same)) (?:morning|evening|night)\b")
"""An hour with a point, by what stands around it: "stopped at 6.52 on Wednesday"; not "closed at 15.10 crowns"."""
_DATING = re.compile(r"\s(?:minutes|hours|days|weeks|months|years)\s(?:ago\b|(?:after|on|later|earlier|since)\b)")
_OPENS = re.compile(r"(?:\A|[.,;:!?”\"\n—–])\s*\Z")
"""A span that only dates what its sentence says: "Six days after the ship sank, …"."""
_PIECE = re.compile(r"(?:(?![,;:]\s).)+", re.DOTALL)
"""What no comma parts: "ten, two" are two numbers."""
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_SCORES, _SCALES = "|".join(sorted(HEAPS)), "|".join(sorted(ALONE))
_VAGUE = re.compile(
    rf"\b(?:(?:many|several|a few|some|more than|at least) )?(?:(?:{_SCORES}) of (?:{_SCORES})|(?:{_SCORES}))\b"
    rf"|\b(?:a )?(?:{'|'.join(sorted(VAGUELY))})(?: of)? (?:{_SCALES})\b"
)
_ONE = re.compile(
    "".join(rf"(?<!\b{word} )" for word in sorted(words("figures", "before_no_one")))
    + rf"\bone(?= (?!(?:{'|'.join(sorted(words('figures', 'after_no_one')))})\b)[a-z])"
)
_NOT_HALF = re.compile(r"\b(?:first|second|last|other|top|bottom|latter|better|early|late)[ -]\Z|\bhalf[- ]an?[- ]\Z")
_FRACTION_OF = re.compile(
    r"(?:\s(?:of|as|more|less|from|since|in|on|last|this|to|were|are|have|had|the|full|empty)\b|\s?[^\w\s-]|\s*\Z)"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """
    One quantity, `quantifier` as it is worded, and what follows from the words as in `Figure`.

    Attributes:
        span: Where the quantifier stands.
        share: Whether the bounds are shares of something.
        money: Its currency sign; empty for none.
        of: Where its denominator's number stands ("64" in "37 of the 64 settlements").
    """

    span: Span
    low: float | None
    high: float | None
    share: bool = False
    money: str = ""
    of: Span | None = None


@dataclass(frozen=True, slots=True)
class _Placed:
    """A number and where it stands in the text."""

    start: int
    end: int
    value: float
    share: bool
    read: bool = True


def quantities(text: str, span: Span) -> tuple[Quantity, ...]:
    """The quantities in *span* of *text*, in order. Dates, ordinals, ages, times and numbers in names are none."""
    start = max(0, span.start - _CONTEXT)
    found = _quantities(text[start : span.end], Span(span.start - start, span.end - start))
    return tuple(
        replace(each, span=each.span.moved(start), of=each.of.moved(start) if each.of else None) for each in found
    )


@lru_cache(maxsize=4096)
def _quantities(text: str, span: Span) -> tuple[Quantity, ...]:
    """The same for a text of one span and a few words before it."""
    low = plain(text)
    vague = [Span(*each.span()) for each in _VAGUE.finditer(low, span.start)]
    placed = [
        each
        for each in sorted(_placed(text, span), key=lambda each: each.start)
        if not _names_something(low, each, text, span)
        and not any(one.start < each.end and each.start < one.end for one in vague)
    ]
    found = [*_joined(low, placed), *(Quantity(each, None, None) for each in vague)]
    return tuple(sorted(found, key=lambda each: each.span))


def _placed(text: str, span: Span) -> Iterator[_Placed]:
    low = plain(text)
    read = [
        each
        for piece in _PIECE.finditer(text, span.start, span.end)
        for each in _numbers(text, low, Span(*piece.span()))
    ]
    yield from read
    for one in _ONE.finditer(low, span.start):
        if not any(each.start <= one.start() < each.end for each in read):
            yield _Placed(one.start(), one.end(), 1, False, read=False)


def _numbers(text: str, low: str, span: Span) -> Iterator[_Placed]:
    made = tokens(span.of(text))
    places = _places(low, span, made)
    for number in numbers(made):
        if number.start in places and number.end - 1 in places:
            start, end = places[number.start][0], places[number.end - 1][1]
            yield _Placed(start, end, number.value, number.share)


def _places(low: str, span: Span, made: Sequence[Token]) -> dict[int, tuple[int, int]]:
    """Where each token stands in the text; one that was written otherwise there is left out."""
    places: dict[int, tuple[int, int]] = {}
    at = span.start
    for index, token in enumerate(made):
        typed = plain(token.typed)
        start = low.find(typed, at, span.end)
        if start >= 0:
            places[index], at = (start, start + len(typed)), start + len(typed)
    return places


def _names_something(low: str, each: _Placed, text: str, span: Span) -> bool:
    before, after = low[span.start : each.start], low[each.end :]
    if re.search(r"\d{4}-(?:\d\d-)?\Z", before) or re.match(r"-\d\d-\d\d\b", after):
        return True
    if re.search(r"[a-z]-?\Z|\d[:.,/]\Z|#\Z", before) or re.match(r"[a-z]|/\d|:\d", after) or _AGE.match(after):
        return True
    if _COMPOUND.match(after) or (re.search(r"[a-z], \Z", before) and re.match(r",", after) and each.value < 120):
        return True
    if _DATING.match(after) and (_OPENS.search(low[: each.start]) or re.match(r"\s\w+ ago\b", after)):
        return True
    if _UNTIL.search(before) and _THAT_DAY.match(after):
        return True
    if _ORDINAL.match(after) or _CLOCK.match(after):
        return True
    words_ = low[each.start : each.end]
    if _HOUR.fullmatch(words_) and (_UNTIL.search(before) or (before.endswith("at ") and _ON.match(after))):
        return True
    if words_ == "half" and _NOT_HALF.search(before):
        return True
    if re.fullmatch(r"(?:a|one|\w+)[ -](?:third|quarter|fifth|tenth)s?", words_) and not _FRACTION_OF.match(after):
        return True
    if not (each.read and words_.isdigit()):
        return False
    if each.value <= 31 and (re.search(rf"\b{MONTH}\s+\Z", before) or re.match(rf"(?:\s+of)?\s+{MONTH}\b", after)):
        return True
    if 1500 <= each.value < _FIRST_SURE_YEAR and re.search(r"\b(?:in|since|until)\s+\Z", before):
        return True
    if _FIRST_SURE_YEAR <= each.value < 2100 and (
        re.search(rf"(?:\b{_BEFORE_YEAR}|{MONTH}(?:\s+\d+)?,?)[\s-]+\Z", before)
        or re.match(r"[-–/]\d\d\b|\W*\Z|s\b", after)
    ):
        return True
    named = re.search(r"(?<=[\w,;)”\"'’] )[A-Z][\w’'-]*\s\Z", text[span.start : each.start])
    return bool(named and plain(named[0].strip()) not in WEEKDAYS)


_FIRST_SURE_YEAR = 1900
"""Before it a year has to be led by what leads nothing else: "in 1894"."""


def _joined(low: str, placed: Sequence[_Placed]) -> Iterator[Quantity]:
    """Numbers with their qualifiers; ranges and denominators take two numbers."""
    at = 0
    while at < len(placed):
        one, other = placed[at], placed[at + 1] if at + 1 < len(placed) else None
        joint = low[one.end : other.start] if other else ""
        of, first = None, money(low, one.start)[0]
        start, end = qualified(low, first), one.end
        at += 1
        if other and _range(low, one, other, joint):
            between = _BETWEEN.search(low, 0, first)
            start, end = between.start() if between else start, other.end
            at += 1
        elif other and _OF.fullmatch(joint) and one.value <= other.value:
            of = Span(other.start, other.end)
            at += 1
        elif other and _CONVERTED.fullmatch(joint):
            at += 1
        if more := _OR_MORE.match(low, end):
            end = more.end()
        given = bounds_in(low[start:end])
        sign = money(low, one.start)[1]
        if given is None:
            yield Quantity(Span(start, end), None, None, money=sign, of=of)
        else:
            yield Quantity(Span(start, end), given.low, given.high, given.share, sign, of)


def _range(low: str, one: _Placed, other: _Placed, joint: str) -> bool:
    if one.share and not other.share:
        return False
    if _AND.fullmatch(joint):
        return bool(_BETWEEN.search(low, 0, money(low, one.start)[0]))
    if _OR.fullmatch(joint) and other.value - one.value == 1:
        return True
    before = low[: money(low, one.start)[0]]
    rising = one.value / (100 if other.share and not one.share else 1) < other.value
    return bool(_TO.fullmatch(joint)) and rising and not re.search(r"(?<!ranging )(?<!range )\bfrom\s+\Z", before)
