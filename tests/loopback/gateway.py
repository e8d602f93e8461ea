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
_SESSIONS = 4


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


@dataclass(frozen=True, eq=False)
class Connection:
    """One socket of a client."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None

    async def send(self, op: Op, data: object = None, **event: object) -> None:
        """Send one payload; a client that has just gone away misses it."""
        with suppress(ConnectionError):
            await self.socket.send_str(orjson.dumps({"op": op, "d": data, **event}).decode())


@dataclass
class Session:
    """What the gateway remembers of a client between its connections: events are kept to be replayed."""

    id: str
    intents: int
    shard: int
    shards: int
    connection: Connection | None = None
    events: list[tuple[int, str, Payload]] = field(default_factory=list[tuple[int, str, Payload]])
    sequence: int = 0


class Gateway:
    """
    The gateway of one bot account, whose clients may share the shards out.

    As at Discord, every session of a shard gets its events, also where two clients have the same one.

    Attributes:
        connected: Set while a session receives events.
        identified, resumed, heartbeats: How often each was seen.
        servers: The servers that the account is in.
    """

    def __init__(
        self, token: str, url: Callable[[], str], *, message_content: bool, heartbeat: float, keep: bool
    ) -> None:
        self.connected = asyncio.Event()
        self.identified = self.resumed = self.heartbeats = 0
        self._silent: set[Connection] = set()
        self.servers: tuple[int, ...] = (payloads.SERVER,)
        self._keep = keep
        self._token = token
        self._url = url
        self._message_content = message_content
        self._heartbeat = heartbeat
        self._sessions: dict[str, Session] = {}

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
        for session in self._sessions.values():
            if session.connection is connection:
                session.connection = None
        self._note()
        return socket

    @property
    def known(self) -> bool:
        """Whether any client has identified so far."""
        return bool(self._sessions)

    def live(self, shard: int | None = None) -> list[Session]:
        """The sessions that receive events; those of a shard."""
        connected = (each for each in self._sessions.values() if each.connection is not None)
        return [each for each in connected if shard is None or each.shard == shard]

    def _note(self) -> None:
        if self.live():
            self.connected.set()
        else:
            self.connected.clear()

    async def _receive(self, connection: Connection, op: int, data: Payload) -> None:
        match op:
            case Op.HEARTBEAT:
                self.heartbeats += 1
                if connection not in self._silent:
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
        shard, shards = data.get("shard", [0, 1])
        session = Session(payloads.snowflake(), data["intents"], shard, shards, connection)
        ours = [each for each in self.servers if _shard(each, shards) == shard]
        ready = {
            "v": 10,
            "user": payloads.bot_user(),
            "guilds": [{"id": str(each), "unavailable": True} for each in ours],
            "session_id": session.id,
            "resume_gateway_url": self._url(),
            "shard": [shard, shards],
            "application": {
                "id": str(payloads.APPLICATION),
                "flags": _CONTENT_GRANTED if self._message_content else 0,
            },
        }
        await self._send(session, "READY", ready)
        for each in ours:
            await self._send(session, "GUILD_CREATE", payloads.server(each))
        self._sessions = {
            each.id: each for each in self._sessions.values() if each.connection or not self._stale(each)
        }
        self._sessions[session.id] = session
        self._note()

    def _stale(self, session: Session) -> bool:
        """Whether nobody will resume it: an older one of its shard, beyond what is worth keeping."""
        return len([each for each in self._sessions.values() if each.shard == session.shard]) > _SESSIONS

    async def _resume(self, connection: Connection, data: Payload) -> None:
        session = self._sessions.get(data["session_id"])
        if session is None or data["token"] != self._token:
            await connection.send(Op.INVALID_SESSION, False)
            return
        self.resumed += 1
        session.connection = connection
        for sequence, name, missed in session.events:
            if sequence > data["seq"]:
                await connection.send(Op.DISPATCH, missed, t=name, s=sequence)
        await self._send(session, "RESUMED", {})
        self._note()

    async def _send(self, session: Session, name: str, data: Payload) -> None:
        session.sequence += 1
        if self._keep:
            session.events.append((session.sequence, name, data))
        if session.connection is not None and session.connection not in self._silent:
            await session.connection.send(Op.DISPATCH, data, t=name, s=session.sequence)

    async def dispatch(self, name: str, data: Payload) -> None:
        """Send an event of a server or a person; while a client is away it waits to be replayed on resume."""
        assert self._sessions, "no client has identified"
        for session in self._of(data):
            await self._send(session, name, data)

    def _of(self, data: Payload) -> list[Session]:
        server = int(data.get("guild_id") or (data.get("id", 0) if "member_count" in data else 0))
        return [each for each in self._sessions.values() if _shard(server, each.shards) == each.shard]

    async def message(self, message: Payload, *, direct: bool = False) -> None:
        """Send MESSAGE_CREATE to clients with the intent for it; without Message Content its text is withheld."""
        assert self._sessions, "no client has identified"
        readable = direct or message["mentions"] or message["author"]["bot"]
        withheld: Payload = {**message, "content": "", "embeds": [], "components": [], "attachments": []}
        for session in self._of(message):
            if session.intents & (DIRECT_MESSAGES if direct else GUILD_MESSAGES):
                plain = readable or session.intents & MESSAGE_CONTENT
                await self._send(session, "MESSAGE_CREATE", message if plain else withheld)

    def _leave(self, *, for_good: bool = False) -> Connection:
        *_, session = self.live()
        left, session.connection = session.connection, None
        assert left is not None
        if for_good:
            del self._sessions[session.id]
        self._note()
        return left

    def fall_silent(self) -> None:
        """Say nothing more on the present connections, not even that a heartbeat came; they stay open."""
        self._silent |= {each.connection for each in self.live() if each.connection is not None}

    def drop(self) -> None:
        """Cut the newest connection without a word, as a failing network does."""
        transport = self._leave().transport
        if transport is not None:
            transport.abort()

    async def ask_to_reconnect(self) -> None:
        """Send RECONNECT: the client is to come back and resume."""
        await self._leave().send(Op.RECONNECT)

    async def invalidate(self) -> None:
        """Send INVALID_SESSION: the client is to come back and identify anew."""
        await self._leave(for_good=True).send(Op.INVALID_SESSION, False)


def _shard(server: int, shards: int) -> int:
    return (server >> 22) % shards
