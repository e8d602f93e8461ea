"""The bot as what is shown knows it: Discord's client, and the services that commands, buttons and forms call."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import discord
from discord.ext import commands

from bot.services.answers import CURATED, Snapshot
from bot.services.services import Services

if TYPE_CHECKING:
    from bot.ui.kit.cooldown import Cooldown  # which knows contexts, and they know the host


_REMEMBERED = 5000


class Host(commands.AutoShardedBot):
    """What `Caveat` is to everything below it."""

    services: Services
    cooldown: Cooldown

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._begun: dict[int, None] = {}

    def is_new(self, what: int) -> bool:
        """
        Whether the message, command or press with this id comes for the first time.

        Discord delivers at least once: after a broken connection it may send again what was acted on already.
        """
        if what in self._begun:
            return False
        self._begun[what] = None
        if len(self._begun) > _REMEMBERED:
            del self._begun[next(iter(self._begun))]
        return True

    async def again(self, message: discord.Message, opened: discord.Interaction[Any], /) -> None:
        """Run the command that *message* gives anew, for the eyes of whoever pressed *opened*."""
        raise NotImplementedError


async def channel_of(client: discord.Client, number: int) -> Any:
    """
    The channel or thread with that id; asked of Discord where it is not in memory, as archived threads are not.

    Raises:
        discord.HTTPException: It is gone, or not for the bot.
    """
    return client.get_channel(number) or await client.fetch_channel(number)


async def channel_if_any(client: discord.Client, number: int) -> Any:
    """The same; None where it is gone, or not for the bot."""
    with contextlib.suppress(discord.HTTPException, discord.InvalidData):
        return await channel_of(client, number)


Press = discord.Interaction[Host]
"""What somebody pressed, sent, picked or is typing."""


def host_of(client: discord.Client) -> Host:
    """The bot that *client* is, where only discord.py's own type of it is known."""
    if not isinstance(client, Host):
        raise TypeError(f"{client!r} is not Caveat")
    return client


def workspace_of(press: Press) -> int:
    """The server's id, or the curated base in direct messages."""
    return press.guild_id or CURATED


async def snapshot_of(press: Press) -> Snapshot:
    """The base that whoever pressed asks."""
    return await press.client.services.workspaces.open(workspace_of(press))
