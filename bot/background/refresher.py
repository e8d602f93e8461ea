"""Following other processes on the same database: what one writes is seen here at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection
from dataclasses import dataclass

from bot.background.failing import log_failure
from bot.services.ports import ChangeFeed
from bot.services.services import Services

log = logging.getLogger(__name__)

_AGAIN_S = 1.0


@dataclass(eq=False, repr=False)
class Refresher:
    """Brings what is held in memory up to date; the scheduler's look every REFRESH_SECONDS is the net below it."""

    _its: Services

    async def follow(self, feed: ChangeFeed) -> None:
        """Until cancelled, or until the feed ends; raises what the feed raises."""
        async for which in feed.changes():
            await self._look_until_read(which)

    async def look(self, which: Collection[int] | None = None) -> None:
        """Read anew what is held of all workspaces, or of some."""
        await self._its.workspaces.catch_up(which)
        await self._its.setups.catch_up(which)
        await self._its.watch.open()

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
