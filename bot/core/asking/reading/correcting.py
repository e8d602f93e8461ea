"""Typed words as the fact base would spell them; several ways where a word can be read as several names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from rapidfuzz.distance import LCSseq

from bot.core.asking.mended import LONGEST, MOST_READINGS, Mended, Way, combined, spellings, split
from bot.core.asking.reading.foreign import in_english
from bot.core.asking.reading.lexicon import CHAT_SPELLINGS, LIGHT, is_function, is_glue
from bot.core.asking.reading.tokens import Token, tokens
from bot.core.asking.reading.vocabulary import Vocabulary
from bot.core.asking.results import Correction
from bot.core.claims import Kind

_LONGEST_CLIPPED = 3
_CLIPPED = (
    *("how", "have", "were", "been", "that", "what", "when", "where"),
    *("why", "which", "from", "with", "this", "many"),
)


def corrected(text: str, vocabulary: Vocabulary) -> list[Mended]:
    """Every way to read *text*: one where it is clear, several where a typo or half a name leaves a choice."""
    typed = split(_spoken(text), vocabulary.names)[:LONGEST]
    written = in_english(typed, vocabulary.names.within(typed))
    steps = spellings(written, vocabulary.names, lambda at, around: _ways(written, at, around, vocabulary))
    spelled = combined(Mended(()), steps)
    whole = [mended for each in spelled for mended in combined(each, _whole_names(each.tokens, vocabulary))]
    return whole[:MOST_READINGS]


def _spoken(text: str) -> str:
    """*text* with the words of chat that hold digits or signs as they are said."""
    return " ".join(CHAT_SPELLINGS.get(word.casefold().strip("?!.,"), word) for word in text.split(" "))


def _ways(typed: Sequence[Token], at: int, around: Sequence[Token], vocabulary: Vocabulary) -> list[Way]:
    token = typed[at]
    if not (vocabulary.names.has_as_typed(token) or is_function(token) or token.word in LIGHT):
        company = vocabulary.names.beside(token, around)
        if company:
            return [_way(token, company, vocabulary)]
    if token.unspaced or vocabulary.knows(token):
        return [Way((token,))]
    if token.typed.islower() and (whole := _unclipped(token.word)):
        return [Way(tokens(whole))]
    if at + 1 < len(typed) and (joined := vocabulary.names.rejoined(token.word + typed[at + 1].word)):
        return [Way(joined, used=2)]
    if inflected := vocabulary.names.inflected(token):
        return [Way(tokens(vocabulary.display(inflected)))]
    meanings: dict[object, Way] = {}
    for reading in vocabulary.speller.readings(token.word, foreign=token.cyrillic):
        way = _way(token, reading.word, vocabulary)
        names = vocabulary.names.within(way.tokens)
        meanings.setdefault(names[0].entries if names else way.tokens[0].stem, way)
    return list(meanings.values()) or [Way((token,))]


@cache
def _unclipped(word: str) -> str | None:
    """The word that only holds a sentence together of which *word* leaves out vowels ("hw", "hav"), else None."""
    consonants = _consonants(word)
    if not consonants or len(word) > _LONGEST_CLIPPED:
        return None
    whole = (each for each in _CLIPPED if len(word) < len(each) and _consonants(each) == consonants)
    return next((each for each in whole if LCSseq.similarity(word, each) == len(word)), None)


def _consonants(word: str) -> str:
    return "".join(letter for letter in word if letter not in "aeiou")


def _way(token: Token, word: str, vocabulary: Vocabulary) -> Way:
    mended = vocabulary.names.rejoined(word) or tokens(vocabulary.display(word)) or tokens(word)
    return Way(mended, None if all(map(is_glue, mended)) else Correction(token.typed, vocabulary.display(word)))


def _whole_names(words: Sequence[Token], vocabulary: Vocabulary) -> list[list[Way]]:
    """
    For each word, itself; or, for half a name that stands alone ("Korea"), each whole name it may be of.

    Not where it stands before "war" or after another name, which make it part of something else; but a metric's
    name does not: "dead Koreans".
    """
    names = vocabulary.names.within(words)
    named = {at for name in names for at in range(name.start, name.end)}
    counting = {name.end for name in names if name.of(Kind.METRIC)}
    steps: list[list[Way]] = []
    for at, token in enumerate(words):
        event = at + 1 < len(words) and words[at + 1].word in vocabulary.synonyms.events
        led = not at or at in counting or vocabulary.synonyms.says_little(words[at - 1])
        alone = at not in named and not event and led
        wholes = vocabulary.names.heads(token, words[at - 1] if at else None) if alone else []
        ways = [Way(name, Correction(token.typed, " ".join(part.typed for part in name))) for name in wholes]
        steps.append(ways or [Way((token,))])
    return steps
