"""Questions in other languages put into English, word by word, as far as people ask about conflicts in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from typing import Protocol

import snowballstemmer

from bot.core.asking.reading.lexicon import FUNCTION, LIGHT, is_function
from bot.core.asking.reading.names import Named
from bot.core.asking.reading.tokens import Token, fold_word, stem_word, tokens
from bot.languages.english import ordinary

_SHORTEST_STEMMED = 5
"""Shorter words are known in the forms that are listed."""

_EVIDENT = 3
"""Shorter words stand in too many languages to tell one."""


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802  # the library's name


@dataclass(slots=True)
class _Language:
    """What words of one language are in English: by their folded forms, one or several words each, and by stem."""

    name: str
    phrases: dict[tuple[str, ...], str] = field(default_factory=dict[tuple[str, ...], str])
    stems: dict[str, str] = field(default_factory=dict[str, str])

    def add(self, form: str, english: str) -> None:
        words = form.split("_")
        self.phrases.setdefault(tuple(map(fold_word, words)), english)
        if len(words) == 1 and len(form) >= _SHORTEST_STEMMED:
            self.stems.setdefault(_stem(self.name, form), english)

    def listed(self, words: Sequence[Token], at: int) -> tuple[str, int] | None:
        """The English of what stands at *at* in just that form, and how many words that is."""
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            found = self.phrases.get(tuple(token.word for token in words[at : at + size]))
            if found:
                return found, size
        return None

    def meaning(self, words: Sequence[Token], at: int) -> tuple[str, int] | None:
        """The English of what stands at *at* in any form, and how many words that is."""
        if (found := self.listed(words, at)) or len(words[at].word) < _SHORTEST_STEMMED:
            return found
        english = self.stems.get(_stem(self.name, words[at].typed))
        return (english, 1) if english else None


_LONGEST = 5
"""Words of the longest phrase in the glosses."""


def in_english(words: Sequence[Token], names: Sequence[Named]) -> tuple[Token, ...]:
    """
    *words* put into English, where more of them belong to one other language alone than to English alone.

    Args:
        names: The names of the fact base among them. They stay as they are, but for single words like the German
            "die", which only hold a sentence together.
    """
    if all(_is_english(token) for token in words):
        return tuple(words)
    language = max(_languages(), key=lambda each: _evidence(each, words, names))
    foreign = _evidence(language, words, names) > 0
    return tuple(_put(language, words, names)) if foreign else tuple(words)


def _put(language: _Language, words: Sequence[Token], names: Sequence[Named]) -> Iterator[Token]:
    size_of = {at: name.end - name.start for name in names for at in range(name.start, name.end)}
    at = 0
    while at < len(words):
        english, size = language.meaning(words, at) or ("", 1)
        glossed = tokens(english)
        longest = max(size_of.get(position, 0) for position in range(at, at + size))
        if not glossed or longest > 1 or (longest and not all(map(is_function, glossed))):
            yield words[at]
            at += 1
        else:
            yield from (token._replace(start=words[at].start) for token in glossed)
            at += size


def _evidence(language: _Language, words: Sequence[Token], names: Sequence[Named]) -> int:
    """How many words speak for *language* and not for English, less those that speak for English alone."""
    theirs = {at for at in range(len(words)) if language.listed(words, at)}
    named = {at for name in names for at in range(name.start, name.end)}
    english = {at for at, token in enumerate(words) if _is_english(token) and at not in named}
    single = {name.start for name in names if name.end == name.start + 1}
    english |= {at for at in single if len(words[at].word) <= _EVIDENT}
    telling = {at for at in theirs if len(words[at].word) >= _EVIDENT}
    return len(telling - english) - len(english - theirs)


def _is_english(token: Token) -> bool:
    return token.typed.isascii() and (token.word in FUNCTION or token.word in LIGHT or token.word in ordinary())


@cache
def _languages() -> tuple[_Language, ...]:
    text = resources.files("bot.core.asking.reading").joinpath("glosses.txt").read_text("utf-8")
    found: list[_Language] = []
    for line in filter(None, text.splitlines()):
        english, colon, forms = line.partition(": ")
        if line.startswith("["):
            found.append(_Language(line.strip("[]")))
        elif colon and not line.startswith("#"):
            for form in forms.split():
                found[-1].add(form, english)
    return tuple(found)


@lru_cache(maxsize=16384)
def _stem(language: str, word: str) -> str:
    stemmer = _stemmers().get(language)
    return fold_word(stemmer.stemWord(word.casefold())) if stemmer else stem_word(word)


@cache
def _stemmers() -> dict[str, _Stemmer]:
    names = ("german", "french", "spanish", "polish")
    return {name: snowballstemmer.stemmer(name) for name in names}  # pyright: ignore[reportUnknownMemberType]  # untyped library
