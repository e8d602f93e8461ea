"""Answering members: from an immutable snapshot of their workspace, without a database round trip."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from bot.core.asking.assertions import Checker
from bot.core.asking.matching.candidates import LARGE
from bot.core.asking.search import Found, Nothing, Result, Searcher
from bot.core.claims import Claim, FactBase, Kind
from bot.errors import NotFound
from bot.services.ports import FactBaseReader, Prepare

CURATED = 0
"""The workspace that holds the curated base as it is: direct messages read it."""

HELD = 500
"""Workspaces in memory at most."""

_REMEMBERED = 256

ABOUT = frozenset({Kind.TOPIC, Kind.PLACE, Kind.PARTY})


@dataclass(frozen=True)
class Snapshot:
    """One workspace at one moment, ready to answer."""

    base: FactBase
    previous: Searcher | None = field(default=None, repr=False, compare=False)

    @cached_property
    def searcher(self) -> Searcher:
        """The search over this base, built on the first question; of a changed base, only what changed is read."""
        if self.previous is not None and self.previous.base == self.base:
            return self.previous
        return Searcher(self.base, previous=self.previous)

    @cached_property
    def checker(self) -> Checker:
        """Holds messages against this base, built for the first one."""
        return Checker(self.base, self.searcher)

    @cached_property
    def ask(self) -> Callable[[str], Result]:
        """Answers free words; what was asked before is remembered, because the base cannot have changed."""
        return lru_cache(maxsize=_REMEMBERED)(self.searcher.ask)

    @cached_property
    def named(self) -> Callable[[str], Result | None]:
        """Answers words that open with a name of the base, or gives None; remembers likewise."""
        return lru_cache(maxsize=_REMEMBERED)(self.searcher.alias_command)

    def claim(self, ref: str) -> Claim:
        """
        The claim that people cite as *ref* (`C14`, `14`).

        Raises:
            NotFound: No such id; a retired claim is named as retired, with its reason.
        """
        claim = self.base.cited(ref)
        if claim.retired:
            raise NotFound(f"{claim.ref} was retired and no longer answers: “{claim.retired}”")
        return claim

    def about(self, text: str) -> Result:
        """Claims about a topic, place, party or figure named in *text*; all live claims for an empty one."""
        if not self.base.live:
            return Nothing(text)
        if not text.strip():
            return Found(claims=self.base.live)
        return self.searcher.about(text, ABOUT)


class Workspaces:
    """The snapshots in memory, one per workspace, loaded when first needed and replaced whole on a write."""

    def __init__(self, reader: FactBaseReader, prepare: Prepare) -> None:
        self._reader = reader
        self._prepare = prepare
        self._snapshots: dict[int, Snapshot] = {}
        self._loading: dict[int, asyncio.Lock] = {}

    async def open(self, workspace: int) -> Snapshot:
        """The workspace's snapshot; only the first call for a workspace touches the database."""
        found = self._snapshots.get(workspace)
        if found is not None:
            self._snapshots[workspace] = self._snapshots.pop(workspace)  # the last one asked for comes last
            return found
        async with self._loading.setdefault(workspace, asyncio.Lock()):
            if workspace not in self._snapshots:
                await self._prepare(workspace)
                await self.refresh(workspace)
        self._loading.pop(workspace, None)
        return self._snapshots[workspace]

    async def prepare(self, workspace: int) -> None:
        """Give *workspace* its own copy of the base, without holding it in memory."""
        await self._prepare(workspace)

    def opened(self, workspace: int) -> Snapshot | None:
        """The snapshot if it is in memory already."""
        return self._snapshots.get(workspace)

    async def refresh(self, workspace: int) -> None:
        """Replace the snapshot by what the database holds now."""
        await self.replace(workspace, await self._reader.load(workspace))

    async def replace(self, workspace: int, base: FactBase) -> None:
        """Answer from *base* from now on, unless what is held is newer; slow ones are read off the event loop."""
        held = self._snapshots.get(workspace)
        if held is None or held.base.revision <= base.revision:
            like = held or self._snapshots.get(CURATED)  # a workspace begins as a copy: what is the same is shared
            built = (like.__dict__.get("searcher") or like.previous) if like else None
            if built is not None and built.base == base:
                base = replace(built.base, revision=base.revision)
            snapshot = Snapshot(base, built)
            if len(base.claims) > LARGE or not base.wording.closed:
                await asyncio.to_thread(lambda: snapshot.searcher.build())
            self._snapshots[workspace] = snapshot
            self._let_go()

    def _let_go(self) -> None:
        """Forget the workspaces that were not asked for longest; they are read again when somebody asks."""
        while len(self._snapshots) > HELD:
            oldest = next(key for key in self._snapshots if key != CURATED)
            del self._snapshots[oldest]

    async def every(self) -> list[int]:
        """Every workspace there is, in memory or not."""
        return list(await self._reader.revisions())

    async def catch_up(self) -> list[int]:
        """Refresh every snapshot in memory that another process wrote past; which ones."""
        revisions = await self._reader.revisions()
        behind = [key for key, held in self._snapshots.items() if held.base.revision < revisions.get(key, 0)]
        for workspace in behind:
            await self.refresh(workspace)
        return behind
