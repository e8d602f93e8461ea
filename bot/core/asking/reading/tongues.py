"""In which languages typed words may be."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.asking.reading.tokens import Token
from bot.languages.packs import Language, languages, possible


def tongues(words: Sequence[Token]) -> tuple[Language, ...]:
    """English, and every language that some of *words* speak for, the likeliest first."""
    foreign = {token.word for token in words if token.cyrillic or token.unspaced}
    return possible([token.word for token in words], languages(), foreign)
