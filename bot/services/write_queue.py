"""
What answers leave behind, written later: one bounded queue with its own retries.

Reading never waits for writing. A database that is locked, full or gone delays what is queued, not who asks; what is
queued is written as soon as it can be, and before the process ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from itertools import islice, takewhile
from typing import Any

log = logging.getLogger(__name__)

Write = Callable[[Sequence[Any]], Awaitable[None]]
"""Writes some things together, all or none; raises when it could not."""

_GATHERED_S = 0.2
"""Seconds over which what comes in is gathered into one write."""

_FIRST_PAUSE_S, _LONGEST_S = 0.4, 30.0
"""Seconds until a failed write is tried again: twice as long after each failure, up to the longest."""

_AT_ONCE = 500
_SUSPECT = 3
"""Failures in a row after which things are tried one by one: one of them may be what cannot be written."""

_RETRIED_S = 0.05


class WriteQueue:
    """
    Takes things at once and writes them later, in their order.

    Args:
        most: How many things wait at most; beyond that the oldest are let go, and the log says how many.
    """

    def __init__(self, most: int = 50_000) -> None:
        self._most = most
        self._waiting: deque[tuple[Write, Any]] = deque()
        self._writer: asyncio.Task[None] | None = None
        self._hurried = False
        self._pause: asyncio.Future[None] | None = None
        self._lost = 0
        self._taken = 0
        self._done = 0
        self._awaited: list[tuple[int, asyncio.Future[bool]]] = []

    def put(self, write: Write, thing: object) -> None:
        """Let *write* have *thing* in a moment."""
        if len(self._waiting) >= self._most:
            self._waiting.popleft()
            self._done += 1
            self._lost += 1
            if self._lost & (self._lost - 1) == 0:  # said at the first, the second, the fourth …
                log.error("the write queue is full: %d of the oldest were let go", self._lost)
        self._waiting.append((write, thing))
        self._taken += 1
        if self._writer is None or self._writer.done():
            self._writer = asyncio.ensure_future(self._run())

    @property
    def depth(self) -> int:
        """How many things wait."""
        return len(self._waiting)

    @property
    def lost(self) -> int:
        """How many were let go because the queue was full or the database would not have them."""
        return self._lost

    def waiting(self, write: Write) -> Iterator[Any]:
        """What *write* has not had yet, the oldest first."""
        return (thing for by, thing in self._waiting if by == write)

    async def flush(self) -> bool:
        """Try at once to write what waits; False when that failed, and it is tried again later."""
        if not self._waiting:
            return True
        tried: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._awaited.append((self._taken, tried))
        self._hurried = True
        if self._pause is not None:
            self._pause.cancel()
        return await tried

    async def close(self, within: float = 4.0) -> None:
        """Write what waits, trying for at most *within* seconds; the log says what could not be written."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                while not await self.flush():
                    await asyncio.sleep(_RETRIED_S)
        if not self._waiting:
            return
        log.error("%d things could not be written before the end", len(self._waiting))
        if self._writer is not None:
            self._writer.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._writer

    async def _run(self) -> None:
        failures = 0
        while self._waiting:
            pause = _GATHERED_S if not failures else min(_LONGEST_S, _FIRST_PAUSE_S * 2 ** (failures - 1))
            if not self._hurried:
                self._pause = asyncio.ensure_future(asyncio.sleep(pause))
                await asyncio.wait([self._pause])
            self._hurried = False
            failures = 0 if await self._drain(failures) else failures + 1
            awaited, self._awaited = self._awaited, []
            for upto, tried in awaited:
                if not tried.done():
                    tried.set_result(upto <= self._done)

    async def _drain(self, failures: int) -> bool:
        """Write until nothing waits; False when a write failed."""
        while self._waiting:
            write = self._waiting[0][0]
            alike = takewhile(lambda each: each[0] == write, self._waiting)  # noqa: B023 used up before it changes
            things = [thing for _, thing in islice(alike, _AT_ONCE)]
            try:
                await write(things)
            except Exception as error:
                if not failures:
                    log.warning("%d things wait to be written: %s", len(self._waiting), _said(error))
                return failures >= _SUSPECT and len(things) > 1 and await self._one_by_one(write, things)
            self._let_go(things)
            if failures:
                log.info("what waited is being written again")
                failures = 0
        return True

    async def _one_by_one(self, write: Write, things: Sequence[Any]) -> bool:
        """Write what can be written of *things*; what fails where others do not is let go."""
        refused: list[Any] = []
        errors: list[str] = []
        written = 0
        for thing in things:
            try:
                await write([thing])
            except Exception as error:
                refused.append(thing)
                errors.append(_said(error))
                if not written and len(refused) > _SUSPECT:
                    return False
            else:
                written += 1
        if not written:
            return False
        refused = [thing for thing in refused if not await self._written(write, thing)]
        self._let_go(things)
        if refused:
            self._lost += len(refused)
            log.error("%d things cannot be written and are let go: %s", len(refused), errors[0])
        return True

    async def _written(self, write: Write, thing: object) -> bool:
        """Try once more, now that others were written: what failed may have failed with the database."""
        try:
            await write([thing])
        except Exception:
            return False
        return True

    def _let_go(self, things: Sequence[Any]) -> None:
        """Take what is written off the queue, unless it was full meanwhile and that was let go already."""
        for thing in things:
            if self._waiting and self._waiting[0][1] is thing:
                self._waiting.popleft()
                self._done += 1


def _said(error: Exception) -> str:
    lines = str(error).splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
