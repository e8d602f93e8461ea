"""
Whether processes that share Discord's shards on one PostgreSQL lose or double anything when any of them is killed.

    python -m tests.proofs.shards [--kills 40] [--seed 1]

Two processes have a shard each, two more stand by for them. Questions are asked in servers of both shards all the
time and briefings are due in both. Every few seconds one of the four is killed with SIGKILL and a new one is started,
which stands by. A question that Discord could hand to a process must be answered once, unless that process was killed
then; none may be answered twice, and every slot is posted once. Exits 1 otherwise.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from signal import SIGKILL

from bot.files.factfile import load
from bot.store.database import Database, open_database
from bot.store.seed import seed
from tests.loopback import Loopback
from tests.loopback.payloads import CHANNELS, OTHER_CHANNELS, OTHER_SERVER, SERVER
from tests.loopback.process import ROOT, Process
from tests.proofs.scene import Scene
from tests.proofs.servers import Server, new_database, server_of_our_own
from tests.proofs.slots import Wanted, judge, posts_in, put, report, waiting

_QUIET = 96
"""Channels from this one on are for briefings, those before for questions."""
_BETWEEN_S = (1.0, 4.0)
_LEASE_S = 120.0
_PATIENCE_S = 60.0


class Fleet:
    """The processes: for each shard one that has it and one that stands by."""

    def __init__(self, scene: Scene, stack: AsyncExitStack, chance: random.Random) -> None:
        self._scene, self._stack, self._chance = scene, stack, chance
        self._of: dict[int, list[Process]] = {0: [], 1: []}
        self.takeovers: list[float] = []

    async def start(self, shard: int) -> None:
        """One more process for a shard."""
        running = self._scene.running(SHARD_IDS=str(shard), SHARD_COUNT="2")
        self._of[shard].append(await self._stack.enter_async_context(running))

    async def begin(self) -> None:
        """Two processes with a shard each, then one more for each."""
        for shard in (0, 1):
            await self.start(shard)
            await self.until_served(shard)
        for shard in (0, 1):
            await self.start(shard)

    async def until_served(self, shard: int) -> float:
        """Seconds until a process receives the events of a shard."""
        began = time.monotonic()
        while not self._scene.discord.gateway.live(shard):
            if time.monotonic() - began > _PATIENCE_S:
                logs = "\n".join(each.log[-800:] for each in self._of[shard])
                raise AssertionError(f"nobody has shard {shard}: {logs}")
            await asyncio.sleep(0.02)
        return time.monotonic() - began

    async def kill(self) -> None:
        """Kill any one of them; whoever stands by goes on, and a new one stands by."""
        shard = self._chance.choice((0, 1))
        victim = self._of[shard].pop(self._chance.randrange(len(self._of[shard])))
        self._scene.excused = True
        await victim.stop(SIGKILL)
        await asyncio.sleep(0.1)  # Discord notices
        self._scene.lost_with_process()
        self._scene.excused = False
        self.takeovers.append(await self.until_served(shard))
        await self.start(shard)


async def run(server: Server, folder: Path, kills: int, seed_: int) -> int:
    """Kill so many, print what came of it, and give the exit status."""
    chance, wanted = random.Random(seed_), list[Wanted]()
    async with Loopback(keep=False) as discord:
        discord.gateway.servers = (SERVER, OTHER_SERVER)
        discord.rest.remembered = sys.maxsize
        scene = Scene(discord, folder, channels=(*CHANNELS[:_QUIET], *OTHER_CHANNELS[:_QUIET]))
        scene.address = new_database(server.address)
        database = await open_database(scene.address)
        base = load(ROOT / "data").base
        for each in (0, SERVER, OTHER_SERVER):
            await seed(database, each, base, now=datetime.now(UTC))
        async with AsyncExitStack() as stack:
            fleet = Fleet(scene, stack, chance)
            await fleet.begin()
            async with scene.load():
                for _ in range(kills):
                    wanted += await _schedules(database, chance)
                    await asyncio.sleep(chance.uniform(*_BETWEEN_S))
                    await fleet.kill()
            tally = await scene.settled()
            until = await _posted(database)
            trouble = scene.trouble()
        channels = (*CHANNELS[_QUIET:], *OTHER_CHANNELS[_QUIET:])
        verdict = await judge(
            database, wanted, posts_in([m for c in channels for m in discord.rest.in_channel(c)]), until
        )
        await database.close()
    usual = statistics.median(fleet.takeovers)
    print(f"{kills} kills; a shard was taken over after {usual:.1f} s (median), {max(fleet.takeovers):.1f} s at most")
    print(f"  asked {tally.asked}, of which {tally.unheard} while nobody could hear them, or as somebody was killed")
    print(
        f"  missing: {len(tally.missing)}, answered twice: {len(tally.double)}, troubles in the logs: {len(trouble)}"
    )
    for each in (*tally.missing[:5], *tally.double[:5], *trouble[:5]):
        print(f"    {each}")
    report(verdict)
    return 1 if tally.missing or tally.double or trouble or verdict.wrong else 0


async def _schedules(database: Database, chance: random.Random) -> list[Wanted]:
    now = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1)
    found: list[Wanted] = []
    for server, channels in ((SERVER, CHANNELS), (OTHER_SERVER, OTHER_CHANNELS)):
        due = [(chance.choice(channels[_QUIET:]), now + timedelta(seconds=each), "kursk") for each in range(2)]
        found += await put(database, server, due)
    return found


async def _posted(database: Database) -> datetime:
    """Wait until everything that is due is posted, also what a killed process had a lease of."""
    until = time.monotonic() + _LEASE_S + _PATIENCE_S
    while await waiting(database, datetime.now(UTC)) and time.monotonic() < until:
        await asyncio.sleep(0.5)
    return datetime.now(UTC)


def main() -> int:
    """Kill and judge; 1 when anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.shards", description=(__doc__ or "").split("\n")[1])
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="shards") as folder, server_of_our_own() as server:
        if server is None:
            return 1
        return asyncio.run(run(server, Path(folder), chosen.kills, chosen.seed))


if __name__ == "__main__":
    sys.exit(main())
