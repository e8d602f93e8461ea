"""Every word a fact base knows: those of its entries' names, and those of its claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cache

from bot.core.asking.answering.names import FreeNames
from bot.core.asking.answering.spelling import ChatSpeller
from bot.core.asking.reading.spelling import SHORTEST, UNLIKELY
from bot.core.asking.reading.tokens import Token, tokens
from bot.core.claims import Claim, FactBase, Wording
from bot.core.number_words import NUMBER_WORDS
from bot.languages import english
from bot.languages.packs import Language, languages

_CLAIM_WORD = 0.25


class Vocabulary:
    """Names and words of one fact base and its claims."""

    def __init__(self, base: FactBase, names: FreeNames | None = None) -> None:
        """
        Know the names and words of the entries of *base*; its claims' are to be read.

        Args:
            names: The names of the entries of *base*, where they are at hand.
        """
        self.names = names or FreeNames(base)
        self._alike = {} if base.wording.closed else _alike(base.wording)  # a closed one has stricter rules for it
        self._display: dict[str, str] = {}
        self._stems: Counter[str] = Counter()
        self._claim_words: Counter[str] = Counter()
        self._said: Counter[str] = Counter()
        self._speller: ChatSpeller | None = None
        self._know(_by_word(tokens(topic.about) for topic in base.topics.values()))
        self._know(_by_word(tokens(party.style) for party in base.parties.values()))

    def alike(self, token: Token) -> tuple[Token, ...]:
        """The words that the base's vocabulary has for *token*, without itself."""
        return self._alike.get(token.stem, ())

    def says(self, token: Token) -> bool:
        """Whether a claim's statement or quotation has the word, in any form, and it is no mere function word."""
        return token.stem in self._said and token.word not in languages()[0].function

    def read(self, claim: Claim) -> Sequence[Sequence[Token]]:
        """Learn the words of *claim*; gives its texts."""
        texts, said, found = _words_of(claim)
        self._said.update(said)
        self._know(found)
        return texts

    def changed(self, gone: Iterable[Claim], come: Iterable[Claim]) -> Vocabulary:
        """The vocabulary without the words that only the claims *gone* had; those of the ones that *come*, too."""
        after: Vocabulary = copy(self)
        after._display, after._said = dict(self._display), Counter(self._said)
        after._stems, after._claim_words = Counter(self._stems), Counter(self._claim_words)
        after._speller = None
        for claim in come:
            after.read(claim)
        for claim in gone:
            after._forget(claim)
        if self._speller is not None:
            after._speller = after._spelling(self._speller, self._claim_words)
        return after

    def _spelling(self, before: ChatSpeller, words: Mapping[str, int]) -> ChatSpeller:
        """The speller, made of the one that there was when the claims had *words*."""
        come, gone = self._claim_words.keys() - words.keys(), words.keys() - self._claim_words.keys()
        if not come and not gone:
            return before
        return before.changed(
            {word: _CLAIM_WORD for word in come if word.isalpha() and not self._spelled_anyway(word)},
            [word for word in gone if not self._spelled_anyway(word)],
        )

    def _spelled_anyway(self, word: str) -> bool:
        """Whether words are corrected into *word*, or not, whatever claims there are."""
        names = word in self.names.words or word in self.names.joined
        return names or word in _asking_words() or word in languages()[0].function

    def _know(self, found: Mapping[str, Token]) -> None:
        known = self._claim_words
        if new := [token for word, token in found.items() if word not in known]:
            self._display.update([(word, typed) for typed, word, _, _ in new])
            self._stems.update([stem for _, _, stem, _ in new])
            self._speller = None
        known.update(found.keys())

    def _forget(self, claim: Claim) -> None:
        _, said, found = _words_of(claim)
        _subtract(self._said, said)
        _subtract(self._claim_words, found)
        _subtract(self._stems, [token.stem for word, token in found.items() if word not in self._claim_words])

    @property
    def speller(self) -> ChatSpeller:
        """Corrects words into those of the base, of asking, and of names; made anew after a new word."""
        if self._speller is None:
            known = {word: UNLIKELY for word in _asking_words() if len(word) >= SHORTEST}
            known |= {word: _CLAIM_WORD for word in self._claim_words if word not in languages()[0].function}
            known |= dict.fromkeys(self.names.joined, 0.0)
            known |= dict.fromkeys(self.names.words, 0.0)
            asking = (word for word in _asking_words() if len(word) > SHORTEST)
            short = [
                word
                for word in dict.fromkeys((*self.names.words, *self._claim_words, *asking))
                if word not in languages()[0].function
            ]
            self._speller = ChatSpeller({word: cost for word, cost in known.items() if word.isalpha()}, short)
        return self._speller

    def content(self, text: str) -> frozenset[str]:
        """Stems of the words of *text* that say something."""
        return frozenset(token.stem for token in tokens(text) if token.word not in languages()[0].function)

    def display(self, word: str) -> str:
        """A folded word as the fact base spells it."""
        joined = self.names.rejoined(word)
        if joined:
            return " ".join(part.typed for part in joined)
        return self.names.display.get(word) or self._display.get(word, word)

    def knows(self, token: Token, spoken: Iterable[Language]) -> bool:
        """Whether *token* is a word of the base, of any question, or of ordinary English: nothing to correct."""
        return (
            token.numeric
            or self.in_base(token)
            or token.word in NUMBER_WORDS
            or any(
                token.word in part
                for language in spoken
                for part in (*language.words.values(), *language.asks.values())
            )
            or english.common(token.word)
        )

    def in_base(self, token: Token) -> bool:
        """Whether the fact base has the word, in a name or in a claim, or one that is used for it."""
        return (
            self.names.has(token)
            or token.stem in self._stems
            or token.word in self._claim_words
            or token.stem in self._alike
        )


def _alike(wording: Wording) -> dict[str, tuple[Token, ...]]:
    """For the stem of each word of the groups of *wording*, the others of its groups."""
    found: dict[str, dict[str, Token]] = {}
    for group in wording.groups:
        words = {token.stem: token for word in group for token in tokens(word.replace("-", ""))}
        for stem in words:
            found.setdefault(stem, {}).update(words)
    return {stem: tuple(token for other, token in words.items() if other != stem) for stem, words in found.items()}


def _subtract(counted: Counter[str], words: Iterable[str]) -> None:
    """Count each of *words* once less, and forget those that are counted no more."""
    for word in words:
        counted[word] -= 1
        if counted[word] <= 0:
            del counted[word]


def _words_of(claim: Claim) -> tuple[Sequence[Sequence[Token]], set[str], dict[str, Token]]:
    """The texts of *claim*, stems of what it says, and all its words."""
    texts = [tokens(text) for text in claim_texts(claim)]
    said = {stem for words in texts[: 1 + len(claim.quotations)] for _, _, stem, _ in words}
    return texts, said, _by_word(texts)


def _by_word(texts: Iterable[Sequence[Token]]) -> dict[str, Token]:
    """The words of *texts* that are no numbers, folded, each with one that was typed."""
    return {token[1]: token for words in texts for token in words if token[1] > _DIGITS}


_DIGITS = ":"
"""What comes right after them in ASCII."""


def claim_texts(claim: Claim) -> Iterator[str]:
    """The texts of a claim whose words it can be found by."""
    yield claim.statement
    for quotation in claim.quotations:
        yield quotation.exact
    for caveat in claim.verification.caveats:
        yield caveat.text
    for figure in claim.figures:
        yield figure.quantifier
        yield from (figure.subject, figure.of, figure.unit)


@cache
def _asking_words() -> frozenset[str]:
    language = languages()[0]
    parts = (*language.words.values(), *language.asks.values())
    words = (word for part in parts for starts in part.starts.values() for phrase in starts for word in phrase)
    return frozenset(words) - frozenset(NUMBER_WORDS)  # nobody's slip becomes a figure
