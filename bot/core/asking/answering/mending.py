"""Typed words as the fact base would spell them; several ways where a word can be read as several names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from bot.core.asking.answering.vocabulary import Vocabulary
from bot.core.asking.mended import Mended
from bot.core.asking.reading.tokens import Token, tokens
from bot.core.asking.results import Correction
from bot.languages import english
from bot.languages.packs import Language

_MOST_READINGS = 4
_LONGEST_INITIALS = 5
_LONGEST = 80
"""How many words of a question are read; what comes after is no question any more."""


@dataclass(frozen=True, slots=True)
class _Way:
    """What one typed word is read as, how many typed words it takes, and what else it may be."""

    tokens: tuple[Token, ...]
    correction: Correction | None = None
    used: int = 1
    others: tuple[Token, ...] = ()


def split(text: str, vocabulary: Vocabulary) -> list[Token]:
    """The tokens of *text*; words of a script without spaces are cut into the names they hold."""
    typed = tokens(text)[:_LONGEST]
    return [piece for token in typed for piece in (vocabulary.names.pieces(token) if token.unspaced else [token])]


def mend(typed: Sequence[Token], vocabulary: Vocabulary, spoken: Sequence[Language]) -> list[Mended]:
    """Every way to read *typed*: one where it is clear, several where a typo or half a name leaves a choice."""
    spelled = _combined(_spellings(_unclipped(typed, vocabulary, spoken), vocabulary, spoken), ())
    whole = [
        replace(mended, others=each.others, corrections=(*each.corrections, *mended.corrections))
        for each in spelled
        for mended in _combined(_whole_names(each.tokens, vocabulary, spoken), each.choices)
    ]
    return whole[:_MOST_READINGS]


def _unclipped(typed: Sequence[Token], vocabulary: Vocabulary, spoken: Sequence[Language]) -> list[Token]:
    """Chat spellings of small words written out, where the base has no such word."""
    found: list[Token] = []
    for token in typed:
        whole = next((each.clipped[token.word] for each in spoken if token.word in each.clipped), None)
        loud = token.typed.isupper() and len(token.word) > 1 and any(whole in each.function for each in spoken)
        plain = whole and not vocabulary.names.has(token) and not loud
        found += tokens(whole) if whole and plain else [token]
    return found


def _combined(steps: Sequence[Sequence[_Way]], before: tuple[Correction, ...]) -> list[Mended]:
    """Every combination of the *steps*' ways."""
    return [_mended(chosen, steps, before) for chosen in islice(product(*steps), _MOST_READINGS)]


def _mended(chosen: Sequence[_Way], steps: Sequence[Sequence[_Way]], before: tuple[Correction, ...]) -> Mended:
    words: list[Token] = []
    others: list[tuple[int, tuple[Token, ...]]] = []
    for way in chosen:
        if way.others:
            others.append((len(words), way.others))
        words += way.tokens
    picked = (way.correction for way, ways in zip(chosen, steps, strict=True) if way.correction and len(ways) > 1)
    return Mended(
        tuple(words),
        tuple(way.correction for way in chosen if way.correction),
        (*before, *picked),
        tuple(others),
    )


def _spellings(typed: Sequence[Token], vocabulary: Vocabulary, spoken: Sequence[Language]) -> list[list[_Way]]:
    named = {at for name in vocabulary.names.within(typed) for at in range(name.start, name.end)}
    steps: list[list[_Way]] = []
    at = 0
    while at < len(typed):
        before = steps[-1][0].tokens[-1:] if steps else ()
        around = (*before, *typed[at + 1 : at + 2])
        steps.append([_Way((typed[at],))] if at in named else _ways(typed, at, around, vocabulary, spoken))
        at += steps[-1][0].used
    return steps


def _ways(
    typed: Sequence[Token], at: int, around: Sequence[Token], vocabulary: Vocabulary, spoken: Sequence[Language]
) -> list[_Way]:
    token = typed[at]
    if not (vocabulary.names.has(token) or any(_holds(token, each) for each in spoken)):
        company = vocabulary.names.beside(token, around)
        if company:
            return [_way(token, company, vocabulary)]
    if token.unspaced or vocabulary.knows(token, spoken):
        return [_Way((token,))]
    if at + 1 < len(typed) and (joined := vocabulary.names.rejoined(token.word + typed[at + 1].word)):
        return [_Way(joined, used=2)]
    if token.word in vocabulary.names.initials and not token.numeric:
        return [
            _Way(vocabulary.names.initials[token.word], _correction(token, vocabulary.names.initials[token.word]))
        ]
    if inflected := vocabulary.names.inflected(token):
        return [_Way(tokens(vocabulary.display(inflected)))]
    if _initials(token, typed):
        return [_Way((token,))]
    own = at > 0 and token.typed[:1].isupper() and sum(each.typed[:1].isupper() for each in typed) <= len(typed) // 2
    return _guesses(token, vocabulary, own=own)


def _holds(token: Token, language: Language) -> bool:
    """Whether *token* holds a question together, or is of saying or of speech: no slip for half a name."""
    return any(language.says(part, token.word) for part in ("function", "saying", "speech"))


def _initials(token: Token, typed: Sequence[Token]) -> bool:
    """Whether *token* is somebody's initials, in capitals among words that are not: one letter off is another."""
    loud = token.typed.isupper() and token.typed.isalpha() and 1 < len(token.typed) <= _LONGEST_INITIALS
    return loud and not all(each.typed.isupper() or each.numeric for each in typed)


def _guesses(token: Token, vocabulary: Vocabulary, *, own: bool) -> list[_Way]:
    """What *token* may be meant as; where it is written as an *own* name, names only."""
    meanings: dict[object, _Way] = {}
    plain: list[_Way] = []
    for reading in vocabulary.speller.readings(token.word, foreign=not token.typed.isascii()):
        way = _way(token, reading.word, vocabulary)
        names = vocabulary.names.within(way.tokens)
        if names:
            meanings.setdefault(frozenset(names[0].entries), way)
        else:
            plain.append(way)
    if meanings:
        return list(meanings.values())
    if not plain or own:
        return [_Way((token,))]
    others = tuple({way.tokens[0].stem: way.tokens[0] for way in plain[1:]}.values())
    return [replace(plain[0], others=others)]


def _way(token: Token, word: str, vocabulary: Vocabulary) -> _Way:
    mended = vocabulary.names.rejoined(word) or tokens(vocabulary.display(word)) or tokens(word)
    return _Way(mended, _correction(token, mended))


def _correction(token: Token, mended: Sequence[Token]) -> Correction:
    return Correction(token.typed, " ".join(part.typed for part in mended))


def _whole_names(words: Sequence[Token], vocabulary: Vocabulary, spoken: Sequence[Language]) -> list[list[_Way]]:
    """For each word, itself; or, for half a name that stands alone ("Korea"), each whole name it may be of."""
    named = {at for name in vocabulary.names.within(words) for at in range(name.start, name.end)}
    steps: list[list[_Way]] = []
    for at, token in enumerate(words):
        last = at + 1 == len(words) or any(words[at + 1].word in each.function for each in spoken)
        alone = at not in named and at - 1 not in named and last
        alone = alone and not (at and _another(words[at - 1], vocabulary, spoken))
        wholes = vocabulary.names.heads(token, words[at - 1] if at else None) if alone else []
        ways = [_Way(name, _correction(token, name)) for name in wholes]
        steps.append(ways or [_Way((token,))])
    return steps


def _another(before: Token, vocabulary: Vocabulary, spoken: Sequence[Language]) -> bool:
    """Whether the word before half a name makes another name of it: "teachers' union" is not the base's union."""
    empty = any(before.word in part for each in spoken for part in (*each.words.values(), *each.asks.values()))
    somebody = english.field(before.word) in (english.PERSON, english.GROUP)
    return somebody and not empty and not vocabulary.in_base(before)
