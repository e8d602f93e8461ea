"""The index: candidates by BM25, ranked by fitted weights, each search with how likely it has an answer."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import islice
from operator import mul
from typing import Any

from bot.core.retrieval._features import NAMES, Asked, Compared, Text, asked, compare
from bot.core.retrieval._lexicon import Lexicon
from bot.core.retrieval._postings import LargePostings, SmallPostings
from bot.core.retrieval._words import stem, words

CANDIDATES = 40
_LARGE = 3_000
_RECENT = 1_000
_APART = 256
"""Documents at most that are kept taken apart."""

_FITTED: dict[str, Any] = json.loads(resources.files("bot.core.retrieval").joinpath("fitted.json").read_text("utf-8"))
RANKING: tuple[float, ...] = tuple(_FITTED["ranking"][name] for name in NAMES)
"""What each feature weighs; benchmarks/fit_retrieval.py fits it, and how likely an answer is there."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text to find; its number is the caller's."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """
    One answer.

    Attributes:
        score: Comparable within one search only.
        confidence: How likely it is that the index holds an answer at all, from 0 to 1; the same for every hit of
            one search.
        covered: Share of the query's words found, weighted by rarity, from 0 to 1.
        corrected: Words of the query that were read as others.
    """

    number: int
    score: float
    confidence: float
    covered: float
    corrected: tuple[tuple[str, str], ...] = ()


class TextIndex:
    """
    Finds texts by words, misspelled or not. A text that is added, replaced or dropped is so for the next search.

    Up to 3,000 texts are held in plain Python; above, in tantivy, with the newest thousand in Python until they are
    written in one batch. Ranking is the same either way: both only propose candidates.
    """

    def __init__(self, documents: Iterable[Document] = ()) -> None:
        self._texts: dict[int, str] = {}
        self._lexicon = Lexicon()
        self._taken_apart: dict[int, Text] = {}
        self._recent = SmallPostings(self._lexicon)
        self._recent_numbers: set[int] = set()
        self._large: LargePostings | None = None
        waiting = iter(documents)
        for document in islice(waiting, _LARGE + 1):
            self._insert(document)
        if self._large is not None:
            for document in waiting:
                self._large.add(document.number, self._count(document))
            self._large.commit()

    def __len__(self) -> int:
        return len(self._texts)

    def put(self, document: Document) -> None:
        """Add *document*, or replace the one of its number."""
        self.drop(document.number)
        self._insert(document)

    def drop(self, number: int) -> None:
        """Forget a document; one that is not there is no error."""
        text = self._texts.pop(number, None)
        if text is None:
            return
        self._taken_apart.clear()
        of_text = words(text)
        stems = [stem(word) for word in of_text]
        self._lexicon.remove(of_text, stems)
        if number in self._recent_numbers:
            self._recent_numbers.discard(number)
            self._recent.drop(number, stems)
        elif self._large is not None:
            self._large.drop(number)

    def search(self, query: str | Sequence[str], limit: int = 10, within: Collection[int] | None = None) -> list[Hit]:
        """
        The *limit* best documents for *query*, best first; none for a query without content words.

        Args:
            within: Only these numbers, where given.
        """
        question = asked(query, self._lexicon)
        ranked = self._ranked(question, within)
        if not ranked:
            return []
        confidence = _confidence(question, ranked)
        corrected = tuple((each.typed, each.word) for each in question.wanted if each.corrected)
        return [
            Hit(number, score, confidence, compared.covered, corrected) for score, number, compared in ranked[:limit]
        ]

    def features(self, query: str) -> tuple[list[int], list[tuple[float, ...]], tuple[float, ...]]:
        """Candidates with their features, and those of the whole answer: what weights are fitted on."""
        question = asked(query, self._lexicon)
        compared = self._compared(question, None)
        best = max((each.bm25 for _, each in compared), default=0.0) or 1.0
        numbers = [number for number, _ in compared]
        ranked = self._ranked(question, None)
        return (
            numbers,
            [(each.bm25 / best, *each.values) for _, each in compared],
            answer_features(question, ranked) if ranked else (),
        )

    def _count(self, document: Document) -> list[str]:
        """Keep the text and count its words; returns its stems."""
        of_text = words(document.text)
        stems = [stem(word) for word in of_text]
        self._taken_apart.clear()
        self._texts[document.number] = document.text
        self._lexicon.add(of_text, stems)
        return stems

    def _insert(self, document: Document) -> None:
        self._recent.add(document.number, self._count(document))
        self._recent_numbers.add(document.number)
        if len(self._recent_numbers) > (_LARGE if self._large is None else _RECENT):
            self._write_recent()

    def _write_recent(self) -> None:
        """Move what is held in Python to tantivy."""
        self._large = self._large or LargePostings()
        for number in self._recent_numbers:
            self._large.add(number, [stem(word) for word in words(self._texts[number])])
        self._large.commit()
        self._recent = SmallPostings(self._lexicon)
        self._recent_numbers = set()

    def _candidates(self, question: Asked, within: Collection[int] | None) -> Iterator[int]:
        wanted = CANDIDATES if within is None else CANDIDATES * 4
        yield from (number for number in self._recent.best(question.query, wanted) if _allowed(number, within))
        if self._large is not None:
            for number in self._large.best(question.query, wanted):
                if number in self._texts and number not in self._recent_numbers and _allowed(number, within):
                    yield number

    def _compared(self, question: Asked, within: Collection[int] | None) -> list[tuple[int, Compared]]:
        numbers = list(self._candidates(question, within))
        compared = compare(question, [self._apart(number) for number in numbers], self._lexicon)
        return list(zip(numbers, compared, strict=True))

    def _apart(self, number: int) -> Text:
        """A document taken apart; the last ones are kept until a document comes or goes."""
        found = self._taken_apart.get(number)
        if found is None:
            if len(self._taken_apart) >= _APART:
                self._taken_apart.clear()
            found = self._taken_apart[number] = Text(self._texts[number], self._lexicon)
        return found

    def _ranked(self, question: Asked, within: Collection[int] | None) -> list[tuple[float, int, Compared]]:
        compared = self._compared(question, within)
        best = max((each.bm25 for _, each in compared), default=0.0) or 1.0
        first, *rest = RANKING
        scored = [
            (first * each.bm25 / best + sum(map(mul, rest, each.values)), number, each) for number, each in compared
        ]
        return sorted(scored, key=lambda hit: (-hit[0], hit[1]))


def _allowed(number: int, within: Collection[int] | None) -> bool:
    return within is None or number in within


def answer_features(question: Asked, ranked: Sequence[tuple[float, int, Compared]]) -> tuple[float, ...]:
    """What tells a right first answer from a wrong one: how well it fits, and how far it leads."""
    score, _, first = ranked[0]
    second = ranked[1] if len(ranked) > 1 else None
    named = dict(zip(NAMES[1:], first.values, strict=True))
    return (
        score,
        min(score - second[0], 8.0) if second else 8.0,
        first.covered,
        first.covered - second[2].covered if second else first.covered,
        named["words_met"],
        named["text_covered"],
        named["pairs"],
        named["exact"],
        named["in_order"],
        named["token_set"],
        named["rarest_missed"],
        first.bm25,
        math.log(1 + len(question.wanted)),
        sum(each.corrected for each in question.wanted) / max(1, len(question.wanted)),
        float(first.met),
        named["meaning"],
        named["covered_in_meaning"],
    )


def _confidence(question: Asked, ranked: Sequence[tuple[float, int, Compared]]) -> float:
    """How likely an answer is there: a logistic model, fitted on queries whose answer was and was not in the base."""
    evidence = sum(
        weight * value for weight, value in zip(_FITTED["confidence"], answer_features(question, ranked), strict=True)
    )
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, evidence + _FITTED["intercept"]))))
