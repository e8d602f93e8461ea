"""The server: faults and rate limits on demand, and the people who talk to the bot."""

from __future__ import annotations

import asyncio
import fnmatch
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Self

import orjson
from aiohttp import web

from tests.loopback import payloads
from tests.loopback.gateway import Gateway
from tests.loopback.payloads import Payload
from tests.loopback.rest import Handler, Rest

API = "/api/v10"
TOKEN = "loopback.token"  # noqa: S105  # opens nothing but this server
_HEARTBEAT = 41.25
_COMMAND, _COMPONENT = 2, 3
_STRING_OPTION, _BUTTON = 3, 2
_UNAUTHORIZED, _NOT_FOUND, _TOO_MANY, _BAD_GATEWAY = 401, 404, 429, 502
_UNKNOWN_CHANNEL = 10003
_PER_WINDOW = 1_000_000
_HUMAN = 0.3
_FIRST, _SOMEBODY = payloads.CHANNELS[0], payloads.MEMBERS[0]


@dataclass(frozen=True)
class Request:
    """One REST request of the client."""

    method: str
    path: str
    body: Any


@dataclass
class Fault:
    """
    An answer given instead of the real one, *times* times.

    Attributes:
        method, path: Patterns; the path below the API's root, such as `/channels/*/messages`.
        status: 429 comes with all that a rate limit comes with.
        retry_after: Seconds, for a rate limit.
        everywhere: Whether a rate limit is one of the whole account.
    """

    method: str
    path: str
    status: int
    times: int = 1
    retry_after: float = 0.05
    everywhere: bool = False


@dataclass(frozen=True)
class Weather:
    """
    What one request goes through.

    Attributes:
        before, after: Seconds that pass before it is handled, and before it is answered.
        refused: A status to refuse it with, unhandled.
        lost: A status to answer with though it was handled; 0 drops the connection instead, None answers well.
    """

    before: float = 0
    after: float = 0
    refused: int | None = None
    lost: int | None = None


@dataclass
class Loopback:
    """
    A Discord with one server and one bot account, used as `async with Loopback() as discord`.

    Attributes:
        message_content: Whether the developer portal grants the Message Content intent.
        heartbeat: Seconds between heartbeats.
        requests: Every REST request so far; emptied at will.
        faults: Answers to give instead of the real ones.
        keep: Whether requests and events are kept; a benchmark does without.
        weather: What each request goes through; None for fair weather.
    """

    message_content: bool = True
    heartbeat: float = _HEARTBEAT
    keep: bool = True
    requests: list[Request] = field(default_factory=list[Request])
    faults: list[Fault] = field(default_factory=list[Fault])
    weather: Callable[[Request], Weather] | None = None

    def __post_init__(self) -> None:
        self.port = 0
        self.gateway = Gateway(
            TOKEN,
            lambda: self.gateway_url,
            message_content=self.message_content,
            heartbeat=self.heartbeat,
            keep=self.keep,
        )
        self.rest = Rest(lambda: self.gateway_url, self.gateway.dispatch)
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """What DISCORD_API_URL is to be."""
        return f"http://127.0.0.1:{self.port}{API}"

    @property
    def gateway_url(self) -> str:
        """What `/gateway/bot` names."""
        return f"ws://127.0.0.1:{self.port}/gateway"

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/gateway", self.gateway.handle)
        for method, path, handler in self.rest.routes():
            app.router.add_route(method, API + path, self._served(handler))
        app.router.add_route("*", API + "/{path:.*}", self._served(_unknown))  # silence and faults are of every route
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def _served(self, handler: Handler) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def serve(request: web.Request) -> web.Response:
            body = await _body(request)
            path = request.path.removeprefix(API)
            asked = Request(request.method, path, None if request.method == "GET" else body)
            if self.keep:
                self.requests.append(asked)
            fault = self._fault(request.method, path)
            if fault is not None:
                return _refusal(fault)
            weather = self.weather(asked) if self.weather else Weather()
            await asyncio.sleep(weather.before)
            known = request.headers.get("Authorization") == f"Bot {TOKEN}"
            if not known and "token" not in request.match_info:
                return payloads.answer({"message": "401: Unauthorized", "code": 0}, status=_UNAUTHORIZED)
            if weather.refused is not None:
                return _refusal(Fault(request.method, path, weather.refused))
            response = handler(request.match_info, body)
            await asyncio.sleep(weather.after)
            if weather.lost is not None:
                return _lost(request, weather.lost)
            bucket = f"{request.method}-{'-'.join(request.match_info)}"
            response.headers.update(_limits(bucket, remaining=_PER_WINDOW - 1, reset_after=1))
            return response

        return serve

    def _fault(self, method: str, path: str) -> Fault | None:
        for fault in self.faults:
            if fault.times and fnmatch.fnmatch(method, fault.method) and fnmatch.fnmatch(path, fault.path):
                fault.times -= 1
                return fault
        return None

    async def say(self, content: str, *, channel: int = _FIRST, who: int = _SOMEBODY) -> None:
        """Somebody says *content* in *channel*."""
        await self.gateway.message(self.said(content, channel=channel, who=who))

    def said(self, content: str, *, channel: int = _FIRST, who: int = _SOMEBODY) -> Payload:
        """A message that somebody writes in *channel*, not sent yet."""
        message = payloads.message(content, channel, payloads.person(who))
        return {**message, "guild_id": str(payloads.server_of(channel)), "member": payloads.member()}

    async def ask(self, content: str, *, channel: int = _FIRST, who: int = _SOMEBODY, within: float = 10) -> Payload:
        """Say *content* and give the message that the bot posts next in that channel."""
        waiting = self.rest.reply(channel)
        await self.say(content, channel=channel, who=who)
        return await asyncio.wait_for(waiting, within)

    async def slash(self, name: str, *, channel: int = _FIRST, **options: str) -> Payload:
        """Use a slash command, once the client has registered its own; the message that answers it."""
        await asyncio.wait_for(self.rest.registered.wait(), 10)
        registered = next(command for command in self.rest.commands if command["name"] == name)
        chosen = [{"name": option, "type": _STRING_OPTION, "value": value} for option, value in options.items()]
        data = {"id": registered["id"], "name": name, "type": 1, "options": chosen}
        return await self._interact(payloads.interaction(_COMMAND, data, channel, payloads.person()))

    async def press(self, message: Payload, label: str) -> Payload:
        """
        Press the button called *label* under *message*; the message that answers.

        Nobody presses within the milliseconds that the client takes to note which message its buttons are under.
        """
        await asyncio.sleep(_HUMAN)
        buttons = [part for row in message["components"] for part in row["components"]]
        custom_id = next(button["custom_id"] for button in buttons if button.get("label") == label)
        data = {"component_type": _BUTTON, "custom_id": custom_id}
        channel = int(message["channel_id"])
        return await self._interact(payloads.interaction(_COMPONENT, data, channel, payloads.person(), message))

    async def send_press(self, message: Payload, custom_id: str) -> None:
        """Press a component of *custom_id* under *message*, whether there is one or not, and wait for nothing."""
        data = {"component_type": _BUTTON, "custom_id": custom_id}
        pressed = payloads.interaction(_COMPONENT, data, int(message["channel_id"]), payloads.person(), message)
        self.rest.interactions[pressed["token"]] = pressed
        await self.gateway.dispatch("INTERACTION_CREATE", pressed)

    async def _interact(self, event: Payload, within: float = 10) -> Payload:
        self.rest.interactions[event["token"]] = event
        waiting = self.rest.reply(int(event["channel_id"]))
        await self.gateway.dispatch("INTERACTION_CREATE", event)
        return await asyncio.wait_for(waiting, within)


def _unknown(_: object, __: object) -> web.Response:
    return payloads.answer({"message": "Unknown", "code": 0}, status=_NOT_FOUND)


async def _body(request: web.Request) -> Any:
    """What a request says: JSON, the JSON beside its files, or its query."""
    if request.content_type == "application/json":
        return await request.json()
    if request.content_type == "multipart/form-data":
        said = (await request.post())["payload_json"]
        return orjson.loads(str(said))
    return dict(request.query) or None


def _limits(bucket: str, *, remaining: int, reset_after: float) -> dict[str, str]:
    return {
        "X-RateLimit-Limit": str(_PER_WINDOW),
        "X-RateLimit-Remaining": str(remaining),
        "X-RateLimit-Reset-After": f"{reset_after:.3f}",
        "X-RateLimit-Bucket": bucket,
        "Via": "1.1 loopback",
    }


def _lost(request: web.Request, status: int) -> web.Response:
    if not status and request.transport is not None:
        request.transport.abort()
    return payloads.answer({"message": "lost on purpose", "code": 0}, status=status or _BAD_GATEWAY)


def _refusal(fault: Fault) -> web.Response:
    if fault.status != _TOO_MANY:
        code = _UNKNOWN_CHANNEL if fault.status == _NOT_FOUND else 0
        return payloads.answer({"message": "refused on purpose", "code": code}, status=fault.status)
    headers = _limits("limited", remaining=0, reset_after=fault.retry_after)
    headers |= {"Retry-After": str(fault.retry_after), "X-RateLimit-Scope": "global" if fault.everywhere else "user"}
    if fault.everywhere:
        headers["X-RateLimit-Global"] = "true"
    body = {"message": "You are being rate limited.", "retry_after": fault.retry_after, "code": 0}
    body["global"] = fault.everywhere
    return payloads.answer(body, status=_TOO_MANY, headers=headers)
