"""Whatever base an empty server imports, it answers from that base alone."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path

import discord
import pytest
import simcord

from bot.app import Caveat, composed
from bot.core.claims import FactBase
from bot.core.examples import examples_of
from bot.demo import transcript
from bot.files.factfile import load
from cogs.guide import examples_for, visible_commands
from tests.conftest import settings_for
from tests.test_empty_base import OF_THE_SAMPLE

BASES = Path(__file__).parents[2] / "benchmarks" / "bases" / "bases"


@dataclass
class Fresh:
    """A server that the bot has just joined."""

    env: simcord.Env
    bot: Caveat
    server: simcord.GuildHandle
    channel: simcord.ChannelHandle


@pytest.fixture
async def fresh(tmp_path: Path) -> AsyncGenerator[Fresh]:
    """A server that the bot has just joined, with the sample as the default."""
    async with composed(settings_for(tmp_path / "caveat.db"), shard_count=1) as bot:
        env = simcord.Env(bot, settle_timeout=60, check_errors=False)
        await env.start()
        server = env.create_guild()
        channel = server.create_text_channel("desk")
        await env.settle()
        for _ in range(2):
            joined = bot.get_guild(server.id)
            assert joined is not None
            await bot.introduce(joined)
            await env.settle()
        yield Fresh(env, bot, server, channel)
        await env.shutdown()


def newest(channel: simcord.ChannelHandle) -> discord.Message:
    """The channel's last message."""
    assert channel.last_message is not None
    return channel.last_message


def commands_of(bot: Caveat, base: FactBase) -> set[str]:
    """Every command's help and its examples."""
    return {
        line
        for command in visible_commands(bot)
        for line in (f"help {command.qualified_name}", *examples_for(command, examples_of(base)))
    }


async def nothing_of_the_sample(fresh: Fresh, asker: simcord.MemberActor, lines: set[str], but: str = "") -> None:
    """Ask every one of *lines*, and what people ask of the sample; only words in *but* may be the sample's."""
    words = [word for word in OF_THE_SAMPLE if word not in but.casefold()]
    for line in sorted({*lines, "kursk", "casualties", "north korea", "how many died", "source"}):
        before = {message.id for message in fresh.channel.history()}
        await asker.send(fresh.channel, f"!{line}")
        answers = [each for each in fresh.channel.history() if each.id not in before]
        said = " ".join(transcript(each) for each in answers if each.author == fresh.bot.user)
        assert "went wrong" not in said, (line, said)
        assert not [word for word in words if word in said.casefold()], (line, said)


async def imported(fresh: Fresh, path: Path) -> simcord.MemberActor:
    """Who manages the server, after an empty beginning and the import of *path*, which answers now."""
    manage = fresh.server.create_role("Managers", permissions=discord.Permissions(administrator=True))
    manager = fresh.server.add_member(fresh.env.create_user("manager"), roles=[manage])
    (greeting,) = fresh.channel.history()
    await manager.click(greeting, label="Start empty")
    form = await manager.click(greeting, label="Import a file")
    await manager.submit_modal(form, {"file": ("base.yaml", path.read_bytes())})
    await manager.click(newest(fresh.channel), label="Apply")
    await manager.send(fresh.channel, f"!{next(iter(load(path).base.topics.values())).name}")
    assert "Attribution:" in transcript(newest(fresh.channel))
    return manager


@pytest.mark.parametrize("name", ["breach", "coup", "ferry"])
async def test_an_imported_base_speaks_of_nothing_else(fresh: Fresh, name: str) -> None:
    """Every name of it is answered from it alone; `make thorough` tries every base."""
    path = BASES / f"{name}.yaml"
    names = {entry.name for entry in load(path).base.entries()}
    await nothing_of_the_sample(fresh, await imported(fresh, path), names, path.read_text("utf-8"))
