"""Following other processes on the same database: what one writes is seen here at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection

from bot.background.failing import log_failure
from bot.services.answers import Workspaces
from bot.services.ports import ChangeFeed
from bot.services.setups import Setups
from bot.services.watch import Watch

log = logging.getLogger(__name__)

_AGAIN_S = 1.0


class Refresher:
    """Brings what is held in memory up to date; the scheduler's look every REFRESH_SECONDS is the net below it."""

    def __init__(self, workspaces: Workspaces, setups: Setups, watch: Watch) -> None:
        self._workspaces = workspaces
        self._setups = setups
        self._watch = watch

    async def follow(self, feed: ChangeFeed) -> None:
        """Until cancelled, or until the feed ends; raises what the feed raises."""
        async for which in feed.changes():
            await self._look_until_read(which)

    async def look(self, which: Collection[int] | None = None) -> None:
        """Read anew what is held of all workspaces, or of some."""
        await self._workspaces.catch_up(which)
        await self._setups.catch_up(which)
        await self._watch.open()

    async def _look_until_read(self, which: Collection[int] | None) -> None:
        while True:
            try:
                await self.look(which)
            except Exception as error:
                log_failure(log, error, "what another process wrote could not be read; trying again, everything then")
                which = None
                await asyncio.sleep(_AGAIN_S)
            else:
                return
