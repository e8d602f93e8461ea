"""
What briefings cost: composing a large one, and a thousand that are due at once beside members' questions.

    python -m benchmarks.briefings [--claims 1000] [--schedules 1000]

First a briefing of that many claims is composed in this process, as pages, picture and PDF. Then the real bot runs in
a process of its own, over real sockets, and answers `!casualties` without and with that many schedules due at once.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvloop

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.composing import services  # noqa: E402  # the path comes first
from bot.core.asking.comparison import panels  # noqa: E402
from bot.core.briefing.briefings import compose  # noqa: E402
from bot.core.briefing.schedules import Rhythm  # noqa: E402
from bot.core.claims import FactBase  # noqa: E402
from bot.files.factfile import load  # noqa: E402
from bot.settings import Settings  # noqa: E402  # the path comes first
from bot.store.database import open_database  # noqa: E402
from bot.ui.asking.charts import comparison_picture  # noqa: E402
from bot.ui.briefing.briefings import briefing_pages  # noqa: E402
from bot.ui.briefing.documents import markdown_of, pdf_of  # noqa: E402
from tests.loopback import Loopback  # noqa: E402
from tests.loopback.payloads import CHANNELS, MEMBERS, SERVER  # noqa: E402
from tests.loopback.process import caveat  # noqa: E402

P99_RATIO = 2.0
_WARM_UP, _QUIET = 200, 1500
_QUESTION = "!casualties"
_ASKING = CHANNELS[0]
_PAUSE = 0.01


def large(base: FactBase, claims: int) -> FactBase:
    """A base of that many claims, each one of *base* under another number."""
    chance = random.Random(1)
    every = list(base.live)
    return replace(
        base,
        claims={
            number: replace(chance.choice(every), number=number, relations=()) for number in range(1, claims + 1)
        },
    )


def composing(base: FactBase) -> None:
    """Print what each form of a large briefing takes."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    steps: dict[str, float] = {}
    started = time.perf_counter()
    briefing = compose(base, base.live, "", today=datetime.now(UTC).date(), revision=1)
    steps["compose"] = time.perf_counter() - started
    for name, make in (
        ("pages", lambda: briefing_pages(briefing, base, plain=False)),
        ("picture", lambda: comparison_picture("Everything", panels(base.live, base.metrics))),
        ("Markdown", lambda: markdown_of(briefing, base)),
        ("PDF", lambda: pdf_of(briefing, base)),
    ):
        started = time.perf_counter()
        make()
        steps[name] = time.perf_counter() - started
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"a briefing of {len(base.live)} claims, {more:.0f} MB at most on top:")
    for name, seconds in steps.items():
        print(f"  {name:10}{seconds:8.3f} s")


async def schedule(database: Path, base: FactBase, count: int, due: datetime) -> None:
    """Give the server of the loopback that many schedules, due at *due*."""
    opened = await open_database(f"sqlite:///{database}")
    try:
        its = services(opened, base, lambda: due - timedelta(minutes=1), Settings())
        await its.workspaces.open(SERVER)
        for number in range(count):
            rhythm = Rhythm(due.time().replace(second=0, microsecond=0), "UTC", frozenset(range(7)))
            await its.briefings.keep(SERVER, CHANNELS[1 + number % (len(CHANNELS) - 1)], "casualties", rhythm)
    finally:
        await opened.close()


async def asked(discord: Loopback, commands: int, until: float | None = None) -> list[float]:
    """Seconds that answers took, one question after the other, with a breath between."""
    latencies: list[float] = []
    while len(latencies) < commands or (until is not None and time.time() < until):
        sent = time.perf_counter()
        await discord.ask(_QUESTION, channel=_ASKING, who=MEMBERS[len(latencies) % len(MEMBERS)], within=60)
        latencies.append(time.perf_counter() - sent)
        await asyncio.sleep(_PAUSE)
    return latencies


async def beside(base: FactBase, count: int) -> float:
    """Measure members' answers without and with *count* due schedules; the ratio of their p99."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        discord = await stack.enter_async_context(Loopback(keep=False))
        due = (datetime.now(UTC) + timedelta(seconds=100)).replace(second=0, microsecond=0)
        await schedule(folder / "caveat.db", base, count, due)
        bot = await stack.enter_async_context(
            caveat(discord, folder, LOG_LEVEL="WARNING", COMMANDS_PER_MINUTE="10000", REFRESH_SECONDS="0")
        )
        await bot.connected(discord)
        await asked(discord, _WARM_UP)
        quiet = await asked(discord, _QUIET)
        if time.time() > due.timestamp():
            print(
                "the machine is too slow for this order of things: the schedules were due before the quiet part ended"
            )
        await asyncio.sleep(max(0.0, due.timestamp() - time.time()))
        started = time.perf_counter()
        busy: list[float] = []
        while await _left(folder / "caveat.db", due):
            busy += await asked(discord, 50)
        took = time.perf_counter() - started
        posted = await _read(folder / "caveat.db", "SELECT count(*) FROM delivery WHERE state = 'posted'")
    print(f"\n{count} schedules due at once: {posted} posted within {took:.1f} s")
    for name, latencies in (("without", quiet), ("beside them", busy)):
        p50, p99 = (statistics.quantiles(latencies, n=100)[at - 1] * 1000 for at in (50, 99))
        print(f"  {_QUESTION} {name:12}{len(latencies):7} answers   p50 {p50:7.2f} ms   p99 {p99:7.2f} ms")
    ratio = statistics.quantiles(busy, n=100)[98] / statistics.quantiles(quiet, n=100)[98]
    print(f"p99 beside them: {ratio:.2f} times as long (target: at most {P99_RATIO})")
    return ratio


async def _left(database: Path, due: datetime) -> int:
    """How many of the schedules are still to be posted, by the database; read in a process of its own."""
    before = due.replace(tzinfo=None).isoformat(" ") + ".000000"
    query = f"SELECT count(*) FROM schedule WHERE due_at <= '{before}'"  # noqa: S608 a moment of our own making
    return int(await _read(database, query))


async def _read(database: Path, query: str) -> str:
    program = "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone())"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, str(database), query, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    return out.decode().strip()


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; the exit status is 0 whatever the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--claims", type=int, default=1000)
    parser.add_argument("--schedules", type=int, default=1000)
    options = parser.parse_args(arguments)
    base = load(ROOT / "data").base
    composing(large(base, options.claims))
    uvloop.run(beside(base, options.schedules))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
