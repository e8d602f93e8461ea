"""Servers that the bot left: when, and their removal, row by row, in one transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Table, delete, true, update
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from bot.store.database import Store
from bot.store.schema import METADATA
from bot.store.tables import WorkspaceRow

_WORKSPACE = "workspace"


class Departures(Store):
    """Keeps which servers the bot is no longer in."""

    async def everybody(self) -> dict[int, datetime | None]:
        """Every server that has a fact base here, and when the bot left it; None where it did not."""
        async with self._database.session() as session:
            rows = await session.exec(select(WorkspaceRow.id, WorkspaceRow.left_at).where(_SERVERS))
            return dict(rows.all())

    async def mark(self, workspaces: Collection[int], left_at: datetime | None) -> None:
        """Note when the bot left these servers, or None: that it is in them."""
        if not workspaces:
            return
        async with self._database.begin() as session:
            here = col(WorkspaceRow.id).in_(workspaces)
            unmarked = true() if left_at is None else col(WorkspaceRow.left_at).is_(None)
            await session.exec(update(WorkspaceRow).where(here, unmarked).values(left_at=left_at))

    async def remove(self, workspace: int, before: datetime) -> bool:
        """
        Delete every row of a server that the bot left before then; all of them or none.

        Returns:
            False when the bot did not leave it, or later: nothing is deleted.
        """
        async with self._database.begin() as session:
            row = await session.get(WorkspaceRow, workspace, with_for_update=True)
            if row is None or row.left_at is None or row.left_at > before:
                return False
            for table in reversed(METADATA.sorted_tables):  # those that refer to others first
                await session.exec(delete(table).where(rows_of(table, workspace)))
            return True


_SERVERS = col(WorkspaceRow.id) != 0
"""All but the curated base, which direct messages read."""


def rows_of(table: Table, workspace: int) -> ColumnElement[bool]:
    """What of *table* is the workspace's: by its own column, or by that of the table it refers to."""
    if table.name == _WORKSPACE:
        return table.c.id == workspace
    if _WORKSPACE in table.c:
        return table.c.workspace == workspace
    (key,) = table.foreign_keys
    owner = key.column.table
    return key.parent.in_(select_columns(key.column).where(rows_of(owner, workspace)))
