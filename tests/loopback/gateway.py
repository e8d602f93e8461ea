"""The gateway: hello, identify, heartbeats, resume, invalid sessions, and events by intent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import IntEnum

import orjson
from aiohttp import WSMsgType, web

from tests.loopback import payloads
from tests.loopback.payloads import Payload

GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 9, 1 << 12, 1 << 15
_AUTHENTICATION_FAILED, _DISALLOWED_INTENTS = 4004, 4014
_CONTENT_GRANTED = 1 << 19


class Op(IntEnum):
    """Gateway opcodes."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    RESUME = 6
    RECONNECT = 7
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


@dataclass
class Session:
    """What the gateway remembers of a client between its connections: events are kept to be replayed."""

    id: str
    intents: int
    events: list[tuple[int, str, Payload]] = field(default_factory=list[tuple[int, str, Payload]])
    sequence: int = 0


@dataclass(frozen=True)
class Connection:
    """One socket of a client."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None

    async def send(self, op: Op, data: object = None, **event: object) -> None:
        """Send one payload; a client that has just gone away misses it."""
        with suppress(ConnectionError):
            await self.socket.send_str(orjson.dumps({"op": op, "d": data, **event}).decode())


class Gateway:
    """
    One client's gateway.

    Attributes:
        connected: Set while a session receives events.
        identified, resumed, heartbeats: How often each was seen.
    """

    def __init__(
        self, token: str, url: Callable[[], str], *, message_content: bool, heartbeat: float, keep: bool
    ) -> None:
        self.connected = asyncio.Event()
        self.identified = self.resumed = self.heartbeats = 0
        self._keep = keep
        self._token = token
        self._url = url
        self._message_content = message_content
        self._heartbeat = heartbeat
        self._current: Connection | None = None
        self._session: Session | None = None

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection until either side closes it."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        connection = Connection(socket, request.transport)
        await connection.send(Op.HELLO, {"heartbeat_interval": int(self._heartbeat * 1000)})
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                received = orjson.loads(frame.data)
                await self._receive(connection, received["op"], received.get("d"))
        if self._current is connection:
            self._current = None
            self.connected.clear()
        return socket

    async def _receive(self, connection: Connection, op: int, data: Payload) -> None:
        match op:
            case Op.HEARTBEAT:
                self.heartbeats += 1
                await connection.send(Op.HEARTBEAT_ACK)
            case Op.IDENTIFY:
                await self._identify(connection, data)
            case Op.RESUME:
                await self._resume(connection, data)
            case _:
                pass

    async def _identify(self, connection: Connection, data: Payload) -> None:
        self.identified += 1
        if data["token"] != self._token:
            await connection.socket.close(code=_AUTHENTICATION_FAILED, message=b"Authentication failed.")
            return
        if data["intents"] & MESSAGE_CONTENT and not self._message_content:
            await connection.socket.close(code=_DISALLOWED_INTENTS, message=b"Disallowed intent(s).")
            return
        self._session = Session(payloads.snowflake(), data["intents"])
        self._current = connection
        await self.dispatch(
            "READY",
            {
                "v": 10,
                "user": payloads.bot_user(),
                "guilds": [{"id": str(payloads.SERVER), "unavailable": True}],
                "session_id": self._session.id,
                "resume_gateway_url": self._url(),
                "shard": data.get("shard", [0, 1]),
                "application": {
                    "id": str(payloads.APPLICATION),
                    "flags": _CONTENT_GRANTED if self._message_content else 0,
                },
            },
        )
        await self.dispatch("GUILD_CREATE", payloads.server())
        self.connected.set()

    async def _resume(self, connection: Connection, data: Payload) -> None:
        session = self._session
        if session is None or data["session_id"] != session.id or data["token"] != self._token:
            await connection.send(Op.INVALID_SESSION, False)
            return
        self.resumed += 1
        self._current = connection
        for sequence, name, missed in session.events:
            if sequence > data["seq"]:
                await connection.send(Op.DISPATCH, missed, t=name, s=sequence)
        await self.dispatch("RESUMED", {})
        self.connected.set()

    async def dispatch(self, name: str, data: Payload) -> None:
        """Send an event; while the client is away it waits to be replayed on resume."""
        session = self._session
        assert session is not None, "no client has identified"
        session.sequence += 1
        if self._keep:
            session.events.append((session.sequence, name, data))
        if self._current is not None:
            await self._current.send(Op.DISPATCH, data, t=name, s=session.sequence)

    async def message(self, message: Payload, *, direct: bool = False) -> None:
        """Send MESSAGE_CREATE to a client with the intent for it; without Message Content its text is withheld."""
        assert self._session is not None, "no client has identified"
        if not self._session.intents & (DIRECT_MESSAGES if direct else GUILD_MESSAGES):
            return
        readable = direct or message["mentions"] or message["author"]["bot"]
        if not (readable or self._session.intents & MESSAGE_CONTENT):
            message = {**message, "content": "", "embeds": [], "components": [], "attachments": []}
        await self.dispatch("MESSAGE_CREATE", message)

    def _leave(self) -> Connection:
        assert self._current is not None, "no client is connected"
        left, self._current = self._current, None
        self.connected.clear()
        return left

    def drop(self) -> None:
        """Cut the connection without a word, as a failing network does."""
        transport = self._leave().transport
        if transport is not None:
            transport.abort()

    async def ask_to_reconnect(self) -> None:
        """Send RECONNECT: the client is to come back and resume."""
        await self._leave().send(Op.RECONNECT)

    async def invalidate(self) -> None:
        """Send INVALID_SESSION: the client is to come back and identify anew."""
        await self._leave().send(Op.INVALID_SESSION, False)
