"""What people follow, and what they are still to be told: kept with it, so that a restart loses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.history.following import BETWEEN, EVERYTHING, FEED, GATHERED, Follow, Noted, Owed
from bot.store.database import Store
from bot.store.moderation_tables import FollowRow
from bot.store.tables import WorkspaceRow


class Follows(Store):
    """Keeps who follows what in every workspace."""

    async def of(self, workspace: int, person: str) -> list[Follow]:
        """What a person follows in a workspace, the first one first."""
        async with self._database.session() as session:
            return [_follow(row) for row in await _rows(session, workspace, person)]

    async def add(self, follow: Follow, most: int, now: datetime) -> bool:
        """Keep one; False when the person follows *most* things already. One that is kept stays as it is."""
        async with self._database.begin() as session:
            held = await _rows(session, follow.workspace, follow.person)
            if any((row.kind, row.key) == (follow.kind, follow.key) for row in held):
                return True
            if len(held) >= most:
                return False
            told = max((row.told_at for row in held if row.told_at), default=None)
            session.add(_row(follow, now, told))
            return True

    async def stop(self, person: str, follow: int | None, workspace: int | None) -> int:
        """Let go of one of a person's, or of all they have in a workspace or anywhere; how many there were."""
        async with self._database.begin() as session:
            mine = delete(FollowRow).where(col(FollowRow.person) == person)
            if follow is not None:
                mine = mine.where(col(FollowRow.id) == follow)
            if workspace is not None:
                mine = mine.where(col(FollowRow.workspace) == workspace)
            return (await session.exec(mine)).rowcount

    async def note(self, changes: Sequence[Noted]) -> None:
        """Write down what followers are to hear of; a claim that waits already keeps the version they know."""
        async with self._database.begin(hasty=True) as session:
            for each in changes:
                rows = list(await session.exec(select(FollowRow).where(FollowRow.workspace == each.workspace)))
                if each.feed and not any(row.person == FEED for row in rows):
                    rows.append(_row(Follow(0, each.workspace, FEED, EVERYTHING, ""), each.at, None))
                for row in rows:
                    if row.person == FEED and not each.feed:
                        await session.delete(row)
                    else:
                        _wait(row, each)
                        session.add(row)

    async def next_due(self) -> datetime | None:
        """When somebody is to be told next; None when nothing waits."""
        async with self._database.session() as session:
            return (await session.exec(select(func.min(FollowRow.due_at)).where(_HERE))).one()

    async def take(self, now: datetime) -> list[Owed]:
        """Everything that is due, each given to one process only: whoever takes it tells it."""
        async with self._database.begin() as session:
            due = select(FollowRow.workspace, FollowRow.person).where(col(FollowRow.due_at) <= now, _HERE).distinct()
            return [
                owed
                for workspace, person in (await session.exec(due)).all()
                if (owed := await _take(session, workspace, person, now)) is not None
            ]

    async def give_back(self, owed: Owed, due_at: datetime) -> None:
        """Put back what could not be told, to be tried again."""
        async with self._database.begin() as session:
            for row in await _rows(session, owed.workspace, owed.person):
                if row.id in {follow.id for follow in owed.follows}:
                    known = {str(number): version for number, version in owed.versions.items()}
                    row.waiting = {**row.waiting, **known}
                    row.since, row.due_at = owed.since, due_at


_HERE = col(FollowRow.workspace).not_in(select(WorkspaceRow.id).where(col(WorkspaceRow.left_at).is_not(None)))
"""In servers that the bot did not leave."""


async def _rows(session: AsyncSession, workspace: int, person: str, *, lock: bool = False) -> list[FollowRow]:
    mine = select(FollowRow).where(FollowRow.workspace == workspace, FollowRow.person == person)
    mine = mine.order_by(col(FollowRow.id))
    return list(await session.exec(mine.with_for_update() if lock else mine))


async def _take(session: AsyncSession, workspace: int, person: str, now: datetime) -> Owed | None:
    rows = await _rows(session, workspace, person, lock=True)
    waiting = [row for row in rows if row.waiting]
    if not any(row.due_at is not None and row.due_at <= now for row in waiting):
        return None  # another process was first
    versions: dict[int, int] = {}
    for row in waiting:
        for number, version in row.waiting.items():
            versions[int(number)] = min(version, versions.get(int(number), version))
    since = min(row.since or now for row in waiting)
    for row in rows:
        row.told_at = now
        row.waiting, row.since, row.due_at = {}, None, None
    return Owed(workspace, person, tuple(map(_follow, waiting)), versions, since)


def _wait(row: FollowRow, noted: Noted) -> None:
    follow = _follow(row)
    fresh = {
        str(after.number): before.version if before else 0
        for before, after in noted.claims
        if follow.concerns(after) or (before is not None and follow.concerns(before))
    }
    if not fresh:
        return
    row.waiting = {**fresh, **row.waiting}
    row.since = row.since or noted.at
    earliest = noted.at + GATHERED if row.person != FEED else noted.at
    again = row.told_at + BETWEEN[row.person == FEED] if row.told_at else earliest
    row.due_at = row.due_at or max(earliest, again)


def _row(follow: Follow, now: datetime, told_at: datetime | None) -> FollowRow:
    return FollowRow(
        workspace=follow.workspace,
        person=follow.person,
        kind=follow.kind,
        key=follow.key,
        made_at=now,
        waiting={},
        told_at=told_at,
    )


def _follow(row: FollowRow) -> Follow:
    return Follow(row.id or 0, row.workspace, row.person, row.kind, row.key)
