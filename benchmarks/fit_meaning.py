"""
Fit how much a sentence encoder counts in what a question back offers: `meaning` in `answering/fitted.json`.

    python -m benchmarks.fit_meaning FOLDER... [--write]

FOLDER as for benchmarks/fit_answering.py, by which claims are ordered and questions asked back here, too: each base
by weights fitted on the others. Needs the extra caveat[meaning]. Prints what is reached by words alone and by both:
right first, or behind one of the buttons. `--write` keeps the weight that is fitted on all bases.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from benchmarks.fit_answering import Judged, Row, fit_order, held_out, thresholds, typed
from bot.core.asking import meaning
from bot.core.asking.answering import deciding
from bot.core.asking.answering.fitted import keep
from bot.core.asking.answering.meeting import Meeting
from bot.core.asking.meaning import Encoder
from bot.encoder import encoder

_WAYS = ("by words", "by both")


class Cosines:
    """How near in meaning claims are to a question; each text is encoded once."""

    def __init__(self, encoder: Encoder) -> None:
        def statement(text: str) -> Any:
            return encoder.statements([text])[0]

        self._question, self._statement = cache(encoder.question), cache(statement)

    def of(self, row: Row, claims: Sequence[Meeting]) -> Any:
        """One number for each of *claims*."""
        vectors = [self._statement(meaning.words_of(each.profile.claim)) for each in claims]
        return np.array(vectors) @ self._question(row.asked)


def fit(data: Sequence[Row], cosines: Cosines) -> tuple[Any, float]:
    """The order by words, and how much a cosine counts beside its logit."""
    weights = fit_order(data)

    def both(row: Row, claims: list[Meeting]) -> Any:
        return np.c_[np.array([each.values for each in claims]) @ weights, cosines.of(row, claims)]

    by_words, by_meaning = fit_order(data, both)
    return weights, float(by_meaning / by_words)


def offered(judged: Judged, scores: Sequence[float]) -> bool:
    """Whether a right claim stands on one of the buttons, where claims are offered by *scores*."""
    claims = [each.profile.claim for each in judged.ranking[: len(scores)]]
    order = sorted(range(len(scores)), key=lambda at: (-scores[at], claims[at].number))
    return any(claim.ref in judged.row.first for claim in deciding.offers(claims[at] for at in order))


def report(judged: Sequence[Judged], cosines: Cosines) -> None:
    """Print what is reached of each kind of question, each base by weights fitted on the others."""
    answered_at, asked_at = thresholds(judged)
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for base in sorted({each.row.base for each in judged}):
        weights, weight = fit([each.row for each in judged if each.row.base != base], cosines)
        for each in judged:
            if each.row.base != base or each.row.refuse or each.row.kind != "question":
                continue
            verdict = each.verdict(answered_at, asked_at)
            found = Counter(questions=1, **dict.fromkeys(_WAYS, verdict == "right"))
            if each.outcome(answered_at, asked_at) is deciding.Outcome.ASK_BACK:
                near = each.ranking[: meaning.CANDIDATES]
                words = np.array([claim.values for claim in near]) @ weights
                found["asked back"] = 1
                found["by words"] = verdict == "offered"
                found["by both"] = offered(each, words + weight * cosines.of(each.row, near))
            for kind in ("all", each.row.sub):
                table[kind].update(found)
    for kind, counts in sorted(table.items()):
        shares = ", ".join(f"{way} {counts[way] / counts['questions']:.1%}" for way in _WAYS)
        print(f"{kind:12} {counts['questions']:4} asked back {counts['asked back']:4}; reached {shares}")


def main() -> None:
    """Fit, report, write."""
    parser, data, write = typed(__doc__)
    found = encoder()
    if found is None:
        parser.error("it needs the extra: pip install --require-hashes -r requirements-meaning.lock")
    cosines = Cosines(found)
    report(held_out(data), cosines)
    _, weight = fit(data, cosines)
    print(f"a cosine counts {weight:.1f}")
    if write:
        keep(meaning=weight)


if __name__ == "__main__":
    main()
