"""Every write to a fact base: the thing and its revision in one transaction, on the version its writer saw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlmodel import func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.claims import Entry, FactBase, Source, Wording
from bot.core.editing.batches import Batch, ClaimWrite, EntryWrite, applied
from bot.core.editing.queue import REVIEW_DAYS
from bot.core.history.revisions import Signature
from bot.core.records import Record, claim_record, entry_record, plain, source_record, wording_record
from bot.core.wording import say
from bot.errors import ConflictError
from bot.store.claims import WORDING, read_base
from bot.store.database import Store
from bot.store.moderation_tables import ReviewRow
from bot.store.putting_away import bring_back, put_away
from bot.store.tables import ClaimRow, EntryRevisionRow, EntryRow, RevisionRow, SourceRow, WorkspaceRow

MODERATOR, BASE = "moderator", "base"
"""Where a change came from."""


class Ledger(Store):
    """Writes batches; each is applied whole or not at all."""

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
        _write_wording(session, workspace, batch.wording, batch.wording_seen, signed)
    for entry in batch.entries:
        await _write_entry(session, workspace.id, entry, signed)
    await session.flush()
    for claim in batch.claims:
        await _write_claim(session, workspace.id, claim, signed)
        await session.flush()
    if any(not each.claim.retired for each in batch.claims):
        await bring_back(session, workspace.id, (each.claim for each in batch.claims))
    if batch.clears:
        workspace.own = True
        written = {(str(each.after.kind), each.after.key) for each in batch.entries}
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
    before = record_of(row) if row else None
    if row is None:
        session.add(ClaimRow(workspace=workspace, version=1, edited=True, **record))
    else:
        row.sqlmodel_update({**record, "version": found + 1, "edited": True})
    await session.flush()
    session.add(RevisionRow(**revision_record(workspace, before, record, found + 1, signed, MODERATOR)))
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


def record_of(row: ClaimRow) -> Record:
    """The `claim_record` that a row holds."""
    return row.model_dump(exclude={"workspace", "version", "edited"})


def revision_record(
    workspace: int, before: Record | None, after: Record, version: int, signed: Signature, origin: str
) -> Record:
    """The columns of a claim's revision."""
    named = {"workspace": workspace, "number": after["number"], "version": version, "before": before, "after": after}
    return {**named, "origin": origin, **_signed(signed)}


def _signed(signed: Signature) -> Record:
    return {"who": signed.who, "made_at": signed.at, "reason": signed.reason}


def _write_wording(
    session: AsyncSession, workspace: WorkspaceRow, wording: Wording, seen: Wording | None, signed: Signature
) -> None:
    before, after = dict(workspace.wording), wording_record(wording)
    if seen is not None:
        _check_unchanged("The vocabulary", before, wording_record(seen))
    workspace.wording = after
    note(session, workspace.id, WORDING, WORDING, before, after, signed)


async def _write_entry(session: AsyncSession, workspace: int, write: EntryWrite, signed: Signature) -> None:
    after, before, record = write.after, write.record_before, entry_record(write.after)
    kind, key = str(after.kind), after.key
    row, held = await _entry_row(session, workspace, after)
    _check_unchanged(key if isinstance(after, Source) else after.name, held, before)
    columns = source_record(after) if isinstance(after, Source) else {"name": after.name, "data": record}
    row.sqlmodel_update({**columns, "retired": False, "edited": True})
    session.add(row)
    note(session, workspace, kind, key, before, record, signed)


async def _entry_row(
    session: AsyncSession, workspace: int, entry: Entry | Source
) -> tuple[EntryRow | SourceRow, Record | None]:
    """The row of an entry or a source, a new one where there is none; and what it holds, None where that is away."""
    if isinstance(entry, Source):
        source = await session.get(SourceRow, (workspace, entry.key), populate_existing=True)
        held = plain(source.model_dump(include=set(source_record(entry)))) if source and not source.retired else None
        return source or SourceRow(workspace=workspace, key=entry.key, **source_record(entry)), held
    kind = entry.kind.value
    row = await session.get(EntryRow, (workspace, kind, entry.key), populate_existing=True)
    if row is None:
        last = await session.exec(select(func.max(EntryRow.position)).where(EntryRow.workspace == workspace))
        position = (last.one() or 0) + 1
        new = EntryRow(workspace=workspace, kind=kind, key=entry.key, position=position, name=entry.name, data={})
        return new, None
    return row, None if row.retired else row.data


def _check_unchanged(name: str, held: Mapping[str, Any] | None, expected: Mapping[str, Any] | None) -> None:
    if held != expected:
        raise ConflictError(
            say("“{name}” was changed by somebody else in the meantime; look again and redo it.", name=name)
        )


def note(
    session: AsyncSession,
    workspace: int,
    kind: str,
    key: str,
    before: Record | None,
    after: Record,
    signed: Signature,
    origin: str = MODERATOR,
) -> None:
    """Keep what became of an entry, a source, the base's words or a server's settings."""
    row = EntryRevisionRow(
        workspace=workspace, kind=kind, key=key, before=before, after=after, origin=origin, **_signed(signed)
    )
    session.add(row)
