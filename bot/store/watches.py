"""Which channels are watched, and what was said there today."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from bot.store.database import Store
from bot.store.tables import WatchNoteRow, WatchRow


class WatchedChannels(Store):
    """Keeps the watch of every workspace."""

    async def channels(self) -> frozenset[int]:
        """Ids of all watched channels, of every workspace."""
        async with self._database.session() as session:
            return frozenset(await session.exec(select(WatchRow.channel)))

    async def switch(self, workspace: int, channel: int, *, on: bool) -> None:
        """Watch the channel, or stop; doing either twice is doing it once."""
        async with self._database.begin() as session:
            row = await session.get(WatchRow, (workspace, channel))
            if on and row is None:
                session.add(WatchRow(workspace=workspace, channel=channel))
            elif not on and row is not None:
                await session.delete(row)

    async def claim_note(self, workspace: int, channel: int, number: int, day: date) -> bool:
        """
        Take the day's one reply for a claim in a channel; False when it is taken already, also by another process,
        and when the channel is no longer watched.

        Yesterday's entries of the channel go at the same time: nobody needs them any more.
        """
        try:
            async with self._database.begin() as session:
                if await session.get(WatchRow, (workspace, channel)) is None:
                    return False
                await session.exec(
                    delete(WatchNoteRow).where(col(WatchNoteRow.channel) == channel, col(WatchNoteRow.day) < day)
                )
                session.add(WatchNoteRow(workspace=workspace, channel=channel, number=number, day=day))
        except IntegrityError:
            return False
        return True
