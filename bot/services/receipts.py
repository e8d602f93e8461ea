"""Receipts: which revision of which claims a message showed. Written later, off an answer's way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.core.claims import Claim
from bot.core.history.receipts import Receipt, Shown
from bot.services.answers import CURATED
from bot.services.ports import Clock, ReceiptStore
from bot.services.write_queue import WriteQueue

_LARGEST_ID = 2**63 - 1
"""Beyond what Discord gives and a database holds."""
_UNWRITTEN = 1000


@dataclass(eq=False, repr=False)
class Receipts:
    """Keeps what messages showed."""

    _store: ReceiptStore
    _queue: WriteQueue
    _clock: Clock
    _unwritten: dict[int, Receipt] = field(default_factory=dict[int, Receipt], init=False)

    def note(
        self,
        workspace: int,
        channel: int,
        message: int,
        asked: str,
        claims: Iterable[Claim],
        *,
        instead: bool = False,
    ) -> None:
        """
        Remember that a message shows *claims*; it is written within a moment, or when somebody asks.

        Of direct messages nothing is written: what the newest of them show is known until the process ends.

        Args:
            instead: Whether it shows them in the place of all it showed before.
        """
        shown = tuple(dict.fromkeys((claim.number, claim.version) for claim in claims))
        if not shown and not instead:
            return
        noted = Shown(workspace, channel, message, asked.replace("\0", "")[:300], self._clock(), shown, instead)
        if workspace != CURATED:
            self._queue.put(self._store.add, noted)
            return
        self._unwritten[message] = _with(self._unwritten.pop(message, None), noted)
        if len(self._unwritten) > _UNWRITTEN:
            del self._unwritten[next(iter(self._unwritten))]

    async def flush(self) -> None:
        """Write what waits, if the database lets us within a moment."""
        await self._queue.flush()

    async def of(self, workspace: int, message: int) -> Receipt | None:
        """What a message of the workspace showed; None when there is no receipt (any more)."""
        if message > _LARGEST_ID:
            return None
        if workspace == CURATED:
            return self._unwritten.get(message)
        await self.flush()
        kept = await self._store.of(workspace, message)
        for each in self._queue.waiting(self._store.add):  # the database is away: what it has not had yet counts, too
            shown: Shown = each
            if (shown.workspace, shown.message) == (workspace, message):
                kept = _with(kept, shown)
        return kept if kept and kept.claims else None


def _with(kept: Receipt | None, shown: Shown) -> Receipt:
    """*kept*, and what was *shown* since; a claim that is shown again keeps its first version."""
    before: Mapping[int, int] = {} if kept is None or shown.instead else kept.claims
    at = kept.at if kept and not shown.instead else shown.at
    return Receipt(shown.message, shown.channel, shown.asked, at, {**dict(shown.claims), **before})
