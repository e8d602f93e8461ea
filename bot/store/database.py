"""Opening the database: SQLite or PostgreSQL, migrated to the newest schema."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import StartupError

MIGRATIONS = Path(__file__).parent / "migrations"
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_SQLITE_WAIT_MS = 10_000
_WRITES = "caveat_writes"


class Database:
    """An open database. Sessions roll back unless committed."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine

    @asynccontextmanager
    async def session(self) -> AsyncGenerator[AsyncSession, None]:
        """A session to read with; what is written in it is rolled back."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[AsyncSession, None]:
        """A session to write with: committed at the end of the block, rolled back when it raises."""
        writer = self.engine.execution_options(**{_WRITES: True})
        async with AsyncSession(writer, expire_on_commit=False) as session, session.begin():
            yield session

    async def close(self) -> None:
        """Let go of every connection."""
        await self.engine.dispose()


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
        if target.get_backend_name() == "sqlite" and target.database:
            Path(target.database).parent.mkdir(parents=True, exist_ok=True)
        engine = _engine(target)
    except OSError as error:
        raise StartupError(
            f"The database {shown} cannot be used: {error.strerror or error}. Check DATABASE_URL."
        ) from None
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_migrate)
    except (SQLAlchemyError, OSError, CommandError) as error:
        await engine.dispose()
        raise StartupError(f"The database {shown} cannot be used: {_reason(error)}. Check DATABASE_URL.") from None
    return Database(engine)


def _driver_url(url: str) -> URL:
    try:
        target = make_url(url)
    except ArgumentError:
        raise StartupError(
            "DATABASE_URL is not a database address; write sqlite:///path or postgresql://…."
        ) from None
    scheme = target.drivername.split("+")[0]
    if scheme not in _DRIVERS:
        raise StartupError(f"DATABASE_URL names {scheme}; Caveat knows sqlite and postgresql.")
    return target.set(drivername=_DRIVERS[scheme])


def _engine(target: URL) -> AsyncEngine:
    if target.get_backend_name() != "sqlite":
        return create_async_engine(target, pool_pre_ping=True)
    in_memory = not target.database or target.database == ":memory:"
    engine = create_async_engine(target, **({"poolclass": StaticPool} if in_memory else {}))

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _: object) -> None:  # pyright: ignore[reportUnusedFunction] SQLAlchemy calls it
        connection.isolation_level = None  # the driver's own BEGIN comes too late to order two writers
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={_SQLITE_WAIT_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:  # pyright: ignore[reportUnusedFunction] SQLAlchemy calls it
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _migrate(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _reason(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return str(cause).strip().splitlines()[0].rstrip(".") if str(cause).strip() else type(cause).__name__
