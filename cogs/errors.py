"""
The only place that answers failures. In order:

1. a command nobody has: silence, because other bots share the prefix;
2. too fast: said once, then silence until the limit lifts;
3. a mistake in what was typed: one sentence that says what to do instead;
4. ours to refuse (`CaveatError`): its own sentence;
5. not allowed: who may;
6. Discord refused us, or the channel is gone: what to grant;
7. anything else: a reference code for the user, the traceback with the same code for the log.
"""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.wording import later, say
from bot.errors import CaveatError
from bot.ui.kit.checks import Refusal, speak
from bot.ui.kit.context import Context, Outcome
from bot.ui.kit.cooldown import TooFast
from bot.ui.kit.failures import answer_failure, report, sentence_of, tell
from bot.ui.kit.lasting import TOO_LATE, alive
from bot.ui.kit.private import Hidden
from bot.ui.kit.text import mended_word

log = logging.getLogger(__name__)

_WRAPPERS = (
    commands.CommandInvokeError,
    commands.HybridCommandError,
    commands.ConversionError,
    app_commands.CommandInvokeError,
)
_CHANNEL = re.compile(r"<#\d{15,21}>")
_NOT_LET = later("Discord does not let Caveat do that here: it needs View Channel, Send Messages and Embed Links.")
_GONE = {10003, 10004}
"""Discord's codes for a channel and a server that are no longer there."""


def unwrap(error: BaseException) -> BaseException:
    """The failure itself, without discord.py's wrappers (a slash-invoked hybrid has two)."""
    while isinstance(error, _WRAPPERS):
        error = error.original
    return error


def outcome_of(error: BaseException, ctx: Context) -> Outcome | None:
    """What the log and the metrics call a failed command; None for one that nobody has or that is run anew."""
    cause = unwrap(error)
    if isinstance(cause, commands.CommandNotFound | Hidden):
        return None
    return Outcome.REFUSED if sentence_for(cause, ctx) else Outcome.ERROR


def sentence_for(error: BaseException, ctx: Context) -> str | None:
    """What to tell the person who gave the command; None when it is a failure of ours."""
    usage = f"`{ctx.clean_prefix}{ctx.command.qualified_name} {ctx.command.signature}`" if ctx.command else "!help"
    match error:
        case CaveatError() | Refusal() | discord.DiscordServerError():
            return sentence_of(error)
        case commands.MissingRequiredArgument():
            return say("This command needs its {name}: {usage}.", name=error.param.name, usage=usage)
        case commands.MissingRequiredFlag():
            return say("This command needs its {name}: {usage}.", name=error.flag.name, usage=usage)
        case commands.BadFlagArgument(original=commands.UserInputError() as why):
            return sentence_for(why, ctx)
        case commands.RangeError(minimum=least, maximum=most):
            text = later("Keep it between {minimum} and {maximum} characters: {usage}.")
            number = later("Keep it from {minimum} to {maximum}: {usage}.")
            return say(text if isinstance(error.value, str) else number, minimum=least, maximum=most, usage=usage)
        case commands.MissingFlagArgument():
            empty = later("Write something after ‘{field}:’, or - to empty it: {usage}.")
            return say(empty, field=error.flag.name, usage=usage)
        case commands.TooManyFlags():
            return say("‘{field}:’ may stand there once: {usage}.", field=error.flag.name, usage=usage)
        case commands.ChannelNotFound(argument=typed):
            there = _none(say("There is no channel “{word}” here"), say("There is no such channel here"), str(typed))
            if _CHANNEL.fullmatch(str(typed)):
                there = say("{channel} is no channel in which that can be done", channel=typed)
            return f"{there}; {say('mention one, like #general: {usage}.', usage=usage)}"
        case commands.RoleNotFound(argument=typed):
            there = _none(say("There is no role “{word}” here"), say("There is no such role here"), typed)
            return f"{there}; {say('mention one, like @Editors: {usage}.', usage=usage)}"
        case commands.MemberNotFound(argument=typed) | commands.UserNotFound(argument=typed):
            there = _none(say("There is nobody “{word}” here"), say("There is no such person here"), typed)
            return f"{there}; {say('mention them: {usage}.', usage=usage)}"
        case commands.NoPrivateMessage() | app_commands.NoPrivateMessage():
            return say("This works in a server, not in direct messages.")
        case commands.MissingPermissions() | commands.CheckFailure() | app_commands.CheckFailure():
            return say("You may not use this command here.")
        case commands.UserInputError():
            return say("That could not be read. Use {usage}.", usage=usage)
        case discord.Forbidden():
            return say(_NOT_LET)
        case discord.NotFound() if error.code in _GONE:
            return say("The channel is no longer there.")
        case _:
            return None


def _none(named: str, otherwise: str, typed: str) -> str:
    """That there is no such channel, role or person; a plain word is told again."""
    word = mended_word(typed)
    return named.format(word=word) if word else otherwise


class Errors(commands.Cog):
    """Turns failures into one clear line."""

    def __init__(self, bot: commands.AutoShardedBot) -> None:
        self._bot = bot

    async def cog_load(self) -> None:
        """Answer failures of pure app commands too; hybrids come through `on_command_error`."""
        self._bot.tree.on_error = self._on_tree_error

    @commands.Cog.listener()
    async def on_command_error(self, ctx: Context, error: commands.CommandError) -> None:
        """Answer a failed text or hybrid command."""
        cause = unwrap(error)
        if isinstance(cause, Hidden):
            return
        if isinstance(cause, commands.CommandNotFound) or (isinstance(cause, TooFast) and cause.announced):
            if ctx.interaction is not None:
                await self._tell(ctx, str(cause))
            return
        name = ctx.command.qualified_name if ctx.command else "a command"
        await self._tell(ctx, sentence_for(cause, ctx) or report(cause, name, ctx.message.id))

    async def _on_tree_error(
        self, interaction: discord.Interaction[commands.AutoShardedBot], error: app_commands.AppCommandError
    ) -> None:
        cause = unwrap(error)
        if interaction.type is discord.InteractionType.autocomplete or isinstance(
            cause, app_commands.CommandNotFound
        ):
            log.warning("could not serve an interaction: %s", cause)
            return
        await answer_failure(
            interaction, cause, interaction.command.qualified_name if interaction.command else "interaction"
        )

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction[commands.AutoShardedBot]) -> None:
        """Answer who presses a button, or sends a form, that nothing waits for any more."""
        data: Mapping[str, Any] = interaction.data or {}
        if not alive(str(data.get("custom_id", ""))):
            await speak(interaction.client, interaction.guild_id)
            await tell(interaction, say(TOO_LATE))

    @staticmethod
    async def _tell(ctx: Context, line: str) -> None:
        with contextlib.suppress(discord.HTTPException):
            await ctx.tell(line)
