"""What a server had that the bot left: kept, given back, or removed whole; nothing else can be deleted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Table, func, select
from sqlalchemy.exc import DBAPIError

from bot.core.claims import FactBase
from bot.store.claims import FactBases
from bot.store.database import Database
from bot.store.departures import Departures, _belongs
from bot.store.schema import METADATA
from bot.store.seed import seed
from tests.store.conftest import NOW, Run, Seed

LATER = NOW + timedelta(days=30)


async def _count(database: Database, table: Table, workspace: int) -> int:
    async with database.engine.connect() as connection:
        found = select(func.count()).select_from(table).where(_belongs(table, workspace))
        return await connection.scalar(found) or 0


async def _fill(run: Run, workspace: int) -> None:
    """A row in every table that seeding leaves empty."""
    at = "2025-11-15 12:00:00+00:00"
    statements = (
        "INSERT INTO entry_revision (workspace, kind, key, after, origin, who, made_at, reason) "
        f"VALUES (:w, 'topic', 'x', '{{}}', 'moderator', '1', '{at}', 'why')",
        "INSERT INTO review (workspace, number, reviewer, interval_days, reviewed_by, due_on) "
        "VALUES (:w, 8, '', 90, '', '2026-01-01')",
        "INSERT INTO proposal (workspace, number, version, after, who, made_at, reason, state, decided_by) "
        f"VALUES (:w, 8, 1, '{{}}', '1', '{at}', 'why', 'open', '')",
        "INSERT INTO challenge (workspace, number, version, asked, link, who, made_at, reason, state, decided_by, "
        f"outcome) VALUES (:w, 8, 1, '', '', '1', '{at}', 'why', 'open', '', '')",
        f"INSERT INTO miss (id, workspace, asked, made_at) VALUES (:w, :w, 'what', '{at}')",
        "INSERT INTO waiting (miss, person) VALUES (:w, '1')",
        "INSERT INTO receipt (message, number, workspace, channel, version, asked, made_at) "
        f"VALUES (:w, 8, :w, 1, 1, '', '{at}')",
        "INSERT INTO watch (workspace, channel) VALUES (:w, 1)",
        "INSERT INTO watch_note (workspace, channel, number, day) VALUES (:w, 1, 8, '2025-11-15')",
        "INSERT INTO schedule (id, workspace, channel, about, at, zone, days, skip_unchanged, state, why, who, due_at, "
        f"leased_by) VALUES (:w, :w, 1, '', '08:00', 'UTC', '0123456', false, 'active', '', '1', '{at}', '')",
        "INSERT INTO delivery (schedule, slot, state, why, made_at, messages, shown) "
        f"VALUES (:w, '{at}', 'posted', '', '{at}', '[]', '{{}}')",
        "INSERT INTO live (message, workspace, channel, about, revision, edited_at) "
        f"VALUES (:w, :w, 1, '', 1, '{at}')",
        f"INSERT INTO correction (workspace, channel, number, version, made_at) VALUES (:w, 1, 8, 2, '{at}')",
    )
    for statement in statements:
        await run(statement, w=workspace)


async def test_every_row_of_a_server_goes_and_no_row_of_another(
    database: Database, put: Seed, run: Run, base: FactBase
) -> None:
    """Whatever tables there are: one that is added must say whose its rows are."""
    for workspace in (1, 2):
        await put(base, workspace)
        await _fill(run, workspace)
    before = {table.name: await _count(database, table, 2) for table in METADATA.sorted_tables}
    assert all(before.values()), "fill every table"

    departures = Departures(database)
    await departures.mark([1], NOW)
    assert await departures.remove(1, NOW)

    assert {table.name: await _count(database, table, 1) for table in METADATA.sorted_tables} == dict.fromkeys(before, 0)
    assert {table.name: await _count(database, table, 2) for table in METADATA.sorted_tables} == before
    await seed(database, 1, base, now=LATER)
    assert await FactBases(database).load(1) == base


async def test_nothing_goes_of_a_server_that_was_not_left_or_came_back(
    database: Database, put: Seed, run: Run, base: FactBase
) -> None:
    """By the rules here, and by the database's own."""
    await put(base)
    departures = Departures(database)
    assert not await departures.remove(1, LATER)
    await departures.mark([1], LATER)
    assert not await departures.remove(1, NOW)
    await departures.mark([1], LATER + timedelta(days=1))
    assert await departures.everybody() == {1: LATER}
    await departures.mark([1], None)
    assert not await departures.remove(1, LATER)
    assert await departures.everybody() == {1: None}

    with pytest.raises(DBAPIError, match="a revision is immutable"):
        await run("DELETE FROM revision WHERE workspace = 1")
    assert await FactBases(database).load(1) == base
