"""The words that the rules of a closed vocabulary are made of, out of `words.toml`."""

from __future__ import annotations

import tomllib
from importlib import resources

from bot.core.asking.reading.tokens import Token, fold_word, stem_word
from bot.languages.english import ordinary

_TABLES: dict[str, dict[str, str]] = tomllib.loads(
    resources.files("bot.core.asking.reading").joinpath("words.toml").read_text("utf-8")
)
_LISTED = _TABLES["language"]


def _words(name: str) -> frozenset[str]:
    return frozenset(fold_word(word) for word in _LISTED[name].split())


def _stems(name: str) -> frozenset[str]:
    return frozenset(stem_word(word) for word in _LISTED[name].split())


HOW_MANY = _words("how_many")
NUMBER_OF = _words("number_of")
SIZED = _words("sized")
FIGURES = _words("figures")
WHEN = _words("when")
WHO = _words("who")
WHERE = _words("where")
VERIFIED = _stems("verified")
SAY = _stems("say")
STATEMENT = _stems("statement")
TELLING = _stems("telling")
ACCORDING = _words("according")
WITH = _words("with")
"""Words before somebody who is there besides the one it is about."""

AUXILIARY = _words("auxiliary")

FUNCTION = _words("function")
"""English words that only hold a sentence together."""

LIGHT = _words("light")
"""English words that say little about the subject: a claim need not have them, but ranks higher with them."""

CHAT = _words("chat")
"""Words of chat that say nothing about the subject."""

CHAT_SPELLINGS = _TABLES["chat_spellings"]
"""Words of chat that are written with digits and signs, which would be read as numbers."""

PHRASES = frozenset((verb, after) for verb, ends in _TABLES["ends"].items() for after in ends.split())
"""Words that say little together with the word after them, though they say much alone."""

BIDS = _words("bids")
"""Verbs that, as the first word, want something done, not told."""

TITLES = _words("titles")
"""Words that may stand before a person's name without adding to it."""

OUTLETS = _words("outlets")
"""Words that may stand beside the name of a medium without adding to it."""

OFFICES = _words("offices")
"""With an article, words that mean the one office of that kind that the base has: "the ministry"."""

FOREIGN_GLUE = _words("foreign_glue")
WHY = _words("why")
WHY_PHRASES = frozenset({("how", "come"), ("what", "for"), ("point", "of"), ("point", "in"), ("sake", "of")})
COMPARED = _words("compared")
SPANS = _stems("spans")
"""Words that tell in a claim how long something lasted."""

PURPOSES = _stems("purposes")
"""Words that tell in a claim what something is done for."""

COMING = _stems("coming")
"""What people who have a mission were made to do: a claim on the mission need not repeat it."""

_TRANSLITERATED = 4
"""Foreign words are also known in Latin letters ("skolko") from this length on, unless they are English too."""

_GLUE = LIGHT | CHAT
_GLUE_STEMS = SAY | VERIFIED | frozenset(map(stem_word, LIGHT))


def is_function(token: Token) -> bool:
    """Whether the word only holds a sentence together."""
    if token.word in FUNCTION:
        return True
    foreign = not token.typed.isascii() or (len(token.word) >= _TRANSLITERATED and token.word not in ordinary())
    return foreign and token.word in FOREIGN_GLUE


def is_asking(token: Token) -> bool:
    """Whether the word asks who says something or whether it was checked; claims are not about that."""
    return token.stem in SAY or token.stem in VERIFIED or token.stem in STATEMENT


def is_glue(token: Token) -> bool:
    """Whether the word says little or nothing about the subject, so that a claim need not have it."""
    adverb = len(token.word) > 5 and token.word.endswith("ly") and token.word in ordinary()
    return is_function(token) or adverb or token.word in _GLUE or token.stem in _GLUE_STEMS
