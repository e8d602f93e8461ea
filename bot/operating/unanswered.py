"""
One end for requests that Discord does not answer, by whichever route they go.

discord.py waits five minutes for each, and lets a connection that breaks come through as whatever the network raised.
Here a request is given up after `PATIENCE_S`, and both are a `discord.DiscordServerError`, as a 504 is: whoever is
ready to be refused by Discord is ready for silence.
"""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

PATIENCE_S = 30.0
"""What one request may take; waiting for a rate limit does not count."""
_GATEWAY_TIMEOUT = 504


@contextmanager
def _answered(what: str) -> Generator[None, None, None]:
    try:
        yield
    except (aiohttp.ClientError, OSError) as error:
        response: Any = SimpleNamespace(status=_GATEWAY_TIMEOUT, reason=type(error).__name__)
        raise discord.DiscordServerError(response, f"no answer to {what}") from error


def _named(route: Route) -> str:
    return f"{route.method} {route.path}"


class _Webhooks(AsyncWebhookAdapter):
    """What answers to slash commands and buttons go through, follow-ups too."""

    def __init__(self, limit: aiohttp.ClientTimeout) -> None:
        super().__init__()
        self._limit = limit

    async def request(self, route: Route, session: aiohttp.ClientSession, **given: Any) -> Any:
        hurried: Any = SimpleNamespace(request=partial(session.request, timeout=self._limit))
        with _answered(_named(route)):
            return await super().request(route, hurried, **given)


def give_up_in_time(bot: discord.Client, seconds: float = PATIENCE_S) -> None:
    """Let no request of *bot* wait longer; for what this task begins from now on."""
    limit, http = aiohttp.ClientTimeout(total=seconds), bot.http
    request, fetch = http.request, http.get_from_cdn

    async def bounded(route: Route, **given: Any) -> Any:
        with _answered(_named(route)):
            return await request(route, timeout=limit, **given)

    async def fetched(url: str) -> bytes:
        with _answered("a look at a file"):
            async with asyncio.timeout(seconds):
                return await fetch(url)

    http.request, http.get_from_cdn = bounded, fetched
    async_context.set(_Webhooks(limit))
