"""The bot and its composition: settings → database → workspaces → cogs, closed in reverse order."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp
import discord
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.checking import COMMANDS
from bot.core.claims import FactBase
from bot.errors import StartupError
from bot.services.answers import CURATED, Workspaces
from bot.services.curation import Curation
from bot.services.missed import Missed
from bot.services.ports import Clock, HistoryStore, Prepare
from bot.services.receipts import Receipts
from bot.services.reviewing import Reviewing
from bot.services.setups import Setups
from bot.services.watch import Watch
from bot.settings import Settings
from bot.store.claims import FactBases
from bot.store.database import Database, open_database
from bot.store.factfile import load
from bot.store.history import History as StoredHistory
from bot.store.ledger import Ledger
from bot.store.misses import Misses as StoredMisses
from bot.store.queues import Queues
from bot.store.receipts import Receipts as StoredReceipts
from bot.store.seed import seed
from bot.store.setups import Setups as StoredSetups
from bot.store.watches import WatchedChannels
from bot.ui.challenges import ChallengeButton
from bot.ui.checks import Cooldown
from bot.ui.context import Context
from bot.ui.pages import Discard
from bot.ui.proposals import Decide
from bot.ui.tree import sync_if_changed
from bot.ui.waiting import TellMe
from cogs.ask import QUESTION_LENGTH, Ask
from cogs.check import Check
from cogs.claims import Claims
from cogs.entries import Entries
from cogs.errors import Errors
from cogs.guide import Guide
from cogs.history import History
from cogs.misses import Misses
from cogs.review import Review
from cogs.setup import Setup

log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The present, aware, in UTC."""
    return datetime.now(UTC)


def intents(*, message_content: bool) -> discord.Intents:
    """No more than the features use: servers, their messages, direct messages and, if granted, their text."""
    wanted = discord.Intents.none()
    wanted.guilds = True
    wanted.guild_messages = True
    wanted.dm_messages = True
    wanted.message_content = message_content
    return wanted


def _prefixes(prefix: str) -> Callable[[commands.Bot, discord.Message], list[str]]:
    """*prefix* and every way to mention the bot, also with nothing after it; the longer ones first."""

    def of(bot: commands.Bot, _: discord.Message) -> list[str]:
        me = bot.user.id if bot.user else 0
        return [f"<@{me}> ", f"<@!{me}> ", f"<@{me}>", f"<@!{me}>", prefix]

    return of


class Caveat(commands.AutoShardedBot):
    """The Discord client: routes what people say to the cogs."""

    def __init__(
        self,
        settings: Settings,
        workspaces: Workspaces,
        watch: Watch,
        curation: Curation,
        reviewing: Reviewing,
        setups: Setups,
        receipts: Receipts,
        missed: Missed,
        trail: HistoryStore,
        *,
        message_content: bool = True,
        shard_count: int | None = None,
    ) -> None:
        super().__init__(
            command_prefix=_prefixes(settings.command_prefix),
            help_command=None,
            case_insensitive=True,
            strip_after_prefix=True,
            intents=intents(message_content=message_content),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            shard_count=shard_count,
        )
        self._workspaces = workspaces
        self._watch = watch
        self._curation = curation
        self.reviewing = reviewing
        self.setups = setups
        self.receipts = receipts
        self.missed = missed
        self._trail = trail
        if settings.commands_per_minute:
            self.check(Cooldown(settings.commands_per_minute))

    async def setup_hook(self) -> None:
        """Load every cog and register what survives a restart, before the first event."""
        await self.load_cogs()
        self.add_dynamic_items(Discard, Decide, ChallengeButton, TellMe)

    async def load_cogs(self) -> None:
        """Give each cog the services it needs; the only wiring."""
        cogs = (
            Ask(self._workspaces),
            Check(self, self._workspaces, self._watch),
            Claims(self._workspaces, self._curation, self.setups),
            Entries(self, self._curation),
            History(self._trail, self._curation, self.setups),
            Review(self._workspaces, self.reviewing, self.setups),
            Misses(self, self.missed, self._curation),
            Setup(self.setups),
            Guide(self),
            Errors(self),
        )
        for cog in cogs:
            await self.add_cog(cog)

    async def on_ready(self) -> None:
        """Give every server its base and tell Discord the slash commands, if they changed."""
        for guild in self.guilds:
            await self._workspaces.prepare(guild.id)
        await sync_if_changed(self.tree)
        log.info("ready as %s in %d servers", self.user, len(self.guilds))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """A server has its own copy of the base from the moment the bot joins."""
        await self._workspaces.prepare(guild.id)

    async def get_context(self, origin: Any, /, *, cls: Any = Context) -> Any:
        """Every command runs in our own context."""
        return await super().get_context(origin, cls=cls)

    async def process_commands(self, message: discord.Message, /) -> None:
        """
        Run the command in *message*. A word that is no command but opens with a name of the base is a question
        about it; after a mention, anything is a question.
        """
        if message.author.bot:
            return
        ctx: Context = await self.get_context(message)
        if ctx.prefix is None:
            self.dispatch("plain_message", message)
            return
        if ctx.command is None:
            await self._read_as_question(ctx)
        await self.invoke(ctx)

    async def _read_as_question(self, ctx: Context) -> None:
        text = ctx.message.content[len(ctx.prefix or "") :].strip()
        mentioned = ctx.prefix is not None and ctx.prefix.startswith("<@")
        if mentioned and not text:
            ctx.command = self.get_command("check" if ctx.message.reference else "help")
            return
        if not mentioned and not await self._names_something(ctx, text):
            return
        ctx.command = self.get_command("ask")
        ctx.view.index = len(ctx.prefix or "")

    async def _names_something(self, ctx: Context, text: str) -> bool:
        snapshot = await self._workspaces.open(ctx.workspace)
        ctx.result = snapshot.named(text[:QUESTION_LENGTH])
        if ctx.result is None:
            meant = snapshot.searcher.resembles(ctx.invoked_with or "", sorted(self.all_commands))
            if meant:
                await ctx.tell(f"Did you mean `{ctx.clean_prefix}{meant}`?")
        return ctx.result is not None


@asynccontextmanager
async def composed(
    settings: Settings,
    *,
    clock: Clock = utc_now,
    message_content: bool = True,
    shard_count: int | None = None,
) -> AsyncGenerator[Caveat, None]:
    """
    A bot with its database open and seeded, not yet logged in.

    Args:
        message_content: Whether to ask Discord for the text of messages that do not mention the bot.
        shard_count: Fixed number of gateway connections; None lets Discord say.

    Raises:
        StartupError: The fact base or the database cannot be used.
    """
    base = load(settings.fact_base).base
    database = await open_database(settings.database_url)
    try:
        workspaces = Workspaces(FactBases(database), _seeder(database, base, clock))
        await workspaces.open(CURATED)
        watch = Watch(workspaces, WatchedChannels(database), clock)
        await watch.open()
        queues, history, misses = Queues(database), StoredHistory(database), StoredMisses(database)
        setups = Setups(StoredSetups(database), clock)
        receipts = Receipts(StoredReceipts(database), clock)
        curation = Curation(workspaces, Ledger(database), queues, setups, clock, COMMANDS)
        bot = Caveat(
            settings,
            workspaces,
            watch,
            curation,
            Reviewing(workspaces, curation, queues, history, misses, clock),
            setups,
            receipts,
            Missed(workspaces, misses, clock),
            history,
            message_content=message_content,
            shard_count=shard_count,
        )
        async with bot:
            try:
                yield bot
            finally:
                await receipts.close()
    finally:
        await database.close()


def _seeder(database: Database, base: FactBase, clock: Clock) -> Prepare:
    async def seed_workspace(workspace: int) -> None:
        await seed(database, workspace, base, now=clock())

    return seed_workspace


async def serve(settings: Settings) -> None:
    """
    Run on Discord until SIGINT or SIGTERM.

    Raises:
        StartupError: Discord refuses the token or cannot be reached.
    """
    if settings.discord_api_url:
        Route.BASE = settings.discord_api_url.rstrip("/")
    try:
        await _serve(settings, message_content=True)
    except discord.PrivilegedIntentsRequired:
        log.warning(
            "Discord refuses the Message Content intent: going on with mentions and slash commands only. "
            "Switch it on in the developer portal (Bot → Privileged Gateway Intents) for !commands."
        )
        await _serve(settings, message_content=False)


async def _connect(bot: Caveat, token: str) -> None:
    """Log in and stay connected. After an invalid session, too, the gateway is the one that the API names."""
    await bot.login(token)
    _, gateway, _ = await bot.http.get_bot_gateway()
    DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway)
    _spare_the_collector()
    await bot.connect()


def _spare_the_collector() -> None:
    """What is loaded by now stays for good: looking through it again and again would cost a third of all answers."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


async def _serve(settings: Settings, *, message_content: bool) -> None:
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    loop = asyncio.get_running_loop()
    async with composed(settings, message_content=message_content) as bot:
        running = asyncio.ensure_future(_connect(bot, token))
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, running.cancel)
        try:
            await running
        except asyncio.CancelledError:
            log.info("stopping")
        except discord.LoginFailure:
            raise StartupError(
                "Discord refuses DISCORD_TOKEN; copy it anew from the developer portal (Bot → Token)."
            ) from None
        except (aiohttp.ClientError, OSError, discord.GatewayNotFound, discord.DiscordServerError) as error:
            raise StartupError(f"Discord cannot be reached: {error}.") from None
