"""
Fit the numbers of `bot/core/asking/answering/fitted.json` on several fact bases with their questions.

    python -m benchmarks.fit_answering FOLDER... [--write]

Each FOLDER holds `bases/NAME.yaml` and `questions-NAME.jsonl`: a row has `ask`, `kind` (`name`, `question`,
`refuse`), `sub`, and `first` (claims any of which is right) or `refuse`. Prints how each base does by weights fitted
on the others, then fits on all of them; `--write` keeps that. The order of claims is a conditional logit; whether the
best one is right, and whether the base can answer at all, are logistic regressions. The thresholds reach most under
three bounds: claims shown for the unanswerable, wrong claims first, and the unanswerable asked back.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np

from bot.core.asking.answering import deciding
from bot.core.asking.answering.deciding import Outcome
from bot.core.asking.answering.finding import Finder
from bot.core.asking.answering.fitted import keep
from bot.core.asking.answering.meeting import FEATURES, Meeting
from bot.core.asking.answering.question import Question
from bot.files.factfile import load

_ROUNDS, _RATE, _MOMENTUM = 250, 0.1, 0.9
_STEPS_OF_NEWTON = 20
_L2, _LOGIT_L2 = 0.05, 0.02
_SHOWN, _WRONG, _ASKED = 0.033, 0.036, 0.1
"""Bounds, as shares: unanswerable with a claim shown, answerable with a wrong one first, unanswerable asked back."""

_RIGHT_IS_WORTH = 1.0
"""What an answer is worth beyond a question back that leads to it."""

_SURE, _SETTLED = 0.8, 0.1
"""How likely right a claim is that answers in any case, and how little such a question counts for asking back."""

_SIDES_AT = 0.7
_STEPS = np.arange(0.2, 0.97, 0.01)


class Row(NamedTuple):
    """One question held against its base."""

    base: str
    kind: str
    sub: str
    asked: str
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

    def named(self, features: Sequence[str]) -> dict[str, float]:
        """The weights by name, and the intercept."""
        return {**dict(zip(features, map(float, self.weights), strict=True)), "intercept": self.intercept}


class Judged(NamedTuple):
    """A question with what the models make of it: how likely its best claim is right, and that any claim is."""

    row: Row
    ranking: list[Meeting]
    right: float
    answerable: float

    def outcome(self, answered_at: float, asked_at: float) -> Outcome:
        """What becomes of the question."""
        if not self.ranking:
            return Outcome.REFUSE
        bounds = deciding.Bounds(answered_at, _SIDES_AT, asked_at)
        return deciding.outcome(self.row.question, self.ranking[0], self.right, self.answerable, bounds)

    def verdict(self, answered_at: float, asked_at: float) -> str:
        """`right`, `wrong`, `offered`, `missed`; of the unanswerable `right`, `answered`, `asked`."""
        row, outcome = self.row, self.outcome(answered_at, asked_at)
        if outcome is Outcome.ANSWER:
            right = self.ranking[0].profile.claim.ref in row.first
            return "right" if right else "answered" if row.refuse else "wrong"
        asks = outcome is Outcome.ASK_BACK
        if row.refuse:
            return "asked" if asks else "right"
        offered = deciding.offers(each.profile.claim for each in self.ranking) if asks else ()
        return "offered" if any(claim.ref in row.first for claim in offered) else "missed"


def rows(folder: Path) -> Iterator[Row]:
    """Every question of every base."""
    for path in sorted((folder / "bases").glob("*.yaml")):
        finder = Finder(load(path).base)
        for line in (folder / f"questions-{path.stem}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            asked = row["ask"].removeprefix("!").removeprefix("ask ")
            question, meetings = finder.meet(asked)
            first = frozenset(row.get("first") or ())
            refuse = bool(row.get("refuse"))
            yield Row(path.stem, row["kind"], row.get("sub") or "", asked, question, meetings, first, refuse)


def fit_order(data: Sequence[Row], of: Callable[[Row, list[Meeting]], Any] | None = None) -> Any:
    """Weights that put right claims before the others; *of*: what is weighed of some claims, else their features."""
    groups: list[tuple[Any, Any]] = []
    for row in data:
        free = [each for each in row.meetings if not each.barred]
        right = np.array([each.profile.claim.ref in row.first for each in free])
        if not row.refuse and not row.question.idle and free and 0 < right.sum() < len(free):
            groups.append((of(row, free) if of else np.array([each.values for each in free]), right))
    values, right = (np.concatenate(each) for each in zip(*groups, strict=True))
    starts = np.cumsum([0, *(len(each) for each, _ in groups)])
    sizes, starts = np.diff(starts), starts[:-1]
    spread = values.std(axis=0) + 1e-6
    values = values / spread
    weights, speed = np.zeros(values.shape[1]), np.zeros(values.shape[1])
    for _ in range(_ROUNDS):
        scores = values @ weights
        odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        wanted = odds * right
        pull = (each / np.repeat(np.add.reduceat(each, starts), sizes) for each in (wanted, odds))
        slope = (next(pull) - next(pull)) @ values
        speed = _MOMENTUM * speed + _RATE * (slope / len(groups) - _L2 * weights)
        weights = weights + speed
    return weights / spread


def order(row: Row, weights: Any) -> tuple[list[Meeting], list[float]]:
    """The claims of *row* that may be shown, best first, with their scores; none where it is no question."""
    if row.question.idle or row.question.empty:
        return [], []
    scored = [(float(np.dot(weights, each.values)), each) for each in row.meetings if not each.barred]
    scored.sort(key=lambda each: (-each[0], each[1].profile.claim.number))
    return [each for _, each in scored], [score for score, _ in scored]


def fit_logit(values: Any, true: Any, counts: Any = None) -> Logit:
    """Whether something is so, by *values* (rows, features), by Newton's steps; *counts*: what each row counts."""
    share = np.ones(len(values)) if counts is None else counts
    share = share / share.sum()
    middle, spread = values.mean(axis=0), values.std(axis=0) + 1e-6
    scaled = np.c_[np.ones(len(values)), (values - middle) / spread]
    held = _LOGIT_L2 * np.r_[0, np.ones(values.shape[1])]
    found = np.zeros(scaled.shape[1])
    for _ in range(_STEPS_OF_NEWTON):
        found = found + _step(scaled, true, share, held, found)
    return Logit(found[1:] / spread, float(found[0] - (found[1:] / spread) @ middle))


def _step(scaled: Any, true: Any, share: Any, held: Any, found: Any) -> Any:
    chance = 1 / (1 + np.exp(-np.clip(scaled @ found, -30, 30)))
    slope = scaled.T @ (share * (true - chance)) - held * found
    bend = (scaled * (share * chance * (1 - chance))[:, None]).T @ scaled
    return cast("Any", np.linalg.solve(bend + np.diag(held + 1e-9), slope))


def settled(question: Question, best: Meeting) -> bool:
    """Whether a rule answers or refuses, whatever the models say."""
    least, most = ((0.0, 0.0), (0.0, 1.0))
    return deciding.outcome(question, best, *least, deciding.FITTED) is Outcome.ANSWER or (
        deciding.outcome(question, best, *most, deciding.FITTED) is Outcome.REFUSE
    )


def fit(data: Sequence[Row]) -> tuple[Any, Logit, Logit]:
    """The order, whether its first is right, and whether the base can answer."""
    weights = fit_order(data)
    known = [(row, *order(row, weights)) for row in data]
    known = [each for each in known if each[1] and not settled(each[0].question, each[1][0])]
    values = np.array([deciding.features(row.question, ranking, scores) for row, ranking, scores in known])
    among = np.c_[values, np.array([deciding.standing(ranking, scores) for _, ranking, scores in known])]
    right = np.array([ranking[0].profile.claim.ref in row.first for row, ranking, _ in known], dtype=float)
    answerable = np.array([not row.refuse for row, _, _ in known], dtype=float)
    answering = fit_logit(among, right)
    counts = np.array([_SETTLED if answering.of(each) >= _SURE else 1.0 for each in among])
    return weights, answering, fit_logit(values, answerable, counts)


def held_out(data: Sequence[Row]) -> list[Judged]:
    """Each row by weights fitted on the other bases."""
    found: list[Judged] = []
    for base in sorted({row.base for row in data}):
        weights, answering, asking = fit([row for row in data if row.base != base])
        for row in (each for each in data if each.base == base):
            ranking, scores = order(row, weights)
            if not ranking:
                found.append(Judged(row, [], 0.0, 0.0))
                continue
            values = deciding.features(row.question, ranking, scores)
            among = np.array((*values, *deciding.standing(ranking, scores)))
            found.append(Judged(row, ranking, answering.of(among), asking.of(np.array(values))))
    return found


def thresholds(judged: Sequence[Judged]) -> tuple[float, float]:
    """Where claims answer and where they are asked back, so that most is reached within the bounds."""
    judged = [each for each in judged if each.row.refuse or each.row.kind == "question"]
    refused: Any = np.array([each.row.refuse for each in judged])
    answerable: Any = np.array([each.answerable for each in judged])
    best = (-1.0, 1.0, 1.0)
    for answered_at in map(float, _STEPS):
        least: Any = np.array([each.verdict(answered_at, 2.0) for each in judged])
        most: Any = np.array([each.verdict(answered_at, 0.0) for each in judged])
        if _share(least, refused, "answered") > _SHOWN or _share(least, ~refused, "wrong") > _WRONG:
            continue
        for asked_at in map(float, _STEPS):
            verdicts = np.array(least)
            verdicts[answerable >= asked_at] = most[answerable >= asked_at]
            if _share(verdicts, refused, "asked") <= _ASKED:
                right = _share(verdicts, ~refused, "right")
                reached = right + _share(verdicts, ~refused, "offered")
                best = max(best, (reached + _RIGHT_IS_WORTH * right, answered_at, asked_at))
    return best[1], best[2]


def _share(verdicts: Any, of: Any, verdict: str) -> float:
    met: Any = verdicts[of] == verdict
    return float(met.mean())


def report(judged: Sequence[Judged], answered_at: float, asked_at: float) -> None:
    """Print shares by kind and by base."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for each in judged:
        verdict = each.verdict(answered_at, asked_at)
        kind = "refuse" if each.row.refuse else each.row.kind
        for key in dict.fromkeys((kind, f"{kind} {each.row.sub}", f"{kind} of {each.row.base}")):
            table[key][verdict] += 1
    for key, counts in sorted(table.items()):
        size = sum(counts.values())
        right, reached = counts["right"] / size, (counts["right"] + counts["offered"]) / size
        print(f"{key:28} {size:4} right {right:4.0%} reached {reached:4.0%}  {dict(counts)}")


def typed(about: str | None) -> tuple[argparse.ArgumentParser, list[Row], bool]:
    """The command line of a program that fits: its parser, every row of its folders, and whether to write."""
    parser = argparse.ArgumentParser(description=(about or "").partition("\n\n")[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    return parser, [row for folder in arguments.folders for row in rows(folder)], bool(arguments.write)


def main() -> None:
    """Fit, report, write."""
    _, data, write = typed(__doc__)
    judged = held_out(data)
    answered_at, asked_at = thresholds(judged)
    print(f"each base by weights fitted on the others; answered at {answered_at:.2f}, asked back at {asked_at:.2f}")
    report(judged, answered_at, asked_at)
    if not write:
        return
    weights, answering, asking = fit(data)
    keep(
        ranking=dict(zip(FEATURES, map(float, weights), strict=True)),
        answering=answering.named(deciding.AMONG),
        asking=asking.named(deciding.JUDGED),
        answered_at=answered_at,
        asked_at=asked_at,
        sides_at=_SIDES_AT,
    )


if __name__ == "__main__":
    main()
