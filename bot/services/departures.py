"""Servers that the bot left: kept for a while, then archived to a file and removed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.editing.uploads import File
from bot.services.answers import Workspaces
from bot.services.exchange import Exchange
from bot.services.ports import Clock, DepartureStore
from bot.services.setups import Setups

log = logging.getLogger(__name__)

KEPT = timedelta(days=30)
"""How long what a server had waits for its return."""

Archive = Callable[[int, Sequence[File]], None]
"""Writes the files of one server to where archives are kept; blocking."""


@dataclass(eq=False, repr=False)
class Departures:
    """
    Knows when the bot left a server, and lets go of what it had there.

    Args:
        archive: None where nothing is archived: then nothing is removed either.
    """

    _workspaces: Workspaces
    _exchange: Exchange
    _setups: Setups
    _store: DepartureStore
    _archive: Archive | None
    _clock: Clock
    _away: set[int] = field(default_factory=set[int], init=False)
    _in_order: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def left(self, workspace: int) -> None:
        """The bot is no longer in a server: its days begin."""
        self._away.add(workspace)
        async with self._in_order:  # a return that comes meanwhile is noted after it
            self._away.add(workspace)
            await self._store.mark([workspace], self._clock())

    async def returned(self, workspace: int) -> None:
        """The bot is in a server, which costs nothing unless it was away: what it had is its own as before."""
        if workspace in self._away:
            async with self._in_order:
                await self._store.mark([workspace], None)
                self._away.discard(workspace)

    async def see_to(self, present: Collection[int], ours: Callable[[int], bool]) -> None:
        """
        Note where the bot was taken out or invited unseen; archive and remove what waited long enough.

        Args:
            present: The servers that the bot is in.
            ours: Whether it is this process that would know.
        """
        held = {each: left_at for each, left_at in (await self._store.everybody()).items() if ours(each)}
        await self._store.mark([each for each, left_at in held.items() if left_at and each in present], None)
        gone = {each: left_at for each, left_at in held.items() if each not in present}
        await self._store.mark([each for each, left_at in gone.items() if left_at is None], self._clock())
        self._away = set(gone)
        before = self._clock() - KEPT
        for workspace, left_at in gone.items():
            if left_at is not None and left_at <= before:
                await self._remove(workspace, before)

    async def _remove(self, workspace: int, before: datetime) -> None:
        if self._archive is None:
            return
        _, files = await self._exchange.export(workspace, "yaml", history=True)
        await asyncio.to_thread(self._archive, workspace, files)
        if await self._store.remove(workspace, before):
            log.info("what a server had that was left %d days ago is archived and removed", KEPT.days)
        self._workspaces.forget(workspace)
        self._setups.forget(workspace)
