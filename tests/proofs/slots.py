"""Schedules that are due soon, and what must be in the channels and in the database once all are settled."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from sqlmodel import col, select

from bot.core.briefing.schedules import Rhythm
from bot.store.briefing_tables import DeliveryRow, ScheduleRow
from bot.store.database import Database

Message = dict[str, Any]
"""JSON, as Discord keeps it."""

_STAMP = re.compile(r"briefing (\d+) · slot (\d{4}-\d\d-\d\d [\d:]+) UTC · part (\d+) of (\d+)")
_FOLDED = re.compile(r"(\d+) earlier ones? since")
_EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True)
class Wanted:
    """A schedule as it was put in: its first slot and those it has later."""

    number: int
    channel: int
    first: datetime
    rhythm: Rhythm

    def slots(self, until: datetime) -> list[datetime]:
        """All that are due no later than *until*."""
        return [self.first, *self.rhythm.due_between(self.first, until)]


@dataclass(frozen=True)
class Part:
    """One message of a slot: where it stands among how many, its id, and how many slots it says are folded in."""

    part: int
    of: int
    message: int
    channel: int
    folded: int


@dataclass
class Verdict:
    """What came of all slots; `faults` says in a line each what is wrong besides."""

    slots: int = 0
    posted: int = 0
    folded: int = 0
    messages: int = 0
    missing: list[str] = field(default_factory=list[str])
    double: list[str] = field(default_factory=list[str])
    faults: list[str] = field(default_factory=list[str])

    @property
    def wrong(self) -> list[str]:
        """Everything that must not be."""
        return [*self.missing, *self.double, *self.faults]


Posts = dict[tuple[int, datetime], list[Part]]
"""What stands in the channels, by schedule and slot."""


async def put(database: Database, workspace: int, due: Iterable[tuple[int, datetime, str]]) -> list[Wanted]:
    """Daily schedules for *workspace*, each of a channel, a first slot (to the second) and what it is about."""
    rows = [
        ScheduleRow(
            workspace=workspace,
            channel=channel,
            about=about,
            at=f"{first:%H:%M}",
            zone="UTC",
            days="0123456",
            who="1",
            due_at=first,
        )
        for channel, first, about in due
    ]
    async with database.begin() as session:
        session.add_all(rows)
        await session.flush()
        return [Wanted(row.id or 0, row.channel, row.due_at, _rhythm(row)) for row in rows]


def _rhythm(row: ScheduleRow) -> Rhythm:
    return Rhythm(time.fromisoformat(row.at), row.zone, _EVERY_DAY)


async def unsettled(database: Database) -> list[tuple[int, datetime]]:
    """Slots that were begun and not settled."""
    async with database.session() as session:
        rows = await session.exec(select(DeliveryRow).where(DeliveryRow.state == "begun"))
        return [(row.schedule, row.slot) for row in rows]


async def waiting(database: Database, now: datetime) -> int:
    """How many schedules have a slot due or begun."""
    async with database.session() as session:
        late = select(ScheduleRow).where((col(ScheduleRow.due_at) <= now) | col(ScheduleRow.lease_until).is_not(None))
        return len((await session.exec(late)).all())


def posts_in(messages: Iterable[Message]) -> Posts:
    """The parts of every slot, in the order of their posting; raises ValueError for a message without a stamp."""
    posts: Posts = defaultdict(list)
    for message in sorted(messages, key=lambda each: int(each["id"])):
        text = _text(message)
        stamp = _STAMP.search(text)
        if not stamp:
            raise ValueError(f"a message without a stamp: {text[:200]}")
        folded = _FOLDED.search(text)
        slot = datetime.fromisoformat(stamp[2]).replace(tzinfo=UTC)
        where, number = int(message["channel_id"]), int(message["id"])
        part = Part(int(stamp[3]), int(stamp[4]), number, where, int(folded[1]) if folded else 0)
        posts[int(stamp[1]), slot].append(part)
    return posts


def _text(message: Message) -> str:
    embeds = (
        f"{each.get('description', '')}\n{each.get('footer', {}).get('text', '')}" for each in message["embeds"]
    )
    return "\n".join((message["content"], *embeds))


async def judge(database: Database, wanted: Sequence[Wanted], posts: Posts, until: datetime) -> Verdict:
    """Hold the database and the channels against what was to be posted until then."""
    async with database.session() as session:
        rows = (await session.exec(select(DeliveryRow))).all()
    kept = {(row.schedule, row.slot): row for row in rows}
    verdict = Verdict(messages=sum(map(len, posts.values())))
    for schedule in wanted:
        folded = 0
        for slot in schedule.slots(until):
            verdict.slots += 1
            row = kept.pop((schedule.number, slot), None)
            if row is not None and row.state == "folded":
                folded += 1
                verdict.folded += 1
                continue
            _hold(verdict, schedule, slot, row, posts.get((schedule.number, slot), []), folded)
            folded = 0
        if folded:
            verdict.missing.append(f"schedule {schedule.number}: {folded} folded into nothing")
    known = {(each.number, slot) for each in wanted for slot in each.slots(until)}
    verdict.double += [f"{_name(*key)} was never due, and posted" for key in posts if key not in known]
    verdict.faults += [f"{_name(*key)} was never due, and is {row.state}" for key, row in kept.items()]
    return verdict


def _hold(
    verdict: Verdict, schedule: Wanted, slot: datetime, row: DeliveryRow | None, parts: Sequence[Part], folded: int
) -> None:
    name = _name(schedule.number, slot)
    counts = Counter(part.part for part in parts)
    verdict.double += [f"{name}, part {part}: {count} times" for part, count in counts.items() if count > 1]
    if row is None or row.state != "posted" or not parts:
        state = row.state if row else "not begun"
        verdict.missing.append(
            f"{name} is {state}, {len(parts)} messages are in the channel {row.why if row else ''}"
        )
        return
    verdict.posted += 1
    absent = set(range(1, parts[0].of + 1)) ^ set(counts)
    verdict.missing += [f"{name}: part {part} of {parts[0].of}" for part in sorted(absent)]
    first = {part.part: part.message for part in reversed(parts)}
    if row.messages != [first[part] for part in sorted(first)]:
        verdict.faults.append(f"{name} has other messages than it notes")
    if {part.channel for part in parts} != {schedule.channel}:
        verdict.faults.append(f"{name} is in another channel than its own")
    if max(part.folded for part in parts) != folded:
        verdict.faults.append(f"{name} does not name the {folded} slots that are folded into it")


def report(verdict: Verdict) -> None:
    """Print what came of the slots."""
    print(
        f"  slots due: {verdict.slots}, of which {verdict.posted} posted (in {verdict.messages} messages) "
        f"and {verdict.folded} folded into a later one"
    )
    print(f"  missing: {len(verdict.missing)}, double: {len(verdict.double)}, other faults: {len(verdict.faults)}")
    for each in verdict.wrong:
        print(f"    {each}")


def _name(schedule: int, slot: datetime) -> str:
    return f"briefing {schedule}, slot {slot:%Y-%m-%d %H:%M:%S}"
