"""docs/commands.md, written from the commands themselves."""

from __future__ import annotations

from itertools import groupby

from discord import app_commands
from discord.ext import commands

from bot.app import Caveat, composed
from bot.core.claims import FactBase
from bot.core.examples import Examples, examples_of
from bot.services.answers import CURATED
from bot.settings import Settings
from bot.ui.kit.checks import Rank, rank_of
from cogs.guide import AnyCommand, examples_for, visible_commands

_OPENING = """# Commands

Every command works as `!command`, as `@Caveat command` and as `/command`, in channels and threads; in direct messages
it reads the curated base. Besides these, **every topic, place and party name or alias is a command** (`!casualties`,
`!koursk`, `!потери`), spelled roughly; `!topics` lists them.
"""


_WHO = {
    Rank.MEMBER: "",
    Rank.MODERATOR: "Moderators. ",
    Rank.MANAGER: "Managers. ",
    Rank.ADMINISTRATOR: "Administrators. ",
}


async def commands_page(settings: Settings) -> str:
    """The page as Markdown; `make docs` writes it, a test keeps it current."""
    in_memory = settings.model_copy(update={"database_url": "sqlite://"})
    async with composed(in_memory, shard_count=1) as bot:
        await bot.load_cogs()
        return page_of(bot, (await bot.services.workspaces.open(CURATED)).base)


def page_of(bot: Caveat, base: FactBase) -> str:
    """Every visible command of *bot*, by cog, with examples in the words of *base*; and every context menu."""
    named = examples_of(base)
    sections = [_OPENING]
    ordered = sorted(visible_commands(bot), key=lambda command: (_cog(command), command.qualified_name))
    for cog, of_cog in groupby(ordered, key=_cog):
        found = bot.get_cog(cog)
        sections.append(f"## {cog}\n\n{found.description if found else ''}\n")
        sections += [_section(command, named) for command in of_cog]
    menus = [command for command in bot.tree.get_commands() if isinstance(command, app_commands.ContextMenu)]
    if menus:
        lines = "\n".join(f"- **{menu.name}** (on a message: Apps → {menu.name})" for menu in menus)
        sections.append(f"## Context menus\n\n{lines}\n")
    return "\n".join(sections).rstrip() + "\n"


def _cog(command: AnyCommand) -> str:
    """The cog's name; commands that are made for each kind of entry belong to Entries."""
    return command.cog_name or "Entries"


def _section(command: AnyCommand, named: Examples) -> str:
    usage = f"!{command.qualified_name} {command.signature}".rstrip()
    examples = "".join(f"- `!{example}`\n" for example in examples_for(command, named))
    slash = "" if isinstance(command, (commands.HybridCommand, commands.HybridGroup)) else "Text only. "
    return f"### `{usage}`\n\n{slash}{_WHO[rank_of(command)]}{command.help}\n\n{examples}"
