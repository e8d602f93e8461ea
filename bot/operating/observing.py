"""What was done and what became of it: one line in the log for each command, and whoever counts hears of it, too."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from discord.ext.commands.hybrid import HybridAppCommand

from bot.ui.kit.context import Context, Outcome
from bot.ui.kit.failures import request_id
from bot.ui.kit.tree import STARTED
from cogs.errors import outcome_of

log = logging.getLogger(__name__)

_ByApp = app_commands.Command[Any, Any, Any] | app_commands.ContextMenu


@dataclass(frozen=True, slots=True)
class Handled:
    """
    One command, or one press that failed.

    Attributes:
        name: The command's, or "a button", "a form"; never anything typed.
        sought: Whether claims were looked for.
        seconds: From its arrival to the answer; None where nobody took the time.
        request: The id that an error message gives to the person.
    """

    name: str
    outcome: Outcome
    sought: bool
    seconds: float | None
    request: str


Hear = Callable[[Handled], None]


def write_line(handled: Handled) -> None:
    """One line in the log: no text, no name, no id of anybody or anything."""
    if log.isEnabledFor(logging.INFO):
        ms = None if handled.seconds is None else round(handled.seconds * 1000, 1)
        told = {"command": handled.name, "outcome": handled.outcome.value, "ms": ms, "request": handled.request}
        log.info("command", extra=told)


class Observer(commands.Cog):
    """Hears of every command when it is done; `hearing` holds whoever is to be told, the log first."""

    def __init__(self) -> None:
        self.hearing: list[Hear] = [write_line]

    @commands.Cog.listener()
    async def on_command_completion(self, ctx: Context) -> None:
        """A text or slash command was answered."""
        self._command(ctx, ctx.outcome or Outcome.ANSWERED)

    @commands.Cog.listener()
    async def on_command_error(self, ctx: Context, error: commands.CommandError) -> None:
        """A text or slash command failed; `cogs.errors` answers it."""
        outcome = outcome_of(error, ctx)
        if outcome is not None:
            self._command(ctx, outcome)

    @commands.Cog.listener()
    async def on_app_command_completion(self, interaction: discord.Interaction[Any], command: _ByApp) -> None:
        """A command of a menu was answered; a slash command came as `on_command_completion`."""
        if not isinstance(command, HybridAppCommand):
            self._interaction(interaction, command.qualified_name, Outcome.ANSWERED)

    @commands.Cog.listener()
    async def on_interaction_failure(self, interaction: discord.Interaction[Any], what: str, fault: bool) -> None:
        """A press, a form or a command of a menu failed, and whoever did it was told."""
        self._interaction(interaction, what, Outcome.ERROR if fault else Outcome.REFUSED)

    def _command(self, ctx: Context, outcome: Outcome) -> None:
        name = ctx.command.qualified_name if ctx.command else "a command"
        seconds = perf_counter() - ctx.started
        self._tell(Handled(name, outcome, ctx.outcome is not None, seconds, request_id(ctx.message.id)))

    def _interaction(self, interaction: discord.Interaction[Any], name: str, outcome: Outcome) -> None:
        started: float | None = interaction.extras.get(STARTED)
        seconds = None if started is None else perf_counter() - started
        self._tell(Handled(name, outcome, False, seconds, request_id(interaction.id)))

    def _tell(self, handled: Handled) -> None:
        for hear in self.hearing:
            hear(handled)
