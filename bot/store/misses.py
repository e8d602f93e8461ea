"""Questions that got no claim, and who wants to hear of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from bot.core.editing.queue import Miss
from bot.store.database import Store
from bot.store.moderation_tables import MissRow, WaitingRow

KEPT = timedelta(days=30)
_SLICE = 500


class Misses(Store):
    """Keeps missed questions of every workspace for 30 days."""

    async def add(self, misses: Sequence[Miss]) -> None:
        """Keep questions; one that is kept already stays as it is."""
        async with self._database.begin(hasty=True) as session:
            connection = await session.connection()
            await connection.execute(self._database.insert_new(MissRow), list(map(asdict, misses)))

    async def purge(self, now: datetime) -> int:
        """Let go of some of what is older than 30 days; how many, 0 when none is left."""
        old = select(MissRow.id).where(MissRow.made_at < now - KEPT).limit(_SLICE)
        async with self._database.begin() as session:
            ids = (await session.exec(old)).all()
            await session.exec(delete(WaitingRow).where(col(WaitingRow.miss).in_(ids)))
            await session.exec(delete(MissRow).where(col(MissRow.id).in_(ids)))
            return len(ids)

    async def all(self, workspace: int, now: datetime) -> list[Miss]:
        """Those of the last 30 days, the oldest first."""
        async with self._database.session() as session:
            rows = await session.exec(
                select(MissRow)
                .where(MissRow.workspace == workspace, MissRow.made_at >= now - KEPT)
                .order_by(col(MissRow.id))
            )
            return [Miss(**row.model_dump()) for row in rows]

    async def drop(self, workspace: int, misses: list[int], *, but_awaited: bool = False) -> None:
        """Take questions and who waits for them off the list; *but_awaited* leaves those that somebody waits for."""
        async with self._database.begin() as session:
            for start in range(0, len(misses), _SLICE):
                some = misses[start : start + _SLICE]
                mine = select(MissRow.id).where(MissRow.workspace == workspace, col(MissRow.id).in_(some))
                ids = set(await session.exec(mine))
                if but_awaited:
                    ids -= set(await session.exec(select(WaitingRow.miss).where(col(WaitingRow.miss).in_(ids))))
                await session.exec(delete(WaitingRow).where(col(WaitingRow.miss).in_(ids)))
                await session.exec(delete(MissRow).where(col(MissRow.id).in_(ids)))

    async def wait(self, workspace: int, miss: int, person: str) -> bool:
        """Tell *person* when it can be answered; False when the question is no longer kept."""
        async with self._database.begin() as session:
            row = await session.get(MissRow, miss)
            if row is None or row.workspace != workspace:
                return False
            if await session.get(WaitingRow, (miss, person)) is None:
                session.add(WaitingRow(miss=miss, person=person))
            return True

    async def awaited(self, workspace: int) -> list[tuple[Miss, str]]:
        """Every question somebody waits for, with who does."""
        async with self._database.session() as session:
            rows = await session.exec(
                select(MissRow, WaitingRow.person)
                .join(WaitingRow, col(WaitingRow.miss) == col(MissRow.id))
                .where(col(MissRow.workspace) + 0 == workspace)  # by who waits, as they are few
            )
            return [(Miss(**miss.model_dump()), person) for miss, person in rows]
