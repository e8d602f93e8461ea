"""What a server had that the bot left: kept, given back, or removed whole; nothing else can be deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from bot.core.claims import FactBase
from bot.store.briefing_tables import CorrectionRow, DeliveryRow, LiveRow, ScheduleRow
from bot.store.claims import FactBases
from bot.store.database import Database
from bot.store.departures import Departures, rows_of
from bot.store.moderation_tables import (
    ChallengeRow,
    FollowRow,
    IntakeRow,
    MissRow,
    ProposalRow,
    ReceiptRow,
    ReviewRow,
    WaitingRow,
)
from bot.store.schema import METADATA
from bot.store.seed import seed
from bot.store.tables import EntryRevisionRow, WatchNoteRow, WatchRow
from tests.store.conftest import NOW, Run, Seed

LATER = NOW + timedelta(days=30)


async def _counts(database: Database, workspace: int) -> dict[str, int]:
    """How many rows each table has of a workspace."""
    found: dict[str, int] = {}
    async with database.engine.connect() as connection:
        for table in METADATA.sorted_tables:
            rows = select(func.count()).select_from(table).where(rows_of(table, workspace))
            found[table.name] = await connection.scalar(rows) or 0
    return found


async def _fill(database: Database, workspace: int) -> None:
    """A row in every table that seeding leaves empty."""
    own: dict[str, Any] = {"workspace": workspace}
    said: dict[str, Any] = {**own, "who": "1", "made_at": NOW, "reason": "why"}
    posted: dict[str, Any] = {**own, "channel": 1, "message": workspace}
    rows = [
        EntryRevisionRow(**said, kind="topic", key="x", after={}, origin="moderator"),
        ReviewRow(**own, number=8, interval_days=90, due_on=NOW.date()),
        ProposalRow(**said, batch={}),
        IntakeRow(**own, who="1", made_at=NOW, session={}),
        ChallengeRow(**said, number=8, version=1),
        MissRow(**own, id=workspace, asked="what", made_at=NOW),
        ReceiptRow(**posted, number=8, version=1, made_at=NOW),
        FollowRow(**own, person="1", kind="topic", key="x", made_at=NOW),
        WatchRow(**own, channel=1),
        WatchNoteRow(**own, channel=1, number=8, day=NOW.date()),
        ScheduleRow(**own, id=workspace, channel=1, about="", at="08:00", zone="UTC", days="0", who="1", due_at=NOW),
        LiveRow(**posted, about="", revision=1, edited_at=NOW),
        CorrectionRow(**own, channel=1, number=8, version=2, made_at=NOW),
    ]
    async with database.begin() as session:
        session.add_all(rows)
        await session.flush()
        session.add(WaitingRow(miss=workspace, person="1"))
        session.add(DeliveryRow(schedule=workspace, slot=NOW, made_at=NOW))


async def test_every_row_of_a_server_goes_and_no_row_of_another(
    database: Database, put: Seed, base: FactBase
) -> None:
    """Whatever tables there are: one that is added must say whose its rows are."""
    for workspace in (1, 2):
        await put(base, workspace)
        await _fill(database, workspace)
    before = await _counts(database, 2)
    assert all(before.values()), "fill every table"

    departures = Departures(database)
    await departures.mark([1], NOW)
    assert await departures.remove(1, NOW)

    assert await _counts(database, 1) == dict.fromkeys(before, 0)
    assert await _counts(database, 2) == before
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
