"""What services ask of the outside world; the store satisfies these."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Protocol

from bot.core.claims import FactBase

Clock = Callable[[], datetime]
"""Gives the present, aware, in UTC."""

Prepare = Callable[[int], Awaitable[None]]
"""Gives a workspace its copy of the curated base, or brings it up to date; cheap when nothing changed."""


class FactBaseReader(Protocol):
    """Reads whole fact bases."""

    async def load(self, workspace: int) -> FactBase:
        """Everything *workspace* holds now; an empty base for a workspace nobody has seeded."""
        ...


class WatchStore(Protocol):
    """Keeps which channels are watched and what was said there."""

    async def channels(self) -> frozenset[int]:
        """Ids of all watched channels."""
        ...

    async def switch(self, workspace: int, channel: int, *, on: bool) -> None:
        """Watch a channel, or stop."""
        ...

    async def claim_note(self, workspace: int, channel: int, number: int, day: date) -> bool:
        """Take the day's one reply for a claim in a channel; False when it is taken already."""
        ...
