"""Several processes on one PostgreSQL database: who has which shards, and what the others write."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, cast

import psycopg
from sqlalchemy import ColumnElement, Integer, SQLColumnExpression, literal, true
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.core.shards import WITHIN_AN_ID, Shards
from bot.errors import StartupError
from bot.store.database import Database

log = logging.getLogger(__name__)

CHANNEL = "caveat"
_ALL, _ONE = 0x0CA7EA8, 0x0CA7EA9
"""Any numbers that nothing else in the database locks."""
_AGAIN_S = 0.3
_TRIES = 4
_GRACE_S = 2.0
_GATHERED_S = 0.02
_SILENT_S = 30.0


def of_shards(workspace: SQLColumnExpression[int], shards: Shards) -> ColumnElement[bool]:
    """Whether a workspace is of one of the *shards*, in SQL."""
    if shards.ids is None:
        return true()
    return (workspace.bitwise_rshift(literal(WITHIN_AN_ID, Integer)) % shards.count).in_(sorted(shards.ids))


class Sharing:
    """
    This process among others: it has its shards for itself, and hears what the others write.

    A process that comes second to a shard waits until the first one is gone, and goes on in its place. On SQLite
    there is nobody to ask; what other processes wrote is looked for every REFRESH_SECONDS.
    """

    def __init__(self, database: Database, shards: Shards) -> None:
        self._engine = database.engine
        self._shards = shards
        self._name = f"caveat {secrets.token_hex(8)}"
        self._connection: psycopg.AsyncConnection[Any] | None = None

    @asynccontextmanager
    async def holding(self) -> AsyncGenerator[None, None]:
        """Have the shards for as long as the block runs; waits for as long as another process has one of them."""
        if self._engine.dialect.name != "postgresql":
            yield
            return
        self._connection = await _connected(self._engine, self._name)
        try:
            await self._wait_for_turn()
            yield
        finally:
            await self._connection.close()

    async def _wait_for_turn(self) -> None:
        said = False
        while True:
            try:
                if self._connection is not None and await _take(self._connection, self._shards):
                    break
            except psycopg.OperationalError:
                self._connection = await self._reconnected()
                await asyncio.sleep(_GRACE_S)  # who had the shards before is the first to have them again
                continue
            if not said:
                log.info("another process has %s; waiting until it is gone", self._shards.words)
                said = True
            await asyncio.sleep(_AGAIN_S)
        if said:
            log.info("it is gone: going on in its place")

    async def changes(self) -> AsyncGenerator[Sequence[int] | None, None]:
        """
        The workspaces that some process has changed; None: perhaps any, as nothing was heard for a while.

        Raises:
            StartupError: Another process took a shard while the database was away.
        """
        while self._connection is not None:
            try:
                await self._connection.execute(f"LISTEN {CHANNEL}".encode())
                yield None
                while True:
                    told = await _told(self._connection)
                    if told:
                        yield told
                    else:
                        await self._connection.execute(b"SELECT 1")  # notices a connection that died in silence
            except psycopg.OperationalError:
                with suppress(psycopg.OperationalError):
                    self._connection = await self._reconnected()
                    await self._take_again(self._connection)

    async def _take_again(self, connection: psycopg.AsyncConnection[Any]) -> None:
        """Lock the shards anew; a connection that died without the server's noticing still has them."""
        await connection.execute(
            b"SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            b"WHERE application_name = %s AND pid <> pg_backend_pid()",
            (self._name,),
        )
        for _ in range(_TRIES):
            if await _take(connection, self._shards):
                return
            await asyncio.sleep(_AGAIN_S)
        raise StartupError(f"Another process took over {self._shards.words} while the database was away.")

    async def _reconnected(self) -> psycopg.AsyncConnection[Any]:
        if self._connection is not None:
            await self._connection.close()
        while True:
            with suppress(psycopg.OperationalError):
                return await _connected(self._engine, self._name)
            await asyncio.sleep(_AGAIN_S)


async def _connected(engine: AsyncEngine, name: str) -> psycopg.AsyncConnection[Any]:
    _, how = cast("tuple[Any, dict[str, Any]]", engine.dialect.create_connect_args(engine.url))
    alive: dict[str, Any] = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
    asked: dict[str, Any] = {"connect_timeout": 5, **alive, **how, "application_name": name}
    return await psycopg.AsyncConnection.connect(autocommit=True, **asked)


async def _take(connection: psycopg.AsyncConnection[Any], shards: Shards) -> bool:
    """
    Lock the shards, all of them or none.

    A process that has all of them shares that with nobody; those that have some share it with each other.
    """
    asked: list[tuple[bytes, tuple[int, ...]]] = (
        [(b"SELECT pg_try_advisory_lock(%s)", (_ALL,))]
        if shards.ids is None
        else [
            (b"SELECT pg_try_advisory_lock_shared(%s)", (_ALL,)),
            *((b"SELECT pg_try_advisory_lock(%s, %s)", (_ONE, shard)) for shard in sorted(shards.ids)),
        ]
    )
    for statement, numbers in asked:
        row = await (await connection.execute(statement, numbers)).fetchone()
        if not row or not row[0]:
            await connection.execute(b"SELECT pg_advisory_unlock_all()")
            return False
    return True


async def _told(connection: psycopg.AsyncConnection[Any]) -> list[int]:
    """What was told since, gathered for a moment; nothing when it was quiet for long."""
    found: dict[int, None] = {}
    async for notice in connection.notifies(timeout=_SILENT_S, stop_after=1):
        found[int(notice.payload)] = None
    if found:
        async for notice in connection.notifies(timeout=_GATHERED_S):
            found[int(notice.payload)] = None
    return list(found)
