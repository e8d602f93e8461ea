"""Which revision of which claims a message showed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, tuple_
from sqlmodel import col, func, select

from bot.core.history.receipts import Receipt, Shown
from bot.store.database import Store
from bot.store.moderation_tables import ReceiptRow

_SLICE = 2000
"""Rows that are let go in one transaction, so that nobody waits long behind it."""


class Receipts(Store):
    """Keeps the receipts of every workspace."""

    async def add(self, shown: Iterable[Shown]) -> None:
        """Keep what was shown; a claim shown twice by one message keeps its first version."""
        every = list(shown)
        mended = {each.message: at for at, each in enumerate(every) if each.instead}
        records = [
            {
                "message": each.message,
                "number": number,
                "workspace": each.workspace,
                "channel": each.channel,
                "version": version,
                "asked": each.asked,
                "made_at": each.at,
            }
            for at, each in enumerate(every)
            if at >= mended.get(each.message, 0)
            for number, version in each.claims
        ]
        if not records and not mended:
            return
        async with self._database.begin(hasty=True) as session:
            connection = await session.connection()
            if mended:
                await connection.execute(delete(ReceiptRow).where(col(ReceiptRow.message).in_(mended)))
            if records:
                await connection.execute(self._database.insert_new(ReceiptRow), records)

    async def of(self, workspace: int, message: int) -> Receipt | None:
        """What a message of the workspace showed; None when there is no receipt (any more)."""
        async with self._database.session() as session:
            found = await session.exec(select(ReceiptRow).where(ReceiptRow.message == message))
            rows = [row for row in found if row.workspace == workspace]
            return _receipt(rows[0], ((row.number, row.version) for row in rows)) if rows else None

    async def showing(self, workspace: int, number: int, since: datetime) -> list[Receipt]:
        """Messages that showed a claim since then, the newest first."""
        async with self._database.session() as session:
            rows = await session.exec(
                select(ReceiptRow)
                .where(
                    ReceiptRow.workspace == workspace, ReceiptRow.number == number, col(ReceiptRow.made_at) >= since
                )
                .order_by(col(ReceiptRow.made_at).desc())
            )
            return [_receipt(row, [(row.number, row.version)]) for row in rows]

    async def shown(self, workspace: int, since: datetime) -> frozenset[int]:
        """Numbers of the claims that any message showed since then."""
        async with self._database.session() as session:
            numbers = await session.exec(
                select(ReceiptRow.number)
                .where(ReceiptRow.workspace == workspace, col(ReceiptRow.made_at) >= since)
                .distinct()
            )
            return frozenset(numbers)

    async def oldest(self) -> dict[int, datetime]:
        """When the oldest receipt of each workspace that has any was made."""
        async with self._database.session() as session:
            rows = await session.exec(
                select(ReceiptRow.workspace, func.min(ReceiptRow.made_at)).group_by(col(ReceiptRow.workspace))
            )
            return dict(rows.all())

    async def purge(self, workspace: int, before: datetime) -> int:
        """Let go of some of what was shown before then; how many, 0 when none is left."""
        key = tuple_(col(ReceiptRow.message), col(ReceiptRow.number))
        old = (
            select(ReceiptRow.message, ReceiptRow.number)
            .where(ReceiptRow.workspace == workspace, ReceiptRow.made_at < before)
            .limit(_SLICE)
        )
        async with self._database.begin() as session:
            return (await session.exec(delete(ReceiptRow).where(key.in_(old)))).rowcount


def _receipt(row: ReceiptRow, claims: Iterable[tuple[int, int]]) -> Receipt:
    return Receipt(row.message, row.channel, row.asked, row.made_at, dict(claims))
