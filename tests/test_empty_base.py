"""A bot without a fact base: FACT_BASE is empty, and every command still answers with a sentence."""

from __future__ import annotations

from pathlib import Path

import discord
import pytest
import simcord

from bot.app import composed
from bot.core.claims import FactBase
from bot.core.examples import examples_of
from bot.demo import transcript
from bot.settings import Settings
from cogs.guide import examples_for, visible_commands
from tests.conftest import settings_for
from tests.factories import a_base, a_claim

OF_THE_SAMPLE = ("kursk", "korea", "zelensky", "zvezda", "casualties", "fox-2025")


def test_an_empty_variable_means_no_base(monkeypatch: pytest.MonkeyPatch) -> None:
    """Left out, it is the sample; any other empty variable counts as unset."""
    monkeypatch.delenv("FACT_BASE", raising=False)
    monkeypatch.setenv("LOG_LEVEL", "")
    assert Settings(_env_file=None).fact_base == Path("data")  # pyright: ignore[reportCallIssue] pydantic-settings' own
    monkeypatch.setenv("FACT_BASE", "")
    assert Settings(_env_file=None).fact_base is None  # pyright: ignore[reportCallIssue] pydantic-settings' own


def test_examples_are_names_of_the_base_at_hand(base: FactBase) -> None:
    """And of an empty one, placeholders; a name of several words is quoted where a command takes one."""
    assert examples_of(FactBase()).fill("sources {place}") == "sources PLACE"
    assert examples_of(a_base([a_claim()])).fill("compare {topic}") == "compare casualties"
    named = examples_of(base)
    assert named.place in {place.name.casefold() for place in base.places.values()}
    assert named.fill("alias add {topic_quoted}").removeprefix("alias add ").strip('"') == named.topic


async def test_every_command_answers_on_an_empty_base_and_none_speaks_of_the_sample(tmp_path: Path) -> None:
    """Bare and with each example: a sentence, never an error of ours, no word of another base that is not offered."""
    async with composed(settings_for(tmp_path / "caveat.db", fact_base=None), shard_count=1) as bot:
        env = simcord.Env(bot, settle_timeout=60, check_errors=False)
        await env.start()
        server = env.create_guild()
        channel = server.create_text_channel("desk")
        manage = server.create_role("Moderators", permissions=discord.Permissions(administrator=True))
        moderator = server.add_member(env.create_user("moderator"), roles=[manage])
        await env.settle()
        named = examples_of(FactBase())
        lines = {
            line
            for command in visible_commands(bot)
            for line in (command.qualified_name, *examples_for(command, named))
        }
        for line in sorted(lines):
            before = {message.id for message in channel.history()}
            await moderator.send(channel, f"!{line}")
            told = [each for each in channel.history() if each.id not in before and each.author == bot.user]
            said = " ".join(map(transcript, told)).replace("sample (Kursk)", "")
            assert said, line
            assert "went wrong" not in said, (line, said)
            assert not [word for word in OF_THE_SAMPLE if word in said.casefold()], (line, said)
        await env.shutdown()
