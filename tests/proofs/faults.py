"""
Every fault that a bot meets, injected for real, and how long it takes to be well again without hands.

    python -m tests.proofs.faults [--only WORD] [--write docs/reliability.md]

Each fault meets a bot in a process of its own, under a load of ten questions a second, on a Discord on 127.0.0.1, its
database in a file or on a PostgreSQL of its own. A question that Discord could hand to the bot must be answered once:
none missing, none twice. Exits 1 otherwise.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.loopback import Loopback
from tests.proofs.injected import FAULTS, Injected
from tests.proofs.scene import Scene, Tally
from tests.proofs.servers import Server, new_database, server_of_our_own

_AT_ONCE = 2
_BEFORE_S = 1.5


@dataclass
class Result:
    """What came of one fault."""

    fault: Injected
    seconds: float = 0.0
    tally: Tally = field(default_factory=Tally)
    wrong: list[str] = field(default_factory=list[str])

    @property
    def row(self) -> str:
        """Its line of the table."""
        lost, double = len(self.tally.missing), len(self.tally.double)
        well = "as it should" if not self.wrong else "; ".join(self.wrong)[:200].replace("|", "/")
        asked = f"{self.tally.asked - self.tally.unheard} of {self.tally.asked}"
        return f"| {self.fault.name} | {self.seconds:.1f} | {asked} | {lost} | {double} | {well} |"


async def meet(fault: Injected, folder: Path, server: Server | None) -> Result:
    """Let one bot meet *fault*."""
    result = Result(fault)
    async with Loopback(heartbeat=fault.heartbeat) as discord:
        scene = Scene(discord, folder)
        if fault.postgresql:
            assert server is not None
            scene.address = new_database(server.address)
        try:
            async with scene.begun():
                async with scene.load():
                    await asyncio.sleep(_BEFORE_S)
                    result.seconds = await fault.inject(scene, server)
                    await asyncio.sleep(_BEFORE_S)
                result.tally = await scene.settled()
        except Exception as error:
            result.wrong.append(f"{type(error).__name__}: {error}")
        result.wrong += [*result.tally.missing[:3], *result.tally.double[:3], *scene.trouble()[:3]]
        if discord.rest.too_late:
            result.wrong.append(f"{discord.rest.too_late} interactions answered too late")
    return result


async def run(faults: list[Injected], folder: Path, server: Server | None) -> list[Result]:
    """All of them, a few at a time; those that end the database server one after the other at the end."""
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(number: int, fault: Injected) -> Result:
        async with gate:
            place = folder / str(number)
            place.mkdir()
            began = time.monotonic()
            result = await meet(fault, place, server)
            print(f"{result.row}  ({time.monotonic() - began:.0f} s)", flush=True)
            return result

    apart = [(at, each) for at, each in enumerate(faults) if each.postgresql]
    together = [(at, each) for at, each in enumerate(faults) if not each.postgresql]
    results = await asyncio.gather(*(one(*each) for each in together))
    return [*results, *[await one(*each) for each in apart]]


def _able(fault: Injected, server: Server | None) -> bool:
    return (server is not None or not fault.postgresql) and (os.geteuid() == 0 or not fault.root)


_BELOW = "|---|---|---|---|---|---|\n"
"""The line below the table's head."""


def page(before: str, results: list[Result]) -> str:
    """The page as it was *before*, with these results in its table, which ends it."""
    head, below, _ = before.partition(_BELOW)
    return "\n".join([head + below.rstrip(), *(each.row for each in results), ""])


def main() -> int:
    """Inject and judge; 1 when anything was lost, doubled or left."""
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.faults", description=(__doc__ or "").split("\n")[1])
    parser.add_argument("--only", default="", help="faults whose name has this in it")
    parser.add_argument("--write", type=Path, help="write the table into this page, too")
    chosen = parser.parse_args()
    faults = [each for each in FAULTS if chosen.only in each.name]
    with tempfile.TemporaryDirectory(prefix="faults") as folder, server_of_our_own() as server:
        able = [each for each in faults if _able(each, server)]
        results = asyncio.run(run(able, Path(folder), server))
    if chosen.write:
        chosen.write.write_text(page(chosen.write.read_text("utf-8"), results), encoding="utf-8")
    wrong = sum(bool(each.wrong) for each in results)
    print(f"{len(results)} faults, {wrong} of them not as it should be")
    return 1 if wrong or len(able) != len(faults) else 0


if __name__ == "__main__":
    sys.exit(main())
