"""What was typed, with its slips mended; several ways where a word can be read as several names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice, product

from bot.core.asking.reading.names import Names
from bot.core.asking.reading.tokens import Token, tokens
from bot.core.asking.results import Correction

MOST_READINGS = 4
LONGEST = 80
"""How many words of a question are read; what comes after is no question any more."""


@dataclass(frozen=True, slots=True)
class Mended:
    """
    One way to read what was typed.

    Attributes:
        tokens: With typos mended.
        corrections: What was mended, for the member to see.
        choices: Words that were chosen from several equally likely ones.
        others: By position, further words that a typed one may stand for, none of them a name.
    """

    tokens: tuple[Token, ...]
    corrections: tuple[Correction, ...] = ()
    choices: tuple[Correction, ...] = ()
    others: tuple[tuple[int, tuple[Token, ...]], ...] = ()

    @property
    def text(self) -> str:
        """The question as it reads now."""
        return " ".join(token.typed for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Way:
    """What one typed word is read as, how many typed words it takes, and what else it may be."""

    tokens: tuple[Token, ...]
    correction: Correction | None = None
    used: int = 1
    others: tuple[Token, ...] = ()


def split(text: str, names: Names) -> list[Token]:
    """The tokens of *text*; words of a script without spaces are cut into the *names* they hold."""
    typed = tokens(text)[:LONGEST]
    return [piece for token in typed for piece in (names.pieces(token) if token.unspaced else [token])]


def spellings(
    typed: Sequence[Token], names: Names, ways: Callable[[int, Sequence[Token]], list[Way]]
) -> list[list[Way]]:
    """For each of the *typed* words, *ways* to read it, by its place and the words around it; a name is itself."""
    named = {at for name in names.within(typed) for at in range(name.start, name.end)}
    steps: list[list[Way]] = []
    at = 0
    while at < len(typed):
        before = steps[-1][0].tokens[-1:] if steps else ()
        around = (*before, *typed[at + 1 : at + 2])
        steps.append([Way((typed[at],))] if at in named else ways(at, around))
        at += steps[-1][0].used
    return steps


def combined(before: Mended, steps: Sequence[Sequence[Way]]) -> list[Mended]:
    """Every combination of the *steps*' ways, a few at most, after what was mended *before*."""
    return [_chosen(before, ways, steps) for ways in islice(product(*steps), MOST_READINGS)]


def _chosen(before: Mended, chosen: Sequence[Way], steps: Sequence[Sequence[Way]]) -> Mended:
    words: list[Token] = []
    others: list[tuple[int, tuple[Token, ...]]] = []
    for way in chosen:
        if way.others:
            others.append((len(words), way.others))
        words += way.tokens
    picked = (way.correction for way, ways in zip(chosen, steps, strict=True) if way.correction and len(ways) > 1)
    return Mended(
        tuple(words),
        (*before.corrections, *(way.correction for way in chosen if way.correction)),
        (*before.choices, *picked),
        (*before.others, *others),
    )
