"""
What follows a change: one table.

Whatever route a change took, it is raised here as an event; the table says what happens then. Not a bus: nothing
subscribes, and each consequence is done by the one function that composition gives for it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from enum import StrEnum

from bot.core.history.events import Changed

log = logging.getLogger(__name__)

Do = Callable[[Changed], Awaitable[None]]


class Consequence(StrEnum):
    """What may follow."""

    SNAPSHOT = "snapshot"
    REVIEWS = "reviews"
    RECEIPTS = "receipts"
    CORRECTIONS = "corrections"
    LIVE_BRIEFINGS = "live briefings"
    PEOPLE_WAITING = "people waiting"
    FOLLOWERS = "followers"


def _always(_: Changed) -> bool:
    return True


def _shown_otherwise(changed: Changed) -> bool:
    return bool(changed.visible)


def _is_news(changed: Changed) -> bool:
    return bool(changed.visible) or any(before is None for before, _ in changed.claims)


def _says_something_else(changed: Changed) -> bool:
    return bool(changed.lapsed)


TABLE: tuple[tuple[Consequence, Callable[[Changed], bool]], ...] = (
    (Consequence.SNAPSHOT, _always),  # it answers from now on
    (Consequence.REVIEWS, _says_something_else),  # nobody has reviewed what it says now
    (Consequence.RECEIPTS, _shown_otherwise),  # what was shown a moment ago is written down before it is looked for
    (Consequence.CORRECTIONS, _shown_otherwise),  # posted where a claim was shown otherwise, or offered
    (Consequence.LIVE_BRIEFINGS, _always),  # edited, at most once a minute
    (Consequence.PEOPLE_WAITING, _always),  # a new name, too, may answer what was asked in vain
    (Consequence.FOLLOWERS, _is_news),  # people and feeds are told, gathered, when it is their time
)
"""What follows which changes, in this order. The snapshot is in place before whoever made the change goes on."""


class Consequences:
    """Does what the table says."""

    def __init__(self) -> None:
        self._done_by: dict[Consequence, Do] = {}
        self._under_way: set[asyncio.Task[None]] = set()

    def done_by(self, what: Consequence, do: Do) -> None:
        """Let *do* see to one consequence; composition says this once for each."""
        self._done_by[what] = do

    @property
    def undone(self) -> frozenset[Consequence]:
        """Consequences that nobody sees to: none, once the bot is composed."""
        return frozenset(what for what, _ in TABLE) - self._done_by.keys()

    async def follow(self, changed: Changed) -> None:
        """See to everything that follows; returns when the change answers, the rest goes on by itself."""
        (first, _), *others = TABLE
        if first in self._done_by:
            await self._done_by[first](changed)
        task = asyncio.ensure_future(self._others(changed, [what for what, due in others if due(changed)]))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _others(self, changed: Changed, due: list[Consequence]) -> None:
        for what in due:
            if what not in self._done_by:
                continue
            try:
                await self._done_by[what](changed)
            except Exception:
                log.exception("%s could not follow a change in %d", what, changed.workspace)

    async def settle(self) -> None:
        """Wait for what is under way."""
        if self._under_way:
            await asyncio.wait(self._under_way)
