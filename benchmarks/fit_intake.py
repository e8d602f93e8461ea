"""
Fit the numbers of `bot/core/intake/fitted.json`: which candidates of an article are claims, and which are caveats.

    python -m benchmarks.fit_intake FOLDER [TEXT GOLD ...] [--write]

Texts with the claims that somebody made of them, as `benchmarks.intake` takes them. Prints what each threshold keeps
of every text by weights fitted on the others, then fits on all; `--write` keeps that. A candidate that a base joins
with another is a claim. Sentences that are caveats by their own words teach what caveats look like otherwise.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from rapidfuzz import fuzz

from benchmarks.fit_answering import fit_logit
from benchmarks.marked import Marked, marked, texts
from bot.core.claims import FactBase
from bot.core.intake import weighing
from bot.core.intake.attributing import Attributions
from bot.core.intake.grammar import Parser
from bot.core.intake.limits import Limit
from bot.core.intake.listing import as_data
from bot.core.intake.passages import Passage
from bot.core.intake.proposals import Article, Intake
from bot.core.intake.rules import Reading
from bot.core.intake.verifying import faults
from bot.core.intake.weighing import Candidate, features, values
from bot.intake.parser import SpacyParser

_CLAIM_AT, _CAVEAT_AT = 0.45, 0.35
_STEPS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
_SAME_WORDS, _LONGER = 85, 1.15


class Row(NamedTuple):
    """
    A candidate.

    Attributes:
        became: `claim`, `part` of one, `caveat` or `none`.
        limited: Whether its sentence is a caveat by its own words.
    """

    text: str
    has: dict[str, float]
    became: str
    limited: bool = False
    words: str = ""


class _Everything(Reading):
    """Takes sentences that are caveats by their own words for candidates, too, and remembers which they are."""

    def __init__(self, article: Article, parser: Parser) -> None:
        super().__init__(article, FactBase(), parser)
        self.limited: set[int] = set()

    def limit(self, number: int, passage: Passage, found: Attributions) -> Limit | None:
        limit = super().limit(number, passage, found)
        if limit is None or not limit.alone:
            return limit
        self.limited.add(number)
        return None


def rows(known: Marked, name: str, parser: Parser) -> Iterator[Row]:
    """Every candidate of a text; those that bases put under a caveat are known where the text has a base."""
    article, text = known.article, known.article.text
    reading = Reading(article, FactBase(), parser)
    found, _ = reading.candidates()
    clean = [at for at, each in enumerate(found) if not faults(each.proposal, article)]
    intake = Intake(article, tuple(found[at].proposal for at in clean), (), (), (), ())
    joined = known.paired(as_data(intake, name)["claims"])
    became = {clean[place]: "part" if rank else "claim" for places in joined for rank, place in enumerate(places)}
    caveats = {each.get("text") or text[each["a"] : each["b"]] for claim in known.claims for each in claim["caveats"]}

    def row(among: Sequence[Candidate], at: int, known_as: str, *, limited: bool) -> Row:
        said = among[at].proposal.content.of(text)
        limits = known_as != "claim" and any(_limits(said, each) for each in caveats)
        has = values(features(among, at, reading.passages, article))
        return Row(name, has, "caveat" if limits else known_as, limited, said)

    yield from (row(found, at, became.get(at, "none"), limited=False) for at in clean)
    everything = _Everything(article, parser)
    every, _ = everything.candidates()
    for each in every if not known.exact else ():
        if each.passage in everything.limited:
            among = [one for one in every if one.passage not in everything.limited - {each.passage}]
            yield row(among, among.index(each), "none", limited=True)


def _limits(said: str, caveat: str) -> bool:
    alike = fuzz.partial_ratio(said, caveat) > _SAME_WORDS
    return alike and len(said) <= _LONGER * len(caveat) and len(said.split()) > 2


def fit(data: Sequence[Row], model: str) -> Any:
    """Weights that tell a `claim`, or a `caveat`."""
    kept = [row for row in data if model == "caveat" or not row.limited]
    true = [row.became == model or (model == "claim" and row.became == "part") for row in kept]
    return fit_logit(np.array([[*row.has.values()] for row in kept]), np.array(true, dtype=float))


def held_out(data: Sequence[Row], model: str) -> Any:
    """The chance of each row by weights fitted on the other texts."""
    found = np.zeros(len(data))
    for text in {row.text for row in data}:
        fitted = fit([row for row in data if row.text != text], model)
        for at, row in enumerate(data):
            if row.text == text:
                found[at] = fitted.of(np.array([*row.has.values()]))
    return found


def report(data: Sequence[Row]) -> None:
    """What each threshold takes for a claim and for a caveat, by what it is."""
    became: Any = np.array([row.became for row in data])
    free: Any = np.array([not row.limited for row in data])
    for model in ("claim", "caveat"):
        chances = held_out(data, model)
        for step in _STEPS:
            taken = free & (chances >= step)
            counts = (
                f"{(taken & (became == name)).sum()} of {(free & (became == name)).sum()} {name}s"
                for name in ("claim", "part", "caveat", "none")
            )
            print(f"{model} at {step:.2f}: {', '.join(counts)}")


def main() -> None:
    """Fit, report, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("texts", nargs="+")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    paths = [(text, gold) for text, gold in texts(arguments.texts) if text.exists() and gold.exists()]
    reader = SpacyParser()
    data = [row for text, gold in paths for row in rows(marked(text, gold), str(text), reader)]
    report(data)
    if arguments.write:
        keep(data)


def keep(data: Sequence[Row]) -> None:
    """Fit on all of *data*, and write the numbers."""
    numbers: dict[str, Any] = {"claim_at": _CLAIM_AT, "caveat_at": _CAVEAT_AT}
    for model in ("claim", "caveat"):
        named = fit(data, model).named([*data[0].has])
        numbers[model] = {name: round(value, 4) for name, value in named.items()}
    Path(weighing.__file__).with_name("fitted.json").write_text(json.dumps(numbers, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
