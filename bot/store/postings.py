"""Live briefings, and which corrections were posted where."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from bot.core.history.postings import Live
from bot.core.shards import Shards
from bot.store.briefing_tables import CorrectionRow, LiveRow, ScheduleRow
from bot.store.database import Database
from bot.store.sharing import of_shards
from bot.store.tables import WorkspaceRow


class Postings:
    """Keeps messages that the bot goes back to; those of its *shards* where several processes share them out."""

    def __init__(self, database: Database, shards: Shards | None = None) -> None:
        self._database = database
        self._ours = of_shards(col(LiveRow.workspace), shards or Shards())

    async def pin(self, live: Live) -> None:
        """Keep a live briefing, in place of another one about the same thing in the channel."""
        async with self._database.begin() as session:
            same = (
                (col(getattr(LiveRow, name)) == getattr(live, name)) for name in ("workspace", "channel", "about")
            )
            await session.exec(delete(LiveRow).where(*same))
            session.add(LiveRow(**asdict(live)))

    async def live(self, workspace: int | None = None) -> list[Live]:
        """The live briefings of a workspace, or of all that this process is in."""
        async with self._database.session() as session:
            wanted = select(LiveRow).order_by(col(LiveRow.message))
            left = select(WorkspaceRow.id).where(col(WorkspaceRow.left_at).is_not(None))
            everywhere = col(LiveRow.workspace).not_in(left) & self._ours
            here = everywhere if workspace is None else LiveRow.workspace == workspace
            rows = await session.exec(wanted.where(here))
            return [Live(**row.model_dump()) for row in rows]

    async def places(self) -> dict[int, list[int]]:
        """The channels to which the bot posts by itself, by server: schedules that run, and live briefings."""
        runs = select(ScheduleRow.workspace, ScheduleRow.channel).where(ScheduleRow.state == "active")
        found: dict[int, set[int]] = {}
        async with self._database.session() as session:
            for each in (runs, select(LiveRow.workspace, LiveRow.channel)):
                for workspace, channel in (await session.exec(each)).all():
                    found.setdefault(workspace, set()).add(channel)
        return {workspace: sorted(channels) for workspace, channels in found.items()}

    async def edited(self, message: int, revision: int, at: datetime) -> None:
        """Note that a live briefing shows a revision of the base now."""
        async with self._database.begin() as session:
            row = await session.get(LiveRow, message)
            if row is not None:
                row.revision, row.edited_at = revision, at

    async def unpin(self, message: int) -> None:
        """Let a live briefing go."""
        async with self._database.begin() as session:
            await session.exec(delete(LiveRow).where(col(LiveRow.message) == message))

    async def corrected(self, workspace: int, number: int, since: datetime) -> frozenset[int]:
        """Channels that had a correction of a claim since then."""
        async with self._database.session() as session:
            return frozenset(
                await session.exec(
                    select(CorrectionRow.channel).where(
                        CorrectionRow.workspace == workspace,
                        CorrectionRow.number == number,
                        col(CorrectionRow.made_at) >= since,
                    )
                )
            )

    async def claim_correction(
        self, workspace: int, channel: int, number: int, version: int, since: datetime, at: datetime
    ) -> bool:
        """
        Take the one correction that a channel gets for what became of a claim at *since*; False when it is taken.

        A claim may be worded anew without a version of its own, when a party is: the one row of its version then
        says when the channel was told last.
        """
        try:
            async with self._database.begin() as session:
                session.add(
                    CorrectionRow(workspace=workspace, channel=channel, number=number, version=version, made_at=at)
                )
        except IntegrityError:
            async with self._database.begin() as session:
                anew = await session.exec(
                    update(CorrectionRow)
                    .where(
                        col(CorrectionRow.workspace) == workspace,
                        col(CorrectionRow.channel) == channel,
                        col(CorrectionRow.number) == number,
                        col(CorrectionRow.version) == version,
                        col(CorrectionRow.made_at) < since,
                    )
                    .values(made_at=at)
                )
                return anew.rowcount == 1
        return True
