"""
Whether a bot that is killed around its deliveries can leave a scheduled briefing out, or post one twice.

    python -m tests.proofs.wire [--kills 80] [--seed 1]

The whole bot runs in a process of its own, connected by real sockets to a Discord on 127.0.0.1 that keeps what is
posted, answers late, refuses, loses answers after posting, forgets nonces after minutes, and whose clock is not ours.
The process is killed with SIGKILL at a random moment after it began to work; seconds, the lease or many minutes later
(its clock is set ahead) the next one goes on. Exits 1 when a slot is missing, doubled or told wrongly.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from signal import SIGKILL

from bot.files.factfile import load
from bot.store.database import Database, open_database
from bot.store.schedules import LEASE
from bot.store.seed import seed
from tests.loopback import Loopback, Request, Weather
from tests.loopback.payloads import CHANNELS, SERVER
from tests.loopback.process import ROOT, Process, caveat
from tests.proofs.servers import sqlite_address
from tests.proofs.slots import Message, Posts, Verdict, Wanted, judge, posts_in, put, report, unsettled, waiting

LANES = 3
PROGRAM = Path(__file__).parent / "hurried.py"
_DUE = (3, 8)
_DUE_WITHIN_S = 4.0
_KILL_WITHIN_S = (1.2, 1.2, 4.0)
_MANY, _LONG_S = 60, 20
_SLOWEST_S = 0.12
_CLOCKS_APART = (timedelta(seconds=-2), timedelta(), timedelta(seconds=2))
_ABOUT = ("", "casualties", "mines", "kursk")
_ENOUGH, _PATIENCE_S = 5, 60


@dataclass
class Counted:
    """What happened in all lanes; `fell` counts slots that were open at a kill, by what was posted by then."""

    kills: int = 0
    fell: Counter[str] = field(default_factory=Counter[str])
    weather: Counter[str] = field(default_factory=Counter[str])
    repeats: int = 0
    verdicts: list[Verdict] = field(default_factory=list[Verdict])


class Lane:
    """Lives that follow each other on one database, with a Discord of their own."""

    def __init__(
        self, database: Database, discord: Loopback, folder: Path, chance: random.Random, counted: Counted
    ) -> None:
        self._database, self._discord, self._folder = database, discord, folder
        self._chance, self._counted = chance, counted
        self._ahead = timedelta()
        self._wanted: list[Wanted] = []
        self._faults: list[str] = []
        self._fair = False
        self._working = asyncio.Event()
        discord.weather = self._weather
        discord.rest.remembered = sys.maxsize

    async def run(self, kills: int, apart: timedelta) -> None:
        """Kill so often, let the last one finish, then judge; Discord's clock is *apart* from the bot's."""
        self._discord.rest.clock = lambda: self._now() + apart
        await seed(self._database, SERVER, load(ROOT / "data").base, now=self._now())
        for _ in range(kills):
            await self._put(self._chance.randint(*_DUE))
            await self._live(self._chance.uniform(0, self._chance.choice(_KILL_WITHIN_S)))
            self._counted.kills += 1
            await self._note_fall()
            self._pass_time()
        await self._put(_MANY)
        await self._live(_LONG_S)  # without a kill in between Discord's errors are met by trying again
        until = await self._finish()
        verdict = await judge(self._database, self._wanted, self._posts(), until)
        verdict.faults += self._faults
        self._counted.verdicts.append(verdict)
        self._counted.repeats += self._discord.rest.repeats

    async def _live(self, seconds: float) -> None:
        """Let a process work so long, and kill it."""
        async with self._bot() as process:
            await process.connected(self._discord)
            await asyncio.wait_for(self._working.wait(), _PATIENCE_S)
            await asyncio.sleep(seconds)
            await self._stop(process)

    def _now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def _bot(self) -> AbstractAsyncContextManager[Process]:
        self._working.clear()
        ahead, root = str(self._ahead.total_seconds()), str(ROOT)
        return caveat(self._discord, self._folder, program=PROGRAM, PYTHONPATH=root, CLOCK_AHEAD_S=ahead)

    async def _stop(self, process: Process) -> None:
        ended = await process.stop(SIGKILL)
        if ended != -SIGKILL or "Traceback" in process.log:
            self._faults.append(f"a process ended with {ended} and said: {process.log[-1500:]}")
        while self._discord.gateway.connected.is_set():  # until the server has noticed, too
            await asyncio.sleep(0.01)

    async def _put(self, slots: int) -> None:
        now = self._now().replace(microsecond=0) + timedelta(seconds=1)
        due: list[tuple[int, datetime, str]] = []
        for _ in range(slots):
            first = now + timedelta(seconds=int(self._chance.uniform(0, _DUE_WITHIN_S)))
            if self._chance.random() < 0.1:  # the bot was down for days
                first -= timedelta(days=self._chance.randint(1, 4))
            due.append((self._chance.choice(CHANNELS), first, self._chance.choice(_ABOUT)))
        self._wanted += await put(self._database, SERVER, due)

    def _pass_time(self) -> None:
        """Seconds within the lease, just over it with nonces still known, or until those are forgotten."""
        lease = LEASE.total_seconds()
        ranges = ((0.0, 20.0), (lease, lease + 40), (lease * 2, lease * 6))
        self._ahead += timedelta(seconds=self._chance.uniform(*self._chance.choices(ranges, (4, 4, 3))[0]))

    def _posts(self) -> Posts:
        messages: list[Message] = [each for channel in CHANNELS for each in self._discord.rest.in_channel(channel)]
        return posts_in(messages)

    async def _note_fall(self) -> None:
        posts = self._posts()
        for key in await unsettled(self._database):
            parts = posts.get(key, [])
            where = "before its first message" if not parts else "between its messages"
            self._counted.fell["after its last message" if parts and len(parts) >= parts[0].of else where] += 1

    async def _finish(self) -> datetime:
        """Let everything be settled in fair weather; the moment by which it is."""
        self._fair = True
        for _ in range(_ENOUGH):
            self._ahead += LEASE
            async with self._bot() as process:
                await process.connected(self._discord)
                for _ in range(_PATIENCE_S * 2):
                    until = self._now()
                    if not await waiting(self._database, until):
                        await self._stop(process)
                        return until
                    await asyncio.sleep(0.5)
                await self._stop(process)
        return self._now()

    def _weather(self, request: Request) -> Weather:
        if request.path.endswith(("/commands", "/messages")):  # the clockwork starts right after the commands
            self._working.set()
        if self._fair or not request.path.endswith("/messages"):
            return Weather()
        before, after = (self._chance.uniform(0, _SLOWEST_S) for _ in range(2))
        lot = self._chance.random()
        if lot < 0.05:
            return self._noted(Weather(before, refused=self._chance.choice((500, 502, 503))))
        if lot < 0.15:
            return self._noted(Weather(before, after, lost=self._chance.choice((500, 502, 503, 0))))
        return Weather(before, after)

    def _noted(self, weather: Weather) -> Weather:
        refused = f"refused with {weather.refused}"
        lost = f"answer lost: {weather.lost}" if weather.lost else "connection cut after posting"
        self._counted.weather[refused if weather.refused else lost] += 1
        return weather


async def run(folder: Path, kills: int, number: int) -> Counted:
    """Kill so many processes in all, each lane's one after the other; *number* seeds every choice."""
    counted, opening = Counted(), asyncio.Lock()

    async def one(each: int) -> None:
        place = folder / str(each)
        place.mkdir()
        async with opening:  # Alembic migrates one at a time in a process
            database = await open_database(sqlite_address(place / "caveat.db"))
        try:
            async with Loopback(keep=False) as discord:
                lane = Lane(database, discord, place, random.Random(f"{number}/{each}"), counted)
                await lane.run(len(range(each, kills, LANES)), _CLOCKS_APART[each % len(_CLOCKS_APART)])
        finally:
            await database.close()

    await asyncio.gather(*map(one, range(LANES)))
    return counted


def main() -> int:
    """Kill and judge; 1 when anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.wire", description=(__doc__ or "").split("\n")[1])
    parser.add_argument("--kills", type=int, default=80)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="wire") as folder:
        counted = asyncio.run(run(Path(folder), chosen.kills, chosen.seed))
    print(f"{counted.kills} kills in {time.monotonic() - began:.0f} s (seed {chosen.seed})")
    print(f"  slots open at a kill: {', '.join(f'{count} {where}' for where, count in counted.fell.most_common())}")
    print(f"  Discord: {', '.join(f'{what} {count}x' for what, count in counted.weather.most_common())}")
    print(f"  posts that a nonce showed to be repeats: {counted.repeats}")
    for verdict in counted.verdicts:
        report(verdict)
    return 1 if counted.kills != chosen.kills or any(each.wrong for each in counted.verdicts) else 0


if __name__ == "__main__":
    sys.exit(main())
