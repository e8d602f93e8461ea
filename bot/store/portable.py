"""Everything in one file of JSON lines, for `export --all` and `import --all`: readable without Caveat or SQL."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, cast

from sqlalchemy import JSON, Date, Table, insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StartupError
from bot.store.copying import AT_ONCE, follow, parts_of, size_of
from bot.store.database import opened
from bot.store.schema import METADATA
from bot.store.tables import Moment

_FORM = "caveat-rows"
_OWNER_ONLY = 0o600


async def export_all(url: str, target: Path) -> int:
    """
    Write every row of the database at *url* into *target*, as they are at one moment, a line each.

    The first line names the schema; each other one a table and a row. A name that ends in `.gz` is packed.

    Returns:
        How many rows.

    Raises:
        StartupError: The database cannot be used, or *target* exists already.
    """
    async with opened(url) as database:
        with _new(target) as file:
            async with database.session() as session:
                reading = await session.connection()
                file.write(_line({"form": _FORM, "schema": await _schema(reading)}))
                rows = 0
                for table in METADATA.sorted_tables:
                    async for part in parts_of(table, reading):
                        for row in part:
                            file.write(_line({"table": table.name, "row": row}))
                        rows += len(part)
            file.write(_line({"rows": rows}))
            return rows


async def import_all(url: str, source: Path) -> int:
    """
    Put every row of *source* into the empty database at *url*, and compare all of them; all or nothing.

    Returns:
        How many rows.

    Raises:
        StartupError: *source* is no such file, not whole or of another schema; or the database is not empty.
    """
    async with opened(url) as database:
        if await size_of(database):
            raise StartupError("The database to import into is not empty; nothing was written.")
        try:
            async with database.engine.begin() as writing:
                if writing.dialect.name == "sqlite":
                    await writing.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
                return await _put(source, writing)
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise StartupError(f"{source} is not a whole export of Caveat's: {error}. Nothing was written.") from None


async def _put(source: Path, writing: AsyncConnection) -> int:
    tables = {table.name: table for table in METADATA.sorted_tables}
    with _opened(source) as file:
        lines: Iterator[Any] = map(json.loads, file)
        nothing: dict[str, Any] = {}
        head: dict[str, Any] = next(lines, nothing)
        schema = await _schema(writing)
        if head.get("form") != _FORM or head.get("schema") != schema:
            raise ValueError(f"it is of schema {head.get('schema', 'none')}, and this Caveat's is {schema}")
        rows, end = 0, None
        for table, part in _grouped(lines):
            if table is None:
                end = part
                break
            values = [_read(tables[table], row) for row in part]
            await writing.execute(insert(tables[table]), values)
            rows += len(values)
        if end != rows:
            raise ValueError("its end is missing")
    for table in METADATA.sorted_tables:
        await follow(table, writing)
    await _compare(source, writing)
    return rows


async def _compare(source: Path, writing: AsyncConnection) -> None:
    """Hold what the database has now against the file, row by row in the file's order."""
    with _opened(source) as file:
        lines = map(json.loads, file)
        next(lines)
        for table in METADATA.sorted_tables:
            async for part in parts_of(table, writing):
                for row in part:
                    if next(lines) != json.loads(_line({"table": table.name, "row": row})):
                        raise ValueError(f"the table {table.name} differs after the import")


def _grouped(lines: Iterator[Any]) -> Iterator[tuple[str | None, Any]]:
    """Rows of one table at a time, no more than can be written at once; at the end None and how many there are."""
    table, part = "", cast("list[dict[str, Any]]", [])
    for line in lines:
        if part and (line.get("table") != table or len(part) == AT_ONCE):
            yield table, part
            part = []
        if "rows" in line:
            yield None, line["rows"]
            return
        table = line["table"]
        part.append(line["row"])


def _read(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    if row.keys() != set(table.columns.keys()):
        raise ValueError(f"a row of {table.name} has other columns")
    return {name: _value(table.columns[name].type, value) for name, value in row.items()}


def _value(kind: object, value: Any) -> Any:
    if value is None or isinstance(kind, JSON):
        return value
    if isinstance(kind, Moment):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, date):  # a moment, too
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in a file")


async def _schema(connection: AsyncConnection) -> str:
    return str(await connection.scalar(text("SELECT version_num FROM alembic_version")))


def _new(target: Path) -> IO[str]:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY))
    except FileExistsError:
        raise StartupError(f"{target} exists already; name a file that does not.") from None
    return _open(target, "wt")


def _opened(source: Path) -> IO[str]:
    return _open(source, "rt")


def _open(path: Path, mode: str) -> IO[str]:
    opened = gzip.open if path.suffix == ".gz" else open
    return cast("IO[str]", opened(path, mode, encoding="utf-8"))  # closed by whoever asked for it
