"""Receipts: which revision of which claims a message showed. Written later, off an answer's way."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.claims import Claim
from bot.core.history.receipts import Receipt, Shown
from bot.services.ports import Clock, ReceiptStore
from bot.services.write_queue import WriteQueue

_LARGEST_ID = 2**63 - 1
"""Beyond what Discord gives and a database holds."""


class Receipts:
    """Keeps what messages showed."""

    def __init__(self, store: ReceiptStore, queue: WriteQueue, clock: Clock) -> None:
        self._store = store
        self._queue = queue
        self._clock = clock
        self._add = store.add

    def note(self, workspace: int, channel: int, message: int, asked: str, claims: Iterable[Claim]) -> None:
        """Remember that a message shows *claims*; it is written within a moment, or when somebody asks."""
        shown = tuple(dict.fromkeys((claim.number, claim.version) for claim in claims))
        if shown:
            self._queue.put(
                self._add, Shown(workspace, channel, message, asked.replace("\0", "")[:300], self._clock(), shown)
            )

    async def flush(self) -> None:
        """Write what waits, if the database lets us within a moment."""
        await self._queue.flush()

    async def of(self, workspace: int, message: int) -> Receipt | None:
        """What a message of the workspace showed; None when there is no receipt (any more)."""
        if message > _LARGEST_ID:
            return None
        await self.flush()
        kept = await self._store.of(workspace, message)
        for each in self._queue.waiting(self._add):  # the database is away: what it has not had yet counts, too
            shown: Shown = each
            if (shown.workspace, shown.message) == (workspace, message):
                claims = {**dict(shown.claims), **(kept.claims if kept else {})}
                kept = Receipt(message, shown.channel, shown.asked, kept.at if kept else shown.at, claims)
        return kept
