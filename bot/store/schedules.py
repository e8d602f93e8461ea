"""Schedules, leases and deliveries: each slot of a schedule is taken by one process at a time and settled once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.briefing.deliveries import Due, Posted, Schedule
from bot.core.briefing.options import Options
from bot.core.briefing.schedules import Rhythm
from bot.core.shards import Shards
from bot.core.wording import refused, say
from bot.errors import NotFound
from bot.store.briefing_tables import DeliveryRow, ScheduleRow
from bot.store.database import Database
from bot.store.sharing import of_shards
from bot.store.tables import WorkspaceRow

LEASE = timedelta(minutes=2)
"""How long a process that takes a slot has it for itself; one that died lets it go with this."""

_ACTIVE, _PAUSED, _CANCELLED = "active", "paused", "cancelled"
_LEFT = select(WorkspaceRow.id).where(col(WorkspaceRow.left_at).is_not(None))
_RUNS = (col(ScheduleRow.state) == _ACTIVE) & col(ScheduleRow.workspace).not_in(_LEFT)
"""What is to be posted: not where the bot is no longer; it waits there for a return."""


class Schedules:
    """
    Keeps the schedules of every workspace.

    Args:
        shards: Whose servers' slots are taken here: to others this process cannot post.
    """

    def __init__(self, database: Database, lease: timedelta = LEASE, shards: Shards | None = None) -> None:
        self._database = database
        self._lease = lease
        self._runs = _RUNS & of_shards(col(ScheduleRow.workspace), shards or Shards())

    async def add(
        self, workspace: int, channel: int, about: str, rhythm: Rhythm, *, options: Options, who: str, now: datetime
    ) -> Schedule:
        """Keep a new schedule; its first slot is the next one after *now*."""
        async with self._database.begin() as session:
            row = ScheduleRow(
                workspace=workspace,
                channel=channel,
                about=about,
                at=f"{rhythm.at:%H:%M}",
                zone=rhythm.zone,
                days="".join(map(str, sorted(rhythm.days))),
                skip_unchanged=options.skip_unchanged,
                changes_only=options.changes_only,
                mention=options.mention,
                who=who,
                due_at=rhythm.next_due(now),
            )
            session.add(row)
            await session.flush()
            return _schedule(row)

    async def of(self, workspace: int) -> list[Schedule]:
        """The workspace's schedules that were not cancelled."""
        async with self._database.session() as session:
            rows = await session.exec(
                select(ScheduleRow)
                .where(ScheduleRow.workspace == workspace, ScheduleRow.state != _CANCELLED)
                .order_by(col(ScheduleRow.id))
            )
            return [_schedule(row) for row in rows]

    async def get(self, workspace: int, schedule: int) -> Schedule:
        """One of them; raises `NotFound`."""
        async with self._database.session() as session:
            return _schedule(await _row(session, workspace, schedule))

    async def switch(self, workspace: int, schedule: int, state: str, why: str, now: datetime) -> Schedule:
        """Pause, resume or cancel; a resumed one goes on with the next slot after *now*. Raises `NotFound`."""
        async with self._database.begin() as session:
            row = await _row(session, workspace, schedule, lock=True)
            if state == _ACTIVE and row.state != _ACTIVE:
                row.due_at = _rhythm(row).next_due(now)
            row.state, row.why = state, why
            return _schedule(row)

    async def next_due(self) -> datetime | None:
        """When the next slot of any schedule is due or its lease runs out; None without schedules."""
        async with self._database.session() as session:
            rows = await session.exec(
                select(func.min(ScheduleRow.due_at)).where(self._runs, col(ScheduleRow.lease_until).is_(None))
            )
            leased = await session.exec(select(func.min(ScheduleRow.lease_until)).where(self._runs))
            found = [moment for moment in (rows.one(), leased.one()) if moment is not None]
            return min(found, default=None)

    async def take(self, now: datetime, owner: str, most: int = 50) -> list[Due]:
        """Slots that are due now, leased to *owner*; nobody else gets them while the lease holds."""
        async with self._database.begin() as session:
            rows = (
                await session.exec(
                    select(ScheduleRow)
                    .where(
                        self._runs,
                        (col(ScheduleRow.lease_until).is_(None) & (col(ScheduleRow.due_at) <= now))
                        | (col(ScheduleRow.lease_until) <= now),
                    )
                    .order_by(col(ScheduleRow.due_at))
                    .limit(most)
                    .with_for_update(skip_locked=True)
                )
            ).all()
            return [await self._take(session, row, now, owner) for row in rows]

    async def _take(self, session: AsyncSession, row: ScheduleRow, now: datetime, owner: str) -> Due:
        schedule = _schedule(row)
        begun = await session.exec(
            select(DeliveryRow.slot)
            .where(DeliveryRow.schedule == row.id, DeliveryRow.state == "begun")
            .order_by(col(DeliveryRow.slot))
        )
        open_slot = begun.first()
        slots = [row.due_at, *schedule.rhythm.due_between(row.due_at, now)]
        slot = open_slot or slots[-1]  # one that is open may have been run besides the schedule, before what is due
        folded = tuple(each for each in slots if each < slot)
        for each in folded:
            if await session.get(DeliveryRow, (row.id, each)) is None:
                session.add(DeliveryRow(schedule=row.id or 0, slot=each, state="folded", made_at=now))
        if open_slot is None:
            session.add(DeliveryRow(schedule=row.id or 0, slot=slot, made_at=now))
        row.lease_until, row.leased_by = now + self._lease, owner
        return Due(schedule, slot, folded, open_slot is not None, await _last(session, row.id or 0))

    async def take_now(self, schedule: Schedule, now: datetime, owner: str) -> Due:
        """A slot at this very moment, besides the schedule's own; raises `Refused` while another is to be posted."""
        async with self._database.begin() as session:
            row = await _row(session, schedule.workspace, schedule.id, lock=True)
            waits = row.state == _ACTIVE and (row.lease_until is not None or row.due_at <= now)
            if waits or (row.lease_until is not None and row.lease_until > now):
                raise refused("That briefing is being posted right now.")
            last = await _last(session, schedule.id)
            session.add(DeliveryRow(schedule=schedule.id, slot=now, made_at=now))
            row.lease_until, row.leased_by = now + self._lease, owner
            return Due(_schedule(row), now, last=last)

    async def held(self, due: Due, owner: str, now: datetime) -> bool:
        """Whether *owner* still has the slot for itself; it is asked right before every message."""
        async with self._database.begin() as session:
            row = await session.get(ScheduleRow, due.schedule.id, with_for_update=True)
            held = row is not None and row.leased_by == owner
            if row is not None and held:
                row.lease_until = now + self._lease
            return held

    async def settle(
        self,
        due: Due,
        owner: str,
        state: str,
        now: datetime,
        *,
        why: str = "",
        messages: Sequence[int] = (),
        shown: Mapping[int, int] | None = None,
    ) -> None:
        """Note what became of a slot, and go on to the schedule's next one."""
        async with self._database.begin() as session:
            row = await session.get(ScheduleRow, due.schedule.id, with_for_update=True)
            delivery = await session.get(DeliveryRow, (due.schedule.id, due.slot))
            if row is None or delivery is None or row.leased_by != owner:
                return
            delivery.state, delivery.why, delivery.made_at = state, why, now
            delivery.messages = list(messages)
            delivery.shown = {str(number): version for number, version in (shown or {}).items()}
            row.lease_until, row.leased_by = None, ""
            row.due_at = max(row.due_at, _rhythm(row).next_due(due.slot))  # never back to what was settled before

    async def last(self, schedule: int) -> Posted | None:
        """What the schedule posted last; None when it never did."""
        async with self._database.session() as session:
            return await _last(session, schedule)


async def _row(session: AsyncSession, workspace: int, schedule: int, *, lock: bool = False) -> ScheduleRow:
    row = await session.get(ScheduleRow, schedule, with_for_update=lock)
    if row is None or row.workspace != workspace or row.state == _CANCELLED:
        raise NotFound(say("No schedule has that number. !briefing list shows them."))
    return row


async def _last(session: AsyncSession, schedule: int) -> Posted | None:
    rows = await session.exec(
        select(DeliveryRow)
        .where(DeliveryRow.schedule == schedule, DeliveryRow.state == "posted")
        .order_by(col(DeliveryRow.slot).desc())
        .limit(1)
    )
    row = rows.first()
    return Posted(row.made_at, {int(number): version for number, version in row.shown.items()}) if row else None


def _rhythm(row: ScheduleRow) -> Rhythm:
    return Rhythm(time.fromisoformat(row.at), row.zone, frozenset(map(int, row.days)))


def _schedule(row: ScheduleRow) -> Schedule:
    return Schedule(
        row.id or 0,
        row.workspace,
        row.channel,
        row.about,
        _rhythm(row),
        row.due_at,
        Options(row.skip_unchanged, row.changes_only, row.mention),
        row.state,
        row.why,
    )
