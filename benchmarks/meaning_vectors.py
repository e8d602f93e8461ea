"""
Make `bot/languages/vectors.npz`: 96 numbers of a byte for each of 40,000 English words and 14,000 phrases of WordNet,
near where they mean alike.

    python benchmarks/meaning_vectors.py glove.npz minilm.npz use.npz --phrases phrases.npz

The words are the most frequent 40,000 of three letters and more of GloVe 6B (public domain, PDDL 1.0), the commonest
first. Each of the files holds one row a word, under `v`: GloVe's own vectors, and each word alone as two sentence
encoders encode it (all-MiniLM-L6-v2, Apache 2.0; Universal Sentence Encoder multilingual 3, Apache 2.0). Each is
centred and brought to length one, all are put side by side, and the 96 principal directions are kept.

Phrases are what WordNet has of two to four words that are all among the 40,000 (of nouns, among the first 5,000):
"pass away", "pull the plug". `phrases.npz` holds them under `names`, one a line, as all-MiniLM-L6-v2 encodes them
under `v`, and the words so encoded under `words`; the linear map that takes the words there to their vectors (least
squares, held by a ridge) takes the phrases along.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

TARGET = Path(__file__).parents[1] / "bot" / "languages" / "vectors.npz"
_DIMENSIONS, _COMMON = 96, 20_000
_LARGEST = 127
_RIDGE = 20.0


def main() -> None:
    """Read, reduce, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("vectors", type=Path, nargs="+", help="vectors of the same words, as .npz")
    parser.add_argument("--phrases", type=Path, required=True)
    arguments = parser.parse_args()
    words = bytes(np.load(TARGET)["words"]).decode().split("\n")
    words = [word for word in words if " " not in word]
    parts = [level(np.load(path)["v"].astype(np.float32)) for path in arguments.vectors]
    vectors = reduced(np.hstack(parts))
    more = np.load(arguments.phrases)
    names = bytes(more["names"]).decode().split("\n")
    spelled = np.frombuffer("\n".join((*words, *names)).encode(), dtype=np.uint8)
    np.savez_compressed(
        TARGET, words=spelled, vectors=np.vstack([vectors, placed(more["v"], more["words"], vectors)])
    )
    print(f"{TARGET.stat().st_size / 1e6:.1f} MB")


def level(vectors: Any) -> Any:
    """*vectors* around their middle, each of length one."""
    centred = vectors - vectors.mean(axis=0)
    return centred / np.maximum(1e-9, np.linalg.norm(centred, axis=1, keepdims=True))


def reduced(vectors: Any) -> Any:
    """*vectors* in fewer dimensions, those in which the commonest words differ most, as signed bytes."""
    centred = vectors - vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(centred[:_COMMON], full_matrices=False)
    fewer: Any = centred @ directions[:_DIMENSIONS].T
    fewer /= np.maximum(1e-9, np.linalg.norm(fewer, axis=1, keepdims=True))
    return np.round(fewer * _LARGEST).astype(np.int8)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] numpy's types leave it open


def placed(phrases: Any, words: Any, vectors: Any) -> Any:
    """*phrases* where the map that takes *words* to their *vectors* takes them, as signed bytes."""
    middle = words.astype(np.float32).mean(axis=0)
    given = (words.astype(np.float32) - middle)[:_COMMON]
    wanted: Any = vectors[:_COMMON].astype(np.float32)
    wanted = wanted / np.linalg.norm(wanted, axis=1, keepdims=True)
    solve: Any = np.linalg.solve
    found: Any = (phrases.astype(np.float32) - middle) @ solve(
        given.T @ given + _RIDGE * np.eye(given.shape[1]), given.T @ wanted
    )
    found /= np.maximum(1e-9, np.linalg.norm(found, axis=1, keepdims=True))
    return np.round(found * _LARGEST).astype(np.int8)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] numpy's types leave it open


if __name__ == "__main__":
    main()
