"""Every word a fact base knows: those of its entries' names, and those of its claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.core.asking.reading.lexicon import FUNCTION, LIGHT, is_function, is_glue
from bot.core.asking.reading.names import Names
from bot.core.asking.reading.spelling import SHORTEST, UNLIKELY, Speller
from bot.core.asking.reading.synonyms import synonyms
from bot.core.asking.reading.tokens import Token, tokens
from bot.core.claims import Claim, FactBase, Kind
from bot.core.number_words import NUMBER_WORDS
from bot.languages.english import ordinary

_CLAIM_WORD = 0.25
_STRANGE = 0.5


def _texts(base: FactBase) -> Iterator[str]:
    """The texts of entries whose words claims can be found by."""
    for topic in base.topics.values():
        yield topic.about
    for party in base.parties.values():
        yield party.style


def _claim_texts(claim: Claim) -> Iterator[str]:
    """The texts of a claim whose words it can be found by."""
    yield claim.statement
    for quotation in claim.quotations:
        yield quotation.exact
    for caveat in claim.verification.caveats:
        yield caveat.text
    for figure in claim.figures:
        yield f"{figure.subject} {figure.of}"


class Vocabulary:
    """Names and words of one fact base."""

    def __init__(self, base: FactBase, previous: Vocabulary | None = None, names: Names | None = None) -> None:
        """
        Read *base*.

        Args:
            previous: The vocabulary of a base with the same entries: claims that it has read are not read again.
            names: The base's names where they are known.
        """
        self.names = names or Names(base)
        self.synonyms = synonyms(base.wording)
        self._display: dict[str, str] = {}
        read = previous.read if previous else {}
        self.read: dict[int, tuple[Claim, tuple[Token, ...]]] = {
            claim.number: read[claim.number]
            if claim.number in read and read[claim.number][0] == claim
            else (claim, self._written(_claim_texts(claim)))
            for claim in base.live
        }
        written = [*self._written(_texts(base)), *(token for _, words in self.read.values() for token in words)]
        for token in written:
            self._display.setdefault(token.word, token.typed)
        self._claim_words = frozenset(token.word for token in written if not is_function(token))
        self._claim_stems = frozenset(token.stem for token in written if not is_function(token))
        handicaps = self._handicaps()
        same = previous is not None and previous.speller.known == handicaps
        self.speller = previous.speller if previous is not None and same else Speller(handicaps)

    def _written(self, texts: Iterable[str]) -> tuple[Token, ...]:
        return tuple(token for text in texts for token in self._outside_names(tokens(text)))

    def _outside_names(self, words: Sequence[Token]) -> Iterator[Token]:
        """The words that stand outside the names of parties and places: "un" is no word because of Kim Jong Un."""
        names = self.names.within(words, {Kind.PARTY, Kind.PLACE})
        inside = {at for name in names for at in range(name.start, name.end)}
        return (word for at, word in enumerate(words) if at not in inside)

    def _handicaps(self) -> dict[str, float]:
        words = dict.fromkeys((word for word in LIGHT | FUNCTION if len(word) >= SHORTEST), UNLIKELY)
        words.update(dict.fromkeys(self._claim_words - LIGHT, _CLAIM_WORD))
        words.update(dict.fromkeys(self.names.joined, 0.0))
        words.update({word: self._strangeness(word) for word in self.names.words})
        return {word: handicap for word, handicap in words.items() if word.isalpha()}

    def _strangeness(self, word: str) -> float:
        """The handicap of an alias: a topic's word in another language is less often meant than an English one."""
        topical = word in self.names.topical and word not in ordinary() and word not in self._claim_words
        return _STRANGE if topical else 0.0

    def display(self, word: str) -> str:
        """A folded word as the fact base spells it."""
        joined = self.names.rejoined(word)
        if joined:
            return " ".join(part.typed for part in joined)
        return self.names.display.get(word) or self._display.get(word, word)

    def knows(self, token: Token) -> bool:
        """Whether *token* is a word of the base, of any question, or of ordinary English: nothing to correct."""
        return (
            token.numeric
            or is_glue(token)
            or self.in_base(token)
            or self.meaningful(token)
            or token.word in NUMBER_WORDS
            or token.word in ordinary()
        )

    def in_base(self, token: Token) -> bool:
        """Whether the fact base has the word, in a name or in a claim."""
        return self.names.has(token) or token.stem in self._claim_stems or token.word in self._claim_words

    def meaningful(self, token: Token) -> bool:
        """Whether the fact base has the word, or one that is used for it."""
        return token.stem in self._claim_stems or not self._claim_stems.isdisjoint(self.synonyms.alike(token.stem))
