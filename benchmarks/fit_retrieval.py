"""
Fit the numbers of `bot/core/retrieval/fitted.json` on the public data.

    python benchmarks/fit_retrieval.py [--half 0|1] [--write]

Ranking: a linear score, fitted by maximum likelihood of the right candidate among all (a softmax over candidates), on
headlines, keywords and tweets, clean and with one and two misspellings; with `--half` only that half of the queries
is used, so that the other half can measure. Confidence: a logistic model of whether the base has an answer, on
headlines of claims that no public query is about, asked of small and large bases that lack half of the answers.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import optimize

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.public_data import Query, Task, headline_tasks, misspelled, public_tasks  # noqa: E402  # the path comes first
from bot.core.retrieval import Document, TextIndex  # noqa: E402
from bot.core.retrieval._features import NAMES  # noqa: E402

TARGET = ROOT / "bot" / "core" / "retrieval" / "fitted.json"
_SEED = 20
_REGULARISED = 2.0

_minimize: Any = optimize.minimize  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] its types leave the result open
Rows = list[tuple[Any, Any]]


def main() -> None:
    """Fit, print, and write with `--write`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--write", action="store_true", help="replace the weights in the source")
    options = parser.parse_args()
    tasks = list(public_tasks())
    ranking = fit_ranking([row for task in tasks for row in ranking_rows(task, options.half)])
    _write(TARGET if options.write else None, ranking, np.zeros(1), 0.0)
    if options.write:
        _reload(ranking)
    confidence = [pair for task in headline_tasks(_SEED) for pair in confidence_rows(task)]
    weights, intercept = fit_confidence(confidence)
    _write(TARGET if options.write else None, ranking, weights, intercept)


def _asked(task: Task, half: int | None) -> Iterator[Query]:
    queries = [query for query in task.queries if half is None or query.half == half]
    if task.name.endswith("tweets"):
        queries = queries[::3]
    for typos in (0, 1, 2):
        yield from misspelled(queries, typos, _SEED + typos)


def index_of(task: Task) -> TextIndex:
    """The task's claims, numbered in their order."""
    return TextIndex(Document(number, claim.text) for number, claim in enumerate(task.claims))


def ranking_rows(task: Task, half: int | None) -> Rows:
    """For each query: the features of its candidates, and which of them are right."""
    index, ids = index_of(task), [claim.id for claim in task.claims]
    rows: Rows = []
    for query in _asked(task, half):
        numbers, features, _ = index.features(query.text)
        right = np.array([ids[number] in query.relevant for number in numbers], dtype=bool)
        if right.any() and not right.all():
            rows.append((np.array(features), right))
    return rows


def fit_ranking(rows: Rows) -> Any:
    """Weights that make the right candidates likeliest."""
    everything = np.concatenate([features for features, _ in rows])
    spread = everything.std(axis=0) + 1e-9
    scaled = [(features / spread, right) for features, right in rows]

    def loss(weights: Any) -> tuple[float, Any]:
        total, slope = 0.0, np.zeros_like(weights)
        for features, right in scaled:
            scores = features @ weights
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            hit = chance[right].sum()
            total -= np.log(hit + 1e-12)
            slope -= features.T @ (np.where(right, chance / hit, 0) - chance)
        n = len(scaled)
        return total / n + _REGULARISED / n * weights @ weights, slope / n + 2 * _REGULARISED / n * weights

    found = _minimize(loss, np.zeros(everything.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return found.x / spread


def confidence_rows(task: Task) -> list[tuple[Any, bool]]:
    """For each query to a base that lacks half the answers: what is seen of the hits, whether it has one."""
    rows: list[tuple[Any, bool]] = []
    index = index_of(task)
    for query in task.queries:
        _, _, seen = index.features(query.text)
        if seen:
            rows.append((np.array(seen), bool(query.relevant)))
    return rows


def fit_confidence(rows: Sequence[tuple[Any, bool]]) -> tuple[Any, float]:
    """Logistic regression; weights for the features as they come, and the intercept."""
    seen = np.array([features for features, _ in rows])
    right = np.array([answer for _, answer in rows], dtype=float)
    middle, spread = seen.mean(axis=0), seen.std(axis=0) + 1e-9
    scaled = np.hstack([(seen - middle) / spread, np.ones((len(seen), 1))])

    def loss(weights: Any) -> tuple[float, Any]:
        chance = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        likelihood = right * np.log(chance + 1e-12) + (1 - right) * np.log(1 - chance + 1e-12)
        slope = scaled.T @ (chance - right) / len(right)
        held = np.append(weights[:-1], 0.0) * _REGULARISED / len(right)
        return -likelihood.mean() + held @ weights / 2, slope + held

    found = _minimize(loss, np.zeros(scaled.shape[1]), jac=True, method="L-BFGS-B").x
    weights = found[:-1] / spread
    return weights, float(found[-1] - weights @ middle)


def _write(target: Path | None, ranking: Any, confidence: Any, intercept: float) -> None:
    rounded = [[round(float(weight), 4) for weight in weights] for weights in (ranking, confidence)]
    found: dict[str, Any] = {"ranking": dict(zip(NAMES, rounded[0], strict=True)), "confidence": rounded[1]}
    found["intercept"] = round(intercept, 4)
    text = json.dumps(found, indent=1) + "\n"
    print(text)
    if target is not None:
        target.write_text(text, encoding="utf-8")


def _reload(ranking: Any) -> None:
    """The confidence is seen with the new ranking, not with the one this process started with."""
    from bot.core.retrieval import _index

    _index.RANKING = tuple(float(weight) for weight in ranking)  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue]


if __name__ == "__main__":
    main()
