"""Reading never waits for writing: what answers leave behind is written when it can be, and not lost before."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import make_url

from bot.services import write_queue
from bot.services.write_queue import WriteQueue
from bot.store import database
from tests.desk import Desk


class Failing:
    """A store that fails so many times, and always for some things."""

    def __init__(self, times: int = 0, never: frozenset[int] = frozenset()) -> None:
        self.left = times
        self.never = never
        self.written: list[int] = []

    async def add(self, things: Sequence[Any]) -> None:
        """Keep them, or none of them."""
        await asyncio.sleep(0)
        if self.left:
            self.left -= 1
            raise OSError("the disk is full")
        if self.never & set(things):
            raise ValueError("refused")
        self.written += things


async def until_written(queue: WriteQueue) -> None:
    """Ask until everything is, as hurrying skips the pauses."""
    while not await queue.flush():
        pass


async def test_what_could_not_be_written_is_written_later() -> None:
    """However often it failed."""
    store, queue = Failing(times=6), WriteQueue()
    for thing in range(1200):
        queue.put(store.add, thing)
    assert list(queue.waiting(store.add)) == list(range(1200))
    await until_written(queue)

    assert sorted(store.written) == list(range(1200))


async def test_one_thing_that_cannot_be_written_does_not_hold_up_the_others(caplog: pytest.LogCaptureFixture) -> None:
    """It is let go, and the log says so."""
    caplog.set_level(logging.ERROR)
    store, queue = Failing(never=frozenset({1})), WriteQueue()
    for thing in range(5):
        queue.put(store.add, thing)
    await until_written(queue)

    assert store.written == [0, 2, 3, 4]
    assert "1 things cannot be written and are let go: ValueError: refused" in caplog.text


async def test_a_full_queue_lets_the_oldest_go() -> None:
    """It never grows without end."""
    store, queue = Failing(), WriteQueue(most=3)
    for thing in range(10):
        queue.put(store.add, thing)
    await until_written(queue)

    assert store.written == [7, 8, 9]


async def test_at_the_end_what_is_queued_is_written() -> None:
    """Nothing under way is broken off."""
    store, queue = Failing(), WriteQueue()
    for thing in range(2000):
        queue.put(store.add, thing)
    await asyncio.sleep(0)
    await queue.close()

    assert store.written == list(range(2000))


async def test_an_end_without_a_database_comes_all_the_same(caplog: pytest.LogCaptureFixture) -> None:
    """And the log says how much is lost."""
    store, queue = Failing(times=10**9), WriteQueue()
    queue.put(store.add, 1)
    await queue.close(0.05)

    assert "1 things could not be written before the end" in caplog.text


async def test_a_locked_database_delays_no_answer_and_loses_no_receipt(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A claim, an honest no and its button, a check; all of it is written when the lock goes."""
    monkeypatch.setattr(database, "_HASTY", 1)
    monkeypatch.setattr(write_queue, "_FIRST_PAUSE_S", 60.0)
    await desk.answer("!topics")
    lock = sqlite3.connect(make_url(desk.settings.database_url).database or "", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    answer = await desk.say("!casualties")
    assert answer is not None
    assert "No claim in the fact base matches" in await desk.answer("!ask zithers")
    assert "C8 revision 1" in await desk.answer(f"!receipt {answer.id}")
    lock.execute("ROLLBACK")
    lock.close()

    while not await desk.bot.services.writes.flush():
        pass
    assert await desk.bot.services.receipts.of(desk.server.id, answer.id) is not None
    assert [each.asked for each in await desk.bot.services.missed.questions(desk.server.id)] == ["zithers"]


async def test_a_question_just_asked_can_be_waited_for(desk: Desk) -> None:
    """Its button works before and after a restart."""
    answer = await desk.say("!ask zithers")
    assert answer is not None
    await desk.restart()
    pressed = await desk.member.click(answer, label="Tell me later")

    assert pressed.response is not None
    assert pressed.response.message is not None
    assert "You will get a direct message" in pressed.response.message.content
