"""Bad input gets one clear sentence; failures of ours a reference; nothing hostile gets through."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncGenerator

import discord
import pytest
import simcord

from bot.app import composed
from bot.core.claims import Link, Relation
from bot.core.figures import Figure
from bot.settings import Settings
from bot.ui.asking.single_pages import claim_page
from bot.ui.kit.embeds import DESCRIPTION, card
from tests.desk import Desk, moderator_says, refs_in, text_of
from tests.factories import a_base, a_claim
from tests.ranks import REFUSED, private

HOSTILE = (
    "!ask @everyone @here <@123> <@&456> <#789>",
    "!ask '; DROP TABLE claim; -- casualties",
    "!ask %s%s%n {0} {self.__class__} ${jndi:x}",
    "!casu\u200balties",
    "!ask \u202ecasualties\u202c",
    "!ask casualties \u2066\u2069\ufeff",
    "!ask " + "a" * 1990,
    "!ask " + "casualties " * 150,
    '!claim "C1',
    "!claim 99999999999999999999999",
    "!claim -1",
    "!claim C" + "0" * 39,
    "!quote",
    '!sources "',
    "!sources \\",
    "!ask ```x```**bold** __u__ ||s|| casualties",
    "!compare " + "z" * 300,
    "!timeline \u200b",
    "!ask",
    "!casualties'\"`",
    "!ask 💀☠️",
    "!ask 2/0 killed",
    "!ask 1e309 killed",
    "!ask ½ killed",
    "!ask " + "9" * 290,
    "!help @everyone",
    "!help " + "x" * 200,
    "!ask [link](https://example.org) casualties",
    "!ask <t:1:R> </ask:1> <:x:1>",
    "!ask Ç̸̡̛͔̳̦̣͑̓a̴s̶u̸a̷l̸t̵i̶e̶s̴",
    "!check " + "6,000 killed. " * 100,
    "!watch maybe",
    "!claim C8²",
    "!ask \0casualties\0",
    "!receipt " + "9" * 21,
    "!why https://discord.com/channels/1/2/" + "9" * 21,
    "!quote " + "9" * 400,
)


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_input_gets_a_short_polite_line_or_a_right_answer(desk: Desk, text: str) -> None:
    """Never a ping, a traceback, or silence where a command was meant; the desk checks every message for the rest."""
    shown = await desk.answer(text[:2000])

    assert shown
    assert "Traceback" not in shown
    assert "Something went wrong" not in shown
    assert refs_in(shown) or len(shown) < 400


async def test_a_reason_is_read_by_those_who_decide_alone(desk: Desk) -> None:
    """Members hear that a claim was retired; its moderators read why, as somebody's words."""
    await desk.say("!claim retire C8 all of it was made up", who=desk.moderator)
    for asked in ("!claim C8", "!C8", "!quote C8", "!follow C8"):
        assert await desk.answer(asked) == "C8 was retired and no longer answers."
    told = await moderator_says(desk, "!history C8")
    assert "> “all of it was made up”" in told
    assert "Retired: yes" in told
    for name, given in (("history", {"claim": "C8"}), ("audit-log", {}), ("review queue", {}), ("misses", {})):
        picked = await desk.moderator.slash(desk.channel, name, **given)
        assert picked.ephemeral, name


async def test_peoples_own_words_wait_behind_a_button_for_whoever_typed_the_command(desk: Desk) -> None:
    """Every command that shows them, in any channel but that of reviews; a rank lost meanwhile counts."""
    discreet = [each for each in desk.bot.walk_commands() if each.extras.get("discreet")]
    assert {each.name for each in discreet} == {"history", "audit-log", "review", "proposal", "misses"}
    role = desk.server.create_role("Editors", permissions=discord.Permissions(manage_guild=True))
    editor = desk.server.add_member(desk.env.create_user("editor"), roles=[role])
    await desk.env.settle()
    await desk.say("!claim retire C8 all of it was made up", who=desk.moderator)
    for command, words in (("!history C8", True), ("!audit-log", True), ("!review", False), ("!misses", False)):
        offer = await desk.say(command, who=editor)
        assert offer is not None
        assert text_of(offer) == "This holds people's own words. Only you will see it.\n[Show me]", command
        assert "Ask yourself" in private(await desk.colleague.click(offer, label="Show me"))
        assert ("made up" in await moderator_says(desk, command)) == words, command

        desk.env.backend.remove_member_role(desk.server.id, editor.id, role.id)
        await desk.env.settle()
        assert private(await editor.click(offer, label="Show me")).startswith(REFUSED)
        desk.env.backend.add_member_role(desk.server.id, editor.id, role.id)
        await desk.env.settle()


async def test_what_is_typed_is_repeated_without_markup_or_invisible_marks(desk: Desk) -> None:
    """A mention is shown as text, a direction mark not at all."""
    message = await desk.say("!help \u202e**xyzzy** @everyone")
    assert message is not None

    assert "\u202e" not in message.content
    assert r"\*\*xyzzy" in message.content
    assert "@everyone" not in message.content


def test_long_lists_beside_a_claim_stay_within_a_page() -> None:
    """Its relations and conflicts are cut at whole entries; figures are never cut."""
    related = tuple(Relation(Link.REPEATS, number) for number in range(2, 702))
    figure = Figure("killed", "s" * 100, "more than 6,000", 6000, None, "u" * 100, "o" * 100)
    claim = a_claim(1, "s" * 500, relations=related, figures=(figure,) * 40, editor_note="n" * 1000)
    page = claim_page(claim, a_base([claim]), None)
    assert "more than 6,000" in page.body or "an export holds the rest" in page.body
    rivals = [a_claim(number, relations=(Relation(Link.DISPUTES, 1),)) for number in range(2, 702)]
    shown = card(claim, a_base([claim, *rivals]), details=("d" * 900,) * 9)
    for text in (page.body, shown):
        assert len(text) <= DESCRIPTION
        assert "Verification:" in text
    assert "C21 and 680 more" in shown


def _broken(_: object) -> str:
    raise ZeroDivisionError


async def test_a_failure_of_ours_gives_the_user_a_code_that_the_log_has_too(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The traceback stays in the log."""
    monkeypatch.setattr("cogs.ask.quote_text", _broken)
    with caplog.at_level(logging.ERROR, logger="cogs.errors"):
        shown = await desk.answer("!quote C8")

    code = re.search(r"`([0-9a-f]{8})`", shown) or re.search(r"reference ([0-9a-f]{8})", shown)
    assert code is not None
    assert code[1] in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "ZeroDivisionError" not in shown
    assert [type(error).__name__ for error in desk.env.errors]  # seen and expected


async def test_a_missing_argument_is_answered_with_the_usage(desk: Desk) -> None:
    """One sentence that says what to do instead."""
    assert (await desk.answer("!asof")).startswith("This command needs its day: `!asof ")
    assert (await moderator_says(desk, "!alias add casualties reason: x")).startswith(
        "This command needs its alias: `!"
    )
    told = await moderator_says(desk, f"!alias add casualties {'a' * 121}")
    assert told.startswith("Keep it between 1 and 120 characters: `!alias add ")


@pytest.fixture
async def hurried(
    settings: Settings,
) -> AsyncGenerator[tuple[simcord.Env, simcord.MemberActor, simcord.ChannelHandle], None]:
    """A server where three commands a minute are the most."""
    async with composed(settings.model_copy(update={"commands_per_minute": 3}), shard_count=1) as bot:
        env = simcord.Env(bot, settle_timeout=20)
        await env.start()
        try:
            server = env.create_guild()
            channel = server.create_text_channel("desk")
            member = server.add_member(env.create_user("member"))
            await env.settle()
            yield env, member, channel
        finally:
            await env.shutdown()


async def test_whoever_asks_too_fast_is_told_once(
    hurried: tuple[simcord.Env, simcord.MemberActor, simcord.ChannelHandle],
) -> None:
    """Then there is silence until the minute is over, and then answers again."""
    env, member, channel = hurried
    for _ in range(6):
        await member.send(channel, "!quote C8")
    said = [text_of(message) for message in channel.history() if message.author.bot]
    assert sum("That was a lot at once" in text for text in said) == 1
    assert len(said) == 4

    await env.advance_time(61)
    await member.send(channel, "!quote C8")
    assert "Attribution:" in text_of(channel.history()[-1])


async def test_without_permission_to_embed_answers_come_as_plain_text(desk: Desk) -> None:
    """Discord drops such embeds silently; a plain message keeps the same blocks, within 2,000 characters."""
    room = desk.server.create_text_channel(
        "bare", overwrites={desk.server.default_role: discord.PermissionOverwrite(embed_links=False)}
    )
    for text in ("!casualties", "!sources", "!compare casualties", "!claim C22", "!topics"):
        page = await desk.say(text, where=room)
        assert page is not None
        assert page.embeds == []
        assert 0 < len(page.content) <= 2000
        assert ("Attribution:" in page.content) == (text != "!topics")
