"""Running on Discord: where it is, the connection, the signals that end it, and who watches."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial
from typing import Any

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.app import Caveat, composed, utc_now
from bot.articles import proposer_of
from bot.encoder import meaning
from bot.errors import StartupError
from bot.operating.endpoint import Endpoint
from bot.operating.unanswered import give_up_in_time
from bot.services.ports import Clock
from bot.settings import Settings
from bot.store.sharing import Sharing

log = logging.getLogger(__name__)


async def serve(settings: Settings, *, clock: Clock = utc_now) -> None:
    """
    Run on Discord until SIGINT or SIGTERM.

    Raises:
        StartupError: Discord refuses the token or cannot be reached.
    """
    if settings.discord_api_url:
        Route.BASE = settings.discord_api_url.rstrip("/")
    try:
        await _serve(settings, clock, message_content=True)
    except discord.PrivilegedIntentsRequired:
        log.warning(
            "Discord refuses the Message Content intent: going on with mentions and slash commands only. "
            "Switch it on in the developer portal (Bot → Privileged Gateway Intents) for !commands."
        )
        await _serve(settings, clock, message_content=False)


def forgive(bot: Caveat) -> None:
    """Let an event that discord.py cannot read be skipped, with a line in the log: it would end the whole bot."""
    state: Any = bot._connection  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] there is no other way in
    parsers: dict[str, Callable[[Any], object]] = state.parsers
    for event, parse in list(parsers.items()):
        parsers[event] = partial(_parse_or_skip, event, parse)


def _parse_or_skip(event: str, parse: Callable[[Any], object], data: Any) -> None:
    try:
        _check_text(data)
        parse(data)
    except Exception as error:
        log.warning("an event %s of Discord's cannot be read and is skipped: %s", event, type(error).__name__)


def _check_text(data: Any) -> None:
    """Raise TypeError where what a message says is no text: discord.py hands it on as it is."""
    if not isinstance(data.get("content", ""), str):
        raise TypeError("what a message says is no text")


async def _connect(bot: Caveat, token: str) -> None:
    """Log in and stay connected. After an invalid session, too, the gateway is the one that the API names."""
    forgive(bot)
    give_up_in_time(bot)
    await bot.login(token)
    _, gateway, _ = await bot.http.get_bot_gateway()
    DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway)
    spare_the_collector()
    await bot.connect()


def spare_the_collector() -> None:
    """
    What is loaded by now stays for good: looking through it again and again would cost a third of all answers.

    What comes later is looked through seldom, yet often enough: connections and buttons that are done refer to each
    other, and nobody but the collector lets go of them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 5, 20)


async def _run(bot: Caveat, token: str, sharing: Sharing) -> None:
    """Connect once no other process has the same shards, and hear what others write; has hung up when it ends."""
    async with sharing.holding():
        connected = asyncio.ensure_future(_connect(bot, token))
        following = asyncio.ensure_future(bot.refresher.follow(sharing))
        connected.add_done_callback(lambda _: following.cancel())
        try:
            done, _ = await asyncio.wait((connected, following), return_when=asyncio.FIRST_EXCEPTION)
            for each in done:
                if not each.cancelled():
                    await each
        finally:
            connected.cancel()
            await asyncio.gather(connected, following, return_exceptions=True)
            await bot.wind_down()


async def _serve(settings: Settings, clock: Clock, *, message_content: bool) -> None:
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    loop = asyncio.get_running_loop()
    async with AsyncExitStack() as stack:
        bot = await stack.enter_async_context(
            composed(
                settings,
                clock=clock,
                message_content=message_content,
                proposer=proposer_of(settings),
                meaning=meaning(),
            )
        )
        if settings.metrics_addr:
            await stack.enter_async_context(Endpoint(bot).listening(settings.metrics_addr))
        running = asyncio.ensure_future(_run(bot, token, Sharing(bot.database, settings.shards)))
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
