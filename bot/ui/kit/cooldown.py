"""
How much one person may trigger in a minute, whatever they use for it.

Commands, buttons, forms and menus are counted together. Completions, words after the prefix that are no command of
ours, and messages in watched channels are only glanced at: they have a larger measure of their own, beyond which they
are not looked at, and nobody is told, as they may be meant for another bot. So have buttons by which moderators go
through many things one by one (`Paced.stepping`).
"""

from __future__ import annotations

from time import perf_counter
from typing import Any, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.plurals import plural
from bot.core.wording import say
from bot.ui.kit.checks import Refusal, speak
from bot.ui.kit.context import Context
from bot.ui.kit.failures import tell
from bot.ui.kit.host import host_of
from bot.ui.kit.tree import STARTED

_MINUTE = 60.0
_GLANCES = 6
"""Glances for each act: some are spent on every word that is typed into an option."""


class TooFast(Refusal):
    """One person does more than the limit; `announced` says whether they were told already."""

    def __init__(self, seconds: float, *, announced: bool) -> None:
        wait = plural(max(1, round(seconds)), "second")
        super().__init__(say("That was a lot at once. Try again in {wait}.", wait=wait))
        self.announced = announced


class Cooldown:
    """
    At most *rate* acts a minute for each person, any number for 0.

    The first refusal of a command speaks, the next ones are silent.
    """

    def __init__(self, rate: int) -> None:
        self._acts = _buckets(rate)
        self._glances = _buckets(rate * _GLANCES)
        self._steps = _buckets(rate * _GLANCES)
        self._told: set[int] = set()

    async def __call__(self, ctx: Context) -> bool:
        """As a check of commands: let it through or raise `TooFast`."""
        self.act(ctx.author.id, ctx.message.created_at.timestamp())
        return True

    def act(self, who: int, at: float, *, step: bool = False) -> None:
        """Count something that *who* did at that second since 1970, or one *step* of many; raises `TooFast`."""
        measure = self._steps if step else self._acts
        seconds = measure.update_rate_limit(who, current=at) if measure else None
        if seconds is None:
            self._told.discard(who)
            return
        announced = who in self._told
        self._told.add(who)
        raise TooFast(seconds, announced=announced)

    def glance(self, who: int, at: float) -> bool:
        """Count something to be looked at only; whether it is to be."""
        return self._glances is None or self._glances.update_rate_limit(who, current=at) is None


def _buckets(rate: int) -> commands.CooldownMapping[int] | None:
    return commands.CooldownMapping[int].from_cooldown(rate, _MINUTE, int) if rate else None


class Paced:
    """
    Comes first among the bases of everything that is pressed or sent: counts it before anything else happens.

    Attributes:
        stepping: Whether it is pressed once for each of many things that are gone through one by one.
    """

    stepping = False

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Go on, or tell whoever acted that it was a lot at once."""
        return await within_limit(interaction, step=self.stepping)


async def within_limit(interaction: discord.Interaction[Any], *, step: bool = False) -> bool:
    """
    Count what *interaction* did; False when it was too much, which its maker is told privately, or came before.

    From here on, whatever it leads to is said in the server's language.
    """
    await speak(interaction.client, interaction.guild_id)
    host = host_of(interaction.client)
    if not host.is_new(interaction.id):
        return False
    try:
        host.cooldown.act(interaction.user.id, interaction.created_at.timestamp(), step=step)
    except TooFast as much:
        await tell(interaction, str(much))
        return False
    return True


class Tree(app_commands.CommandTree[commands.AutoShardedBot]):
    """Slash commands, menus and completions, timed; commands are counted by their own check, as typed ones are."""

    async def interaction_check(self, interaction: discord.Interaction[commands.AutoShardedBot], /) -> bool:
        """Note the moment, and count menus as acts and completions as glances."""
        interaction.extras[STARTED] = perf_counter()
        await speak(interaction.client, interaction.guild_id)
        host = host_of(interaction.client)
        if interaction.type is discord.InteractionType.autocomplete:
            return host.cooldown.glance(interaction.user.id, interaction.created_at.timestamp())
        of_typed = discord.AppCommandType.chat_input.value
        menu = cast("dict[str, Any]", interaction.data or {}).get("type", of_typed) != of_typed
        return await within_limit(interaction) if menu else host.is_new(interaction.id)
