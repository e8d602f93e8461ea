"""What is done once a day: a backup, with the old ones let go; what was left 30 days ago, archived and removed."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import composed
from bot.background.daily import Daily
from bot.core.claims import FactBase
from bot.files.factfile import load
from bot.operating.backups import Backups
from bot.settings import Settings
from bot.store.claims import FactBases
from bot.store.database import open_database
from bot.store.departures import Departures
from tests.desk import Desk

NIGHT = datetime(2025, 11, 25, 0, 0, 1, tzinfo=UTC)


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.now = NIGHT

    def __call__(self) -> datetime:
        """What it shows."""
        return self.now


async def _stored(url: str, workspace: int) -> FactBase:
    database = await open_database(url)
    try:
        return await FactBases(database).load(workspace)
    finally:
        await database.close()


async def test_each_day_has_a_backup_and_the_oldest_go(settings: Settings, base: FactBase, tmp_path: Path) -> None:
    """Whole, private, one a day however often the bot starts; no other file in the folder is touched."""
    folder, clock = tmp_path / "backups", Clock()
    backups = Backups(settings.database_url, folder, 2, clock)
    for _ in range(4):
        await backups.make()
        await backups.make()
        clock.now += timedelta(days=1)
    (folder / "mine.db").touch()
    (folder / ".caveat-2025-11-01.1.partial").touch()
    clock.now += timedelta(days=1)
    await backups.make()

    assert sorted(file.name for file in folder.iterdir()) == [
        "caveat-2025-11-28.db",
        "caveat-2025-11-30.db",
        "mine.db",
    ]
    newest = folder / "caveat-2025-11-30.db"
    assert newest.stat().st_mode & 0o077 == 0
    assert await _stored(f"sqlite:///{newest}", 0) == base


async def test_a_task_that_fails_is_tried_again_and_keeps_none_back(caplog: pytest.LogCaptureFixture) -> None:
    """A quarter of an hour later, not at every round; one that succeeded waits for the next day."""
    clock, done = Clock(), list[str]()

    async def fail() -> None:
        done.append("fail")
        raise OSError("no room")

    async def work() -> None:
        done.append("work")

    daily = Daily({"bad": fail, "good": work}, clock)

    async def round_() -> None:
        daily.begin()
        while daily.under_way:
            await asyncio.sleep(0)

    await round_()
    assert not done, "who asks while a bot starts is served first"
    clock.now += timedelta(minutes=1)
    await round_()
    await round_()
    assert done == ["fail", "work"]
    assert daily.next_try() == clock.now + timedelta(minutes=15)
    clock.now += timedelta(minutes=15)
    await round_()
    assert done == ["fail", "work", "fail"]
    clock.now = NIGHT.replace(day=26)
    await round_()
    assert done[-2:] == ["fail", "work"]
    assert daily.succeeded.keys() == {"good"}
    assert "no room" in caplog.text


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """As on Discord, with a place for backups."""
    token = SecretStr("as.if.on-discord")
    return settings.model_copy(update={"discord_token": token, "backup_dir": tmp_path / "kept"})


async def _taken_out(desk: Desk) -> int:
    """The bot is taken out of the other server."""
    desk.env.backend.remove_guild(desk.other_server.id)
    await desk.env.settle()
    return desk.other_server.id


async def _invited(desk: Desk, workspace: int) -> None:
    """The bot is invited to it again."""
    desk.env.backend._reserved_ids.discard(workspace)  # pyright: ignore[reportPrivateUsage] the same server
    desk.env.create_guild("Second", id=workspace)
    await desk.env.settle()


async def _left_at(desk: Desk, workspace: int) -> datetime | None:
    return (await Departures(desk.bot.database).everybody())[workspace]


async def test_a_return_finds_everything(desk: Desk) -> None:
    """What was changed, and the schedules: not paused because nobody could be reached meanwhile."""
    await desk.say("!claim retire C8 because of a test", who=desk.rival)
    await desk.say(f"!briefing schedule <#{desk.other_channel.id}> daily 08:00 casualties", who=desk.rival)
    workspace = await _taken_out(desk)
    await desk.later(days=2)
    assert await _left_at(desk, workspace) is not None
    await _invited(desk, workspace)

    assert await _left_at(desk, workspace) is None
    assert (await _stored(desk.settings.database_url, workspace)).claims[8].retired
    (schedule,) = await desk.bot.services.briefings.list(workspace)
    assert (schedule.state, desk.bot.services.deliveries.tally["due"]) == ("active", 0)


async def test_after_thirty_days_it_is_archived_and_removed(desk: Desk) -> None:
    """Into files that can be imported again and that nobody else can read; whoever comes back begins anew."""
    await desk.say("!claim retire C8 because of a test", who=desk.rival)
    workspace = await _taken_out(desk)
    await desk.bot._scheduler.stop()  # pyright: ignore[reportPrivateUsage] thirty days are one night
    await desk.later(days=31)
    await desk.restart()
    await desk.later(minutes=1)

    (archived,) = (desk.settings.backup_dir or Path()).joinpath("left").iterdir()
    assert archived.name == f"{workspace}-{desk.clock():%Y-%m-%d}"
    assert {file.name for file in archived.iterdir()} == {"fact-base.yaml", "history.jsonl"}
    assert all(file.stat().st_mode & 0o077 == 0 for file in archived.iterdir())
    assert load(archived / "fact-base.yaml").base.claims[8].retired == "because of a test"
    assert not (await _stored(desk.settings.database_url, workspace)).claims

    await _invited(desk, workspace)
    await desk.later(minutes=1)
    assert not (await desk.bot.services.workspaces.open(workspace)).base.claims[8].retired


async def test_who_left_unseen_is_found_within_a_day(desk: Desk, settings: Settings) -> None:
    """Taken out while the bot was down; a simulated Discord says nothing about the real one's servers."""
    theirs = 123 << 22
    for workspace in (theirs, desk.server.id):
        await desk.bot.services.workspaces.open(workspace)
    await desk.later(days=1, minutes=1)
    assert await _left_at(desk, theirs) is not None
    assert await _left_at(desk, desk.server.id) is None

    async with composed(settings.model_copy(update={"discord_token": None})) as offline:
        assert "departures" in desk.bot.daily.names
        assert "departures" not in offline.daily.names
