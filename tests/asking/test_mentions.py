"""Names taken apart together, and found in claims when it is asked for or at once: met alike."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.core.asking.answering.index import ClaimIndex
from bot.core.asking.answering.question import Unit
from bot.core.asking.answering.references import Referring
from bot.core.asking.answering.vocabulary import Vocabulary
from bot.core.asking.reading.tokens import Token, all_word_stems, tokens
from bot.core.claims import Entry, FactBase
from bot.files.factfile import load

_BASES = Path(__file__).parents[2] / "benchmarks" / "bases" / "bases"


def _index(base: FactBase, *, whole: bool) -> ClaimIndex:
    vocabulary = Vocabulary(base)
    claims = ((claim, vocabulary.read(claim)) for claim in base.live)
    return ClaimIndex(claims, Referring(base, vocabulary.names), whole=whole)


def _alike(one: ClaimIndex, other: ClaimIndex, entries: list[Entry]) -> bool:
    units = [Unit(0, 1, (Token("qqq", "qqq", "qqq"),), (entry,)) for entry in entries]
    return all(np.array_equal(one.meets(unit).strict, other.meets(unit).strict) for unit in units)


@pytest.mark.parametrize("path", ["data", *sorted(map(str, _BASES.glob("*.yaml")))[:3]])
def test_a_claim_is_met_by_what_its_text_names_whether_that_is_looked_up_at_once_or_when_asked(path: str) -> None:
    """Of every entry of a base, by its own names, longer ones that begin with them, and places within it."""
    base = load(Path(path)).base
    assert _alike(_index(base, whole=True), _index(base, whole=False), list(base.entries()))


def test_a_changed_claim_is_met_by_what_its_text_names_now() -> None:
    """What was looked up for the claim as it was is forgotten."""
    base = load(Path("data")).base
    entries, index = list(base.entries()), _index(base, whole=False)
    assert _alike(index, _index(base, whole=True), entries)

    first, second = base.live[:2]
    new = replace(first, statement=second.statement)
    after = index.changed([first], [new])
    assert _alike(after, _index(replace(base, claims={**base.claims, new.number: new}), whole=True), entries)


def test_names_are_taken_apart_together_as_each_alone() -> None:
    """Numbers spelled in signs, apostrophes, other scripts and a line break in one of them among them."""
    names = [
        "六千",
        "人",
        "Kyiv's army",
        "l'Ukraine",
        "2S19",
        "Київ",
        "звугр-200",
        "2½ 点",
        "…",
        "육천 명",
        "two\nlines",
        "wages",
    ]
    alone = [[(token.word, token.stem) for token in tokens(name)] for name in names]
    assert [list(each) for each in all_word_stems(names)] == alone
