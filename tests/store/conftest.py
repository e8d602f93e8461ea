"""Every store test runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import text

from bot.core.claims import FactBase
from bot.store.database import Database, open_database
from bot.store.seed import Seeded, seed
from tests.proofs import servers

NOW = datetime(2025, 11, 15, 12, tzinfo=UTC)

Seed = Callable[..., Coroutine[Any, Any, Seeded]]
Run = Callable[..., Coroutine[Any, Any, list[tuple[Any, ...]]]]


@pytest.fixture(scope="session")
def postgres() -> Generator[str, None, None]:
    """Address of a PostgreSQL server of our own, for as long as the tests run."""
    with servers.postgres(lasting=False, missing=pytest.skip) as address:
        assert address
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of an empty database of the test's own, on each of the two kinds of server."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/caveat.db"
    server = cast("str", request.getfixturevalue("postgres"))
    name = f"test_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture
async def database(address: str) -> AsyncGenerator[Database, None]:
    """An open, migrated, empty database."""
    opened = await open_database(address)
    yield opened
    await opened.close()


@pytest.fixture
def put(database: Database) -> Seed:
    """Seeds a base into a workspace, 1 unless told otherwise."""

    async def put(base: FactBase, workspace: int = 1) -> Seeded:
        return await seed(database, workspace, base, now=NOW)

    return put


@pytest.fixture
def run(database: Database) -> Run:
    """Runs one SQL statement past the types, commits, and gives the rows it returns."""

    async def run(statement: str, **values: object) -> list[tuple[Any, ...]]:
        async with database.begin() as session:
            connection = await session.connection()
            result = await connection.execute(text(statement), values)
            return [tuple(row) for row in result] if result.returns_rows else []

    return run
