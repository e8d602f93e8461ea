"""The scheduler: what is due is posted, live briefings are brought up to date, followers told, daily tasks begin."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

from discord.ext import tasks

from bot.background.daily import Daily
from bot.background.followers import Followers
from bot.background.live_briefings import LiveBriefings
from bot.background.refresher import Refresher
from bot.background.sender import Postman
from bot.errors import Unavailable
from bot.services.services import Services

log = logging.getLogger(__name__)

_AT_ONCE = 8
_LONGEST = timedelta(days=1)
_SHORTEST = 0.5


class Scheduler:
    """
    Runs until it is stopped; nothing that fails stops it.

    It sleeps until something is due, and wakes earlier when a schedule or the base changes.

    Args:
        refresh: Seconds after which it looks for what other processes wrote; 0 for never.
    """

    def __init__(
        self,
        its: Services,
        refresher: Refresher,
        postman: Postman,
        live_briefings: LiveBriefings,
        followers: Followers,
        daily: Daily,
        refresh: int,
    ) -> None:
        self._refresher = refresher
        self._its = its
        self._postman = postman
        self._live_briefings = live_briefings
        self._followers = followers
        self._daily = daily
        self._refresh = refresh
        self._woken = False
        self._loop = tasks.loop(seconds=_SHORTEST)(self._once)

    def start(self) -> None:
        """Begin, unless it runs already."""
        if not self._loop.is_running():
            self._loop.start()

    def wake(self) -> None:
        """Something may be due earlier than was thought."""
        self._woken = True
        if self._loop.is_running():
            self._loop.change_interval(seconds=_SHORTEST)

    async def stop(self) -> None:
        """Finish; a delivery under way is left to its lease."""
        running = self._loop.get_task()
        self._loop.cancel()
        if running is not None:
            with suppress(asyncio.CancelledError):
                await running
        await self._daily.stop()

    async def _once(self) -> None:
        self._woken = False
        for part in (self._catch_up, self._deliver, self._live_briefings.refresh, self._followers.tell):
            await _unharmed(part)
        self._daily.begin()
        pause = await self._pause()
        self._loop.change_interval(seconds=_SHORTEST if self._woken else pause)

    async def _pause(self) -> float:
        now = self._its.clock()
        moments = [now + _LONGEST]
        if self._refresh:
            moments.append(now + timedelta(seconds=self._refresh))
        with suppress(Exception):  # a database that is away is asked again at the next round
            due = [
                self._daily.next_try(),
                await self._its.deliveries.next_due(),
                await self._live_briefings.next_edit(),
                await self._its.following.next_due(),
            ]
            moments += [moment for moment in due if moment is not None]
        return max(_SHORTEST, (min(moments) - now).total_seconds())

    async def _catch_up(self) -> None:
        if self._refresh:
            await self._refresher.look()

    async def _deliver(self) -> None:
        gate = asyncio.Semaphore(_AT_ONCE)

        async def one(due_now: Callable[[], Awaitable[object]]) -> None:
            async with gate:
                await _unharmed(due_now)

        due = await self._its.deliveries.next_due()
        if due is None or due > self._its.clock():  # taking writes, and reading waits for nobody
            return
        while taken := await self._its.deliveries.take():
            await asyncio.gather(*(one(lambda due=due: self._postman.deliver(due)) for due in taken))


async def _unharmed(part: Callable[[], Awaitable[object]]) -> None:
    try:
        await part()
    except Unavailable:
        pass  # the store has said so
    except Exception:
        log.exception("a scheduled round failed; the next one tries again")
