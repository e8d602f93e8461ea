"""Whether the bot is in a server is known in the order in which Discord said it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, cast

from bot.services.departures import Departures

NOW = datetime(2026, 1, 1, tzinfo=UTC)
_NOTHING = cast("Any", None)


class Slow:
    """A store whose first write takes longer than the second."""

    def __init__(self) -> None:
        self.left_at: datetime | None = None
        self._writes = 0

    async def mark(self, workspaces: Collection[int], left_at: datetime | None) -> None:
        """Keep it, some time later."""
        self._writes += 1
        await asyncio.sleep(0.02 / self._writes)
        self.left_at = left_at


async def test_a_server_that_was_left_and_joined_at_once_is_one_that_the_bot_is_in() -> None:
    """Though another writer holds up the note that it was left."""
    store = Slow()
    departures = Departures(_NOTHING, _NOTHING, _NOTHING, cast("Any", store), None, lambda: NOW)

    await asyncio.gather(departures.left(1), departures.returned(1))
    assert store.left_at is None

    await asyncio.gather(departures.returned(1), departures.left(1))
    assert store.left_at == NOW
