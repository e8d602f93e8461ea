"""Checks that hold for text, slash and button alike."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any, TypeVar

import discord
from discord.ext import commands

from bot.core.setup import Setup
from bot.core.wording import later, say, speak_as
from bot.errors import Unavailable
from bot.services.answers import CURATED
from bot.ui.kit.context import Context
from bot.ui.kit.host import host_of

Command = TypeVar("Command", bound=Callable[..., Any])

_RANK = "__caveat_rank__"


class Rank(IntEnum):
    """What somebody may do in a server; each rank may do what the one before it may."""

    MEMBER = 0
    MODERATOR = 1
    MANAGER = 2
    ADMINISTRATOR = 3


_NEEDED = {
    Rank.MODERATOR: later(
        "Only moderators may do that: it takes the Manage Server permission or a role that !setup moderators names."
    ),
    Rank.MANAGER: later("Only managers may do that: it takes the Manage Server permission."),
    Rank.ADMINISTRATOR: later("Only administrators may do that: it takes the Administrator permission."),
}


async def speak(client: discord.Client, workspace: int | None) -> None:
    """Word dates and our own sentences in the server's language, for as long as this answer takes."""
    try:
        setup = await host_of(client).services.setups.held(workspace or CURATED)
    except Unavailable:  # an answer in other words for dates is better than none
        setup = Setup()
    speak_as(setup)


async def require(client: discord.Client, who: discord.User | discord.Member, needed: Rank) -> None:
    """
    Let *who* go on if they have the rank at this moment, in the server they act in.

    The one permission check: text and slash commands, forms and buttons all end here.

    Raises:
        Refusal: They have not; the sentence says what it takes.
    """
    if needed is Rank.MEMBER:
        return
    if not isinstance(who, discord.Member):
        raise Refusal(say("This works in a server, not in direct messages."))
    if await _rank(client, who) < needed:
        raise Refusal(say(_NEEDED[needed]))


async def _rank(client: discord.Client, who: discord.Member) -> Rank:
    allowed = who.guild_permissions
    if allowed.administrator:
        return Rank.ADMINISTRATOR
    if allowed.manage_guild:
        return Rank.MANAGER
    setup = await host_of(client).services.setups.of(who.guild.id)
    return Rank.MEMBER if {role.id for role in who.roles}.isdisjoint(setup.moderators) else Rank.MODERATOR


def only(needed: Rank) -> Callable[[Command], Command]:
    """
    Only for those of a rank, checked at every invocation.

    The slash picker hides nothing: a moderator by role has no permission that Discord could go by.
    """

    async def allowed(ctx: Context) -> bool:
        await require(ctx.bot, ctx.author, needed)
        return True

    def mark(command: Command) -> Command:
        setattr(command, _RANK, needed)
        return commands.guild_only()(commands.check(allowed)(command))

    return mark


def rank_of(command: commands.Command[Any, ..., Any]) -> Rank:
    """The rank that a command takes."""
    return getattr(command.callback, _RANK, Rank.MEMBER)


def moderators_only() -> Callable[[Command], Command]:
    """Only for moderators: holders of Manage Server or of a role that `!setup moderators` names."""
    return only(Rank.MODERATOR)


class Refusal(commands.CheckFailure):
    """A check said no; `str` is the sentence for the person who asked."""
