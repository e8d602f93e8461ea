"""What is answered, what is asked back, and what is refused: on the curated base and on small made-up ones."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.questions import cases, score
from bot.core.asking.search import Found, Nothing, Result, Searcher, Unsure
from bot.core.claims import (
    Attribution,
    Claim,
    FactBase,
    Kind,
    Metric,
    Party,
    Source,
    Status,
    Topic,
    Verification,
)
from bot.core.figures import Figure
from bot.files.factfile import load

DATA = Path(__file__).parents[2] / "data"
ABOUT = frozenset({Kind.TOPIC, Kind.PLACE, Kind.PARTY})
BASE = load(DATA).base
SEARCHER = Searcher(BASE)


def shown(result: Result | None) -> list[str]:
    """The ids of the claims that *result* shows."""
    return [claim.ref for claim in result.claims] if isinstance(result, Found) else []


def claimants(result: Result) -> set[str]:
    """Keys of those who assert the claims that *result* shows."""
    return {claim.attribution.claimant.key for claim in result.claims} if isinstance(result, Found) else set()


def figures(result: Result, metric: str) -> list[str]:
    """How the shown claims word their figures of *metric*."""
    claims = result.claims if isinstance(result, Found) else ()
    return [figure.quantifier for claim in claims for figure in claim.figures if figure.metric == metric]


@pytest.mark.parametrize("text", ["casualties", "casulties?!", "потери", "사상자", "death toll", "KIA", "deth tol"])
def test_casualties_show_every_competing_figure_on_the_first_page(text: str) -> None:
    """Whoever asks for casualties sees all of them, by whatever word."""
    result = SEARCHER.alias_command(text)
    assert isinstance(result, Found)
    first_page = replace(result, claims=result.claims[:5])
    assert figures(first_page, "killed") == ["more than 6,000"]
    assert figures(first_page, "losses") == ["more than 4,000"]
    assert figures(first_page, "died_share") == ["two-thirds"]


@pytest.mark.parametrize("text", ["troops", "trops", "солдаты"])
def test_troops_show_both_numbers_sent_first(text: str) -> None:
    """Claims in conflict stand side by side, at the top."""
    result = SEARCHER.alias_command(text)
    assert isinstance(result, Found)
    assert figures(replace(result, claims=result.claims[:2]), "sent") == ["about 14,000", "up to 12,000"]


@pytest.mark.parametrize(
    "question",
    [
        "ukrainian soldiers killed",
        "how many ukrainian soldiers were killed in kursk",
        "russian casualties",
        "потери Украины",
        "south korean troops killed",
        "bakhmut casualties",
        "wagner losses",
        "Iranian drones killed",
        "chinese troops in kursk",
        "weather tomorrow",
        "how many tanks",
        "how many mines were cleared",
        "how many civilians were killed",
        "casualties in 2019",
        "did ukraine invade kursk in 2022",
        "when did russia invade ukraine",
        "what did putin say about casualties",
        "what does south korea say about mines",
        "korean war casualties",
        "is kim jong un dead",
        "how old is putin",
        "14000 ukrainians",
        "12,000 russians sent",
        "6000 russians killed",
        "two-thirds of ukrainians",
        "how many casualties on the ukrainian side",
        "how long is the training",
        "are you a robot",
        "shut up",
        "where is zelensky",
        "how many soldiers has putin lost in kursk",
        "how many soldiers does south korea have",
        "russian incursion",
        "how fast is the uran-6",
        "sing me a song",
        "i killed it at work today",
        "hello",
        "thanks!",
        "how are you",
        "what is your mission",
        "i'm dead",
        "lol",
        "",
        "42",
        "how many officials were killed?",
    ],
)
def test_what_the_base_does_not_hold_is_refused(question: str) -> None:
    """Another party, place, time or metric is not answered with this one's claims; small talk neither."""
    result = SEARCHER.ask(question)
    assert isinstance(result, Nothing)
    assert len(result.nearest) <= 5


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("quickly attentively", "C4"),
        ("equal level", "C5"),
        ("military cooperation non-stop", "C31"),
        ("held parts months", "C29"),
        ("12,000 russia", "C20"),
        ("6000 engineers russia", "C19"),
        ("support war effort", "C20"),
    ],
)
def test_words_that_stand_together_in_one_claim_find_it(typed: str, ref: str) -> None:
    """However little each of them says alone."""
    result = SEARCHER.ask(typed)
    assert isinstance(result, Found)
    assert result.claims[0].ref == ref


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("north korean robots", "C16"),
        ("north korean training", "C11"),
        ("how many of kim's men died according to reuters", "C8"),
        ("nort korea soldiers sent", "C7"),
        ("mine densety never seen befor", "C23"),
        ("zelensky 4000 vs reuters 6000", "C21"),
    ],
)
def test_a_country_is_met_by_what_its_people_use_get_and_lose(typed: str, ref: str) -> None:
    """Also in words that are misspelled, and by two accounts at once."""
    result = SEARCHER.ask(typed)
    assert isinstance(result, Found)
    assert result.claims[0].ref == ref


@pytest.mark.parametrize("typed", ["russian robots losses", "ukrainian robots", "russian mines", "russia killed"])
def test_what_is_another_countrys_is_not_given_for_it(typed: str) -> None:
    """Words of the claim do not help where the party is another."""
    assert isinstance(SEARCHER.ask(typed), Nothing)


def test_korean_war_is_no_half_name() -> None:
    """A refusal offers topics, not another party."""
    assert not isinstance(SEARCHER.ask("korean war casualties"), Unsure)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("why were the engineers sent to kursk", "C18"),
        ("зачем отправили саперов", "C18"),
        ("why are the settlements closed", "C26"),
        ("how many north koreans died in kursk", "C8"),
        ("what fraction has been killed according to zelensky", "C22"),
        ("what do the sappers say about the flag", "C13"),
        ("what did the russian defence ministry teach them", "C14"),
        ("did the north koreans have prior experience with demining", "C10"),
        ("who taught them to deal with drones", "C15"),
        ("hw many nk soldiers hav been killed", "C8"),
        ("wat do the sappers do b4 every operation", "C12"),
        ("when was ukraine pushed out", "C30"),
        ("when was the kursk incursion", "C28"),
        ("lmk what budanov said about engineers", "C19"),
    ],
)
def test_natural_questions_have_the_right_claim_first(question: str, first: str) -> None:
    """Reasons, shares, speakers by trade, and the words of chat."""
    assert shown(SEARCHER.ask(question))[:1] == [first]


@pytest.mark.parametrize("question", ["how many men did kim lose", "how many engineers has kim promised"])
def test_a_head_of_state_stands_for_the_country(question: str) -> None:
    """What a leader sends and loses is the country's."""
    claims = [claim for claim in BASE.live if claim.ref in shown(SEARCHER.ask(question))]
    assert claims
    assert all("north-korea" in {party.key for party in claim.subjects} for claim in claims)


def test_a_claimant_is_answered_with_what_they_claim() -> None:
    """ "What does Ukraine say" includes its president, its intelligence chief and the sources with Ukrainians."""
    assert claimants(SEARCHER.ask("what did zelensky say")) == {"zelensky"}
    assert claimants(SEARCHER.ask("what does ukraine say about casualties")) == {"zelensky", "sources"}
    first = SEARCHER.ask("what does ukraine say about casualties")
    assert isinstance(first, Found)
    assert first.claims[0].attribution.claimant.key == "zelensky"


def test_two_who_are_compared_both_answer() -> None:
    """ "A and B on deaths" is about what each of them says."""
    assert claimants(SEARCHER.ask("compare zelensky and reuters sources on deaths")) == {"zelensky", "sources"}


def test_figures_that_look_alike_are_kept_apart() -> None:
    """6,000 killed and 6,000 engineers are different claims."""
    assert figures(SEARCHER.ask("6,000 killed"), "deployed") == []
    assert figures(SEARCHER.ask("6k engineers"), "killed") == []
    assert {*figures(SEARCHER.ask("6000"), "killed"), *figures(SEARCHER.ask("6000"), "deployed")} == {
        "more than 6,000",
        "6,000",
    }


def test_a_figure_of_another_metric_is_answered_with_whose_it_is() -> None:
    """14,000 were sent, nobody says killed: the note says so, and holds no figure but the one asked about."""
    result = SEARCHER.ask("were 14,000 north koreans killed?")
    assert isinstance(result, Found)
    assert result.claims[0].figures[0].metric == "sent"
    (note,) = result.notes
    assert "sent" in note
    assert "South Korean, Ukrainian and Western sources" in note
    assert re.findall(r"\d[\d,.]*", note) == ["14,000"]


@pytest.mark.parametrize(
    ("typed", "metric", "whose"),
    [
        ("4,000 killed", "losses", "Zelensky"),
        ("6,000 losses", "killed", "sources"),
        ("6k sent", "deployed", "Budanov"),
    ],
)
def test_a_figure_of_a_kindred_metric_is_not_passed_off(typed: str, metric: str, whose: str) -> None:
    """Losses are not killed, and being deployed is not having been sent: a note says which it is, and whose."""
    result = SEARCHER.ask(typed)
    assert isinstance(result, Found)
    name = BASE.metrics[metric].name.lower()
    assert [note for note in result.notes if f"“{name}”" in note and whose in note]


def test_casualties_cover_the_killed() -> None:
    """A figure of the killed is one of casualties: no note denies it."""
    result = SEARCHER.ask("6000 casualties")
    assert isinstance(result, Found)
    assert figures(result, "killed") == ["more than 6,000"]
    assert not result.notes


def test_a_figure_nobody_gives_is_said_to_be_nobodys() -> None:
    """The claims on that metric follow the note."""
    result = SEARCHER.ask("9,000 killed")
    assert isinstance(result, Found)
    assert result.notes
    assert figures(result, "killed") == ["more than 6,000"]
    assert re.findall(r"\d[\d,.]*", " ".join(result.notes)) == ["9,000"]


@pytest.mark.parametrize("typed", ["two-thirds", "2/3", "⅔ dead", "две трети", "66% died"])
def test_a_share_is_found_however_it_is_typed(typed: str) -> None:
    """Fractions and percentages are figures too."""
    assert figures(SEARCHER.ask(typed), "died_share") == ["two-thirds"]


def test_what_was_mended_and_matched_is_told() -> None:
    """The reply can say what it read and why it answers."""
    result = SEARCHER.ask("north korea casulties")
    assert isinstance(result, Found)
    assert [correction.typed for correction in result.corrections] == ["casulties"]
    assert {entry.key for entry in result.matched} == {"north-korea", "casualties"}


def test_half_a_name_is_asked_back() -> None:
    """Two readings that both have claims are for the member to choose."""
    result = SEARCHER.ask("korea")
    assert isinstance(result, Unsure)
    assert {option.label for option in result.options} == {"North Korea", "South Korea"}
    for option in result.options:
        assert shown(SEARCHER.ask(option.question))


@pytest.mark.parametrize(
    "text", ["play", "rank", "leaderboard", "8ball is it true", "how many died", "wiki kursk", ""]
)
def test_what_resembles_no_name_is_left_to_other_bots(text: str) -> None:
    """They share the prefix."""
    assert SEARCHER.alias_command(text) is None


@pytest.mark.parametrize(
    "text", ["death toll", "north korea casualties", "6k killed", "the kursk region", "Zelensky’s losses", "koursk!"]
)
def test_names_are_commands_also_with_more_words(text: str) -> None:
    """Every topic, place and party answers to its names."""
    assert shown(SEARCHER.alias_command(text))


def test_every_name_and_alias_is_a_command() -> None:
    """Whatever claims refer to is reached by each of its names; the rest gets an honest no."""
    used = {
        entry
        for claim in BASE.live
        for entry in (*claim.topics, *claim.places, *claim.subjects, claim.attribution.claimant)
    }
    missed = [name for entry in used for name in entry.names if not shown(SEARCHER.alias_command(name))]
    assert missed == []


def test_sources_are_found_by_figure_and_by_name() -> None:
    """`!sources` takes a topic, a place, a party or a figure."""
    assert shown(SEARCHER.about("14k", ABOUT)) == ["C7"]
    assert "C30" in shown(SEARCHER.about("путин", ABOUT))
    assert isinstance(SEARCHER.about("weather", ABOUT), Nothing)


def test_a_cited_claim_is_found() -> None:
    """An id is a question too."""
    assert shown(SEARCHER.ask("C14")) == ["C14"]


def test_completion_offers_prefixes_first_and_forgives_typos() -> None:
    """At most the limit; nothing typed yet offers what most claims refer to."""
    assert SEARCHER.complete("casu", ABOUT)[0].key == "casualties"
    assert SEARCHER.complete("kurks", ABOUT)[0].key == "kursk"
    assert SEARCHER.complete("зел", ABOUT)[0].key == "zelensky"
    assert len(SEARCHER.complete("", ABOUT, limit=7)) == 7
    assert {entry.kind for entry in SEARCHER.complete("", frozenset({Kind.TOPIC}))} == {Kind.TOPIC}


def test_a_retired_claim_never_answers() -> None:
    """It stays in history only."""
    claims = {number: replace(claim, retired="superseded") for number, claim in BASE.claims.items() if number == 26}
    searcher = Searcher(replace(BASE, claims={**BASE.claims, **claims}))
    assert "C26" not in shown(searcher.ask("settlements"))
    assert not shown(searcher.ask("C26"))


@given(st.text(max_size=120))
def test_any_text_gets_an_answer_or_an_honest_no(text: str) -> None:
    """Nothing that can be typed breaks the search, and no note holds a figure that was not typed."""
    result = SEARCHER.ask(text)
    assert isinstance(result, Found | Unsure | Nothing)
    if isinstance(result, Found):
        assert result.claims
    SEARCHER.alias_command(text)


def test_the_development_questions_are_answered() -> None:
    """The floor under further work, by every fourth: `python -m benchmarks.questions` asks all and tells by kind."""
    for part in ("dev", "held"):
        answered, refused = score(SEARCHER, [case for case in cases() if case.part == part][::4])
        assert answered >= 0.9
        assert refused >= 0.93


def small_base() -> FactBase:
    """Two countries that count different things: nothing in it is of the curated base."""
    press = Party("gazette", "Gazette")
    blue, red = Party("blueland", "Blueland", ("blue",)), Party("redland", "Redland", ("red",))
    harvest, ships = Topic("harvest", "Harvest"), Topic("ships", "Ships", ("vessels",))
    source = Source("gazette-1", press, date(2020, 1, 2), "0" * 64)
    silent = Verification(Status.NONE_STATED)
    sunk = Figure("sunk", "Blue ships", "about 30", 30, 30, "ships")
    claims = {
        1: Claim(
            1, "About 30 Blue ships were sunk.", Attribution(red, source), silent, (ships,), (blue,), (), (sunk,)
        ),
        2: Claim(2, "The Red harvest failed.", Attribution(press, source), silent, (harvest,), (red,)),
    }
    return FactBase(
        claims=claims,
        topics={"harvest": harvest, "ships": ships},
        parties={"gazette": press, "blueland": blue, "redland": red},
        metrics={"sunk": Metric("sunk", "Sunk", ("sank", "sinking"))},
        sources={"gazette-1": source},
    )


def test_the_rules_hold_for_any_base() -> None:
    """Nothing in the search knows the curated base: the guard keeps parties and roles apart in another one too."""
    searcher = Searcher(small_base())
    assert shown(searcher.ask("how many blue ships were sunk")) == ["C1"]
    assert not shown(searcher.ask("how many red ships were sunk"))
    assert shown(searcher.ask("what does redland say")) == ["C1"]
    assert not shown(searcher.ask("what does blueland say"))
    assert shown(searcher.ask("hravest")) == ["C2"]
    assert not shown(searcher.ask("how many harvests"))


def test_an_empty_base_answers_nothing() -> None:
    """A new workspace has an honest no for everything."""
    searcher = Searcher(FactBase())
    assert searcher.ask("casualties") == Nothing("casualties")
    assert searcher.alias_command("casualties") is None
    assert searcher.complete("", ABOUT) == []
