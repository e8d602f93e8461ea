"""How a server begins: it is greeted once, chooses its base, and answers from that one alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from bot.app import composed
from bot.core.claims import Source
from bot.demo import buttons, transcript
from bot.files.factfile import dump, load
from tests.conftest import settings_for
from tests.desk import Desk, labels_of, moderator_says, text_of
from tests.factories import a_base, a_claim, a_figure, a_metric, a_party, a_place, a_topic
from tests.moderating.test_bases_imported import (
    BASES,
    Fresh,
    commands_of,
    fresh,
    imported,
    newest,
    nothing_of_the_sample,
)

__all__ = ["fresh"]

SOURCE = Source(
    "northline-2026-03-18",
    a_party("Northline"),
    date(2026, 3, 18),
    "1a" * 32,
    url="https://northline.example/oil",
    retrieved_on=date(2026, 3, 19),
)
SPILL = a_base(
    [
        a_claim(
            1,
            "About 1,200 tonnes of fuel oil escaped.",
            claimant=a_party("Meridian Tankers", aliases=("operator",)),
            source=SOURCE,
            topics=(a_topic("Oil", aliases=("spill", "slick")),),
            places=(a_place("Tarn Bay"),),
            figures=(
                a_figure("about 1,200", metric="escaped", subject="fuel oil", low=1200, high=1200, unit="tonnes"),
            ),
        ),
        a_claim(
            2,
            "The reef is closed to fishing.",
            claimant=a_party("Harbour Authority"),
            source=SOURCE,
            topics=(a_topic("Fishing"),),
        ),
    ],
    a_metric("Escaped", aliases=("leaked",)),
)


def told(result: simcord.InteractionResult) -> discord.Message:
    """What somebody who pressed a button was told."""
    assert result.response is not None
    return result.response.message


@pytest.mark.parametrize("path", sorted(BASES.glob("*.yaml")), ids=lambda path: path.stem)
async def test_a_server_with_another_base_speaks_of_nothing_else(fresh: Fresh, path: Path) -> None:
    """Every name of it is answered from it alone."""
    names = {entry.name for entry in load(path).base.entries()}
    await nothing_of_the_sample(fresh, await imported(fresh, path), names, path.read_text("utf-8"))


async def test_a_server_that_began_empty_and_imported_a_base_answers_from_it_alone(fresh: Fresh) -> None:
    """One greeting, for managers; then nothing in the bot speaks of the sample."""
    env, bot, server, channel = fresh.env, fresh.bot, fresh.server, fresh.channel
    manage = server.create_role("Managers", permissions=discord.Permissions(administrator=True))
    manager = server.add_member(env.create_user("manager"), roles=[manage])
    member = server.add_member(env.create_user("member"))
    (greeting,) = channel.history()
    assert [each.label for each in buttons(greeting)] == [
        "Start empty",
        "Start with the sample (Kursk)",
        "Import a file",
    ]

    refused = await member.click(greeting, label="Start empty")
    assert "Only managers" in told(refused).content
    form = await manager.click(greeting, label="Import a file")
    await manager.submit_modal(form, {})
    assert "is empty" in transcript(newest(channel))
    form = await manager.click(greeting, label="Import a file")
    await manager.submit_modal(form, {"file": ("oil.yaml", dump(SPILL).encode())})
    await manager.click(newest(channel), label="Apply")
    await manager.submit_modal(await manager.click(greeting, label="Import a file"), {})
    assert "nothing was changed" in transcript(newest(channel))

    lines = commands_of(bot, SPILL)
    await nothing_of_the_sample(fresh, manager, {*lines, "oil", "spill", "topics", "setup", "setup base"})
    await manager.send(channel, "!setup language en")  # one of the examples chose another
    await member.send(channel, "!oil")
    shown = transcript(newest(channel))
    assert "Meridian Tankers" in shown
    await member.send(channel, "!claim C1")
    assert "Read at <https://northline.example/oil>, retrieved 19" in transcript(newest(channel))


async def test_a_base_is_emptied_after_a_yes_and_its_history_stays(desk: Desk) -> None:
    """Claims are retired, names that nothing needs answer no more, and a restored claim brings its own back."""
    await moderator_says(desk, "!setup base")
    asked = await desk.moderator.click(newest(desk.channel), label="Empty it …")
    assert "Retired, with a reason: 31 claims." in told(asked).content
    await desk.moderator.click(told(asked), label="Yes, put it away")

    assert "The fact base is empty" in await moderator_says(desk, "!topics")
    assert "emptied" in await moderator_says(desk, "!history C8")
    await moderator_says(desk, "!claim restore C8 the report stands")
    assert "C8" in await moderator_says(desk, "!C8")
    assert (await desk.bot.services.workspaces.open(desk.server.id)).base.topics.keys() == {
        topic.key for topic in (await desk.bot.services.workspaces.open(desk.server.id)).base.claims[8].topics
    }


async def test_under_four_eyes_emptying_is_a_proposal(desk: Desk) -> None:
    """Another moderator approves of it."""
    await moderator_says(desk, "!setup four-eyes on")
    await moderator_says(desk, "!setup base")
    asked = await desk.moderator.click(newest(desk.channel), label="Empty it …")
    await desk.moderator.click(told(asked), label="Yes, put it away")

    assert (await desk.bot.services.workspaces.open(desk.server.id)).base.live
    await desk.admin.click(newest(desk.channel), label="Approve")
    assert not (await desk.bot.services.workspaces.open(desk.server.id)).base.live


async def test_setup_goes_step_by_step(desk: Desk) -> None:
    """Each step shows what is set, and what is chosen counts at once."""
    role = desk.server.create_role("Editors")
    await moderator_says(desk, "!setup")
    page = newest(desk.channel)
    await desk.moderator.click(page, label="Step by step")
    await desk.moderator.select(newest(desk.channel), values=[role])
    assert f"<@&{role.id}>" in text_of(newest(desk.channel))
    await desk.moderator.click(newest(desk.channel), label="Next")
    await desk.moderator.select(newest(desk.channel), values=[desk.channel])
    await desk.moderator.click(newest(desk.channel), label="Next")
    rows: Any = newest(desk.channel).components
    await desk.moderator.select(newest(desk.channel), values=["uk"], custom_id=rows[1].children[0].custom_id)
    await desk.moderator.click(newest(desk.channel), label="Next")
    await desk.moderator.click(newest(desk.channel), label="Four eyes: switch on")

    shown = text_of(newest(desk.channel))
    assert f"Review channel: <#{desk.channel.id}>" in shown
    assert "Language of dates: uk" in shown
    assert "Four eyes: on" in shown
    assert "Next" in labels_of(newest(desk.channel))


async def test_direct_messages_without_a_base_say_where_to_ask(tmp_path: Path) -> None:
    """By the names of servers in which that person is."""
    async with composed(settings_for(tmp_path / "caveat.db", fact_base=None), shard_count=1) as bot:
        env = simcord.Env(bot, settle_timeout=60, check_errors=False)
        await env.start()
        server, other = env.create_guild("Harbour desk"), env.create_guild("Elsewhere")
        person = env.create_user("member")
        server.add_member(person)
        await env.settle()
        for line in ("!oil", "!ask oil", "!topics"):
            await person.send_dm(line)
            said = transcript(newest(person.dm_channel))
            assert "each server keeps its own" in said
            assert "“Harbour desk”" in said
            assert other.name not in said
        await env.shutdown()
