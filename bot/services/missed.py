"""Questions that got no claim: kept for moderators, and for those who want to hear of an answer."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.core.asking.results import Found
from bot.core.briefing.subjects import names_of
from bot.core.editing.queue import Miss, MissedQuestion, grouped
from bot.services.answers import CURATED, Snapshot, Workspaces
from bot.services.ports import Clock, MissStore
from bot.services.write_queue import WriteQueue

_LONGEST = 300
_BEGIN = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Answerable:
    """Somebody whose question has claims now, and what they are about, by names of entries."""

    person: str
    about: str
    miss: Miss


@dataclass(eq=False, repr=False)
class Missed:
    """What members asked and did not get."""

    _workspaces: Workspaces
    _store: MissStore
    _queue: WriteQueue
    _clock: Clock

    def note(self, workspace: int, asked: str) -> int | None:
        """Keep a question without who asked it, in a moment; its id, or None where nobody moderates."""
        if workspace == CURATED or not asked.strip("\0 \n\t"):
            return None
        now = self._clock()
        miss = Miss(_new_id(now), workspace, asked.replace("\0", "").strip()[:_LONGEST], now)
        self._queue.put(self._store.add, miss)
        return miss.id

    async def questions(self, workspace: int) -> list[MissedQuestion]:
        """What was asked in the last 30 days, near-duplicates together, the most asked first."""
        return await asyncio.to_thread(grouped, await self._all(workspace))

    async def _all(self, workspace: int) -> list[Miss]:
        await self._queue.flush()
        return await self._store.all(workspace, self._clock())

    async def purge(self) -> None:
        """Let go of what is older than 30 days, a little at a time."""
        while await self._store.purge(self._clock()):
            await asyncio.sleep(0)

    async def drop(self, workspace: int, question: MissedQuestion, *, but_awaited: bool = False) -> None:
        """
        Take a question, in all its wordings, off the list.

        Args:
            but_awaited: Leave what somebody waits for; it goes when they are told.
        """
        await self._store.drop(workspace, [miss.id for miss in question.misses], but_awaited=but_awaited)

    async def wait(self, workspace: int, miss: int, person: str) -> bool:
        """Tell *person* when the question can be answered; False when it is no longer kept."""
        await self._queue.flush()
        return await self._store.wait(workspace, miss, person)

    async def answerable(self, workspace: int) -> Sequence[Answerable]:
        """Who is to be told of which question now; each is given once."""
        awaited = await self._store.awaited(workspace)
        if not awaited:
            return []
        snapshot = await self._workspaces.open(workspace)
        found = await asyncio.to_thread(_found, snapshot, awaited)
        await self._store.drop(workspace, [miss.id for miss, _, _ in found])
        return [Answerable(person, names_of(result), miss) for miss, person, result in found]

    async def give_back(self, each: Answerable) -> None:
        """Keep a question again: whoever waits for it could not be told, and is with the next change."""
        await self._store.add([each.miss])
        await self._store.wait(each.miss.workspace, each.miss.id, each.person)


def _found(snapshot: Snapshot, awaited: Sequence[tuple[Miss, str]]) -> list[tuple[Miss, str, Found]]:
    results = [(miss, person, snapshot.ask(miss.asked)) for miss, person in awaited]
    return [(miss, person, result) for miss, person, result in results if isinstance(result, Found)]


def _new_id(now: datetime) -> int:
    """An id that no other process gives either: milliseconds, then 20 bits of chance; 63 bits at most."""
    return int((now - _BEGIN).total_seconds() * 1000) << 20 | secrets.randbits(20)
