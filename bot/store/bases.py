"""How a server's base begins: whether the bot has introduced itself, and whether the server wants one of its own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.store.database import Store
from bot.store.tables import WorkspaceRow


class Beginnings(Store):
    """Keeps what a server chose before it had a base."""

    async def introduce(self, workspace: int, now: datetime) -> bool:
        """Whether nobody has introduced the bot to a server yet; from now on somebody has."""
        try:
            async with self._database.begin() as session:
                row = await _row(session, workspace, now)
                first, row.greeted = not row.greeted, True
                return first
        except IntegrityError:  # another process met the server first
            return False

    async def begin_empty(self, workspace: int, now: datetime) -> bool:
        """Let a server begin with an empty base of its own; False where it has a base already."""
        async with self._database.begin() as session:
            row = await _row(session, workspace, now)
            if row.revision:
                return False
            row.own = True
            row.revision += 1
            return True


async def _row(session: AsyncSession, workspace: int, now: datetime) -> WorkspaceRow:
    row = await session.get(WorkspaceRow, workspace, with_for_update=True)
    if row is None:
        row = WorkspaceRow(id=workspace, joined_at=now)
        session.add(row)
        await session.flush()
    return row
