"""
Fit the weights of `bot/core/asking/offering/_weights.py` on several fact bases with their questions.

    python -m benchmarks.fit_offering FOLDER

FOLDER holds `bases/NAME.yaml` and `questions-NAME.jsonl`: a row has `ask`, and `first` (claims any of which is right)
or `refuse`. Prints how well questions back do on each base by weights fitted on the others, then fits on all and
writes. The order of claims is a conditional logit; whether to ask back is a logistic regression on whether the base
can answer. The threshold asks back at most a fifth of the unanswerable, leave-one-out; the names that must be met in
the answer leave about a tenth of them.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bot.core.asking.offering import deciding
from bot.core.asking.offering.finding import Finder
from bot.core.asking.offering.meeting import FEATURES, Meeting
from bot.core.asking.offering.question import Question
from bot.files.factfile import load

_TARGET = Path(__file__).parents[1] / "bot" / "core" / "asking" / "offering" / "_weights.py"
_SAMPLE = Path(__file__).parents[1] / "data"
_ROUNDS, _RATE, _MOMENTUM = 400, 0.5, 0.9
_LOGIT_ROUNDS, _LOGIT_RATE = 3_000, 0.03
_RANK_L2, _LOGIT_L2 = 0.02, 0.02
_ASKED_BACK = 0.20


class Row(NamedTuple):
    """One question held against its base."""

    base: str
    question: Question
    meetings: list[Meeting]
    first: frozenset[str]
    refuse: bool


class Logit(NamedTuple):
    """A fitted logistic regression: weights of raw values."""

    weights: Any
    intercept: float

    def of(self, values: Any) -> float:
        """The probability."""
        return float(1 / (1 + np.exp(-np.clip(values @ self.weights + self.intercept, -30, 30))))


def rows(folder: Path) -> list[Row]:
    """Every question of every base."""
    found: list[Row] = []
    for path in sorted((folder / "bases").glob("*.yaml")):
        finder = Finder(load(path).base)
        for line in (folder / f"questions-{path.stem}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            text = row["ask"].removeprefix("!").removeprefix("ask ")
            question, meetings = finder.meet(text)
            first = frozenset(row.get("first") or ())
            found.append(Row(path.stem, question, meetings, first, bool(row.get("refuse"))))
    return found + _sample()


def _sample() -> list[Row]:
    """Our own questions on the sample base."""
    finder = Finder(load(_SAMPLE).base)
    found: list[Row] = []
    for line in (Path(__file__).parent / "questions.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["part"] == "dev" and not row.get("any"):
            question, meetings = finder.meet(row["question"])
            first = frozenset(row.get("first") or ())
            found.append(Row(_SAMPLE.name, question, meetings, first, bool(row.get("refuse"))))
    return found


def fit_ranking(data: list[Row]) -> Any:
    """Weights that put right claims before the others."""
    groups: list[tuple[Any, Any]] = []
    for row in data:
        free = [each for each in row.meetings if not each.barred]
        right = np.array([each.profile.claim.ref in row.first for each in free])
        if not row.refuse and not row.question.idle and free and 0 < right.sum() < len(free):
            groups.append((np.array([each.values for each in free]), right))
    weights, speed = np.zeros(len(FEATURES)), np.zeros(len(FEATURES))
    for _ in range(_ROUNDS):
        slope = np.zeros(len(FEATURES))
        for values, right in groups:
            odds = np.exp(values @ weights - (values @ weights).max())
            wanted = odds * right
            slope += (wanted / wanted.sum() - odds / odds.sum()) @ values
        speed = _MOMENTUM * speed + _RATE * (slope / len(groups) - _RANK_L2 * weights)
        weights = weights + speed
    return weights


def order(row: Row, weights: Any) -> list[Meeting]:
    """The claims of *row* that may be offered, best first."""
    free = [each for each in row.meetings if not each.barred]
    return sorted(free, key=lambda each: (-float(np.dot(weights, each.values)), each.profile.claim.number))


def features(row: Row, best: Meeting) -> Any:
    """What the decision to ask back is made of."""
    return np.array([*best.values, *deciding.question_features(row.question, best)])


def fit_asking(data: list[Row], weights: Any) -> Logit:
    """Whether the base can answer, by the claim that comes nearest."""
    known = [(row, ranking[0]) for row in data if not row.question.idle and (ranking := order(row, weights))]
    values = np.array([features(row, best) for row, best in known])
    answerable = np.array([not row.refuse for row, _ in known], dtype=float)
    middle, spread = values.mean(axis=0), values.std(axis=0) + 1e-6
    scaled = np.c_[np.ones(len(values)), (values - middle) / spread]
    found, speed = np.zeros(scaled.shape[1]), np.zeros(scaled.shape[1])
    for _ in range(_LOGIT_ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(scaled @ found, -30, 30)))
        slope = scaled.T @ (answerable - chance) / len(values) - _LOGIT_L2 * np.r_[0, found[1:]]
        speed = _MOMENTUM * speed + _LOGIT_RATE * slope
        found = found + speed
    return Logit(found[1:] / spread, float(found[0] - (found[1:] / spread) @ middle))


def held_out(data: list[Row]) -> list[tuple[Row, float, list[Meeting]]]:
    """For each row the likelihood and the order by weights fitted on the other bases."""
    found: list[tuple[Row, float, list[Meeting]]] = []
    for base in sorted({row.base for row in data}):
        others = [row for row in data if row.base != base]
        weights = fit_ranking(others)
        asking = fit_asking(others, weights)
        for row in data:
            if row.base == base:
                ranking = order(row, weights)
                likely = asking.of(features(row, ranking[0])) if ranking and not row.question.idle else 0.0
                found.append((row, likely, deciding.offers(ranking)))
    return found


def main() -> None:
    """Fit, report, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("folder", type=Path)
    data = rows(parser.parse_args().folder)
    judged = held_out(data)
    refused = sorted((likely for row, likely, _ in judged if row.refuse and row.base != _SAMPLE.name), reverse=True)
    threshold = refused[int(_ASKED_BACK * len(refused))] + 1e-6
    for base in (*sorted({row.base for row in data}), ""):
        of_base = [each for each in judged if not base or each[0].base == base]
        asked = [each for each in of_base if not each[0].refuse]
        reached = [
            any(offer.profile.claim.ref in row.first for offer in offered)
            for row, likely, offered in asked
            if likely >= threshold
        ]
        wrongly = [likely >= threshold for row, likely, _ in of_base if row.refuse]
        print(
            f"{base or 'all':10} answerable: asked back {len(reached) / len(asked):4.0%}, a right claim among three "
            f"{sum(reached) / len(asked):4.0%}; unanswerable asked back {sum(wrongly) / len(wrongly):4.0%}"
        )
    weights = fit_ranking(data)
    asking = fit_asking(data, weights)
    _TARGET.write_text(
        '"""Fitted by benchmarks/fit_offering.py; change that, not this."""\n\n'
        f"RANKING: tuple[float, ...] = {_tuple(weights)}\n"
        f"ASKING: tuple[float, ...] = {_tuple(asking.weights)}\n"
        f"INTERCEPT = {asking.intercept:.4f}\nTHRESHOLD = {threshold:.4f}\n"
    )


def _tuple(weights: Any) -> str:
    return "(\n" + "".join(f"    {weight:.4f},\n" for weight in weights) + ")"


if __name__ == "__main__":
    main()
