"""What the bot says in its own voice about figures is true of the whole base."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.asking.results import Found
from bot.core.asking.search import Searcher
from bot.core.claims import Claim, FactBase
from bot.core.numbers import numbers_of

_IS_GIVEN = re.compile(r"“([\d,.]+)” is given for “(.+?)”, by (.+?)(?:; no claim gives it for (.+))?\.")
_BY_NOBODY = re.compile(r"No claim in the fact base gives the figure “([\d,.]+)” for this\.")
_SHAPES = (
    "{party} {number} {metric}",
    "were {number} {party} {metric}",
    "{number} {metric}",
    "{number} {topic} {metric}",
)


def _value(typed: str) -> float:
    return float(typed.replace(",", ""))


def _giving(base: FactBase, value: float, metrics: frozenset[str]) -> Iterator[Claim]:
    for claim in base.live:
        if any(value in numbers_of(figure) and figure.metric in metrics for figure in claim.figures):
            yield claim


def _false(note: str, base: FactBase) -> str:
    """Why *note* is false of *base*; empty where it is true."""
    if found := _IS_GIVEN.fullmatch(note):
        named = frozenset(key for key, metric in base.metrics.items() if metric.name.lower() == found[2])
        if found[3] not in {claim.attribution.claimant.name for claim in _giving(base, _value(found[1]), named)}:
            return "nobody of that name gives it for that"
        other = frozenset(
            key
            for key, metric in base.metrics.items()
            for words in re.findall("“(.+?)”", found[4] or "")
            if words.casefold() in map(str.casefold, metric.names)
        )
        return "a claim gives it for the other metric" if any(_giving(base, _value(found[1]), other)) else ""
    return "" if _BY_NOBODY.fullmatch(note) else f"it is not known how to read {note!r}"


@pytest.fixture(scope="module")
def searcher(base: FactBase) -> Searcher:
    """The curated base, read once."""
    return Searcher(base)


@settings(max_examples=120)
@given(data=st.data())
def test_no_sentence_about_a_figure_is_false(searcher: Searcher, data: st.DataObject) -> None:
    """Whatever party, figure and metric a question puts together."""
    base = searcher.base
    values = sorted(
        {value for claim in base.live for figure in claim.figures for value in numbers_of(figure) if value >= 10}
    )
    metric, name = data.draw(st.sampled_from([(m.key, name) for m in base.metrics.values() for name in m.names[:3]]))
    number = data.draw(st.sampled_from([*values, 555.0]))
    question = data.draw(st.sampled_from(_SHAPES)).format(
        party=data.draw(st.sampled_from([party.name for party in base.parties.values()])),
        topic=data.draw(st.sampled_from([topic.name for topic in base.topics.values()])),
        number=f"{number:,.0f}",
        metric=name,
    )
    result = searcher.ask(question)

    for note in result.notes if isinstance(result, Found) else ():
        assert not _false(note, base), (question, note)
        if _BY_NOBODY.fullmatch(note):
            assert not any(_giving(base, number, frozenset({metric}))), (question, note)


def test_a_figure_is_not_denied_to_a_metric_that_a_claim_gives_it_for(searcher: Searcher) -> None:
    """Of engineers it is given as deployed; that it is given as killed, of troops, is not denied."""
    result = searcher.ask("6,000 engineers killed?")

    assert isinstance(result, Found)
    assert not any("no claim gives it" in note for note in result.notes)
