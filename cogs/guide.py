"""Help: every command with an example, from the commands themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.claims import FactBase
from bot.core.examples import Examples, examples_of
from bot.errors import NotFound
from bot.services.answers import Workspaces
from bot.ui.kit.checks import Rank, rank_of
from bot.ui.kit.completion import CHOICES
from bot.ui.kit.context import Context
from bot.ui.kit.embeds import Page
from bot.ui.kit.pages import send_pages
from bot.ui.kit.text import bold, escape

AnyCommand = commands.Command[Any, ..., Any]

_WELCOME = (
    "Caveat answers from a curated base of claims and always says who said it and whether anyone could check it. "
    "Type the name of any topic, place or party as a command, spelled roughly."
)


_RANKS = (
    ("For everybody", {Rank.MEMBER}),
    ("For moderators", {Rank.MODERATOR}),
    ("For managers and administrators", {Rank.MANAGER, Rank.ADMINISTRATOR}),
)


_LINES, _PLAIN_LINES = 25, 12


class Guide(commands.Cog):
    """Find out what to type."""

    def __init__(self, bot: commands.AutoShardedBot, workspaces: Workspaces) -> None:
        self._bot = bot
        self._workspaces = workspaces

    @commands.hybrid_command(extras={"examples": ("help", "help sources")})
    @app_commands.describe(command="A command's name; nothing for all of them.")
    async def help(self, ctx: Context, *, command: commands.Range[str, 1, 100] = "") -> None:
        """List the commands, or explain one with examples."""
        base = (await self._workspaces.open(ctx.workspace)).base
        if not command:
            await send_pages(ctx, self._all(ctx, _first_steps(ctx.clean_prefix, base)))
            return
        found = self._bot.get_command(command.removeprefix(ctx.clean_prefix).removeprefix("/").strip().lower())
        if found is None or found.hidden:
            raise NotFound(f"There is no command “{command}”. {ctx.clean_prefix}help lists them all.")
        await send_pages(ctx, [self._one(found, ctx.clean_prefix, examples_of(base))])

    def _all(self, ctx: Context, first_steps: str) -> list[Page]:
        prefix = ctx.clean_prefix
        pages = [Page("Caveat", f"{_WELCOME}\n{first_steps}")]
        for title, ranks in _RANKS:
            shown = [command for command in visible_commands(self._bot) if rank_of(command) in ranks]
            lines = [f"{bold(_usage(command, prefix))}\n{command.short_doc}" for command in shown]
            at_once = _LINES if ctx.may_embed else _PLAIN_LINES
            chunks = ["\n".join(lines[start : start + at_once]) for start in range(0, len(lines), at_once)]
            pages += [Page(title, chunk) for chunk in chunks]
        first, second, *rest = pages
        merged = replace(second, title="Caveat", body=f"{first.body}\n\n{second.body}")
        hint = f"{prefix}help name explains one command; all work as slash commands too"
        total = 1 + len(rest)
        return [
            replace(page, footer=f"page {number} of {total} · {hint}")
            for number, page in enumerate((merged, *rest), start=1)
        ]

    @staticmethod
    def _one(command: AnyCommand, prefix: str, named: Examples) -> Page:
        examples = "\n".join(f"`{prefix}{example}`" for example in examples_for(command, named))
        body = f"{command.help}\n\n{bold('Usage')}: `{_usage(command, prefix)}`"
        if examples:
            body += f"\n{bold('Examples')}:\n{examples}"
        if isinstance(command, commands.Group):
            parts: set[AnyCommand] = command.commands
            lines = [f"{bold(_usage(part, prefix))}\n{part.short_doc}" for part in sorted(parts, key=_name)]
            body += "\n\n" + "\n".join(lines)
        return Page(f"{prefix}{command.qualified_name}", body)

    @help.autocomplete("command")
    async def complete_command(
        self, interaction: discord.Interaction[commands.AutoShardedBot], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Offer command names."""
        names = [command.qualified_name for command in visible_commands(self._bot)]
        return [app_commands.Choice(name=name, value=name) for name in names if typed.lower() in name][:CHOICES]


def _first_steps(prefix: str, base: FactBase) -> str:
    """What to try first: questions that the base can answer, or how to fill an empty one."""
    if not base.live:
        filled = ", ".join(bold(f"{prefix}{line}") for line in ("import", "topic add", "claim add"))
        return f"This fact base is empty. A moderator fills it with {filled}."
    named = examples_of(base)
    lines = map(named.fill, ("{topic}", "sources {party}", "compare {compared}"))
    return "Try " + ", ".join(bold(escape(f"{prefix}{line}")) for line in lines) + "."


def examples_for(command: AnyCommand, named: Examples) -> list[str]:
    """The command's examples in the words of one base."""
    return [named.fill(example) for example in command.extras.get("examples", ())]


def _usage(command: AnyCommand, prefix: str) -> str:
    return f"{prefix}{command.qualified_name} {command.signature}".strip()


def visible_commands(bot: commands.AutoShardedBot) -> list[AnyCommand]:
    """Every command a user may type, subcommands after their group, by name."""
    return sorted((command for command in bot.walk_commands() if not command.hidden), key=_name)


def _name(command: AnyCommand) -> str:
    return command.qualified_name
