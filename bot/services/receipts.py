"""Receipts: which revision of which claims a message showed. Written in batches, off an answer's way."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress

from bot.core.claims import Claim
from bot.core.history.receipts import Receipt, Shown
from bot.services.ports import Clock, ReceiptStore

log = logging.getLogger(__name__)

_PAUSE = 0.2
"""Seconds over which answers are gathered into one write."""


class Receipts:
    """Keeps what messages showed."""

    def __init__(self, store: ReceiptStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._waiting: list[Shown] = []
        self._writer: asyncio.Task[None] | None = None

    def note(self, workspace: int, channel: int, message: int, asked: str, claims: Iterable[Claim]) -> None:
        """Remember that a message shows *claims*; it is written within a moment, or when somebody asks."""
        shown = tuple(dict.fromkeys((claim.number, claim.version) for claim in claims))
        if not shown:
            return
        self._waiting.append(Shown(workspace, channel, message, asked[:300], self._clock(), shown))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.ensure_future(self._write_soon())

    async def _write_soon(self) -> None:
        await asyncio.sleep(_PAUSE)
        await self.flush()

    async def flush(self) -> None:
        """Write what waits; a failure is logged, and what waited is tried again with the next."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        try:
            await self._store.add(waiting)
        except Exception:
            log.exception("%d receipts could not be written yet", len(waiting))
            self._waiting = [*waiting, *self._waiting]

    async def of(self, workspace: int, message: int) -> Receipt | None:
        """What a message of the workspace showed; None when there is no receipt (any more)."""
        await self.flush()
        return await self._store.of(workspace, message)

    async def close(self) -> None:
        """Write what waits and stop."""
        if self._writer is not None:
            self._writer.cancel()
            with suppress(asyncio.CancelledError):
                await self._writer
        await self.flush()
