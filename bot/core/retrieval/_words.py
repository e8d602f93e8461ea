"""Text as the words that count: lower case, ASCII, without stop words; and what their forms share."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import snowballstemmer
from anyascii import anyascii

_WORD = re.compile(r"[a-z0-9]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_CURLY = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'"})

_STOP_WORDS = """
a about above after again against all am an and any are as at be because been before being below between both
but by can could did do does doing down during each few for from further had has have having he her here hers
herself him himself his how i if in into is it its itself just me more most my myself no nor not now of off on
once only or other our ours ourselves out over own same she should so some such than that the their theirs
them themselves then there these they this those through to too under until up very was we were what when
where which while who whom why will with would you your yours yourself yourselves s t say says said
"""
STOP = frozenset(_STOP_WORDS.split())

_english: Any = snowballstemmer.stemmer("english")  # pyright: ignore[reportUnknownMemberType]  # untyped library
_english.maxCacheSize = 0  # what it remembers costs more than stemming does


def words(text: str) -> list[str]:
    """The content words of *text*, in order; `6,000` is one word, possessives lose their ending."""
    if not text.isascii():
        text = anyascii(text.translate(_CURLY))
    text = text.lower().replace("'s ", " ").replace("'", "")
    return [word for word in _WORD.findall(_THOUSANDS.sub("", text)) if word not in STOP]


@lru_cache(maxsize=262144)
def stem(word: str) -> str:
    """What the forms of *word* share."""
    return _english.stemWord(word)
