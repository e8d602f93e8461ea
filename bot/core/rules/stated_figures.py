"""The quantities that a text states, and whether a claim's structured figures say the same."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.asking.reading.tokens import Token, clean, tokens
from bot.core.bounds import bounds_in
from bot.core.claims import Claim
from bot.core.figures import Figure
from bot.core.numbers import Number, numbers, numbers_of, vague_at
from bot.core.wording import say

_MONTHS = frozenset(map(str.casefold, filter(None, (*month_name, *month_abbr, "sept"))))
_YEARS = range(1900, 2100)
_BEFORE_YEARS = frozenset(
    {"in", "since", "until", "by", "from", "year", "early", "late", "during", "before", "after"}
)
_PART_OF_A_NAME = re.compile(r"[^\W\d_]-?\Z")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")


@dataclass(frozen=True, slots=True)
class Stated:
    """A quantity as a text words it; `number` is None where the words give none ("thousands")."""

    typed: str
    number: Number | None = None

    def held_by(self, figure: Figure) -> bool:
        """Whether *figure* gives the same quantity, as a bound, as its denominator, or in the same vague word."""
        if self.number is None:
            return self.typed in {token.word for token in tokens(figure.quantifier)}
        return self.number.given_by(numbers_of(figure))


def stated(text: str) -> list[Stated]:
    """The quantities in *text*. Dates ("August 2024"), ordinals and numbers in names ("Uran-6") are none."""
    cleaned, words = clean(text), tokens(text)
    found = [
        Stated(number.typed, number) for number in numbers(words) if not _names_something(number, words, cleaned)
    ]
    vague = (word.word for at, word in enumerate(words) if vague_at(words, at))
    return found + list(map(Stated, vague))


def _names_something(number: Number, words: Sequence[Token], text: str) -> bool:
    first, last = words[number.start], words[number.end - 1]
    if first.numeric and _PART_OF_A_NAME.search(text[: first.start]):
        return True
    if last.numeric and _ORDINAL.match(text[last.start + len(last.typed) :]):
        return True
    if not number.plain:
        return False
    before = {word.word for word in words[max(0, number.start - 1) : number.start]}
    beside = before | {word.word for word in words[number.end : number.end + 1]}
    if number.value in _YEARS:
        return bool(number.value % 100) or not before.isdisjoint(_MONTHS | _BEFORE_YEARS)
    return number.value <= 31 and not beside.isdisjoint(_MONTHS)


def figure_faults(claim: Claim) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """
    Where the words and the structured figures of *claim* differ.

    Yields:
        The field, as a path within the claim, and a sentence that says what to do.
    """
    texts: list[tuple[tuple[str | int, ...], str]] = [(("statement",), claim.statement)]
    texts += [(("quotations", at, "exact"), each.exact) for at, each in enumerate(claim.quotations)]
    for field, text in texts:
        for each in stated(text):
            if not any(each.held_by(figure) for figure in claim.figures):
                yield (
                    field,
                    say("says “{typed}”, which no figure holds; add it to figures or take it out.", typed=each.typed),
                )
    everything = " ".join(text for _, text in texts)
    for at, figure in enumerate(claim.figures):
        for field, message in (*_missing(figure, everything), *_misworded(figure)):
            yield ("figures", at, field), message


def disagreements(claim: Claim) -> tuple[str, ...]:
    """Where a figure of *claim* is not what its words say, a sentence each; words alone are no such case."""
    return tuple(f"figure: {message}" for field, message in figure_faults(claim) if field[0] == "figures")


def _missing(figure: Figure, text: str) -> Iterator[tuple[str, str]]:
    for each in stated(figure.subject):
        if not each.held_by(figure):
            yield (
                "subject",
                say("“{typed}” is a figure of its own; say whom it counts without one.", typed=each.typed),
            )
    said = [each.number for each in stated(text) if each.number]
    for other in numbers(tokens(figure.of)):
        if not any(other.value in (number.value, *number.parts) for number in said):
            yield (
                "of",
                say("“{of}” stands in neither statement nor quotations; mend the figure or the words.", of=figure.of),
            )
    if not _holds(text, figure.quantifier):
        yield (
            "quantifier",
            say(
                "“{quantifier}” stands in neither statement nor quotations; use the words that stand there.",
                quantifier=figure.quantifier,
            ),
        )


def _holds(text: str, words: str) -> bool:
    return f" {' '.join(_words(words))} " in f" {' '.join(_words(text))} "


def _words(text: str) -> list[str]:
    return [token.word for token in tokens(text)]


def _misworded(figure: Figure) -> Iterator[tuple[str, str]]:
    """Where bounds and unit are not what the quantifier's own words give: one finding, with what is expected."""
    given = bounds_in(figure.quantifier)
    if given is None:
        if not numbers(tokens(figure.quantifier)) and (figure.low, figure.high) != (None, None):
            yield (
                "quantifier",
                say(
                    "“{quantifier}” gives no number; leave low and high out, or mend the words.",
                    quantifier=figure.quantifier,
                ),
            )
        return
    wrong = [
        name
        for name, holds in (
            ("low", given.gives(figure.low, given.low)),
            ("high", given.gives(figure.high, given.high)),
            ("unit", figure.unit == "share" or not given.share),
        )
        if not holds
    ]
    if wrong:
        yield (
            wrong[0],
            say(
                "“{quantifier}” is written {words}; mend that or the words.",
                quantifier=figure.quantifier,
                words=given.words,
            ),
        )
