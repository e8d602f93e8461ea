"""Fact bases out of the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.claims import Entry, FactBase, Kind, Metric, Party, Place, Source, Topic
from bot.core.records import Entries, claim_of, entry_of, wording_of
from bot.store.database import Database
from bot.store.tables import ClaimRow, EntryRow, SourceRow, WorkspaceRow

_E = TypeVar("_E", bound=Entry)


class FactBases:
    """Reads whole workspaces, each in four queries however large it is."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, workspace: int) -> FactBase:
        """Everything *workspace* holds at one moment; an empty base for a workspace nobody has seeded."""
        async with self._database.session() as session:
            return await read_base(session, workspace)

    async def workspaces(self) -> list[int]:
        """Ids of every workspace, the curated base (0) included."""
        async with self._database.session() as session:
            return list(await session.exec(select(WorkspaceRow.id).order_by(col(WorkspaceRow.id))))

    async def revisions(self) -> dict[int, int]:
        """How many changes each workspace has seen."""
        async with self._database.session() as session:
            return dict((await session.exec(select(WorkspaceRow.id, WorkspaceRow.revision))).all())


async def read_base(session: AsyncSession, workspace: int) -> FactBase:
    """Everything *workspace* holds, as *session* sees it."""
    entries, retired = await read_entries(session, workspace)
    claims = await session.exec(
        select(ClaimRow).where(ClaimRow.workspace == workspace).order_by(col(ClaimRow.number))
    )
    row = (await session.exec(select(WorkspaceRow).where(WorkspaceRow.id == workspace))).first()

    def answering(kind: Kind, keyed: Mapping[str, _E]) -> dict[str, _E]:
        return {key: entry for key, entry in keyed.items() if (kind.value, key) not in retired}

    return FactBase(
        claims={row.number: claim_of(row.model_dump(), entries, row.version) for row in claims},
        topics=answering(Kind.TOPIC, entries.topics),
        places=answering(Kind.PLACE, entries.places),
        parties=answering(Kind.PARTY, entries.parties),
        metrics=answering(Kind.METRIC, entries.metrics),
        sources=dict(entries.sources),
        wording=wording_of(row.wording if row else {}),
        revision=row.revision if row else 0,
    )


async def read_entries(session: AsyncSession, workspace: int) -> tuple[Entries, frozenset[tuple[str, str]]]:
    """Everything that claims, live or not, may refer to; and kind and key of what is retired of it."""
    rows = (
        await session.exec(select(EntryRow).where(EntryRow.workspace == workspace).order_by(col(EntryRow.position)))
    ).all()
    entries = [entry_of(row.kind, row.key, row.data) for row in rows]
    parties = _keyed(entries, Party)
    source_rows = await session.exec(
        select(SourceRow).where(SourceRow.workspace == workspace).order_by(col(SourceRow.key))
    )
    sources = {
        row.key: Source(row.key, parties[row.publisher], row.published_on, row.sha256, row.title)
        for row in source_rows
    }
    everything = Entries(_keyed(entries, Topic), _keyed(entries, Place), parties, sources, _keyed(entries, Metric))
    return everything, frozenset((row.kind, row.key) for row in rows if row.retired)


def _keyed(entries: Sequence[Entry], of: type[_E]) -> dict[str, _E]:
    return {entry.key: entry for entry in entries if isinstance(entry, of)}
