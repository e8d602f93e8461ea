"""A question back: which claims are offered where none may answer, and which never are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.asking.answering.deciding import FITTED, Outcome, outcome, ranked
from bot.core.asking.answering.finding import Finder
from bot.core.asking.search import Found, Nothing, Searcher, Unsure
from bot.core.claims import Claim, FactBase, Wording
from bot.files.factfile import load
from bot.languages.packs import languages, read
from tests.desk import Desk

PARAPHRASE = "what gadgets do they use to sniff out bombs"


@pytest.fixture(scope="module")
def base() -> FactBase:
    """The curated base."""
    return load(Path(__file__).parents[2] / "data").base


def _offered(finder: Finder, admitted: Iterable[int]) -> list[int]:
    """The claims that stand on the buttons."""
    unsure = finder.offer(PARAPHRASE, frozenset(admitted))
    return [int(option.question.split()[0].removeprefix("C")) for option in unsure.options] if unsure else []


@pytest.mark.parametrize(
    "question",
    [
        "how many Zorblaxians died",
        "who won the Wimbledon final",
        "write a poem about mines",
        "do you think the general is right",
        "how old is the robot",
        "hello there",
    ],
)
def test_nothing_is_offered_for_an_unknown_name_or_for_a_wish(base: FactBase, question: str) -> None:
    """An unknown name is no matter of wording; an instruction or an opinion is no question to a fact base."""
    assert not Finder(base).offer(question, frozenset(base.claims))


def test_only_claims_that_meet_every_name_are_offered(base: FactBase) -> None:
    """What the strict rules do not admit is never offered, however near its words come."""
    finder = Finder(base)
    offered = set(_offered(finder, base.claims))
    assert offered
    assert not offered & set(_offered(finder, base.claims.keys() - offered))
    assert not _offered(finder, ())


def test_buttons_name_topic_and_claimant_and_lead_to_every_side(base: FactBase) -> None:
    """At most three, no digit on any; a claim that is disputed comes with those that dispute it."""
    result = Searcher(base).ask(PARAPHRASE)
    assert isinstance(result, Unsure)
    assert result.offered
    assert 1 <= len(result.options) <= 3
    for option in result.options:
        assert " — " in option.label
        assert not any(letter.isdigit() for letter in option.label)
        shown = Searcher(base).ask(option.question)
        assert isinstance(shown, Found)
        numbers = [claim.number for claim in shown.claims]
        assert set(base.disputes.get(numbers[0], ())) <= set(numbers)


def test_ids_side_by_side_show_those_claims(base: FactBase) -> None:
    """`C8 C21` shows both, in that order; with an id that does not exist nothing is shown."""
    for typed in ("C21 C8", "C21,C8", "C21, C8", "C21 and C8", "C21/C8"):
        result = Searcher(base).ask(typed)
        assert isinstance(result, Found), typed
        assert [claim.ref for claim in result.claims] == ["C21", "C8"]
    assert not isinstance(Searcher(base).ask("C8 C999"), Found)


def test_a_retired_claim_is_not_offered(base: FactBase) -> None:
    """It stays in history, with its reason, and answers nothing."""
    first = base.claims[_offered(Finder(base), base.claims)[0]]
    without = replace(base, claims={**base.claims, first.number: replace(first, retired="Entered twice.")})
    assert first.number not in _offered(Finder(without), base.claims)


@pytest.mark.parametrize("others", [0, 60])
def test_a_word_that_only_one_claim_has_answers_from_its_change_on(base: FactBase, others: int) -> None:
    """However unsure the models are: no dictionary has it, so nobody can mean anything else."""
    open_base = replace(base, wording=Wording())
    first = open_base.live[0]
    fillers = {at: replace(first, number=at, statement=f"Report {at}.") for at in range(900, 900 + others)}
    before = replace(open_base, claims={**open_base.claims, **fillers})
    searcher = Searcher(before)
    searcher.ask("Zyxommabl")
    after = Searcher(_with(before, replace(first, statement=f"{first.statement} Zyxommabl came.")), previous=searcher)
    for finder in (after.finder, Finder(after.base)):
        question, meetings = finder.meet("Zyxommabl")
        best = ranked(meetings)[0]
        assert best.profile.claim.number == first.number
        assert outcome(question, best, right=0.0, answerable=0.0, bounds=FITTED) is Outcome.ANSWER
    again = Searcher(before, previous=after)
    assert isinstance(again.ask("Zyxommabl"), Nothing)


def _with(base: FactBase, claim: Claim) -> FactBase:
    return replace(base, claims={**base.claims, claim.number: claim})


async def test_a_paraphrase_is_asked_back_before_any_figure(desk: Desk) -> None:
    """Where only wording stands between, the member chooses by topic and claimant."""
    shown = await desk.answer(f"!ask {PARAPHRASE}")

    assert "Did you mean" in shown
    assert "Attribution:" not in shown


def test_a_new_language_is_a_file() -> None:
    """A few lines are read by the one type; a part that is not known is named."""
    italian = read(
        'code = "it"\nname = "Italiano"\n[asks]\nhow_many = "quanti quante"\n[words]\nfunction = "il la di"'
    )
    assert "quanti" in italian.asks["how_many"]
    assert "di" in italian.function
    assert languages()[0].code == "en"
    with pytest.raises(ValueError, match="colours"):
        read('code = "it"\n[words]\ncolours = "rosso"')


def test_what_comes_from_somebody_is_said_by_them(base: FactBase) -> None:
    """And an office that the base does not name is asked back, not refused."""
    result = Searcher(base).ask("compliments from Russian officers")
    assert isinstance(result, Unsure)
    assert {option.label.split(" — ")[0] for option in result.options} == {"Praise"}
