"""Putting the curated base into a workspace, and keeping it current without touching what a moderator changed."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.claims import FactBase, Source
from bot.core.editing.relating import renumbered
from bot.core.history.revisions import Signature
from bot.core.records import Record, claim_record, entry_record, plain, source_record, wording_record
from bot.core.wording import later
from bot.store.claims import WORDING, read_base
from bot.store.database import Database
from bot.store.ledger import BASE, note, record_of, revision_record
from bot.store.putting_away import put_away
from bot.store.tables import ClaimRow, EntryRevisionRow, EntryRow, RevisionRow, SourceRow, WorkspaceRow

CURATED_BY = later("curated fact base")
LOADED = later("Loaded from the curated fact base")
CHANGED = later("Changed in the curated fact base")
REMOVED = later("Removed from the curated fact base")
REPLACED = later("Another fact base took its place")


@dataclass(frozen=True, slots=True)
class Seeded:
    """
    How many claims a seeding added and updated.

    Attributes:
        before: The workspace's base until then, where there was one and something in it changed; `after`: since then.
    """

    added: int = 0
    updated: int = 0
    before: FactBase | None = field(default=None, repr=False, compare=False)
    after: FactBase | None = field(default=None, repr=False, compare=False)


async def seed(
    database: Database, workspace: int, base: FactBase, *, now: datetime, digest: str | None = None
) -> Seeded:
    """
    Bring *workspace* up to the curated *base*, in one transaction.

    What a moderator edited is left alone. A claim that left the base is retired, not deleted. Seeding twice, or
    from two processes at once, is the same as seeding once. A server with a base of its own is not touched.

    A base is known by its sources: one that has none of those that were here is another base. It takes the place of
    the old one, with what moderators changed in that; its claims are numbered on. Where there is no base any more,
    a server whose moderators changed theirs keeps it as its own.

    Args:
        now: Aware; recorded with every revision.
        digest: The `digest_of` *base*, where it is known: it costs more than the look whether anything is to do.
    """
    digest = digest or await asyncio.to_thread(digest_of, base)
    async with database.session() as session:  # nothing to do is the rule, and reading waits for nobody
        which = select(WorkspaceRow.own, WorkspaceRow.base_digest).where(WorkspaceRow.id == workspace)
        known = (await session.exec(which)).first()
        if known is not None and (known[0] or known[1] == digest):
            return Seeded()
    try:
        async with database.begin() as session:
            return await _seed(session, workspace, base, digest, now)
    except IntegrityError:  # another process made the workspace first: start over from what it wrote
        async with database.begin() as session:
            return await _seed(session, workspace, base, digest, now)


async def _seed(session: AsyncSession, workspace: int, base: FactBase, digest: str, now: datetime) -> Seeded:
    row = await session.get(WorkspaceRow, workspace, with_for_update=True)
    before: FactBase | None = None
    own_words = False
    if row is None:
        row = WorkspaceRow(id=workspace, joined_at=now)
        session.add(row)
        await session.flush()
    elif row.own or row.base_digest == digest:
        return Seeded()
    elif row.base_digest:
        before = await read_base(session, workspace)
        if not base.sources and workspace and await _was_changed(session, workspace):
            row.own = True
            return Seeded()
        own_words = await _words_were_changed(session, workspace)
        if await _is_another(session, workspace, base):
            await _replace(session, row, now)
            own_words = False
    base = _shifted(base, row.shift)
    row.base_digest = digest
    row.wording = row.wording if own_words else wording_record(base.wording)
    row.revision += 1
    records = await asyncio.to_thread(_records, base)
    await _seed_entries(session, workspace, records.entries, now)
    await _seed_sources(session, workspace, records.sources, now)
    await session.flush()
    seeded = await _seed_claims(session, workspace, records.claims, now)
    await session.flush()
    curated = {(str(each.kind), each.key) for each in base.references()}
    await put_away(session, workspace, lambda name, edited: not edited and name not in curated)
    if before is None:
        return seeded
    await session.flush()
    return replace(seeded, before=before, after=await read_base(session, workspace))


class _Records(NamedTuple):
    """A base as its rows hold it: entries by kind and key, sources by key, claims by number."""

    entries: dict[tuple[str, str], Record]
    sources: dict[str, Record]
    claims: dict[int, Record]


def _records(base: FactBase) -> _Records:
    return _Records(
        {(each.kind.value, each.key): entry_record(each) for each in base.entries()},
        {key: source_record(source) for key, source in base.sources.items()},
        {number: claim_record(claim) for number, claim in base.claims.items()},
    )


def digest_of(base: FactBase) -> str:
    """Changes whenever anything in *base* does, so that an unchanged base costs one query."""
    records = _records(base)
    everything: list[Any] = [
        [(*named, record) for named, record in records.entries.items()],
        [*records.sources.items()],
        [*records.claims.values()],
        wording_record(base.wording),
    ]
    return hashlib.sha256(json.dumps(everything, default=str, sort_keys=True).encode()).hexdigest()


async def _was_changed(session: AsyncSession, workspace: int) -> bool:
    """Whether a moderator changed anything of what the workspace holds."""
    for table in (ClaimRow, EntryRow, SourceRow):
        found = await session.exec(select(table.workspace).where(table.workspace == workspace, col(table.edited)))
        if found.first() is not None:
            return True
    return await _words_were_changed(session, workspace)


async def _words_were_changed(session: AsyncSession, workspace: int) -> bool:
    """Whether a moderator changed the words that are used for each other."""
    changes = select(EntryRevisionRow.id).where(
        EntryRevisionRow.workspace == workspace, EntryRevisionRow.kind == WORDING
    )
    return (await session.exec(changes.limit(1))).first() is not None


async def _is_another(session: AsyncSession, workspace: int, base: FactBase) -> bool:
    """Whether *base* has none of the documents that the workspace's base was read in."""
    held = set(
        await session.exec(select(SourceRow.sha256).where(SourceRow.workspace == workspace, ~col(SourceRow.retired)))
    )
    wanted = {source.sha256 for source in base.sources.values()}
    return bool(held and wanted) and held.isdisjoint(wanted)


async def _replace(session: AsyncSession, workspace: WorkspaceRow, now: datetime) -> None:
    """Retire every claim and let go of what moderators edited: another base comes, whose claims are numbered on."""
    live = await session.exec(select(ClaimRow).where(ClaimRow.workspace == workspace.id, col(ClaimRow.retired) == ""))
    await _insert(
        session, RevisionRow, [_revise(row, {**record_of(row), "retired": REPLACED}, now, REPLACED) for row in live]
    )
    for table in (EntryRow, SourceRow):
        for row in await session.exec(select(table).where(table.workspace == workspace.id)):
            row.edited = False
    newest = await session.exec(select(func.max(ClaimRow.number)).where(ClaimRow.workspace == workspace.id))
    workspace.shift = newest.one() or 0


def _shifted(base: FactBase, by: int) -> FactBase:
    """*base* with every claim's number higher by that much."""
    if not by:
        return base
    numbers = {number: number + by for number in base.claims}
    return replace(base, claims={numbers[each.number]: renumbered(each, numbers) for each in base.claims.values()})


async def _seed_entries(
    session: AsyncSession, workspace: int, records: Mapping[tuple[str, str], Record], now: datetime
) -> None:
    rows = await session.exec(select(EntryRow).where(EntryRow.workspace == workspace))
    there = {(row.kind, row.key): row for row in rows}
    added: list[Record] = []
    for position, ((kind, key), data) in enumerate(records.items()):
        record = {"position": position, "name": data["name"], "data": data, "retired": False}
        row = there.get((kind, key))
        if row is None:
            added.append({"workspace": workspace, "kind": kind, "key": key, "edited": False, **record})
        elif not row.edited:
            if row.data != data:
                note(session, workspace, kind, key, row.data, data, _signed(CHANGED, now), BASE)
            row.sqlmodel_update(record)
    await _insert(session, EntryRow, added)


async def _seed_sources(session: AsyncSession, workspace: int, records: Mapping[str, Record], now: datetime) -> None:
    rows = await session.exec(select(SourceRow).where(SourceRow.workspace == workspace))
    there = {row.key: row for row in rows}
    added: list[Record] = []
    for key, record in records.items():
        row = there.get(key)
        if row is None:
            added.append({"workspace": workspace, "key": key, "edited": False, **record})
        elif not row.edited:
            before, after = plain(row.model_dump(include=set(record))), plain(record)
            if before != after:
                note(session, workspace, Source.kind, key, before, after, _signed(CHANGED, now), BASE)
            row.sqlmodel_update({**record, "retired": False})
    await _insert(session, SourceRow, added)


async def _seed_claims(session: AsyncSession, workspace: int, records: Mapping[int, Record], now: datetime) -> Seeded:
    rows = await session.exec(select(ClaimRow).where(ClaimRow.workspace == workspace))
    there = {row.number: row for row in rows}
    held = await asyncio.to_thread(lambda: {number: record_of(row) for number, row in there.items()})
    added: list[Record] = []
    revisions: list[Record] = []
    updated = 0
    for number, record in records.items():
        row = there.get(number)
        if row is None:
            added.append({"workspace": workspace, "version": 1, "edited": False, **record})
            revisions.append(revision_record(workspace, None, record, 1, _signed(LOADED, now), BASE))
        elif not row.edited and held[number] != record:
            revisions.append(_revise(row, record, now, CHANGED))
            updated += 1
    for row in there.values():
        if row.number not in records and not row.edited and not row.retired:
            revisions.append(_revise(row, {**record_of(row), "retired": REMOVED}, now, REMOVED))
            updated += 1
    await _insert(session, ClaimRow, added)
    await session.flush()
    await _insert(session, RevisionRow, revisions)
    return Seeded(len(added), updated)


def _revise(row: ClaimRow, record: Record, now: datetime, reason: str) -> Record:
    before = record_of(row)
    row.sqlmodel_update({**record, "version": row.version + 1})
    return revision_record(row.workspace, before, record, row.version, _signed(reason, now), BASE)


def _signed(reason: str, now: datetime) -> Signature:
    return Signature(CURATED_BY, reason, now)


async def _insert(session: AsyncSession, table: type[SQLModel], records: list[Record]) -> None:
    if records:
        connection = await session.connection()
        await connection.execute(insert(table), records)
