"""Fact bases out of the database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, SQLColumnExpression, inspect, true
from sqlalchemy import select as select_columns
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.claims import Claim, Entry, FactBase, Kind, Metric, Party, Place, Topic
from bot.core.records import Entries, claim_of, entry_of, source_of, wording_of
from bot.store.database import Database
from bot.store.tables import ClaimRow, EntryRow, SourceRow, WorkspaceRow

_E = TypeVar("_E", bound=Entry)
_AT_ONCE = 200

SOURCE, WORDING = "source", "vocabulary"
"""What sources, and the words used for each other, are called among the kinds of entries."""


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

    async def revisions(self, workspaces: Collection[int] | None = None) -> dict[int, int]:
        """How many changes each workspace has seen; or those of some."""
        which = true() if workspaces is None else col(WorkspaceRow.id).in_(workspaces)
        async with self._database.session() as session:
            return dict((await session.exec(select(WorkspaceRow.id, WorkspaceRow.revision).where(which))).all())


async def read_base(session: AsyncSession, workspace: int) -> FactBase:
    """Everything *workspace* holds, as *session* sees it; put together off the event loop."""
    entries, retired = await read_entries(session, workspace)
    claims: dict[int, Claim] = {}
    parts = row_parts(session, ClaimRow, col(ClaimRow.workspace) == workspace, order=(col(ClaimRow.number),))
    async for some in parts:
        # what is read is let go part by part: all rows of a large base would take as much again
        claims |= await asyncio.to_thread(_made, some, entries)
    (row,) = await read_rows(session, WorkspaceRow, col(WorkspaceRow.id) == workspace) or [{}]

    def answering(kind: Kind, keyed: Mapping[str, _E]) -> dict[str, _E]:
        return {key: entry for key, entry in keyed.items() if (kind.value, key) not in retired}

    def put_together() -> FactBase:
        return FactBase(
            claims=claims,
            topics=answering(Kind.TOPIC, entries.topics),
            places=answering(Kind.PLACE, entries.places),
            parties=answering(Kind.PARTY, entries.parties),
            metrics=answering(Kind.METRIC, entries.metrics),
            sources={key: each for key, each in entries.sources.items() if (SOURCE, key) not in retired},
            wording=wording_of(row.get("wording", {})),
            revision=row.get("revision", 0),
        )

    return await asyncio.to_thread(put_together)


async def read_rows(
    session: AsyncSession,
    table: type[SQLModel],
    *which: ColumnElement[bool],
    order: Sequence[SQLColumnExpression[Any]] = (),
) -> Sequence[Mapping[str, Any]]:
    """Rows as plain mappings."""
    return [row async for some in row_parts(session, table, *which, order=order) for row in some]


async def row_parts(
    session: AsyncSession,
    table: type[SQLModel],
    *which: ColumnElement[bool],
    order: Sequence[SQLColumnExpression[Any]] = (),
) -> AsyncGenerator[Sequence[Mapping[str, Any]], None]:
    """Rows as plain mappings, a part at a time: thousands of mapped objects would hold the event loop."""
    await session.flush()
    connection = await session.connection()
    columns = inspect(table).columns
    names = [each.key for each in columns]
    found = await connection.stream(select_columns(*columns).where(*which).order_by(*order))
    async for some in found.partitions(_AT_ONCE):
        yield [dict(zip(names, each, strict=True)) for each in some]
        await asyncio.sleep(0)


def _made(rows: Sequence[Mapping[str, Any]], entries: Entries) -> dict[int, Claim]:
    return {row["number"]: claim_of(row, entries, row["version"]) for row in rows}


async def read_entries(session: AsyncSession, workspace: int) -> tuple[Entries, frozenset[tuple[str, str]]]:
    """Everything that claims, live or not, may refer to; and kind and key of what is retired of it."""
    rows = await read_rows(session, EntryRow, col(EntryRow.workspace) == workspace, order=(col(EntryRow.position),))
    entries = [entry_of(row["kind"], row["key"], row["data"]) for row in rows]
    parties = _keyed(entries, Party)
    held = await read_rows(session, SourceRow, col(SourceRow.workspace) == workspace, order=(col(SourceRow.key),))
    sources = {row["key"]: source_of(row["key"], row, parties) for row in held}
    everything = Entries(_keyed(entries, Topic), _keyed(entries, Place), parties, sources, _keyed(entries, Metric))
    retired = {(row["kind"], row["key"]) for row in rows if row["retired"]}
    return everything, frozenset(retired | {(SOURCE, row["key"]) for row in held if row["retired"]})


def _keyed(entries: Sequence[Entry], of: type[_E]) -> dict[str, _E]:
    return {entry.key: entry for entry in entries if isinstance(entry, of)}
