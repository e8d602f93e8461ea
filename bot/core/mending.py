"""Typed words as the fact base would spell them; several ways where a word can be read as several names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from bot.core.lexicon import EVENT, is_glue
from bot.core.results import Correction
from bot.core.tokens import Token, tokens
from bot.core.vocabulary import Vocabulary

_MOST_READINGS = 4


@dataclass(frozen=True, slots=True)
class Mended:
    """
    One way to read what was typed.

    Attributes:
        tokens: With typos mended.
        corrections: What was mended, for the member to see.
        choices: Words that were chosen from several equally likely ones.
    """

    tokens: tuple[Token, ...]
    corrections: tuple[Correction, ...]
    choices: tuple[Correction, ...]

    @property
    def text(self) -> str:
        """The question as it reads now."""
        return " ".join(token.typed for token in self.tokens)


@dataclass(frozen=True, slots=True)
class _Way:
    tokens: tuple[Token, ...]
    correction: Correction | None = None
    used: int = 1


def mend(text: str, vocabulary: Vocabulary) -> list[Mended]:
    """Every way to read *text*: one where it is clear, several where a typo or half a name leaves a choice."""
    typed = [piece for token in tokens(text) for piece in (vocabulary.pieces(token) if token.unspaced else [token])]
    named = {at for name in vocabulary.names(typed) for at in range(name.start, name.end)}
    steps: list[list[_Way]] = []
    at = 0
    while at < len(typed):
        before = steps[-1][0].tokens[-1:] if steps else ()
        around = (*before, *typed[at + 1 : at + 2])
        ways = [_Way((typed[at],))] if at in named else _ways(typed, at, around, vocabulary)
        steps.append(ways)
        at += ways[0].used
    mended = [_mended(chosen, steps) for chosen in product(*steps)]
    return mended[:_MOST_READINGS]


def _mended(chosen: Sequence[_Way], steps: Sequence[Sequence[_Way]]) -> Mended:
    return Mended(
        tuple(token for way in chosen for token in way.tokens),
        tuple(way.correction for way in chosen if way.correction),
        tuple(way.correction for way, ways in zip(chosen, steps, strict=True) if way.correction and len(ways) > 1),
    )


def _ways(typed: Sequence[Token], at: int, around: Sequence[Token], vocabulary: Vocabulary) -> list[_Way]:
    token = typed[at]
    if not vocabulary.in_name(token) and not is_glue(token):
        company = vocabulary.beside(token, around)
        if company:
            return [_way(token, company, vocabulary)]
    if vocabulary.knows(token):
        parties = vocabulary.heads(token)
        event = at + 1 < len(typed) and typed[at + 1].word in EVENT
        if not parties or event or (at and not is_glue(around[0])):
            return [_Way((token,))]
        return [_Way(name, _correction(token, " ".join(part.typed for part in name))) for name in parties]
    if at + 1 < len(typed) and (joined := vocabulary.rejoined(token.word + typed[at + 1].word)):
        return [_Way(joined, used=2)]
    if token.unspaced:
        return [_Way((token,))]
    if inflected := vocabulary.inflected(token):
        return [_Way(tuple(tokens(vocabulary.display(inflected))))]
    readings = vocabulary.speller.readings(token.word, foreign=token.cyrillic)
    meanings: dict[object, _Way] = {}
    for reading in readings:
        way = _way(token, reading.word, vocabulary)
        names = vocabulary.names(way.tokens)
        meanings.setdefault(names[0].entries if names else way.tokens[0].stem, way)
    return list(meanings.values()) or [_Way((token,))]


def _way(token: Token, word: str, vocabulary: Vocabulary) -> _Way:
    mended = vocabulary.rejoined(word) or tuple(tokens(vocabulary.display(word))) or tuple(tokens(word))
    return _Way(mended, _correction(token, vocabulary.display(word)) if not is_glue(mended[0]) else None)


def _correction(token: Token, read_as: str) -> Correction:
    return Correction(token.typed, read_as)
