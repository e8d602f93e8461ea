"""What is known of ordinary English words: how common they are, what is a kind of what, and what means alike."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import groupby, islice
from typing import Any, NamedTuple

import numpy as np

_LARGEST = 127.0
_COMMON, _RARE = 60, 20_000
_LEAST = 0.15
_SHORTEST_PART = 3
_MOSTLY = 0.5
_ENDINGS = (
    ("ies", ("y",)), ("s", ("",)), ("es", ("", "e")), ("ed", ("", "e")), ("ing", ("", "e")), ("er", ("", "e")),
    ("ers", ("", "e")), ("est", ("", "e")), ("ier", ("y",)), ("iest", ("y",)), ("men", ("man",)), ("man", ("",)),
    ("ly", ("",)),
)  # fmt: skip
_TRUSTED = 14_000
"""Rank by frequency from which on words of the web are as likely misspellings as words."""

_VOWELS, _LEFT_OUT = str.maketrans("", "", "aeiouy"), 3

_NAMED_SENSES = 2
"""Senses of a word that count when it is held against another: the first ones are what people mean."""

PERSON, GROUP, PLACE, _TIME = 18, 14, 15, 28
"""WordNet's lexicographer files of people, of bodies, of places and of times."""

_THINGS = frozenset({5, 6, 13, 17, 20, 27})
"""Those of animals, artefacts, food, natural objects, plants and substances."""


class _Vectors(NamedTuple):
    rows: dict[str, int]
    table: Any


class _WordNet(NamedTuple):
    rows: dict[str, int]
    nouns: Any
    verbs: Any
    noun_share: Any
    fields: Any
    proper: Any
    national: Any
    above: Any
    derived: Any
    irregular: dict[str, str]


def _load(name: str) -> Any:
    with resources.files("bot.languages").joinpath(name).open("rb") as file:
        kept = np.load(file, allow_pickle=False)
        return {key: kept[key] for key in kept.files}


def _lines(spelled: Any) -> list[str]:
    return bytes(spelled).decode().split("\n")


@cache
def _vectors() -> _Vectors:
    kept = _load("vectors.npz")
    return _Vectors({word: row for row, word in enumerate(_lines(kept["words"]))}, kept["vectors"])


@cache
def _wordnet() -> _WordNet:
    kept = _load("wordnet.npz")
    tables = {name: kept[name] for name in _WordNet._fields if name in kept}
    tables["rows"] = {word: row for row, word in enumerate(_lines(kept["words"]))}
    tables["irregular"] = dict(line.split(" ") for line in _lines(kept["irregular"]))
    return _WordNet(**tables)


@cache
def ordinary() -> frozenset[str]:
    """Ordinary English words of four letters and more."""
    text = resources.files("bot.languages").joinpath("ordinary.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))


@lru_cache(maxsize=32768)
def known(word: str) -> bool:
    """Whether *word* (folded) is an English word that is typed on purpose, a form of one, or two of them in one."""
    return listed(word) or any(map(listed, _bases(word))) or _compound(word)


def listed(word: str) -> bool:
    """Whether *word* (folded) stands in just this form in a list of English words."""
    return _vectors().rows.get(word, _TRUSTED) < _TRUSTED or word in ordinary() or word in _wordnet().rows


@cache
def _skeletons() -> dict[str, list[str]]:
    """The words that people trust, the commonest first, by their consonants."""
    found: dict[str, list[str]] = {}
    for word in islice(_vectors().rows, _TRUSTED):
        if " " not in word:
            found.setdefault(_skeleton(word), []).append(word)
    return found


def _skeleton(word: str) -> str:
    """The consonants of *word*, doubled ones once."""
    return "".join(letter for letter, _ in groupby(word.translate(_VOWELS)))


def clipped(word: str, known: Iterable[str] | None = None) -> str:
    """The shortest *known* word, or the commonest, that *word* is without vowels or doubled letters; else ""."""
    consonants = _skeleton(word)
    for each in (
        _skeletons().get(consonants, ()) if known is None else sorted(known, key=lambda each: (len(each), each))
    ):
        if 0 < len(each) - len(word) <= _LEFT_OUT and each[0] == word[0] and _skeleton(each) == consonants:
            letters = iter(each)
            if all(letter in letters for letter in word):
                return each
    return ""


def common(word: str) -> bool:
    """Whether *word* (folded) stands in just this form in a list of English words that people type."""
    return _vectors().rows.get(word, _TRUSTED) < _TRUSTED or word in ordinary()


def ordinarily(word: str) -> bool:
    """Whether *word* (folded) stands in a dictionary of English: what the web says besides may be of any language."""
    return word in ordinary() or (len(word) > 2 and word in _wordnet().rows)  # chemical signs, notes


def _bases(word: str) -> Iterator[str]:
    """What *word* may be a form of, by its ending."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_PART:
            stem = word[: -len(ending)]
            yield from (stem + each for each in instead)
            if stem[-1] == stem[-2]:
                yield stem[:-1]


def _compound(word: str) -> bool:
    parts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    return any(listed(word[:at]) and (listed(word[at:]) or any(map(listed, _bases(word[at:])))) for at in parts)


@cache
def _phrases() -> dict[str, list[tuple[str, ...]]]:
    """Phrases of several words, the longest first, by their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for each in sorted((line.split(" ") for line in _vectors().rows if " " in line), key=len, reverse=True):
        found.setdefault(each[0], []).append(tuple(each[1:]))
    return found


def phrase(words: Sequence[str], start: int) -> str:
    """The longest phrase that begins at *start* in any of its forms: "pull the plug" for "pulled the plug"."""
    first = words[start]
    for opening in dict.fromkeys((first, _wordnet().irregular.get(first, first), *_bases(first))):
        for rest in _phrases().get(opening, ()):
            last = start + len(rest)
            if tuple(words[start + 1 : last]) != rest[:-1] or last >= len(words):
                continue
            if words[last] == rest[-1] or rest[-1] in _bases(words[last]):
                return " ".join((opening, *rest))
    return ""


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    """By a word, the forms of it that are not made by an ending."""
    found: dict[str, tuple[str, ...]] = {}
    for form, word in _wordnet().irregular.items():
        found[word] = (*found.get(word, ()), form)
    return found


@lru_cache(maxsize=4096)
def forms(word: str) -> tuple[str, ...]:
    """What *word* is an irregular form of, with all such forms of that; the irregular forms of *word* itself."""
    whole = _wordnet().irregular.get(word, word)
    return tuple(each for each in (whole, *_irregular().get(whole, ())) if each != word)


def information(word: str) -> float:
    """How much *word* tells, from 0.15 (the commonest) to 1 (rare, or not known), by the order of frequency."""
    row = _vectors().rows.get(word)
    return _told()[row] if row is not None else 1.0 if len(word) > 2 else _LEAST


@cache
def _told() -> Sequence[float]:
    """The `information` of each word that has a vector."""
    reach = math.log(_RARE / _COMMON)
    shares = (math.log((rank + 1) / _COMMON) / reach for rank in range(len(_vectors().rows)))
    return [min(1.0, max(_LEAST, _LEAST + (1 - _LEAST) * share)) for share in shares]


def rows(words: Iterable[str]) -> list[int]:
    """Rows of the vectors of *words*, -1 where there is none."""
    table = _vectors().rows
    return [table.get(word, -1) for word in words]


def vectors(at: Sequence[int]) -> Any:
    """The vectors in these rows, shape (rows, 96), float32, of length one; zeros for -1."""
    index = np.asarray(at, dtype=np.int64)
    found = _vectors().table[index].astype(np.float32)
    found[index < 0] = 0.0
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)


def noun(word: str) -> float:
    """How often *word* is a noun, from 0 to 1; 0.5 where nothing is known of it."""
    row = _wordnet().rows.get(word)
    return 0.5 if row is None else float(_wordnet().noun_share[row]) / 100


def done(word: str) -> bool:
    """Whether *word* says what somebody did or suffered: a verb, or a form of one."""
    return noun(word) < _MOSTLY or word.endswith("ed") or word in _wordnet().irregular


def field(word: str) -> int:
    """WordNet's lexicographer file of what *word* names first (18 person, 14 group …); 0 where it names nothing."""
    row = _wordnet().rows.get(word)
    return 0 if row is None else int(_wordnet().fields[row])


def thing(word: str) -> bool:
    """Whether *word* names what can be touched, which is counted itself or not at all: *drones*, not *arrests*."""
    return field(word) in _THINGS


def proper(word: str) -> bool:
    """Whether *word* is only ever somebody's or something's own name; a month's or a day's is no such name."""
    row = _wordnet().rows.get(word)
    if row is None or noun(word) < _MOSTLY:
        return False
    return bool(_wordnet().proper[row]) and int(_wordnet().fields[row]) != _TIME


def national(word: str) -> bool:
    """Whether *word* is above all a country, or an adjective of one single place: *china*, *french*."""
    row = _wordnet().rows.get(word)
    return row is not None and bool(_wordnet().national[row])


def is_kind_of(word: str, other: str) -> bool:
    """Whether what *word* names is a kind of what *other* names: *puffins* are *birds*."""
    return not _senses(word)[0].isdisjoint(_senses(other)[1])


@lru_cache(maxsize=4096)
def alike(word: str, other: str) -> float:
    """How near *word* comes to *other* in meaning, by their vectors; 0 where nothing is known of one."""
    one, two = vectors(rows((word, other)))
    return float(one @ two)


@lru_cache(maxsize=4096)
def _senses(word: str) -> tuple[frozenset[int], frozenset[int]]:
    """The synsets that *word* is a kind of, and those it is used in first."""
    _, above, meant = synsets_of(word)
    return frozenset(above.tolist()), frozenset(meant.tolist())


def synsets(words: Sequence[str]) -> tuple[tuple[Any, Any], ...]:
    """
    The synsets of *words*, for each of three kinds: positions in *words*, and beside each a synset.

    Those a word shares with words for the same, *death* and *die* among them; those it is a kind of; and those it is
    used in first.
    """
    net = _wordnet()
    every = np.array([net.rows.get(word, -1) for word in words], dtype=np.int64)
    at = np.flatnonzero(every >= 0)
    meant = np.hstack([net.nouns[every[at], :_NAMED_SENSES], net.verbs[every[at], :_NAMED_SENSES]])
    pairs = _paired(at, meant)
    akin = _once(np.concatenate([pairs, _paired(pairs >> _SHIFT, net.derived[pairs & _SYNSET])]))
    level, levels = pairs, [pairs]
    while level.size:
        level = _paired(level >> _SHIFT, net.above[level & _SYNSET])
        levels.append(level)
    first = meant[np.arange(len(at))[:, None], np.argsort(meant < 0, axis=1, kind="stable")[:, :_NAMED_SENSES]]
    wanted = (akin, _once(np.concatenate(levels)), _paired(at, first))
    return tuple((each >> _SHIFT, each & _SYNSET) for each in wanted)


@lru_cache(maxsize=4096)
def synsets_of(word: str) -> tuple[Any, ...]:
    """The synsets of one word, by the same kinds."""
    return tuple(synset for _, synset in synsets((word,)))


_SHIFT = 24
_SYNSET = (1 << _SHIFT) - 1


def _once(pairs: Any) -> Any:
    """*pairs* in order, each once."""
    pairs = np.sort(pairs)
    return pairs[np.append(True, pairs[1:] != pairs[:-1])] if len(pairs) else pairs


def _paired(words: Any, synsets: Any) -> Any:
    """Each of *words* with each synset in its row, both in one number."""
    pairs = (words[:, None] << _SHIFT) + synsets
    return pairs[synsets >= 0]
