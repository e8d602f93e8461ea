"""
Whether moderators who write at the same moment can lose each other's changes.

    python -m tests.proofs.race [--interleavings 1000] [--seed 1]

In every interleaving two to four processes read the same base over connections of their own and, once all have
read, write on what they saw, each after a random delay. Half of the interleavings run on SQLite in a file, half on
PostgreSQL. The winners, replayed one after the other on plain values, must explain every row that is there, and
every conflict that a loser was told of. Exits 1 when one interleaving lost or made up anything.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.core.claims import FactBase
from bot.core.editing.batches import one_claim
from bot.core.editing.queue import Proposal
from bot.core.history.revisions import Signature
from bot.store.claims import FactBases
from bot.store.database import Database, open_database
from bot.store.queues import Queues
from bot.store.seed import seed
from tests.factories import a_base, a_claim
from tests.proofs.replay import Race, losses
from tests.proofs.servers import new_database, postgres, sqlite_address
from tests.proofs.trail import read_trail
from tests.proofs.writers import WRITES, Move, Writers

MOST_WRITERS = 4
CLAIMS = 3
_PROPOSER = "0"
_KINDS = (("edit",), ("add",), ("alias",), ("source",), ("import",), ("approve", "approve", "decline"))
_ANYTHING = ("edit", "edit", "add", "alias", "source", "import", "approve", "approve", "decline")


@dataclass
class Counted:
    """What happened on one kind of server."""

    races: int = 0
    contested: int = 0
    tries: Counter[str] = field(default_factory=Counter[str])
    ended: Counter[str] = field(default_factory=Counter[str])
    losses: list[str] = field(default_factory=list[str])
    seconds: float = 0.0


def plan(chance: random.Random, workspace: int, proposal: int) -> list[Move]:
    """Moves for two to four writers: of one kind and on one claim, or anything at once."""
    kinds = chance.choice(_KINDS) if chance.random() < 0.5 else _ANYTHING
    claims = range(1, 2 if chance.random() < 0.6 else CLAIMS + 1)
    tries = chance.choice((1, 1, MOST_WRITERS))
    slowest = chance.choice((0, 0.002, 0.01))
    return [
        Move(
            what=chance.choice(kinds),
            who=str(each + 1),
            workspace=workspace,
            number=chance.choice(claims),
            proposal=proposal,
            weighs=chance.random() < 0.3,
            waits=[chance.uniform(0, slowest) for _ in range(tries)],
        )
        for each in range(chance.randint(2, MOST_WRITERS))
    ]


async def prepare(database: Database, chance: random.Random, workspace: int) -> tuple[FactBase, Proposal]:
    """A seeded workspace, its first claim reviewed, with a proposal for that claim or for a new one."""
    now = datetime.now(UTC)
    await seed(database, workspace, a_base(a_claim(number) for number in range(1, CLAIMS + 1)), now=now)
    base, queues = await FactBases(database).load(workspace), Queues(database)
    await queues.review(workspace, 1, 1, _PROPOSER, now.date())
    signed = Signature(_PROPOSER, "Proposed", now)
    if chance.random() < 0.5:
        before, after = base.claims[1], replace(base.claims[1], statement="As proposed.")
    else:
        before, after = None, replace(base.claims[1], number=CLAIMS + 1, statement="As proposed.")
    return base, await queues.propose(workspace, one_claim(before, after, weighs=True), signed)


async def run(address: str, interleavings: Sequence[int], number: int) -> Counted:
    """Race on the database at *address*, each time in a workspace of its own; *number* seeds every choice."""
    counted, began = Counted(), time.monotonic()
    database = await open_database(address)
    writers = Writers(address, MOST_WRITERS)
    try:
        for workspace in interleavings:
            chance = random.Random(f"{number}/{workspace}")
            before, proposal = await prepare(database, chance, workspace)
            moves = plan(chance, workspace, proposal.id)
            tries = await asyncio.to_thread(writers.race, moves, chance.sample(range(len(moves)), len(moves)))
            after = await FactBases(database).load(workspace)
            race = Race(before, proposal, tries, after, await read_trail(database, workspace))
            _count(counted, race, workspace)
    finally:
        writers.close()
        await database.close()
    counted.seconds = time.monotonic() - began
    return counted


def _count(counted: Counted, race: Race, workspace: int) -> None:
    counted.races += 1
    counted.contested += race.contested
    counted.tries.update(each.move.what for each in race.tries)
    counted.ended.update(each.error or "written" for each in race.tries)
    counted.losses += (f"interleaving {workspace}: {loss}" for loss in losses(race))


def report(name: str, counted: Counted) -> None:
    """Print one server's counts, and every loss."""
    tries = ", ".join(f"{counted.tries[what]} {what}" for what in (*WRITES, "approve", "decline"))
    ended = ", ".join(f"{count} {how}" for how, count in counted.ended.most_common())
    print(
        f"{name}: {counted.races} interleavings in {counted.seconds:.0f} s, writes overlapped in {counted.contested}"
    )
    print(f"  tried: {tries}")
    print(f"  ended: {ended}")
    print(f"  losses: {len(counted.losses)}")
    for loss in counted.losses:
        print(f"    {loss}")


def main() -> int:
    """Run all interleavings; 1 when anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.race", description=(__doc__ or "").split("\n")[1])
    parser.add_argument("--interleavings", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    everything = range(1, chosen.interleavings + 1)
    results: dict[str, Counted] = {}
    with tempfile.TemporaryDirectory(prefix="race") as folder, postgres() as server:
        on_sqlite = everything[::2] if server else everything
        results["SQLite"] = asyncio.run(run(sqlite_address(Path(folder) / "race.db"), on_sqlite, chosen.seed))
        if server:
            results["PostgreSQL"] = asyncio.run(run(new_database(server), everything[1::2], chosen.seed))
    for name, counted in results.items():
        report(name, counted)
    races = sum(counted.races for counted in results.values())
    lost = sum(len(counted.losses) for counted in results.values())
    print(f"{races} interleavings (seed {chosen.seed}): {lost} losses")
    return 1 if lost or races != chosen.interleavings else 0


if __name__ == "__main__":
    sys.exit(main())
