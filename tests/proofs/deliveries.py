"""
Every slot of a scheduled briefing is posted once: through kills at random moments, and with rivals on one database.

    python -m tests.proofs.deliveries --kills 200     one process, killed and started again
    python -m tests.proofs.deliveries --rivals 2      two at once, 1,000 slots

The store, the composing and the posting are the bot's own; Discord is a file that outlives the processes, keeps every
message, and forgets nonces at once, so that nothing but leases and stamps stands between a slot and a second post.
Time runs 14,400 times as fast: a second is four hours.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from datetime import time as wall_time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import discord

from bot.background.sender import Postman
from bot.core.briefing.options import Options
from bot.core.briefing.schedules import Rhythm
from bot.services.answers import Workspaces
from bot.services.briefings import Briefings, Deliveries
from bot.services.receipts import Receipts
from bot.services.setups import Setups
from bot.services.write_queue import WriteQueue
from bot.store import past, queues, receipts, schedules, setups
from bot.store.claims import FactBases
from bot.store.database import Database, open_database
from bot.store.seed import seed
from tests.factories import a_base, a_claim, a_figure

SPEED = 14_400
START = datetime(2026, 1, 1, tzinfo=UTC)
LEASE = timedelta(hours=8)
SCHEDULES = 24
CHANNEL = 7
_DAY = frozenset(range(7))


class Archive:
    """What was posted, in a file: the Discord of this proof."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._open() as file:
            file.execute("CREATE TABLE IF NOT EXISTS message (id INTEGER PRIMARY KEY, stamp TEXT)")

    @contextlib.contextmanager
    def _open(self) -> Any:
        file = sqlite3.connect(self._path, timeout=30)
        try:
            with file:
                yield file
        finally:
            file.close()

    def post(self, stamp: str) -> int:
        """Keep a message; its id."""
        with self._open() as file:
            return int(file.execute("INSERT INTO message (stamp) VALUES (?)", (stamp,)).lastrowid)

    def messages(self) -> list[tuple[int, str]]:
        """Everything that was ever posted."""
        with self._open() as file:
            return list(file.execute("SELECT id, stamp FROM message"))


class Channel(discord.TextChannel):
    """A channel that posts into the archive, slowly, so that a kill can fall before, within and after."""

    def __init__(self, archive: Archive, chance: random.Random) -> None:  # pyright: ignore[reportMissingSuperCall] it is none of discord.py's making
        self._archive = archive
        self._chance = chance
        self.id = CHANNEL
        self.guild = SimpleNamespace(id=1, me=None)  # pyright: ignore[reportAttributeAccessIssue] as much of one as is asked for
        self._type = 0

    def permissions_for(self, *_: Any) -> discord.Permissions:
        """Everything is allowed."""
        return discord.Permissions.all()

    async def send(self, *_: Any, embeds: list[discord.Embed], **__: Any) -> Any:
        """Post, after a while and with a while after."""
        await asyncio.sleep(self._chance.uniform(0, 0.05))
        posted = self._archive.post(embeds[-1].footer.text or "")
        await asyncio.sleep(self._chance.uniform(0, 0.05))
        return SimpleNamespace(id=posted)

    async def history(self, **_: Any) -> AsyncIterator[Any]:
        """Every message there is."""
        for number, stamp in self._archive.messages():
            footer = SimpleNamespace(text=stamp)
            yield SimpleNamespace(
                id=number, content="", embeds=[SimpleNamespace(footer=footer)], author=SimpleNamespace(id=1)
            )


class Rig:
    """One process's bot, without a gateway."""

    def __init__(self, database: Database, archive: Archive, began: float, seed_: int) -> None:
        chance = random.Random(seed_)
        channel = Channel(archive, chance)
        client: Any = SimpleNamespace(get_channel={CHANNEL: channel}.get, user=SimpleNamespace(id=1))
        self._began = began
        workspaces = Workspaces(FactBases(database), self._prepare)
        self._settings = Setups(workspaces, setups.Setups(database), self.now)
        store = schedules.Schedules(database, LEASE)
        self.deliveries = Deliveries(store, self.now, f"{os.getpid()}-{seed_}")
        self._briefings = Briefings(
            workspaces, store, past.Past(database), queues.Queues(database), self._settings, self.now
        )
        notes = Receipts(receipts.Receipts(database), WriteQueue(), self.now)
        its: Any = SimpleNamespace(
            briefings=self._briefings,
            deliveries=self.deliveries,
            setups=self._settings,
            receipts=notes,
            clock=self.now,
        )
        self._postman = Postman(client, its)

    def now(self) -> datetime:
        """The hurried present."""
        return START + timedelta(seconds=(time.time() - self._began) * SPEED)

    async def _prepare(self, _: int) -> None:
        """The workspace is there already."""

    async def work(self, until: datetime) -> None:
        """Deliver what is due until then."""
        while self.now() < until:
            for due in await self.deliveries.take():
                await self._postman.deliver(due)
            await asyncio.sleep(0.01)


async def prepare(database: Database) -> None:
    """A small base and a schedule for every hour of the day."""
    base = a_base(a_claim(number, figures=(a_figure(low=6000),)) for number in range(1, 13))
    await seed(database, 1, base, now=START)
    store = schedules.Schedules(database, LEASE)
    for hour in range(SCHEDULES):
        rhythm = Rhythm(wall_time(hour), "UTC", _DAY)
        await store.add(1, CHANNEL, "", rhythm, options=Options(), who="1", now=START - timedelta(seconds=1))


def child(folder: Path, began: float, until: datetime, seed_: int) -> int:
    """Fork a process that delivers; its id."""
    pid = os.fork()
    if pid:
        return pid

    async def run() -> None:
        database = await open_database(f"sqlite:///{folder / 'caveat.db'}")
        try:
            await Rig(database, Archive(folder / "discord.db"), began, seed_).work(until)
        finally:
            await database.close()

    try:
        asyncio.run(run())
    finally:
        os._exit(0)


def judge(folder: Path, until: datetime) -> tuple[int, int, int, int]:
    """Slots that were due, messages posted, slots missing, messages posted twice."""
    with contextlib.closing(sqlite3.connect(folder / "caveat.db")) as file:
        rows = file.execute("SELECT schedule, slot, state FROM delivery").fetchall()
    state = {(number, datetime.fromisoformat(slot).replace(tzinfo=UTC)): each for number, slot, each in rows}
    stamps = Counter(stamp.split("briefing ")[1] for _, stamp in Archive(folder / "discord.db").messages())
    posted = {stamp.split(" · part")[0] for stamp in stamps}
    due = missing = 0
    for number in range(1, SCHEDULES + 1):
        rhythm = Rhythm(wall_time(number - 1), "UTC", _DAY)
        for slot in rhythm.due_between(START - timedelta(seconds=1), until):
            due += 1
            settled = state.get((number, slot))
            stamp = f"{number} · slot {slot:%Y-%m-%d %H:%M} UTC"
            if settled not in {"posted", "folded"} or (settled == "posted") is not (stamp in posted):
                missing += 1
                print(f"schedule {number}, slot {slot:%Y-%m-%d %H:%M}: {settled}, in the channel: {stamp in posted}")
    double = sum(count - 1 for count in stamps.values())
    return due, sum(stamps.values()), missing, double


def with_kills(folder: Path, kills: int, chance: random.Random) -> tuple[int, int, int, int]:
    """One process at a time, killed at random moments, at last left to finish."""
    began = time.time()
    forever = START + timedelta(days=10_000)
    for number in range(kills):
        pid = child(folder, began, forever, number)
        time.sleep(chance.uniform(0.15, 0.9))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    until = START + timedelta(seconds=(time.time() - began) * SPEED)
    last = child(folder, began, until + 4 * LEASE, kills)
    os.waitpid(last, 0)
    return judge(folder, until)


def with_rivals(folder: Path, rivals: int, slots: int) -> tuple[int, int, int, int]:
    """Several processes at once, until that many slots were due."""
    began = time.time()
    until = START + timedelta(hours=slots)
    pids = [child(folder, began, until + 4 * LEASE, number) for number in range(rivals)]
    for pid in pids:
        os.waitpid(pid, 0)
    return judge(folder, until - timedelta(seconds=1))


def main() -> int:
    """Run one proof and print its figures; 1 when a slot is missing or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--rivals", type=int, default=0)
    parser.add_argument("--slots", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Archive(folder / "discord.db")

        async def begin() -> None:
            database = await open_database(f"sqlite:///{folder / 'caveat.db'}")
            await prepare(database)
            await database.close()

        asyncio.run(begin())
        if options.rivals:
            figures = with_rivals(folder, options.rivals, options.slots)
            print(f"{options.rivals} rivals: ", end="")
        else:
            figures = with_kills(folder, options.kills, random.Random(options.seed))
            print(f"{options.kills} kills: ", end="")
    due, messages, missing, double = figures
    print(f"{due} slots due, {messages} messages posted, {missing} missing, {double} double")
    return 1 if missing or double else 0


if __name__ == "__main__":
    sys.exit(main())
