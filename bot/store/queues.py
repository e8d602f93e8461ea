"""What waits for moderators, and how it is settled: reviews, proposals, challenges."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.claims import Claim, FactBase
from bot.core.editing.batches import Batch, ClaimWrite
from bot.core.editing.queue import Challenge, Outcome, Proposal, Review
from bot.core.history.revisions import Signature
from bot.core.records import Entries, claim_of, claim_record
from bot.errors import ConflictError, NotFound, Refused
from bot.store.claims import read_base, read_entries
from bot.store.database import Database
from bot.store.ledger import apply, locked, next_number, review_row
from bot.store.moderation_tables import ChallengeRow, ProposalRow, ReviewRow
from bot.store.tables import ClaimRow, RevisionRow

_OPEN = "open"


class Queues:
    """Keeps every workspace's queue."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
                raise ConflictError(f"C{number} was changed in the meantime; look it over as it stands now.")
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

    async def propose(self, workspace: int, before: Claim | None, after: Claim, signed: Signature) -> Proposal:
        """Keep a change for a second moderator."""
        async with self._database.begin() as session:
            return await proposed(session, workspace, before, after, signed)

    async def proposals(self, workspace: int) -> list[Proposal]:
        """Open ones, the oldest first."""
        async with self._database.session() as session:
            entries, _ = await read_entries(session, workspace)
            rows = await session.exec(
                select(ProposalRow)
                .where(ProposalRow.workspace == workspace, ProposalRow.state == _OPEN)
                .order_by(col(ProposalRow.id))
            )
            return [await _proposal(session, row, entries) for row in rows.all()]

    async def proposal(self, workspace: int, proposal: int) -> Proposal:
        """One of the workspace's proposals, open or not; raises `NotFound`."""
        async with self._database.session() as session:
            entries, _ = await read_entries(session, workspace)
            return await _proposal(session, await _proposal_row(session, workspace, proposal, lock=False), entries)

    async def approve(self, workspace: int, proposal: int, signed: Signature) -> FactBase:
        """
        Write a proposed change, as a second moderator.

        Raises:
            Refused: It is one's own, or was settled already.
            ConflictError: The claim moved on since it was proposed.
        """
        async with self._database.begin() as session:
            held = await locked(session, workspace)
            row = await _proposal_row(session, workspace, proposal)
            if row.state != _OPEN:
                raise Refused(f"That proposal was {row.state} already.")
            if row.who == signed.who:
                raise Refused("Your own proposal needs another moderator's approval.")
            entries, _ = await read_entries(session, workspace)
            number = row.number or await next_number(session, workspace)
            claim = claim_of({**row.after, "number": number}, entries, row.version + 1)
            made = Signature(row.who, f"{row.reason} (approved by a second moderator)", signed.at)
            await apply(session, held, Batch((ClaimWrite(claim, row.version, weighs=True),)), made)
            row.state, row.decided_by = "approved", signed.who
            await session.flush()
            return await read_base(session, workspace)

    async def decline(self, workspace: int, proposal: int, who: str) -> None:
        """Set a proposal aside; its own proposer may withdraw it so. Raises `Refused` when it is settled."""
        async with self._database.begin() as session:
            row = await _proposal_row(session, workspace, proposal)
            if row.state != _OPEN:
                raise Refused(f"That proposal was {row.state} already.")
            row.state, row.decided_by = "declined", who

    async def challenge(self, workspace: int, challenge: Challenge) -> Challenge:
        """Put a challenge into the queue; its id is given."""
        async with self._database.begin() as session:
            row = ChallengeRow(
                workspace=workspace,
                number=challenge.number,
                version=challenge.version,
                asked=challenge.asked,
                link=challenge.link,
                who=challenge.who,
                made_at=challenge.made_at,
                reason=challenge.reason,
            )
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
                raise NotFound("No challenge has that number. !review shows the open ones.")
            if row.state != _OPEN:
                raise Refused(f"That challenge was {row.state} already.")
            row.state, row.decided_by, row.outcome = outcome.value, who, words
            return _challenge(row)


async def proposed(
    session: AsyncSession, workspace: int, before: Claim | None, after: Claim, signed: Signature
) -> Proposal:
    """Keep a change for a second moderator, within the caller's transaction."""
    row = ProposalRow(
        workspace=workspace,
        number=after.number if before else 0,
        version=before.version if before else 0,
        after=claim_record(after),
        who=signed.who,
        made_at=signed.at,
        reason=signed.reason,
    )
    session.add(row)
    await session.flush()
    return Proposal(row.id or 0, before, after, row.version, signed.who, signed.at, signed.reason)


async def _proposal_row(session: AsyncSession, workspace: int, proposal: int, *, lock: bool = True) -> ProposalRow:
    row = await session.get(ProposalRow, proposal, with_for_update=lock)
    if row is None or row.workspace != workspace:
        raise NotFound("No proposal has that number. !review shows the open ones.")
    return row


async def _proposal(session: AsyncSession, row: ProposalRow, entries: Entries) -> Proposal:
    before = None
    if row.number:
        claim = await session.get(ClaimRow, (row.workspace, row.number))
        before = claim_of(claim.model_dump(), entries, claim.version) if claim else None
    after = claim_of({**row.after, "number": row.number or row.after["number"]}, entries, row.version + 1)
    return Proposal(row.id or 0, before, after, row.version, row.who, row.made_at, row.reason, row.state)


def _challenge(row: ChallengeRow) -> Challenge:
    return Challenge(**row.model_dump(exclude={"workspace", "decided_by", "outcome"}))
