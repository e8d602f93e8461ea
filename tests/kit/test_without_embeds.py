"""Where Discord lets Caveat send no embeds, everything is said in plain messages that it takes."""

from __future__ import annotations

import discord
import pytest
import simcord

from cogs.guide import visible_commands
from tests.desk import ADD, Desk, press
from tests.ranks import COMMANDS, People

FAULT = "Quote the reference"
BARE = discord.PermissionOverwrite(embed_links=False)


@pytest.fixture
async def room(desk: Desk) -> simcord.ChannelHandle:
    """A channel without embeds, where reviews are announced, too: there nothing is hidden behind a button."""
    made = desk.server.create_text_channel("bare", overwrites={desk.server.default_role: BARE})
    await desk.say(f"!setup review-channel <#{made.id}>", who=desk.admin)
    return made


@pytest.mark.parametrize("language", ["en", "de"])
async def test_every_command_says_something_without_embeds(
    desk: Desk, room: simcord.ChannelHandle, language: str
) -> None:
    """In every language: text of 2,000 characters at most, whatever it is about."""
    people, silent = People(desk), list[str]()
    await desk.say("!ask zithers")
    await desk.say(f"!setup language {language}", who=desk.admin)
    given = [f"!{name} {people.arguments(desk, COMMANDS[name][0])}".strip() for name in COMMANDS]
    given += [f"!help {command.qualified_name}" for command in visible_commands(desk.bot)]
    for text in given:
        shown = await desk.say(text, who=desk.admin, where=room)
        if shown is None or shown.embeds or not 0 < len(shown.content) <= 2000 or FAULT in shown.content:
            silent.append(f"{text}: {shown and shown.content}")
    assert not silent, "\n".join(silent)


async def test_a_proposal_is_read_in_a_review_channel_without_embeds(desk: Desk, room: simcord.ChannelHandle) -> None:
    """Nobody approves of what they cannot see."""
    await desk.say("!setup four-eyes on", who=desk.admin)
    await desk.say(ADD, who=desk.moderator)
    await press(desk, "Save")
    announced = room.history()[-1]

    assert "37 field kitchens" in announced.content
    assert "Attribution:" in announced.content
    assert not announced.embeds
