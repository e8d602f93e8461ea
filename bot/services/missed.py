"""Questions that got no claim: kept for moderators, and for those who want to hear of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.asking.results import Found
from bot.core.briefing.subjects import names_of
from bot.core.editing.queue import MissedQuestion, grouped
from bot.services.answers import CURATED, Workspaces
from bot.services.ports import Clock, MissStore

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Answerable:
    """Somebody whose question has claims now, and what they are about, by names of entries."""

    person: str
    about: str


class Missed:
    """What members asked and did not get."""

    def __init__(self, workspaces: Workspaces, store: MissStore, clock: Clock) -> None:
        self._workspaces = workspaces
        self._store = store
        self._clock = clock

    async def note(self, workspace: int, asked: str) -> int | None:
        """Keep a question without who asked it; its id, or None where nobody moderates."""
        if workspace == CURATED or not asked.strip():
            return None
        return await self._store.add(workspace, asked.strip()[:_LONGEST], self._clock())

    async def questions(self, workspace: int) -> list[MissedQuestion]:
        """What was asked in the last 30 days, near-duplicates together, the most asked first."""
        return grouped(await self._store.all(workspace, self._clock()))

    async def drop(self, workspace: int, question: MissedQuestion, *, but_awaited: bool = False) -> None:
        """
        Take a question, in all its wordings, off the list.

        Args:
            but_awaited: Leave what somebody waits for; it goes when they are told.
        """
        await self._store.drop(workspace, [miss.id for miss in question.misses], but_awaited=but_awaited)

    async def wait(self, workspace: int, miss: int, person: str) -> bool:
        """Tell *person* when the question can be answered; False when it is no longer kept."""
        return await self._store.wait(workspace, miss, person)

    async def answerable(self, workspace: int) -> Sequence[Answerable]:
        """Who is to be told of which question now; each is given once."""
        awaited = await self._store.awaited(workspace)
        if not awaited:
            return []
        snapshot = await self._workspaces.open(workspace)
        results = [(miss, person, snapshot.ask(miss.asked)) for miss, person in awaited]
        found = [(miss, person, result) for miss, person, result in results if isinstance(result, Found)]
        await self._store.drop(workspace, [miss.id for miss, _, _ in found])
        return [Answerable(person, names_of(result)) for _, person, result in found]
