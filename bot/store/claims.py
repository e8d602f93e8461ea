"""Fact bases out of the database."""

from __future__ import annotations

from typing import Any, cast

from sqlmodel import col, select

from bot.core.claims import Entry, FactBase, Kind, Metric, Party, Place, Source, Topic
from bot.store.database import Database
from bot.store.records import Entries, claim_of, entry_of
from bot.store.tables import ClaimRow, EntryRow, SourceRow, WorkspaceRow


class FactBases:
    """Reads whole workspaces, each in three queries however large it is."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, workspace: int) -> FactBase:
        """Everything *workspace* holds now; an empty base for a workspace nobody has seeded."""
        async with self._database.session() as session:
            entries = await session.exec(
                select(EntryRow).where(EntryRow.workspace == workspace).order_by(col(EntryRow.position))
            )
            sources = await session.exec(select(SourceRow).where(SourceRow.workspace == workspace))
            claims = await session.exec(
                select(ClaimRow).where(ClaimRow.workspace == workspace).order_by(col(ClaimRow.number))
            )
            return _assemble(list(entries), list(sources), list(claims))

    async def workspaces(self) -> list[int]:
        """Ids of every workspace, the curated base (0) included."""
        async with self._database.session() as session:
            return list(await session.exec(select(WorkspaceRow.id).order_by(col(WorkspaceRow.id))))


def _assemble(entry_rows: list[EntryRow], source_rows: list[SourceRow], claim_rows: list[ClaimRow]) -> FactBase:
    by_kind: dict[Kind, dict[str, Any]] = {kind: {} for kind in Kind}
    for row in entry_rows:
        entry: Entry = entry_of(row.kind, row.key, row.data)
        by_kind[entry.kind][row.key] = entry
    parties = cast("dict[str, Party]", by_kind[Kind.PARTY])
    topics = cast("dict[str, Topic]", by_kind[Kind.TOPIC])
    places = cast("dict[str, Place]", by_kind[Kind.PLACE])
    sources = {
        row.key: Source(row.key, parties[row.publisher], row.published_on, row.sha256, row.title)
        for row in source_rows
    }
    entries = Entries(topics, places, parties, sources)
    return FactBase(
        claims={
            row.number: claim_of({**row.data, "retired": row.retired}, entries, row.version) for row in claim_rows
        },
        topics=topics,
        places=places,
        parties=parties,
        metrics=cast("dict[str, Metric]", by_kind[Kind.METRIC]),
        sources=sources,
    )
