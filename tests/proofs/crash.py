"""
Whether a process that is killed while it writes can leave half a write, or lose one that it had acknowledged.

    python -m tests.proofs.crash [--kills 200] [--on-postgresql 50] [--seed 1]

A child process writes without pause (edits, additions, aliases, imports, proposals and what becomes of them, reviews)
and says after every commit that it is done. It is killed with SIGKILL at a random moment, the database is opened
and every row is checked; then the next child goes on where it died. Exits 1 on any loss.
A kill ends a process, not a machine: a power cut is not proved here.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from asyncio.subprocess import PIPE
from collections import Counter, defaultdict
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from signal import SIGKILL
from typing import Any

from sqlalchemy import text

from bot.store.database import Database, open_database
from bot.store.seed import seed
from tests.proofs.child import BEGUN, WRITTEN, Mark, live
from tests.proofs.remains import Remains
from tests.proofs.servers import new_database, postgres, sqlite_address
from tests.proofs.trail import faults, read_trail

LANES = 2
CLAIMS = 4
LIVES_EACH = 5
"""Children that write to one workspace, one after the other's death."""

_KILL_AFTER_S = (0.05, 0.4)
_PATIENCE_S = 120


@dataclass
class Counted:
    """What happened on one kind of server."""

    kills: int = 0
    acknowledged: Counter[str] = field(default_factory=Counter[str])
    interrupted: int = 0
    interrupted_but_there: int = 0
    losses: list[str] = field(default_factory=list[str])
    seconds: float = 0.0


@dataclass(frozen=True)
class Death:
    """What a child said before it was killed, and how it ended where that was not the kill."""

    begun: Sequence[Mark]
    written: Sequence[Mark]
    wrong: str


class Lane:
    """
    Lives that follow each other on one database.

    Args:
        opening: Held while a database is opened: Alembic migrates one at a time in a process.
    """

    def __init__(self, address: str, chance: random.Random, counted: Counted, opening: asyncio.Lock) -> None:
        self._address, self._chance, self._counted, self._opening = address, chance, counted, opening
        self._written: defaultdict[int, list[Mark]] = defaultdict(list)

    async def run(self, lives: Sequence[int]) -> None:
        """Let every one of *lives* write and die; check after each, and everything once more at the end."""
        for turn, life in enumerate(lives):
            workspace = 1 + turn // LIVES_EACH
            if turn % LIVES_EACH == 0:
                await self._prepare(workspace)
            death = await self._live_and_die(workspace, life)
            self._written[workspace] += death.written
            self._counted.kills += 1
            self._counted.acknowledged.update(mark.what for mark in death.written)
            if death.wrong:
                self._counted.losses.append(f"life {life} ended by itself: {death.wrong}")
            await self._check([workspace], set(death.begun) - set(death.written))
        await self._check(list(self._written), set())

    @asynccontextmanager
    async def _opened(self) -> AsyncGenerator[Database, None]:
        async with self._opening:
            database = await open_database(self._address)
        try:
            yield database
        finally:
            await database.close()

    async def _prepare(self, workspace: int) -> None:
        from tests.factories import a_base, a_claim  # a child, which starts often, has no use for it

        base = a_base(a_claim(number) for number in range(1, CLAIMS + 1))
        async with self._opened() as database:
            await seed(database, workspace, base, now=datetime.now(UTC))

    async def _live_and_die(self, workspace: int, life: int) -> Death:
        command = ("-m", "tests.proofs.crash", "--child", self._address, str(workspace), str(life))
        child = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=PIPE, stderr=PIPE)
        assert child.stdout
        assert child.stderr
        try:
            first = await asyncio.wait_for(child.stdout.readline(), _PATIENCE_S)
            await asyncio.sleep(self._chance.uniform(*_KILL_AFTER_S))
        finally:
            if child.returncode is None:
                child.kill()
        said, complaint = first + await child.stdout.read(), await child.stderr.read()
        ended = await child.wait()
        lines = [line.split() for line in said.decode().split("\n")[:-1]]  # what was cut off was not said
        begun, written = ([Mark.parse(mark) for how, mark in lines if how == each] for each in (BEGUN, WRITTEN))
        return Death(begun, written, "" if ended == -SIGKILL else f"{ended}, {complaint.decode()[-500:]}")

    async def _check(self, workspaces: Sequence[int], open_marks: set[Mark]) -> None:
        counted = self._counted
        async with self._opened() as database:
            await _settled(database)
            counted.losses += await _file_faults(database)
            for workspace in workspaces:
                trail = await read_trail(database, workspace)
                remains = Remains(trail)
                broken = [*faults(trail), *remains.halves(), *remains.missing(self._written[workspace])]
                counted.losses += (f"workspace {workspace} of {database.engine.name}: {each}" for each in broken)
                counted.interrupted += len(open_marks)
                counted.interrupted_but_there += sum(remains.holds(mark) for mark in open_marks)


async def _settled(database: Database) -> None:
    """Return when PostgreSQL has noticed that the child is gone: until then it may still commit for it."""
    if database.engine.dialect.name == "sqlite":
        return
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    async with asyncio.timeout(_PATIENCE_S):
        while await _values(database, others) != [0]:
            await asyncio.sleep(0.01)


async def _file_faults(database: Database) -> list[str]:
    if database.engine.dialect.name != "sqlite":
        return []
    found = [*await _values(database, "PRAGMA integrity_check"), *await _values(database, "PRAGMA foreign_key_check")]
    return [] if found == ["ok"] else [f"the file is damaged: {found}"]


async def _values(database: Database, statement: str) -> list[Any]:
    async with database.session() as session:
        connection = await session.connection()
        return list((await connection.execute(text(statement))).scalars())


async def run(addresses: Sequence[str], kills: int, number: int) -> Counted:
    """Kill *kills* children, those of each address one after the other; *number* seeds every choice."""
    counted, began = Counted(), time.monotonic()
    lives = range(number * 10_000, number * 10_000 + kills)
    chances, opening = (random.Random(f"{number}/{each}") for each in range(len(addresses))), asyncio.Lock()
    lanes = [Lane(address, chance, counted, opening) for address, chance in zip(addresses, chances, strict=True)]
    await asyncio.gather(*(lane.run(lives[each :: len(lanes)]) for each, lane in enumerate(lanes)))
    counted.seconds = time.monotonic() - began
    return counted


def report(name: str, counted: Counted) -> None:
    """Print one server's counts, and every loss."""
    kinds = ", ".join(f"{count} {what}" for what, count in counted.acknowledged.most_common())
    print(f"{name}: {counted.kills} kills in {counted.seconds:.0f} s")
    print(f"  acknowledged writes: {counted.acknowledged.total()} ({kinds})")
    print(
        f"  killed within a write: {counted.interrupted}, of which {counted.interrupted_but_there} are there, whole"
    )
    print(f"  losses: {len(counted.losses)}")
    for loss in counted.losses:
        print(f"    {loss}")


def prove(kills: int, on_postgresql: int, number: int) -> int:
    """Run everything and print it; 1 when anything was lost."""
    results: dict[str, Counted] = {}
    with tempfile.TemporaryDirectory(prefix="crash") as folder, postgres() as server:
        files = [sqlite_address(Path(folder) / f"{each}.db") for each in range(LANES)]
        extra = 0 if server else on_postgresql
        results["SQLite"] = asyncio.run(run(files, kills + extra, number))
        if server:
            databases = [new_database(server) for _ in range(LANES)]
            results["PostgreSQL"] = asyncio.run(run(databases, on_postgresql, number + 1))
    for name, counted in results.items():
        report(name, counted)
    died = sum(counted.kills for counted in results.values())
    lost = sum(len(counted.losses) for counted in results.values())
    print(f"{died} kills (seed {number}): {lost} losses")
    return 1 if lost or died != kills + on_postgresql else 0


def main() -> int:
    """Prove, or be the child."""
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.crash", description=(__doc__ or "").split("\n")[1])
    parser.add_argument("--kills", type=int, default=200, help="on SQLite")
    parser.add_argument("--on-postgresql", type=int, default=50, help="kills beside those, where PostgreSQL starts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", nargs=3, metavar=("ADDRESS", "WORKSPACE", "LIFE"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child:
        address, workspace, life = chosen.child
        asyncio.run(live(address, int(workspace), int(life)))
    return prove(chosen.kills, chosen.on_postgresql, chosen.seed)


if __name__ == "__main__":
    sys.exit(main())
