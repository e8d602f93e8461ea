"""The parts of a question that a claim can meet: names, phrases and words; and which of them are strangers' names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.core.asking.answering.question import NOUN, Unit
from bot.core.asking.answering.vocabulary import Vocabulary
from bot.core.asking.mended import Mended
from bot.core.asking.reading.names import Named
from bot.core.asking.reading.tokens import Token
from bot.core.asking.reading.tokens import tokens as tokens_of
from bot.core.claims import Kind
from bot.languages import english
from bot.languages.packs import languages

_SHORTEST_STRANGER = 2
_SHORTEST_LOUD = 3
"""Titles write longer words than this with a capital."""

_SHORTEST_QUIET = 5
"""A shorter unknown word in small letters is taken for a slip of the keyboard, not for somebody's name."""

_BEARERS = (english.PERSON, english.GROUP, english.PLACE)
"""What bears names that people type in small letters, too."""

_FORMED = ("ed", "ing", "ly", "iest")
"""Endings of verbs, adverbs and superlatives, which no name is."""

_SLIP, _HALF, _ATTRIBUTE = 0.3, 0.5, 0.8


def units_of(
    mended: Mended, named: Sequence[Named], taken: set[int], empty: frozenset[int], vocabulary: Vocabulary
) -> Iterator[Unit]:
    """
    The names and content words of a question, left to right.

    Args:
        taken: Positions in names, dates and numbers; empty: those of words that a claim need not have.
    """
    tokens, others = mended.tokens, dict(mended.others)
    names = {name.start: name for name in named}
    people = languages()[0].words["people"]
    phrases = _phrases(tokens, taken, empty)
    together = {at for start, phrase in phrases.items() for at in range(start, start + phrase.count(" ") + 1)}
    for at, token in enumerate(tokens):
        if at in phrases:
            end = at + phrases[at].count(" ") + 1
            parts = tuple(tokens[each] for each in range(at, end) if each not in empty)
            weight = max(english.information(part.word) for part in parts)
            whole = phrases[at]
            yield Unit(at, end, parts, others=(Token(whole, whole, whole),), weight=weight, phrase=whole)
        elif at in together:
            continue
        elif at in names:
            name = names[at]
            parts = tokens[name.start : name.end]
            weight = max(english.information(part.word) for part in parts)
            yield Unit(name.start, name.end, parts, name.entries, weight=max(weight, NOUN))
        elif at not in taken and token.word in people:
            yield Unit(at, at + 1, (token,), weight=english.information(token.word), people=True)
        elif at not in taken and at in empty and vocabulary.says(token):
            yield Unit(at, at + 1, (token,), weight=_HALF * english.information(token.word), light=True)
        elif at not in taken and (at not in empty or _attribute(tokens, at, empty)) and not token.numeric:
            yield Unit(
                at,
                at + 1,
                (token,),
                others=(*others.get(at, ()), *vocabulary.alike(token), *_forms(token)),
                weight=max(_weight(token, vocabulary), _ATTRIBUTE * _attribute(tokens, at, empty)),
                stranger=_stranger(tokens, at, vocabulary)
                or _makes_another(tokens, at, names.get(at + 1), vocabulary),
                attribute=_attribute(tokens, at, empty),
            )


def _phrases(tokens: Sequence[Token], taken: set[int], empty: frozenset[int]) -> dict[int, str]:
    """Phrases that are no things, by where they begin: what somebody does ("pull the plug"), not "police officer"."""
    words, found, end = [token.word for token in tokens], dict[int, str](), 0
    for at in range(len(words)):
        if at < end or not (phrase := english.phrase(words, at)) or english.noun(phrase) >= NOUN:
            continue
        covered = range(at, at + phrase.count(" ") + 1)
        if taken.isdisjoint(covered) and not empty.issuperset(covered):
            found[at], end = phrase, covered[-1] + 1
    return found


def _forms(token: Token) -> Iterator[Token]:
    """The word in forms that its stem does not tell: "sold" of "sell"."""
    return (form for word in english.forms(token.word) for form in tokens_of(word) if form.stem != token.stem)


def _attribute(tokens: Sequence[Token], at: int, empty: frozenset[int]) -> bool:
    """Whether it is what "how old", "how deep" and the like ask for: an attribute that must be met."""
    return at > 0 and tokens[at - 1].word == "how" and at not in empty


def _weight(token: Token, vocabulary: Vocabulary) -> float:
    """How much a word tells: little where it is but a short slip that nothing is known of."""
    slip = len(token.word) < _SHORTEST_QUIET and token.typed.islower() and not english.known(token.word)
    return _SLIP if slip and not vocabulary.in_base(token) else english.information(token.word)


def _stranger(tokens: Sequence[Token], at: int, vocabulary: Vocabulary) -> bool:
    """Whether the word is somebody's or something's own name that no entry and no claim has."""
    token = tokens[at]
    named = token.typed[:1].isupper() or english.proper(token.word) or not english.known(token.word)
    if named and len(vocabulary.names.heads(token, None)) > 1:
        return True  # half of several names, beside what makes none of them: "Korean war"
    if vocabulary.in_base(token) or len(token.word) < _SHORTEST_STRANGER:
        return False
    loud = sum(each.typed[:1].isupper() for each in tokens)
    if token.typed[:1].isupper() and loud <= len(tokens) // 2 and (at > 0 or not english.known(token.word)):
        return True
    if english.national(token.word):
        return True
    if english.proper(token.word) and (token.typed[:1].isupper() or english.field(token.word) in _BEARERS):
        return True
    return not english.known(token.word) and len(token.word) >= _SHORTEST_QUIET and not token.word.endswith(_FORMED)


def _makes_another(tokens: Sequence[Token], at: int, name: Named | None, vocabulary: Vocabulary) -> bool:
    """Whether it stands before a party's name of one plain word and makes another's of it: "teachers' union"."""
    if name is None or not name.of(Kind.PARTY) or vocabulary.in_base(tokens[at]):
        return False
    if at > 0 and tokens[at].typed[:1].isupper() and tokens[name.start].typed[:1].isupper():
        return any(len(each.word) > _SHORTEST_LOUD and each.typed.islower() for each in tokens)
    if name.end > name.start + 1:
        return False
    plain = english.known(tokens[name.start].word) and not tokens[name.start].typed[:1].isupper()
    words = [token.word for token in tokens]
    return plain and (
        english.field(tokens[at].word) in (english.PERSON, english.GROUP) or english.phrase(words, at).count(" ") == 1
    )


def contracted(token: Token) -> bool:
    """Whether it is a small word with a verb drawn to it: "I'll", "they'd"."""
    whole, _, verb = token.typed.casefold().replace("\u2019", "'").partition("'")
    language = languages()[0]
    return language.says("drawn", verb) and whole in language.function
