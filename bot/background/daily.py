"""What is done once a day, beside everything else."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import UTC, datetime, time, timedelta

from bot.background.failing import log_failure
from bot.background.start_steps import break_off
from bot.services.ports import Clock

log = logging.getLogger(__name__)

_AGAIN = timedelta(minutes=15)
_AFTER_START = timedelta(minutes=1)
"""Who asks while a bot starts waits for its gateway already."""


class Daily:
    """
    Does each of its tasks once on each day (UTC), at first a minute after the start; one that fails is tried again,
    and keeps no other one back.

    `succeeded` is when each was done last, in this process.
    """

    def __init__(self, tasks: Mapping[str, Callable[[], Awaitable[object]]], clock: Clock) -> None:
        self._tasks = tasks
        self._clock = clock
        self._first: datetime | None = None
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._failed: dict[str, datetime] = {}
        self.succeeded: dict[str, datetime] = {}

    @property
    def names(self) -> Collection[str]:
        """What is done each day."""
        return self._tasks.keys()

    @property
    def under_way(self) -> Collection[str]:
        """What is being done at the moment."""
        return self._under_way.keys()

    def begin(self) -> None:
        """Begin what is due now and not under way."""
        now = self._clock()
        self._first = self._first or now + _AFTER_START
        for name in self._tasks:
            if name not in self._under_way and self._due(name) <= now:
                self._under_way[name] = asyncio.ensure_future(self._do(name))

    def next_try(self) -> datetime | None:
        """When the next task is due that is not under way; None when there is none."""
        return min((self._due(name) for name in self._tasks if name not in self._under_way), default=None)

    def _due(self, name: str) -> datetime:
        done = self.succeeded.get(name)
        first = _day_after(done) if done else self._first or self._clock()
        failed = self._failed.get(name)
        return max(first, failed + _AGAIN) if failed else first

    async def _do(self, name: str) -> None:
        try:
            await self._tasks[name]()
        except Exception as error:
            log_failure(log, error, "the daily task %s failed; it is tried again in %s", name, _AGAIN)
            self._failed[name] = self._clock()
        else:
            self._failed.pop(name, None)
            self.succeeded[name] = self._clock()
        finally:
            del self._under_way[name]

    async def stop(self) -> None:
        """Break off what is under way."""
        await break_off(self._under_way.values())


def _day_after(moment: datetime) -> datetime:
    return datetime.combine(moment.date() + timedelta(days=1), time(), UTC)
