"""Questions that got no claim, and who wants to hear of an answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from bot.core.editing.queue import Miss
from bot.store.database import Database
from bot.store.moderation_tables import MissRow, WaitingRow

KEPT = timedelta(days=30)


class Misses:
    """Keeps missed questions of every workspace for 30 days."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, workspace: int, asked: str, now: datetime) -> int:
        """Keep a question; its id. What is older than 30 days goes at the same time."""
        async with self._database.begin() as session:
            old = select(MissRow.id).where(MissRow.made_at < now - KEPT)
            await session.exec(delete(WaitingRow).where(col(WaitingRow.miss).in_(old)))
            await session.exec(delete(MissRow).where(col(MissRow.made_at) < now - KEPT))
            row = MissRow(workspace=workspace, asked=asked, made_at=now)
            session.add(row)
            await session.flush()
            return row.id or 0

    async def all(self, workspace: int, now: datetime) -> list[Miss]:
        """Those of the last 30 days, the oldest first."""
        async with self._database.session() as session:
            rows = await session.exec(
                select(MissRow)
                .where(MissRow.workspace == workspace, MissRow.made_at >= now - KEPT)
                .order_by(col(MissRow.id))
            )
            return [Miss(row.id or 0, row.asked, row.made_at) for row in rows]

    async def drop(self, workspace: int, misses: list[int], *, but_awaited: bool = False) -> None:
        """Take questions and who waits for them off the list; *but_awaited* leaves those that somebody waits for."""
        async with self._database.begin() as session:
            rows = await session.exec(
                select(MissRow).where(MissRow.workspace == workspace, col(MissRow.id).in_(misses))
            )
            awaited = set(await session.exec(select(WaitingRow.miss))) if but_awaited else set[int]()
            for row in rows.all():
                if row.id in awaited:
                    continue
                await session.exec(delete(WaitingRow).where(col(WaitingRow.miss) == row.id))
                await session.delete(row)

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
                .where(MissRow.workspace == workspace)
            )
            return [(Miss(miss.id or 0, miss.asked, miss.made_at), person) for miss, person in rows]
