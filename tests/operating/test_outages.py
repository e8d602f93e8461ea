"""It does not stop: what fails delays itself alone, and what answers leave behind is written when it can be."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from bot.services import write_queue
from tests.desk import Desk, moderator_says, text_of

READ = (
    "!casualties",
    "!ask zithers",
    "!sources kursk",
    "!timeline",
    "!compare casualties",
    "!brief casualties",
    "!quote C8",
    "!claim C8",
    "!topics",
    "!help",
    "!why casualties",
    "!check It is confirmed that 6,000 were killed.",
)
"""Every way to be answered from the base alone."""


@contextmanager
def _failing(why: str, begins: tuple[str, ...]) -> Generator[None, None, None]:
    def fail(_: Any, __: Any, statement: str, *___: Any) -> None:
        if statement.startswith(begins):
            raise OperationalError(statement, {}, sqlite3.OperationalError(why))

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", fail)


def locked() -> AbstractContextManager[None]:
    """Somebody else writes all the time."""
    return _failing("database is locked", ("BEGIN IMMEDIATE",))


def full() -> AbstractContextManager[None]:
    """No room on the disk: reading works."""
    return _failing("database or disk is full", ("INSERT", "UPDATE", "DELETE"))


def gone() -> AbstractContextManager[None]:
    """Nothing works."""
    return _failing("unable to open database file", ("",))


async def test_reading_never_waits_for_writing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every way to be answered, slash and button too; then all that was left behind is written."""
    monkeypatch.setattr(write_queue, "_GATHERED_S", 60.0)  # the simulation would wait for shorter pauses
    usual = [await desk.answer(each) for each in READ]
    turned = await desk.say("!timeline")
    assert turned is not None
    shown: list[int] = []
    for outage in (locked, full, gone):
        with outage():
            assert [await desk.answer(each) for each in READ] == usual
            assert (await desk.member.slash(desk.channel, "ask", question="casualties")).response is not None
            assert (await desk.member.click(turned, label="‹ Previous" if len(shown) == 1 else "Next ›")).response
            answer = await desk.say("!casualties")
            assert answer is not None
            shown.append(answer.id)
            assert not await desk.bot.services.writes.flush()
    its = desk.bot.services
    while not await its.writes.flush():
        pass

    assert all([await its.receipts.of(desk.server.id, each) for each in shown])
    assert [len(each.misses) for each in await its.missed.questions(desk.server.id)] == [4]


async def test_who_changes_something_in_an_outage_reads_why_it_was_not_changed(desk: Desk) -> None:
    """One sentence, and no more is said than that."""
    await desk.answer("!topics")
    with full():
        said = await moderator_says(desk, "!claim retire C8 a trial")

    assert said == "The database does not answer right now. Nothing was changed; try again in a moment."
    assert "Attribution:" in await desk.answer("!casualties")


async def test_a_briefing_comes_though_slash_commands_are_refused(desk: Desk) -> None:
    """Registering them is tried again, with growing pauses, until Discord takes them."""
    await moderator_says(desk, f"!briefing schedule <#{desk.channel.id}> daily {desk.clock():%H:%M} UTC casualties")
    desk.env.inject_error("GET", "/applications/*/commands", times=None)
    desk.env.inject_error("PUT", "/applications/*/commands", times=2)
    before = _registrations(desk)
    await desk.restart()
    await desk.later(days=1, minutes=1)

    assert any("Briefing" in text_of(each) for each in desk.channel.history())
    assert _registrations(desk) - before == 3


def _registrations(desk: Desk) -> int:
    return sum(request.method == "PUT" for request in desk.env.http_requests)


async def test_a_start_reads_no_server_before_somebody_asks_there(desk: Desk) -> None:
    """However many there are."""
    await desk.restart()
    assert desk.bot.services.workspaces.opened(desk.server.id) is None

    await desk.answer("!casualties")
    assert desk.bot.services.workspaces.opened(desk.server.id) is not None
    assert desk.bot.services.workspaces.opened(desk.other_server.id) is None
