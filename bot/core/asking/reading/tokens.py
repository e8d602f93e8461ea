"""Typed text as tokens: each keeps what was typed, its folded form in ASCII, and its stem."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain
from typing import Any, NamedTuple, cast

import snowballstemmer
from anyascii import anyascii

from bot.core.digits import DIGITS, latin_digits, plain_digits, written
from bot.core.native_digits import in_latin_digits
from bot.languages.packs import languages

_INVISIBLE = re.compile(r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_APOSTROPHES = re.compile(r"[\u2018\u2019\u201b\u02bc\u02b9\u0060\u00b4\u2032]")
_MENTION = re.compile(r"<(?:[@#][!&]?|a?:\w+:|t:)[^>\s]*>|https?://\S+")
_TOKEN = re.compile(
    rf"""
    (?=[^\W_]|\.\d)  # nothing else begins one: most of what stands between words is passed by at once
    (?:
      (?P<elided>\b(?:qu(?=')|[ldjmtnsc](?='[^\W\d_]{{2}})))
    | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)
    | (?P<code>\d+ (?!e\d{{1,2}}\b) (?:[^\W\d_\u3400-\u9fff\uac00-\ud7a3]+\d+)+ [^\W\d_]*)
    | (?P<fraction>\d{{1,12}}\s?/\s?\d{{1,12}})
    | (?P<number>(?<![\w.])\.\d+|{DIGITS})
      (?P<unit>\s?%|e\d{{1,2}}(?!\w)|(?:[kmк]|bn|mn|mln|tn|mrd|mio|pc|тыс|тис|млн|млрд)(?![^\W_\u3400-\u9fff\uac00-\ud7a3]))?
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORD, _MARKED = re.compile(r"[^\W\d_]+"), re.compile(r"[\d']")
_RAISED = re.compile(r"[\u00bc-\u00be\u2150-\u215e\u00b2\u00b3\u00b9\u2070-\u2089]")
_AFTER_DIGIT = re.compile(rf"(?<=\d)(?={_RAISED.pattern})")
"""Fractions in one character and raised digits, which belong to no number before them: 2½, 6,000²."""
_HIGH_DOT = re.compile(r"(?<=\d)\u00b7(?=\d)")
_UKRAINIAN = str.maketrans({"і": "и", "ї": "и", "є": "е", "ґ": "г", "ё": "е", "ь": None, "ъ": None})
_ENDINGS = ("ion", "ment", "li", "or")
_DERIVED = re.compile(rf"(?<=[a-z]{{5}})(?:{'|'.join(_ENDINGS)})\Z")
"""Endings that the English rules leave on: creation and create, settlement and settle, instructor and instruct."""

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_UNSPACED = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af]")

_english: Any = snowballstemmer.stemmer("english")  # pyright: ignore[reportUnknownMemberType]  # untyped library
_russian: Any = snowballstemmer.stemmer("russian")  # pyright: ignore[reportUnknownMemberType]  # untyped library
_english.maxCacheSize = _russian.maxCacheSize = 0  # what they remember costs three times what stemming does


class Token(NamedTuple):
    """
    One word or number of a text.

    Attributes:
        typed: As it stands in the text.
        word: Folded: ASCII, lower case, letters and digits only ("6000", "kursk", "2/3", "6k").
        stem: What its inflected forms share; equal to `word` for numbers.
        start: Offset in the cleaned text, for readers of what stands around a number ("Uran-6", "2nd").
    """

    typed: str
    word: str
    stem: str
    start: int = 0

    @property
    def numeric(self) -> bool:
        """Whether it is written with digits."""
        return self.word[:1].isdigit()

    @property
    def cyrillic(self) -> bool:
        """Whether it is written in Cyrillic letters."""
        return bool(_CYRILLIC.search(self.typed))

    @property
    def unspaced(self) -> bool:
        """Whether its script writes particles or whole sentences without spaces (Korean, Chinese, Japanese)."""
        return bool(_UNSPACED.search(self.typed))


_token = partial(cast("Callable[[type[Token], tuple[str, str, str, int]], Token]", tuple.__new__), Token)
"""A token of its parts, at half of what calling the class costs."""


def clean(text: str) -> str:
    """*text* in compatibility form without invisible marks, mentions and links; one kind of apostrophe."""
    plain = _plain(text)
    return plain if plain.isascii() else in_latin_digits(plain)


def _plain(text: str) -> str:
    """*text* cleaned in all but numbers that are spelled in signs, which no line of it is looked through for."""
    if "<" in text or "://" in text:
        text = _MENTION.sub(" ", text)
    if not text.isascii():  # few texts; no other mark can be in the rest
        text = _INVISIBLE.sub("", text)
        text = _APOSTROPHES.sub("'", _AFTER_DIGIT.sub(" ", text) if _RAISED.search(text) else text)
        text = unicodedata.normalize("NFKC", text).replace("\u066b", ".").replace("\u066c", ",")
        text = text.replace("\u2044", "/")
        if "\u00b7" in text:
            text = _HIGH_DOT.sub(".", text)
        text = latin_digits(text)
    return text.replace("`", "'")


class _Latin(dict[int, str]):
    """What stands for a character in ASCII, by its code; looked up the first time."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, anyascii(chr(code)))


_latin = _Latin()


def fold_word(word: str) -> str:
    """One word in ASCII lower case, letters and digits only."""
    return "".join(_fold([word]))


def _fold(words: Sequence[str]) -> list[str]:
    """`fold_word` of each of *words*, which have no line break, at once: most of what that costs is by the call."""
    lowered = "\n".join(words).casefold()
    folded = (lowered if lowered.isascii() else lowered.translate(_latin).casefold()).split("\n")
    return [word if word.isalnum() else "".join(filter(str.isalnum, word)) for word in folded]


def stem_word(word: str) -> str:
    """
    The stem of one word as typed, in ASCII.

    Cyrillic is stemmed before it is transliterated, Ukrainian by the Russian rules after its own letters are
    mapped to theirs: their endings are alike enough to bring cases and plurals together.
    """
    return _stems_of([word.replace("\n", "")], [fold_word(word)])[0]


def _stems_of(words: Sequence[str], folded: Sequence[str]) -> list[str]:
    """`stem_word` of each of *words* at once, which are *folded* so."""
    forms, found = languages()[0].forms, zip(folded, _english.stemWords(folded), strict=True)
    stems = [forms.get(word) or (_DERIVED.sub("", stem) if stem.endswith(_ENDINGS) else stem) for word, stem in found]
    cyrillic = [at for at, word in enumerate(words) if not word.isascii() and _CYRILLIC.search(word)]
    if cyrillic:
        text = unicodedata.normalize("NFC", "\n".join([words[at] for at in cyrillic]).casefold())
        found = _fold(_russian.stemWords(text.translate(_UKRAINIAN).split("\n")))
        for at, stem in zip(cyrillic, found, strict=True):
            stems[at] = stem
    return stems


def _without_possessive(word: str) -> str:
    lowered = word.casefold()
    if lowered.endswith("'s"):
        return word[:-2]
    return word.replace("'", "")


class _Folded(dict[str, tuple[str, str]]):
    """Of typed words the folded form and the stem; both empty where there is no letter to speak of."""

    def __missing__(self, typed: str) -> tuple[str, str]:
        return self.learn([typed])[typed]

    def learn(self, typed: Iterable[str]) -> Mapping[str, tuple[str, str]]:
        """All that is known, and those of the *typed* that were not, taken together."""
        new = [word for word in set(typed) if word not in self]
        if not new:
            return self
        if len(self) > _WORDS_KEPT:
            self.clear()
        plain = [word if "'" not in word else _without_possessive(word) for word in new]
        folded = _fold(plain)
        stems = _stems_of(plain, folded)
        self.update((a, (b, c if b else "")) for a, b, c in zip(new, folded, stems, strict=True))
        return self


_WORDS_KEPT = 65_536
_folded = _Folded()


def word_stems(text: str) -> Sequence[tuple[str, str]]:
    """Word and stem of each of the tokens of *text*: all that most readers of names need of them."""
    return _spelled.get(text) or [(word, stem) for _, word, stem, _ in tokens(text)]


def all_word_stems(texts: Sequence[str]) -> Sequence[Sequence[tuple[str, str]]]:
    """`word_stems` of each of *texts*, many of which are taken apart together: that is most of what a name costs."""
    some = (texts[at : at + _TOGETHER] for at in range(0, len(texts), _TOGETHER))
    return [*chain.from_iterable(map(_word_stems_of, some))]


_TOGETHER = 2_000
"""Texts at once: while the longest of them are stemmed, nobody else gets to work."""


def _word_stems_of(texts: Sequence[str]) -> Sequence[Sequence[tuple[str, str]]]:
    lines = _plain("\n".join(texts)).split("\n")
    if len(lines) != len(texts):  # a line breaks within one
        lines = [_plain(text).replace("\n", " ") for text in texts]
    lines = [line if line.isascii() else in_latin_digits(line) for line in lines]
    typed = [(line,) if line.isalpha() else None if _MARKED.search(line) else _WORD.findall(line) for line in lines]
    known = _folded.learn(chain.from_iterable(filter(None, typed)))
    found = [
        tuple([(token.word, token.stem) for token in tokens(line)])
        if words is None
        else tuple([folded for word in words if (folded := known[word])[0]])
        for line, words in zip(lines, typed, strict=True)
    ]
    if len(_spelled) + len(texts) > _KEPT:
        _spelled.clear()
    _spelled.update(zip(texts, found, strict=True))
    return found


_KEPT = 4_096
_spelled: dict[str, Sequence[tuple[str, str]]] = {}
"""What was made of texts of late."""


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """
    The tokens of *text*, in order. `6,000`, `6 000` and `6.000` are one token, `6000`; so are `2/3` and names that
    begin with a digit (`2S19`), which are no numbers.

    Possessives lose their ending; hyphens separate words, and so do French elisions (`l'Ukraine`).
    """
    made: list[Token] = []
    cleaned = clean(text)
    if not _MARKED.search(cleaned):  # words and nothing else
        return tuple(
            [
                _token((typed, *folded, found.start()))
                for found in _WORD.finditer(cleaned)
                if (folded := _folded[typed := found[0]])[0]
            ]
        )
    for found in _TOKEN.finditer(cleaned):
        typed, sort = found[0], found.lastgroup
        if sort == "word":
            word, stem = _folded[typed]
        elif sort == "elided":
            word, stem = _folded[found["elided"]]
        elif sort == "code":
            word = stem = fold_word(typed)
        elif sort == "fraction":
            word = stem = re.sub(r"\s", "", typed)
        else:
            unit, word = (found["unit"] or "").strip(), plain_digits(found["number"])
            if unit[:1] in ("e", "E"):
                word = written(float(word + unit))
            else:
                word += "%" if unit == "pc" else fold_word(unit) or unit
            stem = word
        if word:
            made.append(_token((typed, word, stem, found.start())))
    return tuple(made)
