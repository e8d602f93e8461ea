"""The faults: each is injected into a scene and gives the seconds until all is well again."""

from __future__ import annotations

import asyncio
import random
import resource
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from signal import SIGKILL, SIGTERM, Signals

from bot.errors import StartupError
from bot.store.copying import back_up, restore
from bot.store.database import open_database
from tests.loopback import Fault, Request, Weather, payloads
from tests.loopback.payloads import CHANNELS, SERVER
from tests.proofs.scene import Scene
from tests.proofs.servers import Server
from tests.proofs.slots import judge, posts_in, put

Inject = Callable[[Scene, Server | None], Awaitable[float]]


@dataclass(frozen=True)
class Injected:
    """A fault as the table names it."""

    name: str
    inject: Inject
    heartbeat: float = 41.25
    postgresql: bool = False


async def _cut(scene: Scene, _: Server | None) -> float:
    scene.discord.gateway.drop()
    return await scene.recovered()


async def _reconnect(scene: Scene, _: Server | None) -> float:
    await scene.discord.gateway.ask_to_reconnect()
    return await scene.recovered()


async def _invalid(scene: Scene, _: Server | None) -> float:
    await scene.discord.gateway.invalidate()
    scene.lost_with_process()  # what Discord had sent to a session that it ended, it does not send again
    return await scene.recovered()


async def _unheard_heartbeats(scene: Scene, _: Server | None) -> float:
    """Discord falls silent without a word: the bot has to notice by itself."""
    began = time.monotonic()
    resumed = scene.discord.gateway.resumed
    scene.discord.gateway.fall_silent()
    while scene.discord.gateway.resumed == resumed and time.monotonic() - began < 150:
        await asyncio.sleep(0.2)
    await scene.recovered()
    return time.monotonic() - began


def _refused(status: int, path: str = "/channels/*/messages", times: int = 20, after: float = 0.5) -> Inject:
    async def inject(scene: Scene, _: Server | None) -> float:
        began = time.monotonic()
        fault = Fault("POST", path, status, times, after)
        scene.discord.faults.append(fault)
        while fault.times and time.monotonic() - began < 60:
            await asyncio.sleep(0.05)
        await scene.recovered()
        return time.monotonic() - began

    return inject


def _weather(seconds: float, chance: float, weather: Weather) -> Inject:
    async def inject(scene: Scene, _: Server | None) -> float:
        lots = random.Random(1)

        def of(request: Request) -> Weather:
            return weather if request.method == "POST" and lots.random() < chance else Weather()

        scene.discord.weather = of
        await asyncio.sleep(seconds)
        scene.discord.weather = None
        return await scene.recovered()

    return inject


async def _slash_in_time(scene: Scene, _: Server | None) -> float:
    """Thirty slash commands at once beside the load: each is answered or acknowledged within 3 s."""
    began = time.monotonic()
    asked = [scene.discord.slash("sources", channel=each, about="kursk") for each in CHANNELS[90:120]]
    await asyncio.gather(*asked)
    return time.monotonic() - began


async def _locked(scene: Scene, _: Server | None) -> float:
    """Somebody else holds the database for a minute: members are answered all the same, and receipts come later."""
    with closing(sqlite3.connect(scene.folder / "caveat.db", isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN IMMEDIATE")
        answered = await scene.recovered(5)
        await asyncio.sleep(60)
        other.execute("ROLLBACK")
    began = time.monotonic()
    await _receipts_grow(scene)
    assert answered < 5
    return time.monotonic() - began


async def _no_room(scene: Scene, _: Server | None) -> float:
    """The file system takes no more bytes of any file."""
    pid = scene.process.pid
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        await scene.recovered(10)
        await asyncio.sleep(10)
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
    began = time.monotonic()
    await _receipts_grow(scene)
    return time.monotonic() - began


async def _receipts_grow(scene: Scene) -> None:
    """Wait until what is answered is written down again, and all of it."""
    until = time.monotonic() + 60
    before = _receipts(scene)
    while _receipts(scene) <= before:
        assert time.monotonic() < until, "nothing is written down any more"
        await scene.recovered()
        await asyncio.sleep(0.2)


def _receipts(scene: Scene) -> int:
    with closing(sqlite3.connect(scene.folder / "caveat.db", timeout=30)) as reading:
        (count,) = reading.execute("SELECT count(*) FROM receipt").fetchone()
        return int(count)


async def _cut_short(scene: Scene, _: Server | None) -> float:
    """The file is cut in half: a start says so and changes nothing; the backup brings everything back."""
    file, backup = scene.folder / "caveat.db", scene.folder / "backup.db"
    await back_up(scene.address, backup)
    scene.excused = True
    await scene.process.stop(SIGKILL)
    scene.lost_with_process()
    with closing(sqlite3.connect(file)) as held:
        held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("r+b") as held:
        held.truncate(file.stat().st_size // 2)
    refused = await _refuses(scene.address)
    began = time.monotonic()
    for each in scene.folder.glob("caveat.db*"):
        each.unlink()
    await restore(scene.address, backup)
    await _again(scene)
    assert refused, "a file that is cut off was taken"
    return time.monotonic() - began


async def _refuses(address: str) -> bool:
    try:
        await (await open_database(address)).close()
    except StartupError:
        return True
    return False


def _ended(how: Signals) -> Inject:
    async def inject(scene: Scene, _: Server | None) -> float:
        """Ended at a random moment, and started again."""
        await asyncio.sleep(random.Random(how).uniform(0, 0.5))
        began = time.monotonic()
        scene.excused = True
        await scene.process.stop(how)
        ended = time.monotonic() - began
        assert ended < 5, f"a stop took {ended:.1f} s"
        if how == SIGKILL:
            scene.lost_with_process()
        await asyncio.sleep(0.1)
        if how == SIGTERM:
            scene.lost_with_process()  # what came after it had hung up
        await _again(scene)
        return time.monotonic() - began

    return inject


async def _again(scene: Scene) -> None:
    """Start one more process in the place of the one that ended; it runs until the scene ends."""
    process = scene.running()
    await process.__aenter__()
    scene.leaving.push_async_exit(process.__aexit__)
    await scene.process.connected(scene.discord)
    scene.excused = False
    await scene.recovered()


def _clock(*jumps: timedelta) -> Inject:
    async def inject(scene: Scene, _: Server | None) -> float:
        """A daily briefing at every jump: each slot once, whatever the clock says in between."""
        database = await open_database(scene.address)
        try:
            first = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=2)
            wanted = await put(database, SERVER, [(CHANNELS[120 + each], first, "kursk") for each in range(3)])
            latest = timedelta()
            await asyncio.sleep(4)
            began = time.monotonic()
            for jump in jumps:
                scene.jump(jump.total_seconds())
                latest = max(latest, jump)
                await asyncio.sleep(4)
            await scene.recovered()
            until = datetime.now(UTC) + latest - timedelta(seconds=4)
            messages = [each for channel in CHANNELS[120:123] for each in scene.discord.rest.in_channel(channel)]
            verdict = await judge(database, wanted, posts_in(messages), until)
            assert not verdict.missing, verdict.missing
            assert not verdict.double, verdict.double
            return time.monotonic() - began - 4 * len(jumps)
        finally:
            await database.close()

    return inject


async def _server_left(scene: Scene, _: Server | None) -> float:
    """Kicked, and invited again: what the server had is there."""
    gateway = scene.discord.gateway
    gateway.servers = ()
    scene.excused = True
    await gateway.dispatch("GUILD_DELETE", {"id": str(SERVER), "guild_id": str(SERVER)})
    await asyncio.sleep(2)
    scene.lost_with_process()
    gateway.servers = (SERVER,)
    await gateway.dispatch("GUILD_CREATE", payloads.server())
    scene.excused = False
    taken = await scene.recovered()
    with closing(sqlite3.connect(scene.folder / "caveat.db", timeout=30)) as reading:
        (left,) = reading.execute("SELECT left_at FROM workspace WHERE id = ?", (SERVER,)).fetchone()
        (claims,) = reading.execute("SELECT count(*) FROM claim WHERE workspace = ?", (SERVER,)).fetchone()
    assert left is None
    assert claims
    return taken


async def _unavailable(scene: Scene, _: Server | None) -> float:
    """An outage of Discord's: the server is away and comes back, nobody left."""
    gone = {"id": str(SERVER), "guild_id": str(SERVER), "unavailable": True}
    await scene.discord.gateway.dispatch("GUILD_DELETE", gone)
    await asyncio.sleep(2)
    await scene.discord.gateway.dispatch("GUILD_CREATE", payloads.server())
    return await scene.recovered()


async def _channel_deleted(scene: Scene, _: Server | None) -> float:
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


async def _not_allowed(scene: Scene, _: Server | None) -> float:
    """Send Messages is taken away for a while, in the middle of it."""
    scene.excused = True
    forbidden = Fault("POST", "/channels/*/messages", 403, 10_000)
    scene.discord.faults.append(forbidden)
    await asyncio.sleep(3)
    scene.lost_with_process()
    forbidden.times = 0
    scene.excused = False
    return await scene.recovered()


async def _postgresql_ends(scene: Scene, server: Server | None) -> float:
    """The database server is ended in the midst of it and started again; members are answered all the time."""
    assert server is not None
    server.crash()
    await scene.recovered(10)
    await asyncio.sleep(3)
    await scene.recovered(10)
    server.start()
    began = time.monotonic()
    database = await open_database(scene.address)
    try:
        due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1)
        wanted = await put(database, SERVER, [(CHANNELS[121], due, "kursk")])
        while not (messages := scene.discord.rest.in_channel(CHANNELS[121])):
            assert time.monotonic() - began < 60, "no briefing is posted any more"
            await asyncio.sleep(0.1)
        taken = time.monotonic() - began
        await asyncio.sleep(2)
        verdict = await judge(database, wanted, posts_in(messages), datetime.now(UTC))
        assert not verdict.double, verdict.double
        return taken
    finally:
        await database.close()


_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)

FAULTS: tuple[Injected, ...] = (
    Injected("gateway: the connection is cut", _cut),
    Injected("gateway: Discord asks to reconnect", _reconnect),
    Injected("gateway: the session is invalid", _invalid),
    Injected("gateway: heartbeats are not answered", _unheard_heartbeats, heartbeat=2.0),
    Injected("REST: 429 on one route, 20 times", _refused(429)),
    Injected("REST: 500, 20 times", _refused(500)),
    Injected("REST: 502, 20 times", _refused(502)),
    Injected("REST: 503, 20 times", _refused(503)),
    Injected("REST: every second answer is lost after the act", _weather(5, 0.5, Weather(lost=0))),
    Injected("REST: every request takes 4 s", _weather(5, 1.0, Weather(before=4))),
    Injected("slash: 30 at once, Discord's limit of 3 s", _slash_in_time),
    Injected("SQLite: locked for a minute", _locked),
    Injected("SQLite: no room, no write possible", _no_room),
    Injected("SQLite: the file is cut in half", _cut_short),
    Injected("process: SIGKILL", _ended(SIGKILL)),
    Injected("process: SIGTERM", _ended(SIGTERM)),
    Injected("clock: a day ahead, and back", _clock(_DAY, timedelta())),
    Injected("clock: an hour back, and right again", _clock(-_HOUR, timedelta())),
    Injected("Discord: the server is away for a while", _unavailable),
    Injected("Discord: kicked, and invited again", _server_left),
    Injected("Discord: a schedule's channel is deleted", _channel_deleted),
    Injected("Discord: Send Messages is withdrawn", _not_allowed),
    Injected("PostgreSQL: ended and started under load", _postgresql_ends, postgresql=True),
)
