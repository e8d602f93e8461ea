"""Typed words as the fact base would spell them; several ways where a word can be read as several names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, product

from rapidfuzz.distance import LCSseq

from bot.core.asking.mended import Mended
from bot.core.asking.reading.foreign import in_english
from bot.core.asking.reading.lexicon import CHAT_SPELLINGS, LIGHT, is_function, is_glue
from bot.core.asking.reading.tokens import Token, tokens
from bot.core.asking.reading.vocabulary import Vocabulary
from bot.core.asking.results import Correction
from bot.core.claims import Kind

_MOST_READINGS = 4
_LONGEST_CLIPPED = 3
_CLIPPED = (
    *("how", "have", "were", "been", "that", "what", "when", "where"),
    *("why", "which", "from", "with", "this", "many"),
)
_LONGEST = 80
"""How many words of a question are read; what comes after is no question any more."""


@dataclass(frozen=True, slots=True)
class _Way:
    """What one typed word is read as, and how many typed words it takes."""

    tokens: tuple[Token, ...]
    correction: Correction | None = None
    used: int = 1


def corrected(text: str, vocabulary: Vocabulary) -> list[Mended]:
    """Every way to read *text*: one where it is clear, several where a typo or half a name leaves a choice."""
    words = tokens(_spoken(text))[:_LONGEST]
    typed = [piece for token in words for piece in (vocabulary.names.pieces(token) if token.unspaced else [token])][
        :_LONGEST
    ]
    spelled = _combined(Mended(()), _spellings(in_english(typed, vocabulary.names.within(typed)), vocabulary))
    whole = [mended for each in spelled for mended in _combined(each, _whole_names(each.tokens, vocabulary))]
    return whole[:_MOST_READINGS]


def _spoken(text: str) -> str:
    """*text* with the words of chat that hold digits or signs as they are said."""
    return " ".join(CHAT_SPELLINGS.get(word.casefold().strip("?!.,"), word) for word in text.split(" "))


def _combined(before: Mended, steps: Sequence[Sequence[_Way]]) -> list[Mended]:
    """Every combination of the *steps*' ways, after what was mended *before*."""
    return [
        Mended(
            tuple(token for way in chosen for token in way.tokens),
            (*before.corrections, *(way.correction for way in chosen if way.correction)),
            (
                *before.choices,
                *(
                    way.correction
                    for way, ways in zip(chosen, steps, strict=True)
                    if way.correction and len(ways) > 1
                ),
            ),
        )
        for chosen in islice(product(*steps), _MOST_READINGS)
    ]


def _spellings(typed: Sequence[Token], vocabulary: Vocabulary) -> list[list[_Way]]:
    named = {at for name in vocabulary.names.within(typed) for at in range(name.start, name.end)}
    steps: list[list[_Way]] = []
    at = 0
    while at < len(typed):
        before = steps[-1][0].tokens[-1:] if steps else ()
        around = (*before, *typed[at + 1 : at + 2])
        steps.append([_Way((typed[at],))] if at in named else _ways(typed, at, around, vocabulary))
        at += steps[-1][0].used
    return steps


def _ways(typed: Sequence[Token], at: int, around: Sequence[Token], vocabulary: Vocabulary) -> list[_Way]:
    token = typed[at]
    if not (vocabulary.names.has_as_typed(token) or is_function(token) or token.word in LIGHT):
        company = vocabulary.names.beside(token, around)
        if company:
            return [_way(token, company, vocabulary)]
    if token.unspaced or vocabulary.knows(token):
        return [_Way((token,))]
    if token.typed.islower() and (whole := _unclipped(token.word)):
        return [_Way(tokens(whole))]
    if at + 1 < len(typed) and (joined := vocabulary.names.rejoined(token.word + typed[at + 1].word)):
        return [_Way(joined, used=2)]
    if inflected := vocabulary.names.inflected(token):
        return [_Way(tokens(vocabulary.display(inflected)))]
    meanings: dict[object, _Way] = {}
    for reading in vocabulary.speller.readings(token.word, foreign=token.cyrillic):
        way = _way(token, reading.word, vocabulary)
        names = vocabulary.names.within(way.tokens)
        meanings.setdefault(names[0].entries if names else way.tokens[0].stem, way)
    return list(meanings.values()) or [_Way((token,))]


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


def _way(token: Token, word: str, vocabulary: Vocabulary) -> _Way:
    mended = vocabulary.names.rejoined(word) or tokens(vocabulary.display(word)) or tokens(word)
    return _Way(mended, None if all(map(is_glue, mended)) else Correction(token.typed, vocabulary.display(word)))


def _whole_names(words: Sequence[Token], vocabulary: Vocabulary) -> list[list[_Way]]:
    """
    For each word, itself; or, for half a name that stands alone ("Korea"), each whole name it may be of.

    Not where it stands before "war" or after another name, which make it part of something else; but a metric's
    name does not: "dead Koreans".
    """
    names = vocabulary.names.within(words)
    named = {at for name in names for at in range(name.start, name.end)}
    counting = {name.end for name in names if name.of(Kind.METRIC)}
    steps: list[list[_Way]] = []
    for at, token in enumerate(words):
        event = at + 1 < len(words) and words[at + 1].word in vocabulary.synonyms.events
        led = not at or at in counting or vocabulary.synonyms.says_little(words[at - 1])
        alone = at not in named and not event and led
        wholes = vocabulary.names.heads(token, words[at - 1] if at else None) if alone else []
        ways = [_Way(name, Correction(token.typed, " ".join(part.typed for part in name))) for name in wholes]
        steps.append(ways or [_Way((token,))])
    return steps
