"""Following: who hears of which changes, when, and what they are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.asking.results import Found
from bot.core.claims import Claim, parse_ref
from bot.core.history.changes import changes, kinds
from bot.core.history.events import Changed
from bot.core.history.following import CLAIM, Follow, News, Noted, Owed
from bot.core.wording import refused, say
from bot.errors import NotFound
from bot.services.answers import Workspaces
from bot.services.ports import Clock, FollowStore, PastStore
from bot.services.setups import Setups
from bot.services.write_queue import WriteQueue

MOST = 20
"""Things that one person may follow in a server."""

_AGAIN = timedelta(minutes=15)
_JUST_BEFORE = timedelta(microseconds=1)


@dataclass(eq=False, repr=False)
class Following:
    """Knows who follows what, and gives each of them what they are to be told."""

    _workspaces: Workspaces
    _store: FollowStore
    _past: PastStore
    _setups: Setups
    _queue: WriteQueue
    _clock: Clock

    async def of(self, workspace: int, person: str) -> Sequence[Follow]:
        """What somebody follows in a server, the first one first."""
        return await self._store.of(workspace, person)

    async def name(self, follow: Follow) -> str:
        """What is followed, by its name in the base: `Casualties`, `C14`; empty where the base no longer has it."""
        base = (await self._workspaces.open(follow.workspace)).base
        if follow.kind == CLAIM:
            return f"C{follow.key}"
        entry = base.of_kind(follow.kind).get(follow.key)
        return entry.name if entry else ""

    async def add(self, workspace: int, person: str, about: str) -> Follow:
        """
        Let somebody follow what *about* names: a claim, or the topic, place or party that a question would find.

        Raises:
            NotFound: Nothing goes by that name.
            Refused: It names several things, or they follow too many already.
        """
        snapshot = await self._workspaces.open(workspace)
        if parse_ref(about) is not None:
            kind, key = CLAIM, str(snapshot.claim(about).number)
        else:
            found = await snapshot.work_out(snapshot.about, about)
            if not isinstance(found, Found) or not found.matched:
                raise NotFound(say("Nothing in the fact base goes by that name; !topics lists everything there is."))
            entry, *others = dict.fromkeys((each.kind.value, each.key) for each in found.matched)
            if others:
                raise refused("That names several things. Follow them one by one.")
            kind, key = entry
        follow = Follow(0, workspace, person, kind, key)
        if not await self._store.add(follow, MOST, self._clock()):
            raise refused("You follow {most} things here already. Stop one first: !follow lists them.", most=MOST)
        return follow

    async def stop(self, person: str, *, follow: int | None = None, workspace: int | None = None) -> int:
        """Stop one thing that somebody follows, or all in a server; how many there were."""
        return await self._store.stop(person, follow, workspace)

    async def note(self, changed: Changed) -> None:
        """Write down, in a moment, what followers of changed claims are to hear."""
        news = tuple(pair for pair in changed.claims if pair[0] is None or kinds(pair[0], pair[1]))
        if news:
            feed = bool((await self._setups.of(changed.workspace)).feed)
            self._queue.put(self._store.note, Noted(changed.workspace, changed.at, news, feed))
            await self._queue.flush()

    async def next_due(self) -> datetime | None:
        """When somebody is to be told next; None when nothing waits."""
        return await self._store.next_due()

    async def take(self) -> Sequence[News]:
        """What is to be told now; what was changed back meanwhile is no news."""
        return [await self._news(owed) for owed in await self._store.take(self._clock())]

    async def give_back(self, owed: Owed) -> None:
        """Try again in a while: it could not be told."""
        await self._store.give_back(owed, self._clock() + _AGAIN)

    async def _news(self, owed: Owed) -> News:
        base = (await self._workspaces.open(owed.workspace)).base
        known = {number: version for number, version in owed.versions.items() if version}
        before = await self._past.claims(owed.workspace, known, owed.since - _JUST_BEFORE) if known else {}
        before = {number: claim for number, claim in before.items() if not _gone(claim, base.claims.get(number))}
        new = [number for number in owed.versions if number not in known and _lives(base.claims.get(number))]
        return News(owed, changes(before, base.claims, (*before, *new)))


def _gone(before: Claim, now: Claim | None) -> bool:
    return now is None or bool(before.retired and now.retired)


def _lives(claim: Claim | None) -> bool:
    return claim is not None and not claim.retired
