"""The bot as what is shown knows it: Discord's client, and the services that buttons, forms and completions call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from bot.services.answers import Workspaces
from bot.services.bases import Bases
from bot.services.corrections import Corrections
from bot.services.curation import Curation
from bot.services.exchange import Exchange
from bot.services.following import Following
from bot.services.intakes import Intakes
from bot.services.missed import Missed
from bot.services.ports import HistoryStore
from bot.services.receipts import Receipts
from bot.services.reviewing import Reviewing
from bot.services.setups import Setups

if TYPE_CHECKING:
    from bot.ui.kit.cooldown import Cooldown  # which knows contexts, and they know the host


class Host(commands.AutoShardedBot):
    """What `Caveat` is to everything below it."""

    workspaces: Workspaces
    setups: Setups
    bases: Bases
    curation: Curation
    history: HistoryStore
    receipts: Receipts
    reviewing: Reviewing
    missed: Missed
    intakes: Intakes
    exchange: Exchange
    corrections: Corrections
    following: Following
    cooldown: Cooldown


def host_of(client: discord.Client) -> Host:
    """The bot that *client* is; discord.py's buttons and converters know it as any client."""
    if not isinstance(client, Host):
        raise TypeError(f"{client!r} is not Caveat")
    return client
