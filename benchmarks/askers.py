"""
What 64 people who ask at once wait for: questions that nobody asked before, beside answers that are remembered.

    python -m benchmarks.askers [--questions 640] [--rounds 2]

The whole bot in a process of its own, once on SQLite and once on a PostgreSQL of its own, over sockets on 127.0.0.1.
Each of 64 streams asks in a channel of its own and waits for the answer. Prints p50, p99 and the longest of both.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.loopback import Loopback
from tests.loopback.payloads import CHANNELS, MEMBERS
from tests.loopback.process import caveat
from tests.proofs.servers import new_database, postgres, sqlite_address

ROOT = Path(__file__).parents[1]
STREAMS = 64
MOST = 3.0
"""How many times the p99 of remembered answers that of new questions may be."""
_LONGEST_S = 30.0


async def round_of(discord: Loopback, questions: Iterator[str], count: int) -> list[float]:
    """Seconds that each of so many questions waited for its answer."""
    waited: list[float] = []
    left = itertools.count()

    async def stream(number: int) -> None:
        while next(left) < count:
            question, began = next(questions), time.perf_counter()
            await discord.ask(f"!ask {question}", channel=CHANNELS[number], who=MEMBERS[number], within=60)
            waited.append(time.perf_counter() - began)

    await asyncio.gather(*map(stream, range(STREAMS)))
    return waited


async def measure(address: str, questions: int, rounds: int) -> bool:
    """Ask both kinds in turn and print; whether the new ones wait no longer than they may."""
    lines = (ROOT / "benchmarks" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = list(dict.fromkeys(str(json.loads(line)["question"]) for line in lines))
    fresh = [*asked, *(f"{each}, please" for each in asked), *(f"tell me, {each}" for each in asked)]
    random.Random(1).shuffle(fresh)  # refused ones stand together in the file
    new = iter(fresh)
    remembered = itertools.cycle(asked[:20])
    waited: dict[str, list[float]] = {"remembered": [], "never asked before": []}
    with tempfile.TemporaryDirectory(prefix="askers") as folder:
        async with Loopback(keep=False) as discord:
            bot = caveat(
                discord, Path(folder), DATABASE_URL=address, COMMANDS_PER_MINUTE="10000", LOG_LEVEL="WARNING"
            )
            async with bot as process:
                await process.connected(discord)
                await round_of(discord, remembered, STREAMS * 2)
                for _ in range(rounds):
                    waited["remembered"] += await round_of(discord, remembered, questions)
                    waited["never asked before"] += await round_of(discord, new, questions)
    p99: list[float] = []
    for name, seconds in waited.items():
        cuts = statistics.quantiles(seconds, n=100)
        p99.append(cuts[98])
        print(f"  {name:20} p50 {cuts[49] * 1e3:6.0f} ms  p99 {cuts[98] * 1e3:6.0f} ms  longest {max(seconds):.2f} s")
    print(f"  p99 of new questions: {p99[1] / p99[0]:.2f} times that of remembered ones (at most {MOST:.0f})")
    return p99[1] <= MOST * p99[0] and max(waited["never asked before"]) < _LONGEST_S


def main() -> int:
    """Measure on both kinds of database; 1 when somebody waits longer than they may."""
    parser = argparse.ArgumentParser(description="What 64 people who ask at once wait for.")
    parser.add_argument("--questions", type=int, default=640, help="of each kind in a round")
    parser.add_argument("--rounds", type=int, default=2)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="askers") as folder, postgres() as server:
        addresses = {"SQLite": sqlite_address(Path(folder) / "caveat.db")}
        if server is not None:
            addresses["PostgreSQL"] = new_database(server)
        well: list[bool] = []
        for name, address in addresses.items():
            print(name)
            well.append(asyncio.run(measure(address, chosen.questions, chosen.rounds)))
    return 0 if all(well) and len(well) > 1 else 1


if __name__ == "__main__":
    raise SystemExit(main())
