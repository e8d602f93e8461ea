"""Following answers with corrections: where a claim was shown as it no longer is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.core.claims import Claim
from bot.core.history.changes import Change, changes
from bot.core.history.receipts import Receipt
from bot.core.setup import CORRECTIONS
from bot.services.answers import Workspaces
from bot.services.ports import Clock, HistoryStore, PastStore, PostingStore, ReceiptStore
from bot.services.receipts import Receipts
from bot.services.setups import Setups

WINDOW_DAYS = 7
"""How far back answers are corrected unless somebody chooses otherwise."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a channel was shown and what holds now; `message` is the newest of those that showed it."""

    channel: int
    message: int
    change: Change
    reason: str


@dataclass(frozen=True, slots=True)
class Since:
    """A receipt, and what became of the claims on it."""

    receipt: Receipt
    claims: Sequence[Claim]
    changes: Sequence[Change]


class Corrections:
    """Finds what to correct, and sees to it that each is posted once."""

    def __init__(
        self,
        workspaces: Workspaces,
        receipts: Receipts,
        store: ReceiptStore,
        past: PastStore,
        history: HistoryStore,
        postings: PostingStore,
        setups: Setups,
        clock: Clock,
    ) -> None:
        self._workspaces = workspaces
        self._receipts = receipts
        self._store = store
        self._past = past
        self._history = history
        self._postings = postings
        self._setups = setups
        self._clock = clock

    async def wanted(self, workspace: int, number: int, days: int = WINDOW_DAYS) -> list[Correction]:
        """One correction for each channel that was shown the claim otherwise, was not told, and may be."""
        await self._receipts.flush()
        base = (await self._workspaces.open(workspace)).base
        setup = await self._setups.of(workspace)
        trail = await self._history.of(workspace, number)
        reason = trail[-1].reason if trail else ""
        told = await self._postings.corrected(workspace, number, base.claims[number].version)
        found: dict[int, Correction] = {}
        for receipt in await self._store.showing(workspace, number, self._clock() - timedelta(days=days)):
            if receipt.channel in found or receipt.channel in told or setup.mutes(receipt.channel, CORRECTIONS):
                continue
            before = await self._past.claims(workspace, receipt.claims, receipt.at)
            what = changes(before, base.claims, ())
            if what:
                found[receipt.channel] = Correction(receipt.channel, receipt.message, what[0], reason)
        return list(found.values())

    async def take(self, workspace: int, correction: Correction) -> bool:
        """Whether the correction is to be posted now: False when its channel has had it already."""
        after = correction.change.after
        return await self._postings.claim_correction(
            workspace, correction.channel, after.number, after.version, self._clock()
        )

    async def since(self, workspace: int, message: int) -> Since | None:
        """What a message showed and what changed since; None without a receipt."""
        receipt = await self._receipts.of(workspace, message)
        if receipt is None:
            return None
        base = (await self._workspaces.open(workspace)).base
        before = await self._past.claims(workspace, receipt.claims, receipt.at)
        return Since(receipt, list(before.values()), changes(before, base.claims, ()))

    async def purge(self, workspace: int) -> None:
        """Let go of receipts that are older than the server keeps them."""
        days = (await self._setups.of(workspace)).receipt_days
        await self._store.purge(workspace, self._clock() - timedelta(days=days))
