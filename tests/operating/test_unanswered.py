"""Whatever the bot asks of Discord is given up in time when there is no answer, and fails as any refusal does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import discord
import pytest
from discord.http import Route, handle_message_parameters
from discord.webhook.async_ import async_context

from bot.operating.unanswered import give_up_in_time
from tests.loopback import Loopback, Weather
from tests.loopback.server import TOKEN

Ask = Callable[[discord.Client], Awaitable[object]]
_IN_TIME_S = 0.5
_A, _B = 11, 12
_GATEWAY_TIMEOUT = 504


def _webhook(method: str, path: str) -> Ask:
    """What answers to slash commands, presses and forms go by."""

    async def ask(client: discord.Client) -> object:
        session: Any = vars(client.http)["_HTTPClient__session"]
        route: Any = Route(method, path, webhook_id=_A, webhook_token=str(len(method + path)))
        return await async_context.get().request(route, session, payload={})

    return ask


def _send(client: discord.Client) -> Awaitable[object]:
    with handle_message_parameters("x") as parameters:
        return client.http.send_message(_A, params=parameters)


def _edit(client: discord.Client) -> Awaitable[object]:
    with handle_message_parameters("x") as parameters:
        return client.http.edit_message(_A, _B, params=parameters)


def _begin_post(client: discord.Client) -> Awaitable[object]:
    return client.http.start_thread_without_message(_A, name="x", type=11, auto_archive_duration=60)


ROUTES: dict[str, Ask] = {
    "a message is sent": _send,
    "a message is edited": _edit,
    "a message is deleted": lambda client: client.http.delete_message(_A, _B),
    "a message is fetched": lambda client: client.http.get_message(_A, _B),
    "a message is published": lambda client: client.http.publish_message(_A, _B),
    "a channel's history is read": lambda client: client.http.logs_from(_A, 50),
    "typing is shown": lambda client: client.http.send_typing(_A),
    "a reaction is added": lambda client: client.http.add_reaction(_A, _B, "x"),
    "a channel is fetched": lambda client: client.http.get_channel(_A),
    "a post in a forum is begun": _begin_post,
    "a thread's member is fetched": lambda client: client.http.get_thread_member(_A, _B),
    "a direct message is begun": lambda client: client.http.start_private_message(_A),
    "a member is fetched": lambda client: client.http.get_member(_A, _B),
    "a server is fetched": lambda client: client.http.get_guild(_A),
    "the slash commands are written": lambda client: client.http.bulk_upsert_global_commands(_A, []),
    "the gateway is looked up": lambda client: client.http.get_bot_gateway(),
    "a file is fetched": lambda client: client.http.get_from_cdn(f"{Route.BASE}/file"),
    "an interaction is answered": _webhook("POST", "/interactions/{webhook_id}/{webhook_token}/callback"),
    "a follow-up is sent": _webhook("POST", "/webhooks/{webhook_id}/{webhook_token}"),
    "an answer is edited": _webhook("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"),
    "an answer is fetched": _webhook("GET", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"),
    "an answer is deleted": _webhook("DELETE", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"),
}


@pytest.mark.parametrize("gone", [False, True], ids=["silence", "nobody there"])
async def test_no_route_waits_for_an_answer_that_does_not_come(
    monkeypatch: pytest.MonkeyPatch, *, gone: bool
) -> None:
    """Silence and a connection that fails are a 504 of Discord's, by every route; none holds up another."""
    async with AsyncExitStack() as stack, discord.Client(intents=discord.Intents.none()) as client:
        server = await stack.enter_async_context(Loopback())
        monkeypatch.setattr(Route, "BASE", server.url)
        give_up_in_time(client, _IN_TIME_S)
        await client.login(TOKEN)
        server.weather = lambda _: Weather(before=6 * _IN_TIME_S, refused=503)
        if gone:
            await stack.aclose()

        began = time.monotonic()
        ends = await asyncio.gather(*(ask(client) for ask in ROUTES.values()), return_exceptions=True)
        taken = time.monotonic() - began

    astray = {route: end for route, end in zip(ROUTES, ends, strict=True) if _status(end) != _GATEWAY_TIMEOUT}
    assert not astray
    assert taken < 4 * _IN_TIME_S


def _status(end: object) -> int | None:
    """The status that a request was refused with; the look for the gateway has it as a cause."""
    refused = end.__cause__ if isinstance(end, discord.GatewayNotFound) else end
    return refused.status if isinstance(refused, discord.DiscordServerError) else None
