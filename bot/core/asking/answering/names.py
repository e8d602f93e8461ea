"""Names of entries as free questions hold them: a function word is a name only where it stands as one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from bot.core.asking.reading.names import ALL, Named, Names
from bot.core.asking.reading.spelling import sounds
from bot.core.asking.reading.tokens import Token, word_stems
from bot.core.claims import Entry, Kind
from bot.languages.packs import languages

_BEFORE_NAMES = frozenset({"the", "to", "by", "vs", "versus", "and", "or", "from", "of"})


class FreeNames(Names):
    """The names of one base's entries, as free questions hold them."""

    def within(self, words: Sequence[Token], kinds: Collection[Kind] = ALL) -> list[Named]:
        """The names of *kinds* in *words*, left to right, without function words that are none."""
        found = super().within(words, kinds)
        return [name for name in found if name.end > name.start + 1 or _may_name(words, name.start)]

    def beginnings(self, entries: Iterable[Entry]) -> tuple[set[str], set[str]]:
        """Words and stems, and sounds: every text that names one of *entries* has one where it begins to."""
        words, firsts, met, waiting = set[str](), list[str](), set[tuple[Kind, str]](), [*entries]
        while waiting:
            entry = waiting.pop()
            if (entry.kind, entry.key) not in met:
                met.add((entry.kind, entry.key))
                for parts in filter(None, map(word_stems, entry.names)):
                    words.update(parts[0])
                    if len(parts) > 1:
                        firsts.append(parts[0][0])
                        waiting += self.opening([word for word, _ in parts], parts[0][1])
        return words, set(sounds(firsts))


def _may_name(words: Sequence[Token], at: int) -> bool:
    """
    Whether the single word at *at* can be a name.

    "who said" is not the WHO; "WHO said", "according to the who", "who vs moh" and "!who" are.
    """
    token = words[at]
    english = languages()[0]
    if token.word not in english.function or len(words) == 1:
        return True
    if token.typed.isupper() and len(token.word) > 1 and not all(_loud(each) for each in words):
        return True
    before = words[at - 1].word if at else ""
    after = words[at + 1].word if at + 1 < len(words) else ""
    asks = any(token.word in phrases for phrases in english.asks.values())
    return (before in _BEFORE_NAMES or after in {"vs", "versus"}) if asks else before == "the"


def _loud(token: Token) -> bool:
    return token.typed.isupper() or token.numeric
