"""
How much memory a bot takes in which very many servers ask, each with a base of its own.

    python -m benchmarks.memory [--servers 5000] [--claims 20] [--megabytes 512] [--open]

Each server's base is read as from the database, answers a question and is left alone. The collector is set as in the
bot. Prints what the process holds after each tenth; at the end, bytes for each snapshot in memory.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import pickle
import time
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from bot.core.claims import FactBase, Wording
from bot.files.factfile import load
from bot.services.answers import Workspaces
from bot.serving import spare_the_collector

ROOT = Path(__file__).parents[1]
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Store:
    """Gives each workspace a base that shares nothing with another's, as reading rows does."""

    def __init__(self, base: FactBase) -> None:
        self._base = base

    async def load(self, workspace: int) -> FactBase:
        """The base, with words of the workspace's own in every claim."""
        own = {
            number: replace(claim, statement=f"{claim.statement} Desk {workspace} noted it.")
            for number, claim in self._base.claims.items()
        }
        return pickle.loads(pickle.dumps(replace(self._base, claims=own)))  # noqa: S301  # made in this very line

    async def revisions(self, workspaces: Collection[int] | None = None) -> dict[int, int]:
        """None changes."""
        return {}


def resident() -> int:
    """Bytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE


async def measure(servers: int, claims: int, megabytes: int, *, closed: bool) -> None:
    """Let each server ask, and print what that takes."""
    base = load(ROOT / "data").base
    few = dict(list(base.claims.items())[:claims])
    relating = {
        number: replace(claim, relations=tuple(each for each in claim.relations if each.number in few))
        for number, claim in few.items()
    }
    base = replace(base, claims=relating, wording=base.wording if closed else Wording())

    async def nothing_to_do(_: int) -> None:
        return None

    workspaces = Workspaces(Store(base), nothing_to_do, megabytes)
    (await workspaces.open(0)).ask("casualties")
    spare_the_collector()
    before, began = resident(), time.process_time()
    print(f"before: {before / 1e6:.0f} MB")
    for server in range(1, servers + 1):
        snapshot = await workspaces.open(server)
        for question in ("casualties in kursk", "who was never heard of"):
            snapshot.ask(question)
        if server % max(1, servers // 10) == 0:
            grown, held, spent = resident() - before, len(workspaces.held), time.process_time() - began
            print(
                f"{server} servers: {resident() / 1e6:.0f} MB, {held} in memory, {grown / held / 1e3:.0f} kB each, "
                f"estimated {workspaces.taken / 1e6:.0f} MB, {spent / server * 1e3:.1f} ms CPU each"
            )


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description="How much memory a bot takes in which very many servers ask.")
    parser.add_argument("--servers", type=int, default=5000)
    parser.add_argument("--claims", type=int, default=20)
    parser.add_argument("--megabytes", type=int, default=512)
    parser.add_argument("--open", action="store_true", help="bases whose vocabulary is not closed")
    chosen = parser.parse_args()
    asyncio.run(measure(chosen.servers, chosen.claims, chosen.megabytes, closed=not chosen.open))


if __name__ == "__main__":
    main()
