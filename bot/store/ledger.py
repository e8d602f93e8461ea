"""Every write to a fact base: the thing and its revision in one transaction, on the version its writer saw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlmodel import func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.claims import FactBase
from bot.core.editing.batches import Batch, ClaimWrite, EntryWrite, SourceWrite, applied
from bot.core.editing.queue import REVIEW_DAYS
from bot.core.history.revisions import Signature
from bot.core.records import Record, claim_record, entry_record, plain, source_record, wording_record
from bot.core.wording import say
from bot.errors import ConflictError
from bot.store.claims import SOURCE, read_base
from bot.store.database import Database
from bot.store.moderation_tables import ReviewRow
from bot.store.putting_away import bring_back, put_away
from bot.store.tables import ClaimRow, EntryRevisionRow, EntryRow, RevisionRow, SourceRow, WorkspaceRow

_ORIGIN = "moderator"


class Ledger:
    """Writes batches; each is applied whole or not at all."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write(self, workspace: int, batch: Batch, signed: Signature, seen: FactBase | None = None) -> FactBase:
        """
        Apply *batch* and give the base as it stands after it; returns only after the commit.

        Args:
            seen: The base as its writer has it in memory. Where that is how it stands, it is not read again.

        Raises:
            ConflictError: Something in it was changed since its writer read it. Nothing is written.
        """
        async with self._database.begin() as session:
            row = await locked(session, workspace)
            if batch.revision is not None and row.revision != batch.revision:
                raise ConflictError(say("The fact base was changed in the meantime; look again and redo it."))
            after = applied(seen, batch) if seen is not None and seen.revision == row.revision else None
            await apply(session, row, batch, signed)
            await session.flush()
            return await read_base(session, workspace) if after is None else after


async def locked(session: AsyncSession, workspace: int) -> WorkspaceRow:
    """The workspace's row, held until the transaction ends: its writers come one after the other."""
    row = await session.get(WorkspaceRow, workspace, with_for_update=True, populate_existing=True)
    if row is None:
        raise ConflictError(say("This server has no fact base yet; try again in a moment."))
    return row


async def apply(session: AsyncSession, workspace: WorkspaceRow, batch: Batch, signed: Signature) -> None:
    """Write *batch* within the caller's transaction, which holds *workspace*."""
    workspace.revision += 1
    if batch.wording is not None:
        workspace.wording = wording_record(batch.wording)
    for entry in batch.entries:
        await _write_entry(session, workspace.id, entry, signed)
    await session.flush()
    for source in batch.sources:
        await _write_source(session, workspace.id, source, signed)
    await session.flush()
    for claim in batch.claims:
        await _write_claim(session, workspace.id, claim, signed)
        await session.flush()
    if any(not each.claim.retired and each.expected for each in batch.claims):
        await bring_back(session, workspace.id, (each.claim.number for each in batch.claims))
    if batch.clears:
        workspace.own = True
        written = {(each.after.kind.value, each.after.key) for each in batch.entries}
        written |= {(SOURCE, each.after.key) for each in batch.sources}
        await put_away(session, workspace.id, lambda name, _: name not in written)


async def next_number(session: AsyncSession, workspace: int) -> int:
    """The number that the workspace's next claim gets."""
    newest = await session.exec(select(func.max(ClaimRow.number)).where(ClaimRow.workspace == workspace))
    return (newest.one() or 0) + 1


async def _write_claim(session: AsyncSession, workspace: int, write: ClaimWrite, signed: Signature) -> None:
    claim = write.claim
    row = await session.get(ClaimRow, (workspace, claim.number), populate_existing=True)
    found = row.version if row else 0
    if found != write.expected:
        raise ConflictError(
            say(
                "{ref} was changed by somebody else in the meantime: it is at revision {now} now, not {expected}.",
                ref=claim.ref,
                now=found,
                expected=write.expected,
            )
        )
    record = claim_record(claim)
    before = _record_of(row) if row else None
    if row is None:
        session.add(ClaimRow(workspace=workspace, version=1, edited=True, **record))
    else:
        row.sqlmodel_update({**record, "version": found + 1, "edited": True})
    await session.flush()
    session.add(
        RevisionRow(
            workspace=workspace,
            number=claim.number,
            version=found + 1,
            before=before,
            after=record,
            origin=_ORIGIN,
            **_signed(signed),
        )
    )
    if write.weighs and row is not None:
        review = await review_row(session, workspace, claim.number, signed.at.date())
        review.reviewed_on, review.reviewed_by, review.due_on = None, "", signed.at.date()


async def review_row(session: AsyncSession, workspace: int, number: int, today: date) -> ReviewRow:
    """The claim's review, held; made with the defaults when it has none yet."""
    row = await session.get(ReviewRow, (workspace, number), with_for_update=True)
    if row is None:
        due = today + timedelta(days=REVIEW_DAYS)
        row = ReviewRow(workspace=workspace, number=number, interval_days=REVIEW_DAYS, due_on=due)
        session.add(row)
    return row


def _record_of(row: ClaimRow) -> Record:
    return row.model_dump(exclude={"workspace", "version", "edited"})


def _signed(signed: Signature) -> Record:
    return {"who": signed.who, "made_at": signed.at, "reason": signed.reason}


async def _write_entry(session: AsyncSession, workspace: int, write: EntryWrite, signed: Signature) -> None:
    entry = write.after
    row = await session.get(EntryRow, (workspace, entry.kind.value, entry.key), populate_existing=True)
    record = entry_record(entry)
    _check_unchanged(
        entry.name, row.data if row and not row.retired else None, write.before and entry_record(write.before)
    )
    if row is None:
        last = await session.exec(select(func.max(EntryRow.position)).where(EntryRow.workspace == workspace))
        row = EntryRow(
            workspace=workspace,
            kind=entry.kind.value,
            key=entry.key,
            position=(last.one() or 0) + 1,
            name=entry.name,
            data=record,
            edited=True,
        )
        session.add(row)
    else:
        row.sqlmodel_update({"name": entry.name, "data": record, "retired": False, "edited": True})
    _note(
        session, workspace, entry.kind.value, entry.key, write.before and entry_record(write.before), record, signed
    )


async def _write_source(session: AsyncSession, workspace: int, write: SourceWrite, signed: Signature) -> None:
    source = write.after
    row = await session.get(SourceRow, (workspace, source.key), populate_existing=True)
    record = source_record(source)
    held = row.model_dump(exclude={"workspace", "key", "edited", "retired"}) if row and not row.retired else None
    before = write.before and source_record(write.before)
    _check_unchanged(source.key, held, before)
    if row is None:
        session.add(SourceRow(workspace=workspace, key=source.key, edited=True, **record))
    else:
        row.sqlmodel_update({**record, "retired": False, "edited": True})
    _note(session, workspace, "source", source.key, before and plain(before), plain(record), signed)


def _check_unchanged(name: str, held: Mapping[str, Any] | None, expected: Mapping[str, Any] | None) -> None:
    if held != expected:
        raise ConflictError(
            say("“{name}” was changed by somebody else in the meantime; look again and redo it.", name=name)
        )


def _note(
    session: AsyncSession,
    workspace: int,
    kind: str,
    key: str,
    before: Record | None,
    after: Record,
    signed: Signature,
) -> None:
    session.add(
        EntryRevisionRow(
            workspace=workspace, kind=kind, key=key, before=before, after=after, origin=_ORIGIN, **_signed(signed)
        )
    )
