"""A bot in a process of its own under a steady load of questions: what was asked, and what became of it."""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.loopback import Loopback, payloads
from tests.loopback.payloads import CHANNELS, MEMBERS, OTHER_CHANNELS
from tests.loopback.process import ROOT, Process, caveat
from tests.proofs.servers import Server, sqlite_address

HURRIED = Path(__file__).parent / "hurried.py"
QUESTIONS = ("!casualties", "!kursk", "!ask how many were killed", "!ask who was captured", "!C14", "!mines")
_PATIENCE_S = 120.0
_EVERY_S = 0.1
_ANSWERED_WITHIN_S = 30.0
_TROUBLE = re.compile(r"Traceback|never retrieved|Unclosed")


@dataclass
class Asked:
    """One question: when, and whether Discord had somebody to give it to at that moment."""

    at: float
    heard: bool


@dataclass
class Tally:
    """What became of the questions of a scene."""

    asked: int = 0
    unheard: int = 0
    missing: list[str] = field(default_factory=list[str])
    double: list[str] = field(default_factory=list[str])
    latencies: list[float] = field(default_factory=list[float])

    def percentile(self, percent: int) -> float:
        """Seconds that so many percent of the answers took at most."""
        return statistics.quantiles(self.latencies, n=100)[percent - 1] if len(self.latencies) > 1 else 0.0


class Scene:
    """One Discord, one database, and the processes that run on it."""

    def __init__(self, discord: Loopback, folder: Path, *, channels: tuple[int, ...] = CHANNELS[:90]) -> None:
        self.discord = discord
        self.folder = folder
        self.address = sqlite_address(folder / "caveat.db")
        self.processes: list[Process] = []
        self.excused = False
        self.leaving = AsyncExitStack()
        self._channels = channels
        self._asked: dict[str, Asked] = {}
        self._answered: dict[str, list[float]] = {}
        self._clock = folder / "clock"
        self._clock.write_text("0", encoding="ascii")
        self._chance = random.Random(folder.name)
        self._members = itertools.cycle(MEMBERS)
        self._keep_answers()

    def _keep_answers(self) -> None:
        post = self.discord.rest.posted

        def noted(message: payloads.Payload) -> None:
            reference: payloads.Payload = message.get("message_reference") or {}
            to = reference.get("message_id")
            if to is not None:
                self._answered.setdefault(str(to), []).append(time.monotonic())

        post.append(noted)

    @property
    def process(self) -> Process:
        """The process that was started last."""
        return self.processes[-1]

    @asynccontextmanager
    async def running(self, **settings: str) -> AsyncGenerator[Process, None]:
        """One more process, connected."""
        usual = {"COMMANDS_PER_MINUTE": "10000", "LOG_LEVEL": "WARNING", "REFRESH_SECONDS": "2"}
        usual |= {"PYTHONPATH": str(ROOT), "CLOCK_FILE": str(self._clock), "DATABASE_URL": self.address}
        async with caveat(self.discord, self.folder, program=HURRIED, **{**usual, **settings}) as process:
            self.processes.append(process)
            yield process

    @asynccontextmanager
    async def begun(self) -> AsyncGenerator[None, None]:
        """A first process that answers; what was started meanwhile has ended when the block has."""
        async with self.leaving, self.running() as process:
            await process.connected(self.discord)
            await self.recovered()
            yield

    def jump(self, seconds: float) -> None:
        """Set the bot's clock that far from ours."""
        self._clock.write_text(str(seconds), encoding="ascii")

    @asynccontextmanager
    async def load(self, every: float = _EVERY_S) -> AsyncGenerator[None, None]:
        """Questions all the time, whatever happens in the block."""
        asking = asyncio.ensure_future(self._ask_on(every))
        try:
            yield
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)

    async def _ask_on(self, every: float) -> None:
        while True:
            await self.ask()
            await asyncio.sleep(every)

    async def ask(self) -> str:
        """Put one question; its id."""
        channel, who = self._chance.choice(self._channels), next(self._members)
        message = self.discord.said(self._chance.choice(QUESTIONS), channel=channel, who=who)
        shard = (payloads.server_of(channel) >> 22) % self.shards
        heard = bool(self.discord.gateway.live(shard)) and not self.excused
        number = str(message["id"])
        self._asked[number] = Asked(time.monotonic(), heard)
        if self.discord.gateway.known:
            await self.discord.gateway.message(message)
        return number

    @property
    def shards(self) -> int:
        """How many shards the processes share out."""
        return 2 if OTHER_CHANNELS[0] in self._channels else 1

    async def recovered(self, within: float = _PATIENCE_S) -> float:
        """Seconds until a question is answered again that is put from now on."""
        began, asked = time.monotonic(), list[str]()
        while time.monotonic() - began < within:
            asked.append(await self.ask())
            self._asked[asked[-1]].heard = False  # only the one that is answered counts
            for _ in range(10):
                await asyncio.sleep(0.05)
                if not self._answered.keys().isdisjoint(
                    asked
                ):  # one that is answered late, too: the machine may be slow
                    return time.monotonic() - began
        raise AssertionError(f"nothing is answered after {within:.0f} s: {self.process.log[-1500:]}")

    async def settled(self) -> Tally:
        """What became of everything that was asked, once what is under way is done."""
        until = time.monotonic() + _ANSWERED_WITHIN_S
        while self._open() and time.monotonic() < until:
            await asyncio.sleep(0.1)
        await asyncio.sleep(0.3)  # a second answer would come by now
        tally = Tally(asked=len(self._asked), unheard=sum(not each.heard for each in self._asked.values()))
        tally.missing = [f"question {number}" for number in self._open()]
        counts = Counter({number: len(times) for number, times in self._answered.items()})
        tally.double = [f"question {number}: {count} answers" for number, count in counts.items() if count > 1]
        tally.latencies = [
            self._answered[number][0] - each.at for number, each in self._asked.items() if number in self._answered
        ]
        return tally

    def _open(self) -> list[str]:
        return [number for number, each in self._asked.items() if each.heard and number not in self._answered]

    def lost_with_process(self) -> None:
        """A process died: what Discord had given it and was not answered is nobody's any more."""
        for number in self._open():
            self._asked[number].heard = False

    def trouble(self) -> list[str]:
        """Lines of the logs that must not be; a traceback by the error that ends it."""
        return [each for process in self.processes for each in _troubles(process.log.splitlines())]

    def memory(self) -> float:
        """Megabytes that the newest process holds."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _troubles(lines: list[str]) -> Iterator[str]:
    for at, line in enumerate(lines):
        if _TROUBLE.search(line):
            ends = next((each for each in lines[at + 1 :] if each[:1].strip()), "")
            yield f"{lines[at - 1] if at else ''} / {line} / {ends}"[:400]


Inject = Callable[[Scene, Server | None], Awaitable[float]]
"""Lets a scene meet a fault; gives the seconds until all is well again without hands."""
