"""Servers' settings, each change in the audit log."""

from __future__ import annotations

from collections.abc import Callable, Collection

from sqlmodel import col, select

from bot.core.history.revisions import Signature
from bot.core.setup import Setup
from bot.store.database import Store
from bot.store.ledger import locked, note
from bot.store.tables import WorkspaceRow

_AT_ONCE = 500
"""Ids in one query: SQLite takes no more than some thousands of parameters."""


class Setups(Store):
    """Reads and writes settings."""

    async def load(self, workspace: int) -> Setup:
        """The settings in force; the defaults for a workspace that set none."""
        async with self._database.session() as session:
            row = await session.get(WorkspaceRow, workspace)
            return Setup.of(row.settings) if row else Setup()

    async def load_all(self, workspaces: Collection[int]) -> dict[int, Setup]:
        """The settings in force in several workspaces; one that is not there is left out."""
        held = list(workspaces)
        found: dict[int, Setup] = {}
        async with self._database.session() as session:
            for start in range(0, len(held), _AT_ONCE):
                some = held[start : start + _AT_ONCE]
                rows = await session.exec(select(WorkspaceRow).where(col(WorkspaceRow.id).in_(some)))
                found |= {row.id: Setup.of(row.settings) for row in rows}
        return found

    async def change(self, workspace: int, edit: Callable[[Setup], Setup], signed: Signature) -> Setup:
        """
        Put in force what *edit* makes of the settings in force, and give it.

        The base's own revision stays: what it says has not changed.
        """
        async with self._database.begin() as session:
            row = await locked(session, workspace)
            before = Setup.of(row.settings)
            after = edit(before)
            if after != before:
                note(session, workspace, "settings", "setup", row.settings, after.record(), signed)
                row.settings = after.record()
            return after
