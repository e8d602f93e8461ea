"""Each slot of a schedule goes to one process at a time, and is settled once; on both kinds of server."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.core.briefing.deliveries import Due, Schedule
from bot.core.briefing.options import Options
from bot.core.briefing.schedules import Rhythm
from bot.errors import NotFound, Refused
from bot.store.database import Database
from bot.store.schedules import LEASE, Schedules
from tests.factories import a_base, a_claim
from tests.store.conftest import Run, Seed

EIGHT = datetime(2026, 3, 2, 8, tzinfo=UTC)
DAY, MINUTE, MOMENT = timedelta(days=1), timedelta(minutes=1), timedelta(microseconds=1)
DAILY = Rhythm(time(8), "UTC", frozenset(range(7)))
A, B = "one process", "another"


@pytest.fixture
async def kept(database: Database, put: Seed) -> Schedules:
    """Schedules of two workspaces, none yet."""
    for workspace in (1, 2):
        await put(a_base([a_claim(1)]), workspace)
    return Schedules(database)


async def daily(kept: Schedules, workspace: int = 1) -> Schedule:
    """A schedule due each day at eight, next on 2 March."""
    return await kept.add(
        workspace, 5, "mines", DAILY, options=Options(), who="someone", now=EIGHT - timedelta(hours=1)
    )


async def test_a_schedule_keeps_its_options(kept: Schedules) -> None:
    """As they were given."""
    options = Options(skip_unchanged=True, changes_only=True, mention=2**62)
    made = await kept.add(1, 5, "", DAILY, options=options, who="1", now=EIGHT)

    assert made.options == (await kept.get(1, made.id)).options == options


async def slots(run: Run) -> list[tuple[str, str]]:
    """Day and state of every slot that was begun."""
    rows = await run("SELECT slot, state FROM delivery ORDER BY slot")
    return [(str(slot)[:10], state) for slot, state in rows]


async def take_one(kept: Schedules, now: datetime, owner: str = A) -> Due:
    """The only slot that is due."""
    (due,) = await kept.take(now, owner)
    return due


async def test_a_slot_goes_to_one_process_while_its_lease_holds(kept: Schedules) -> None:
    """Nobody else gets it, not even the same process again."""
    schedule = await daily(kept)
    assert await kept.take(EIGHT - MOMENT, A) == []

    due = await take_one(kept, EIGHT)
    assert (due.schedule, due.slot, due.folded, due.resumed, due.last) == (schedule, EIGHT, (), False, None)
    assert await kept.take(EIGHT + LEASE - MOMENT, B) == []
    assert await kept.take(EIGHT + LEASE - MOMENT, A) == []


async def test_a_lease_that_ran_out_is_taken_over_and_says_that_it_was_begun(kept: Schedules) -> None:
    """The same slot, from then on another's alone."""
    await daily(kept)
    first = await take_one(kept, EIGHT)
    second = await take_one(kept, EIGHT + LEASE, B)

    assert (second.slot, second.resumed, second.stamp) == (first.slot, True, first.stamp)
    assert second.nonce(1) == first.nonce(1)
    assert not await kept.held(first, A, EIGHT + LEASE)
    assert await kept.held(second, B, EIGHT + LEASE)


async def test_asking_whether_a_slot_is_still_ours_prolongs_its_lease(kept: Schedules) -> None:
    """A delivery that goes on keeps it."""
    await daily(kept)
    due = await take_one(kept, EIGHT)
    assert await kept.held(due, A, EIGHT + MINUTE)

    assert await kept.take(EIGHT + LEASE, B) == []
    assert await kept.take(EIGHT + MINUTE + LEASE, B) != []


async def test_a_process_that_lost_its_lease_settles_nothing(kept: Schedules, run: Run) -> None:
    """Neither what became of the slot nor when the next is due."""
    schedule = await daily(kept)
    first = await take_one(kept, EIGHT)
    second = await take_one(kept, EIGHT + LEASE, B)
    await kept.settle(first, A, "failed", EIGHT + LEASE, why="too late")
    assert await slots(run) == [("2026-03-02", "begun")]

    await kept.settle(second, B, "posted", EIGHT + LEASE, messages=[70, 71], shown={1: 3})
    await kept.settle(first, A, "failed", EIGHT + LEASE, why="too late")
    posted = await kept.last(schedule.id)

    assert await slots(run) == [("2026-03-02", "posted")]
    assert posted is not None
    assert (posted.at, posted.shown) == (EIGHT + LEASE, {1: 3})
    assert (await kept.get(1, schedule.id)).due_at == EIGHT + DAY


async def test_slots_that_were_missed_are_folded_into_the_newest(kept: Schedules, run: Run) -> None:
    """All of them are accounted for, before it is posted; whoever takes over folds the same ones."""
    schedule = await daily(kept)
    now = EIGHT + 3 * DAY + MINUTE
    due = await take_one(kept, now)

    assert (due.slot, due.folded) == (EIGHT + 3 * DAY, (EIGHT, EIGHT + DAY, EIGHT + 2 * DAY))
    assert (await take_one(kept, now + LEASE, B)).folded == due.folded
    await kept.settle(due, B, "posted", now)
    days = [f"2026-03-0{day}" for day in (2, 3, 4, 5)]
    assert await slots(run) == list(zip(days, ("folded", "folded", "folded", "posted"), strict=True))
    assert (await kept.get(1, schedule.id)).due_at == EIGHT + 4 * DAY


async def test_the_next_moment_is_the_first_slot_or_end_of_a_lease(kept: Schedules) -> None:
    """Of schedules that run; none without them."""
    assert await kept.next_due() is None
    first, second = await daily(kept), await daily(kept, workspace=2)
    assert await kept.next_due() == EIGHT

    due, other = await kept.take(EIGHT, A)
    assert await kept.next_due() == EIGHT + LEASE
    await kept.settle(due, A, "posted", EIGHT)
    await kept.settle(other, A, "skipped", EIGHT, why="nothing changed")
    assert await kept.next_due() == EIGHT + DAY
    await kept.switch(1, first.id, "paused", "", EIGHT)
    await kept.switch(2, second.id, "cancelled", "", EIGHT)
    assert await kept.next_due() is None


async def test_a_paused_schedule_has_no_slots_and_a_resumed_one_goes_on_with_the_next(kept: Schedules) -> None:
    """What fell into the pause is not made up for."""
    schedule = await daily(kept)
    paused = await kept.switch(1, schedule.id, "paused", "the channel is gone", EIGHT - MINUTE)
    assert (paused.state, paused.why) == ("paused", "the channel is gone")
    assert await kept.take(EIGHT, A) == []

    resumed = await kept.switch(1, schedule.id, "active", "", EIGHT + 2 * DAY + MINUTE)
    assert (resumed.state, resumed.due_at) == ("active", EIGHT + 3 * DAY)
    assert await kept.take(EIGHT + 2 * DAY + MINUTE, A) == []
    assert (await take_one(kept, EIGHT + 3 * DAY)).folded == ()


async def test_a_schedule_is_found_in_its_own_workspace_until_it_is_cancelled(kept: Schedules) -> None:
    """By number; another server's is as good as none."""
    schedule = await daily(kept)
    assert await kept.of(2) == []
    with pytest.raises(NotFound):
        await kept.get(2, schedule.id)
    with pytest.raises(NotFound):
        await kept.switch(2, schedule.id, "cancelled", "", EIGHT)
    assert await kept.of(1) == [schedule]

    await kept.switch(1, schedule.id, "cancelled", "", EIGHT)
    assert await kept.of(1) == []
    with pytest.raises(NotFound):
        await kept.switch(1, schedule.id, "active", "", EIGHT)


async def test_a_slot_besides_the_schedule_leaves_its_times_alone(kept: Schedules) -> None:
    """While it is posted there is no second one."""
    schedule = await daily(kept)
    early = EIGHT - 30 * MINUTE
    due = await kept.take_now(schedule, early, A)
    with pytest.raises(Refused):
        await kept.take_now(schedule, early + MINUTE, B)
    assert await kept.take(early + MINUTE, B) == []

    await kept.settle(due, A, "posted", early)
    assert (await kept.get(1, schedule.id)).due_at == EIGHT
    assert (await take_one(kept, EIGHT)).slot == EIGHT


async def test_a_slot_that_is_due_is_not_lost_to_one_besides_the_schedule(kept: Schedules) -> None:
    """What is due is posted first, also where a process died over it."""
    schedule = await daily(kept)
    with pytest.raises(Refused):
        await kept.take_now(schedule, EIGHT, B)
    await take_one(kept, EIGHT)
    with pytest.raises(Refused):
        await kept.take_now(schedule, EIGHT + LEASE, B)

    assert (await take_one(kept, EIGHT + LEASE, B)).resumed


async def test_a_slot_besides_the_schedule_is_taken_over_when_its_process_died(kept: Schedules) -> None:
    """As soon as the lease ran out, long before the schedule's next one is due."""
    schedule = await daily(kept)
    early = EIGHT - 30 * MINUTE
    due = await kept.take_now(schedule, early, A)
    assert await kept.next_due() == early + LEASE
    second = await take_one(kept, early + LEASE, B)
    await kept.settle(second, B, "posted", early + LEASE)

    assert (second.slot, second.resumed, second.folded) == (due.slot, True, ())
    assert await kept.next_due() == EIGHT


async def test_a_slot_left_open_by_a_pause_never_brings_back_settled_ones(kept: Schedules, run: Run) -> None:
    """It is settled late, and the schedule goes on where it was."""
    schedule = await daily(kept)
    await take_one(kept, EIGHT)
    await kept.switch(1, schedule.id, "paused", "", EIGHT + MINUTE)
    besides = await kept.take_now(schedule, EIGHT + DAY + MINUTE, B)
    await kept.settle(besides, B, "posted", EIGHT + DAY + MINUTE)
    await kept.switch(1, schedule.id, "active", "", EIGHT + 2 * DAY + MINUTE)

    for now in (EIGHT + 3 * DAY, EIGHT + 3 * DAY + MINUTE):
        await kept.settle(await take_one(kept, now), A, "posted", now)
    assert await slots(run) == [(f"2026-03-0{day}", "posted") for day in (2, 3, 5)]
    assert await kept.next_due() == EIGHT + 4 * DAY


async def test_takers_at_the_same_moment_never_get_the_same_slot(kept: Schedules) -> None:
    """Sixty schedules, eight takers: each slot goes to one of them."""
    many = [(await daily(kept)).id for _ in range(60)]
    taken: list[int] = []
    for _ in range(20):
        found = await asyncio.gather(*(kept.take(EIGHT, f"process {each}", most=10) for each in range(8)))
        taken += [due.schedule.id for each in found for due in each]

    assert sorted(taken) == many
