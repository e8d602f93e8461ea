"""
What one base costs that is very large: 20,000 claims of one server, and 100,000.

    python -m benchmarks.size [--claims 20000 100000] [--questions 300] [--profile]

Makes up a base, writes it to a database and starts the bot on it in a process of its own (all but the connection to
Discord). Measures there: from the first question after the start to its answer, the base read from the database
among it; the CPU time of questions that were never asked before; from the writing of a changed claim until it
answers; the longest that the event loop was held; and what the process holds on top. Prints each beside what it may
be; 1 when something is above that.

The claims are as unlike each other as their number lets them be: English words drawn by how common they are, one
topic for fifty claims, one claimant for eighty, one place for a hundred. Questions are words of claims, plain and in
a hurry, names, what they count, and words that no claim has together.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import json
import pstats
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import quantiles

from benchmarks.drawing import drawn_words
from benchmarks.memory import resident
from benchmarks.scale import fill, measured
from bot.app import Caveat, composed
from bot.core.claims import (
    Attribution,
    Claim,
    FactBase,
    Metric,
    Party,
    Place,
    Source,
    Status,
    Topic,
    Verification,
)
from bot.core.editing.batches import one_claim
from bot.core.figures import Figure
from bot.core.history.revisions import Signature
from bot.files.factfile import load
from bot.services.answers import CURATED
from bot.serving import spare_the_collector
from bot.settings import Settings
from bot.store.database import open_database
from tests.proofs.servers import sqlite_address

ROOT = Path(__file__).parents[1]
SERVER = 1 << 40
_A_TOPIC, _A_PARTY, _A_PLACE = 50, 80, 100
_CHANGES = 20
_DATABASE, _QUESTIONS = "caveat.db", "questions.json"
_LINKS = ("the", "of", "in", "and", "a", "for", "by", "on", "at", "with", "were", "had", "after")
_METRICS = ("killed", "delivered", "closed", "hired", "spent", "repaired")


@dataclass(frozen=True)
class Bounds:
    """What a base of that many claims may cost: seconds, CPU milliseconds, megabytes."""

    first_s: float
    p50_ms: float
    p99_ms: float
    change_s: float
    megabytes: float


BOUNDS = {20_000: Bounds(6, 10, 60, 0.1, 150), 100_000: Bounds(30, 25, 150, 0.5, 700)}
HELD_MS = 50.0
"""How long the event loop may be held."""


def made_base(count: int) -> FactBase:
    """A base of *count* claims, the same each time."""
    dice = random.Random(count)
    names = set[str]()

    def name() -> str:
        while (made := " ".join(drawn_words(dice, 2)).title()) in names:
            pass
        names.add(made)
        return made

    topics = [
        Topic(f"t{at}", name(), about=f"How {' '.join(drawn_words(dice, 3))}.") for at in range(count // _A_TOPIC + 1)
    ]
    parties = [Party(f"p{at}", name()) for at in range(count // _A_PARTY + 2)]
    places = [Place(f"l{at}", name()) for at in range(count // _A_PLACE + 1)]
    metrics = [Metric(each, each) for each in _METRICS]
    source = Source("s", parties[0], date(2026, 1, 1), "0" * 64, title="Made up")
    claims = {
        number: _claim(dice, number, dice.choice(topics), dice.choice(parties), dice.choice(places), source)
        for number in range(1, count + 1)
    }
    return FactBase(
        claims=claims,
        topics={each.key: each for each in topics},
        places={each.key: each for each in places},
        parties={each.key: each for each in parties},
        metrics={each.key: each for each in metrics},
        sources={source.key: source},
    )


def _claim(dice: random.Random, number: int, topic: Topic, party: Party, place: Place, source: Source) -> Claim:
    words = [word for each in drawn_words(dice, 9) for word in (each, dice.choice(_LINKS))]
    figures: tuple[Figure, ...] = ()
    if dice.random() < 0.5:
        counted, value = drawn_words(dice, 1)[0], dice.randrange(10, 100_000)
        figures = (Figure(dice.choice(_METRICS), f"{counted}s", f"{value:,}", value, value, f"{counted}s"),)
        words += [f"{value:,}", f"{counted}s", figures[0].metric]
    return Claim(
        number,
        f"{' '.join(words).capitalize()} in {place.name}.",
        Attribution(party, source),
        Verification(Status.NONE_STATED),
        (topic,),
        places=(place,),
        figures=figures,
    )


def made_questions(base: FactBase, count: int) -> list[str]:
    """*count* different questions, the same each time."""
    dice = random.Random(count)
    claims = dice.sample(list(base.claims.values()), count)
    return [_KINDS[at % len(_KINDS)](dice, claim) for at, claim in enumerate(claims)]


def _content(dice: random.Random, claim: Claim, count: int) -> list[str]:
    return dice.sample([word for word in claim.statement.lower().rstrip(".").split() if word not in _LINKS], count)


def _plain(dice: random.Random, claim: Claim) -> str:
    return f"what is known about the {' '.join(_content(dice, claim, 3))}?"


def _hasty(dice: random.Random, claim: Claim) -> str:
    words = _content(dice, claim, 3)
    cut = dice.randrange(len(words[0])) if len(words[0]) > 4 else 0
    return " ".join((words[0][:cut] + words[0][cut + 1 :], *words[1:]))


def _named(_: random.Random, claim: Claim) -> str:
    return f"what did {claim.attribution.claimant.name} say about {claim.topics[0].name}?"


def _counting(dice: random.Random, claim: Claim) -> str:
    counted = claim.figures[0].subject if claim.figures else "people"
    return f"how many {counted} were {dice.choice(_METRICS)} in {claim.places[0].name}"


def _elsewhere(dice: random.Random, _: Claim) -> str:
    return f"did the {' '.join(drawn_words(dice, 2))} ever {' '.join(drawn_words(dice, 2))}?"


_KINDS = (_plain, _hasty, _named, _counting, _elsewhere)


class Watcher:
    """
    Whether the event loop comes round: the longest that this process kept it from doing so, in milliseconds.

    Where other processes had the cores meanwhile, what this one computed is all that it can have held the loop for.
    """

    def __init__(self) -> None:
        self.longest = 0.0

    async def watch(self) -> None:
        """Until cancelled."""
        while True:
            at, computed = time.perf_counter(), time.process_time()
            await asyncio.sleep(0.001)
            held = min(time.perf_counter() - at - 0.001, time.process_time() - computed)
            self.longest = max(self.longest, held * 1e3)


@asynccontextmanager
async def watched() -> AsyncGenerator[Watcher, None]:
    """A watcher for the time of the block."""
    watcher = Watcher()
    task = asyncio.ensure_future(watcher.watch())
    await asyncio.sleep(0.01)
    yield watcher
    task.cancel()


async def answers(bot: Caveat, questions: Sequence[str]) -> list[float]:
    """CPU milliseconds of each question, the first time it is asked."""
    snapshot = await bot.services.workspaces.open(SERVER)
    spent: list[float] = []
    for question in questions:
        with measured() as cost:
            snapshot.ask(question)
        spent.append(cost.cpu * 1e3)
    return spent


async def changes(bot: Caveat) -> list[float]:
    """Seconds from writing each of some claims until a question finds its new words."""
    its, spent = bot.services, list[float]()
    for number in range(1, _CHANGES + 1):
        seen = (await its.workspaces.open(SERVER)).base.claims[number * 7]
        changed = replace(seen, statement=f"{seen.statement} Zyxomma{'abcdefghijklmnopqrstuvwxyz'[number]}l came.")
        signed = Signature("1", "Said again", datetime.now(UTC))
        with measured() as cost:
            await its.curation.write(SERVER, one_claim(seen, changed, weighs=False), signed)
        spent.append(cost.seconds)
        found = (await its.workspaces.open(SERVER)).ask(changed.statement.rsplit(" ", 2)[1])
        if seen.number not in [each.number for each in getattr(found, "claims", ())]:
            raise SystemExit(f"{seen.ref} does not answer by its new words: {found}")
    await its.consequences.settle()
    return spent


async def measure(folder: Path, count: int, *, profiled: bool) -> bool:
    """Measure in this process; whether everything is as it may be."""
    bounds = BOUNDS.get(count, Bounds(*[float("inf")] * 5))
    questions = json.loads((folder / _QUESTIONS).read_text(encoding="utf-8"))
    settings = Settings(
        database_url=sqlite_address(folder / _DATABASE), fact_base=ROOT / "data", snapshot_megabytes=4096
    )
    async with composed(settings) as bot:
        (await bot.services.workspaces.open(CURATED)).ask("how many were killed?")
        spare_the_collector()
        before = resident()
        async with watched() as first, _profile(profiled):
            with measured() as cost:
                snapshot = await bot.services.workspaces.open(SERVER)
                await snapshot.work_out(snapshot.ask, questions[0])
        held, peak = resident() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before
        async with _profile(profiled):
            each = await answers(bot, questions[1:])
        async with watched() as at_change, _profile(profiled):
            changed = await changes(bot)
    p50, p99 = (quantiles(each, n=100)[at] for at in (49, 98))
    rows = [
        ("first answer, s", cost.seconds, bounds.first_s),
        ("  CPU s of it", cost.cpu, float("inf")),
        ("  the event loop held meanwhile, ms", first.longest, HELD_MS),
        ("a question, CPU ms, p50", p50, bounds.p50_ms),
        ("a question, CPU ms, p99", p99, bounds.p99_ms),
        ("a change answers, s (mean)", sum(changed) / len(changed), bounds.change_s),
        ("a change answers, s (longest)", max(changed), bounds.change_s),
        ("  the event loop held meanwhile, ms", at_change.longest, HELD_MS),
        ("memory on top, MB", held / 1e6, bounds.megabytes),
        ("  at most, while it was built", peak / 1e6, float("inf")),
    ]
    for what, found, most in rows:
        print(f"  {what:40}{found:10.3g}{'' if most == float('inf') else f'{most:12g} at most'}")
    return all(found <= most for _, found, most in rows)


@asynccontextmanager
async def _profile(wanted: bool) -> AsyncGenerator[None, None]:
    """Where the time goes, of all threads started within."""
    if not wanted:
        yield
        return
    with cProfile.Profile() as profile:
        yield
    pstats.Stats(profile).sort_stats("tottime").print_stats(25)


async def prepare(address: str, base: FactBase) -> None:
    """Write *base* to a new database."""
    database = await open_database(address)
    await fill(database, base, load(ROOT / "data").base, servers=1)
    await database.close()


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description="What one base costs that is very large.")
    parser.add_argument("--claims", type=int, nargs="+", default=list(BOUNDS))
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    parser.add_argument("--at", type=Path, help="measure in this process, with the database and questions there")
    chosen = parser.parse_args()
    if chosen.at:
        return 0 if asyncio.run(measure(chosen.at, chosen.claims[0], profiled=chosen.profile)) else 1
    right = True
    for count in chosen.claims:
        print(f"{count:,} claims", flush=True)
        with tempfile.TemporaryDirectory(prefix="size") as folder:
            base = made_base(count)
            asyncio.run(prepare(sqlite_address(Path(folder) / _DATABASE), base))
            asked = json.dumps(made_questions(base, chosen.questions + 1))
            (Path(folder) / _QUESTIONS).write_text(asked, encoding="utf-8")
            again = [sys.executable, "-m", "benchmarks.size", "--at", folder, "--claims", str(count)]
            again += ["--profile"] if chosen.profile else []
            right &= subprocess.run(again, check=False).returncode == 0  # noqa: S603  # this very program
    return 0 if right else 1


if __name__ == "__main__":
    raise SystemExit(main())
