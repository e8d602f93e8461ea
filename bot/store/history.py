"""What was changed, by whom and why; and making a person unknown in it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import SQLModel, col, select

from bot.core.claims import FactBase
from bot.core.history.revisions import FORGOTTEN, AuditLine, Revision
from bot.core.records import claim_of
from bot.core.wording import say
from bot.store.briefing_tables import ScheduleRow
from bot.store.claims import read_entries, read_rows
from bot.store.database import Store
from bot.store.moderation_tables import (
    ChallengeRow,
    FollowRow,
    IntakeRow,
    MissRow,
    ProposalRow,
    ReviewRow,
    WaitingRow,
)
from bot.store.tables import EntryRevisionRow, RevisionRow

_PEOPLE: tuple[tuple[type[SQLModel], Sequence[str]], ...] = (
    (RevisionRow, ("who",)),
    (EntryRevisionRow, ("who",)),
    (ProposalRow, ("who", "decided_by")),
    (ChallengeRow, ("who", "decided_by")),
    (ReviewRow, ("reviewer", "reviewed_by")),
    (IntakeRow, ("who",)),
    (ScheduleRow, ("who",)),
)
"""Every column that holds a person's id and stays."""

_WORDED = ("name", "style", "publisher", "published_on")
"""What of an entry or a source stands in the attribution of a claim."""


class History(Store):
    """Reads the trail of a workspace."""

    async def of(self, workspace: int, number: int) -> list[Revision]:
        """Every revision of a claim, the first one first; what it refers to is worded as it is now."""
        return await self._revisions(workspace, col(RevisionRow.number) == number)

    async def all(self, workspace: int) -> list[Revision]:
        """Every revision of every claim, by number, the first one first; worded likewise."""
        return await self._revisions(workspace)

    async def _revisions(self, workspace: int, *which: ColumnElement[bool]) -> list[Revision]:
        async with self._database.session() as session:
            entries, _ = await read_entries(session, workspace)
            rows = await read_rows(
                session,
                RevisionRow,
                col(RevisionRow.workspace) == workspace,
                *which,
                order=(col(RevisionRow.number), col(RevisionRow.version)),
            )
        return await asyncio.to_thread(lambda: [_revision(row, entries) for row in rows])

    async def rewordings(
        self, workspace: int, keys: Collection[tuple[str, str]], since: datetime
    ) -> list[tuple[datetime, str]]:
        """When and why entries and sources with these kinds and keys got other words since then, the first first."""
        async with self._database.session() as session:
            rows = await session.exec(
                select(EntryRevisionRow)
                .where(
                    EntryRevisionRow.workspace == workspace,
                    col(EntryRevisionRow.made_at) >= since,
                    col(EntryRevisionRow.key).in_({key for _, key in keys}),
                )
                .order_by(col(EntryRevisionRow.id))
            )
            return [
                (row.made_at, row.reason)
                for row in rows
                if (row.kind, row.key) in keys
                and row.before is not None
                and any(row.before.get(name) != row.after.get(name) for name in _WORDED)
            ]

    async def audit(self, workspace: int, most: int = 500) -> list[AuditLine]:
        """The newest changes of anything in the workspace, the newest first."""
        rows: list[RevisionRow | EntryRevisionRow] = []
        async with self._database.session() as session:
            for table in (EntryRevisionRow, RevisionRow):
                newest = select(table).where(table.workspace == workspace).order_by(col(table.id).desc()).limit(most)
                rows += await session.exec(newest)
        return [_line(row) for row in sorted(rows, key=lambda row: row.made_at, reverse=True)[:most]]

    async def forget(self, workspace: int, person: str) -> int:
        """Put a tombstone in place of *person*'s id, wherever it stands; how many places that were."""
        places = 0
        async with self._database.begin() as session:
            for table, columns in _PEOPLE:
                for name in columns:
                    column = getattr(table, name)
                    done = await session.exec(
                        update(table).where(table.workspace == workspace, column == person).values({name: FORGOTTEN})  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType, reportArgumentType] every one of them has it
                    )
                    places += done.rowcount
            mine = select(MissRow.id).where(MissRow.workspace == workspace)
            for gone in (
                delete(WaitingRow).where(col(WaitingRow.person) == person, col(WaitingRow.miss).in_(mine)),
                delete(FollowRow).where(col(FollowRow.workspace) == workspace, col(FollowRow.person) == person),
            ):
                places += (await session.exec(gone)).rowcount
        return places


def _revision(row: Mapping[str, Any], entries: FactBase) -> Revision:
    return Revision(
        before=claim_of(row["before"], entries, row["version"] - 1) if row["before"] else None,
        after=claim_of(row["after"], entries, row["version"]),
        who=row["who"],
        made_at=row["made_at"],
        reason=row["reason"],
    )


def _line(row: RevisionRow | EntryRevisionRow) -> AuditLine:
    if isinstance(row, RevisionRow):
        what, how = f"C{row.number}", say("revision {n}", n=row.version)
    else:
        what, how = f"{row.kind} {row.key}", say("changed") if row.before else say("added")
    return AuditLine(what, how, row.who, row.made_at, row.reason)
