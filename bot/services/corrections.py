"""Following answers with corrections: where a claim was shown as it no longer is."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.claims import Claim
from bot.core.history.changes import Change, changes, kinds
from bot.core.history.events import shown_keys
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
    """
    What a channel was shown and what holds now.

    Attributes:
        message: The newest of those that showed it.
        reason: Why it changed last, in the words of whoever changed it.
        since: When it changed last.
    """

    channel: int
    message: int
    change: Change
    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Since:
    """A receipt, and what became of the claims on it."""

    receipt: Receipt
    claims: Sequence[Claim]
    changes: Sequence[Change]


@dataclass(eq=False, repr=False)
class Corrections:
    """Finds what to correct, and sees to it that each is posted once."""

    _workspaces: Workspaces
    _receipts: Receipts
    _store: ReceiptStore
    _past: PastStore
    _history: HistoryStore
    _postings: PostingStore
    _setups: Setups
    _clock: Clock

    async def wanted(self, workspace: int, number: int, days: int = WINDOW_DAYS) -> list[Correction]:
        """One correction for each channel that was shown the claim otherwise, was not told, and may be."""
        await self._receipts.flush()
        begin = self._clock() - timedelta(days=days)
        base = (await self._workspaces.open(workspace)).base
        shown = await self._store.showing(workspace, number, begin)
        claim = base.claims.get(number)
        last = await self._last_change(workspace, claim, shown[-1].at) if claim and shown else None
        if last is None:
            return []
        since, reason = last
        setup = await self._setups.of(workspace)
        told = await self._postings.corrected(workspace, number, since)
        found: dict[int, Correction] = {}
        for receipt in shown:
            if receipt.channel in found or receipt.channel in told or setup.mutes(receipt.channel, CORRECTIONS):
                continue
            if receipt.at >= since and receipt.claims[number] == base.claims[number].version:
                continue  # it showed what holds now
            before = await self._past.claims(workspace, receipt.claims, receipt.at)
            what = changes(before, base.claims, ())
            if what:
                found[receipt.channel] = Correction(receipt.channel, receipt.message, what[0], reason, since)
        return list(found.values())

    async def outdated(self, workspace: int, numbers: Collection[int] = (), days: int = WINDOW_DAYS) -> list[int]:
        """Which claims, of *numbers* where any are given, were shown otherwise to a channel that was not told."""
        await self._receipts.flush()
        shown = await self._store.shown(workspace, self._clock() - timedelta(days=days))
        asked = sorted(shown & frozenset(numbers) if numbers else shown)
        return [number for number in asked if await self.wanted(workspace, number, days)]

    async def _last_change(self, workspace: int, claim: Claim, since: datetime) -> tuple[datetime, str] | None:
        """When and why the claim came to be shown otherwise last: by a revision, or by a party's other words."""
        revised = [
            (each.made_at, each.reason)
            for each in await self._history.of(workspace, claim.number)
            if each.before is not None and kinds(each.before, each.after)
        ]
        reworded = await self._history.rewordings(workspace, shown_keys(claim), since)
        return max((*revised, *reworded), key=lambda each: each[0], default=None)

    async def take(self, workspace: int, correction: Correction) -> bool:
        """Whether the correction is to be posted now: False when its channel has had it already."""
        after = correction.change.after
        return await self._postings.claim_correction(
            workspace, correction.channel, after.number, after.version, correction.since, self._clock()
        )

    async def since(self, workspace: int, message: int) -> Since | None:
        """What a message showed and what changed since; None without a receipt."""
        receipt = await self._receipts.of(workspace, message)
        if receipt is None:
            return None
        base = (await self._workspaces.open(workspace)).base
        before = await self._past.claims(workspace, receipt.claims, receipt.at)
        return Since(receipt, list(before.values()), changes(before, base.claims, ()))

    async def purge(self) -> None:
        """Let go of receipts that are older than their servers keep them, a little at a time."""
        for workspace, oldest in (await self._store.oldest()).items():
            days = (await self._setups.of(workspace)).receipt_days
            before = self._clock() - timedelta(days=days)
            while oldest < before and await self._store.purge(workspace, before):
                await asyncio.sleep(0)
