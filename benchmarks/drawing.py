"""Words for made-up bases: English ones, drawn by how common they are, and a server's own in place of a base's."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from functools import cache
from itertools import accumulate
from typing import Any, cast

from bot.core.number_words import NUMBER_WORDS
from bot.languages import english
from bot.languages.packs import languages

_LEFT_OUT = 100
"""The commonest, which hold sentences together."""

_TOLD = {"name", "aliases", "about", "style", "statement", "exact", "text", "subject", "of"}
"""Fields of records that hold what people read."""


@cache
def _words() -> tuple[list[str], list[float]]:
    listed = [word for word in english.ordinary() if english.rows([word])[0] >= 0]
    listed.sort(key=lambda word: english.rows([word])[0])
    weights = (1 / (rank + _LEFT_OUT) for rank in range(len(listed) - _LEFT_OUT))
    return listed[_LEFT_OUT:], list(accumulate(weights))


def drawn_words(dice: random.Random, count: int) -> list[str]:
    """So many words."""
    words, weights = _words()
    return dice.choices(words, cum_weights=weights, k=count)


class Words:
    """One server's own words in place of a base's: English ones for such, made-up ones for others."""

    def __init__(self, server: int) -> None:
        self._dice = random.Random(server)
        self._known: dict[str, str] = {}

    def instead(self, value: Any, *, told: bool = False) -> Any:
        """A record in the server's words: what is *told* in it, neither keys nor numbers."""
        if isinstance(value, Mapping):
            record = cast("Mapping[str, Any]", value)
            return {key: self.instead(each, told=key in _TOLD) for key, each in record.items()}
        if isinstance(value, list):
            return [self.instead(each, told=told) for each in cast("list[Any]", value)]
        return re.sub(r"[^\W\d_]{3,}", self._instead, value) if told and isinstance(value, str) else value

    def _instead(self, found: re.Match[str]) -> str:
        word = found[0].casefold()
        if word in languages()[0].function or word in NUMBER_WORDS:
            return found[0]
        if word not in self._known:
            drawn = drawn_words(self._dice, 1)[0]
            self._known[word] = drawn if word in english.ordinary() else "".join(self._dice.sample(word, len(word)))
        return self._known[word].title() if found[0].istitle() else self._known[word]
