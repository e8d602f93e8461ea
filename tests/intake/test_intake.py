"""From an article to claims: looked at one by one, accepted like any other claim; nothing enters by itself."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.core.claims import FactBase
from bot.core.editing.intakes import Session
from bot.core.editing.intakes import begun as begun_with
from bot.core.intake.plain import PlainProposer
from bot.core.intake.proposals import Article, Intake, Proposal, Proposer, Span, Suspect
from bot.errors import Refused
from bot.services.intakes import Accepted, Look
from bot.settings import Settings
from bot.ui.kit.cooldown import Cooldown
from bot.ui.moderating.intake_pages import item_pages
from tests.conftest import settings_for
from tests.desk import Desk, labels_of, moderator_says, press, refs_in, text_of
from tests.files.test_imports import base_of
from tests.intake_pages import ARTICLE, CAVEAT, Reader, Scripted, begun, filled
from tests.ranks import REFUSED, kept, private


@pytest.fixture(autouse=True)
def as_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proposals are taken as they come: what the verifier passes is told in test_intake_verifying."""

    def taken(article: Article, base: FactBase, proposer: Proposer | None = None) -> Intake:
        return Intake(article, (proposer or PlainProposer()).propose(article, base))

    monkeypatch.setattr("bot.services.intakes.read", taken)


async def test_an_article_comes_by_file_paste_reply_or_slash(desk: Desk) -> None:
    """Who published it, and when, is filled in as the text says; the message for all holds nothing of it."""
    reader = Reader(desk, desk.moderator)
    article = await desk.member.send(desk.channel, f"{ARTICLE} Replied.")
    await reader.who.send(desk.channel, f"!intake {ARTICLE} Pasted.")
    await reader.who.send(desk.channel, "!intake", attachments=[("article.md", f"{ARTICLE} Attached.".encode())])
    await reader.who.send(desk.channel, "!intake", reply_to=article)
    await reader.who.slash(desk.channel, "intake", text=ARTICLE)
    offers = [each for each in desk.channel.history() if labels_of(each) == ["Publisher and day"]]
    assert len(offers) == 4
    for offer in offers:
        sent = await reader.send(await reader.press("Publisher and day", offer))
        assert "more than 40" in reader.shown
        assert sent.followups[0].ephemeral
    for message in desk.channel.history():
        assert message.author.id != desk.bot.user.id or "40" not in text_of(message)  # pyright: ignore[reportOptionalMemberAccess] it is logged in


async def test_what_is_said_beside_the_text_needs_no_form(desk: Desk) -> None:
    """One command, and the first page is one press away; no proposer is needed for that."""
    offer = await desk.say(f"!intake publisher: Reuters date: 2026-03-03\n{ARTICLE}", who=desk.moderator)
    reader = Reader(desk, desk.moderator)
    assert offer is not None
    await reader.press("Go through it", offer)

    assert "It lacks a claimant" in reader.shown
    assert "Accept" not in reader.labels


async def test_from_paste_to_claims_that_answer(desk: Desk) -> None:
    """The sentence beside the block; new names, with the text's forms of them, and one source come along."""
    reader = await begun(desk)
    assert "New with it: party Harbour port police, also Port police" in reader.shown
    assert "Attribution: Harbour port police, as reported by Harbour Post (3 Mar 2026)" in reader.shown
    before = await base_of(desk)
    assert len(before.claims) == 31

    await reader.press("Accept all of this claimant that are clean")
    after = await base_of(desk)
    assert {*after.claims} - {*before.claims} == {32, 33}
    assert "Accepted: C32, C33." in reader.shown
    assert len(after.sources) == len(before.sources) + 1
    assert after.claims[32].attribution.source is after.claims[33].attribution.source
    assert after.revision == before.revision + 1
    assert refs_in(await desk.answer("!ask harbour cranes")) == ["C32"]
    assert refs_in(await desk.answer("!port police")) == ["C32", "C33"]
    assert "Taken in from an article: Harbour Post" in await moderator_says(desk, "!history C32")


async def test_what_is_missing_is_named_and_mended_in_the_form(desk: Desk) -> None:
    """A topic and a metric, both new ones; the claimant of the item before is filled in where none is known."""
    reader = await begun(desk, topic="")
    await reader.press("Next open »")
    await reader.press("Next open »")
    assert "It lacks a topic" in reader.shown
    await reader.send(await reader.press("Edit"), topics="Harbor strike", statement="The union said it was empty.")
    assert "New with it: topic Harbor strike" in reader.shown
    await reader.press("Accept")
    assert "It lacks a metric for figure 1" in reader.shown
    form = await reader.press("Edit")
    await reader.send(form, figures="loss in money | the harbour's loss | 9 million | 9000000 | euros")
    assert "Did you mean Harbor strike?" in reader.shown
    await reader.send(await reader.press("More fields"), more="event: 2026-03\nplaces: The old harbour")
    await reader.press("Accept")

    base = await base_of(desk)
    assert base.claims[33].figures[0].metric == "loss-in-money"
    assert base.claims[33].attribution.own_voice
    assert [place.name for place in base.claims[33].places] == ["The old harbour"]


async def test_dropped_ones_are_named_in_the_end_with_what_no_claim_holds(desk: Desk) -> None:
    """And may be brought back; finishing deletes the article's text."""
    reader = await begun(desk)
    await reader.press("Drop")
    await reader.press("‹ Previous")
    assert "Nothing of it enters the fact base" in reader.shown
    await reader.press("Bring back")
    for _ in range(4):
        await reader.press("Drop")

    assert "Open: 0, accepted: 0, proposed: 0, dropped: 4." in reader.shown
    assert reader.shown.count("In the words of the article, not of the fact base:\n> “") == 4
    await reader.press("Finish and delete the text")
    assert "the article's text is deleted" in reader.shown
    assert not kept(desk)["intake"]
    assert len((await base_of(desk)).claims) == 31


async def test_what_was_decided_survives_a_restart(desk: Desk) -> None:
    """The page that stands there goes on working, and the command leads to what is open."""
    reader = await begun(desk)
    await reader.press("Accept")
    await reader.press("Drop")
    await desk.restart()
    await reader.send(await reader.press("Edit"), topics="Harbour strike")
    await reader.press("Accept")
    assert "Accepted: C33." in reader.shown

    await desk.say("!intake", who=desk.admin)
    other = Reader(desk, desk.admin)
    await other.press("Go through it", desk.channel.history()[-1])
    assert "Intake 1: 4 of 4" in other.shown
    assert "open: 1 of 4" in other.shown


async def test_two_moderators_do_not_accept_one_proposal_twice(desk: Desk) -> None:
    """Nor what they have not seen: whoever comes second is told, privately."""
    reader = await begun(desk)
    other = Reader(desk, desk.admin)
    await other.press("Go through it", desk.channel.history()[-1])
    await other.send(await other.press("Edit"), statement="More than 40 cranes were idle.")
    result = await reader.press("Accept")
    assert "Somebody else changed it" in reader.told
    assert result.followups[-1].ephemeral

    await other.press("Accept")
    await reader.press("Next ›")
    await reader.press("‹ Previous")
    assert "C32" in refs_in(reader.shown)
    assert "Accept" not in reader.labels
    assert max((await base_of(desk)).claims) == 32

    intakes, server = desk.bot.services.intakes, desk.server.id
    seen = (await intakes.get(server, 1)).all[1].seen
    both = (intakes.accept(server, 1, 1, seen, str(each.id)) for each in (desk.moderator, desk.admin))
    outcomes = await asyncio.gather(*both, return_exceptions=True)
    assert {type(each) for each in outcomes} == {Accepted, Refused}
    assert max((await base_of(desk)).claims) == 33


async def test_under_four_eyes_what_is_accepted_is_proposed(desk: Desk) -> None:
    """Nothing is there until a second moderator approves; then the claims are, with the names that they need."""
    await desk.say("!setup four-eyes on", who=desk.admin)
    reader = await begun(desk)
    assert "Saving proposes it" in reader.shown
    await reader.press("Accept all of this claimant that are clean")
    assert "Proposed: 1" in reader.shown
    assert len((await base_of(desk)).claims) == 31

    await moderator_says(desk, "!review proposal 1", desk.admin)
    await press(desk, "Approve", desk.admin)
    assert len((await base_of(desk)).claims) == 33


async def test_an_intake_is_its_moderators_alone(desk: Desk) -> None:
    """A member and a moderator of another server, with the very ids of the buttons, change and see nothing."""
    reader = await begun(desk)
    page = reader.page
    assert page is not None
    forged = await desk.rival.send(desk.other_channel, "!intake Police counted 3 men.")
    mine = desk.other_channel.history()[-1]
    assert forged.id != mine.id
    before = kept(desk, by=desk.server.id)
    told = private(await desk.member.click(desk.channel.history()[-1], label="Go through it"))
    assert told.startswith(REFUSED)
    row = desk.env.backend.get_message(desk.other_channel.id, mine.id)
    for verb in ("go", "edit", "accept", "clean", "drop", "finish", "next", "nonsense"):
        seen = f":{'0' * 8}" if verb == "accept" else ""
        custom_id = f"caveat:intake:{verb}:1:0{seen}"
        row.components[0]["components"][0]["custom_id"] = custom_id
        result = await desk.rival.click(mine, custom_id=custom_id)
        shown = [result.response.message] if result.response else []
        said = " ".join(map(text_of, [*shown, *(each.message for each in result.followups)]))
        assert "That intake is finished" in said, verb
        assert "cranes" not in said
    assert kept(desk, by=desk.server.id) == before


_NO_ARTICLES = {
    b"": "There is no text",
    b" \n\t ": "There is no text",
    b"word " * 40_000: "longer than 100,000 characters",
    b"a\0b": "no plain text",
    b"\x89PNG\r\n\xff\xfe": "no plain text",
    b"<html><p>3 men</p>": "That is HTML",
    b"x" * 1_100_000: "larger than 1 MB",
}


async def test_what_is_no_article_gets_one_sentence(desk: Desk) -> None:
    """And nothing is kept."""
    for data, said in _NO_ARTICLES.items():
        await desk.moderator.send(desk.channel, "!intake", attachments=[("article.txt", data)])
        assert said in text_of(desk.channel.history()[-1])
    assert not kept(desk)["intake"]


async def test_no_command_without_a_text(desk: Desk) -> None:
    """It says what to do; a day that is none is asked for again, and a text without figures proposes nothing."""
    assert "Attach the article" in await moderator_says(desk, "!intake")
    reader = Reader(desk, desk.moderator)
    offer = await desk.say("!intake Nothing was said.", who=desk.moderator)
    result = await reader.send(await reader.press("Publisher and day", offer), publisher="Reuters", day="today")
    assert "is no day" in text_of(result.followups[0].message)
    await reader.send(await reader.press("Publisher and day", offer), publisher="Reuters", day="2026-01-01")
    assert "Open: 0" in reader.shown


async def test_old_intakes_go_and_their_maker_can_be_forgotten(desk: Desk) -> None:
    """After 30 days the text is deleted, finished or not."""
    await begun(desk)
    await desk.say(f"!forget <@{desk.moderator.id}>", who=desk.admin)
    assert [row for row in kept(desk)["intake"] if str(desk.moderator.id) in row] == []
    assert kept(desk)["intake"]
    await desk.later(days=31)

    assert not kept(desk)["intake"]


_DOCKS = "north south east west old new grain coal iron fish salt sugar timber cotton rice oil wool tea wine silk"


class Twenty:
    """Twenty complete claims of four claimants."""

    def propose(self, article: Article, base: FactBase) -> tuple[Proposal, ...]:
        """One a dock."""
        found = Scripted().propose(article, base)[0]
        assert found.claimant is not None
        unions = [replace(found.claimant, name=f"{name} dockers' union") for name in _DOCKS.split()[:4]]
        return tuple(
            replace(found, statement=f"More than 40 cranes of the {dock} dock stood.", claimant=unions[at % 4])
            for at, dock in enumerate(_DOCKS.split())
        )


async def test_twenty_right_claims_take_less_than_sixty_presses(desk: Desk) -> None:
    """Each looked at and accepted by itself, as quickly as one can press: going through many is not held up."""
    desk.bot.services.intakes.proposer = Twenty()
    reader = await begun(desk, scripted=False)
    desk.bot.cooldown = Cooldown(10)
    while "Accept" in reader.labels:
        await reader.press("Accept")

    assert len((await base_of(desk)).claims) == 31 + 20
    assert reader.presses == 22


def test_what_the_verifier_did_not_pass_is_no_draft(base: FactBase) -> None:
    """Its sentence is shown with what is wrong, and nothing of it is filled in."""
    article = Article(ARTICLE, "Harbour Post", date(2026, 3, 3))
    read = Intake(article, suspects=(Suspect(Span(28, 92), ("“more than” is lost",)),))
    session = begun_with(Session(ARTICLE), base, read, own_voice=True)
    (item,) = session.all
    text = "\n".join(page.content() for page in item_pages(Look(session, 0, item)))

    assert not item.fields
    assert "“more than” is lost" in text
    assert "40 cranes" in text
    assert "Attribution" not in text


class TestEmpty:
    """A server without a base."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        """No fact base to begin with."""
        return settings_for(tmp_path / "caveat.db", fact_base=None)

    async def test_an_empty_base_grows_out_of_an_article(self, desk: Desk) -> None:
        """Without a parser: each sentence with a figure or a quotation is filled in by hand, and answers."""
        reader = await begun(desk, scripted=False)
        await reader.press("Next ›")
        form = await reader.press("Edit")
        await reader.send(
            form,
            statement="More than 40 cranes were idle.",
            claimant="Port police",
            topics="Harbour strike",
            figures="idle | cranes | more than 40 | 40.. | cranes",
            caveat=f"{CAVEAT} | Reuters",
        )
        await reader.press("Accept")

        assert refs_in(await desk.answer("!harbour strike")) == ["C1"]
        assert filled(await reader.press("Edit"))["claimant"] == "Port police"
