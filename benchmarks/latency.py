"""
How much Caveat's `!casualties` costs beside a bare discord.py bot's `!ping`.

    python benchmarks/latency.py [--commands 1000] [--rounds 5] [--json FILE]

Both bots run in processes of their own; this process is the Discord they talk to, over real sockets on
127.0.0.1. In every round each bot answers the same number of commands, one bot after the other, so that
whatever else the machine does meets both. Latency runs from the question leaving on the gateway to the
reply's request arriving.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import uvloop

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.loopback import Loopback  # noqa: E402  # the path comes first
from tests.loopback.payloads import CHANNELS, MEMBERS  # noqa: E402
from tests.loopback.process import Process, caveat  # noqa: E402

CONCURRENCY = (1, 8, 64)
P50_RATIO_AT_1, THROUGHPUT_RATIO_AT_64 = 1.3, 0.75
_WARM_UP = 200


@dataclass
class Measured:
    """What one bot did at one concurrency, over all rounds."""

    latencies: list[float] = field(default_factory=list[float])
    seconds: float = 0.0
    cpu: float | None = 0.0

    @property
    def rate(self) -> float:
        """Commands per second."""
        return len(self.latencies) / self.seconds

    def percentile(self, percent: int) -> float:
        """Latency in milliseconds that *percent* of the commands stayed below."""
        return statistics.quantiles(self.latencies, n=100)[percent - 1] * 1000

    @property
    def cpu_each(self) -> float | None:
        """CPU time of the bot's process per command, in milliseconds, where the system tells."""
        return None if self.cpu is None else self.cpu / len(self.latencies) * 1000


@dataclass
class Contender:
    """A bot, the Discord it is connected to, and what it is asked."""

    name: str
    command: str
    discord: Loopback
    process: Process
    measured: dict[int, Measured] = field(default_factory=dict[int, Measured])

    async def run(self, commands: int, concurrency: int) -> Measured:
        """Have *commands* answered, *concurrency* at a time, each stream by another member in another channel."""
        left = commands
        latencies: list[float] = []

        async def stream(number: int) -> None:
            nonlocal left
            while left > 0:
                left -= 1
                sent = time.perf_counter()
                await self.discord.ask(
                    self.command, channel=CHANNELS[number], who=MEMBERS[number % len(MEMBERS)], within=60
                )
                latencies.append(time.perf_counter() - sent)

        cpu, started = _cpu_seconds(self.process.pid), time.perf_counter()
        await asyncio.gather(*map(stream, range(concurrency)))
        seconds, cpu_after = time.perf_counter() - started, _cpu_seconds(self.process.pid)
        return Measured(latencies, seconds, None if cpu is None or cpu_after is None else cpu_after - cpu)

    def add(self, concurrency: int, more: Measured) -> None:
        """Count *more* towards what was measured at *concurrency*."""
        total = self.measured.setdefault(concurrency, Measured())
        total.latencies += more.latencies
        total.seconds += more.seconds
        total.cpu = None if total.cpu is None or more.cpu is None else total.cpu + more.cpu


def _cpu_seconds(pid: int) -> float | None:
    """User and system time of a process so far; None where there is no /proc."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
    except FileNotFoundError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measure(commands: int, rounds: int) -> tuple[Contender, Contender]:
    """Run both bots side by side; Caveat first, the bare bot second."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ours = await stack.enter_async_context(Loopback(keep=False))
        theirs = await stack.enter_async_context(Loopback(keep=False))
        bots = (
            await stack.enter_async_context(caveat(ours, folder, LOG_LEVEL="WARNING", COMMANDS_PER_MINUTE="10000")),
            await stack.enter_async_context(caveat(theirs, folder, program=ROOT / "benchmarks" / "bare.py")),
        )
        pair = (
            Contender("Caveat !casualties", "!casualties", ours, bots[0]),
            Contender("bare discord.py !ping", "!ping", theirs, bots[1]),
        )
        for contender in pair:
            await contender.process.connected(contender.discord)
        for concurrency in CONCURRENCY:
            for contender in pair:
                await contender.run(_WARM_UP, concurrency)
            for number in range(rounds):
                for contender in pair if number % 2 == 0 else reversed(pair):
                    contender.add(concurrency, await contender.run(commands, concurrency))
        return pair


def report(pair: tuple[Contender, Contender]) -> dict[str, float]:
    """Print the table; gives the ratios that have targets."""
    print(f"{'':24}{'at once':>8}{'commands/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms each':>13}")
    for concurrency in CONCURRENCY:
        for contender in pair:
            row = contender.measured[concurrency]
            cpu = "–" if row.cpu_each is None else f"{row.cpu_each:.3f}"
            print(
                f"{contender.name:24}{concurrency:>8}{row.rate:>12.0f}"
                f"{row.percentile(50):>9.3f}{row.percentile(99):>9.3f}{cpu:>13}"
            )
        ours, bare = (contender.measured[concurrency] for contender in pair)
        p50, p99 = (ours.percentile(percent) / bare.percentile(percent) for percent in (50, 99))
        cpu = "–" if not ours.cpu_each or not bare.cpu_each else f"{ours.cpu_each / bare.cpu_each:.2f}"
        print(f"{'  ratio':24}{concurrency:>8}{ours.rate / bare.rate:>12.2f}{p50:>9.2f}{p99:>9.2f}{cpu:>13}")
    first, last = CONCURRENCY[0], CONCURRENCY[-1]
    ratios = {
        "p50 at 1": pair[0].measured[first].percentile(50) / pair[1].measured[first].percentile(50),
        "throughput at 64": pair[0].measured[last].rate / pair[1].measured[last].rate,
    }
    print(f"\np50 at 1: {ratios['p50 at 1']:.2f} times bare (target: at most {P50_RATIO_AT_1})")
    print(f"throughput at 64: {ratios['throughput at 64']:.2f} of bare (target: at least {THROUGHPUT_RATIO_AT_64})")
    return ratios


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; the exit status is 0 whatever the ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("--commands", type=int, default=1000, help="per bot, round and concurrency")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, help="also write the ratios here")
    options = parser.parse_args(arguments)
    ratios = report(uvloop.run(measure(options.commands, options.rounds)))
    if options.json:
        options.json.write_text(json.dumps(ratios), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
