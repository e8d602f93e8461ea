"""The quiet watch: where it is on, a figure posted without attribution gets one short reply a day."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from zlib import crc32

from bot.core.claims import Claim
from bot.services.answers import Workspaces
from bot.services.ports import Clock, WatchStore


@dataclass(eq=False, repr=False)
class Watch:
    """Knows the watched channels and what a message there should be answered with."""

    _workspaces: Workspaces
    _store: WatchStore
    _clock: Clock
    _channels: frozenset[int] = field(default=frozenset(), init=False)

    async def open(self) -> None:
        """Read which channels are watched; at the start, and now and then for what other processes wrote."""
        self._channels = await self._store.channels()

    def watches(self, channel: int) -> bool:
        """Whether *channel* is watched; costs nothing, so that every message can ask."""
        return channel in self._channels

    async def switch(self, workspace: int, channel: int, *, on: bool) -> None:
        """Watch *channel*, or stop."""
        await self._workspaces.open(workspace)
        await self._store.switch(workspace, channel, on=on)
        self._channels = self._channels | {channel} if on else self._channels - {channel}

    async def remark_on(self, workspace: int, channel: int, message: str) -> Claim | None:
        """The claim whose figure *message* repeats without attribution and that was not remarked on here today."""
        snapshot = await self._workspaces.open(workspace)
        for claim in await asyncio.to_thread(lambda: snapshot.checker.unattributed(message)):
            if await self._store.claim_note(workspace, channel, claim.number, self._clock().date()):
                return claim
        return None

    async def unsourced(self, workspace: int, channel: int, message: str) -> bool:
        """Whether *message* gives a figure that nobody says, no claim gives, and that was not remarked on today."""
        snapshot = await self._workspaces.open(workspace)
        for value in await asyncio.to_thread(lambda: snapshot.checker.unsourced(message)):
            if await self._store.claim_note(workspace, channel, _number_of(value), self._clock().date()):
                return True
        return False


def _number_of(value: float) -> int:
    """What a figure that no claim gives is noted under: below zero, where no claim has its number."""
    return -1 - (crc32(repr(value).encode()) >> 1)
