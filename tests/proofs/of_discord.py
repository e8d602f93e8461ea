"""What Discord does to a bot: the gateway, REST, slash commands, servers, channels, permissions."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

from bot.store.database import open_database
from tests.loopback import Fault, Request, Weather, payloads
from tests.loopback.payloads import CHANNELS, SERVER
from tests.proofs.scene import Inject, Scene
from tests.proofs.servers import Server
from tests.proofs.slots import put

_TIMES, _AFTER_S = 20, 0.5
_HANGS_S, _SIDE_ROUTES = 35.0, 3
"""Longer than the bot waits for an answer; and how many kinds of requests are to hang."""


async def cut(scene: Scene, _: Server | None) -> float:
    """The connection breaks while commands are under way: their answers take half a second."""
    scene.discord.weather = lambda _: Weather(before=0.5)
    await asyncio.sleep(1)
    scene.discord.gateway.drop()
    scene.discord.weather = None
    return await scene.recovered()


async def reconnect(scene: Scene, _: Server | None) -> float:
    await scene.discord.gateway.ask_to_reconnect()
    return await scene.recovered()


async def invalid(scene: Scene, _: Server | None) -> float:
    await scene.discord.gateway.invalidate()
    scene.lost_with_process()  # what Discord had sent to a session that it ended, it does not send again
    return await scene.recovered()


async def unheard_heartbeats(scene: Scene, _: Server | None) -> float:
    """Discord falls silent without a word: the bot has to notice by itself."""
    began = time.monotonic()
    resumed = scene.discord.gateway.resumed
    scene.discord.gateway.fall_silent()
    while scene.discord.gateway.resumed == resumed and time.monotonic() - began < 150:
        await asyncio.sleep(0.2)
    await scene.recovered()
    return time.monotonic() - began


def refused(status: int, *, everywhere: bool = False) -> Inject:
    """Refuse so many requests; a rate limit is the channel's alone, or *everywhere*."""

    async def inject(scene: Scene, _: Server | None) -> float:
        began = time.monotonic()
        method, path = ("*", "*") if everywhere else ("POST", "/channels/*/messages")
        fault = Fault(method, path, status, _TIMES, _AFTER_S, everywhere)
        scene.discord.faults.append(fault)
        while fault.times and time.monotonic() - began < 60:
            await asyncio.sleep(0.05)
        await scene.recovered()
        return time.monotonic() - began

    return inject


def weather(seconds: float, chance: float, weather: Weather) -> Inject:
    async def inject(scene: Scene, _: Server | None) -> float:
        lots = random.Random(1)

        def of(request: Request) -> Weather:
            return weather if request.method == "POST" and lots.random() < chance else Weather()

        scene.discord.weather = of
        await asyncio.sleep(seconds)
        scene.discord.weather = None
        return await scene.recovered()

    return inject


async def hang(scene: Scene, _: Server | None) -> float:
    """
    Whatever is asked of Discord for two seconds, by any route, hangs until the bot has given up; then Discord acts.

    A message that was sent again meanwhile is shown once. A slash command that hangs is over after 3 s, as people
    see; nobody else waits for it.
    """
    until = time.monotonic() + _HANGS_S
    slash = asyncio.ensure_future(scene.discord.slash("sources", channel=CHANNELS[100], about="kursk"))
    scene.discord.weather = lambda _: Weather(before=_HANGS_S)
    await asyncio.sleep(2)
    scene.discord.weather = None
    taken = await scene.recovered()
    await asyncio.sleep(until - time.monotonic() + 5)
    await asyncio.gather(slash, return_exceptions=True)
    scene.discord.rest.too_late = 0
    return taken


async def side_routes_hang(scene: Scene, _: Server | None) -> float:
    """
    All but new messages hangs for longer than the bot waits: presses, edits, looking a message up.

    Nobody else waits for it, and whoever it was for is told nothing of a fault of ours.
    """
    discord, where = scene.discord, CHANNELS[110]
    asked = discord.said("!casualties", channel=where)
    shown = discord.rest.reply(where)
    await discord.gateway.message(asked)
    answer = await asyncio.wait_for(shown, 10)
    discord.weather = lambda request: _side(request, "/messages")
    buttons = [part["custom_id"] for row in answer["components"] for part in row["components"] if "custom_id" in part]
    for custom_id in buttons:
        await discord.send_press(answer, custom_id)
    edited = {**asked, "content": "!mines", "edited_timestamp": datetime.now(UTC).isoformat()}
    await discord.gateway.dispatch("MESSAGE_UPDATE", edited)
    elsewhere = {"message_id": "1", "channel_id": str(where), "guild_id": str(SERVER), "type": 0}
    await discord.gateway.message({**discord.said("!check", channel=where), "message_reference": elsewhere})
    taken = await scene.recovered()
    await asyncio.sleep(2)
    hung = {each.path.rsplit("/", 1)[-1] for each in discord.requests if _side(each, "/messages").before}
    discord.weather = None
    await asyncio.sleep(_HANGS_S + 5)
    discord.rest.too_late = 0
    assert buttons, "the answer has no button"
    assert len(hung) >= _SIDE_ROUTES, f"only {hung} were asked for"
    return taken


def _side(request: Request, apart: str) -> Weather:
    return Weather() if request.path.endswith(apart) else Weather(before=_HANGS_S)


async def slash_in_time(scene: Scene, _: Server | None) -> float:
    """Thirty slash commands at once beside the load: each is answered or acknowledged within 3 s."""
    began = time.monotonic()
    asked = [scene.discord.slash("sources", channel=each, about="kursk") for each in CHANNELS[90:120]]
    await asyncio.gather(*asked)
    return time.monotonic() - began


async def server_deleted(scene: Scene, _: Server | None) -> float:
    """Nothing of the server is reached any more, what is under way there is refused; then it is there again."""
    unknown = Fault("*", "/channels/*", 404, 10_000)
    scene.discord.faults.append(unknown)
    return await server_left(scene, _, unknown)


async def server_left(scene: Scene, _: Server | None, meanwhile: Fault | None = None) -> float:
    """Kicked, and invited again: what the server had is there."""
    gateway = scene.discord.gateway
    gateway.servers = ()
    scene.excused = True
    await gateway.dispatch("GUILD_DELETE", {"id": str(SERVER), "guild_id": str(SERVER)})
    await asyncio.sleep(2)
    scene.lost_with_process()
    if meanwhile:
        meanwhile.times = 0
    gateway.servers = (SERVER,)
    await gateway.dispatch("GUILD_CREATE", payloads.server())
    scene.excused = False
    taken = await scene.recovered()
    until = time.monotonic() + 30
    while _here(scene) != (True, True):
        assert time.monotonic() < until, "the server is noted as left, or has no claims"
        await asyncio.sleep(0.2)
    return taken


def _here(scene: Scene) -> tuple[bool, bool]:
    """Whether the server is noted as one that the bot is in; whether it has claims."""
    with closing(sqlite3.connect(scene.folder / "caveat.db", timeout=30)) as reading:
        (left,) = reading.execute("SELECT left_at FROM workspace WHERE id = ?", (SERVER,)).fetchone()
        (claims,) = reading.execute("SELECT count(*) FROM claim WHERE workspace = ?", (SERVER,)).fetchone()
    return left is None, claims > 0


async def unavailable(scene: Scene, _: Server | None) -> float:
    """An outage of Discord's: the server is away and comes back, nobody left."""
    gone = {"id": str(SERVER), "guild_id": str(SERVER), "unavailable": True}
    await scene.discord.gateway.dispatch("GUILD_DELETE", gone)
    await asyncio.sleep(2)
    await scene.discord.gateway.dispatch("GUILD_CREATE", payloads.server())
    return await scene.recovered()


async def channel_deleted(scene: Scene, _: Server | None) -> float:
    """A schedule's channel is gone: it pauses, once, and nothing else suffers."""
    where = CHANNELS[125]
    await scene.discord.gateway.dispatch("CHANNEL_DELETE", {**payloads.channel(where)})
    scene.discord.faults += [
        Fault("GET", f"/channels/{where}", 404, 100),
        Fault("POST", f"/channels/{where}/messages", 404, 100),
    ]
    database = await open_database(scene.address)
    try:
        due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1)
        await put(database, SERVER, [(where, due, "kursk")])
        began = time.monotonic()
        while (state := _state_of_schedule(scene)) != "paused":
            assert time.monotonic() - began < 30, f"its schedule is {state}"
            await asyncio.sleep(0.2)
        await scene.recovered()
        return time.monotonic() - began
    finally:
        await database.close()


def _state_of_schedule(scene: Scene) -> str:
    with closing(sqlite3.connect(scene.folder / "caveat.db", timeout=30)) as reading:
        (state,) = reading.execute("SELECT state FROM schedule ORDER BY id DESC").fetchone()
        return str(state)


async def not_allowed(scene: Scene, _: Server | None) -> float:
    """Send Messages is taken away for a while, in the middle of it."""
    scene.excused = True
    forbidden = Fault("POST", "/channels/*/messages", 403, 10_000)
    scene.discord.faults.append(forbidden)
    await asyncio.sleep(3)
    scene.lost_with_process()
    forbidden.times = 0
    scene.excused = False
    return await scene.recovered()
