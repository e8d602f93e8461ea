"""Help: what people want, the commands for it with examples, from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from discord import app_commands
from discord.ext import commands

from bot.core.claims import FactBase
from bot.core.examples import Examples, examples_of
from bot.core.wording import later, say
from bot.errors import NotFound
from bot.ui.kit.completion import CHOICES, Choices
from bot.ui.kit.context import Context
from bot.ui.kit.embeds import Page
from bot.ui.kit.host import Host, Press
from bot.ui.kit.pages import send_pages
from bot.ui.kit.text import bold, escape

AnyCommand = commands.Command[Any, ..., Any]

_WELCOME = later(
    "Caveat answers from a curated base of claims and always says who said it and whether "
    "anyone could check it. Type the name of any topic, place or party as a command, spelled "
    "roughly."
)


@dataclass(frozen=True, slots=True)
class Want:
    """
    Something that people want: its title, in words, an example, and the commands for it by their first word.

    Those needed most come first.
    """

    title: str
    about: str
    example: str
    names: tuple[str, ...]


WANTS = (
    Want(
        later("Ask"),
        later("who says what, and how far anybody checked it"),
        "ask what is known about {topic}?",
        ("ask", "sources", "claim", "compare", "timeline", "topics", "quote", "asof", "help"),
    ),
    Want(
        later("Check"), later("what somebody wrote, or an answer"), "check", ("check", "why", "receipt", "challenge")
    ),
    Want(later("Brief"), later("a team, now or every morning"), "brief {topic}", ("brief", "briefing")),
    Want(later("Follow"), later("what changes, without asking again"), "follow {topic}", ("follow",)),
    Want(
        later("Keep true"),
        later("what the fact base says (moderators)"),
        "review",
        (
            *("claim", "topic", "party", "place", "metric", "source", "alias", "vocabulary"),
            *("intake", "import", "export", "review", "misses", "correct"),
            *("history", "diff", "revert", "audit-log", "watch"),
        ),
    ),
    Want(later("Set up"), later("this server (managers and administrators)"), "setup", ("setup", "forget")),
)
"""What people want."""

_LINES, _PLAIN_LINES = 15, 8


async def command_choices(press: Press, typed: str) -> Choices:
    """Names of commands that hold what was typed."""
    names = [command.qualified_name for command in visible_commands(press.client)]
    return [app_commands.Choice(name=name, value=name) for name in names if typed.lower() in name][:CHOICES]


class Guide(commands.Cog):
    """Find out what to type."""

    @commands.hybrid_command(aliases=["commands"], extras={"examples": ("help", "help sources")})
    @app_commands.describe(command="A command's name; nothing for all of them.")
    @app_commands.autocomplete(command=command_choices)
    async def help(self, ctx: Context, *, command: commands.Range[str, 1, 100] = "") -> None:
        """See what you can do, by what you want; or one command explained, with examples."""
        base = (await ctx.snapshot()).base
        if not command:
            await send_pages(ctx, self._all(ctx, base))
            return
        found = ctx.bot.get_command(command.removeprefix(ctx.clean_prefix).removeprefix("/").strip().lower())
        if found is None or found.hidden:
            raise NotFound(
                say(
                    "There is no command “{name}”. {prefix}help lists them all.",
                    name=command,
                    prefix=ctx.clean_prefix,
                )
            )
        await send_pages(ctx, [_one(found, ctx.clean_prefix, examples_of(base))])

    @staticmethod
    def _all(ctx: Context, base: FactBase) -> list[Page]:
        """What there is to want on the first page, each with an example; then the commands for each."""
        prefix, named = ctx.clean_prefix, examples_of(base)
        pages = [
            Page(
                "Caveat", "\n".join((say(_WELCOME), _first_steps(prefix, base), "", *_wants(ctx.bot, prefix, named)))
            )
        ]
        for want in WANTS:
            lines = [_line(command, prefix) for command in commands_for(ctx.bot, want)]
            at_once = _PLAIN_LINES if ctx.plain else _LINES
            for start in range(0, len(lines), at_once):
                title = say(want.title)
                body = "\n".join((f"{title}: {say(want.about)}.", "", *lines[start : start + at_once]))
                pages.append(Page(title, body, begins=() if start else (title,)))
        hint = say("{prefix}help name explains one command; all work as slash commands too", prefix=prefix)
        return [
            replace(page, footer=f"{say('page {n} of {total}', n=number, total=len(pages))} · {hint}")
            for number, page in enumerate(pages, start=1)
        ]


def _wants(bot: Host, prefix: str, named: Examples) -> Iterator[str]:
    for want in WANTS:
        names = dict.fromkeys(command.qualified_name.split()[0] for command in commands_for(bot, want))
        example = bold(escape(f"{prefix}{named.fill(want.example)}"))
        yield f"{bold(say(want.title))}: {say(want.about)}: {example}"
        if further := [f"{prefix}{name}" for name in names if name != want.example.split()[0]]:
            yield escape(" ".join(further))


def _one(command: AnyCommand, prefix: str, named: Examples) -> Page:
    examples = "\n".join(f"`{prefix}{example}`" for example in examples_for(command, named))
    body = f"{say(command.short_doc)}\n\n{bold(say('Usage'))}: `{_usage(command, prefix)}`"
    if examples:
        body += f"\n{bold(say('Examples'))}:\n{examples}"
    if isinstance(command, commands.Group):
        parts: set[AnyCommand] = command.commands
        body += "\n\n" + "\n".join(_line(part, prefix) for part in sorted(parts, key=_name))
    return Page(f"{prefix}{command.qualified_name}", body)


def _first_steps(prefix: str, base: FactBase) -> str:
    """What to try first: questions that the base can answer, or how to fill an empty one."""
    if not base.live:
        filled = ", ".join(bold(f"{prefix}{line}") for line in ("import", "topic add", "claim add"))
        return say("This fact base is empty. A moderator fills it with {commands}.", commands=filled)
    named = examples_of(base)
    lines = map(named.fill, ("{topic}", "sources {party}", "compare {compared}"))
    return say("Try {commands}.", commands=", ".join(bold(escape(f"{prefix}{line}")) for line in lines))


def examples_for(command: AnyCommand, named: Examples) -> list[str]:
    """The command's examples in the words of one base."""
    return [named.fill(example) for example in command.extras.get("examples", ())]


def _line(command: AnyCommand, prefix: str) -> str:
    return f"{bold(_usage(command, prefix))}\n{say(command.short_doc)}"


def _usage(command: AnyCommand, prefix: str) -> str:
    return f"{prefix}{command.qualified_name} {command.signature}".strip()


def visible_commands(bot: commands.AutoShardedBot) -> list[AnyCommand]:
    """Every command a user may type, subcommands after their group, by name."""
    return sorted((command for command in bot.walk_commands() if not command.hidden), key=_name)


def commands_for(bot: commands.AutoShardedBot, want: Want) -> list[AnyCommand]:
    """The commands for one of WANTS, in its order, subcommands after their group."""
    shown = [command for command in visible_commands(bot) if _wanted(command) is want]
    return sorted(shown, key=lambda command: want.names.index(command.qualified_name.split()[0]))


def _wanted(command: AnyCommand) -> Want | None:
    """For which of WANTS a command is; `!claim` itself asks, its subcommands keep true."""
    first, *rest = command.qualified_name.split()
    found = [want for want in WANTS if first in want.names]
    return found[-1 if rest else 0] if found else None


def _name(command: AnyCommand) -> str:
    return command.qualified_name
