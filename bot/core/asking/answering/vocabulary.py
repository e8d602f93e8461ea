"""Every word a fact base knows: those of its entries' names, and those of its claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.core.asking.answering.names import FreeNames
from bot.core.asking.answering.spelling import ChatSpeller
from bot.core.asking.reading.spelling import SHORTEST, UNLIKELY
from bot.core.asking.reading.tokens import Token, tokens
from bot.core.claims import Claim, FactBase
from bot.core.number_words import NUMBER_WORDS
from bot.languages import english
from bot.languages.packs import Language, languages

_CLAIM_WORD = 0.25


class Vocabulary:
    """Names and words of one fact base; grows with its claims and never forgets a word of theirs."""

    def __init__(self, base: FactBase) -> None:
        self.names = FreeNames(base)
        self._display: dict[str, str] = {}
        self._stems: set[str] = set()
        self._claim_words: set[str] = set()
        self._said: set[str] = set()
        self._speller: ChatSpeller | None = None
        for text in (*(topic.about for topic in base.topics.values()), *(p.style for p in base.parties.values())):
            self._learn(tokens(text))
        for entry in base.entries():
            self._stems.update(token.stem for name in entry.names for token in tokens(name))

    def says(self, token: Token) -> bool:
        """Whether a claim's statement or quotation has the word, in any form, and it is no mere function word."""
        return token.stem in self._said and token.word not in languages()[0].function

    def read(self, claim: Claim) -> None:
        """Learn the words of *claim*."""
        for text in (claim.statement, *(quotation.exact for quotation in claim.quotations)):
            self._said.update(token.stem for token in tokens(text))
        for text in claim_texts(claim):
            self._learn(tokens(text))

    def _learn(self, words: Iterable[Token]) -> None:
        for token in words:
            if token.word not in self._claim_words and not token.numeric:
                self._claim_words.add(token.word)
                self._stems.add(token.stem)
                self._display.setdefault(token.word, token.typed)
                self._speller = None

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

    def display(self, word: str) -> str:
        """A folded word as the fact base spells it."""
        joined = self.names.joined.get(word)
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
            or english.listed(token.word)
        )

    def in_base(self, token: Token) -> bool:
        """Whether the fact base has the word, in a name or in a claim."""
        return self.names.has(token) or token.stem in self._stems or token.word in self._claim_words


def claim_texts(claim: Claim) -> Iterator[str]:
    """The texts of a claim whose words it can be found by."""
    yield claim.statement
    for quotation in claim.quotations:
        yield quotation.exact
    for caveat in claim.verification.caveats:
        yield caveat.text
    for figure in claim.figures:
        yield f"{figure.quantifier} {figure.subject} {figure.of} {figure.unit}"


def _asking_words() -> frozenset[str]:
    language = languages()[0]
    parts = (*language.words.values(), *language.asks.values())
    return frozenset(
        word for part in parts for starts in part.starts.values() for phrase in starts for word in phrase
    )
