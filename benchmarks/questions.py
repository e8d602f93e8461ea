"""
How many development questions the curated fact base answers right, by kind.

    python -m benchmarks.questions            accuracy of the dev and the held-out part, by kind, and latency
    python -m benchmarks.questions --failures the dev questions that went wrong, with what was shown
    python -m benchmarks.questions --fit      the coverage threshold that does best on the dev part

`questions.jsonl` holds one question a line: `question`, `kind`, `part` (`dev` or `held`) and what is right: `first`
(any of these claims first), `any` (some claim) or `refuse` (no claim at all). The held-out part is never printed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core.asking import search
from bot.core.asking.search import Found, Result, Searcher
from bot.core.claims import FactBase
from bot.files.factfile import load

_HERE = Path(__file__).parent
_FACT_BASE = _HERE.parent / "data"


@dataclass(frozen=True, slots=True)
class Case:
    """One question and what is right for it."""

    question: str
    kind: str
    part: str
    first: tuple[str, ...] = ()
    any: bool = False
    refuse: bool = False

    def met_by(self, result: Result) -> bool:
        """Whether *result* is right. Asking back shows no claim: it counts as refusing, never as answering."""
        shown = [claim.ref for claim in result.claims] if isinstance(result, Found) else []
        if self.refuse:
            return not shown
        return bool(shown) and (self.any or shown[0] in self.first)


def cases() -> Iterator[Case]:
    """The development questions."""
    for line in (_HERE / "questions.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield Case(
            question=row["question"],
            kind=row["kind"],
            part=row["part"],
            first=tuple(row.get("first", ())),
            any=row.get("any", False),
            refuse=row.get("refuse", False),
        )


def score(searcher: Searcher, questions: Sequence[Case]) -> tuple[float, float]:
    """The shares of answerable questions answered right and of unanswerable ones refused."""
    right = [(case.refuse, case.met_by(searcher.ask(case.question))) for case in questions]
    answered = [met for refuse, met in right if not refuse]
    refused = [met for refuse, met in right if refuse]
    return statistics.fmean(answered), statistics.fmean(refused)


def report(base: FactBase, questions: Sequence[Case], *, failures: bool) -> None:
    """Print accuracy by kind and part, and the time an answer takes."""
    searcher = Searcher(base)
    tally: dict[tuple[str, str], list[bool]] = defaultdict(list)
    took: list[float] = []
    for case in questions:
        start = time.perf_counter()
        result = searcher.ask(case.question)
        took.append(time.perf_counter() - start)
        met = case.met_by(result)
        tally[case.kind, case.part].append(met)
        if failures and not met and case.part == "dev":
            print(f"{case.kind:12} {case.question!r}: wanted {case.first or 'refusal'}, got {_words(result)}")
    for kind in sorted({case.kind for case in questions}):
        print(f"{kind:12}", *(f"{part} {_share(tally[kind, part])}" for part in ("dev", "held")))
    for part in ("dev", "held"):
        answered, refused = score(searcher, [case for case in questions if case.part == part])
        print(f"{part}: answered right {answered:.1%}, refused right {refused:.1%}")
    took.sort()
    print(f"ms per question: p50 {took[len(took) // 2] * 1e3:.2f}, p99 {took[int(len(took) * 0.99)] * 1e3:.2f}")


def fit(base: FactBase, questions: Sequence[Case]) -> None:
    """
    Print how values of the coverage threshold in `bot.core.asking.search` do on the dev part.

    The best is where the shares answered and refused right add up to most; of a plateau, its middle.
    """
    dev = [case for case in questions if case.part == "dev"]
    sums: dict[float, float] = {}
    for covered in (each / 20 for each in range(2, 20)):
        answered, refused = score(Searcher(base, search.Thresholds(covered=covered)), dev)
        sums[covered] = round(answered + refused, 4)
        print(f"covered {covered:.2f}: answered {answered:.1%}, refused {refused:.1%}")
    plateau = [covered for covered, both in sums.items() if both == max(sums.values())]
    print(f"best: {plateau[len(plateau) // 2]:.2f} (of {plateau[0]:.2f} to {plateau[-1]:.2f})")


def _share(met: Sequence[bool]) -> str:
    return f"{sum(met):3}/{len(met):<3}"


def _words(result: Result) -> str:
    return " ".join(claim.ref for claim in result.claims[:4]) if isinstance(result, Found) else type(result).__name__


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--failures", action="store_true", help="list the dev questions that went wrong")
    parser.add_argument("--fit", action="store_true", help="try thresholds on the dev part")
    arguments = parser.parse_args()
    base, questions = load(_FACT_BASE).base, list(cases())
    if arguments.fit:
        fit(base, questions)
    else:
        report(base, questions, failures=arguments.failures)


if __name__ == "__main__":
    main()
