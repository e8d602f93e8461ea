"""What the bot does once when it is ready: each step for itself, tried again until it succeeds."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress

log = logging.getLogger(__name__)

_FIRST_S, _LONGEST_S = 1.0, 3600.0


class StartSteps:
    """Steps that stand alone: one that fails delays only itself."""

    def __init__(self) -> None:
        self._under_way: dict[str, asyncio.Task[None]] = {}

    def begin(self, name: str, step: Callable[[], Awaitable[object]]) -> None:
        """Do *step* beside everything else, and again after growing pauses while it fails; unless it is under way."""
        if name not in self._under_way:
            task = self._under_way[name] = asyncio.ensure_future(self._until_done(name, step))
            task.add_done_callback(lambda _: self._under_way.pop(name, None))

    async def _until_done(self, name: str, step: Callable[[], Awaitable[object]]) -> None:
        pause = _FIRST_S
        while True:
            try:
                await step()
            except Exception as error:
                log.warning("%s failed and is tried again in %.0f s: %s", name, pause, error)
            else:
                return
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_S)

    async def stop(self) -> None:
        """Try nothing any more."""
        await break_off(self._under_way.values())


async def break_off(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancel *tasks* and see them end."""
    for task in list(tasks):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
