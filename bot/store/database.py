"""Opening the database: SQLite or PostgreSQL, migrated to the newest schema."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections import Counter
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, cast

import orjson
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import Connection, ExceptionContext, Executable, event, text
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.wording import later, say
from bot.errors import StartupError, Unavailable

log = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).parent / "migrations"
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_SQLITE_WAIT_S = 30
_SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # or INSERT OR REPLACE would get past a refused DELETE
)
_CONNECT_WAIT_S = 10
_HEAD = 100
"""Bytes of an SQLite file's head."""
_WRITES = "caveat_writes"
_WAIT_MS = "caveat_wait_ms"
_TURN_MS, _PATIENT, _HASTY = 200, 150, 5
"""SQLite waits in a thread that nothing can call back: it waits a little, and is asked again so many times."""
_MIGRATION_LOCK = 0x0CA7EA7  # any number that nothing else in the database locks


class Database:
    """
    An open database. Sessions roll back unless committed; none may be opened inside another.

    `errors` counts what the database refused or failed at, by the kind of the error: "locked" where somebody else
    writes, IntegrityError for a row that was there already, OperationalError where it is full or away. `came_from` is
    the schema that it had before it was opened; None where it was empty.
    """

    def __init__(self, engine: AsyncEngine, came_from: str | None = None) -> None:
        self.engine = engine
        self.came_from = came_from
        self.errors = Counter[str]()
        event.listen(engine.sync_engine, "handle_error", self._count)
        self._writer = engine.execution_options(**{_WRITES: True, _WAIT_MS: _TURN_MS})
        snapshot = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        self._reader = engine.execution_options(**snapshot)

    @asynccontextmanager
    async def session(self) -> AsyncGenerator[AsyncSession, None]:
        """
        A session to read with: all its queries see one moment.

        Raises:
            Unavailable: The database does not answer.
        """
        with _answering():
            async with AsyncSession(self._reader, expire_on_commit=False) as session:
                yield session

    @asynccontextmanager
    async def begin(self, *, hasty: bool = False) -> AsyncGenerator[AsyncSession, None]:
        """
        A session to write with: committed at the end of the block, rolled back when it raises.

        Args:
            hasty: Give up soon where somebody else writes, as whoever calls tries again later.

        Raises:
            Unavailable: The database does not answer, is full, or somebody else writes all the time.
        """
        with _answering():
            async with AsyncSession(self._writer, expire_on_commit=False) as session:
                await _take_turn(session, _HASTY if hasty else _PATIENT)
                yield session
                await session.commit()

    def _count(self, context: ExceptionContext) -> None:
        error = context.original_exception
        self.errors["locked" if "locked" in str(error) else type(error).__name__] += 1

    def insert_new(self, table: type[SQLModel]) -> Executable:
        """Inserts rows; one that is there already stays as it is."""
        insert = insert_sqlite if self.engine.dialect.name == "sqlite" else insert_postgresql
        return insert(table).on_conflict_do_nothing()

    async def answers(self, within: float = 2.0) -> bool:
        """Whether it answers a query in as many seconds."""
        try:
            async with asyncio.timeout(within), self._reader.connect() as connection:
                await connection.execute(text("SELECT version_num FROM alembic_version"))
        except (SQLAlchemyError, sqlite3.Error, OSError, TimeoutError):
            return False
        return True

    async def close(self) -> None:
        """Let go of every connection."""
        await self.engine.dispose()


class Store:
    """What reads and writes the rows of one feature."""

    def __init__(self, database: Database) -> None:
        self._database = database


@contextmanager
def _answering() -> Generator[None, None, None]:
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        log.warning("the database does not answer: %s", _reason(error))
        broken = later("The connection to the database broke. Look whether what you did was saved, then try again.")
        silent = later("The database does not answer right now. Nothing was changed; try again in a moment.")
        sent = isinstance(error, DBAPIError) and error.connection_invalidated  # it may have arrived
        raise Unavailable(say(broken if sent else silent)) from error


async def _take_turn(session: AsyncSession, tries: int) -> None:
    """Begin the transaction once nobody else writes; raises what the database says when that takes too long."""
    while True:
        tries -= 1
        try:
            await session.connection()
        except OperationalError as error:
            await session.rollback()
            if not tries or "locked" not in str(error.orig):
                raise
        else:
            return


async def open_database(url: str) -> Database:
    """
    Connect to *url* and migrate it to the newest schema.

    Args:
        url: `sqlite:///path`, `sqlite://` (in memory) or `postgresql://user:password@host/name`.

    Raises:
        StartupError: It cannot be reached, written or understood; the sentence never holds the password.
    """
    target = _driver_url(url)
    shown = target.set(drivername=target.get_backend_name()).render_as_string(hide_password=True)
    try:
        if _is_file(target) and "uri" not in target.query:
            file = Path(target.database or "")
            file.parent.mkdir(parents=True, exist_ok=True)
            if not file.exists():
                file.touch(mode=0o600)  # what members ask is nobody else's business on the machine
            _check_whole(file, shown)
        engine = _engine(target)
        try:
            async with engine.connect() as connection:
                came_from = await connection.run_sync(_migrate)
        except BaseException:
            await engine.dispose()
            raise
    except (SQLAlchemyError, sqlite3.Error, OSError, CommandError) as error:
        raise StartupError(f"The database {shown} cannot be used: {_reason(error)}. Check DATABASE_URL.") from None
    return Database(engine, came_from)


@asynccontextmanager
async def opened(url: str) -> AsyncGenerator[Database, None]:
    """The database at *url*, as `open_database` opens it, for as long as the block runs."""
    database = await open_database(url)
    try:
        yield database
    finally:
        await database.close()


def _driver_url(url: str) -> URL:
    try:
        target = make_url(url)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise StartupError(
            "DATABASE_URL is not a database address; write sqlite:///path or postgresql://user:password@host/name."
        ) from None
    scheme = target.drivername.split("+")[0]
    if scheme not in _DRIVERS:
        raise StartupError(f"DATABASE_URL names {scheme}; Caveat knows sqlite and postgresql.")
    return target.set(drivername=_DRIVERS[scheme])


def _is_file(target: URL) -> bool:
    return target.get_backend_name() == "sqlite" and target.database not in (None, "", ":memory:")


def _check_whole(file: Path, shown: str) -> None:
    """Raise `StartupError` for a file that is shorter than its own head says: SQLite would notice late, or never."""
    if not file.is_file():
        return  # SQLite says what it is
    with file.open("rb") as held:
        head = held.read(_HEAD)
    size, pages = int.from_bytes(head[16:18], "big"), int.from_bytes(head[28:32], "big")
    log_of_writes = file.with_name(f"{file.name}-wal")  # what is in it may make the file longer
    waits = log_of_writes.exists() and log_of_writes.stat().st_size
    ours = len(head) == _HEAD and head.startswith(b"SQLite format 3")
    if ours and not waits and file.stat().st_size < (65_536 if size == 1 else size) * pages:
        raise StartupError(f"The database {shown} is cut off. Nothing was changed; restore a backup.")


def _engine(target: URL) -> AsyncEngine:
    if target.get_backend_name() != "sqlite":
        wait = {} if "connect_timeout" in target.query else {"connect_timeout": _CONNECT_WAIT_S}
        return create_async_engine(target, pool_pre_ping=True, json_deserializer=orjson.loads, connect_args=wait)
    one = {} if _is_file(target) else {"poolclass": AsyncAdaptedQueuePool, "pool_size": 1, "max_overflow": 0}
    wait = {"timeout": _SQLITE_WAIT_S}
    engine = create_async_engine(target, json_deserializer=orjson.loads, connect_args=wait, **one)
    where, how = cast("tuple[Any, dict[str, Any]]", engine.dialect.create_connect_args(target))
    sqlite3.connect(*where, **how).close()  # one that fails in the driver leaves a thread that outlives the loop

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _: object) -> None:  # pyright: ignore[reportUnusedFunction] SQLAlchemy calls it
        connection.isolation_level = None  # the driver's own BEGIN comes too late to order two writers
        try:
            for pragma in _SQLITE_PRAGMAS:
                connection.execute(f"PRAGMA {pragma}").close()
        except BaseException:
            connection.close()  # no pool holds it yet
            raise

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:  # pyright: ignore[reportUnusedFunction] SQLAlchemy calls it
        options = connection.get_execution_options()
        writes = options.get(_WRITES)
        if writes:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={options.get(_WAIT_MS, _SQLITE_WAIT_S * 1000)}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _migrate(connection: Connection) -> str | None:
    """Bring the database to the newest schema; the one that it had."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    connection.execution_options(**{_WRITES: True})
    on_sqlite = connection.dialect.name == "sqlite"
    if on_sqlite:  # a table that is rebuilt is dropped first; the switch works outside a transaction only
        _run_raw(connection, "PRAGMA foreign_keys=OFF")
    with connection.begin():
        if not on_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        came_from = MigrationContext.configure(connection).get_current_revision()
        command.upgrade(config, "head")
        connection.execute(
            text("UPDATE alembic_version SET version_num = version_num")
        )  # fails where only reading works
    if on_sqlite:
        _run_raw(connection, "PRAGMA foreign_keys=ON")
    return came_from


def _run_raw(connection: Connection, statement: str) -> None:
    cursor = connection.connection.cursor()
    cursor.execute(statement)
    cursor.close()


def _reason(error: Exception) -> str:
    if isinstance(error, CommandError):
        return "its schema is newer than this version of Caveat"
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    cause = getattr(error, "orig", None) or error
    lines = str(cause).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(cause).__name__
