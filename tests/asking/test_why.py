"""Whoever wonders about an answer, or about its absence, is told how it came about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.asking.explaining import explain
from bot.core.asking.matching import candidates
from bot.core.asking.results import Found
from bot.core.asking.search import Searcher
from bot.core.claims import FactBase
from tests.desk import Desk, text_of
from tests.factories import a_claim

QUESTIONS = (
    "casualties",
    "how many north koreans died",
    "who trained the sappers",
    "14,000 killed",
    "when did the incursion end",
    "what did zelensky say about losses",
    "koursk mines",
    "bakhmut casualties",
    "weather in paris",
)


async def test_why_tells_how_a_question_was_read(desk: Desk) -> None:
    """Corrections, names with their roles, and claims with their scores."""
    shown = await desk.answer("!why koursk casulties")

    assert "“casulties” to “Casualties”" in shown
    assert "topic Casualties" in shown
    assert "C8" in shown
    assert "score" in shown


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("C8", "named by their ids"),
        ("6,000 engineers killed", "no matching claim gives for what is asked about"),
        ("what figures are verified", "asks what was checked"),
        ("why did soldiers die", "none of them states a purpose or a cause"),
        ("wait, didn't Zelensky give another number for the dead?", "Asked back about: C22"),
    ],
)
async def test_why_tells_by_which_way_an_answer_came(desk: Desk, question: str, said: str) -> None:
    """Ids, figures, questions back and reasons are no matter of rank."""
    shown = await desk.answer(f"!why {question}")

    assert said in shown


async def test_why_names_what_kept_a_claim_back(desk: Desk) -> None:
    """Ukrainian soldiers are not North Korean ones."""
    shown = await desk.answer("!why ukrainian soldiers killed")

    assert "No claim was shown." in shown
    assert "does not meet party Ukraine as subject" in shown


async def test_why_finds_the_question_behind_an_answer_by_its_link(desk: Desk) -> None:
    """Of an answer with claims by its receipt, of an honest no by the message it replies to."""
    for typed, words in (("!casulties", "casulties"), ("!ask bakhmut casualties", "bakhmut")):
        answer = await desk.say(typed)
        assert answer is not None
        assert words in await desk.answer(f"!why {answer.jump_url}")


async def test_why_can_be_a_reply_to_an_answer(desk: Desk) -> None:
    """No link is needed."""
    answer = await desk.say("!casualties")
    assert answer is not None
    await desk.member.send(desk.channel, "!why", reply_to=answer)

    assert desk.channel.last_message is not None
    assert "Answered with" in text_of(desk.channel.last_message)


async def test_why_tells_nothing_about_another_server(desk: Desk) -> None:
    """A link from elsewhere is answered as one that leads nowhere."""
    answer = await desk.say("!casualties")
    assert answer is not None
    reply = await desk.say(f"!why {answer.jump_url}", who=desk.rival)

    assert reply is not None
    assert "No message is there that both you and Caveat can read" in text_of(reply)


def test_an_explanation_shows_just_the_claims_of_the_answer(base: FactBase) -> None:
    """What is marked as shown is what was shown."""
    searcher = Searcher(base)
    for question in QUESTIONS:
        result, readings = explain(searcher, question)
        shown = {each.claim.number for reading in readings for each in reading.matches if each.shown}
        assert shown <= ({claim.number for claim in result.claims} if isinstance(result, Found) else set())


def test_choosing_candidates_first_changes_no_answer(base: FactBase, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large base is looked up first; what answers stays the same."""
    every = [Searcher(base).ask(question) for question in QUESTIONS]
    monkeypatch.setattr(candidates, "LARGE", 0)

    assert [Searcher(base).ask(question) for question in QUESTIONS] == every


def test_a_changed_claim_is_found_at_once_and_a_retired_one_no_more(base: FactBase) -> None:
    """Only what changed is read anew."""
    before = Searcher(base)
    before.ask("casualties")
    example = base.claims[8]
    added = replace(example, number=99, statement="North Koreans brought zithers to the Kursk region.", relations=())
    grown = Searcher(replace(base, claims={**base.claims, 99: added}), previous=before)
    found = grown.ask("zithers")
    assert isinstance(found, Found)
    assert [claim.number for claim in found.claims] == [99]
    kept = {id(each) for each in before.closed.profiles}
    assert sum(id(each) not in kept for each in grown.closed.profiles) == 1

    gone = Searcher(replace(base, claims={**base.claims, 99: replace(added, retired="an error")}), previous=grown)
    assert not isinstance(gone.ask("zithers"), Found)


def test_a_renamed_entry_answers_to_its_new_name(base: FactBase) -> None:
    """What was known of claims is dropped when names change."""
    before = Searcher(base)
    mines = replace(base.topics["mines"], aliases=(*base.topics["mines"].aliases, "boobytraps"))
    renamed = Searcher(replace(base, topics={**base.topics, "mines": mines}), previous=before)

    assert isinstance(renamed.ask("boobytraps"), Found)
    assert not isinstance(before.ask("boobytraps"), Found)


def test_a_claim_out_of_thousands_is_found(base: FactBase) -> None:
    """The one that holds the rare word comes first."""
    example = base.claims[8]
    claims = {
        number: a_claim(
            number,
            f"North Korean unit {number} was seen in the Kursk region.",
            topics=example.topics,
            claimant=example.attribution.claimant,
            source=example.attribution.source,
        )
        for number in range(100, 1100)
    }
    claims[555] = replace(claims[555], statement="North Koreans brought zithers to the Kursk region.")
    found = Searcher(replace(base, claims={**base.claims, **claims})).ask("who brought zithers to kursk")

    assert isinstance(found, Found)
    assert found.claims[0].number == 555
