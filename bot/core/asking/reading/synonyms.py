"""Words that a base's vocabulary has for each other, and those that it says the kind of."""

from __future__ import annotations

from functools import lru_cache

from bot.core.asking.reading.lexicon import COMING, is_glue
from bot.core.asking.reading.tokens import Token, fold_word, stem_word
from bot.core.claims import Wording


class Synonyms:
    """
    The groups of one base's vocabulary, by stem, and its words of a kind.

    Attributes:
        people: Words, and their stems, that count persons; events: those that make a name before them an event's.
    """

    def __init__(self, wording: Wording) -> None:
        found: dict[str, set[str]] = {}
        for group in wording.groups:
            stems = {stem_word(word.replace("-", "")) for word in group}
            for stem in stems:
                found.setdefault(stem, set()).update(stems)
        self.people = frozenset(form for word in wording.people for form in (fold_word(word), stem_word(word)))
        self.events = frozenset(map(fold_word, wording.events))
        self._light = self.events.union(form for word in wording.light for form in (fold_word(word), stem_word(word)))
        self._alike = {stem: frozenset(others - {stem}) for stem, others in found.items()}

    def alike(self, stem: str) -> frozenset[str]:
        """Stems of words that are used for the one with *stem*; without itself."""
        return self._alike.get(stem, frozenset())

    def comes(self, stem: str) -> bool:
        """Whether it says that people come or are sent: of a claim on their mission it need not be said again."""
        return not COMING.isdisjoint(self.wide(stem))

    def says_little(self, token: Token) -> bool:
        """Whether the word says little about the subject, in any base or in this one."""
        return not self._light.isdisjoint((token.word, token.stem)) or is_glue(token)

    def wide(self, stem: str) -> frozenset[str]:
        """*stem* and the stems of words that are used for it."""
        return self.alike(stem) | {stem}


@lru_cache(maxsize=64)
def synonyms(wording: Wording) -> Synonyms:
    """The synonyms of *wording*; bases with the same one share them."""
    return Synonyms(wording)
