"""What services ask of the outside world; the store satisfies these."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
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
