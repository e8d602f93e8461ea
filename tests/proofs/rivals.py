"""
Whether bots that share one database can post a scheduled briefing twice, or each leave it to the other.

    python -m tests.proofs.rivals [--slots 1000] [--processes 2 3] [--seed 1]

Two, then three whole bots run in processes of their own on one database, SQLite in a file and PostgreSQL, while 1,000
slots fall due in bunches. Each is connected to a Discord of its own, so that no nonce and no stamp keeps one from
posting what another has posted: leases alone do. Exits 1 when a slot is missing, doubled or told wrongly.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.files.factfile import load
from bot.store.database import Database, open_database
from bot.store.seed import seed
from tests.loopback import Loopback, Request, Weather
from tests.loopback.payloads import CHANNELS, SERVER
from tests.loopback.process import ROOT, Process, caveat
from tests.proofs.servers import new_database, postgres, sqlite_address
from tests.proofs.slots import Message, Verdict, Wanted, judge, posts_in, put, report, waiting

_BUNCHES = (8, 8, 8, 8, 120)
_APART_S = (1, 2)
_SLOWEST_S = 0.05
_PATIENCE_S = 300
_ABOUT = ("casualties", "mines", "kursk")


@dataclass(frozen=True)
class Outcome:
    """What came of the slots, how many messages each process posted, and how many moments they shared."""

    verdict: Verdict
    shares: Sequence[int]
    moments: int
    shared: int
    seconds: float


async def run(address: str, processes: int, slots: int, chance: random.Random) -> Outcome:
    """Let so many processes deliver so many slots from the database at *address*."""
    began = time.monotonic()
    database = await open_database(address)
    try:
        await seed(database, SERVER, load(ROOT / "data").base, now=datetime.now(UTC))
        async with AsyncExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rivals")))
            discords = [await stack.enter_async_context(Loopback(keep=False)) for _ in range(processes)]
            for discord in discords:
                discord.rest.remembered = sys.maxsize
                discord.weather = _weather(chance)
            bots = [
                await stack.enter_async_context(caveat(each, folder, DATABASE_URL=address, REFRESH_SECONDS="1"))
                for each in discords
            ]
            for bot, discord in zip(bots, discords, strict=True):
                await bot.connected(discord)
            wanted = await put(database, SERVER, _due(slots, chance))
            until = await _all_settled(database, wanted)
            faults = [fault for bot in bots for fault in await _stopped(bot)]
        return await _outcome(database, wanted, discords, until, faults, time.monotonic() - began)
    finally:
        await database.close()


def _weather(chance: random.Random) -> Callable[[Request], Weather]:
    def weather(_: Request) -> Weather:
        return Weather(chance.uniform(0, _SLOWEST_S), chance.uniform(0, _SLOWEST_S))

    return weather


def _due(slots: int, chance: random.Random) -> list[tuple[int, datetime, str]]:
    """So many slots, in bunches of the same second: all wake for it, and one that takes many leaves some."""
    moment = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=5)
    due: list[tuple[int, datetime, str]] = []
    while len(due) < slots:
        bunch = min(slots - len(due), chance.choice(_BUNCHES))
        due += ((chance.choice(CHANNELS), moment, chance.choice(_ABOUT)) for _ in range(bunch))
        moment += timedelta(seconds=chance.randint(*_APART_S))
    return due


async def _all_settled(database: Database, wanted: Sequence[Wanted]) -> datetime:
    """Wait until nothing is due any more, as long as patience lasts; the moment by which."""
    last = max(each.first for each in wanted)
    end = last + timedelta(seconds=_PATIENCE_S)
    while (now := datetime.now(UTC)) < end and (now <= last or await waiting(database, now)):
        await asyncio.sleep(0.5)
    return now


async def _stopped(bot: Process) -> list[str]:
    ended = await bot.stop()
    return [f"a process ended with {ended} and said: {bot.log[-1500:]}"] if ended or "Traceback" in bot.log else []


async def _outcome(
    database: Database,
    wanted: Sequence[Wanted],
    discords: Sequence[Loopback],
    until: datetime,
    faults: Sequence[str],
    seconds: float,
) -> Outcome:
    each: list[list[Message]] = [
        [message for channel in CHANNELS for message in discord.rest.in_channel(channel)] for discord in discords
    ]
    verdict = await judge(database, wanted, posts_in(message for messages in each for message in messages), until)
    verdict.faults += faults
    at_work = [{slot for _, slot in posts_in(messages)} for messages in each]
    moments = set[datetime]().union(*at_work)
    shared = sum(sum(moment in some for some in at_work) > 1 for moment in moments)
    return Outcome(verdict, [len(messages) for messages in each], len(moments), shared, seconds)


def main() -> int:
    """Run every number of processes on every kind of server; 1 when anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.rivals", description=(__doc__ or "").split("\n")[1])
    parser.add_argument("--slots", type=int, default=1000)
    parser.add_argument("--processes", type=int, nargs="+", default=(2, 3))
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="rivals") as folder, postgres() as server:
        for processes in chosen.processes:
            addresses = {"SQLite": sqlite_address(Path(folder) / f"{processes}.db")}
            if server:
                addresses["PostgreSQL"] = new_database(server)
            for name, address in addresses.items():
                chance = random.Random(f"{chosen.seed}/{processes}/{name}")
                outcome = asyncio.run(run(address, processes, chosen.slots, chance))
                shares = " + ".join(map(str, outcome.shares))
                print(f"{name}, {processes} processes, {outcome.seconds:.0f} s: {shares} messages")
                print(f"  moments with slots: {outcome.moments}, of which several were at {outcome.shared}")
                report(outcome.verdict)
                wrong += len(outcome.verdict.wrong) + abs(outcome.verdict.slots - chosen.slots)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
