"""The bot and its composition: settings → database → workspaces → cogs, closed in reverse order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import discord

from bot.background.daily import Daily
from bot.background.followers import Followers
from bot.background.followups import FollowUps
from bot.background.live_briefings import LiveBriefings
from bot.background.refresher import Refresher
from bot.background.scheduler import Scheduler
from bot.background.sender import Postman
from bot.background.start_steps import StartSteps
from bot.composing import services
from bot.core.asking.meaning import Meaning
from bot.core.claims import FactBase
from bot.core.history.events import Changed
from bot.core.intake.proposals import Proposer
from bot.files.factfile import load
from bot.operating.backups import Backups
from bot.operating.observing import Observer
from bot.routing import Listener, prefixes
from bot.samples import sample_of
from bot.services.answers import CURATED
from bot.services.consequences import Consequence, Consequences
from bot.services.ports import Clock
from bot.services.services import Services
from bot.settings import Settings
from bot.store.database import Database, opened
from bot.ui.kit.checks import Refusal
from bot.ui.kit.context import Context
from bot.ui.kit.cooldown import Cooldown, Tree
from bot.ui.kit.direct_messages import where_to_ask
from bot.ui.kit.lasting import LastingButton, end_all
from bot.ui.kit.private import hide
from bot.ui.kit.tree import sync_if_changed
from bot.ui.moderating.beginning import greet, may_be_greeted
from bot.wiring import Running, cogs_of

log = logging.getLogger(__name__)

_HANGING_UP_S, _FINISHING_S, _WRITING_S = 0.5, 1.0, 2.0
"""How long a stop waits at most for the gateway, for answers under way and for what is queued: under 5 s in all."""

_ANSWERING = ("discord.py: ", "CommandTree-", "discord-ui-")
"""How the names of the tasks begin in which discord.py handles messages, commands and buttons."""


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


class Caveat(Listener):
    """The Discord client, with every cog and what runs by itself."""

    def __init__(
        self,
        settings: Settings,
        services: Services,
        database: Database,
        *,
        message_content: bool = True,
        shard_count: int | None = None,
    ) -> None:
        shards = settings.shards
        super().__init__(
            command_prefix=prefixes(settings.command_prefix),
            help_command=None,
            tree_cls=Tree,
            case_insensitive=True,
            strip_after_prefix=True,
            intents=intents(message_content=message_content),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            shard_ids=sorted(shards.ids) if shards.ids is not None else None,  # pyright: ignore[reportArgumentType] None: all of them, by its documentation
            shard_count=shards.count if shards.ids is not None else shard_count,
        )
        self.services = services
        self.database = database
        self._shards = shards
        self.observer = Observer()
        self.daily = Daily(self._each_day(settings), services.clock)
        self._postman = Postman(self, services)
        self._live_briefings = LiveBriefings(self, services)
        self.refresher = Refresher(services)
        self.followers = Followers(self, services)
        self._scheduler = Scheduler(
            services,
            self.refresher,
            self._postman,
            self._live_briefings,
            self.followers,
            self.daily,
            settings.refresh_seconds,
        )
        self._start_steps = StartSteps()
        self._follow_ups = FollowUps(self, services)
        self._see_to_consequences(services.consequences)
        self.cooldown = Cooldown(settings.commands_per_minute)
        self.check(self.cooldown)
        self.check(self._has_a_base)
        self.before_invoke(hide)
        self.after_invoke(_answered)

    def _each_day(self, settings: Settings) -> dict[str, Callable[[], Awaitable[None]]]:
        its = self.services
        tasks: dict[str, Callable[[], Awaitable[None]]] = {
            "receipts": its.corrections.purge,
            "questions": its.missed.purge,
            "articles": its.intakes.purge,
            "memory": its.workspaces.look_through,
        }
        if settings.discord_token is not None:  # a simulated Discord knows nothing of who left
            tasks["departures"] = self._see_to_departures
        if settings.backup_dir is not None:
            tasks["backup"] = Backups(
                settings.database_url, settings.backup_dir, settings.backup_keep, its.clock
            ).make
        return tasks

    async def _see_to_departures(self) -> None:
        await self.services.departures.see_to({guild.id for guild in self.guilds}, self._shards.has)

    def _see_to_consequences(self, consequences: Consequences) -> None:
        async def wake(_: Changed) -> None:
            self._scheduler.wake()

        async def followed(changed: Changed) -> None:
            await self.services.following.note(changed)
            self._scheduler.wake()

        consequences.done_by(Consequence.FOLLOWERS, followed)
        consequences.done_by(Consequence.CORRECTIONS, self._follow_ups.correct)
        consequences.done_by(Consequence.LIVE_BRIEFINGS, wake)
        consequences.done_by(Consequence.PEOPLE_WAITING, self._follow_ups.tell_waiting)

    async def setup_hook(self) -> None:
        """Load every cog and register what survives a restart, before the first event."""
        end_all()
        await self.load_cogs()
        self.add_dynamic_items(*LastingButton.__subclasses__())  # whoever shows one has imported it by now

    async def load_cogs(self) -> None:
        """Add every cog (see `bot.wiring`), and who watches them."""
        runs = Running(self._postman, self._live_briefings, self._scheduler)
        for cog in (*cogs_of(self, runs), self.observer):
            await self.add_cog(cog)

    @property
    def connected(self) -> bool:
        """Whether the bot is ready and events of every shard come in."""
        return self.is_ready() and not any(shard.is_closed() for shard in self.shards.values())

    async def on_ready(self) -> None:
        """Start what runs by itself, and tell Discord the slash commands if they changed. May come many times."""
        self._scheduler.start()
        self._start_steps.begin("registering slash commands", lambda: sync_if_changed(self.tree))
        log.info("ready as %s in %d servers", self.user, len(self.guilds))

    async def wind_down(self) -> None:
        """Take no more questions, and let those under way be answered, for a moment."""
        await self._start_steps.stop()
        await self._scheduler.stop()
        with suppress(TimeoutError):
            async with asyncio.timeout(_HANGING_UP_S):
                await asyncio.gather(*(each.disconnect() for each in self.shards.values()), return_exceptions=True)
        under_way = [task for task in asyncio.all_tasks() if task.get_name().startswith(_ANSWERING)]
        if under_way:
            _, unfinished = await asyncio.wait(under_way, timeout=_FINISHING_S)
            for task in unfinished:
                task.cancel()

    async def close(self) -> None:
        """Stop what runs by itself first: what is under way may still need the connection."""
        await self._start_steps.stop()
        await self._scheduler.stop()
        await super().close()

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """A server is greeted, and chooses its base; when the bot comes back, it has what it had."""
        self._start_steps.begin(f"greeting server {guild.id}", lambda: self.introduce(guild))

    async def introduce(self, guild: discord.Guild) -> None:
        """Greet a server with what it may start with: once, ever."""
        await self.services.departures.returned(guild.id)
        if may_be_greeted(guild) and await self.services.bases.introduce(guild.id):
            await greet(guild, self.services.bases.sample.name)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """The library says this, too, of one that the bot was invited to again."""
        await self.services.departures.returned(guild.id)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """What the server had is kept for a while."""
        await self.services.departures.left(guild.id)

    async def _has_a_base(self, ctx: Context) -> bool:
        """Direct messages without a base say where there is one; help needs none."""
        if await self.is_nowhere(ctx) and ctx.command is not self.get_command("help"):
            raise Refusal(await where_to_ask(self, ctx.author.id))
        return True


async def _answered(ctx: Context) -> None:
    ctx.answered()


@asynccontextmanager
async def composed(
    settings: Settings,
    *,
    clock: Clock = utc_now,
    message_content: bool = True,
    shard_count: int | None = None,
    proposer: Proposer | None = None,
    meaning: Meaning | None = None,
) -> AsyncGenerator[Caveat, None]:
    """
    A bot with its database open and seeded, not yet logged in.

    Args:
        message_content: Whether to ask Discord for the text of messages that do not mention the bot.
        shard_count: Fixed number of gateway connections; None lets Discord say.
        proposer: Who proposes claims out of an article; None: its sentences with figures or quotations, nobody named.
        meaning: What orders questions back by meaning; None: their words alone.

    Raises:
        StartupError: The fact base or the database cannot be used.
    """
    base = load(settings.fact_base).base if settings.fact_base else FactBase()
    async with opened(settings.database_url) as database:
        its = services(database, base, clock, settings, proposer, sample_of(settings, base), meaning)
        await its.workspaces.open(CURATED)
        await its.watch.open()
        async with Caveat(settings, its, database, message_content=message_content, shard_count=shard_count) as bot:
            try:
                yield bot
            finally:
                await bot.wind_down()
                await its.writes.close(_WRITING_S)
