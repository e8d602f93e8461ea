"""Typed words as the fact base would spell them; several ways where a word can be read as several names."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.core.asking.answering.vocabulary import Vocabulary
from bot.core.asking.mended import MOST_READINGS, Mended, Way, combined, spellings
from bot.core.asking.reading.tokens import Token, tokens
from bot.core.asking.results import Correction
from bot.core.number_words import NUMBER_WORDS
from bot.languages import english
from bot.languages.packs import Language

_LONGEST_INITIALS = 5
_PAIR, _LONGEST_PHRASE = 2, 5
_SHORTEST_CLIPPED = 4
_NEAREST_SLIP = 1.25


def mend(typed: Sequence[Token], vocabulary: Vocabulary, spoken: Sequence[Language]) -> list[Mended]:
    """Every way to read *typed*: one where it is clear, several where a typo or half a name leaves a choice."""
    written = _unclipped(typed, vocabulary, spoken)
    steps = spellings(written, vocabulary.names, lambda at, around: _ways(written, at, around, vocabulary, spoken))
    spelled = combined(Mended(()), steps)
    whole = [mended for each in spelled for mended in combined(each, _whole_names(each.tokens, vocabulary, spoken))]
    return whole[:MOST_READINGS]


def _unclipped(typed: Sequence[Token], vocabulary: Vocabulary, spoken: Sequence[Language]) -> list[Token]:
    """Chat spellings of small words written out, where the base has no such word, and informal words made plain."""
    clipped = ChainMap(*(dict(each.clipped) for each in spoken))
    joined = [*_said_as(typed, clipped, lambda _, size: size == _PAIR)]
    named = {at for name in vocabulary.names.within(joined) for at in range(name.start, name.end)}
    informal: Mapping[str, str] = spoken[0].informal if len(spoken) == 1 else {}
    found: list[Token] = []
    for token in _said_as(
        joined,
        informal,
        lambda at, size: named.isdisjoint(range(at, at + size)) and (size > 1 or not vocabulary.in_base(joined[at])),
    ):
        whole = clipped.get(token.word)
        loud = token.typed.isupper() and len(token.word) > 1 and any(whole in each.function for each in spoken)
        plain = whole and not vocabulary.names.has(token) and not loud
        found += tokens(whole) if whole and plain else [token]
    return found


def _said_as(typed: Sequence[Token], meant: Mapping[str, str], may: Callable[[int, int], bool]) -> Iterator[Token]:
    """The words of *typed*, the longest phrases of them that are *meant* otherwise put so, where that many *may*."""
    words, at = [token.word for token in typed], 0
    while at < len(words):
        sizes = range(min(_LONGEST_PHRASE, len(words) - at), 0, -1)
        size = next((size for size in sizes if "_".join(words[at : at + size]) in meant and may(at, size)), 0)
        yield from tokens(meant["_".join(words[at : at + size])].replace("_", " ")) if size else (typed[at],)
        at += size or 1


def _ways(
    typed: Sequence[Token], at: int, around: Sequence[Token], vocabulary: Vocabulary, spoken: Sequence[Language]
) -> list[Way]:
    token = typed[at]
    held = any(each.says(part, token.word) for each in spoken for part in ("function", "saying", "speech"))
    if not (held or vocabulary.names.has(token)):  # what holds a question together is no slip for half a name
        company = vocabulary.names.beside(token, around)
        if company:
            return [_way(token, company, vocabulary)]
    if token.unspaced or vocabulary.knows(token, spoken):
        return [Way((token,))]
    if at + 1 < len(typed) and (joined := vocabulary.names.rejoined(token.word + typed[at + 1].word)):
        return [Way(joined, used=2)]
    if token.word in vocabulary.names.initials and not token.numeric:
        whole = tokens(vocabulary.names.initials[token.word])
        return [Way(whole, _correction(token, whole))]
    if inflected := vocabulary.names.inflected(token):
        return [Way(tokens(vocabulary.display(inflected)))]
    if _initials(token, typed):
        return [Way((token,))]
    own = at > 0 and token.typed[:1].isupper() and sum(each.typed[:1].isupper() for each in typed) <= len(typed) // 2
    return _guesses(token, vocabulary, own=own)


def _initials(token: Token, typed: Sequence[Token]) -> bool:
    """Whether *token* is somebody's initials, in capitals among words that are not: one letter off is another."""
    loud = token.typed.isupper() and token.typed.isalpha() and 1 < len(token.typed) <= _LONGEST_INITIALS
    return loud and not all(each.typed.isupper() or each.numeric for each in typed)


def _guesses(token: Token, vocabulary: Vocabulary, *, own: bool) -> list[Way]:
    """What *token* may be meant as; where it is written as an *own* name, names only."""
    rare = english.listed(token.word)  # a slip only where nothing else comes as near
    meanings: dict[object, Way] = {}
    plain: list[Way] = []
    for reading in vocabulary.speller.readings(token.word, foreign=not token.typed.isascii()):
        if (rare and reading.cost > _NEAREST_SLIP) or reading.word in NUMBER_WORDS:
            continue  # nobody's slip becomes a figure
        way = _way(token, reading.word, vocabulary)
        names = vocabulary.names.within(way.tokens)
        if names:
            meanings.setdefault(frozenset(names[0].entries), way)
        else:
            plain.append(way)
    if meanings:
        return list(meanings.values())
    if (
        not plain
        and not own
        and not rare
        and len(token.word) > _SHORTEST_CLIPPED
        and (whole := english.clipped(token.word))
    ):
        return [Way(tokens(whole), _correction(token, tokens(whole)))]
    if not plain or own:
        return [Way((token,))]
    others = tuple({way.tokens[0].stem: way.tokens[0] for way in plain[1:]}.values())
    return [replace(plain[0], others=others)]


def _way(token: Token, word: str, vocabulary: Vocabulary) -> Way:
    mended = vocabulary.names.rejoined(word) or tokens(vocabulary.display(word)) or tokens(word)
    return Way(mended, _correction(token, mended))


def _correction(token: Token, mended: Sequence[Token]) -> Correction:
    return Correction(token.typed, " ".join(part.typed for part in mended))


def _whole_names(words: Sequence[Token], vocabulary: Vocabulary, spoken: Sequence[Language]) -> list[list[Way]]:
    """For each word, itself; or, for half a name that stands alone ("Korea"), each whole name it may be of."""
    named = {at for name in vocabulary.names.within(words) for at in range(name.start, name.end)}
    steps: list[list[Way]] = []
    for at, token in enumerate(words):
        last = at + 1 == len(words) or any(words[at + 1].word in each.function for each in spoken)
        alone = at not in named and at - 1 not in named and last
        alone = alone and not (at and _another(words[at - 1], vocabulary, spoken))
        wholes = vocabulary.names.heads(token, words[at - 1] if at else None) if alone else []
        ways = [Way(name, _correction(token, name)) for name in wholes]
        steps.append(ways or [Way((token,))])
    return steps


def _another(before: Token, vocabulary: Vocabulary, spoken: Sequence[Language]) -> bool:
    """Whether the word before half a name makes another name of it: "teachers' union" is not the base's union."""
    empty = any(before.word in part for each in spoken for part in (*each.words.values(), *each.asks.values()))
    somebody = english.field(before.word) in (english.PERSON, english.GROUP)
    return somebody and not empty and not vocabulary.in_base(before)
