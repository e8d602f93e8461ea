"""
How well the proposer at hand reads articles: precision and recall against claims marked by hand.

    python -m benchmarks.intake TEXT GOLD [TEXT GOLD ...]

GOLD is JSON as `python bot.py intake TEXT --json` prints it, its `claims` marked by a person (docs/intake.md). Claims
are paired one to one by how much of their contents they share; a field of a claim that was not proposed counts as
missed, one of a proposal that is no claim as wrong.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.core.claims import FactBase
from bot.core.intake.listing import as_data
from bot.core.intake.proposals import Article
from bot.core.intake.reading import read
from bot.intake.choosing import chosen

_SHARED = 0.3
"""How much of the longer content two claims share at least to be one."""


@dataclass
class Score:
    """What was found of one field, over all texts."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def words(self) -> str:
        """`precision 0.97, recall 0.94 (29 right, 1 wrong, 2 missed)`."""
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        counts = f"({self.right} right, {self.wrong} wrong, {self.missed} missed)"
        return f"precision {precision:.2f}, recall {recall:.2f} {counts}"


def _plain(words: str | None) -> str:
    return re.sub(r"^(?:the|an?) |[^\w ]", "", (words or "").lower()).strip()


def _alike(one: str | None, other: str | None) -> bool:
    short, long = sorted((_plain(one), _plain(other)), key=len)
    return short == long or (len(short) > 3 and short in long)


def _claimant(claim: dict[str, Any], text: str) -> list[Any]:
    who = claim["claimant"]
    return [[who.get("means"), who["text"], *who.get("aka", [])] if who else [""]]


def _same_bounds(one: Sequence[float | None], other: Sequence[float | None]) -> bool:
    return all(a is b if a is None or b is None else abs(a - b) < 0.01 for a, b in zip(one, other, strict=True))


Field = tuple[Callable[[dict[str, Any], str], list[Any]], Callable[[Any, Any], bool]]
FIELDS: dict[str, Field] = {
    "claimant": (_claimant, lambda one, other: any(_alike(a, b) and bool(a) == bool(b) for a in one for b in other)),
    "relays": (
        lambda claim, text: [(each["text"], each["how"]) for each in claim["relayed_by"]],
        lambda one, other: one[1] == other[1] and _alike(one[0], other[0]),
    ),
    "quotations": (
        lambda claim, text: [text[slice(*span)].rstrip(".,") for span in claim["quotations"]],
        lambda one, other: one == other,
    ),
    "figures": (
        lambda claim, text: [(each["quantifier"], (each["low"], each["high"])) for each in claim["figures"]],
        lambda one, other: _plain(one[0]) == _plain(other[0]) and _same_bounds(one[1], other[1]),
    ),
    "caveats": (
        lambda claim, text: [(text[each["a"] : each["b"]], each["stated_by"]) for each in claim["caveats"]],
        lambda one, other: _alike(one[0], other[0]) and _plain(one[1]) == _plain(other[1]),
    ),
}
"""For each field, how a claim's values are read, and when two of them are the same."""


def compare(text: str, gold: list[dict[str, Any]], proposed: list[dict[str, Any]], scores: dict[str, Score]) -> None:
    """Count into *scores* what *proposed* has of *gold*."""
    pairs = dict(_paired(gold, proposed))
    claims = scores.setdefault("claims", Score())
    claims.right += len(pairs)
    claims.wrong += len(proposed) - len(pairs)
    claims.missed += len(gold) - len(pairs)
    sides = [(claim, proposed[pairs[at]] if at in pairs else None) for at, claim in enumerate(gold)]
    sides += [(None, claim) for at, claim in enumerate(proposed) if at not in pairs.values()]
    for name, (values, same) in FIELDS.items():
        score = scores.setdefault(name, Score())
        for wanted, got in sides:
            left = values(got, text) if got else []
            for value in values(wanted, text) if wanted else []:
                hit = next((each for each in left if same(value, each)), None)
                if hit is None:
                    score.missed += 1
                else:
                    score.right += 1
                    left.remove(hit)
            score.wrong += len(left)


def _paired(gold: list[dict[str, Any]], proposed: list[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    shares = sorted(
        (
            (_shared(one["content"], other["content"]), at, beside)
            for at, one in enumerate(gold)
            for beside, other in enumerate(proposed)
        ),
        reverse=True,
    )
    taken: set[int] = set()
    used: set[int] = set()
    for share, at, beside in shares:
        if share > _SHARED and at not in taken and beside not in used:
            taken.add(at)
            used.add(beside)
            yield at, beside


def _shared(one: Sequence[int], other: Sequence[int]) -> float:
    both = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, both) / max(one[1] - one[0], other[1] - other[0], 1)


def main(arguments: Sequence[str]) -> None:
    """Read every text and print the score of every field over all of them."""
    if not arguments or len(arguments) % 2:
        raise SystemExit(__doc__)
    scores: dict[str, Score] = {}
    proposer = chosen()
    for path, marked in zip(arguments[::2], arguments[1::2], strict=True):
        text = Path(path).read_text(encoding="utf-8")
        gold = json.loads(Path(marked).read_text(encoding="utf-8"))
        article = Article(text, gold["outlet"], date.fromisoformat(gold["published"]))
        found = as_data(read(article, FactBase(), proposer), Path(path).stem)
        compare(text, gold["claims"], found["claims"], scores)
    for name, score in scores.items():
        print(f"{name:11}{score.words}")


if __name__ == "__main__":
    main(sys.argv[1:])
