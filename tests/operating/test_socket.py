"""The bot on a real socket: what a simulated Discord in the same process cannot show."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
import sqlite3
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.operating.probing import probe
from tests.contract import check_requests
from tests.loopback import Fault, Loopback, payloads
from tests.loopback.payloads import BOT, CHANNELS, MEMBERS
from tests.loopback.process import Process, caveat, process_of
from tests.loopback.server import TOKEN, Weather

_START = 30


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def _shared() -> AsyncGenerator[Loopback, None]:
    async with Loopback(heartbeat=0.2) as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(_shared: Loopback, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Process, None]:
    """Caveat in a process of its own, connected; the tests share it, as its start costs seconds."""
    async with caveat(_shared, tmp_path_factory.mktemp("bot")) as process:
        await process.connected(_shared)
        yield process


@pytest.fixture
def discord(_shared: Loopback) -> Iterator[Loopback]:
    """Its Discord on 127.0.0.1, in fair weather; afterwards every request is held against the contract."""
    _shared.requests.clear()
    _shared.gateway.identified = _shared.gateway.resumed = _shared.rest.repeats = 0
    yield _shared
    _shared.weather = None
    check_requests((each.method, each.path, each.body) for each in _shared.requests)


@pytest_asyncio.fixture(loop_scope="module")
async def another() -> AsyncGenerator[Loopback, None]:
    """Another Discord, for a bot of the test's own; its requests are held against the contract, too."""
    async with Loopback() as server:
        yield server
        check_requests((each.method, each.path, each.body) for each in server.requests)


def _text(message: dict[str, Any]) -> str:
    return (message["content"] or "") + "".join(embed.get("description", "") for embed in message["embeds"])


async def test_the_api_address_alone_leads_the_bot_to_another_server(discord: Loopback, bot: Process) -> None:
    """REST and gateway both follow DISCORD_API_URL; a message, a slash command and a button are answered."""
    answer = await discord.ask("!casualties")
    assert _text(answer).index("Attribution:") < _text(answer).index("6,000")

    slash = await discord.slash("sources", about="kursk")
    assert "claimants" in _text(slash)
    turned = await discord.press(slash, "Next ›")
    assert "Attribution:" in _text(turned)


async def test_an_answer_replies_to_the_question_and_pings_nobody(discord: Loopback, bot: Process) -> None:
    """On the wire: a reference to the asker's message, and no mention allowed."""
    await discord.ask("!casualties")

    (sent,) = [request.body for request in discord.requests if request.path.endswith("/messages")]
    assert sent["message_reference"]["message_id"]
    assert sent["allowed_mentions"] == {"parse": [], "replied_user": False}


@pytest.mark.parametrize("broken", ["cut", "asked to reconnect"])
async def test_what_was_asked_during_an_outage_is_answered_after_it(
    discord: Loopback, bot: Process, broken: str
) -> None:
    """The session is resumed: messages sent meanwhile are not lost, and nothing is identified twice."""
    await discord.ask("!mines")

    if broken == "cut":
        discord.gateway.drop()
    else:
        await discord.gateway.ask_to_reconnect()
    answer = await discord.ask("!casualties", within=_START)

    assert "Attribution:" in _text(answer)
    assert (discord.gateway.identified, discord.gateway.resumed) == (0, 1)


async def test_an_invalid_session_is_opened_anew_on_the_same_server(discord: Loopback, bot: Process) -> None:
    """A session that the server has forgotten is replaced by a new one, at the address that was configured."""
    await discord.gateway.invalidate()
    await asyncio.wait_for(discord.gateway.connected.wait(), _START)

    assert discord.gateway.identified == 1
    assert "Attribution:" in _text(await discord.ask("!casualties"))


async def test_a_rate_limit_delays_an_answer_and_loses_none(discord: Loopback, bot: Process) -> None:
    """A 429 is waited out; the member gets the answer once."""
    discord.faults.append(Fault("POST", "/channels/*/messages", 429, times=2))

    assert "Attribution:" in _text(await discord.ask("!casualties"))

    posted = [request for request in discord.requests if request.path.endswith("/messages")]
    assert len(posted) == 3


@pytest.mark.parametrize("lost", [503, 0], ids=["refused by a gateway", "connection dropped"])
async def test_an_answer_whose_delivery_is_in_doubt_is_sent_again_and_shown_once(
    discord: Loopback, bot: Process, lost: int
) -> None:
    """Discord had posted it, and only its reply was lost."""
    weather = [Weather(lost=lost)]
    discord.weather = lambda each: weather.pop() if weather and each.path.endswith("/messages") else Weather()
    await discord.ask("!casualties")
    async with asyncio.timeout(_START):
        while not discord.rest.repeats:
            await asyncio.sleep(0.05)

    posted = [request.body for request in discord.requests if request.path.endswith("/messages")]
    assert len(posted) == 2
    assert posted[0] == posted[1]


async def test_an_answer_that_discord_could_not_take_is_sent_again(discord: Loopback, bot: Process) -> None:
    """The member gets it, late."""
    discord.faults.append(Fault("POST", "/channels/*/messages", 503))

    assert "Attribution:" in _text(await discord.ask("!casualties"))


async def test_a_stop_under_load_loses_no_receipt(another: Loopback, tmp_path: Path) -> None:
    """Every answer that was shown can be gone back to; the process ends cleanly."""
    async with caveat(another, tmp_path) as process:
        await process.connected(another)
        for number in range(60):
            channel, member = CHANNELS[number % len(CHANNELS)], MEMBERS[number % len(MEMBERS)]
            await another.say("!casualties", channel=channel, who=member)
        async with asyncio.timeout(_START):
            while len(_posted(another)) < 10:
                await asyncio.sleep(0)
        assert await process.stop() == 0
        assert "Traceback" not in process.log
        assert not another.gateway.connected.is_set()

    with sqlite3.connect(tmp_path / "caveat.db") as database:
        (kept,) = database.execute("SELECT count(DISTINCT message) FROM receipt").fetchone()
    assert kept == sum("Attribution:" in str(each) for each in _posted(another)) >= 10


def _posted(discord: Loopback) -> list[dict[str, Any]]:
    return [request.body for request in discord.requests if request.path.endswith("/messages")]


async def test_the_connection_is_kept_alive(discord: Loopback, bot: Process) -> None:
    """Heartbeats go out as often as the server asks."""
    before = discord.gateway.heartbeats
    await discord.ask("!casualties")
    async with asyncio.timeout(_START):
        while discord.gateway.heartbeats < before + 2:
            await asyncio.sleep(0.05)

    assert bot.running


async def test_a_refused_token_is_one_line_and_a_failure(another: Loopback, tmp_path: Path) -> None:
    """Whoever mistypes the token reads what to do, not a traceback, and never the token."""
    async with caveat(another, tmp_path, DISCORD_TOKEN="mistyped.token", LOG_LEVEL="WARNING") as process:  # noqa: S106  # wrong on purpose
        assert await process.ended() == 1

    assert len(process.log.splitlines()) == 1
    assert "DISCORD_TOKEN" in process.log
    assert "mistyped" not in process.log


async def test_a_server_that_cannot_be_reached_is_one_line_and_a_failure(another: Loopback, tmp_path: Path) -> None:
    """No traceback for a wrong address."""
    async with caveat(another, tmp_path, DISCORD_API_URL="http://127.0.0.1:9/api/v10") as process:
        assert await process.ended() == 1

    assert process.log.splitlines()[-1].startswith("caveat: Discord cannot be reached")
    assert "Traceback" not in process.log


async def test_without_the_message_content_intent_mentions_still_work(tmp_path: Path) -> None:
    """Discord's refusal is said once in the log; then mentions are answered and other text is not read."""
    async with Loopback(message_content=False) as discord, caveat(discord, tmp_path) as process:
        await process.connected(discord)

        await discord.say("!mines")
        answer = await discord.ask(f"<@{BOT}> casualties")
        assert "Attribution:" in _text(answer)
        posted = [request for request in discord.requests if request.path.endswith("/messages")]
        assert len(posted) == 1

        assert await process.stop() == 0
    assert process.log.count("Message Content intent") == 1
    assert "Traceback" not in process.log


async def test_a_logged_failure_never_holds_the_token(another: Loopback, tmp_path: Path) -> None:
    """A traceback in the log is for reading, and logs are passed around."""
    async with caveat(another, tmp_path) as process:
        await process.connected(another)
        another.faults.append(Fault("POST", "/channels/*/messages", 400))
        await another.say("!casualties")
        async with asyncio.timeout(_START):
            while "refused on purpose" not in process.log:
                await asyncio.sleep(0.05)
        await process.stop()

    assert "Traceback" in process.log
    assert TOKEN not in process.log


async def test_the_log_has_one_line_a_command_and_nothing_that_was_typed(another: Loopback, tmp_path: Path) -> None:
    """As JSON, for machines; the members' words, names and ids stay out of it."""
    async with caveat(another, tmp_path, LOG_FORMAT="json", LOG_LEVEL="INFO") as process:
        await process.connected(another)
        await another.ask("!casualties")
        await another.ask("!ask secretword")
        assert await process.stop(signal.SIGINT) == 0

    written = [json.loads(line) for line in process.log.splitlines()]
    lines = [line for line in written if line["event"] == "command"]
    assert [(line["command"], line["outcome"]) for line in lines] == [("ask", "answered"), ("ask", "no claim")]
    assert lines[0].keys() == {"event", "level", "logger", "timestamp", "command", "outcome", "ms", "request"}
    assert not re.search(rf"secretword|casualties|{payloads.MEMBERS[0]}|{TOKEN}", process.log)


async def test_a_running_bot_is_watched_from_outside(another: Loopback, tmp_path: Path) -> None:
    """Metrics with what Discord answered, rate limits among it; `bot.py health` as a container runs it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    async with caveat(another, tmp_path, METRICS_ADDR=address) as process:
        await process.connected(another)
        another.faults.append(Fault("POST", "/channels/*/messages", 429))
        await another.ask("!casualties")
        async with asyncio.timeout(_START):
            while not (await asyncio.to_thread(probe, address, "/readyz"))[0]:
                await asyncio.sleep(0.2)
        well, page = await asyncio.to_thread(probe, address, "/metrics")
        health = await process_of("health", "--ready", METRICS_ADDR=address)
        await process.stop()
    gone = await process_of("health", METRICS_ADDR=address)

    assert well
    assert "caveat_discord_rate_limits_total 1.0" in page
    assert 'caveat_commands_total{command="ask",outcome="answered"} 1.0' in page
    assert "caveat_gateway_ready 1.0" in page
    assert "caveat_gateway_shards 1.0" in page
    assert health == (0, "gateway: ok\ndatabase: ok\n")
    assert gone[0] == 1


_FORGED = (
    f"caveat:discard:{payloads.MEMBERS[1]}",
    "caveat:discard:99999999999999999999",
    "caveat:proposal:approve:1",
    "caveat:proposal:decline:999999999",
    "caveat:correct:8:7",
    "caveat:tell:1",
    "caveat:discard:",
    "caveat:proposal:delete:1",
    "nobody:has:this",
)
"""Ids of components as no message of the bot offers them to the one who presses."""


async def test_forged_component_ids_do_nothing(discord: Loopback, bot: Process) -> None:
    """An id says what is meant, never that it is allowed: no message goes, none is posted, nothing breaks."""
    shown = await discord.ask("!casualties")
    for custom_id in _FORGED:
        await discord.send_press(shown, custom_id)
    after = await discord.ask("!topics")

    assert "Topics" in str(after)
    assert not [each for each in discord.requests if each.method == "DELETE"]
    public = [each for each in discord.requests if each.path.endswith("/messages")]
    assert len(public) == 2
    replies = [each.body["data"] for each in discord.requests if each.path.endswith("/callback") and each.body]
    assert all(reply["flags"] & 64 for reply in replies if reply.get("content"))
    assert "Traceback" not in bot.log


async def test_an_event_that_cannot_be_read_is_skipped(discord: Loopback, bot: Process) -> None:
    """It would end the whole bot; the next message is answered."""
    said = discord.said("!casualties")
    for broken in ({"mention_roles": {"a": 1}}, {"content": {"a": 1}}, {"attachments": None}):
        await discord.gateway.message({**said, **broken})

    assert "Attribution:" in _text(await discord.ask("!casualties"))
    assert "cannot be read and is skipped" in bot.log
    assert "Traceback" not in bot.log
