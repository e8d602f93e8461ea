"""What waits for moderators, and how it is settled: reviews, proposals, challenges."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from itertools import count

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.claims import FactBase
from bot.core.editing.batches import Batch, batch_of, batch_record
from bot.core.editing.queue import Challenge, Outcome, Proposal, Review
from bot.core.history.revisions import FORGOTTEN, Signature
from bot.core.wording import refused, say
from bot.errors import ConflictError, NotFound
from bot.store.claims import read_base, read_entries
from bot.store.database import Store
from bot.store.ledger import apply, locked, next_number, review_row
from bot.store.moderation_tables import ChallengeRow, ProposalRow, ReviewRow
from bot.store.tables import ClaimRow, RevisionRow

_OPEN = "open"


class Queues(Store):
    """Keeps every workspace's queue."""

    async def reviews(self, workspace: int) -> dict[int, Review]:
        """Reviews that differ from what every claim starts with, by claim."""
        async with self._database.session() as session:
            rows = await session.exec(select(ReviewRow).where(ReviewRow.workspace == workspace))
            return {row.number: Review(**row.model_dump(exclude={"workspace"})) for row in rows}

    async def entered(self, workspace: int) -> dict[int, date]:
        """The day each claim was entered."""
        async with self._database.session() as session:
            rows = await session.exec(
                select(RevisionRow.number, func.min(RevisionRow.made_at))
                .where(RevisionRow.workspace == workspace)
                .group_by(col(RevisionRow.number))
            )
            return {number: made_at.date() for number, made_at in rows}

    async def review(self, workspace: int, number: int, version: int, who: str, today: date) -> Review:
        """Note that *who* looked that version over *today*; raises `ConflictError` when there is a newer one."""
        async with self._database.begin() as session:
            await locked(session, workspace)
            held = await session.exec(
                select(ClaimRow.version).where(ClaimRow.workspace == workspace, ClaimRow.number == number)
            )
            if held.first() != version:
                raise ConflictError(say("C{n} was changed in the meantime; look it over as it stands now.", n=number))
            row = await review_row(session, workspace, number, today)
            row.reviewed_on, row.reviewed_by = today, who
            row.due_on = today + timedelta(days=row.interval_days)
            return Review(**row.model_dump(exclude={"workspace"}))

    async def assign(self, workspace: int, number: int, reviewer: str, days: int, today: date) -> Review:
        """Say who reviews the claim and how often, in days."""
        async with self._database.begin() as session:
            await locked(session, workspace)
            row = await review_row(session, workspace, number, today)
            row.reviewer, row.interval_days = reviewer, days
            row.due_on = (row.reviewed_on or today) + timedelta(days=days)
            return Review(**row.model_dump(exclude={"workspace"}))

    async def lapse(self, workspace: int, numbers: Collection[int], today: date) -> None:
        """Note that nobody has reviewed claims as they stand now: they are due at once."""
        async with self._database.begin() as session:
            await locked(session, workspace)
            for number in sorted(numbers):
                row = await review_row(session, workspace, number, today)
                row.reviewed_on, row.reviewed_by, row.due_on = None, "", today

    async def propose(self, workspace: int, batch: Batch, signed: Signature) -> Proposal:
        """Keep a change for a second moderator."""
        async with self._database.begin() as session:
            return await proposed(session, workspace, batch, signed)

    async def proposals(self, workspace: int) -> list[Proposal]:
        """Open ones, the oldest first."""
        async with self._database.session() as session:
            rows = await session.exec(
                select(ProposalRow)
                .where(ProposalRow.workspace == workspace, ProposalRow.state == _OPEN)
                .order_by(col(ProposalRow.id))
            )
            return await _worded(session, workspace, rows.all())

    async def proposal(self, workspace: int, proposal: int) -> Proposal:
        """One of the workspace's proposals, open or not; raises `NotFound`."""
        async with self._database.session() as session:
            row = await _proposal_row(session, workspace, proposal, lock=False)
            return (await _worded(session, workspace, [row]))[0]

    async def approve(self, workspace: int, proposal: int, signed: Signature) -> FactBase:
        """
        Write a proposed change, as a second moderator.

        Raises:
            Refused: It is one's own, or nobody's any more, or was settled already.
            ConflictError: Something that it changes moved on since it was proposed.
        """
        async with self._database.begin() as session:
            held = await locked(session, workspace)
            row = await _proposal_row(session, workspace, proposal)
            if row.state != _OPEN:
                raise refused("That proposal was {state} already.", state=say(row.state))
            if row.who == signed.who:
                raise refused("Your own proposal needs another moderator's approval.")
            if row.who == FORGOTTEN:
                raise refused(
                    "Whoever proposed this was forgotten, so nobody can tell whether it would be your own; "
                    "decline it and propose it anew."
                )
            entries, _ = await read_entries(session, workspace)
            batch = await asyncio.to_thread(batch_of, row.batch, entries)
            if batch.revision not in (None, held.revision):
                raise ConflictError(
                    say("The fact base changed since this was proposed; decline it and propose it anew.")
                )
            made = Signature(row.who, say("{reason} (approved by a second moderator)", reason=row.reason), signed.at)
            batch = still_wanted(batch, await read_base(session, workspace))
            await apply(session, held, await _numbered(session, workspace, batch), made)
            row.state, row.decided_by = "approved", signed.who
            await session.flush()
            return await read_base(session, workspace)

    async def decline(self, workspace: int, proposal: int, who: str) -> None:
        """Set a proposal aside; its own proposer may withdraw it so. Raises `Refused` when it is settled."""
        async with self._database.begin() as session:
            row = await _proposal_row(session, workspace, proposal)
            if row.state != _OPEN:
                raise refused("That proposal was {state} already.", state=say(row.state))
            row.state, row.decided_by = "declined", who

    async def challenge(self, workspace: int, challenge: Challenge) -> Challenge:
        """Put a challenge into the queue; its id is given."""
        async with self._database.begin() as session:
            fields = asdict(challenge)
            del fields["id"]
            row = ChallengeRow(workspace=workspace, **fields)
            session.add(row)
            await session.flush()
            return _challenge(row)

    async def challenges(self, workspace: int) -> list[Challenge]:
        """Open ones, the oldest first."""
        async with self._database.session() as session:
            rows = await session.exec(
                select(ChallengeRow)
                .where(ChallengeRow.workspace == workspace, ChallengeRow.state == _OPEN)
                .order_by(col(ChallengeRow.id))
            )
            return [_challenge(row) for row in rows]

    async def settle(self, workspace: int, challenge: int, outcome: Outcome, who: str, words: str) -> Challenge:
        """Close a challenge; raises `NotFound` or, when it is closed already, `Refused`."""
        async with self._database.begin() as session:
            row = await session.get(ChallengeRow, challenge, with_for_update=True)
            if row is None or row.workspace != workspace:
                raise NotFound(say("No challenge has that number. !review shows the open ones."))
            if row.state != _OPEN:
                raise refused("That challenge was {state} already.", state=say(row.state))
            row.state, row.decided_by, row.outcome = outcome.value, who, words
            return _challenge(row)


async def _proposal_row(session: AsyncSession, workspace: int, proposal: int, *, lock: bool = True) -> ProposalRow:
    row = await session.get(ProposalRow, proposal, with_for_update=lock)
    if row is None or row.workspace != workspace:
        raise NotFound(say("No proposal has that number. !review shows the open ones."))
    return row


async def proposed(session: AsyncSession, workspace: int, batch: Batch, signed: Signature) -> Proposal:
    """Keep a change for a second moderator, within the caller's transaction."""
    record = batch_record(batch)
    row = ProposalRow(workspace=workspace, batch=record, who=signed.who, made_at=signed.at, reason=signed.reason)
    session.add(row)
    await session.flush()
    return (await _worded(session, workspace, [row]))[0]


async def _worded(session: AsyncSession, workspace: int, rows: Sequence[ProposalRow]) -> list[Proposal]:
    """Proposals beside the base as it stands, put together off the event loop: one may hold a whole file."""
    if not rows:
        return []
    base, (entries, _) = await read_base(session, workspace), await read_entries(session, workspace)
    return await asyncio.to_thread(lambda: [_proposal(row, base, entries) for row in rows])


def still_wanted(batch: Batch, base: FactBase) -> Batch:
    """*batch* without the new entries and sources that stand as it wants them, by another proposal, say."""
    return replace(batch, entries=tuple(each for each in batch.entries if not each.stands(base)))


def _proposal(row: ProposalRow, base: FactBase, entries: FactBase) -> Proposal:
    batch = batch_of(row.batch, entries)
    claims = tuple(
        (base.claims.get(each.claim.number) if each.expected else None, each.claim) for each in batch.claims
    )
    stale = batch.revision not in (None, base.revision) or not _fits(still_wanted(batch, base), base)
    return Proposal(row.id or 0, batch, claims, row.who, row.made_at, row.reason, row.state, stale)


def _fits(batch: Batch, base: FactBase) -> bool:
    """Whether everything that *batch* changes stands as it did when that was proposed."""
    return all(
        each.claim.number in base.claims and base.claims[each.claim.number].version == each.expected
        for each in batch.claims
        if each.expected
    ) and all(each.finds(base) for each in batch.entries)


async def _numbered(session: AsyncSession, workspace: int, batch: Batch) -> Batch:
    """*batch* with the next free numbers for its new claims; those of a whole file have theirs already."""
    if batch.revision is not None or all(each.expected for each in batch.claims):
        return batch
    following = count(await next_number(session, workspace))
    return replace(
        batch,
        claims=tuple(
            each if each.expected else replace(each, claim=replace(each.claim, number=next(following)))
            for each in batch.claims
        ),
    )


def _challenge(row: ChallengeRow) -> Challenge:
    return Challenge(**row.model_dump(exclude={"workspace", "decided_by", "outcome"}))
