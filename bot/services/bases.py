"""Which base a server has: an empty one, the sample, or one of its own out of a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.core.claims import FactBase
from bot.core.editing.batches import Batch
from bot.core.editing.whole_bases import EMPTIED, REPLACED, emptying, replacing
from bot.services.answers import Workspaces
from bot.services.curation import Curation, Proposed
from bot.services.ports import BeginningStore, Clock


@dataclass(frozen=True)
class Sample:
    """
    The base that a server may start with.

    Attributes:
        name: What it is about, where the bot brings it along; empty for that of whoever runs the bot.
        read: Gives it; blocking.
        default: Whether servers begin with it unless they choose otherwise.
    """

    name: str
    read: Callable[[], FactBase]
    default: bool


@dataclass(eq=False, repr=False)
class Bases:
    """Begins, empties and replaces bases; every change through the ledger, as a proposal under four eyes."""

    _workspaces: Workspaces
    _curation: Curation
    _store: BeginningStore
    sample: Sample
    _clock: Clock

    async def claims(self, workspace: int) -> int:
        """How many claims of a server's base answer."""
        return len((await self._workspaces.open(workspace)).base.live)

    async def introduce(self, workspace: int) -> bool:
        """Whether the bot is to introduce itself to a server: once, ever."""
        return await self._store.introduce(workspace, self._clock())

    async def begin_empty(self, workspace: int) -> bool:
        """Begin with an empty base; False where there is a base already, which only `empty` puts away."""
        if await self._store.begin_empty(workspace, self._clock()):
            await self._workspaces.refresh(workspace)
            return True
        return not (await self._workspaces.open(workspace)).base.live

    async def begin_with_sample(self, workspace: int) -> bool:
        """Begin with the sample; False where that takes the place of another base, which `sampled` does."""
        if not self.sample.default:
            return False
        base = (await self._workspaces.open(workspace)).base
        held = {source.sha256 for source in base.sources.values()}
        wanted = {source.sha256 for source in (await asyncio.to_thread(self.sample.read)).sources.values()}
        return bool(base.live) and not held.isdisjoint(wanted)

    async def empty(self, workspace: int, who: str, where: int = 0) -> FactBase | Proposed:
        """Retire every claim and put away what they referred to; history stays."""
        return await self._write(workspace, emptying(await self._curation.base(workspace)), who, EMPTIED, where)

    async def sampled(self, workspace: int, who: str, where: int = 0) -> FactBase | Proposed:
        """Put the sample in the place of the base, as the server's own."""
        new = await asyncio.to_thread(self.sample.read)
        batch = replacing(await self._curation.base(workspace), new)
        return await self._write(workspace, batch, who, REPLACED, where)

    async def _write(self, workspace: int, batch: Batch, who: str, reason: str, where: int) -> FactBase | Proposed:
        signed = self._curation.signature(who, reason)
        return await self._curation.write(workspace, batch, signed, where=where)
