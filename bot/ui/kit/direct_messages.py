"""Direct messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import discord

from bot.core.rules.headlines import headline_in
from bot.core.wording import say
from bot.services.answers import NOWHERE
from bot.ui.kit.readable import is_in
from bot.ui.kit.text import escape

_SERVERS, _NAMED = 20, 5
"""A bot in more servers than these is not asked in which of them somebody is."""


async def where_to_ask(client: discord.Client, who: int) -> str:
    """That direct messages have no base, and in which servers, by name, there is one for *who*."""
    servers = client.guilds if len(client.guilds) <= _SERVERS else ()
    shared = [guild.name for guild in servers if await is_in(guild, who)]
    plain = [f"“{name}”" for name in shared if not headline_in(name)][:_NAMED]
    return f"{say(NOWHERE)}{': ' + ', '.join(plain) if plain else ''}."


def server_named(server: discord.Guild | None) -> str:
    """What a server is called, to stand in a sentence of ours; "the server" where its name is a headline."""
    return escape(server.name) if server and not headline_in(server.name) else say("the server")


async def write_to(client: discord.Client, person: str, *texts: str) -> bool:
    """Send somebody, by id, *texts* as direct messages; False when they take none, or are nobody any more."""
    if not person.isdigit():
        return False
    try:
        return await write_all_to(client, person, [{"content": text} for text in texts])
    except discord.HTTPException:
        return False


async def write_all_to(client: discord.Client, person: str, messages: Sequence[dict[str, Any]]) -> bool:
    """
    Send somebody, by id, direct messages, each as the arguments of `send`; False when they take none.

    The id goes as a string, as Discord's description wants it; discord.py's own call sends a number.

    Raises:
        discord.HTTPException: Discord did not take one of them for another reason.
    """
    try:
        opened = await client.http.start_private_message(cast("Any", person))
        for message in messages:
            await client.get_partial_messageable(int(opened["id"])).send(**message)
    except discord.Forbidden:
        return False
    return True
