"""Where the stems are: candidates by BM25, in plain Python for a small base and in tantivy for a large one."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence
from typing import Any, Protocol

import tantivy

from bot.core.retrieval._lexicon import Lexicon

K1, B = 1.0, 0.6
"""BM25's saturation and length normalisation, fitted with benchmarks/fit_retrieval.py."""

_WRITER_BYTES = 60_000_000
_STEMS, _ID = "stems", "id"

Query = Sequence[tuple[str, float]]
"""Stems with their weights: 1 as typed, less for a guessed correction."""


class Postings(Protocol):
    """Finds the documents that share most with a query."""

    def add(self, number: int, stems: Sequence[str]) -> None:
        """Index a document."""
        ...

    def best(self, query: Query, limit: int) -> list[int]:
        """Numbers of the *limit* documents with the highest BM25 score, best first."""
        ...


class SmallPostings:
    """One dictionary; a hundred documents cost a millisecond to build."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._postings: dict[str, list[tuple[int, int, int]]] = {}

    def add(self, number: int, stems: Sequence[str]) -> None:
        """Index a document."""
        for stem, count in Counter(stems).items():
            self._postings.setdefault(stem, []).append((number, count, len(stems)))

    def drop(self, number: int, stems: Sequence[str]) -> None:
        """Forget a document."""
        for stem in set(stems):
            self._postings[stem] = [posting for posting in self._postings[stem] if posting[0] != number]

    def best(self, query: Query, limit: int) -> list[int]:
        """Numbers of the *limit* documents with the highest BM25 score, best first."""
        scores: dict[int, float] = {}
        average = self._lexicon.average
        for stem, weight in query:
            worth = weight * self._lexicon.idf(stem) * (K1 + 1)
            for number, count, length in self._postings.get(stem, ()):
                gain = worth * count / (count + K1 * (1 - B + B * length / average))
                scores[number] = scores.get(number, 0.0) + gain
        return heapq.nlargest(limit, scores, key=lambda number: (scores[number], -number))


class LargePostings:
    """A tantivy index in memory, written in batches."""

    def __init__(self) -> None:
        schema = tantivy.SchemaBuilder()
        schema.add_text_field(_STEMS, stored=False, tokenizer_name="whitespace", index_option="freq")
        schema.add_unsigned_field(_ID, stored=False, indexed=True, fast=True)
        self._schema: Any = schema.build()
        self._index: Any = tantivy.Index(self._schema)
        self._writer: Any = self._index.writer(_WRITER_BYTES, 1)
        self._searcher: Any = self._index.searcher()

    def add(self, number: int, stems: Sequence[str]) -> None:
        """Index a document; found after the next `commit`."""
        document: Any = tantivy.Document()
        document.add_text(_STEMS, " ".join(stems))
        document.add_unsigned(_ID, number)
        self._writer.add_document(document)

    def drop(self, number: int) -> None:
        """Forget a document after the next `commit`."""
        self._writer.delete_documents_by_term(_ID, number)

    def commit(self) -> None:
        """Make what was added and dropped take effect."""
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def best(self, query: Query, limit: int) -> list[int]:
        """Numbers of the *limit* documents with the highest BM25 score, best first."""
        terms: list[Any] = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(stem), weight)) for stem, weight in query
        ]
        if not terms:
            return []
        hits: list[Any] = self._searcher.search(tantivy.Query.boolean_query(terms), limit, count=False).hits
        return list(self._searcher.fast_field_values(_ID, [address for _, address in hits]))

    def _term(self, stem: str) -> Any:
        return tantivy.Query.term_query(self._schema, _STEMS, stem, "freq")
