"""Answering members: from an immutable snapshot of their workspace, without a database round trip."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Collection, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import ParamSpec, TypeVar

from bot.core.asking.assertions import Checker
from bot.core.asking.matching.candidates import LARGE
from bot.core.asking.meaning import Meaning
from bot.core.asking.search import Found, Nothing, Result, Searcher, Unsure
from bot.core.claims import Claim, FactBase, Kind
from bot.core.wording import later, say
from bot.errors import NotFound
from bot.services.ports import FactBaseReader, Prepare

CURATED = 0
"""The workspace that holds the curated base as it is: direct messages read it."""

NOWHERE = later(
    "There is no fact base in direct messages here; each server keeps its own. Ask in a "
    "server that you share with Caveat"
)
"""What direct messages say where whoever runs the bot gave no base; names of servers may follow."""

ABOUT = frozenset({Kind.TOPIC, Kind.PLACE, Kind.PARTY})

MOST_SPARED = 10
"""After how many large bases that were built the collector looks through what it was spared."""

_ENCODING = ThreadPoolExecutor(1, "encoding")
"""A thread of its own: whoever waits for the encoder takes up none of those that all else is worked out in."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True)
class Snapshot:
    """One workspace at one moment, ready to answer."""

    base: FactBase
    built: Searcher | None = field(default=None, repr=False, compare=False)
    meaning: Meaning | None = field(default=None, repr=False, compare=False)

    @cached_property
    def searcher(self) -> Searcher:
        """The search over this base, built on the first question unless it was before."""
        return self.built or Searcher(self.base)

    @cached_property
    def checker(self) -> Checker:
        """Holds messages against this base, built for the first one."""
        return Checker(self.base, self.searcher)

    def ask(self, question: str) -> Result:
        """Answers free words."""
        return self.searcher.ask(question)

    def named(self, text: str) -> Result | None:
        """Answers words that open with a name of the base, or gives None."""
        return self.searcher.alias_command(text)

    def hinted(self, text: str) -> Unsure | None:
        """Asks back what *text* may mean, where it is no name but holds a word of the base; or gives None."""
        return self.searcher.hinted(text)

    async def by_meaning(self, unsure: Unsure) -> Unsure:
        """*unsure* with its claims in the order of meaning, found off the event loop, where an encoder is here."""
        if self.meaning is None or not unsure.near:
            return unsure
        return await asyncio.get_running_loop().run_in_executor(_ENCODING, self.meaning.ordered, unsure, self.base)

    async def work_out(self, what: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """What a function of this base gives: worked out off the event loop where the base is large."""
        if len(self.base.claims) <= LARGE:
            return what(*args, **kwargs)
        return await asyncio.to_thread(what, *args, **kwargs)

    def claim(self, ref: str) -> Claim:
        """
        The claim that people cite as *ref* (`C14`, `14`).

        Raises:
            NotFound: No such id; a retired claim is named as retired.
        """
        claim = self.base.cited(ref)
        if claim.retired:
            raise NotFound(say("{ref} was retired and no longer answers.", ref=claim.ref))
        return claim

    def about(self, text: str) -> Result:
        """Claims about a topic, place, party or figure named in *text*; all live claims for an empty one."""
        if not self.base.live:
            return Nothing(text)
        if not text.strip():
            return Found(claims=self.base.live)
        return self.searcher.about(text, ABOUT)


class Workspaces:
    """
    The snapshots in memory, one per workspace, loaded when first needed and replaced whole on a write.

    Args:
        megabytes: What they take at most, by estimate; those not asked for longest go first and are read again.
        meaning: What orders questions back by meaning, where an encoder is installed.
    """

    def __init__(
        self, reader: FactBaseReader, prepare: Prepare, megabytes: int = 512, meaning: Meaning | None = None
    ) -> None:
        self._reader = reader
        self.meaning = meaning
        self._prepare = prepare
        self._room = megabytes * 1_000_000
        self._snapshots: dict[int, Snapshot] = {}
        self._sizes: dict[int, int] = {}
        self._prepared: set[int] = set()
        self._loading: dict[int, asyncio.Lock] = {}
        self._spared = 0

    async def open(self, workspace: int) -> Snapshot:
        """The workspace's snapshot; only the first call for a workspace touches the database."""
        found = self._snapshots.get(workspace)
        if found is not None:
            self._snapshots[workspace] = self._snapshots.pop(workspace)  # the last one asked for comes last
            return found
        async with self._loading.setdefault(workspace, asyncio.Lock()):
            found = self._snapshots.get(workspace)
            if found is None:
                await self.prepare(workspace)
                found = await self.refresh(workspace)
        self._loading.pop(workspace, None)
        return found

    async def prepare(self, workspace: int) -> None:
        """Give *workspace* its own copy of the base, without holding it in memory; once for each process."""
        if workspace not in self._prepared:
            await self._prepare(workspace)
            self._prepared.add(workspace)

    @property
    def taken(self) -> int:
        """Bytes that the snapshots in memory take, by estimate."""
        return sum(self._sizes.values())

    def opened(self, workspace: int) -> Snapshot | None:
        """The snapshot if it is in memory already."""
        return self._snapshots.get(workspace)

    def stands(self, workspace: int, claim: Claim) -> bool:
        """Whether *claim* is there just as given, as far as memory knows."""
        held = self._snapshots.get(workspace)
        return held is None or held.base.claims.get(claim.number) == claim

    @property
    def held(self) -> Collection[Snapshot]:
        """The snapshots in memory."""
        return self._snapshots.values()

    def forget(self, workspace: int) -> None:
        """Hold nothing of a workspace any more; it is read again when somebody asks."""
        self._snapshots.pop(workspace, None)
        self._sizes.pop(workspace, None)
        self._prepared.discard(workspace)

    async def refresh(self, workspace: int) -> Snapshot:
        """Replace the snapshot by what the database holds now; the one that answers then."""
        return await self.replace(workspace, await self._reader.load(workspace))

    async def replace(self, workspace: int, base: FactBase) -> Snapshot:
        """Answer from *base*, built off the event loop, unless what is held is newer; gives what answers then."""
        like = self._snapshots.get(workspace) or self._snapshots.get(CURATED)  # a workspace begins as a copy
        made = await asyncio.to_thread(_snapshot, base, like, self.meaning)
        self._spared += len(base.claims) > LARGE and made.searcher.anew
        held = self._snapshots.get(workspace)
        if held is not None and held.base.revision > base.revision:
            return held
        curated = self._snapshots.get(CURATED)
        shared = workspace != CURATED and curated is not None and made.built is curated.built
        self._snapshots[workspace] = made
        self._sizes[workspace] = 0 if shared else _size(base)
        self._let_go()
        return made

    def _let_go(self) -> None:
        """Forget the workspaces that were not asked for longest; they are read again when somebody asks."""
        taken = self.taken
        *older, _ = self._snapshots
        for workspace in older:
            if taken <= self._room and len(self._snapshots) <= _MOST:
                return
            if workspace != CURATED:
                del self._snapshots[workspace]
                taken -= self._sizes.pop(workspace)

    async def look_through(self) -> None:
        """
        Let the garbage collector look through all that it was spared, once large bases were built ten times.

        What others referred to meanwhile was spared with them, and nobody else lets go of it. That is little, and
        the look holds everybody up: a base of 20,000 claims for 0.3 s.
        """
        if self._spared >= MOST_SPARED:
            self._spared = 0
            gc.unfreeze()
            gc.collect()
            gc.freeze()

    async def revisions(self, which: Collection[int]) -> dict[int, int]:
        """How many changes each of some workspaces has seen, in memory or not."""
        return await self._reader.revisions(which) if which else {}

    async def catch_up(self, which: Collection[int] | None = None) -> list[int]:
        """Refresh every snapshot in memory that another process wrote past, or those of some; which ones."""
        which = [each for each in (self._snapshots if which is None else which) if each in self._snapshots]
        revisions = await self.revisions(which)
        behind = [key for key, held in self._snapshots.items() if held.base.revision < revisions.get(key, 0)]
        for workspace in behind:
            await self.refresh(workspace)
        return behind


def _snapshot(base: FactBase, like: Snapshot | None, meaning: Meaning | None) -> Snapshot:
    """A snapshot that is built; what is the same as in *like* is shared with it. Blocking."""
    if like and like.base == base:
        return Snapshot(replace(like.base, revision=base.revision), like.searcher, meaning)
    built = Searcher(base, previous=like.searcher if like else None)
    with _uncollected(spared=len(base.claims) > LARGE and built.anew):
        built.build()
    return Snapshot(base, built, meaning)


@contextmanager
def _uncollected(*, spared: bool) -> Generator[None]:
    """
    Build without the garbage collector, which would find nothing: nothing in what is built refers to itself.

    Where it is *spared* what was built, too, it would hold everybody up again and again otherwise, a base of 20,000
    claims for 0.1 s. `look_through` makes up for it.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if spared:
            gc.freeze()
        if enabled:
            gc.enable()


def _size(base: FactBase) -> int:
    """Bytes that a snapshot of *base* takes, at most, as benchmarks/scale.py and benchmarks/memory.py measure it."""
    entries = sum(1 for _ in base.commands()) + len(base.metrics) + len(base.sources)
    size = _FIXED + entries * _ENTRY + len(base.claims) * _CLAIM
    return size * 8 // 5 if base.wording.closed else size


_FIXED, _ENTRY, _CLAIM = 700_000, 45_000, 9_000
_MOST = 10_000
"""Snapshots in memory at most: those that share the curated base are all but free."""
