"""
How well the right claim is found, and how well refused, beside every lexical peer in the same run.

    python benchmarks/retrieval.py [--claims FILE --queries FILE] [--titles] [--typos N] [--seed S] [--size N]
                                   [--half 0|1] [--engines NAME,NAME] [--queries-at-most N]

Without files it runs on the public data where that is at hand, with 0, 1 and 2 misspellings, on the half of the
queries that the weights were not fitted on; otherwise on a small generated base. `--size` grows the base to N texts
by recombining halves of its own. Each engine runs in a process of its own; memory is that process's peak, its texts
and queries included (the row "texts alone" tells how much those take).
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import statistics
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.public_data import (  # noqa: E402  # the path comes first
    DATA,
    Claim,
    Task,
    generated_task,
    misspelled,
    public_tasks,
    read_claims,
    read_queries,
    with_refusals,
)

HELD_OUT = 1
_DRAWS = 5
_PRECISION = 0.95
_SLOW_LIMIT = 50_000


@dataclass(frozen=True)
class Measured:
    """One engine on one task."""

    map1: float
    map5: float
    mrr: float
    recall10: float
    p50: float
    p99: float
    build: float
    megabytes: float
    auroc: float | None = None
    best_f1: float | None = None
    answered: float | None = None


def main() -> None:
    """Print a table for each task and number of misspellings."""
    options = _options()
    for task in _tasks(options):
        task = _grown(task, options.size) if options.size else task
        for typos in [options.typos] if options.typos is not None else (0, 1, 2):
            asked = [query for query in task.queries if options.half is None or query.half == options.half]
            asked = asked[: options.queries_at_most]
            asked = misspelled(asked, typos, options.seed + typos)
            here = Task(task.name, task.claims, tuple(asked))
            print(
                f"\n{task.name}: {len(here.claims):,} texts, {len(here.queries)} queries, {typos} misspellings each"
            )
            print(f"{'':27}MAP@1  MAP@5    MRR  R@10 | AUROC best F1  at 95 % | p50 ms  p99 ms build s    MB")
            for name in _engines(options.engines, len(here.claims)):
                print(f"{name:26}{_row(_alone(name, here, options.seed))}", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=Path)
    parser.add_argument("--queries", type=Path)
    parser.add_argument("--titles", action="store_true", help="the claims' titles are part of their texts")
    parser.add_argument("--typos", type=int, choices=range(4))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int)
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--engines", help="names, separated by commas; all if left out")
    parser.add_argument("--queries-at-most", type=int)
    options = parser.parse_args()
    if bool(options.claims) != bool(options.queries):
        parser.error("--claims and --queries go together")
    return options


def _tasks(options: argparse.Namespace) -> Iterator[Task]:
    if options.claims:
        claims, queries = read_claims(options.claims, titles=options.titles), read_queries(options.queries)
        yield Task(options.queries.stem, claims, queries)
    elif DATA.is_dir():
        options.half = HELD_OUT if options.half is None else options.half
        yield from public_tasks()
    else:
        print(f"No public data in {DATA}: a small generated base instead.")
        yield generated_task(options.seed)


def _grown(task: Task, size: int) -> Task:
    """The task with its base grown to *size*: each new text joins halves of two that no query asks for."""
    draw = random.Random(size)
    asked = {each for query in task.queries for each in query.relevant}
    halves = [claim.text.split() for claim in task.claims if claim.id not in asked]
    claims = list(task.claims)
    while len(claims) < size:
        one, two = draw.choice(halves), draw.choice(halves)
        claims.append(Claim(f"grown-{len(claims)}", " ".join([*one[: len(one) // 2], *two[len(two) // 2 :]])))
    return Task(f"{task.name}, grown", tuple(claims), task.queries)


def _engines(wanted: str | None, size: int) -> list[str]:
    from benchmarks.engines import ENGINES, SLOW

    names = [name.strip() for name in wanted.split(",")] if wanted else [*ENGINES, "texts alone"]
    skipped = [name for name in names if size > _SLOW_LIMIT and SLOW.search(name) and not wanted]
    if skipped:
        print(f"(left out at this size, minutes a query set: {', '.join(skipped)}; name them with --engines)")
    return [name for name in names if name not in skipped]


def _alone(name: str, task: Task, seed: int) -> Measured:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(measure, name, task, seed).result()


def measure(name: str, task: Task, seed: int) -> Measured:
    """Build, ask everything, then ask again of a base that lacks half of the answers."""
    if name == "texts alone":
        return Measured(0, 0, 0, 0, 0, 0, 0, _peak())
    ranked, times, build = _run(name, task)
    megabytes = _peak()
    ids = [claim.id for claim in task.claims]
    answers = [[ids[number] for number, _ in each] for each in ranked]
    relevant = [query.relevant for query in task.queries]
    quality = [
        statistics.fmean(score(answer, right) for answer, right in zip(answers, relevant, strict=True))
        for score in (_ap1, _ap5, _reciprocal, _recall)
    ]
    refusal = _refusal(name, task, seed) if len(ids) <= _SLOW_LIMIT else (None, None, None)
    cuts = statistics.quantiles(times, n=100)
    map1, map5, mrr, recall10 = quality
    auroc, best_f1, answered = refusal
    return Measured(
        map1, map5, mrr, recall10, cuts[49] * 1000, cuts[98] * 1000, build, megabytes, auroc, best_f1, answered
    )


def _run(name: str, task: Task) -> tuple[list[list[tuple[int, float]]], list[float], float]:
    from benchmarks.engines import ENGINES

    started = time.perf_counter()
    engine = ENGINES[name]([claim.text for claim in task.claims])
    build = time.perf_counter() - started
    ranked: list[list[tuple[int, float]]] = []
    times: list[float] = []
    for query in task.queries:
        before = time.perf_counter()
        ranked.append(engine.search(query.text))
        times.append(time.perf_counter() - before)
    return ranked, times, build


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _average_precision(answer: Sequence[str], right: frozenset[str], depth: int) -> float:
    hits, total = 0, 0.0
    for place, each in enumerate(answer[:depth], start=1):
        if each in right:
            hits += 1
            total += hits / place
    return total / min(len(right), depth) if right else 0.0


def _ap1(answer: Sequence[str], right: frozenset[str]) -> float:
    return _average_precision(answer, right, 1)


def _ap5(answer: Sequence[str], right: frozenset[str]) -> float:
    return _average_precision(answer, right, 5)


def _reciprocal(answer: Sequence[str], right: frozenset[str]) -> float:
    return next((1 / place for place, each in enumerate(answer, start=1) if each in right), 0.0)


def _recall(answer: Sequence[str], right: frozenset[str]) -> float:
    return len(right & set(answer[:10])) / len(right) if right else 0.0


def _refusal(name: str, task: Task, seed: int) -> tuple[float, float, float]:
    """How well the engine's first score tells that the base has the answer; the mean of a few draws."""
    draws = [refusal_of(_judged(name, with_refusals(task, seed + draw))) for draw in range(_DRAWS)]
    auroc, best_f1, answered = (statistics.fmean(each) for each in zip(*draws, strict=True))
    return auroc, best_f1, answered


def _judged(name: str, task: Task) -> list[tuple[float, bool, bool]]:
    ranked, _, _ = _run(name, task)
    ids = [claim.id for claim in task.claims]
    return [
        (
            each[0][1] if each else float("-inf"),
            bool(query.relevant),
            bool(each) and ids[each[0][0]] in query.relevant,
        )
        for each, query in zip(ranked, task.queries, strict=True)
    ]


def refusal_of(judged: Iterable[tuple[float, bool, bool]]) -> tuple[float, float, float]:
    """
    Measures of refusal.

    Args:
        judged: For each query, the first hit's score, whether the base has an answer, and whether that hit is one.

    Returns:
        The chance that an answerable query scores above an unanswerable one; the best F1 of "has an answer" over all
        thresholds; the share of answerable queries answered rightly at the lowest threshold whose answers are right
        95 times in a hundred.
    """
    ordered = sorted(judged, key=lambda each: -each[0])
    answerable = sum(has for _, has, _ in ordered)
    without = len(ordered) - answerable
    if not answerable or not without:
        return float("nan"), float("nan"), float("nan")
    above = ties = seen = 0
    for score, has, _ in ordered:
        if has:
            seen += 1
        else:
            ties += sum(1 for other, held, _ in ordered if held and other == score)
            above += sum(1 for other, held, _ in ordered if held and other > score)
    auroc = (above + ties / 2) / (answerable * without)
    best_f1 = share = 0.0
    hits = right = 0
    for taken, (_, has, correct) in enumerate(ordered, start=1):
        hits += has
        right += correct
        best_f1 = max(best_f1, 2 * hits / (taken + answerable))
        if right / taken >= _PRECISION:
            share = right / answerable
    return auroc, best_f1, share


def _row(found: Measured) -> str:
    quality = f" {found.map1:5.3f}  {found.map5:5.3f}  {found.mrr:5.3f} {found.recall10:5.3f} |"
    refusal = (
        f" {found.auroc:5.3f}   {found.best_f1:5.3f}    {found.answered:5.3f} |"
        if found.auroc is not None and found.best_f1 is not None and found.answered is not None
        else "     –       –        – |"
    )
    return f"{quality}{refusal} {found.p50:6.2f}  {found.p99:6.2f}  {found.build:6.1f} {found.megabytes:5.0f}"


if __name__ == "__main__":
    main()
