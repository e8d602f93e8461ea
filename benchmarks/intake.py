"""
How well the proposer at hand reads articles: precision and recall against claims marked by hand.

    python -m benchmarks.intake [-v] TEXT GOLD [TEXT GOLD ...]
    python -m benchmarks.intake [-v] FOLDER

GOLD is JSON as `python bot.py intake TEXT --json` prints it, its `claims` marked by a person (docs/intake.md): claims
are paired one to one by how much of their contents they share. Or GOLD is a fact base that somebody made of the text
(`.yaml`); FOLDER holds `texts/NAME.txt` and `bases/NAME.yaml`. A base's claims have no offsets and may hold several
sentences: they are paired by words, and what else of the text is in one is `parts`, its fields counted with it, while
`claims` counts it as wrong. A field of a claim that was not proposed counts as missed, one of a proposal that is no
claim as wrong. `-v` names every miss.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from benchmarks.marked import Marked, Row, marked, merged, texts
from bot.core.claims import FactBase
from bot.core.intake.listing import as_data
from bot.core.intake.reading import read
from bot.intake.choosing import chosen

_SAME_SENTENCE = 85
"""How alike (0–100) a caveat of a base and a proposed one are at least: a base may cut or join what the text says."""


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


def _claimant(claim: Row, text: str) -> list[Any]:
    who = claim["claimant"]
    return [[who.get("means"), who["text"], *who.get("aka", [])] if who else [""]]


def _words(value: Any, text: str) -> str:
    """The words of a quotation, given themselves or by offsets."""
    if isinstance(value, str):
        return value
    return text[slice(*value)]


def _within(one: str, other: str) -> bool:
    short, long = sorted((f" {_plain(one)} ", f" {_plain(other)} "), key=len)
    return short in long


def _same_bounds(one: Sequence[float | None], other: Sequence[float | None]) -> bool:
    return all(a is b if a is None or b is None else abs(a - b) < 0.01 for a, b in zip(one, other, strict=True))


Field = tuple[Callable[[Row, str], list[Any]], Callable[[Any, Any], bool]]
FIELDS: dict[str, Field] = {
    "claimant": (_claimant, lambda one, other: any(_alike(a, b) and bool(a) == bool(b) for a in one for b in other)),
    "relays": (
        lambda claim, text: [(each["text"], each["how"]) for each in claim["relayed_by"]],
        lambda one, other: one[1] == other[1] and _alike(one[0], other[0]),
    ),
    "quotations": (
        lambda claim, text: [_words(each, text).rstrip(".,") for each in claim["quotations"]],
        lambda one, other: one == other,
    ),
    "figures": (
        lambda claim, text: [(each["quantifier"], (each["low"], each["high"])) for each in claim["figures"]],
        lambda one, other: _plain(one[0]) == _plain(other[0]) and _same_bounds(one[1], other[1]),
    ),
    "caveats": (
        lambda claim, text: [
            (each.get("text") or text[each["a"] : each["b"]], each["stated_by"]) for each in claim["caveats"]
        ],
        lambda one, other: _alike(one[0], other[0]) and _plain(one[1]) == _plain(other[1]),
    ),
}
"""For each field, how a claim's values are read, and when two of them are the same."""

LOOSE: dict[str, Callable[[Any, Any], bool]] = {
    "figures": lambda one, other: _within(one[0], other[0]) and _same_bounds(one[1], other[1]),
    "caveats": lambda one, other: fuzz.partial_ratio(one[0], other[0]) > _SAME_SENTENCE,
}
"""The same for a base: its quantifiers may hold the unit, its caveats be cut and stated under a name in full."""


def compare(gold: Marked, proposed: list[Row], scores: dict[str, Score]) -> list[str]:
    """Count into *scores* what *proposed* has of *gold*; every miss is named."""
    text, found = gold.article.text, gold.paired(proposed)
    taken = {place for places in found for place in places}
    parts = sum(max(0, len(places) - 1) for places in found)
    claims = scores.setdefault("claims", Score())
    claims.right += sum(bool(places) for places in found)
    claims.wrong += len(proposed) - len(taken) + parts
    claims.missed += sum(not places for places in found)
    scores.setdefault("parts", Score()).right += parts
    sides = [
        (claim, merged([proposed[place] for place in places]) if places else None)
        for claim, places in zip(gold.claims, found, strict=True)
    ]
    said = [f"missed: {claim['statement']}" for claim, got in sides if got is None]
    sides += [(None, claim) for at, claim in enumerate(proposed) if at not in taken]
    said += [f"none: {got['statement']}" for claim, got in sides if claim is None and got is not None]
    for wanted, got in sides:
        for name, (values, same) in FIELDS.items():
            said += _field(
                scores.setdefault(name, Score()),
                values(wanted, text) if wanted else [],
                values(got, text) if got else [],
                same if gold.exact else LOOSE.get(name, same),
                f"{name} of {(wanted or got or {})['statement']}:",
            )
    return said


def _field(
    score: Score, wanted: list[Any], got: list[Any], same: Callable[[Any, Any], bool], where: str
) -> list[str]:
    left, said = list(got), list[str]()
    for value in wanted:
        hit = next((each for each in left if same(value, each)), None)
        if hit is None:
            score.missed += 1
            said.append(f"{where} missed {value}")
        else:
            score.right += 1
            left.remove(hit)
    score.wrong += len(left)
    return said + [f"{where} wrong {each}" for each in left]


def main(arguments: Sequence[str]) -> None:
    """Read every text and print the score of every field over all of them."""
    paths = [each for each in arguments if each != "-v"]
    if not paths:
        raise SystemExit(__doc__)
    scores: dict[str, Score] = {}
    proposer = chosen()
    for text, gold in texts(paths):
        known = marked(Path(text), Path(gold))
        found = as_data(read(known.article, FactBase(), proposer), text.stem)
        said = compare(known, found["claims"], scores)
        if "-v" in arguments:
            print("\n  ".join((f"{text.stem}: {len(known.claims)} claims, {len(found['claims'])} proposed", *said)))
    for name, score in scores.items():
        print(f"{name:11}{score.words if name != 'parts' else score.right}")


if __name__ == "__main__":
    main(sys.argv[1:])
