"""How near words are in meaning: published word vectors, made smaller by benchmarks/word_vectors.py."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import numpy as np

_LARGEST = 127.0


class Meant(NamedTuple):
    """A text's words that have a vector: their rows, and how rare each is."""

    rows: Sequence[int]
    weights: Sequence[float]


@cache
def _table() -> tuple[dict[str, int], Any]:
    with resources.files("bot.core.retrieval").joinpath("vectors.npz").open("rb") as file:
        kept = np.load(file, allow_pickle=False)
        words = bytes(kept["words"]).decode().split("\n")
        return {word: row for row, word in enumerate(words)}, kept["vectors"]


def row_of(word: str) -> int | None:
    """The row of *word*'s vector, if it has one."""
    return _table()[0].get(word)


def nearness(query: Sequence[tuple[str, float]], texts: Sequence[Meant]) -> tuple[Any, Any]:
    """
    How near texts are to a query in meaning.

    Args:
        query: Its words with how rare each is.
        texts: At least one.

    Returns:
        For each text the cosine between it and the query, each the mean of its words' vectors by rarity; and, for
        each text and word of the query, the cosine to the nearest word of the text. Both 0 where nothing is known.
    """
    _, vectors = _table()
    rows = [row_of(word) for word, _ in query]
    asked = np.zeros((len(query), vectors.shape[1]), dtype=np.float32)
    for at, row in enumerate(rows):
        if row is not None:
            asked[at] = vectors[row] / _LARGEST
    mean = np.array([weight for _, weight in query], dtype=np.float32) @ asked
    cosines = np.zeros(len(texts), dtype=np.float32)
    nearest = np.zeros((len(texts), len(query)), dtype=np.float32)
    having = [at for at, text in enumerate(texts) if text.rows]
    if not having or not mean.any():
        return cosines, nearest
    sizes = [len(texts[at].rows) for at in having]
    starts = np.concatenate(([0], np.cumsum(sizes[:-1]))).astype(int)
    words = vectors[[row for at in having for row in texts[at].rows]].astype(np.float32) / _LARGEST
    weights = np.array([weight for at in having for weight in texts[at].weights], dtype=np.float32)
    means = np.add.reduceat(words * weights[:, None], starts, axis=0)
    lengths = np.linalg.norm(means, axis=1) * np.linalg.norm(mean)
    cosines[having] = means @ mean / np.maximum(lengths, 1e-9)
    nearest[having] = np.maximum.reduceat(words @ asked.T, starts, axis=0)
    return cosines, np.maximum(nearest, 0.0)
