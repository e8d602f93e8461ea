"""Putting the curated base into a workspace, and keeping it current without touching what a moderator changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.claims import Entry, FactBase, Kind
from bot.core.records import Record, claim_record, entry_record, plain, source_record, wording_record
from bot.store.claims import read_base
from bot.store.database import Database
from bot.store.tables import ClaimRow, EntryRevisionRow, EntryRow, RevisionRow, SourceRow, WorkspaceRow

CURATED_BY = "curated fact base"
LOADED = "Loaded from the curated fact base"
CHANGED = "Changed in the curated fact base"
REMOVED = "Removed from the curated fact base"
_NOT_OF_SOURCE = {"workspace", "key", "edited"}


@dataclass(frozen=True, slots=True)
class Seeded:
    """
    How many claims a seeding added, updated, left to their moderators (`kept`), and found as they were.

    Attributes:
        before: The workspace's base until then, where there was one and something in it changed; `after`: since then.
    """

    added: int = 0
    updated: int = 0
    kept: int = 0
    unchanged: int = 0
    before: FactBase | None = field(default=None, repr=False, compare=False)
    after: FactBase | None = field(default=None, repr=False, compare=False)


async def seed(database: Database, workspace: int, base: FactBase, *, now: datetime) -> Seeded:
    """
    Bring *workspace* up to the curated *base*, in one transaction.

    What a moderator edited is left alone. A claim that left the base is retired, not deleted. Seeding twice, or
    from two processes at once, is the same as seeding once.

    Args:
        now: Aware; recorded with every revision.
    """
    async with database.session() as session:  # nothing to do is the rule, and reading waits for nobody
        row = await session.get(WorkspaceRow, workspace)
        if row is not None and row.base_digest == digest_of(base):
            return await _as_it_was(session, workspace, base)
    try:
        async with database.begin() as session:
            return await _seed(session, workspace, base, now)
    except IntegrityError:  # another process made the workspace first: start over from what it wrote
        async with database.begin() as session:
            return await _seed(session, workspace, base, now)


async def _seed(session: AsyncSession, workspace: int, base: FactBase, now: datetime) -> Seeded:
    digest = digest_of(base)
    row = await session.get(WorkspaceRow, workspace, with_for_update=True)
    before: FactBase | None = None
    if row is None:
        row = WorkspaceRow(id=workspace, joined_at=now)
        session.add(row)
        await session.flush()
    elif row.base_digest == digest:
        return await _as_it_was(session, workspace, base)
    else:
        before = await read_base(session, workspace)
    row.base_digest = digest
    row.wording = wording_record(base.wording)
    row.revision += 1
    await _seed_entries(session, workspace, base, now)
    await _seed_sources(session, workspace, base, now)
    await session.flush()
    seeded = await _seed_claims(session, workspace, base, now)
    await session.flush()
    await _retire_entries(session, workspace, base)
    if before is None:
        return seeded
    await session.flush()
    return replace(seeded, before=before, after=await read_base(session, workspace))


def digest_of(base: FactBase) -> str:
    """Changes whenever anything in *base* does, so that an unchanged base costs two queries."""
    everything: list[Any] = [
        [(entry.kind, entry.key, entry_record(entry)) for entry in _entries(base)],
        [(source.key, source_record(source)) for source in base.sources.values()],
        [claim_record(claim) for claim in base.claims.values()],
        wording_record(base.wording),
    ]
    return hashlib.sha256(json.dumps(everything, default=str, sort_keys=True).encode()).hexdigest()


async def _as_it_was(session: AsyncSession, workspace: int, base: FactBase) -> Seeded:
    edited = await session.exec(select(ClaimRow.number).where(ClaimRow.workspace == workspace, col(ClaimRow.edited)))
    kept = len(base.claims.keys() & set(edited))
    return Seeded(kept=kept, unchanged=len(base.claims) - kept)


def _entries(base: FactBase) -> list[Entry]:
    return [*base.commands(), *base.metrics.values()]


async def _seed_entries(session: AsyncSession, workspace: int, base: FactBase, now: datetime) -> None:
    rows = await session.exec(select(EntryRow).where(EntryRow.workspace == workspace))
    there = {(row.kind, row.key): row for row in rows}
    added: list[Record] = []
    for position, entry in enumerate(_entries(base)):
        record = {"position": position, "name": entry.name, "data": entry_record(entry), "retired": False}
        row = there.get((entry.kind.value, entry.key))
        if row is None:
            added.append(
                {"workspace": workspace, "kind": entry.kind.value, "key": entry.key, "edited": False, **record}
            )
        elif not row.edited:
            if row.data != (after := entry_record(entry)):
                session.add(_entry_revision(workspace, row.kind, row.key, row.data, after, now))
            row.sqlmodel_update(record)
    await _insert(session, EntryRow, added)


async def _seed_sources(session: AsyncSession, workspace: int, base: FactBase, now: datetime) -> None:
    rows = await session.exec(select(SourceRow).where(SourceRow.workspace == workspace))
    there = {row.key: row for row in rows}
    added: list[Record] = []
    for source in base.sources.values():
        row = there.get(source.key)
        if row is None:
            added.append({"workspace": workspace, "key": source.key, "edited": False, **source_record(source)})
        elif not row.edited:
            before, after = plain(row.model_dump(exclude=_NOT_OF_SOURCE)), plain(source_record(source))
            if before != after:
                session.add(_entry_revision(workspace, "source", row.key, before, after, now))
            row.sqlmodel_update(source_record(source))
    await _insert(session, SourceRow, added)


def _entry_revision(
    workspace: int, kind: str, key: str, before: Record, after: Record, now: datetime
) -> EntryRevisionRow:
    return EntryRevisionRow(
        workspace=workspace,
        kind=kind,
        key=key,
        before=before,
        after=after,
        origin="base",
        who=CURATED_BY,
        made_at=now,
        reason=CHANGED,
    )


async def _seed_claims(session: AsyncSession, workspace: int, base: FactBase, now: datetime) -> Seeded:
    rows = await session.exec(select(ClaimRow).where(ClaimRow.workspace == workspace))
    there = {row.number: row for row in rows}
    added: list[Record] = []
    revisions: list[Record] = []
    updated = kept = unchanged = 0
    for claim in base.claims.values():
        row, record = there.get(claim.number), claim_record(claim)
        if row is None:
            added.append({"workspace": workspace, "version": 1, "edited": False, **record})
            revisions.append(_revision(workspace, None, record, 1, now, LOADED))
        elif row.edited:
            kept += 1
        elif _record_of(row) == record:
            unchanged += 1
        else:
            revisions.append(_revise(row, record, now, CHANGED))
            updated += 1
    for row in there.values():
        if row.number not in base.claims and not row.edited and not row.retired:
            revisions.append(_revise(row, {**_record_of(row), "retired": REMOVED}, now, REMOVED))
            updated += 1
    await _insert(session, ClaimRow, added)
    await session.flush()
    await _insert(session, RevisionRow, revisions)
    return Seeded(len(added), updated, kept, unchanged)


def _record_of(row: ClaimRow) -> Record:
    return row.model_dump(exclude={"workspace", "version", "edited"})


def _revise(row: ClaimRow, record: Record, now: datetime, reason: str) -> Record:
    before = _record_of(row)
    row.sqlmodel_update({**record, "version": row.version + 1})
    return _revision(row.workspace, before, record, row.version, now, reason)


def _revision(
    workspace: int, before: Record | None, after: Record, version: int, now: datetime, reason: str
) -> Record:
    return {
        "workspace": workspace,
        "number": after["number"],
        "version": version,
        "before": before,
        "after": after,
        "origin": "base",
        "who": CURATED_BY,
        "made_at": now,
        "reason": reason,
    }


async def _insert(session: AsyncSession, table: type[SQLModel], records: list[Record]) -> None:
    if records:
        connection = await session.connection()
        await connection.execute(insert(table), records)


async def _retire_entries(session: AsyncSession, workspace: int, base: FactBase) -> None:
    """
    Silence the entries that left the base, so that a renamed entry does not share its aliases with its old self.

    An entry that a live claim (one a moderator added, say) still refers to goes on answering.
    """
    rows = await session.exec(select(EntryRow).where(EntryRow.workspace == workspace, ~col(EntryRow.edited)))
    curated = {(entry.kind.value, entry.key) for entry in _entries(base)}
    gone = [row for row in rows if (row.kind, row.key) not in curated]
    if not gone:
        return
    claims = await session.exec(select(ClaimRow).where(ClaimRow.workspace == workspace, ClaimRow.retired == ""))
    publishers = await session.exec(
        select(SourceRow.key, SourceRow.publisher).where(SourceRow.workspace == workspace)
    )
    publisher_of = dict(publishers.all())
    needed = {reference for row in claims for reference in _references(row, publisher_of[row.source])}
    for row in gone:
        row.retired = (row.kind, row.key) not in needed


def _references(row: ClaimRow, publisher: str) -> Iterator[tuple[str, str]]:
    yield from ((Kind.TOPIC.value, key) for key in row.topics)
    yield from ((Kind.PLACE.value, key) for key in row.places)
    yield from ((Kind.METRIC.value, figure["metric"]) for figure in row.figures)
    parties = (row.claimant, publisher, *row.subjects, *(hop["party"] for hop in row.relayed_by))
    yield from ((Kind.PARTY.value, key) for key in parties)
