"""The fact base as it stood: from the present, undoing what was changed since."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, tuple_
from sqlmodel import asc, col, desc, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.claims import GROUPS, Claim, FactBase, Source, Wording
from bot.core.records import claim_of, entry_record, wording_of
from bot.store.claims import WORDING, entries_of, read_entries, row_parts
from bot.store.database import Store
from bot.store.tables import EntryRevisionRow, RevisionRow, WorkspaceRow

_SETTINGS = "settings"
_STATE = tuple_(col(RevisionRow.number), col(RevisionRow.version))
_AT_ONCE = 500
"""States in one query: SQLite takes no more than some thousands of parameters."""


class Past(Store):
    """Reads earlier states of a workspace."""

    async def base(self, workspace: int, at: datetime) -> FactBase:
        """Everything *workspace* held at that moment."""
        async with self._database.session() as session:
            entries = await _entries_at(session, workspace, at)
            newest = select(RevisionRow.number, func.max(RevisionRow.version)).where(
                RevisionRow.workspace == workspace, col(RevisionRow.made_at) <= at
            )
            claims = await _claims(session, entries, workspace, _STATE.in_(newest.group_by(col(RevisionRow.number))))
            return replace(entries, claims=claims, wording=await _wording_at(session, workspace, at))

    async def written(self, workspace: int) -> tuple[datetime, datetime] | None:
        """When the first and the newest change to what *workspace* holds were written; None before there is one."""
        of_claims = select(col(RevisionRow.made_at)).where(RevisionRow.workspace == workspace)
        of_entries = select(col(EntryRevisionRow.made_at)).where(
            EntryRevisionRow.workspace == workspace, EntryRevisionRow.kind != _SETTINGS
        )
        async with self._database.session() as session:
            ends = [
                (await session.exec(rows.order_by(order(rows.selected_columns[0])).limit(1))).first()
                for rows in (of_claims, of_entries)
                for order in (asc, desc)
            ]
        moments = [moment for moment in ends if moment is not None]
        return (min(moments), max(moments)) if moments else None

    async def claims(self, workspace: int, versions: Mapping[int, int], at: datetime) -> dict[int, Claim]:
        """Claims in given versions, worded as at that moment; those that are not there are left out."""
        async with self._database.session() as session:
            entries = await _entries_at(session, workspace, at)
            claims: dict[int, Claim] = {}
            wanted = sorted(versions.items())
            for start in range(0, len(wanted), _AT_ONCE):
                some = _STATE.in_(wanted[start : start + _AT_ONCE])
                claims |= await _claims(session, entries, workspace, some)
            return claims


async def _claims(
    session: AsyncSession, entries: FactBase, workspace: int, which: ColumnElement[bool]
) -> dict[int, Claim]:
    """Claims as some revisions left them, by number, put together off the event loop."""
    claims: dict[int, Claim] = {}
    here, order = col(RevisionRow.workspace) == workspace, (col(RevisionRow.number),)
    async for some in row_parts(session, RevisionRow, here, which, order=order):
        claims |= await asyncio.to_thread(_made, some, entries)
    return claims


def _made(rows: Sequence[Mapping[str, Any]], entries: FactBase) -> dict[int, Claim]:
    return {row["number"]: claim_of(row["after"], entries, row["version"]) for row in rows}


async def _wording_at(session: AsyncSession, workspace: int, at: datetime) -> Wording:
    """The words used for each other as they were: what the first change after that moment found, or what is there."""
    later = await session.exec(
        select(EntryRevisionRow)
        .where(
            EntryRevisionRow.workspace == workspace,
            EntryRevisionRow.kind == WORDING,
            col(EntryRevisionRow.made_at) > at,
        )
        .order_by(col(EntryRevisionRow.id))
        .limit(1)
    )
    changed = later.first()
    row = await session.get(WorkspaceRow, workspace)
    return wording_of((changed.before or {}) if changed else row.wording if row else {})


async def _entries_at(session: AsyncSession, workspace: int, at: datetime) -> FactBase:
    """The entries as they were: the present ones, with every later change undone, the newest first."""
    now, _ = await read_entries(session, workspace)
    rows = await session.exec(
        select(EntryRevisionRow)
        .where(
            EntryRevisionRow.workspace == workspace,
            col(EntryRevisionRow.made_at) > at,
            col(EntryRevisionRow.kind).in_(GROUPS),
        )
        .order_by(col(EntryRevisionRow.id).desc())
    )
    # one that was new then is left: nothing of that time refers to it
    before = {(row.kind, row.key): row.before for row in rows if row.before is not None}

    def put_together() -> FactBase:
        kept = {
            (kind, key): entry_record(each) for kind in GROUPS for key, each in now.of_kind(kind).items()
        } | before
        sources = {key: kept.pop((Source.kind, key)) for key in now.sources}
        return entries_of(kept, sources)

    return await asyncio.to_thread(put_together)
