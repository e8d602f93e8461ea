"""
One end for requests that Discord does not answer, by whichever route they go.

discord.py waits five minutes for each, and lets a connection that breaks come through as whatever the network raised.
Here a request is given up after `PATIENCE_S`, and both are a `discord.DiscordServerError`, as a 504 is: whoever is
ready to be refused by Discord is ready for silence.
"""

from __future__ import annotations

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
def _answered(route: Route) -> Generator[None, None, None]:
    try:
        yield
    except (aiohttp.ClientError, OSError) as error:
        response: Any = SimpleNamespace(status=_GATEWAY_TIMEOUT, reason=type(error).__name__)
        raise discord.DiscordServerError(response, f"no answer to {route.method} {route.path}") from error


class _Webhooks(AsyncWebhookAdapter):
    """What answers to slash commands and buttons go through, follow-ups too."""

    def __init__(self, limit: aiohttp.ClientTimeout) -> None:
        super().__init__()
        self._limit = limit

    async def request(self, route: Route, session: aiohttp.ClientSession, **given: Any) -> Any:
        hurried: Any = SimpleNamespace(request=partial(session.request, timeout=self._limit))
        with _answered(route):
            return await super().request(route, hurried, **given)


def give_up_in_time(bot: discord.Client, seconds: float = PATIENCE_S) -> None:
    """Let no request of *bot* wait longer; for what this task begins from now on."""
    limit, request = aiohttp.ClientTimeout(total=seconds), bot.http.request

    async def bounded(route: Route, **given: Any) -> Any:
        with _answered(route):
            return await request(route, timeout=limit, **given)

    bot.http.request = bounded
    async_context.set(_Webhooks(limit))
