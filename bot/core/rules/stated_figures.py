"""The quantities that a text states, and whether a claim's structured figures say the same."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.asking.reading.tokens import Token, clean, tokens
from bot.core.claims import Claim
from bot.core.figures import Figure
from bot.core.numbers import Number, numbers

_MONTHS = frozenset(map(str.casefold, filter(None, (*month_name, *month_abbr, "sept"))))
_YEARS = range(1900, 2100)
_BEFORE_YEARS = frozenset(
    {"in", "since", "until", "by", "from", "year", "early", "late", "during", "before", "after"}
)
_VAGUE = frozenset({"dozens", "scores", "hundreds", "thousands", "millions", "billions"})
_AT_LEAST = ("more than", "over", "at least", "no fewer than", "no less than", "upwards of", "above")
_AT_MOST = ("up to", "at most", "fewer than", "less than", "under", "no more than", "below", "as many as")
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
        number = self.number
        return any(number.equals(bound) for bound in (figure.low, figure.high)) or any(
            number.equals(other.value) for other in numbers(tokens(figure.of))
        )


def stated(text: str) -> list[Stated]:
    """The quantities in *text*. Dates ("August 2024"), ordinals and numbers in names ("Uran-6") are none."""
    cleaned, words = clean(text), tokens(text)
    found = [
        Stated(number.typed, number) for number in numbers(words) if not _names_something(number, words, cleaned)
    ]
    return found + [Stated(word.word) for word in words if word.word in _VAGUE]


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
                yield field, f"says “{each.typed}”, which no figure holds; add it to figures or take it out."
    everything = " ".join(text for _, text in texts)
    for at, figure in enumerate(claim.figures):
        for field, message in (*_missing(figure, everything), *_misworded(figure)):
            yield ("figures", at, field), message


def _missing(figure: Figure, text: str) -> Iterator[tuple[str, str]]:
    said = [each.number for each in stated(text) if each.number]
    for name, bound in (("low", figure.low), ("high", figure.high)):
        if bound is not None and not any(number.equals(bound) for number in said):
            yield name, f"{bound:,g} stands in neither statement nor quotations; mend the figure or the words."
    for other in numbers(tokens(figure.of)):
        if not any(number.equals(other.value) for number in said):
            yield "of", f"“{figure.of}” stands in neither statement nor quotations; mend the figure or the words."
    if not _holds(text, figure.quantifier):
        yield (
            "quantifier",
            f"“{figure.quantifier}” stands in neither statement nor quotations; use the words that stand there.",
        )


def _holds(text: str, words: str) -> bool:
    return f" {' '.join(_words(words))} " in f" {' '.join(_words(text))} "


def _words(text: str) -> list[str]:
    return [token.word for token in tokens(text)]


def _misworded(figure: Figure) -> Iterator[tuple[str, str]]:
    """Bounds that the quantifier's own words do not give."""
    said = numbers(tokens(figure.quantifier))
    words = f"{' '.join(_words(figure.quantifier))} "
    for name, bound, against in (("low", figure.low, _AT_MOST), ("high", figure.high, _AT_LEAST)):
        if bound is None:
            if said and not words.startswith(tuple(f"{each} " for each in (*_AT_LEAST, *_AT_MOST))):
                yield "quantifier", f"“{figure.quantifier}” gives a number that {name} lacks; fill in {name}."
        elif not any(number.equals(bound) for number in said):
            yield name, f"{bound:,g} is not what “{figure.quantifier}” says; mend one of them."
        elif words.startswith(tuple(f"{each} " for each in against)):
            yield name, f"“{figure.quantifier}” gives no {name}; leave {name} out."
    if said and figure.low is None and figure.high is None:
        yield "quantifier", f"“{figure.quantifier}” gives a number; fill in low, high or both."
