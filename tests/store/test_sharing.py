"""Several processes on one PostgreSQL database: each has its shards for itself, and all see a write at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import replace
from datetime import time as time_of_day
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from pydantic import ValidationError

from bot.background.refresher import Refresher
from bot.composing import Services, services
from bot.core.briefing.options import Options
from bot.core.briefing.schedules import Rhythm
from bot.core.editing.batches import one_claim
from bot.core.history.postings import Live
from bot.core.history.revisions import Signature
from bot.core.shards import Shards
from bot.errors import StartupError
from bot.store.database import Database, open_database
from bot.store.postings import Postings
from bot.store.schedules import Schedules
from bot.store.sharing import Sharing
from tests.conftest import settings_for
from tests.factories import a_base, a_claim
from tests.proofs import servers
from tests.store.conftest import NOW, Seed

FIRST, SECOND = 1 << 22, 2 << 22
"""Servers of the second and of the first of two shards."""


@pytest.fixture
def shared(postgres: str) -> str:
    """Address of an empty PostgreSQL database."""
    return servers.new_database(postgres)


@asynccontextmanager
async def _process(address: str, shards: str = "", count: str = "") -> AsyncGenerator[Services, None]:
    """What a process on that database holds, following what others write."""
    settings = settings_for(Path("unused"), database_url=address, shard_ids=shards, shard_count=count or None)
    database = await open_database(address)
    its = services(database, a_base([a_claim()]), lambda: NOW, settings)
    following = Refresher(its)
    sharing = Sharing(database, settings.shards)
    async with sharing.holding():
        listening = asyncio.ensure_future(following.follow(sharing))
        try:
            yield its
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
    await its.writes.close(1)
    await database.close()


async def _within(seconds: float, holds: Callable[[], Awaitable[bool]]) -> float:
    """After how long it is so; fails when it takes longer."""
    began = time.monotonic()
    while not await holds():
        assert time.monotonic() - began < seconds, "not in time"
        await asyncio.sleep(0.01)
    return time.monotonic() - began


async def test_a_write_in_one_process_is_seen_by_another_at_once(shared: str) -> None:
    """A claim, settings (roles and four eyes among them) and the watch, without any look at intervals."""
    async with _process(shared, "0", "2") as one, _process(shared, "1", "2") as other:
        (seen,) = (await other.workspaces.open(SECOND)).base.claims.values()
        assert not (await other.setups.held(SECOND)).four_eyes
        await one.workspaces.open(SECOND)

        changed = replace(seen, statement="Troops were wounded there.")
        await one.curation.write(SECOND, one_claim(seen, changed, weighs=True), Signature("1", "Reworded", NOW))
        await one.setups.change(SECOND, lambda setup: replace(setup, four_eyes=True, moderators=(7,)), "1", "Set")
        await one.watch.switch(SECOND, 5, on=True)

        async def all_seen() -> bool:
            base, setup = (await other.workspaces.open(SECOND)).base, await other.setups.held(SECOND)
            reworded = base.claims[seen.number].statement == changed.statement
            return reworded and setup.four_eyes and setup.moderators == (7,) and other.watch.watches(5)

        await _within(30, all_seen)


def _cut(address: str) -> None:
    """End every connection on which a process listens and has its shards."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'caveat %'"
        )


async def test_what_was_written_while_the_connection_was_cut_is_seen_after_it(shared: str) -> None:
    """A database that went away and came back is heard again, and looked through once."""
    async with _process(shared, "0", "2") as one, _process(shared, "1", "2") as other:
        (seen,) = (await other.workspaces.open(SECOND)).base.claims.values()
        await one.workspaces.open(SECOND)
        _cut(shared)
        changed = replace(seen, statement="Troops were wounded there.")
        await one.curation.write(SECOND, one_claim(seen, changed, weighs=True), Signature("1", "Reworded", NOW))

        async def heard() -> bool:
            return (await other.workspaces.open(SECOND)).base.claims[seen.number].statement == changed.statement

        await _within(30, heard)


@pytest.mark.parametrize(("second", "of"), [("0", "2"), ("0,1", "2"), ("", "")])
async def test_a_process_waits_while_another_one_has_its_shards(shared: str, second: str, of: str) -> None:
    """Two on one shard would both answer: the second one stands by, and goes on when the first is gone."""
    async with AsyncExitStack() as first:
        await first.enter_async_context(_process(shared, "0", "2"))
        standing_by = _process(shared, second, of)
        waiting = asyncio.ensure_future(standing_by.__aenter__())
        await asyncio.sleep(0.6)
        assert not waiting.done()
    await asyncio.wait_for(waiting, 30)
    await standing_by.__aexit__(None, None, None)


async def test_who_lost_its_shards_while_the_database_was_away_stops(shared: str) -> None:
    """Another process has them by now, and answers."""
    database = await open_database(shared)
    first = Sharing(database, Shards())
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(first.holding())
        listening = asyncio.ensure_future(_until_it_ends(first))
        rival = await stack.enter_async_context(await psycopg.AsyncConnection.connect(shared, autocommit=True))
        waiting = asyncio.ensure_future(rival.execute(_LOCK_ALL))
        await _within(5, lambda: asyncio.to_thread(_somebody_waits, shared))
        _cut(shared)
        with pytest.raises(StartupError, match="Another process took over all shards"):
            await asyncio.wait_for(listening, 30)
        await waiting
    await database.close()


_LOCK_ALL = """
    SELECT pg_advisory_lock((classid::bigint << 32) | objid::bigint)
    FROM pg_locks WHERE locktype = 'advisory' AND granted
"""
"""Whoever waits in the database's own queue comes before whoever connects anew."""


def _somebody_waits(address: str) -> bool:
    with psycopg.connect(address, autocommit=True) as connection:
        return connection.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone() is not None


async def _until_it_ends(sharing: Sharing) -> None:
    async with aclosing(sharing.changes()) as changes:
        async for _ in changes:
            pass


async def test_slots_and_live_briefings_go_to_the_process_that_has_the_server(database: Database, put: Seed) -> None:
    """Another one is not connected to it, and could not post there; on both kinds of database."""
    for workspace in (FIRST, SECOND):
        await put(a_base([a_claim()]), workspace)
    daily = Rhythm(time_of_day(8), "UTC", frozenset(range(7)))
    for workspace in (FIRST, SECOND):
        await Schedules(database).add(workspace, 5, "", daily, options=Options(), who="1", now=NOW)
        await Postings(database).pin(Live(workspace, workspace, 5, "", 1, NOW))
    tomorrow = NOW + timedelta(days=1)

    for shard, workspace in ((1, FIRST), (0, SECOND)):
        ours = Shards(frozenset({shard}), 2)
        (due,) = await Schedules(database, shards=ours).take(tomorrow, "a process")
        assert due.schedule.workspace == workspace
        assert [live.workspace for live in await Postings(database, ours).live()] == [workspace]


def test_shards_are_read_as_people_write_them() -> None:
    """Numbers and ranges; what does not go together is named."""
    shards = settings_for(Path("unused"), shard_ids="0,2-3", shard_count="4").shards
    assert [shards.has(number << 22) for number in range(4)] == [True, False, True, True]
    for ids, count in (("4", "4"), ("x", "4"), ("0", None), ("", "4"), ("3-1", "4")):
        with pytest.raises(ValidationError):
            settings_for(Path("unused"), shard_ids=ids, shard_count=count)
