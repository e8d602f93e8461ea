"""What whoever runs the bot can watch: metrics, health and readiness, over a real socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.ext.asyncio import create_async_engine

from bot.app import composed
from bot.errors import StartupError
from bot.operating.endpoint import Endpoint
from bot.operating.probing import parted, probe
from bot.settings import Settings
from bot.store.database import Database
from tests.desk import Desk

Series = dict[tuple[str, str], float]


class Watcher:
    """Whoever looks at the bot of the desk."""

    def __init__(self, port: int) -> None:
        self.address = f"127.0.0.1:{port}"

    async def get(self, path: str) -> tuple[int, str]:
        """Status and text of what *path* answers."""
        async with aiohttp.ClientSession() as session, session.get(f"http://{self.address}{path}") as answer:
            return answer.status, await answer.text()

    async def series(self) -> Series:
        """Every sample, by its name and its labels' values."""
        _, page = await self.get("/metrics")
        samples = [sample for family in text_string_to_metric_families(page) for sample in family.samples]
        return {(each.name, " ".join(map(str, each.labels.values()))): each.value for each in samples}


@asynccontextmanager
async def _watched(desk: Desk) -> AsyncGenerator[Watcher, None]:
    endpoint = Endpoint(desk.bot)
    async with endpoint.listening("127.0.0.1:0"):
        yield Watcher(endpoint.port)


@pytest.fixture
async def watcher(desk: Desk) -> AsyncGenerator[Watcher, None]:
    """Watches the desk's bot."""
    async with _watched(desk) as watching:
        yield watching


async def test_commands_are_counted_by_name_and_outcome(desk: Desk, watcher: Watcher) -> None:
    """With how long they took, and what became of questions; nothing that was typed is a label."""
    for said in ("!casualties", "!ask casualties", "!ask korea", "!ask secretword", "!claim", "!topics"):
        await desk.say(said)
    told = await watcher.series()

    assert told["caveat_commands_total", "ask answered"] == 2
    assert told["caveat_commands_total", "ask asked back"] == 1
    assert told["caveat_commands_total", "ask no claim"] == 1
    assert told["caveat_commands_total", "claim refused"] == 1
    assert {name: told["caveat_questions_total", name] for name in ("answered", "asked back", "no claim")} == {
        "answered": 2,
        "asked back": 1,
        "no claim": 1,
    }
    assert told["caveat_command_seconds_count", "ask"] == 4
    assert "secretword" not in (await watcher.get("/metrics"))[1]


async def test_the_state_of_the_bot_is_told(desk: Desk, watcher: Watcher) -> None:
    """Servers, fact bases in memory, what waits to be written, errors of the database, memory of the process."""
    await desk.say("!casualties")
    told = await watcher.series()

    assert told["caveat_gateway_ready", ""] == 1
    assert told["caveat_servers", ""] == 2
    assert told["caveat_snapshots", ""] >= 1
    assert told["caveat_snapshot_claims", ""] > 20
    assert told["caveat_write_queue_lost_total", ""] == 0
    assert told["process_resident_memory_bytes", ""] > 1e6
    assert ("caveat_write_queue", "") in told


async def test_briefings_are_counted_until_they_are_posted(desk: Desk, watcher: Watcher) -> None:
    """Due, then posted; late when the bot was away at their time."""
    await desk.say(f"!briefing schedule <#{desk.channel.id}> daily 08:00 casualties", who=desk.moderator)
    await desk.later(days=1)
    told = await watcher.series()
    states = ("due", "posted", "late", "skipped", "failed")
    assert [told["caveat_deliveries_total", state] for state in states] == [1, 1, 0, 0, 0]
    assert told["caveat_delivery_overdue_seconds", ""] == 0

    await desk.bot._scheduler.stop()  # pyright: ignore[reportPrivateUsage] the process hangs, the clock goes on
    await desk.later(days=1)
    assert (await watcher.series())["caveat_delivery_overdue_seconds", ""] > 3600
    await desk.restart()
    await desk.later(minutes=1)
    async with _watched(desk) as again:
        told = await again.series()
    assert [told["caveat_deliveries_total", state] for state in states] == [1, 0, 1, 0, 0]


async def test_health_and_readiness(desk: Desk, watcher: Watcher) -> None:
    """Alive and turning; ready when connected and the database answers."""
    assert await watcher.get("/healthz") == (200, "event loop: ok\n")
    assert await watcher.get("/readyz") == (200, "gateway: ok\ndatabase: ok\n")
    assert (await watcher.get("/"))[0] == 404

    nowhere = Database(create_async_engine("postgresql+psycopg://caveat@127.0.0.1:9/none"))
    desk.bot.database = nowhere
    assert await watcher.get("/readyz") == (503, "gateway: ok\ndatabase: not ok\n")


async def test_a_bot_that_is_not_connected_is_healthy_but_not_ready(settings: Settings) -> None:
    """It is to be waited for, not to be killed."""
    async with composed(settings) as bot:
        endpoint = Endpoint(bot)
        async with endpoint.listening("0"):
            watcher = Watcher(endpoint.port)
            assert await watcher.get("/healthz") == (200, "event loop: ok\n")
            assert await watcher.get("/readyz") == (503, "gateway: not ok\ndatabase: ok\n")


async def test_a_probe_tells_by_its_exit_status(desk: Desk, watcher: Watcher) -> None:
    """From another process, as a container does it; no answer is not well."""
    assert await asyncio.to_thread(probe, watcher.address, "/readyz") == (True, "gateway: ok\ndatabase: ok")
    well, said = await asyncio.to_thread(probe, "127.0.0.1:9", "/healthz")
    assert not well
    assert "no answer" in said


async def test_an_address_that_is_taken_is_one_sentence(desk: Desk, watcher: Watcher) -> None:
    """Two bots on one machine is the usual reason."""
    with pytest.raises(StartupError, match="METRICS_ADDR"):
        async with Endpoint(desk.bot).listening(watcher.address):
            pass


def test_a_port_alone_is_on_this_machine_only() -> None:
    """Nobody else sees the metrics unless the setting says so."""
    assert parted("9464") == parted(":9464") == ("127.0.0.1", 9464)
    assert parted("[::1]:9464") == ("::1", 9464)
    assert parted("0.0.0.0:9464")[0] == "0.0.0.0"  # noqa: S104  # said so on purpose
