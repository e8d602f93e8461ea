"""Caveat's index and its lexical peers behind one face: build from texts, search, say how sure."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import bm25s
import tantivy
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.core.retrieval import Document, TextIndex
from bot.core.retrieval._lexicon import Lexicon
from bot.core.retrieval._postings import LargePostings
from bot.core.retrieval._words import stem, words

DEPTH = 10
Ranked = list[tuple[int, float]]
"""Numbers of texts with their scores, best first."""


class Engine(Protocol):
    """Something that ranks texts for a query."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Build from *texts*; a text's number is its position."""
        ...

    def search(self, query: str) -> Ranked:
        """The ten best texts."""
        ...


class Caveat:
    """bot.core.retrieval; its score is its confidence, which orders answers across queries."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._index = TextIndex(Document(number, text) for number, text in enumerate(texts))

    def search(self, query: str) -> Ranked:
        """The ten best texts, each with the confidence of the first."""
        return [(hit.number, hit.confidence) for hit in self._index.search(query, DEPTH)]


class _Fts5:
    tokenizer = ""

    def __init__(self, texts: Sequence[str]) -> None:
        self._base = sqlite3.connect(":memory:")
        self._base.execute(f"CREATE VIRTUAL TABLE t USING fts5(x, tokenize='{self.tokenizer}')")
        self._base.executemany("INSERT INTO t(rowid, x) VALUES (?, ?)", enumerate(texts))

    def search(self, query: str) -> Ranked:
        """The ten best texts for any of the query's content words, by FTS5's own bm25."""
        wanted = [word for word in dict.fromkeys(words(query)) if len(word) >= self.shortest]
        if not wanted:
            return []
        match = " OR ".join(f'"{word}"' for word in wanted)
        rows = self._base.execute("SELECT rowid, -bm25(t) FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", (match,))
        return list(rows)

    shortest = 1


class Fts5Plain(_Fts5):
    """SQLite FTS5, unicode61."""

    tokenizer = "unicode61"


class Fts5Porter(_Fts5):
    """SQLite FTS5, porter."""

    tokenizer = "porter unicode61"


class Fts5Trigram(_Fts5):
    """SQLite FTS5, trigram: words as substrings."""

    tokenizer = "trigram"
    shortest = 3


class Tantivy:
    """tantivy with its English stemmer and stop words."""

    def __init__(self, texts: Sequence[str]) -> None:
        schema: Any = tantivy.SchemaBuilder()
        schema.add_text_field("x", tokenizer_name="en_stem", index_option="freq")
        schema.add_unsigned_field("id", fast=True)
        self._index: Any = tantivy.Index(schema.build())
        writer = self._index.writer(60_000_000, 1)
        for number, text in enumerate(texts):
            document: Any = tantivy.Document()
            document.add_text("x", text)
            document.add_unsigned("id", number)
            writer.add_document(document)
        writer.commit()
        self._index.reload()
        self._searcher: Any = self._index.searcher()

    def search(self, query: str) -> Ranked:
        """The ten best texts for any of the query's content words."""
        return self._run(self._index.parse_query(" ".join(words(query)) or "nothing", ["x"]))

    def _run(self, query: Any) -> Ranked:
        hits: list[Any] = self._searcher.search(query, DEPTH, count=False).hits
        numbers: list[int] = self._searcher.fast_field_values("id", [address for _, address in hits]) if hits else []
        return [(number, score) for number, (score, _) in zip(numbers, hits, strict=True)]


class TantivyFuzzy(Tantivy):
    """tantivy, every word also within one edit, for less."""

    def search(self, query: str) -> Ranked:
        """The ten best texts for any of the query's content words, nearly spelled."""
        wanted = " ".join(words(query)) or "nothing"
        exact = self._index.parse_query(wanted, ["x"])
        near = self._index.parse_query(wanted, ["x"], fuzzy_fields={"x": (False, 1, True)})
        either = [(tantivy.Occur.Should, exact), (tantivy.Occur.Should, tantivy.Query.boost_query(near, 0.3))]
        return self._run(tantivy.Query.boolean_query(either))


class Bm25s:
    """bm25s, Lucene's variant, with our stems and stop words."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._model: Any = bm25s.BM25(method="lucene")
        self._model.index([[stem(word) for word in words(text)] for text in texts], show_progress=False)

    def search(self, query: str) -> Ranked:
        """The ten best texts."""
        wanted = [stem(word) for word in words(query)]
        if not wanted:
            return []
        numbers, scores = self._model.retrieve([wanted], k=DEPTH, show_progress=False)
        return [(int(number), float(score)) for number, score in zip(numbers[0], scores[0], strict=True) if score > 0]


class _RapidFuzz:
    scorer: Any = None

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = [text.lower() for text in texts]

    def search(self, query: str) -> Ranked:
        """The ten best of all texts, each compared whole."""
        found = process.extract(query.lower(), self._texts, scorer=self.scorer, limit=DEPTH, processor=None)
        return [(number, score) for _, score, number in found]


class WRatio(_RapidFuzz):
    """RapidFuzz WRatio over everything."""

    scorer = staticmethod(fuzz.WRatio)


class TokenSetRatio(_RapidFuzz):
    """RapidFuzz token_set_ratio over everything."""

    scorer = staticmethod(fuzz.token_set_ratio)


class Reference:
    """
    The reference combination: candidates by stemmed BM25 from tantivy; each word the vocabulary lacks corrected
    against it with RapidFuzz; reranked by coverage of the query, weighted by rarity.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._lexicon, self._postings = Lexicon(), LargePostings()
        self._texts = texts
        for number, text in enumerate(texts):
            of_text = words(text)
            stems = [stem(word) for word in of_text]
            self._lexicon.add(of_text, stems)
            self._postings.add(number, stems)
        self._postings.commit()
        self._known = list({word for text in texts for word in words(text)})

    def search(self, query: str) -> Ranked:
        """The ten best of a hundred candidates."""
        stems = [stem(self._mended(word)) for word in dict.fromkeys(words(query))]
        candidates = self._postings.best([(each, 1.0) for each in dict.fromkeys(stems)], 100)
        worth = sum(map(self._lexicon.idf, stems)) or 1.0
        scored: list[tuple[float, int, int]] = []
        for place, number in enumerate(candidates):
            present = {stem(word) for word in words(self._texts[number])}
            scored.append((sum(self._lexicon.idf(each) for each in stems if each in present) / worth, -place, number))
        scored.sort(reverse=True)
        return [(number, score) for score, _, number in scored[:DEPTH]]

    def _mended(self, word: str) -> str:
        if self._lexicon.knows(word) or len(word) < 4:
            return word
        found = process.extractOne(
            word, self._known, scorer=OSA.normalized_similarity, score_cutoff=0.7, processor=None
        )
        return found[0] if found else word


ENGINES: dict[str, type[Engine]] = {
    "Caveat": Caveat,
    "reference combination": Reference,
    "SQLite FTS5 porter": Fts5Porter,
    "SQLite FTS5 unicode61": Fts5Plain,
    "SQLite FTS5 trigram": Fts5Trigram,
    "tantivy": Tantivy,
    "tantivy fuzzy terms": TantivyFuzzy,
    "bm25s": Bm25s,
    "RapidFuzz token_set_ratio": TokenSetRatio,
    "RapidFuzz WRatio": WRatio,
}

SLOW = re.compile("RapidFuzz|trigram")
"""Compare every text with every query, so that large bases take minutes."""

ROOT = Path(__file__).parents[1]
