"""
A bot under load for long, with a fault each minute: nothing grows, nothing is left, nothing is said of it in the log.

    python -m tests.proofs.soak [--minutes 30] [--seed 1]

After a warm-up the process's memory, threads and open files are looked at every ten seconds. Exits 1 when they grow,
when a question that Discord could hand to the bot is missing or answered twice, or when the log has a traceback.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.loopback import Loopback
from tests.proofs.injected import FAULTS, Injected
from tests.proofs.of_discord import slash_in_time
from tests.proofs.scene import Scene

_WARM_UP_S = 90.0
_LOOK_S = 10.0
_GROWTH = 1.1
_MORE_FILES = 8
_LEFT_OUT = (
    "process", "PostgreSQL", "cut in half", "read-only", "clock", "locked", "channel is deleted", "heartbeats",
    "35 s",
)  # fmt: skip
"""What ends the process, or takes longer than the minute that a fault has."""


@dataclass
class Looked:
    """What the process held at one moment."""

    megabytes: float
    threads: int
    files: int


@dataclass
class Soaked:
    """What happened."""

    looks: list[Looked] = field(default_factory=list[Looked])
    faults: Counter[str] = field(default_factory=Counter[str])
    slowest_recovery: float = 0.0
    wrong: list[str] = field(default_factory=list[str])


def _look(scene: Scene) -> Looked:
    process = Path(f"/proc/{scene.process.pid}")
    threads, files = (len(list((process / part).iterdir())) for part in ("task", "fd"))
    return Looked(scene.memory(), threads, files)


async def soak(folder: Path, minutes: float, seed: int) -> int:
    """Run, print, and give the exit status."""
    chance, soaked = random.Random(seed), Soaked()
    able = [each for each in FAULTS if not any(word in each.name for word in _LEFT_OUT)]
    async with Loopback(keep=True) as discord:
        scene = Scene(discord, folder)
        async with scene.begun():
            await slash_in_time(scene, None)  # as many connections as ever at once, which are kept
            async with scene.load(0.2):
                await asyncio.sleep(min(_WARM_UP_S, minutes * 20))
                looking = asyncio.ensure_future(_keep_looking(scene, soaked))
                until = time.monotonic() + minutes * 60
                while time.monotonic() < until:
                    await _one_minute(scene, chance.choice(able), soaked, until)
                looking.cancel()
            tally = await scene.settled()
    trouble = [*soaked.wrong, *scene.trouble()]
    for name, count in soaked.faults.most_common():
        print(f"  {count:3}x {name}")
    early, late = soaked.looks[: len(soaked.looks) // 4 or 1], soaked.looks[-(len(soaked.looks) // 4 or 1) :]
    grown = _mean(late, "megabytes") / _mean(early, "megabytes")
    print(f"  memory: {_mean(early, 'megabytes'):.0f} MB after warm-up, {_mean(late, 'megabytes'):.0f} MB at the end")
    for what in ("megabytes", "files"):
        print(f"  {what} minute by minute:", *(f"{_mean(each, what):.0f}" for each in _minutes(soaked.looks)))
    print(f"  threads: {early[0].threads} to {late[-1].threads}, open files: {early[0].files} to {late[-1].files}")
    print(f"  slowest recovery: {soaked.slowest_recovery:.1f} s")
    print(f"  asked {tally.asked}, of which {tally.unheard} while nobody could hear them")
    print(f"  missing: {len(tally.missing)}, double: {len(tally.double)}, troubles in the log: {len(trouble)}")
    print(f"  p50 {tally.percentile(50) * 1e3:.0f} ms, p99 {tally.percentile(99) * 1e3:.0f} ms, faults included")
    for each in (*tally.missing[:5], *tally.double[:5], *trouble[:5]):
        print(f"    {each}")
    more_files = late[-1].files - early[0].files > _MORE_FILES
    return 1 if tally.missing or tally.double or trouble or grown > _GROWTH or more_files else 0


async def _one_minute(scene: Scene, fault: Injected, soaked: Soaked, until: float) -> None:
    began = time.monotonic()
    soaked.faults[fault.name] += 1
    try:
        soaked.slowest_recovery = max(soaked.slowest_recovery, await fault.inject(scene, None))
    except AssertionError as error:
        soaked.wrong.append(f"{fault.name}: {error}")
    scene.discord.requests.clear()
    rest = min(60 - (time.monotonic() - began), until - time.monotonic())
    await asyncio.sleep(max(0.0, rest))


async def _keep_looking(scene: Scene, soaked: Soaked) -> None:
    while True:
        soaked.looks.append(_look(scene))
        await asyncio.sleep(_LOOK_S)


def _minutes(looks: list[Looked]) -> list[list[Looked]]:
    a_minute = round(60 / _LOOK_S)
    return [looks[at : at + a_minute] for at in range(0, len(looks), a_minute)]


def _mean(looks: list[Looked], what: str) -> float:
    return sum(float(getattr(each, what)) for each in looks) / len(looks)


def main() -> int:
    """Soak; 1 when anything grew, was lost, doubled or left."""
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.soak", description=(__doc__ or "").split("\n")[1])
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    print(f"{chosen.minutes:g} minutes with a fault each minute, five questions a second")
    with tempfile.TemporaryDirectory(prefix="soak") as folder:
        return asyncio.run(soak(Path(folder), chosen.minutes, chosen.seed))


if __name__ == "__main__":
    sys.exit(main())
