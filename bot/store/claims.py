"""Fact bases out of the database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, inspect
from sqlalchemy import select as select_columns
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.claims import GROUPS, Claim, FactBase, Source
from bot.core.records import claim_of, entry_of, source_of, wording_of
from bot.store.database import Store
from bot.store.tables import ClaimRow, EntryRow, SourceRow, WorkspaceRow

_AT_ONCE = 200

WORDING = "vocabulary"
"""What the words used for each other are called among the kinds of entries."""


class FactBases(Store):
    """Reads whole workspaces, each in four queries however large it is."""

    async def load(self, workspace: int) -> FactBase:
        """Everything *workspace* holds at one moment; an empty base for a workspace nobody has seeded."""
        async with self._database.session() as session:
            return await read_base(session, workspace)

    async def workspaces(self) -> list[int]:
        """Ids of every workspace, the curated base (0) included."""
        async with self._database.session() as session:
            return list(await session.exec(select(WorkspaceRow.id).order_by(col(WorkspaceRow.id))))

    async def revisions(self, workspaces: Collection[int]) -> dict[int, int]:
        """How many changes each of some workspaces has seen."""
        which = col(WorkspaceRow.id).in_(workspaces)
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

    def put_together() -> FactBase:
        answering = {
            group: {key: each for key, each in entries.of_kind(kind).items() if (kind, key) not in retired}
            for kind, group in GROUPS.items()
        }
        return FactBase(
            claims, **answering, wording=wording_of(row.get("wording", {})), revision=row.get("revision", 0)
        )

    return await asyncio.to_thread(put_together)


async def read_rows(
    session: AsyncSession,
    table: type[SQLModel],
    *which: ColumnElement[bool],
    order: Sequence[SQLColumnExpression[Any]] = (),
) -> Sequence[Mapping[str, Any]]:
    """Rows as plain mappings; few enough to be fetched at once."""
    await session.flush()
    names, wanted = _columns(table, which, order)
    found = await (await session.connection()).execute(wanted)
    rows = list[Mapping[str, Any]]()
    for some in found.partitions(_AT_ONCE):
        rows += [dict(zip(names, each, strict=True)) for each in some]
        await asyncio.sleep(0)
    return rows


async def row_parts(
    session: AsyncSession,
    table: type[SQLModel],
    *which: ColumnElement[bool],
    order: Sequence[SQLColumnExpression[Any]] = (),
) -> AsyncGenerator[Sequence[Mapping[str, Any]], None]:
    """Rows as plain mappings, a part at a time: thousands of mapped objects would hold the event loop."""
    await session.flush()
    names, wanted = _columns(table, which, order)
    found = await (await session.connection()).stream(wanted)
    async for some in found.partitions(_AT_ONCE):
        yield [dict(zip(names, each, strict=True)) for each in some]
        await asyncio.sleep(0)


def _columns(
    table: type[SQLModel], which: Sequence[ColumnElement[bool]], order: Sequence[SQLColumnExpression[Any]]
) -> tuple[Sequence[str], Select[Any]]:
    """Names of the columns of *table*, and what selects them."""
    columns = inspect(table).columns
    return [each.key for each in columns], select_columns(*columns).where(*which).order_by(*order)


def _made(rows: Sequence[Mapping[str, Any]], entries: FactBase) -> dict[int, Claim]:
    return {row["number"]: claim_of(row, entries, row["version"]) for row in rows}


async def read_entries(session: AsyncSession, workspace: int) -> tuple[FactBase, frozenset[tuple[str, str]]]:
    """Everything that claims, live or not, may refer to, without them; and kind and key of what is retired of it."""
    rows = await read_rows(session, EntryRow, col(EntryRow.workspace) == workspace, order=(col(EntryRow.position),))
    held = await read_rows(session, SourceRow, col(SourceRow.workspace) == workspace, order=(col(SourceRow.key),))
    everything = await asyncio.to_thread(
        entries_of, {(row["kind"], row["key"]): row["data"] for row in rows}, {row["key"]: row for row in held}
    )
    retired = {(row["kind"], row["key"]) for row in rows if row["retired"]}
    return everything, frozenset(retired | {(Source.kind, row["key"]) for row in held if row["retired"]})


def entries_of(
    entries: Mapping[tuple[str, str], Mapping[str, Any]], sources: Mapping[str, Mapping[str, Any]]
) -> FactBase:
    """A base without claims: entries by kind and key, and sources by key, of their records."""
    named = FactBase().having(*(entry_of(kind, key, record) for (kind, key), record in entries.items()))
    return named.having(*(source_of(key, record, named.parties) for key, record in sources.items()))
