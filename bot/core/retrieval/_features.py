"""What is compared between a query and a candidate."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from bot.core.retrieval._lexicon import Lexicon
from bot.core.retrieval._postings import K1, B
from bot.core.retrieval._vectors import Meant, nearness, row_of
from bot.core.retrieval._words import stem, words

NAMES = (
    "bm25_of_best",
    "bm25",
    "covered",
    "words_met",
    "text_covered",
    "pairs",
    "exact",
    "numbers",
    "in_order",
    "token_set",
    "partial",
    "rarest_met",
    "rarest_missed",
    "first_met",
    "length",
    "covered_squared",
    "covered_both_ways",
    "meaning",
    "covered_in_meaning",
)
"""Features of one candidate, in the order of the fitted weights."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One query word: as typed and as read, the stems it may stand for with their weights, and how rare it is."""

    typed: str
    word: str
    stems: tuple[tuple[str, float], ...]
    idf: float
    corrected: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, ready to be held against candidates; `query` is every stem it may stand for, with its weight."""

    wanted: tuple[Wanted, ...]
    worth: float
    stems: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]
    pair_worth: float
    numbers: frozenset[str]
    text: str
    rarest: float
    query: tuple[tuple[str, float], ...]


def asked(text: str | Sequence[str], lexicon: Lexicon) -> Asked:
    """Read a query, correcting each word that no indexed text has."""
    typed = list(dict.fromkeys(words(text) if isinstance(text, str) else text))
    wanted = tuple(_wanted(word, lexicon) for word in typed)
    stems = tuple(each.stems[0][0] for each in wanted)
    pairs = frozenset(pairwise(stems))
    return Asked(
        wanted=wanted,
        worth=sum(each.idf for each in wanted) or 1.0,
        stems=stems,
        pairs=pairs,
        pair_worth=sum(max(lexicon.idf(one), lexicon.idf(two)) for one, two in pairs) or 1.0,
        numbers=frozenset(word for word in typed if word.isdigit()),
        text=" ".join(each.word for each in wanted),
        rarest=math.log(1 + lexicon.texts / 0.5),
        query=_query(wanted),
    )


def _query(wanted: Sequence[Wanted]) -> tuple[tuple[str, float], ...]:
    weights: dict[str, float] = {}
    for each in wanted:
        for stemmed, weight in each.stems:
            weights[stemmed] = max(weights.get(stemmed, 0.0), weight)
    return tuple(weights.items())


def _wanted(word: str, lexicon: Lexicon) -> Wanted:
    if lexicon.knows(word):
        return Wanted(word, word, ((stem(word), 1.0),), lexicon.idf(stem(word)), corrected=False)
    readings = lexicon.readings(word)
    if not readings:
        return Wanted(word, word, ((stem(word), 1.0),), lexicon.idf(stem(word)), corrected=False)
    stems: dict[str, float] = {}
    for reading, weight in readings:
        stems[stem(reading)] = max(stems.get(stem(reading), 0.0), weight)
    return Wanted(word, readings[0][0], tuple(stems.items()), lexicon.idf(stem(readings[0][0])), corrected=True)


@dataclass(frozen=True, slots=True)
class Compared:
    """A candidate beside a query; `bm25` is in units of the query's worth."""

    bm25: float
    covered: float
    met: int
    values: tuple[float, ...]


def compare(query: Asked, parts: Sequence[Text], lexicon: Lexicon) -> list[Compared]:
    """Every feature of each of the texts for *query* but the first, which needs the best candidate's score."""
    if not parts:
        return []
    hits = [[_hit(wanted, part) for wanted in query.wanted] for part in parts]
    cosines, nearest = nearness(
        [(wanted.word, wanted.idf) for wanted in query.wanted], [part.meant for part in parts]
    )
    rarity = np.array([wanted.idf for wanted in query.wanted])
    in_meaning = np.maximum(nearest, np.array(hits)) @ rarity / query.worth
    return [
        _compared(query, part, hit, lexicon, (float(cosine), float(covered)))
        for part, hit, cosine, covered in zip(parts, hits, cosines, in_meaning, strict=True)
    ]


class Text:
    """A candidate's words, stems and rarities; the last hold as long as the lexicon stays as it is."""

    __slots__ = ("idf", "meant", "stems", "words")

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.words = words(text)
        self.stems = [stem(word) for word in self.words]
        self.idf = {each: lexicon.idf(each) for each in self.stems}
        rows = [
            (row, self.idf[each])
            for word, each in zip(self.words, self.stems, strict=True)
            if (row := row_of(word)) is not None
        ]
        self.meant = Meant([row for row, _ in rows], [weight for _, weight in rows])


def _hit(wanted: Wanted, text: Text) -> float:
    return max((weight for each, weight in wanted.stems if each in text.idf), default=0.0)


def _compared(
    query: Asked, text: Text, hits: Sequence[float], lexicon: Lexicon, meaning: tuple[float, float]
) -> Compared:
    covered = sum(hit * wanted.idf for hit, wanted in zip(hits, query.wanted, strict=True)) / query.worth
    met = sum(hit > 0 for hit in hits)
    reading = {each for wanted in query.wanted for each, _ in wanted.stems}
    exact = set(text.words)
    own = sum(text.idf.values()) or 1.0
    text_covered = sum(text.idf[each] for each in reading if each in text.idf) / own
    pairs = query.pairs & set(pairwise(text.stems)) if query.pairs else frozenset[tuple[str, str]]()
    bm25 = _bm25(query, text.stems, lexicon)
    joined = " ".join(text.words)
    rarest_met = max((wanted.idf for hit, wanted in zip(hits, query.wanted, strict=True) if hit), default=0.0)
    rarest_missed = max((wanted.idf for hit, wanted in zip(hits, query.wanted, strict=True) if not hit), default=0.0)
    values = (
        bm25,
        covered,
        met / max(1, len(hits)),
        text_covered,
        sum(max(lexicon.idf(one), lexicon.idf(two)) for one, two in pairs) / query.pair_worth,
        sum(wanted.idf for wanted in query.wanted if wanted.word in exact) / query.worth,
        len(query.numbers & exact) / len(query.numbers) if query.numbers else 0.5,
        LCSseq.similarity(query.stems, text.stems) / max(1, len(query.stems)),
        fuzz.token_set_ratio(query.text, joined) / 100,
        fuzz.partial_ratio(query.text, joined) / 100,
        rarest_met / query.rarest,
        rarest_missed / query.rarest,
        1.0 if hits and hits[0] else 0.0,
        math.log(1 + len(text.words)),
        covered * covered,
        covered * text_covered,
        *meaning,
    )
    return Compared(bm25, covered, met, values)


def _bm25(query: Asked, stems: Sequence[str], lexicon: Lexicon) -> float:
    norm = K1 * (1 - B + B * len(stems) / lexicon.average)
    score = 0.0
    for each, weight in query.query:
        count = stems.count(each)
        if count:
            score += weight * lexicon.idf(each) * (K1 + 1) * count / (count + norm)
    return score / query.worth
