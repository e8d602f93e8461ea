"""The words that numbers are spelled with, folded, in every language there is a file of."""

from __future__ import annotations

from bot.core.asking.reading.tokens import fold_word
from bot.languages.english import ordinarily, ordinary
from bot.languages.packs import Language, languages

_LONG, _SHORTEST = 5, 3
"""Shorter words stand in too many languages to tell one."""


def _words(kind: str) -> dict[str, float]:
    """
    The words of *kind*, by what they stand for.

    Of other languages than English only what is no English word, nor one that holds a sentence together: nobody says
    in which language "once" (eleven in Spanish) stands in a text. What multiplies a number needs one before it.
    """
    english, *others = languages()
    found = dict(english.numbers[kind])
    for language in others:
        for word, value in language.numbers[kind].items():
            if kind == "scales" or not _elsewhere(word, languages()):
                found.setdefault(word, value)
    return found


def _elsewhere(word: str, known: tuple[Language, ...]) -> bool:
    return (
        len(word) < _SHORTEST
        or word in ordinary()
        or (len(word) == _SHORTEST and ordinarily(word))
        or any(word in each.function for each in known)
    )


LABELS = languages()[0].numbers["labels"]
"""What bears a number as a name, by the highest that it does."""

UNITS, SCALES, PARTS, HEAPS = (_words(kind) for kind in ("units", "scales", "parts", "heaps"))
ALONE = frozenset(
    {"hundred", "dozen", "thousand", "million", "billion", "trillion"}
    | {word for word in SCALES if len(word) >= _LONG and not ordinarily(word) and word not in HEAPS}
)
"""Scales that are a number without another before them: "a hundred", "hundert"."""
PERCENT = frozenset(map(fold_word, ("percent", "pct", "процентов", "процента", "відсотків")))

NUMBER_WORDS = frozenset({*UNITS, *(word for word in SCALES if word not in {"m", "score"}), *PARTS, *PERCENT})
"""Folded words that numbers are spelled with."""
