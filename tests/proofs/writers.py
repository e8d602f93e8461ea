"""Writers in processes of their own: each reads, waits for all others to have read, then writes on what it saw."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from typing import Any

from bot.core.claims import FactBase
from bot.core.editing.batches import Batch, ClaimWrite, EntryWrite
from bot.core.history.revisions import Signature
from bot.errors import CaveatError
from bot.store.claims import FactBases
from bot.store.database import Database, open_database
from bot.store.ledger import Ledger
from bot.store.queues import Queues

WRITES = ("edit", "add", "alias", "source", "import")
"""What is redone on the new version after a conflict; the rest concerns a proposal."""

_PATIENCE_S = 120


@dataclass(frozen=True)
class Move:
    """
    What one writer is to do.

    Attributes:
        number: The claim it edits; proposal: the one it approves or declines.
        waits: Seconds between reading and writing, one for every try; as many tries as waits.
    """

    what: str
    who: str
    workspace: int
    number: int
    proposal: int
    weighs: bool
    waits: Sequence[float]


@dataclass(frozen=True)
class Try:
    """
    How one try ended: `error` is empty when it was written.

    Attributes:
        batch: What was to be written; None for a proposal, which says itself.
        after: The base that the writer was given back; None when it was not written, or nothing was due.
        began, ended: On a clock that all processes share, in seconds.
    """

    move: Move
    batch: Batch | None
    error: str
    after: FactBase | None
    began: float
    ended: float


class Writers:
    """Processes with connections of their own."""

    def __init__(self, address: str, count: int) -> None:
        spawning = multiprocessing.get_context("spawn")
        self._lines: list[Any] = []
        self._processes: list[BaseProcess] = []
        for _ in range(count):
            ours, theirs = spawning.Pipe()
            process = spawning.Process(target=_work, args=(address, theirs), daemon=True)
            process.start()
            theirs.close()
            self._lines.append(ours)
            self._processes.append(process)

    def race(self, moves: Sequence[Move], order: Sequence[int]) -> list[Try]:
        """Have every move made by another process, let go in *order* once all of them have read; all tries."""
        lines = self._lines[: len(moves)]
        for line, move in zip(lines, moves, strict=True):
            line.send(move)
        for line in lines:
            _heard(line)
        for each in order:
            lines[each].send("go")
        return [each for line in lines for each in _heard(line)]

    def close(self) -> None:
        """Let them end."""
        for line, process in zip(self._lines, self._processes, strict=True):
            line.close()
            process.join(_PATIENCE_S)


def _heard(line: Any) -> Any:
    if not line.poll(_PATIENCE_S):
        raise TimeoutError(f"A writer said nothing for {_PATIENCE_S} seconds.")
    return line.recv()


def _work(address: str, line: Any) -> None:
    asyncio.run(_serve(address, line))


async def _serve(address: str, line: Any) -> None:
    database = await open_database(address)
    try:
        while True:
            move: Move = await asyncio.to_thread(line.recv)
            seen = await FactBases(database).load(move.workspace)
            line.send("read")
            await asyncio.to_thread(line.recv)
            line.send(await _play(database, move, seen))
    except EOFError:  # the race is over
        pass
    finally:
        await database.close()


async def _play(database: Database, move: Move, seen: FactBase) -> list[Try]:
    tries: list[Try] = []
    for wait in move.waits:
        await asyncio.sleep(wait)
        tries.append(await _try(database, move, seen))
        if tries[-1].error != "ConflictError" or move.what not in WRITES:
            break
        seen = await FactBases(database).load(move.workspace)
    return tries


async def _try(database: Database, move: Move, seen: FactBase) -> Try:
    batch = _batch(move, seen) if move.what in WRITES else None
    signed = Signature(move.who, f"{move.what} by {move.who}", datetime.now(UTC))
    after, error, began = None, "", time.monotonic()
    try:
        if batch is not None:
            after = await Ledger(database).write(move.workspace, batch, signed)
        elif move.what == "approve":
            after = await Queues(database).approve(move.workspace, move.proposal, signed)
        else:
            await Queues(database).decline(move.workspace, move.proposal, move.who)
    except CaveatError as refused:
        error = type(refused).__name__
    except Exception as broken:  # whatever it is, the judge has to hear of it
        error = repr(broken)
    return Try(move, batch, error, after, began, time.monotonic())


def _batch(move: Move, seen: FactBase) -> Batch:
    claim, topic = seen.claims[move.number], next(iter(seen.topics.values()))
    source = next(iter(seen.sources.values()))
    edit = ClaimWrite(replace(claim, editor_note=f"Noted by {move.who}."), claim.version, move.weighs)
    add = ClaimWrite(replace(claim, number=max(seen.claims) + 1, statement=f"Added by {move.who}."), 0, weighs=True)
    alias = EntryWrite(topic, replace(topic, aliases=(*topic.aliases, f"name by {move.who}")))
    title = EntryWrite(source, replace(source, title=f"{source.title} {move.who}".strip()))
    if move.what == "import":
        others = [
            ClaimWrite(replace(each, editor_note=f"Imported by {move.who}."), each.version)
            for each in seen.claims.values()
            if each.number != move.number
        ]
        return Batch((edit, *others, add), (alias, title), revision=seen.revision)
    return {
        "edit": Batch(claims=(edit,)),
        "add": Batch(claims=(add,)),
        "alias": Batch(entries=(alias,)),
        "source": Batch(entries=(title,)),
    }[move.what]
