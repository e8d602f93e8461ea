"""Words that a base's vocabulary has for each other."""

from __future__ import annotations

from functools import lru_cache

from bot.core.asking.reading.tokens import stem_word
from bot.core.claims import Wording


class Synonyms:
    """The groups of one base's vocabulary, by stem."""

    def __init__(self, wording: Wording) -> None:
        found: dict[str, set[str]] = {}
        for group in wording.groups:
            stems = {stem_word(word.replace("-", "")) for word in group}
            for stem in stems:
                found.setdefault(stem, set()).update(stems)
        self._alike = {stem: frozenset(others - {stem}) for stem, others in found.items()}

    def alike(self, stem: str) -> frozenset[str]:
        """Stems of words that are used for the one with *stem*; without itself."""
        return self._alike.get(stem, frozenset())

    def wide(self, stem: str) -> frozenset[str]:
        """*stem* and the stems of words that are used for it."""
        return self.alike(stem) | {stem}


@lru_cache(maxsize=64)
def synonyms(wording: Wording) -> Synonyms:
    """The synonyms of *wording*; bases with the same one share them."""
    return Synonyms(wording)
