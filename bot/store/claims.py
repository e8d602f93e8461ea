"""Fact bases out of the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from sqlmodel import col, select

from bot.core.claims import Entry, FactBase, Kind, Metric, Party, Place, Source, Topic
from bot.store.database import Database
from bot.store.records import Entries, claim_of, entry_of
from bot.store.tables import ClaimRow, EntryRow, SourceRow, WorkspaceRow

_E = TypeVar("_E", bound=Entry)


class FactBases:
    """Reads whole workspaces, each in three queries however large it is."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, workspace: int) -> FactBase:
        """Everything *workspace* holds at one moment; an empty base for a workspace nobody has seeded."""
        async with self._database.session() as session:
            entries = await session.exec(
                select(EntryRow).where(EntryRow.workspace == workspace).order_by(col(EntryRow.position))
            )
            sources = await session.exec(
                select(SourceRow).where(SourceRow.workspace == workspace).order_by(col(SourceRow.key))
            )
            claims = await session.exec(
                select(ClaimRow).where(ClaimRow.workspace == workspace).order_by(col(ClaimRow.number))
            )
            return _assemble(entries.all(), sources.all(), claims.all())

    async def workspaces(self) -> list[int]:
        """Ids of every workspace, the curated base (0) included."""
        async with self._database.session() as session:
            return list(await session.exec(select(WorkspaceRow.id).order_by(col(WorkspaceRow.id))))


def _assemble(
    entry_rows: Sequence[EntryRow], source_rows: Sequence[SourceRow], claim_rows: Sequence[ClaimRow]
) -> FactBase:
    retired = {(row.kind, row.key) for row in entry_rows if row.retired}
    entries = [entry_of(row.kind, row.key, row.data) for row in entry_rows]
    parties = _keyed(entries, Party)
    sources = {
        row.key: Source(row.key, parties[row.publisher], row.published_on, row.sha256, row.title)
        for row in source_rows
    }
    referred = Entries(_keyed(entries, Topic), _keyed(entries, Place), parties, sources)
    claims = {row.number: claim_of(row.model_dump(), referred, row.version) for row in claim_rows}

    def answering(kind: Kind, keyed: Mapping[str, _E]) -> dict[str, _E]:
        return {key: entry for key, entry in keyed.items() if (kind.value, key) not in retired}

    return FactBase(
        claims=claims,
        topics=answering(Kind.TOPIC, referred.topics),
        places=answering(Kind.PLACE, referred.places),
        parties=answering(Kind.PARTY, parties),
        metrics=answering(Kind.METRIC, _keyed(entries, Metric)),
        sources=sources,
    )


def _keyed(entries: Sequence[Entry], of: type[_E]) -> dict[str, _E]:
    return {entry.key: entry for entry in entries if isinstance(entry, of)}
