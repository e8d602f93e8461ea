"""A base that does not close its vocabulary: answered, asked back or refused by its own words alone."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.asking.answering.finding import Finder
from bot.core.asking.answering.spelling import ChatSpeller
from bot.core.asking.explaining import explain
from bot.core.asking.results import Found, Nothing, Result, Unsure
from bot.core.asking.search import Searcher
from bot.core.claims import FactBase, Wording
from bot.core.dates import PartialDate
from bot.core.records import wording_of, wording_record
from bot.files.factfile import dump, load
from tests.asking.test_search import small_base
from tests.desk import Desk

_BASES = Path(__file__).parents[2] / "benchmarks" / "bases"


@pytest.fixture(scope="module")
def searcher() -> Searcher:
    """Ships and harvests of two made-up countries."""
    return Searcher(small_base())


def _shown(result: Result) -> list[str]:
    return [claim.ref for claim in result.claims] if isinstance(result, Found) else []


def test_nothing_but_names_is_answered_with_all_there_is_on_them(searcher: Searcher) -> None:
    """However they are put together."""
    assert _shown(searcher.ask("ships")) == ["C1"]
    assert _shown(searcher.ask("harvest")) == ["C2"]


@pytest.mark.parametrize(
    "question",
    [
        "how many red ships were sunk",
        "how many ships were painted",
        "how many harvests",
        "what does blueland say about ships",
        "how many Zorblaxian ships were sunk",
        "weather tomorrow",
        "write a poem about ships",
        "do you think redland is right",
    ],
)
def test_no_claim_is_shown_for_another_party_or_thing_or_for_a_wish(searcher: Searcher, question: str) -> None:
    """A near miss is refused or asked back, never answered."""
    assert not _shown(searcher.ask(question))


def test_a_number_alone_is_answered_by_the_claims_that_give_it(searcher: Searcher) -> None:
    """And one that no claim gives is refused."""
    assert _shown(searcher.ask("what is 30")) == ["C1"]
    assert not _shown(searcher.ask("what is 77"))


def test_numbers_to_choose_from_are_answered_by_the_claims_that_give_one(searcher: Searcher) -> None:
    """In digits or in words; where no claim gives any, none is shown."""
    assert _shown(searcher.ask("is it 30 or 50?")) == ["C1"]
    assert _shown(searcher.ask("thirty or fifty ships?")) == ["C1"]
    assert not _shown(searcher.ask("is it 77 or 78?"))


def test_a_noun_is_not_taken_for_what_was_done_to_those_counted() -> None:
    """What ships are said to have suffered must stand in the claim; "beyond repair" says nothing of the kind."""
    finder = Finder(small_base())
    barred = {
        text: {each.profile.claim.ref for each in finder.meet(text)[1] if each.barred}
        for text in ("how many ships are beyond repair", "how many ships were repaired")
    }
    assert "C1" not in barred["how many ships are beyond repair"]
    assert "C1" in barred["how many ships were repaired"]


def test_small_words_in_a_name_do_not_make_a_sentence() -> None:
    """A name is answered with all there is on it, however it is put together."""
    base = small_base()
    king = replace(base.parties["blueland"], aliases=("blue", "the king of the isles"))
    finder = Finder(replace(base, parties={**base.parties, "blueland": king}))
    assert not finder.meet("the king of the isles")[0].sentence
    assert finder.meet("ships of the king of the isles")[0].sentence


def test_why_says_what_kept_a_claim_back(searcher: Searcher) -> None:
    """In the words of the strict rule."""
    result, readings = explain(searcher, "how many red ships were sunk")
    assert not isinstance(result, Found)
    assert any("counts no" in each.why for each in readings[0].refusals)
    assert isinstance(searcher.ask("how many Zorblaxians were sunk"), Nothing)


def test_a_base_keeps_its_vocabulary(base: FactBase) -> None:
    """Through records and files, also where it is not closed."""
    wording = Wording((("ship", "vessel"), ("sink", "scuttle", "founder")), closed=False)
    assert wording_of(wording_record(wording)) == wording
    assert wording_of({}) == Wording()
    assert base.wording.closed
    assert "vocabulary:" in dump(replace(base, wording=wording))


async def test_a_server_keeps_the_vocabulary_of_its_base(desk: Desk) -> None:
    """It is stored with the server's own copy, and survives a restart."""
    await desk.say("!topics")
    await desk.restart()
    await desk.say("!topics")
    assert (await desk.bot.services.workspaces.open(desk.server.id)).base.wording.closed


def test_what_is_cut_is_said() -> None:
    """Of more claims than are held against a question, the answer says that there are more; else it says nothing."""

    def grown(by: int) -> FactBase:
        base = small_base()
        more = {at: replace(base.claims[1], number=at, relations=()) for at in range(100, 100 + by)}
        return replace(base, claims={**base.claims, **more})

    cut, whole = (Searcher(grown(by)).ask("ships") for by in (80, 20))
    assert isinstance(cut, Found)
    assert isinstance(whole, Found)
    assert (bool(cut.notes), bool(whole.notes)) == (True, False)


@pytest.mark.parametrize("by", ["changed", "new", "gone"])
def test_a_base_after_a_change_answers_as_if_read_anew(by: str) -> None:
    """What is taken over from before the change is only what the change left as it was."""
    before = small_base()
    ships = before.claims[1]
    after = {
        "changed": {**before.claims, 1: replace(ships, statement="Redland painted a zebec.", figures=(), version=2)},
        "new": {**before.claims, 90: replace(ships, number=90, statement="Redland painted a zebec.", relations=())},
        "gone": {**before.claims, 1: replace(ships, retired="withdrawn", version=2)},
    }[by]
    base = replace(before, claims=after)
    old = Searcher(before)
    old.build()
    changed, fresh = Searcher(base, previous=old), Searcher(base)
    for question in ("ships", "zebec", "harvest", "how many ships were sunk", "what is 30", "who painted a zebec"):
        assert _shown(changed.ask(question)) == _shown(fresh.ask(question)), question
    assert _shown(old.ask("ships")) == ["C1"]


def test_a_word_in_an_irregular_form_is_the_same_word() -> None:
    """Stems do not tell that: "sunk" is "sink"."""
    finder = Finder(small_base())
    question, meetings = finder.meet("how many ships did redland sink")
    (met,) = (each for each in meetings if each.profile.claim.ref == "C1")
    assert not met.barred, question.units


def test_a_plain_word_for_those_who_say_it_bars_no_claim() -> None:
    """Who "the crooks" are a claim may say in other words; somebody named is somebody else."""
    _, plain = Finder(small_base()).meet("how many ships were sunk according to the crooks")
    assert {each.profile.claim.ref for each in plain if not each.barred and each.doubted} == {"C1"}


def _words(text: str) -> list[str]:
    return [unit.text for unit in Finder(small_base()).readings(text)[0].units]


def test_informal_words_are_read_as_plain_ones() -> None:
    """The longest phrase of them; not where the base itself says the word, nor in another language."""
    assert _words("were any kids nabbed") == ["children", "arrested"]
    assert _words("did they throw in the towel") == ["surrendered"]
    assert _words("have the ships sunk, if you ask redland") == ["ships", "sunk", "redland"]
    ships = replace(small_base().topics["ships"], aliases=("the kids",))
    finder = Finder(replace(small_base(), topics={**small_base().topics, "ships": ships}))
    assert finder.readings("where are the kids")[0].units[0].entries == (ships,)


def test_digits_that_stand_for_little_words_are_no_figures() -> None:
    """ "4 whom" is "for whom"; "4 ships" are four."""
    assert not Finder(small_base()).readings("harvest failed 4 whom")[0].numbers
    assert Finder(small_base()).readings("4 ships")[0].numbers


def test_letters_left_out_are_likelier_than_others_put_in() -> None:
    """Of two words that are one step away."""
    speller = ChatSpeller({"poor": 0.0, "power": 0.0}, ())
    assert [reading.word for reading in speller.readings("powr")] == ["power", "poor"]


def test_what_comes_before_how_many_is_nothing_that_those_counted_did() -> None:
    """ "whose files were leaked, and how many ships is that" asks for no leaked ships."""
    _, meetings = Finder(small_base()).meet("whose files were copied, and how many ships is that")
    assert not next(each.barred for each in meetings if each.profile.claim.ref == "C1")


def test_no_slip_becomes_a_figure() -> None:
    """ "foud" is "found", though a claim has the word "four"."""
    base = small_base()
    harvest = replace(base.claims[2], statement="The Red harvest failed in four provinces.")
    question = Finder(replace(base, claims={**base.claims, 2: harvest})).readings("harvest foud")[0]
    assert not question.numbers


def test_whoever_checked_is_no_word_of_what_was_checked() -> None:
    """ "could any journalist check" asks what "could anyone check" does."""
    assert _words("has any journalist been able to check the harvest") == ["harvest"]


def test_names_typed_alone_are_answered_with_an_article_and_as_what_is_counted() -> None:
    """A name that has its article, and a metric of several words; words that no base has are another bot's."""
    searcher = Searcher(load(_BASES / "bases" / "doping.yaml").base)
    for named in ("The Courier", "Courier", "the federation", "a federation"):
        assert searcher.alias_command(named) is not None, named
    for counted in ("share that used a banned substance", "medals taken away"):
        assert isinstance(searcher.hinted(counted), Unsure), counted
    for others in ("play a banned song", "the weather", "skip", "the"):
        assert searcher.alias_command(others) is None
        assert searcher.hinted(others) is None, others


@pytest.mark.parametrize("path", sorted((_BASES / "bases").glob("*.yaml")), ids=lambda path: path.stem)
def test_questions_of_a_benchmark_name_claims_that_its_base_has(path: Path) -> None:
    """And each says what is right."""
    claims = set(re.findall(r"(?m)^ *- \{?id: (C\d+)", path.read_text("utf-8")))
    for line in (_BASES / f"questions-{path.stem}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        assert row.get("first") or row.get("refuse"), row
        assert {*row.get("first", ()), *row.get("all", ())} <= claims, row


def test_what_is_counted_stands_past_a_word_that_says_of_what_kind() -> None:
    """ "armoured ships" are ships; armoured lorries are none."""
    finder = Finder(small_base())
    counted = {
        text: [unit.text for unit in finder.readings(text)[0].counted]
        for text in ("how many armoured ships did redland sink", "how many armoured lorries were sunk")
    }
    assert counted == {
        "how many armoured ships did redland sink": ["ships"],
        "how many armoured lorries were sunk": ["trucks"],
    }
    _, meetings = finder.meet("how many armoured lorries were sunk")
    assert all(each.barred for each in meetings)


def test_another_name_of_what_is_counted_may_be_offered() -> None:
    """Companies are firms, so nearly that no rule keeps them apart; boys are no girls."""
    base = small_base()
    figure = replace(base.claims[1].figures[0], subject="companies", unit="companies")
    told = replace(base.claims[1], statement="About 30 companies were sunk.", figures=(figure,))
    finder = Finder(replace(base, claims={**base.claims, 1: told}))
    why = {each.profile.claim.ref: (each.barred, each.doubted) for each in finder.meet("how many firms were sunk")[1]}
    assert not why["C1"][0]
    assert why["C1"][1]
    assert all(each.barred for each in finder.meet("how many factories were sunk")[1])


def test_last_year_is_another_date() -> None:
    """Unless the claim is of a year before the one it was published in, or says so."""
    base = small_base()
    dated = replace(base.claims[1], event_date=PartialDate(2019))
    said = replace(base.claims[1], statement="About 30 Blue ships were sunk in the previous season.")
    for claim, barred in ((base.claims[1], True), (dated, False), (said, False)):
        finder = Finder(replace(base, claims={**base.claims, 1: claim}))
        _, meetings = finder.meet("how many blue ships were sunk last year")
        assert any(each.barred for each in meetings if each.profile.claim.ref == "C1") is barred
