"""Putting the curated base into a workspace, and keeping it current without touching what a moderator changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.claims import Claim, Entry, FactBase, Source
from bot.store.database import Database
from bot.store.records import Record, claim_record, entry_record
from bot.store.tables import ClaimRow, EntryRow, RevisionRow, SourceRow, WorkspaceRow

CURATED_BY = "curated base"
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Seeded:
    """How many claims a seeding added, updated, left to their moderators (`kept`), and found as they were."""

    added: int = 0
    updated: int = 0
    kept: int = 0
    unchanged: int = 0


async def seed(database: Database, workspace: int, base: FactBase, *, now: datetime) -> Seeded:
    """
    Bring *workspace* up to the curated *base*, in one transaction.

    What a moderator edited is left alone. A claim that left the base is retired, not deleted. Seeding twice, or
    from two processes at once, is the same as seeding once.

    Args:
        now: Aware; recorded with every revision.
    """
    for attempt in range(_ATTEMPTS):
        try:
            async with database.begin() as session:
                return await _seed(session, workspace, base, now)
        except IntegrityError:  # another process seeded the same rows first: start over from what it wrote
            if attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError


async def _seed(session: AsyncSession, workspace: int, base: FactBase, now: datetime) -> Seeded:
    digest = _digest(base)
    row = await session.get(WorkspaceRow, workspace)
    if row is None:
        row = WorkspaceRow(id=workspace, joined_at=now)
        session.add(row)
        await session.flush()
    elif row.base_digest == digest:
        return Seeded(unchanged=len(base.claims))
    row.base_digest = digest
    await _seed_entries(session, workspace, base)
    await _seed_sources(session, workspace, base.sources.values())
    await session.flush()
    return await _seed_claims(session, workspace, base, now)


def _digest(base: FactBase) -> str:
    """Changes whenever anything in *base* does, so that an unchanged base costs one query."""
    everything: list[Any] = [
        [(entry.kind, entry.key, entry_record(entry)) for entry in _entries(base)],
        [(source.key, _source_record(source)) for source in base.sources.values()],
        [claim_record(claim) for claim in base.claims.values()],
    ]
    return hashlib.sha256(json.dumps(everything, default=str, sort_keys=True).encode()).hexdigest()


def _entries(base: FactBase) -> list[Entry]:
    return [*base.commands(), *base.metrics.values()]


def _source_record(source: Source) -> Record:
    return {
        "publisher": source.publisher.key,
        "published_on": source.published_on,
        "sha256": source.sha256,
        "title": source.title,
    }


async def _seed_entries(session: AsyncSession, workspace: int, base: FactBase) -> None:
    rows = await session.exec(select(EntryRow).where(EntryRow.workspace == workspace))
    there = {(row.kind, row.key): row for row in rows}
    for position, entry in enumerate(_entries(base)):
        row = there.get((entry.kind.value, entry.key))
        if row is None:
            row = EntryRow(workspace=workspace, kind=entry.kind.value, key=entry.key, position=0, name="", data={})
            session.add(row)
        elif row.edited:
            continue
        row.position, row.name, row.data = position, entry.name, entry_record(entry)


async def _seed_sources(session: AsyncSession, workspace: int, sources: Iterable[Source]) -> None:
    rows = await session.exec(select(SourceRow).where(SourceRow.workspace == workspace))
    there = {row.key: row for row in rows}
    for source in sources:
        row = there.get(source.key)
        if row is None:
            session.add(SourceRow(workspace=workspace, key=source.key, **_source_record(source)))
        elif not row.edited:
            row.sqlmodel_update(_source_record(source))


async def _seed_claims(session: AsyncSession, workspace: int, base: FactBase, now: datetime) -> Seeded:
    rows = await session.exec(select(ClaimRow).where(ClaimRow.workspace == workspace).order_by(col(ClaimRow.number)))
    there = {row.number: row for row in rows}
    added = updated = kept = unchanged = 0
    for claim in base.claims.values():
        row, record = there.get(claim.number), claim_record(claim)
        if row is None:
            session.add(_new_row(workspace, claim, record))
            session.add(_revision(workspace, claim.number, 1, None, record, now, "Loaded from the curated fact base"))
            added += 1
        elif row.edited:
            kept += 1
        elif row.data == record and row.retired == claim.retired:
            unchanged += 1
        else:
            _revise(session, row, claim, record, now, "Changed in the curated fact base")
            updated += 1
    for number, row in there.items():
        if number not in base.claims and not row.edited and not row.retired:
            _retire(session, row, now)
            updated += 1
    return Seeded(added, updated, kept, unchanged)


def _columns(claim: Claim, record: Record) -> dict[str, Any]:
    return {
        "statement": claim.statement,
        "claimant": claim.attribution.claimant.key,
        "source": claim.attribution.source.key,
        "status": claim.verification.status.value,
        "has_caveat": bool(claim.verification.caveats),
        "data": record,
        "retired": claim.retired,
    }


def _new_row(workspace: int, claim: Claim, record: Record) -> ClaimRow:
    return ClaimRow(workspace=workspace, number=claim.number, **_columns(claim, record))


def _revise(session: AsyncSession, row: ClaimRow, claim: Claim, record: Record, now: datetime, reason: str) -> None:
    before = {**row.data, "retired": row.retired}
    row.sqlmodel_update({**_columns(claim, record), "version": row.version + 1})
    session.add(_revision(row.workspace, row.number, row.version, before, record, now, reason))


def _retire(session: AsyncSession, row: ClaimRow, now: datetime) -> None:
    reason = "Removed from the curated fact base"
    before = {**row.data, "retired": ""}
    after = {**row.data, "retired": reason}
    row.sqlmodel_update({"data": after, "retired": reason, "version": row.version + 1})
    session.add(_revision(row.workspace, row.number, row.version, before, after, now, reason))


def _revision(
    workspace: int, number: int, version: int, before: Record | None, after: Record, now: datetime, reason: str
) -> RevisionRow:
    return RevisionRow(
        workspace=workspace,
        number=number,
        version=version,
        before=before,
        after=after,
        who=CURATED_BY,
        made_at=now,
        reason=reason,
    )
