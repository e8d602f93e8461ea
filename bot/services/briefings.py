"""Briefings: composing one, and keeping the schedules by which channels get them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.asking.results import Found
from bot.core.briefing.briefings import Briefing, compose
from bot.core.briefing.deliveries import Due, Posted, Schedule
from bot.core.briefing.options import Options, read_options
from bot.core.briefing.schedules import Rhythm, read_rhythm
from bot.core.briefing.subjects import names_of, subjects
from bot.core.claims import Claim, FactBase
from bot.core.history.changes import Change, changes
from bot.core.wording import refused, say
from bot.errors import NotFound, Unavailable
from bot.services.answers import Snapshot, Workspaces
from bot.services.ports import Clock, PastStore, QueueStore, ScheduleStore
from bot.services.setups import Setups

RECENT = timedelta(days=7)
"""How far back a briefing on demand says what changed."""
STATES: tuple[str, ...] = ("due", "posted", "late", "skipped", "failed")
"""What a slot is, and what becomes of it."""

_MOST_SCHEDULES = 50
_PLAIN = Options()


@dataclass(frozen=True, slots=True)
class Report:
    """A briefing, and the base that it was composed from."""

    briefing: Briefing
    base: FactBase
    at: datetime

    @property
    def shown(self) -> Mapping[int, int]:
        """The version of each claim in it."""
        return {claim.number: claim.version for claim in self.briefing.claims}


@dataclass(frozen=True, slots=True)
class Digest:
    """A scheduled briefing: what changed since the last one there (None: there was none), and the report."""

    report: Report
    since: datetime | None
    changes: tuple[Change, ...]


@dataclass(eq=False, repr=False)
class Briefings:
    """Composes briefings and keeps their schedules."""

    _workspaces: Workspaces
    _schedules: ScheduleStore
    _past: PastStore
    _queues: QueueStore
    _setups: Setups
    _clock: Clock

    async def report(self, workspace: int, about: str) -> Report:
        """
        The briefing about a topic, place or party, or about everything.

        Raises:
            NotFound: Nothing in the base goes by that name.
        """
        challenges = [(each.number, each.made_at.date()) for each in await self._queues.challenges(workspace)]
        return await self._composed(workspace, about, challenges)

    async def _composed(self, workspace: int, about: str, challenges: Sequence[tuple[int, date]]) -> Report:
        snapshot = await self._workspaces.open(workspace)
        claims: Sequence[Claim] = snapshot.base.live
        subject = ""
        if about.strip():
            found = await _found(snapshot, about)
            claims = found.claims
            subject = subjects(found)[0].name
        now = self._clock()
        zone = ZoneInfo((await self._setups.held(workspace)).zone)
        briefing = await asyncio.to_thread(
            compose,
            snapshot.base,
            claims,
            subject,
            today=now.astimezone(zone).date(),
            revision=snapshot.base.revision,
            challenges=challenges,
        )
        return Report(briefing, snapshot.base, now)

    async def recent(self, workspace: int, about: str) -> Digest:
        """
        The briefing about something, and what changed in it within the last days; raises `NotFound`.

        Nothing is called a change where the base itself is younger than that. While the database does not answer,
        the briefing comes without what it alone knows: challenges, and changes.
        """
        try:
            return await self._lately(workspace, await self.report(workspace, about))
        except Unavailable:
            return Digest(await self._composed(workspace, about, ()), None, ())

    async def _lately(self, workspace: int, report: Report) -> Digest:
        since = report.at - RECENT
        span = await self._past.written(workspace)
        if span is None or span[0] > since:
            return Digest(report, None, ())
        if span[1] <= since:
            return Digest(report, since, ())
        held = await self._past.base(workspace, since)
        topics = {topic.key for claim in report.briefing.claims for topic in claim.topics}
        before = {
            claim.number: claim
            for claim in held.live
            if claim.number in report.shown or not topics.isdisjoint(topic.key for topic in claim.topics)
        }
        found = changes(before, report.base.claims, report.shown)
        here = tuple(each for each in found if each.after.retired or each.after.number in report.shown)
        return Digest(report, since, here)

    async def subject(self, workspace: int, about: str) -> str:
        """What a briefing about *about* is called: names of entries; empty for everything and for what is gone."""
        if not about.strip():
            return ""
        snapshot = await self._workspaces.open(workspace)
        found = await snapshot.work_out(snapshot.about, about)
        return names_of(found) if isinstance(found, Found) else ""

    async def named(self, workspace: int, about: str) -> str:
        """
        *about* as it is kept for later: by names of entries, so that nothing typed is posted.

        Raises:
            Refused: It names no topic, place or party; figures may be asked for, not scheduled.
            NotFound: Nothing in the base goes by it.
        """
        if not about.strip():
            return ""
        found = await _found(await self._workspaces.open(workspace), about)
        if not found.matched:
            raise refused("What is posted by itself is about a topic, place or party; !topics lists them.")
        return " ".join(dict.fromkeys(entry.name for entry in found.matched))

    async def digest(self, schedule: Schedule, last: Posted | None) -> Digest:
        """What a schedule posts now, beginning with what changed since *last*; raises `NotFound`."""
        report = await self.report(schedule.workspace, schedule.about)
        if last is None:
            return Digest(report, None, ())
        before = await self._past.claims(schedule.workspace, last.shown, last.at)
        return Digest(report, last.at, changes(before, report.base.claims, report.shown))

    async def schedule(self, workspace: int, channel: int, words: str, who: str) -> Schedule:
        """
        Keep a schedule worded like `daily 08:00 Europe/Kyiv casualties`, with its options among the words.

        Raises:
            Refused: The words cannot be read, or there are too many schedules.
            NotFound: Nothing in the base goes by what it is about.
        """
        options, rest = read_options(words)
        asked = read_rhythm(rest, (await self._setups.of(workspace)).zone)
        about = await self.named(workspace, asked.about)
        await self.report(workspace, about)
        if len(await self._schedules.of(workspace)) >= _MOST_SCHEDULES:
            raise refused("A server has {most} schedules at most; cancel one first.", most=_MOST_SCHEDULES)
        return await self.keep(workspace, channel, about, asked.rhythm, who, options)

    async def keep(
        self, workspace: int, channel: int, about: str, rhythm: Rhythm, who: str = "", options: Options = _PLAIN
    ) -> Schedule:
        """Keep a schedule whose rhythm and subject are known."""
        now = self._clock()
        return await self._schedules.add(workspace, channel, about, rhythm, options=options, who=who, now=now)

    async def list(self, workspace: int) -> list[Schedule]:
        """The workspace's schedules."""
        return await self._schedules.of(workspace)

    async def get(self, workspace: int, schedule: int) -> Schedule:
        """One of them; raises `NotFound`."""
        return await self._schedules.get(workspace, schedule)

    async def last(self, schedule: Schedule) -> Posted | None:
        """What it posted last."""
        return await self._schedules.last(schedule.id)

    async def switch(self, workspace: int, schedule: int, state: str, why: str = "") -> Schedule:
        """Pause ("paused"), resume ("active") or cancel ("cancelled") one; raises `NotFound`."""
        return await self._schedules.switch(workspace, schedule, state, why, self._clock())


async def _found(snapshot: Snapshot, about: str) -> Found:
    found = await snapshot.work_out(snapshot.about, about)
    if not isinstance(found, Found):
        raise NotFound(say("No claim in the fact base matches that, so there is nothing to brief on."))
    return found


@dataclass(eq=False, repr=False)
class Deliveries:
    """
    Takes the slots that are due, for one process.

    `tally` counts what became of them: "due", then "posted", "late", "skipped" or "failed". `expected` is when the
    next one is due, as it was found last.
    """

    _schedules: ScheduleStore
    _clock: Clock
    _owner: str
    tally: Counter[str] = field(default_factory=lambda: Counter[str](dict.fromkeys(STATES, 0)), init=False)
    expected: datetime | None = field(default=None, init=False)

    async def next_due(self) -> datetime | None:
        """When the next slot is due, or somebody else's lease runs out."""
        self.expected = await self._schedules.next_due()
        return self.expected

    @property
    def overdue(self) -> float:
        """Seconds for which a slot has been due that nobody has settled; 0 when none is."""
        return max(0.0, (self._clock() - self.expected).total_seconds()) if self.expected else 0.0

    async def take(self) -> Sequence[Due]:
        """Slots to post now."""
        taken = await self._schedules.take(self._clock(), self._owner)
        self.tally["due"] += sum(not due.resumed for due in taken)
        return taken

    async def take_now(self, schedule: Schedule) -> Due:
        """A slot at this very moment; raises `Refused` while another one is being posted."""
        due = await self._schedules.take_now(schedule, self._clock(), self._owner)
        self.tally["due"] += 1
        return due

    async def held(self, due: Due) -> bool:
        """Whether the slot is still ours; asked before each message."""
        return await self._schedules.held(due, self._owner, self._clock())

    async def posted(self, due: Due, messages: Sequence[int], report: Report) -> None:
        """The slot was posted."""
        await self._schedules.settle(due, self._owner, "posted", report.at, messages=messages, shown=report.shown)
        self.tally["late" if due.late(self._clock()) else "posted"] += 1

    async def skipped(self, due: Due, why: str) -> None:
        """Nothing was to be posted."""
        await self._schedules.settle(due, self._owner, "skipped", self._clock(), why=why)
        self.tally["skipped"] += 1

    async def failed(self, due: Due, why: str) -> None:
        """It cannot be posted, now or later: the schedule pauses."""
        await self._schedules.settle(due, self._owner, "failed", self._clock(), why=why)
        self.tally["failed"] += 1
        await self._schedules.switch(due.schedule.workspace, due.schedule.id, "paused", why, self._clock())
