"""The REST routes that the bot uses, and what they keep: commands, messages, interactions."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from tests.loopback import payloads
from tests.loopback.payloads import Payload

Handler = Callable[[Mapping[str, str], Any], web.Response]
Dispatch = Callable[[str, Payload], Awaitable[None]]

_NO_CONTENT = 204
_REMEMBERED = 1000
_MESSAGE, _UPDATE = 4, 7
_SHOWN = frozenset({"content", "embeds", "components"})
_PAGE = 50
_EPOCH_MS, WITHIN_MS = 1_420_070_400_000, 3000
_UNKNOWN, _NOT_FOUND = 10062, 404
NONCES_LAST = timedelta(minutes=3)
"""Discord compares enforced nonces with those of "the past few minutes"."""


class Rest:
    """
    What the server keeps, and a handler for each route.

    Attributes:
        commands: The slash commands as the client registered them; `registered` is set once it has.
        interactions: Events awaiting their answer, by token.
        remembered: How many messages are kept.
        clock: What messages are dated by.
        repeats: How often a nonce was found to be a repeat.
        posted: Who is told of every message that the client posts.
        too_late: How many interactions were answered after Discord gives them up.
    """

    def __init__(self, gateway_url: Callable[[], str], dispatch: Dispatch) -> None:
        self.commands: list[Payload] = []
        self.registered = asyncio.Event()
        self.interactions: dict[str, Payload] = {}
        self.remembered = _REMEMBERED
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.repeats = 0
        self.too_late = 0
        self.posted: list[Callable[[Payload], None]] = []
        self._nonces: dict[tuple[int, str], tuple[datetime, Payload]] = {}
        self._gateway_url = gateway_url
        self._dispatch = dispatch
        self._messages: dict[str, Payload] = {}
        self._waiting: dict[int, deque[asyncio.Future[Payload]]] = {}
        self._events: set[asyncio.Future[None]] = set()

    def routes(self) -> list[tuple[str, str, Handler]]:
        """Method, path below the API's root, handler; those with a token in the path need no other."""
        application = f"/applications/{payloads.APPLICATION}"
        webhook = f"/webhooks/{payloads.APPLICATION}/{{token}}"
        return [
            ("GET", "/users/@me", self._me),
            ("GET", "/oauth2/applications/@me", self._application),
            ("GET", "/applications/@me", self._application),
            ("GET", "/gateway/bot", self._gateway),
            ("GET", f"{application}/commands", self._read_commands),
            ("PUT", f"{application}/commands", self._write_commands),
            ("POST", "/channels/{channel}/messages", self._post),
            ("GET", "/channels/{channel}/messages", self._history),
            ("PATCH", "/channels/{channel}/messages/{message}", self._edit),
            ("DELETE", "/channels/{channel}/messages/{message}", self._delete),
            ("POST", "/interactions/{interaction}/{token}/callback", self._callback),
            ("POST", webhook, self._follow_up),
            ("GET", webhook + "/messages/@original", self._original),
            ("PATCH", webhook + "/messages/@original", self._edit_original),
        ]

    def reply(self, channel: int) -> asyncio.Future[Payload]:
        """What the client will next post in *channel*."""
        waiting: asyncio.Future[Payload] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(channel, deque()).append(waiting)
        return waiting

    def _answer(self, channel: int, message: Payload) -> None:
        waiting = self._waiting.get(channel)
        if waiting:
            future = waiting.popleft()
            if not future.done():
                future.set_result(message)

    def _posted(self, channel: int, body: Payload) -> Payload:
        now = self.clock()
        message = payloads.message(body.get("content") or "", channel, payloads.bot_user(), body=body)
        message |= {"id": payloads.snowflake(now), "timestamp": now.isoformat()}
        self._messages[message["id"]] = message
        if len(self._messages) > self.remembered:
            del self._messages[next(iter(self._messages))]
        self._answer(channel, message)
        for tell in self.posted:
            tell(message)
        event = asyncio.ensure_future(
            self._dispatch("MESSAGE_CREATE", {**message, "guild_id": str(payloads.server_of(channel))})
        )
        self._events.add(event)
        event.add_done_callback(self._events.discard)
        return message

    def _me(self, _: Mapping[str, str], __: Any) -> web.Response:
        return payloads.answer(payloads.bot_user())

    def _application(self, _: Mapping[str, str], __: Any) -> web.Response:
        return payloads.answer(payloads.application())

    def _gateway(self, _: Mapping[str, str], __: Any) -> web.Response:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        return payloads.answer({"url": self._gateway_url(), "shards": 1, "session_start_limit": limit})

    def _read_commands(self, _: Mapping[str, str], __: Any) -> web.Response:
        return payloads.answer(self.commands)

    def _write_commands(self, _: Mapping[str, str], body: Any) -> web.Response:
        given = {"application_id": str(payloads.APPLICATION), "version": "1", "default_member_permissions": None}
        given |= {"type": 1, "description": "", "options": []}
        self.commands = [{**given, **each, "id": payloads.snowflake()} for each in body]
        self.registered.set()
        return payloads.answer(self.commands)

    def _post(self, named: Mapping[str, str], body: Any) -> web.Response:
        channel = int(named["channel"])
        if not body.get("enforce_nonce"):
            return payloads.answer(self._posted(channel, body))
        known, now = (channel, str(body["nonce"])), self.clock()
        if known in self._nonces and now - self._nonces[known][0] < NONCES_LAST:
            self.repeats += 1
        else:
            self._nonces[known] = now, self._posted(channel, body)
        return payloads.answer(self._nonces[known][1])

    def _history(self, named: Mapping[str, str], query: Any) -> web.Response:
        """The newest messages, or those next to *after* or *before*; newest first."""
        asked: Payload = query or {}
        after, before = int(asked.get("after", 0)), int(asked.get("before", 1 << 64))
        there = sorted((each for each in self.in_channel(int(named["channel"]))), key=lambda each: int(each["id"]))
        found = [each for each in there if after < int(each["id"]) < before]
        limit = int(asked.get("limit", _PAGE))
        return payloads.answer((found[:limit] if "after" in asked else found[-limit:])[::-1])

    def in_channel(self, channel: int) -> list[Payload]:
        """What the client posted in *channel* and is kept."""
        return [each for each in self._messages.values() if each["channel_id"] == str(channel)]

    def _edit(self, named: Mapping[str, str], body: Any) -> web.Response:
        message = self._messages.get(named["message"])
        if message is None:  # one that is kept no more
            return payloads.answer({"message": "Unknown Message", "code": 10008}, status=_NOT_FOUND)
        message.update(body)
        return payloads.answer(message)

    def _delete(self, named: Mapping[str, str], _: Any) -> web.Response:
        self._messages.pop(named["message"], None)
        return web.Response(status=_NO_CONTENT)

    def _callback(self, named: Mapping[str, str], body: Payload) -> web.Response:
        event = self.interactions[named["token"]]
        if (time.time() * 1000 - _EPOCH_MS) - (int(event["id"]) >> 22) > WITHIN_MS:
            self.too_late += 1
            return payloads.answer({"message": "Unknown interaction", "code": _UNKNOWN}, status=_NOT_FOUND)
        channel = int(event["channel_id"])
        data: Payload = body.get("data") or {}
        answer: Payload = {}
        if body["type"] == _MESSAGE:
            answer = event["answer"] = self._posted(channel, data)
        elif body["type"] == _UPDATE:
            answer = event["answer"] = self._messages[event["message"]["id"]]
            answer.update((key, value) for key, value in data.items() if key in _SHOWN)
            self._answer(channel, answer)
        handled = {"id": event["id"], "type": event["type"], "response_message_id": answer.get("id")}
        resource = {"type": body["type"], **({"message": answer} if answer else {})}
        return payloads.answer({"interaction": handled, "resource": resource})

    def _follow_up(self, named: Mapping[str, str], body: Any) -> web.Response:
        event = self.interactions[named["token"]]
        return payloads.answer(self._posted(int(event["channel_id"]), body))

    def _original(self, named: Mapping[str, str], _: Any) -> web.Response:
        return payloads.answer(self.interactions[named["token"]]["answer"])

    def _edit_original(self, named: Mapping[str, str], body: Any) -> web.Response:
        event = self.interactions[named["token"]]
        if "answer" in event:
            event["answer"].update(body)
        else:
            event["answer"] = self._posted(int(event["channel_id"]), body)
        return payloads.answer(event["answer"])
