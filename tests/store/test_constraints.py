"""The database refuses what the types refuse, from whoever writes past them; history is not rewritten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlmodel import select

from bot.core.claims import Status
from bot.store.database import Database
from bot.store.seed import LOADED
from bot.store.tables import RevisionRow, WorkspaceRow
from tests.factories import a_base, a_claim
from tests.store.conftest import NOW, Run, Seed


@pytest.mark.parametrize("column", ["statement", "claimant", "source", "status"])
@pytest.mark.parametrize("value", ["", "  ", None])
async def test_a_claim_cannot_lose_who_said_it_or_how_far_it_was_checked(
    put: Seed, run: Run, column: str, value: str | None
) -> None:
    """No statement without attribution and verification, not even by SQL."""
    await put(a_base([a_claim()]))

    with pytest.raises(IntegrityError):
        await run(f"UPDATE claim SET {column} = :value", value=value)  # noqa: S608  the names above


@pytest.mark.parametrize("caveats", ["[]", "null", "{}"])
async def test_a_status_that_limits_a_claim_needs_its_caveat(put: Seed, run: Run, caveats: str) -> None:
    """Only “none stated” may stand without the sentence that says who checked what."""
    await put(a_base([a_claim(1), a_claim(2, status=Status.CONTESTED)]))

    with pytest.raises(IntegrityError):
        await run("UPDATE claim SET caveats = :caveats WHERE number = 2", caveats=caveats)
    with pytest.raises(IntegrityError):
        await run("UPDATE claim SET status = 'corroborated' WHERE number = 1")


async def test_a_claim_needs_a_source_that_exists(put: Seed, run: Run) -> None:
    """A claim cannot name a document nobody entered, nor can a document that claims rest on be deleted."""
    await put(a_base([a_claim()]))

    with pytest.raises(IntegrityError):
        await run("UPDATE claim SET source = 'nowhere'")
    with pytest.raises(IntegrityError):
        await run("DELETE FROM source")


async def test_the_first_revision_says_where_a_claim_came_from(database: Database, put: Seed) -> None:
    """A seeded claim's history starts with its whole first state, when it was loaded and why."""
    await put(a_base([a_claim(7)]))

    async with database.session() as session:
        (revision,) = await session.exec(select(RevisionRow))
    assert (revision.number, revision.version, revision.before) == (7, 1, None)
    assert (revision.origin, revision.reason, revision.made_at) == ("base", LOADED, NOW)
    assert revision.after["claimant"] == "ukraine"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM revision",
        "UPDATE revision SET reason = 'better'",
        "UPDATE revision SET version = 2",
        "UPDATE revision SET origin = 'moderator', who = 'x'",
        "UPDATE revision SET after = '{}'",
    ],
)
async def test_a_revision_is_immutable(put: Seed, run: Run, statement: str) -> None:
    """History is neither deleted nor changed."""
    await put(a_base([a_claim()]))

    with pytest.raises(DBAPIError, match="a revision is immutable"):
        await run(statement)


async def test_a_revision_is_not_replaced_or_emptied_either(database: Database, put: Seed, run: Run) -> None:
    """The ways around DELETE that each server has are closed as well."""
    await put(a_base([a_claim()]))
    sqlite = "INSERT OR REPLACE INTO revision SELECT * FROM revision"
    postgresql = "TRUNCATE revision"

    with pytest.raises(DBAPIError, match="a revision is immutable"):
        await run(sqlite if database.engine.dialect.name == "sqlite" else postgresql)


async def test_a_revision_can_forget_who_made_it(put: Seed, run: Run) -> None:
    """A person who asks to be forgotten leaves a tombstone; the change stays."""
    await put(a_base([a_claim()]))
    await run("UPDATE revision SET who = 'somebody who left'")

    assert await run("SELECT who, reason FROM revision") == [("somebody who left", LOADED)]


async def test_a_claim_version_has_one_revision(put: Seed, run: Run) -> None:
    """Two changes cannot both be version 1 of the same claim."""
    await put(a_base([a_claim()]))
    columns = "workspace, number, version, after, origin, who, made_at, reason"

    with pytest.raises(IntegrityError):
        await run(f"INSERT INTO revision ({columns}) SELECT {columns} FROM revision")  # noqa: S608  the names above


async def test_instants_are_kept_aware_and_in_utc(database: Database) -> None:
    """A time comes back as the same instant in UTC; a naive one, which could be any, is refused."""
    seoul = datetime(2025, 11, 15, 21, tzinfo=timezone(timedelta(hours=9)))
    async with database.begin() as session:
        session.add(WorkspaceRow(id=1, joined_at=seoul))
    async with database.session() as session:
        read = (await session.exec(select(WorkspaceRow.joined_at))).one()
    assert (read, read.tzinfo) == (seoul, UTC)

    with pytest.raises(StatementError, match="no time zone"):
        async with database.begin() as session:
            session.add(WorkspaceRow(id=2, joined_at=seoul.replace(tzinfo=None)))


async def test_a_failed_change_leaves_nothing_behind(database: Database) -> None:
    """What a block wrote before it raised is rolled back."""

    async def write_then_fail() -> None:
        async with database.begin() as session:
            session.add(WorkspaceRow(id=1, joined_at=NOW))
            await session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        await write_then_fail()
    async with database.session() as session:
        session.add(WorkspaceRow(id=2, joined_at=NOW))
        await session.flush()
    async with database.session() as session:
        assert (await session.exec(select(WorkspaceRow))).all() == []
