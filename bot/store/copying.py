"""Whole databases: copied while in use, restored, moved between SQLite and PostgreSQL, and brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncGenerator
from contextlib import aclosing, closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import String, Table, collate, func, insert, make_url, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StartupError
from bot.store.database import MIGRATIONS, Database, opened
from bot.store.schema import METADATA

AT_ONCE = 1_000
_OWNER_ONLY = 0o600


async def back_up(url: str, target: Path) -> int:
    """
    Copy the database at *url* into the SQLite file *target*, as it is at one moment, while others write.

    Returns:
        How many rows the copy holds.

    Raises:
        StartupError: The database cannot be used, *target* exists already, or the copy is not whole.
    """
    if target.exists():
        raise StartupError(f"{target} exists already; name a file that does not.")
    held = _file_of(url)
    if held is None:
        return await move(url, f"sqlite:///{target}")
    if not held.exists():
        raise StartupError(f"There is no database at {held}; check DATABASE_URL.")
    target.parent.mkdir(parents=True, exist_ok=True)
    _copy_file(held, target)
    async with opened(f"sqlite:///{target}") as copy:
        return await size_of(copy)


async def restore(url: str, backup: Path) -> int:
    """
    Put *backup* in the place of what the database at *url* holds. On SQLite also while the bot runs.

    Returns:
        How many rows were put back.

    Raises:
        StartupError: *backup* is none of ours or of a newer Caveat; or the PostgreSQL database is not empty.
    """
    if not backup.is_file():
        raise StartupError(f"There is no file {backup}.")
    held = _file_of(url)
    if held is None:
        return await move(f"sqlite:///{backup}", url)
    held.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=held.parent) as folder:
        trial = Path(folder) / "trial.db"
        _copy_file(backup, trial)
        async with opened(f"sqlite:///{trial}") as whole:  # a newer schema, or a file that is none of ours, ends here
            rows = await size_of(whole)
        if not rows:
            raise StartupError(f"{backup} holds nothing of Caveat; nothing was changed.")
        _copy_file(trial, held)
    return rows


async def move(url: str, to: str) -> int:
    """
    Copy every row of the database at *url* into the empty one at *to*, and compare all of them.

    Returns:
        How many rows there are.

    Raises:
        StartupError: One of them cannot be used, *to* is not empty, or a row differs afterwards.
    """
    async with opened(url) as source, opened(to) as target:
        if await size_of(target):
            raise StartupError("The database to move to is not empty; nothing was written.")
        async with source.session() as session, target.engine.begin() as writing:
            reading = await session.connection()
            for table in METADATA.sorted_tables:  # those that others refer to first
                async for part in parts_of(table, reading):
                    await writing.execute(insert(table), part)
                await follow(table, writing)
            for table in METADATA.sorted_tables:
                await _compare(table, reading, writing)
        return await size_of(target)


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What brought a database to the newest schema: where it stood, where it stands, and each step in a sentence."""

    before: str | None
    after: str
    steps: tuple[str, ...]


async def upgrade(url: str) -> Upgrade:
    """Migrate the database at *url* now and say what that was; raises like `open_database`."""
    async with opened(url) as database:
        before = database.came_from
    script = ScriptDirectory(str(MIGRATIONS))
    head = script.get_current_head() or ""
    steps = [] if before == head else [each.doc for each in script.iterate_revisions(head, before)]
    return Upgrade(before, head, tuple(reversed(steps)))


def _file_of(url: str) -> Path | None:
    """The file of an SQLite database; None for PostgreSQL."""
    target = make_url(url)
    if target.get_backend_name() != "sqlite":
        return None
    if target.database in (None, "", ":memory:"):
        raise StartupError("A database in memory cannot be backed up; set DATABASE_URL to a file.")
    return Path(str(target.database))


def _copy_file(source: Path, target: Path) -> None:
    try:
        target.touch(mode=_OWNER_ONLY)
        with closing(sqlite3.connect(source)) as reading, closing(sqlite3.connect(target)) as writing:
            reading.backup(writing)
            (sound,) = writing.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as error:
        raise StartupError(f"{source} could not be copied to {target}: {error}.") from None
    if sound != "ok":
        raise StartupError(f"{target} is not whole: {sound}.")
    target.chmod(_OWNER_ONLY)


async def size_of(database: Database) -> int:
    """How many rows it holds in all."""
    async with database.engine.connect() as connection:
        counts = [
            await connection.scalar(select(func.count()).select_from(table)) or 0 for table in METADATA.sorted_tables
        ]
    return sum(counts)


async def parts_of(table: Table, connection: AsyncConnection) -> AsyncGenerator[list[dict[str, Any]], None]:
    """All rows of *table*, some at a time, in an order that both kinds of database have."""
    on_postgresql = connection.dialect.name == "postgresql"
    order = [
        collate(column, "C") if on_postgresql and isinstance(column.type, String) else column
        for column in table.primary_key.columns
    ]
    found = await connection.stream(select(table).order_by(*order))
    async for part in found.mappings().partitions(AT_ONCE):
        yield [dict(row) for row in part]


async def _compare(table: Table, reading: AsyncConnection, writing: AsyncConnection) -> None:
    theirs = parts_of(table, writing)
    async with aclosing(theirs):
        async for part in parts_of(table, reading):
            if await anext(theirs, None) != part:
                raise StartupError(f"The table {table.name} differs after the move; nothing was written.")
        if await anext(theirs, None) is not None:
            raise StartupError(f"The table {table.name} has more rows after the move; nothing was written.")


async def follow(table: Table, writing: AsyncConnection) -> None:
    """Let PostgreSQL count on from the largest number that was copied."""
    key = table.autoincrement_column
    if writing.dialect.name != "postgresql" or key is None:
        return
    sequence = await writing.scalar(
        text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": key.name}
    )
    largest = await writing.scalar(select(func.max(key)))
    if sequence and largest:
        await writing.execute(text("SELECT setval(:sequence, :largest)"), {"sequence": sequence, "largest": largest})
