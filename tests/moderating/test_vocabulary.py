"""Words that questions to a base use for each other are changed by command, as entries are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.asking.reading.names import Names
from bot.core.asking.reading.tokens import tokens
from bot.core.asking.results import Found
from bot.core.asking.search import Searcher
from bot.core.claims import FactBase, Party, Wording
from bot.core.editing.batches import Batch, batch_of, batch_record
from bot.core.editing.words import with_words, without_words
from bot.core.figures import Figure
from bot.core.records import wording_of, wording_record
from bot.errors import NotFound, Refused
from tests.asking.test_search import small_base
from tests.desk import Desk, moderator_says

SEA = Wording((("ship", "vessel"), ("harvest", "crop")))


def test_words_join_the_group_that_has_one_of_them() -> None:
    """Words that are in no group, or in several, are a group of their own."""
    assert with_words(SEA, "boat, Vessel").groups == (("ship", "vessel", "boat"), ("harvest", "crop"))
    assert with_words(SEA, "red crimson").groups[-1] == ("red", "crimson")
    assert with_words(SEA, "ship crop").groups == (*SEA.groups, ("ship", "crop"))


def test_a_group_of_one_word_is_none() -> None:
    """Taking away one of two takes away both; a word that no group has cannot be taken away."""
    assert without_words(SEA, "vessel").groups == (("harvest", "crop"),)
    with pytest.raises(NotFound):
        without_words(SEA, "boat")


@pytest.mark.parametrize(
    "typed", ["ship", "ship vessel", "6,000 dead", "dead, 12", "verified true", "a_b c", "x" * 60]
)
def test_what_are_no_two_new_words_is_refused(typed: str) -> None:
    """A figure or a word that vouches for one would be read as Caveat's own."""
    with pytest.raises(Refused):
        with_words(SEA, typed)


def test_a_word_answers_as_the_one_it_is_used_for_in_any_base() -> None:
    """Also where the base does not close its vocabulary, and for what is counted."""

    def shown(base: FactBase) -> list[str]:
        result = Searcher(base).ask("how many zebecs were sunk")
        return [claim.ref for claim in result.claims] if isinstance(result, Found) else []

    base = small_base()
    grouped = replace(base, wording=Wording((("zebec", "ship"),)))
    assert (shown(base), shown(grouped)) == ([], ["C1"])


def test_the_base_says_of_what_kind_its_words_are() -> None:
    """They are kept by kind, and taken away as others are; of a kind one word is enough."""
    crew = with_words(SEA, "crew, Deckhands", "people")
    assert (crew.people, crew.groups) == (("crew", "deckhands"), SEA.groups)
    assert wording_of(wording_record(crew)) == crew
    assert without_words(crew, "crew").people == ("deckhands",)
    with pytest.raises(Refused):
        with_words(crew, "crew", "people")


def test_what_counts_people_in_this_base_is_asked_for_as_people() -> None:
    """No dictionary says that watches are people; on a ship they are."""

    def shown(base: FactBase) -> bool:
        return isinstance(Searcher(base).ask("how many people were sunk"), Found)

    base = small_base()
    figure = Figure("sunk", "Blue watches", "about 30", 30, 30, "watches")
    watches = replace(base.claims[1], statement="About 30 Blue watches were sunk.", figures=(figure,))
    base = replace(base, claims={**base.claims, 1: watches})
    assert (shown(base), shown(replace(base, wording=Wording(people=("watches",))))) == (False, True)


def test_a_base_names_its_offices() -> None:
    """After "the" such a word means the one party whose name ends in it."""
    base = small_base()
    base = replace(base, parties={**base.parties, "wardens": Party("wardens", "Redland Wardens", part_of="redland")})
    words = tokens("what do the wardens say")
    offices = Names(replace(base, wording=Wording(offices=("wardens",)))).heads(words[3], words[2])
    assert (Names(base).heads(words[3], words[2]), len(offices)) == ([], 1)


def test_a_proposal_keeps_what_its_maker_saw() -> None:
    """So that nobody's words are lost when it is approved of later."""
    batch = Batch(wording=with_words(SEA, "red crimson"), wording_seen=SEA)
    assert batch_of(batch_record(batch), FactBase()) == batch


async def test_a_change_answers_at_once_and_has_a_past(desk: Desk) -> None:
    """It stands in the log of changes with its reason, can be taken back, and is not there before it was made."""
    await desk.say("!vocabulary add zithers, cither reason: members ask so", who=desk.moderator)
    await desk.say("!vocabulary add watches as: people", who=desk.moderator)
    assert "zithers, cither" in await listed(desk)
    assert "watches" in (await desk.bot.services.curation.base(desk.server.id)).wording.people
    assert "members ask so" in await moderator_says(desk, "!audit-log")
    seen = (await desk.bot.services.curation.base(desk.server.id)).wording
    await desk.say("!vocabulary remove cither", who=desk.moderator)
    assert "cither" not in await listed(desk)
    now = (await desk.bot.services.curation.base(desk.server.id)).wording
    assert now != seen
    past = await desk.bot.services.past.base(desk.server.id, datetime(2020, 1, 1, tzinfo=UTC))
    assert past.wording.groups == tuple(group for group in now.groups if "zithers" not in group)


async def listed(desk: Desk) -> str:
    """Every page of the list."""
    base = await desk.bot.services.curation.base(desk.server.id)
    return " / ".join(", ".join(group) for group in base.wording.groups)
