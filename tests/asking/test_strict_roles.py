"""Who did it, whose figures they are, and who is asked to say so: the sample's claims, read as any team's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.asking.answering.names import FreeNames
from bot.core.asking.reading.tokens import tokens
from bot.core.asking.results import Found
from bot.core.asking.search import Searcher
from bot.core.claims import FactBase, Place
from bot.languages import english


@pytest.fixture(scope="module")
def searcher(base: FactBase) -> Searcher:
    """The sample with a vocabulary that is not closed."""
    return Searcher(replace(base, wording=replace(base.wording, closed=False)))


def _shown(searcher: Searcher, question: str) -> list[str]:
    result = searcher.ask(question)
    return [claim.ref for claim in result.claims] if isinstance(result, Found) else []


@pytest.mark.parametrize(
    "question",
    [
        "russian casualties",
        "ukrainian soldiers killed",
        "how many south koreans were killed",
        "wie viele russen sind gefallen",
        "how many troops did south korea send",
        "north korean losses according to putin",
        "What did Kim Jong Un say about the casualties?",
        "what does budanov say about mines",
        "did china send soldiers",
        "zelensky on chinese soldiers",
        "how many were wounded",
        "did russia send engineers to north korea",
        "did the insurance company send soldiers",
        "has the president of the country visited the families of the dead",
        "what did the railway say about the casualties",
        "what does the chamber of commerce say about casualties",
        "who says forty people were killed",
    ],
)
def test_a_figure_is_nobody_else_s(searcher: Searcher, question: str) -> None:
    """Not of those who suffered something else, nor of a party that a claim only names, nor of a country it lacks."""
    assert not _shown(searcher, question)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("how many losses did north korea suffer according to Zelenskyy?", "C21"),
        ("how many soldiers has Kim sent", "C7"),
        ("How many North Korean troops were reportedly killed?", "C8"),
        ("number of north korean dead", "C8"),
        ("reuters 14000", "C7"),
        ("howmany died", "C22"),
        ("who called them great lads", "C4"),
        ("how many soldiers died", "C8"),
        ("in what country are the soldiers", "C7"),
    ],
)
def test_who_did_or_suffered_it_is_met(searcher: Searcher, question: str, first: str) -> None:
    """A leader for all, a relay with a number, and verbs that add nothing to what is counted."""
    assert _shown(searcher, question)[0] == first


@pytest.mark.parametrize(
    ("question", "claimant"),
    [
        ("what do western sources say", "sources"),
        ("what does the russian defense ministry claim", "russian-mod"),
        ("tell me about east2west", "east-to-west"),
        ("what does krasnaya zvezda report", "krasnaya-zvezda"),
    ],
)
def test_what_somebody_says_is_what_they_say(
    base: FactBase, searcher: Searcher, question: str, claimant: str
) -> None:
    """A question that names one party and asks no more is answered by its own claims first."""
    shown = _shown(searcher, question)
    claims = {claim.ref: claim for claim in base.live}
    assert claims[shown[0]].attribution.claimant.key == claimant


def test_a_word_beside_an_article_is_no_slip_for_half_a_name() -> None:
    """ "the king" of a base that calls a place "the Wing"."""
    names = FreeNames(FactBase(places={"wing": Place("wing", "the Wing")}))
    assert names.beside(tokens("king")[0], tokens("the")) is None


def test_what_was_checked_is_every_claim_with_a_caveat(base: FactBase, searcher: Searcher) -> None:
    """Asked of no claim above others."""
    caveats = {claim.ref for claim in base.live if claim.verification.caveats}
    assert set(_shown(searcher, "which claims could not be verified")) >= caveats


@pytest.mark.parametrize(
    ("typed", "meant"), [("stopd", "stopped"), ("comitee", "committee"), ("stopped", ""), ("xq", "")]
)
def test_a_word_without_its_vowels_is_an_ordinary_one(typed: str, meant: str) -> None:
    """Not somebody's name; and nothing is made of a word that is whole."""
    assert english.clipped(typed) == meant


@pytest.mark.parametrize(
    ("word", "national"),
    [
        ("china", True),
        ("french", True),
        ("japanese", True),
        ("turkey", False),
        ("south", False),
    ],
)
def test_a_country_is_known_in_small_letters(word: str, national: bool) -> None:
    """Where nothing else is meant by the word above all."""
    assert english.national(word) == national


def test_how_fast_is_said_by_so_much_a_day(base: FactBase) -> None:
    """And by no claim that gives no pace."""
    told = replace(base.claims[7], statement="The slope above the village moves four centimetres a day.", figures=())
    searcher = Searcher(
        replace(base, claims={7: told, 8: base.claims[8]}, wording=replace(base.wording, closed=False))
    )
    assert _shown(searcher, "how fast does the slope move") == ["C7"]
    assert "C8" not in _shown(searcher, "how fast do the soldiers move")
