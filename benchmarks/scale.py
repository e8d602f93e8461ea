"""
What a bot costs that is in very many servers, each with a base of its own.

    python -m benchmarks.scale [--servers 10000] [--claims 100] [--megabytes 512] [--walk N]
        [--postgresql]

Fills a database, each server in words of its own as no two are about the same, then starts the bot on it (all but the
connection to Discord) and measures: the start, a walk through all servers with questions in each, one claim changed,
the look for what other processes wrote, and the daily purge of receipts that nobody may keep any longer. Prints each
beside what it may be, and what it takes on disk.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import resource
import tempfile
import time
from collections.abc import AsyncGenerator, Generator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from benchmarks.drawing import Words
from benchmarks.memory import resident
from bot.app import Caveat, composed
from bot.core.claims import FactBase, Wording
from bot.core.editing.batches import one_claim
from bot.core.history.revisions import Signature
from bot.core.records import claim_record, entry_record, source_record
from bot.files.factfile import load
from bot.serving import spare_the_collector
from bot.settings import Settings
from bot.store.database import Database, open_database
from bot.store.moderation_tables import ReceiptRow
from bot.store.seed import digest_of
from bot.store.tables import ClaimRow, EntryRow, SourceRow, WorkspaceRow
from tests.proofs.servers import new_database, postgres, sqlite_address

ROOT = Path(__file__).parents[1]
START_S, TOUCH_MS, SLICE_MS = 5.0, 30.0, 1000.0
"""What a start, a touch and one slice of the purge may take."""
_FIRST = 1 << 40
_AT_ONCE = 50
_RECEIPTS = 200_000
Row = Mapping[str, Any]


@dataclass
class Cost:
    """What something took."""

    seconds: float = 0.0
    cpu: float = 0.0


@contextmanager
def measured() -> Generator[Cost, None, None]:
    """What the block takes: seconds, and CPU seconds of this process in all its threads."""
    cost, began, cpu = Cost(), time.perf_counter(), time.process_time()
    yield cost
    cost.seconds, cost.cpu = time.perf_counter() - began, time.process_time() - cpu


def own_base(base: FactBase, claims: int) -> FactBase:
    """A base of so many claims, made of those of *base* said at other places, without a closed vocabulary."""
    kinds = list(base.claims.values())
    made = {
        number: replace(
            kinds[number % len(kinds)],
            number=number,
            statement=f"{kinds[number % len(kinds)].statement} Report {number} says so.",
            relations=(),
        )
        for number in range(1, claims + 1)
    }
    return replace(base, claims=made, wording=Wording())


async def fill(database: Database, base: FactBase, curated: FactBase, servers: int) -> None:
    """Give each server rows of its own, as if a moderator had written every claim there."""
    now, digest = datetime.now(UTC), digest_of(curated)
    entries = [(position, each) for position, each in enumerate([*base.commands(), *base.metrics.values()])]
    claims = [claim_record(claim) for claim in base.claims.values()]
    sources = [{"key": each.key, "edited": True, **source_record(each)} for each in base.sources.values()]
    for start in range(0, servers, _AT_ONCE):
        some = {each: Words(each) for each in range(_FIRST + start, _FIRST + min(start + _AT_ONCE, servers))}
        rows: list[tuple[Any, Sequence[Row]]] = [
            (WorkspaceRow, [_workspace(each, digest, now) for each in some]),
            (EntryRow, [_entry(each, at, entry, words) for each, words in some.items() for at, entry in entries]),
            (SourceRow, [{"workspace": each, **source} for each in some for source in sources]),
            (ClaimRow, [_claim(each, record, words) for each, words in some.items() for record in claims]),
        ]
        async with database.engine.begin() as connection:
            for table, values in rows:
                await connection.execute(insert(table), values)


def _workspace(number: int, digest: str, now: datetime) -> Row:
    return {"id": number, "joined_at": now, "base_digest": digest, "revision": 1, "settings": {}, "wording": {}}


def _entry(workspace: int, position: int, entry: Any, words: Words) -> Row:
    data = words.instead(entry_record(entry))
    kept = {"retired": False, "edited": True, "name": data["name"], "data": data}
    return {"workspace": workspace, "kind": entry.kind.value, "key": entry.key, "position": position, **kept}


def _claim(workspace: int, record: Row, words: Words) -> Row:
    return {"workspace": workspace, "version": 1, "edited": True, **words.instead(record)}


async def fill_receipts(database: Database, servers: int) -> None:
    """Receipts that are a year old, shared out over the servers."""
    shown, old = min(servers, 100), datetime.now(UTC) - timedelta(days=365)
    async with database.engine.begin() as connection:
        for start in range(0, _RECEIPTS, 5000):
            rows = [
                {
                    "workspace": _FIRST + each % shown,
                    "channel": 5,
                    "message": each + 1,
                    "number": 1,
                    "version": 1,
                    "asked": "casualties",
                    "made_at": old,
                }
                for each in range(start, start + 5000)
            ]
            await connection.execute(insert(ReceiptRow), rows)


def _questions(base: FactBase) -> tuple[str, str]:
    """What people of a server ask, in its own words."""
    metric, place, topic = (next(iter(each.values())).name for each in (base.metrics, base.places, base.topics))
    return f"how many were {metric} in {place}", topic


async def walk(bot: Caveat, servers: int) -> None:
    """Open every server and ask in it; held memory must not grow once it is full."""
    before, slowest = resident(), 0.0
    with measured() as cost:
        for number in range(servers):
            with measured() as touch:
                snapshot = await bot.services.workspaces.open(_FIRST + number)
            slowest = max(slowest, touch.seconds)
            for question in _questions(snapshot.base):
                snapshot.ask(question)
            if (number + 1) % max(1, servers // 10) == 0:
                held, grown = len(bot.services.workspaces.held), resident() - before
                print(f"    {number + 1:6} asked, {held:5} held: {grown / 1e6:4.0f} MB, {grown / held / 1e3:.0f} kB")
    each = cost.cpu / servers * 1e3
    print(f"  a touch with two questions: {each:.1f} ms CPU; the slowest opening {slowest * 1e3:.0f} ms")


async def touches(bot: Caveat, servers: int) -> tuple[float, float]:
    """CPU milliseconds that opening one server costs; and those with its first question."""
    count = min(200, servers)
    for number in range(servers - count, servers):
        bot.services.workspaces.forget(_FIRST + number)
    opening = asking = 0.0
    for number in range(servers - count, servers):
        with measured() as cost:
            snapshot = await bot.services.workspaces.open(_FIRST + number)
        opening += cost.cpu
        with measured() as cost:
            snapshot.ask(_questions(snapshot.base)[0])
        asking += cost.cpu
    return opening / count * 1e3, (opening + asking) / count * 1e3


async def writes(bot: Caveat, servers: int) -> tuple[float, float]:
    """Milliseconds and CPU milliseconds from saving one claim until it answers."""
    count = min(100, servers)
    its = bot.services
    for number in range(count):
        await its.workspaces.open(_FIRST + number)
    with measured() as cost:
        for number in range(count):
            base = its.workspaces.opened(_FIRST + number) or await its.workspaces.open(_FIRST + number)
            seen = next(iter(base.base.claims.values()))
            changed = replace(seen, statement=f"{seen.statement} It was said again.")
            signed = Signature("1", "Said again", datetime.now(UTC))
            await its.curation.write(_FIRST + number, one_claim(seen, changed, weighs=False), signed)
    await its.consequences.settle()
    return cost.seconds / count * 1e3, cost.cpu / count * 1e3


async def purge(bot: Caveat) -> tuple[float, float]:
    """Seconds that the purge takes, and the longest for which somebody else who writes had to wait meanwhile."""
    longest = 0.0
    purging = asyncio.ensure_future(bot.services.corrections.purge())
    began = time.perf_counter()
    while not purging.done():
        at = time.perf_counter()
        async with bot.database.begin() as session:
            row = await session.get(WorkspaceRow, _FIRST)
            if row is not None:
                row.left_at = None
        longest = max(longest, time.perf_counter() - at)
        await asyncio.sleep(0.02)
    await purging
    return time.perf_counter() - began, longest


@asynccontextmanager
async def _started(settings: Settings) -> AsyncGenerator[tuple[Caveat, Cost], None]:
    began, cpu = time.perf_counter(), time.process_time()
    async with composed(settings) as bot:
        yield bot, Cost(time.perf_counter() - began, time.process_time() - cpu)


async def run(address: str, servers: int, claims: int, megabytes: int, walked: int) -> bool:
    """Fill and measure; whether everything is as it may be."""
    settings = Settings(database_url=address, snapshot_megabytes=megabytes, fact_base=ROOT / "data")
    curated = load(ROOT / "data").base
    database = await open_database(address)
    empty = await _size(database, address)
    with measured() as filling:
        await fill(database, own_base(curated, claims), curated, servers)
    size = await _size(database, address) - empty
    await fill_receipts(database, servers)
    receipts = await _size(database, address) - empty - size
    await database.close()
    print(f"  filled in {filling.seconds:.0f} s: {size / servers / 1e3:.0f} kB a server, ", end="")
    print(f"{size / servers / claims:.0f} bytes a claim with its share; {receipts / _RECEIPTS:.0f} bytes a receipt")
    gc.collect()
    async with _started(settings) as (bot, start):
        print(f"  start: {start.seconds:.2f} s, {start.cpu:.2f} s CPU (at most {START_S:.0f} s)")
        spare_the_collector()
        await walk(bot, walked)
        opening, touch = await touches(bot, walked)
        print(f"  a touch: {opening:.1f} ms CPU, {touch:.1f} with its first question (at most {TOUCH_MS:.0f})")
        with measured() as look:
            await bot.refresher.look()
        print(f"  a look for what others wrote: {look.seconds * 1e3:.0f} ms, {look.cpu * 1e3:.0f} ms CPU")
        wrote, cpu = await writes(bot, walked)
        print(f"  one claim saved: {wrote:.1f} ms, {cpu:.1f} ms CPU until it answers")
        seconds, waited = await purge(bot)
        print(f"  purge of {_RECEIPTS} receipts: {seconds:.1f} s; a writer beside it waited {waited * 1e3:.0f} ms")
        print(f"  most memory at any time: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")
    return start.seconds <= START_S and touch <= TOUCH_MS and waited * 1e3 <= SLICE_MS


async def _size(database: Database, address: str) -> float:
    """Bytes on disk."""
    async with database.engine.connect() as connection:
        if address.startswith("sqlite"):
            pages = await connection.scalar(text("PRAGMA page_count")) or 0
            return float(pages * (await connection.scalar(text("PRAGMA page_size")) or 0))
        return float(await connection.scalar(text("SELECT pg_database_size(current_database())")) or 0)


def main() -> int:
    """Read the command line and measure; 1 when something is above what it may be."""
    parser = argparse.ArgumentParser(description="What a bot costs that is in very many servers.")
    parser.add_argument("--servers", type=int, default=10_000)
    parser.add_argument("--claims", type=int, default=100)
    parser.add_argument("--megabytes", type=int, default=512)
    parser.add_argument("--walk", type=int, default=None, help="ask in so many of the servers only")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL of its own instead of SQLite")
    chosen = parser.parse_args()
    asked = chosen.servers, chosen.claims, chosen.megabytes, chosen.walk or chosen.servers
    with tempfile.TemporaryDirectory(prefix="scale") as folder:
        if not chosen.postgresql:
            print(f"SQLite, {chosen.servers} servers of {chosen.claims} claims")
            return 0 if asyncio.run(run(sqlite_address(Path(folder) / "caveat.db"), *asked)) else 1
        with postgres() as server:
            if server is None:
                return 1
            print(f"PostgreSQL, {chosen.servers} servers of {chosen.claims} claims")
            return 0 if asyncio.run(run(new_database(server), *asked)) else 1


if __name__ == "__main__":
    raise SystemExit(main())
