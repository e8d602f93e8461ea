"""Checks that hold for text, slash and button alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from discord import app_commands
from discord.ext import commands

from bot.ui.context import Context

Command = TypeVar("Command", bound=Callable[..., Any])

_MINUTE = 60.0


def moderators_only() -> Callable[[Command], Command]:
    """
    Only for moderators: the slash picker hides it from others, and every invocation is checked when it happens.

    A moderator has the Manage Server permission.
    """

    def mark(command: Command) -> Command:
        return commands.guild_only()(
            app_commands.default_permissions(manage_guild=True)(commands.check(_moderates)(command))
        )

    return mark


async def _moderates(ctx: Context) -> bool:
    if ctx.guild is None or not ctx.permissions.manage_guild:
        raise Refusal("Only moderators may do that: it takes the Manage Server permission.")
    return True


class Refusal(commands.CheckFailure):
    """A check said no; `str` is the sentence for the person who asked."""


class TooFast(Refusal):
    """One person gives commands faster than the limit; `announced` says whether they were told already."""

    def __init__(self, seconds: float, *, announced: bool) -> None:
        super().__init__(f"That was a lot at once. Try again in {max(1, round(seconds))} seconds.")
        self.announced = announced


class Cooldown:
    """At most *rate* commands a minute for each person; the first refusal speaks, the next ones are silent."""

    def __init__(self, rate: int) -> None:
        self._mapping = commands.CooldownMapping[Context].from_cooldown(rate, _MINUTE, _user_of)
        self._told: set[int] = set()

    async def __call__(self, ctx: Context) -> bool:
        """Let the command through or raise `TooFast`."""
        seconds = self._mapping.update_rate_limit(ctx, current=ctx.message.created_at.timestamp())
        if seconds is None:
            self._told.discard(ctx.author.id)
            return True
        announced = ctx.author.id in self._told
        self._told.add(ctx.author.id)
        raise TooFast(seconds, announced=announced)


def _user_of(ctx: Context) -> int:
    return ctx.author.id
