"""A copy of the whole database on each day, and no more of them than are wanted."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from bot.services.ports import Clock
from bot.store.copying import back_up

NAMES = "caveat-????-??-??.db"
"""What backups are called."""

_PARTIAL = ".caveat-*.partial*"


class Backups:
    """
    Writes `caveat-2026-11-25.db` into a folder and takes the oldest ones away.

    Args:
        url: The database.
        keep: How many backups stay.
    """

    def __init__(self, url: str, folder: Path, keep: int, clock: Clock) -> None:
        self._url = url
        self._folder = folder
        self._keep = keep
        self._clock = clock

    async def make(self) -> None:
        """Back up, unless the day (UTC) has its backup already, from an earlier start or from another process."""
        target = self._folder / f"caveat-{self._clock():%Y-%m-%d}.db"
        if not target.exists():
            for left in self._folder.glob(_PARTIAL):  # of a process that was ended meanwhile
                left.unlink(missing_ok=True)
            partial = self._folder / f".{target.stem}.{os.getpid()}.partial"
            await _apart(lambda: back_up(self._url, partial))
            partial.replace(target)
        for old in sorted(self._folder.glob(NAMES))[: -self._keep]:
            old.unlink(missing_ok=True)


async def _apart(work: Callable[[], Coroutine[Any, Any, object]]) -> None:
    """Run *work* in a thread and an event loop of its own, which nobody waits for when the process ends."""
    done: Future[object] = Future()
    done.set_running_or_notify_cancel()

    def run() -> None:
        try:
            done.set_result(asyncio.run(work()))
        except BaseException as error:
            done.set_exception(error)

    threading.Thread(target=run, name="backup", daemon=True).start()
    await asyncio.wrap_future(done)
