"""Every word a fact base knows: the names of its entries in any spelling, and the words of its claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.core.claims import Claim, Entry, FactBase, Kind
from bot.core.lexicon import FOREIGN_GLUE, GLUE, GLUE_STEMS
from bot.core.numerals import NUMBER_WORDS
from bot.core.spelling import SHORTEST, Speller, ordinary
from bot.core.tokens import Token, stem_word, tokens

_CLAIM_WORD = 0.25
_GLUE_WORD = 0.75
_LONGEST = 10


@dataclass(frozen=True, slots=True)
class Named:
    """Entries that a stretch of tokens names: usually one, or a topic and the metric that shares its word."""

    entries: tuple[Entry, ...]
    start: int
    end: int


def claim_texts(claim: Claim) -> Iterator[str]:
    """The texts of *claim* whose words it can be found by."""
    yield claim.statement
    for quotation in claim.quotations:
        yield quotation.exact
    for figure in claim.figures:
        yield f"{figure.subject} {figure.of}"


class Vocabulary:
    """Names and words of one fact base."""

    def __init__(self, base: FactBase) -> None:
        self._exact: dict[tuple[str, ...], list[Entry]] = {}
        self._stems: dict[tuple[str, ...], list[Entry]] = {}
        self._unspaced: dict[str, list[Entry]] = {}
        self._display: dict[str, str] = {}
        self._joined: dict[str, tuple[Token, ...]] = {}
        for entry in (*base.commands(), *base.metrics.values()):
            for name in entry.names:
                self._add(entry, name)
        self.alias_words = frozenset(word for key in self._exact for word in key)
        self.alias_stems = frozenset(word for key in self._stems for word in key)
        written = [token for claim in base.live for text in claim_texts(claim) for token in tokens(text)]
        for token in written:
            self._display.setdefault(token.word, token.typed)
        self.claim_stems = frozenset(token.stem for token in written)
        self._claim_words = frozenset(token.word for token in written)
        self.speller = Speller(self._handicaps())

    def _add(self, entry: Entry, name: str) -> None:
        parts = tokens(name)
        if not parts:
            return
        for table, key in (
            (self._exact, tuple(part.word for part in parts)),
            (self._stems, tuple(part.stem for part in parts)),
        ):
            entries = table.setdefault(key, [])
            if entry not in entries:
                entries.append(entry)
        for part in parts:
            self._display.setdefault(part.word, part.typed)
        if len(parts) > 1:
            self._joined.setdefault("".join(part.word for part in parts), tuple(parts))
        if any(part.unspaced for part in parts):
            self._unspaced.setdefault("".join(name.split()), []).append(entry)

    def _handicaps(self) -> dict[str, float]:
        words = dict.fromkeys((word for word in GLUE if len(word) >= SHORTEST), _GLUE_WORD)
        words.update(dict.fromkeys(self._claim_words - GLUE, _CLAIM_WORD))
        words.update(dict.fromkeys(self._joined, 0.0))
        words.update(dict.fromkeys(self.alias_words, 0.0))
        return {word: handicap for word, handicap in words.items() if word.isalpha()}

    def display(self, word: str) -> str:
        """A folded word as the fact base spells it."""
        joined = self._joined.get(word)
        if joined:
            return " ".join(part.typed for part in joined)
        return self._display.get(word, word)

    def knows(self, token: Token) -> bool:
        """Whether *token* is a word of the base, of any question, or of ordinary English: nothing to correct."""
        return (
            token.numeric
            or self.meaningful(token)
            or self.glue(token)
            or token.word in NUMBER_WORDS
            or token.word in ordinary()
        )

    def meaningful(self, token: Token) -> bool:
        """Whether the fact base has the word, in a name or in a claim."""
        return (
            token.word in self.alias_words
            or token.stem in self.alias_stems
            or token.stem in self.claim_stems
            or token.word in self._claim_words
        )

    @staticmethod
    def glue(token: Token) -> bool:
        """Whether the word says nothing about the subject."""
        return token.word in GLUE or token.word in FOREIGN_GLUE or token.stem in GLUE_STEMS

    def rejoined(self, word: str) -> tuple[Token, ...]:
        """The words of a name that was typed as one ("northkorea"), or nothing."""
        return self._joined.get(word, ())

    def pieces(self, token: Token) -> list[Token]:
        """A token of an unspaced script cut into the names it holds; what is one letter long is a particle."""
        rest = token.typed
        cut: list[Token] = []
        while rest:
            size = next((n for n in range(len(rest), 0, -1) if rest[:n] in self._unspaced), 0)
            if not size:
                break
            cut.extend(tokens(rest[:size]))
            rest = rest[size:]
        if not cut:
            return [token]
        return cut + (tokens(rest) if len(rest) > 1 else [])

    def names(self, words: Sequence[Token]) -> list[Named]:
        """The names in *words* from left to right, each the longest that starts there."""
        found: list[Named] = []
        at = 0
        while at < len(words):
            named = self._name_at(words, at)
            if named:
                found.append(named)
            at = named.end if named else at + 1
        return found

    def _name_at(self, words: Sequence[Token], start: int) -> Named | None:
        for size in range(min(_LONGEST, len(words) - start), 0, -1):
            part = words[start : start + size]
            entries = self._exact.get(tuple(token.word for token in part)) or self._stems.get(
                tuple(token.stem for token in part)
            )
            if entries:
                return Named(tuple(entries), start, start + size)
        return None


def keys(entries: Iterable[Entry], kind: Kind) -> frozenset[str]:
    """The keys of the entries that are of *kind*."""
    return frozenset(entry.key for entry in entries if entry.kind is kind)


def stems_of(text: str) -> list[str]:
    """The stems of the words of *text* that say something."""
    return [token.stem for token in tokens(text) if not Vocabulary.glue(token)]


def same_stem(first: str, second: str) -> bool:
    """Whether two folded words are forms of one."""
    return stem_word(first) == stem_word(second)
