"""Discord offline: the same bot in a simulated server, with a page for newcomers to type in."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import simcord
from discord.ext import commands
from simcord.preview._server import PreviewServer

from bot.app import Caveat, composed
from bot.articles import proposer_of
from bot.core.examples import examples_of
from bot.encoder import meaning
from bot.errors import Unavailable, UserError
from bot.settings import Settings
from bot.ui.kit.text import as_shown
from cogs.errors import unwrap

log = logging.getLogger(__name__)

_SCRIPT = Path(__file__).with_name("page.js").resolve()
_SERVER = 1_000_000_000_000_000_001
_TICK = 1.0
_TRY = (
    ("{topic}", "any topic, place or party is a command, spelled roughly"),
    ("sources {place}", "who says what"),
    ("compare {compared}", "figures side by side, by claimant, with a picture"),
    ("brief {topic}", "a briefing"),
    ("help", "everything else"),
)
_TRY_EMPTY = (
    ("help", "what there is"),
    ("setup", "how this server is set up"),
    ("topic add", "a first topic; view as the moderator"),
    ("claim add", "a first claim"),
    ("import", "a fact base from a file"),
)


@dataclass(frozen=True)
class Scene:
    """A simulated server with one channel, one role and two people in it."""

    env: simcord.Env
    bot: Caveat
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    member: simcord.MemberActor
    moderator: simcord.MemberActor
    staff: simcord.RoleHandle

    def mentions(self, text: str) -> str:
        """*text* with #channel, @role and @person by name as mentions, as a client makes them when somebody types."""
        named = {f"#{self.channel.name}": f"<#{self.channel.id}>", f"@{self.staff.name}": f"<@&{self.staff.id}>"}
        named |= {f"@{each.name}": f"<@{each.id}>" for each in (self.member, self.moderator)}
        for name, mention in named.items():
            text = text.replace(name, mention)
        return text

    def seat(self, name: str) -> simcord.MemberActor:
        """The person called *name*: member or moderator."""
        return self.moderator if name == "moderator" else self.member


@asynccontextmanager
async def scene(settings: Settings) -> AsyncGenerator[Scene, None]:
    """The bot, logged in to a simulated Discord, its fact base in the configured database."""
    async with (
        composed(settings, shard_count=1, proposer=proposer_of(settings), meaning=meaning()) as bot,
        simcord.run(bot, check_errors=False, settle_timeout=30) as env,
    ):
        if bot.user is not None:
            await bot.user.edit(username="Caveat")
        guild = env.create_guild("Newsroom", id=_SERVER)
        channel = guild.create_text_channel("briefing-room")
        staff = guild.create_role("Moderators", permissions=discord.Permissions(manage_guild=True))
        member = guild.add_member(env.create_user("member", global_name="Member"))
        moderator = guild.add_member(env.create_user("moderator", global_name="Moderator"), roles=[staff])
        await env.settle()
        real = bot.get_guild(guild.id)
        if real is not None:  # it had no channel when the bot joined
            await bot.introduce(real)
            await env.settle()
        yield Scene(env, bot, guild, channel, member, moderator, staff)


def transcript(message: discord.Message) -> str:
    """A message as a client shows it, as plain text; buttons stand in square brackets."""
    parts = [as_shown(message.content)] if message.content else []
    for embed in message.embeds:
        columns = (f"{field.name}\n{as_shown(field.value or '')}" for field in embed.fields)
        shown = (as_shown(embed.title or ""), as_shown(embed.description or ""), *columns, embed.footer.text)
        parts.append("\n\n".join(part for part in shown if part))
    parts += [f"[file: {attachment.filename}]" for attachment in message.attachments]
    labels = [f"[{button.label}]" for button in buttons(message) if not button.disabled]
    return "\n".join(part for part in ("\n\n".join(parts), " ".join(labels)) if part)


def buttons(message: discord.Message) -> list[discord.Button]:
    """The buttons under *message*, in order."""
    return [
        child
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for child in row.children
        if isinstance(child, discord.Button)
    ]


async def serve_offline(settings: Settings, *, port: int | None) -> None:
    """Serve a Discord-like page on 127.0.0.1 until SIGINT or SIGTERM, after printing one full example answer."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    prefix = settings.command_prefix
    async with scene(settings) as here:
        base = (await here.bot.services.workspaces.open(_SERVER)).base
        named = examples_of(base)
        tour = [(f"{prefix}{named.fill(line)}", what) for line, what in (_TRY if base.live else _TRY_EMPTY)]
        aside = here.guild.create_text_channel("example")
        await here.member.send(aside, tour[0][0])
        print(f"> {tour[0][0]}\n")
        print(transcript(aside.last_message) if aside.last_message else "")
        await _show_tour(here, tour)
        viewers = [here.member, here.moderator]
        _forgive(here.env)
        _show_what_is_new()
        async with here.env.preview(here.channel, viewers=viewers, layout="channel", port=port) as page:
            print(f"\nCaveat is running offline (no DISCORD_TOKEN). Open {page.url}")
            print("Type in the page, for instance: " + "  ".join(line for line, _ in tour))
            print("“Viewing as” switches between a member and a moderator. Ctrl-C stops.", flush=True)
            turns = _take_turns(page)
            clock = asyncio.create_task(_let_time_pass(here.env, turns))
            await stop.wait()
            clock.cancel()
            with suppress(asyncio.CancelledError):
                await clock
    print("Stopped.")


async def _show_tour(here: Scene, tour: list[tuple[str, str]]) -> None:
    """Five things to try, as the first message on the page."""
    room = here.bot.get_channel(here.channel.id)
    if isinstance(room, discord.TextChannel):
        lines = "\n".join(f"`{line}` {what}" for line, what in tour)
        await room.send(f"**Five things to try**\n{lines}", allowed_mentions=discord.AllowedMentions.none())
        await here.env.settle()


def _forgive(env: simcord.Env) -> None:
    """Count as failures of the bot only what is one: the page calls the outcome of a command uncertain otherwise."""
    record = env._record_error  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] where what the bot raises ends

    def record_faults(error: BaseException) -> None:
        if not isinstance(unwrap(error), UserError | Unavailable | commands.CheckFailure | commands.UserInputError):
            record(error)

    env._record_error = record_faults  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] likewise


def _take_turns(page: simcord.Preview) -> asyncio.Lock:
    """
    Let what people do on the page wait for the clock; the clock has to hold what is given while it moves.

    The simulation does one thing at a time. An action that meets another thing under way is refused in a way that the
    page takes for a lost connection: it then calls the outcome uncertain and takes no further action.
    """
    turns = asyncio.Lock()
    act = page._action  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] where the page's actions come in

    async def in_turn(context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
        async with turns:
            return await act(context_id, body)

    page._action = in_turn  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] likewise
    return turns


def _show_what_is_new() -> None:
    """Give the page our own script beside its own: new answers come into view, also below pictures that load late."""
    files: dict[str, str] = PreviewServer._STATIC_FILES  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] what it serves
    files |= {"/app.js": str(_SCRIPT), "/page-itself.js": "app.js"}


async def _let_time_pass(env: simcord.Env, turns: asyncio.Lock) -> None:
    """Move the simulated clock with the real one, between what people do on the page."""
    loop = asyncio.get_running_loop()
    last = loop.time()
    while True:
        await asyncio.sleep(_TICK)
        async with turns:
            now = loop.time()
            try:
                await env.advance_time(now - last)
            except simcord.SetupError:  # something else is under way: time is made up for at the next tick
                continue
            except TimeoutError:
                log.warning("the simulated clock waited too long for the bot to settle")
            last = now
