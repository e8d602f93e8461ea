"""How much of what a question says stands in a claim's own text, word for word."""

from __future__ import annotations

from collections.abc import Callable

from bot.core.asking.matching.guard import Guard
from bot.core.asking.matching.profile import Profile
from bot.core.asking.question import Question
from bot.core.asking.reading.lexicon import is_asking, is_function
from bot.core.asking.reading.tokens import Token

_IN_TEXT = 0.9
_SAYS_LITTLE = 0.2
_ALIKE = 0.6


def share(each: Profile, question: Question, guard: Guard, rarity: Callable[[str], float]) -> float:
    """
    The share, weighted by *rarity*, of a question's words, names and numbers that the claim's text has: 0 to 1.

    A name counts as there where the claim meets it, however it is called there.
    """
    met = total = 0.0
    by_name = {
        at for slot in question.slots if guard.closeness(each, slot, question) for at in range(slot.start, slot.end)
    }
    by_number = {
        at
        for number in question.numbers
        if any(count.has(number) for count in each.counts)
        for at in range(number.start, number.end)
    }
    for at, token in enumerate(question.tokens):
        if _holds_together(token):
            continue
        weight = rarity(token.stem) * (_SAYS_LITTLE if guard.synonyms.says_little(token) else 1.0)
        total += weight
        if at in by_name or at in by_number or _stands_in(each, token.stem):
            met += weight
        elif any(_stands_in(each, other) for other in guard.synonyms.alike(token.stem)):
            met += weight * _ALIKE
    return met / total if total else 0.0


def _stands_in(each: Profile, stem: str) -> bool:
    return each.stems.get(stem, 0.0) >= _IN_TEXT


def says(question: Question) -> int:
    """How many words of the question say something, were it little."""
    return sum(not _holds_together(token) for token in question.tokens)


def _holds_together(token: Token) -> bool:
    return is_function(token) or is_asking(token)
