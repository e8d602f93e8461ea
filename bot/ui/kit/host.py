"""The bot as what is shown knows it: Discord's client, and the services that buttons, forms and completions call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord.ext import commands

from bot.services.services import Services

if TYPE_CHECKING:
    from bot.ui.kit.cooldown import Cooldown  # which knows contexts, and they know the host


class Host(commands.AutoShardedBot):
    """What `Caveat` is to everything below it."""

    services: Services
    cooldown: Cooldown

    async def again(self, message: discord.Message, opened: discord.Interaction[Any], /) -> None:
        """Run the command that *message* gives anew, for the eyes of whoever pressed *opened*."""
        raise NotImplementedError


def host_of(client: discord.Client) -> Host:
    """The bot that *client* is; discord.py's buttons and converters know it as any client."""
    if not isinstance(client, Host):
        raise TypeError(f"{client!r} is not Caveat")
    return client
