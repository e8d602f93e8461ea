"""Servers' settings, each change in the audit log."""

from __future__ import annotations

from bot.core.history.revisions import Signature
from bot.core.setup import Setup
from bot.store.database import Database
from bot.store.ledger import locked
from bot.store.tables import EntryRevisionRow, WorkspaceRow


class Setups:
    """Reads and writes settings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, workspace: int) -> Setup:
        """The settings in force; the defaults for a workspace that set none."""
        async with self._database.session() as session:
            row = await session.get(WorkspaceRow, workspace)
            return Setup.of(row.settings) if row else Setup()

    async def save(self, workspace: int, setup: Setup, signed: Signature) -> None:
        """Put *setup* in force."""
        async with self._database.begin() as session:
            row = await locked(session, workspace)
            session.add(
                EntryRevisionRow(
                    workspace=workspace,
                    kind="settings",
                    key="setup",
                    before=row.settings,
                    after=setup.record(),
                    origin="moderator",
                    who=signed.who,
                    made_at=signed.at,
                    reason=signed.reason,
                )
            )
            row.settings = setup.record()
            row.revision += 1
