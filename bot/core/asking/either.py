"""Questions that give several numbers to choose from: "is it 6,000 or 4,000?"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.core.asking.reading.tokens import Token, tokens
from bot.core.asking.reading.tongues import tongues
from bot.core.numbers import Number, numbers


def one_each(text: str) -> list[str]:
    """*text* once for each of the numbers it gives to choose from; nothing where it gives none to choose from."""
    words = tokens(text)
    found = numbers(words)
    if len(found) < 2 or not all(_are_set_against(words, *pair) for pair in pairwise(found)):
        return []
    before = [token.typed for token in words[: found[0].start]]
    after = [token.typed for token in words[found[-1].end :]]
    return [" ".join((*before, _written(number), *after)) for number in found]


def _are_set_against(words: Sequence[Token], first: Number, second: Number) -> bool:
    between = [token.word for token in words[first.end : second.start]]
    return len(between) == 1 and any(language.says("either", between[0]) for language in tongues(words))


def _written(number: Number) -> str:
    """In digits where they say all of it, as "12" in "12 or 14 thousand" does not."""
    return f"{number.value:.0f}" if number.value == int(number.value) else number.typed
