"""The fact base as it stood: from the present, undoing what was changed since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import asc, col, desc, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.claims import Claim, FactBase, Kind, Metric, Party, Place, Topic, Wording
from bot.core.records import (
    Entries,
    Record,
    claim_of,
    entry_of,
    entry_record,
    source_of,
    source_record,
    wording_of,
)
from bot.store.claims import WORDING, read_entries
from bot.store.database import Database
from bot.store.tables import EntryRevisionRow, RevisionRow, WorkspaceRow

_SOURCE, _SETTINGS = "source", "settings"


class Past:
    """Reads earlier states of a workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def base(self, workspace: int, at: datetime) -> FactBase:
        """Everything *workspace* held at that moment."""
        async with self._database.session() as session:
            entries = await _entries_at(session, workspace, at)
            newest = (
                select(RevisionRow.number, func.max(RevisionRow.version).label("version"))
                .where(RevisionRow.workspace == workspace, col(RevisionRow.made_at) <= at)
                .group_by(col(RevisionRow.number))
                .subquery()
            )
            rows = await session.exec(
                select(RevisionRow)
                .join(
                    newest,
                    (col(RevisionRow.number) == newest.c.number) & (col(RevisionRow.version) == newest.c.version),
                )
                .where(RevisionRow.workspace == workspace)
                .order_by(col(RevisionRow.number))
            )
            claims = {row.number: claim_of(row.after, entries, row.version) for row in rows}
            return FactBase(
                claims,
                dict(entries.topics),
                dict(entries.places),
                dict(entries.parties),
                dict(entries.metrics),
                dict(entries.sources),
                await _wording_at(session, workspace, at),
            )

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
            rows = await session.exec(
                select(RevisionRow).where(
                    RevisionRow.workspace == workspace, col(RevisionRow.number).in_(versions.keys())
                )
            )
            return {
                row.number: claim_of(row.after, entries, row.version)
                for row in rows
                if versions[row.number] == row.version
            }


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


async def _entries_at(session: AsyncSession, workspace: int, at: datetime) -> Entries:
    """The entries as they were: the present ones, with every later change undone, the newest first."""
    now, _ = await read_entries(session, workspace)
    keyed: dict[tuple[str, str], Record] = {}
    for kind, held in (
        (Kind.TOPIC, now.topics),
        (Kind.PLACE, now.places),
        (Kind.PARTY, now.parties),
        (Kind.METRIC, now.metrics),
    ):
        keyed |= {(kind.value, key): entry_record(entry) for key, entry in held.items()}
    keyed |= {(_SOURCE, key): source_record(source) for key, source in now.sources.items()}
    rows = await session.exec(
        select(EntryRevisionRow)
        .where(
            EntryRevisionRow.workspace == workspace,
            col(EntryRevisionRow.made_at) > at,
            EntryRevisionRow.kind != _SETTINGS,
        )
        .order_by(col(EntryRevisionRow.id).desc())
    )
    for row in rows:
        if row.before is not None:  # one that was new then is left: nothing of that time refers to it
            keyed[row.kind, row.key] = row.before
    return _built(keyed)


def _built(keyed: Mapping[tuple[str, str], Record]) -> Entries:
    def of(kind: Kind) -> dict[str, Any]:
        return {key: entry_of(kind.value, key, record) for (each, key), record in keyed.items() if each == kind.value}

    topics: dict[str, Topic] = of(Kind.TOPIC)
    places: dict[str, Place] = of(Kind.PLACE)
    parties: dict[str, Party] = of(Kind.PARTY)
    metrics: dict[str, Metric] = of(Kind.METRIC)
    sources = {key: source_of(key, each, parties) for (kind, key), each in keyed.items() if kind == _SOURCE}
    return Entries(topics, places, parties, sources, metrics)
