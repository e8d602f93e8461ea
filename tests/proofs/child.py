"""The process that gets killed: it writes without pause, and says what it is about to write and what is written."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.core.claims import Claim
from bot.core.editing.batches import Batch, ClaimWrite, EntryWrite, one_claim
from bot.core.editing.queue import Proposal
from bot.core.history.revisions import Signature
from bot.store.claims import FactBases
from bot.store.database import Database, open_database
from bot.store.ledger import Ledger
from bot.store.queues import Queues

BEGUN, WRITTEN = "begun", "written"
_PROPOSER = "1001"
_MOST_CLAIMS = 12
_MOST_ALIASES = 3


@dataclass(frozen=True, order=True)
class Mark:
    """
    What one write is known by, in its reason or signature, so that the database itself tells which writes are there.

    Attributes:
        life, step: Which child made it, and its how manieth write it is. Both count up, so marks sort by time.
        number: The claim it is about, where it is about one.
        rows: How many revisions, of claims, entries and sources together, it must leave.
        weighs: Whether it must reset the review.
    """

    life: int
    step: int
    what: str
    number: int = 0
    rows: int = 0
    weighs: bool = False

    @property
    def text(self) -> str:
        """One word, which `parse` reads."""
        return f"{self.life}-{self.step}-{self.what}-{self.number}-{self.rows}-{int(self.weighs)}"

    @classmethod
    def parse(cls, text: str) -> Mark:
        """The mark that *text* starts with."""
        life, step, what, number, rows, weighs = text.split()[0].split("-")
        return cls(int(life), int(step), what, int(number), int(rows), weighs == "1")


async def live(address: str, workspace: int, life: int) -> None:
    """Write to *workspace* until killed; *life* seeds every choice."""
    database = await open_database(address)
    child = _Child(database, workspace, life)
    await child.write_on()


class _Child:
    def __init__(self, database: Database, workspace: int, life: int) -> None:
        self._bases = FactBases(database)
        self._ledger, self._queues = Ledger(database), Queues(database)
        self._workspace, self._life, self._step = workspace, life, 0
        self._chance = random.Random(life)
        self._waiting: Proposal | None = None

    async def write_on(self) -> None:
        """Make random writes, one right after the other."""
        self._base = await self._bases.load(self._workspace)
        moves: tuple[Callable[[], Awaitable[None]], ...] = (
            self._edit,
            self._add,
            self._alias,
            self._import,
            self._propose,
            self._settle,
            self._review,
        )
        while True:
            await self._chance.choice(moves)()

    async def _edit(self) -> None:
        claim, weighs = self._any(), self._chance.random() < 0.5
        mark = self._begin("edit", claim.number, rows=1, weighs=weighs)
        await self._write(mark, Batch((self._edited(claim, mark),)))

    async def _add(self) -> None:
        if len(self._base.claims) == _MOST_CLAIMS:
            return
        number = max(self._base.claims) + 1
        mark = self._begin("add", number, rows=1)
        added = replace(self._any(), number=number, editor_note=mark.text)
        await self._write(mark, Batch((ClaimWrite(added, 0),)))

    async def _alias(self) -> None:
        mark = self._begin("alias", rows=1)
        topic = next(iter(self._base.topics.values()))
        names = (*topic.aliases, mark.text)[-_MOST_ALIASES:]
        await self._write(mark, Batch(entries=(EntryWrite(topic, replace(topic, aliases=names)),)))

    async def _import(self) -> None:
        """Several claims, an entry and a source at once."""
        mark = self._begin("import", rows=5)
        claims = self._chance.sample(list(self._base.claims.values()), 3)
        topic, source = next(iter(self._base.topics.values())), next(iter(self._base.sources.values()))
        batch = Batch(
            claims=tuple(self._edited(each, mark) for each in claims),
            entries=(
                EntryWrite(topic, replace(topic, about=mark.text)),
                EntryWrite(source, replace(source, title=mark.text)),
            ),
            revision=self._base.revision,
        )
        await self._write(mark, batch)

    async def _propose(self) -> None:
        if self._waiting:
            return
        claim = self._any()
        mark = self._begin("propose", claim.number, weighs=True)
        changed, signed = replace(claim, editor_note=mark.text), self._signed(mark, _PROPOSER)
        self._waiting = await self._queues.propose(self._workspace, one_claim(claim, changed, weighs=True), signed)
        self._end(mark)

    async def _settle(self) -> None:
        """Approve what waits; decline it when its claim moved on."""
        if self._waiting is None:
            return
        proposal, (write,) = self._waiting, self._waiting.batch.claims
        number = write.claim.number
        if self._base.claims[number].version == write.expected:
            mark = self._begin("approve", number)
            signed = self._signed(mark, mark.text)
            self._base = await self._queues.approve(self._workspace, proposal.id, signed)
        else:
            mark = self._begin("decline", number)
            await self._queues.decline(self._workspace, proposal.id, mark.text)
        self._waiting = None
        self._end(mark)

    async def _review(self) -> None:
        claim = self._any()
        mark = self._begin("review", claim.number)
        await self._queues.review(self._workspace, claim.number, claim.version, mark.text, datetime.now(UTC).date())
        self._end(mark)

    async def _write(self, mark: Mark, batch: Batch) -> None:
        self._base = await self._ledger.write(self._workspace, batch, self._signed(mark, _PROPOSER))
        self._end(mark)

    def _any(self) -> Claim:
        return self._chance.choice(list(self._base.claims.values()))

    def _edited(self, claim: Claim, mark: Mark) -> ClaimWrite:
        return ClaimWrite(replace(claim, editor_note=mark.text), claim.version, mark.weighs)

    def _signed(self, mark: Mark, who: str) -> Signature:
        return Signature(who, mark.text, datetime.now(UTC))

    def _begin(self, what: str, number: int = 0, *, rows: int = 0, weighs: bool = False) -> Mark:
        self._step += 1
        mark = Mark(self._life, self._step, what, number, rows, weighs)
        print(BEGUN, mark.text, flush=True)
        return mark

    def _end(self, mark: Mark) -> None:
        print(WRITTEN, mark.text, flush=True)
