"""One language as questions use it, read from its file in this folder."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from anyascii import anyascii

from bot.languages import english

ASKS = ("how_many", "when", "where", "who", "why", "how_long", "compare", "conflict", "verified")
"""Kinds of answers that a language has phrases for."""

WORDS = (
    *("function", "saying", "speech", "figures", "people", "checking", "light", "purpose", "aiming"),
    *("either", "span", "vague", "particles", "greeting", "counting", "prepositions", "sums", "currency"),
    *("spans", "paces", "unshared", "auxiliary", "wanting", "linking", "articles", "determiners"),
    *("pointing", "ordinals", "asking", "speaking_of", "light_adverbs", "by", "setting_against"),
    *("joints", "bounds", "earlier", "past", "polite", "drawn"),
)
PHRASES = ("opinion", "bids", "source", "truth", "sides", "cause")
"""Phrases that ask for an opinion or want something done; those that ask of what was just said where it is from,
whether it is true, and who says otherwise; and those that ask what caused something, which accounts answer."""


NUMBERS = ("units", "scales", "parts", "heaps", "labels")
"""
Words of numbers: up to ninety, and hundreds that are words of their own; what multiplies another ("thousand");
shares, by what they divide by; quantities that are no number ("dozens"); and what bears a number as a name ("phase
two"), by the highest. Where numbers are one word, `fused` holds what they are made of: ones that are other words
alone, the joint between ones and tens, hundred and thousand.
"""

_SPELLED = ("clipped", "informal", "forms")
_EMPTY = ("function", "saying", "speech", "figures", "checking", "light", "vague", "greeting")
_POINTING = ("source", "truth", "sides")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words and phrases, each a tuple of folded words; found by the word they begin with."""

    starts: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict[str, tuple[tuple[str, ...], ...]])
    single: frozenset[str] = field(init=False, repr=False)
    """Those of one word."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "single", frozenset(word for word in self.starts if (word,) in self.starts[word]))

    def at(self, words: Sequence[str], start: int) -> int:
        """How many words of the longest phrase that begins at *start* there are; 0 for none."""
        begun = self.starts.get(words[start])
        return max((len(phrase) for phrase in begun if _stands(phrase, words, start)), default=0) if begun else 0

    def within(self, words: Sequence[str]) -> frozenset[int]:
        """Every position in *words* that a phrase covers."""
        found = ((start, self.at(words, start)) for start in range(len(words)))
        return frozenset(at for start, size in found for at in range(start, start + size))

    def __contains__(self, word: object) -> bool:
        return word in self.single


@dataclass(frozen=True, slots=True)
class Language:
    """
    What questions in one language are made of; nothing of it belongs to a subject.

    Attributes:
        code: ISO 639-1.
        stemmer: Snowball's name for its stemmer, or empty.
        asks: By kind of answer (see `ASKS`), the phrases that ask for it.
        words: By part (see `WORDS`): function words, words of saying, of speech, of checking, and so on.
        phrases: By part (see `PHRASES`).
        clipped: Chat spellings of its small words, by the spelling.
        informal: What informal words and phrases mean in plain ones, each by its folded words with "_" between them.
        forms: Words that its stemmer does not bring together, each with the form that stands for all of its forms.
        numbers: By kind (see `NUMBERS`), the value of each folded word.
        months: The names of months as they are typed, in every case, by their number.
        telling: Its single words that ask and that hold together: what tells that a text is in it.
    """

    code: str
    name: str
    stemmer: str
    asks: Mapping[str, Phrases]
    words: Mapping[str, Phrases]
    phrases: Mapping[str, Phrases]
    clipped: Mapping[str, str]
    informal: Mapping[str, str]
    forms: Mapping[str, str]
    numbers: Mapping[str, Mapping[str, float]]
    telling: frozenset[str]
    months: Mapping[str, int] = field(default_factory=dict[str, int])

    @property
    def function(self) -> Phrases:
        """Words that only hold a sentence together."""
        return self.words["function"]

    def asking(self, words: Sequence[str]) -> frozenset[str]:
        """The kinds of answers that *words* ask for."""
        return frozenset(
            ask for ask, phrases in self.asks.items() if any(phrases.at(words, at) for at in range(len(words)))
        )

    def has(self, part: str, words: Sequence[str]) -> bool:
        """Whether one of the phrases of *part* stands in *words*."""
        return bool(self.phrases[part].within(words))

    def holds_nothing(self, words: Sequence[str]) -> bool:
        """Whether *words* ask, say, point and hold together, and name nothing."""
        empty = (*self.asks.values(), *(self.words[part] for part in _EMPTY), *(self.phrases[p] for p in _POINTING))
        covered = frozenset[int]().union(*(each.within(words) for each in empty))
        return len(covered) == len(words)

    def says(self, part: str, word: str) -> bool:
        """Whether *word* belongs to *part* of its words."""
        return word in self.words[part]


def fold(word: str) -> str:
    """One word in ASCII lower case, letters and digits only."""
    return "".join(filter(str.isalnum, anyascii(word.casefold()).casefold()))


def read(text: str) -> Language:
    """
    A language out of the text of its file.

    Raises:
        ValueError: The text is no TOML, or has parts that are not known, each named.
    """
    tree: dict[str, Any] = tomllib.loads(text)
    known = {"code", "name", "stemmer", "asks", "words", "phrases", *_SPELLED, "months", "fused", *NUMBERS}
    wrong = [
        *(key for key in tree if key not in known),
        *(key for key in tree.get("asks", {}) if key not in ASKS),
        *(key for key in tree.get("words", {}) if key not in WORDS),
        *(key for key in tree.get("phrases", {}) if key not in PHRASES),
    ]
    if wrong or not tree.get("code"):
        raise ValueError(f"A language needs a code and has no parts called {', '.join(wrong)}.")
    asks, words = _parts(tree.get("asks", {}), ASKS), _parts(tree.get("words", {}), WORDS)
    phrases = _parts(tree.get("phrases", {}), PHRASES)
    values = {
        kind: {fold(word): float(value) for value, words in tree.get(kind, {}).items() for word in str(words).split()}
        for kind in NUMBERS
    }
    values["units"] |= _fused(values["units"], {part: fold(text) for part, text in tree.get("fused", {}).items()})
    told = (words["function"], *asks.values(), phrases["source"], phrases["truth"])
    return Language(
        code=tree["code"],
        name=tree.get("name", tree["code"]),
        stemmer=tree.get("stemmer", ""),
        asks=asks,
        words=words,
        phrases=phrases,
        telling=frozenset(word for each in told for word in each.starts if word in each),
        clipped=_spelled(tree.get("clipped", {})),
        informal=_spelled(tree.get("informal", {})),
        forms=_spelled(tree.get("forms", {})),
        months={word: int(value) for value, words in tree.get("months", {}).items() for word in str(words).split()},
        numbers=values,
    )


def _spelled(given: Mapping[str, Any]) -> dict[str, str]:
    """By each spelling, the word that is meant by it."""
    return {form: word for word, forms in given.items() for form in str(forms).casefold().split()}


def _fused(units: Mapping[str, float], how: Mapping[str, str]) -> dict[str, float]:
    """Numbers that are one word: einundzwanzig, sechstausend, duecentocinquanta."""
    if not how:
        return {}
    small = {word: value for word, value in units.items() if 1 < value < 100}
    ones = {word: value for word, value in small.items() if value < 10}
    ones |= {word: float(part) for part, word in how.items() if part.isdecimal()}
    if "joint" in how:
        tens = {word: value for word, value in small.items() if value % 10 == 0}
        small |= {f"{one}{how['joint']}{ten}": low + high for one, low in ones.items() for ten, high in tens.items()}
    hundreds = {f"{word}{how['hundred']}": value * 100 for word, value in ones.items()}
    thousands = {f"{word}{how['thousand']}": value * 1000 for word, value in (small | ones | hundreds).items()}
    more = {f"{many}{few}": high + low for many, high in hundreds.items() for few, low in small.items()}
    more |= {f"{many}{few}": high + low for many, high in thousands.items() for few, low in hundreds.items()}
    return {word: value for word, value in (small | hundreds | thousands | more).items() if value > 1}


FOLDERS: list[Traversable] = [resources.files("bot.languages")]
"""Where the languages' files are."""


@cache
def languages() -> tuple[Language, ...]:
    """Every language there is a file of, English first."""
    files = [each for folder in FOLDERS for each in folder.iterdir() if each.name.endswith(".toml")]
    found = [read(each.read_text("utf-8")) for each in sorted(files, key=lambda each: each.name)]
    return tuple(sorted(found, key=lambda each: (each.code != "en", each.code)))


def spoken(
    words: Collection[str], known: Sequence[Language], foreign: Collection[str] = frozenset()
) -> tuple[Language, ...]:
    """
    The languages that folded *words* may be in: English, and the one that most function words speak for, if one does.

    Args:
        known: English first.
        foreign: Words among them that are typed in letters which English has not.
    """
    return possible(words, known, foreign)[:2]


def possible(
    words: Collection[str], known: Sequence[Language], foreign: Collection[str] = frozenset()
) -> tuple[Language, ...]:
    """
    English, and every language that some of *words* speak for, the likeliest first; as for `spoken`.

    A word of English speaks for no other language: "die", "war" and the folded "дата" tell nothing.
    """
    mine, *others = known
    telling = [word for word in words if word in foreign or not (word in mine.function or english.ordinarily(word))]
    votes = {each.code: sum(word in each.telling for word in telling) for each in others}
    ours = sum(word in mine.function and word not in foreign for word in words)
    found = [each for each in others if votes[each.code] and votes[each.code] >= ours]
    return (mine, *sorted(found, key=lambda each: -votes[each.code]))


def _parts(given: Mapping[str, str], names: Sequence[str]) -> dict[str, Phrases]:
    return {name: _phrases(str(given.get(name, ""))) for name in names}


def _phrases(text: str) -> Phrases:
    starts: dict[str, list[tuple[str, ...]]] = {}
    for each in text.split():
        phrase = tuple(word for part in each.split("_") if (word := fold(part)))
        if phrase:
            starts.setdefault(phrase[0], []).append(phrase)
    return Phrases({first: tuple(dict.fromkeys(phrases)) for first, phrases in starts.items()})


def _stands(phrase: Sequence[str], words: Sequence[str], start: int) -> bool:
    return tuple(words[start : start + len(phrase)]) == tuple(phrase)
