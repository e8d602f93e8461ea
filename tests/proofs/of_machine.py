"""What a machine does to a bot: the database, the process, the clock."""

from __future__ import annotations

import asyncio
import random
import resource
import sqlite3
import subprocess
import time
from collections.abc import Generator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from signal import SIGKILL, SIGTERM, Signals

from bot.errors import StartupError
from bot.store.copying import back_up, restore
from bot.store.database import open_database
from tests.loopback import Weather
from tests.loopback.payloads import CHANNELS, SERVER
from tests.proofs.scene import Inject, Scene
from tests.proofs.servers import Server
from tests.proofs.slots import judge, posts_in, put


async def locked(scene: Scene, _: Server | None) -> float:
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


async def no_room(scene: Scene, _: Server | None) -> float:
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


async def cut_short(scene: Scene, _: Server | None) -> float:
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


async def read_only(scene: Scene, _: Server | None) -> float:
    """The file can be read and not written: a start says so and changes nothing; the next one finds everything."""
    scene.excused = True
    await scene.process.stop(SIGTERM)
    scene.lost_with_process()
    held = (scene.folder / "caveat.db").read_bytes()
    refused = await _refuses(f"sqlite:///file:{scene.folder / 'caveat.db'}?mode=ro&uri=true")
    assert refused, "a file that cannot be written was taken"
    assert (scene.folder / "caveat.db").read_bytes() == held
    began = time.monotonic()
    await _again(scene)
    return time.monotonic() - began


async def writes_fail(scene: Scene, _: Server | None) -> float:
    """Neither the file nor its log takes a byte any more: who asks is answered, and receipts come later."""
    with _immutable(scene, "caveat.db", "caveat.db-wal"):
        await scene.recovered(10)
        await asyncio.sleep(10)
        answered = await scene.recovered(10)
    began = time.monotonic()
    await _receipts_grow(scene)
    assert answered < 5
    return time.monotonic() - began


async def turned_read_only(scene: Scene, _: Server | None) -> float:
    """
    Nor does what SQLite maps into memory, as on a file system that failed: the kernel ends who writes there.

    A start says so and changes nothing; the one after the file system is mended finds everything.
    """
    began = time.monotonic()
    with _immutable(scene, "caveat.db", "caveat.db-wal", "caveat.db-shm"):
        scene.excused = True
        await scene.process.ended()
        scene.lost_with_process()
        refused = await _refuses(scene.address)
    assert refused, "a file that cannot be written was taken"
    await _again(scene)
    return time.monotonic() - began


@contextmanager
def _immutable(scene: Scene, *names: str) -> Generator[None, None, None]:
    files = [str(scene.folder / each) for each in names]
    subprocess.run(["chattr", "+i", *files], check=True)  # noqa: S603, S607  # files of our own
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", *files], check=True)  # noqa: S603, S607  # likewise


async def _refuses(address: str) -> bool:
    try:
        await (await open_database(address)).close()
    except StartupError:
        return True
    return False


def ended(how: Signals) -> Inject:
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
    """Start one more process in the place of the one that ended, until it answers."""
    await _started(scene)
    scene.excused = False
    await scene.recovered()


async def _started(scene: Scene) -> None:
    """One more process, connected; it runs until the scene ends."""
    process = scene.running()
    await process.__aenter__()
    scene.leaving.push_async_exit(process.__aexit__)
    await scene.process.connected(scene.discord)


async def slow_start(scene: Scene, _: Server | None) -> float:
    """Every request of a start, by any route, is answered after 5 s only."""
    scene.excused = True
    await scene.process.stop(SIGTERM)
    scene.lost_with_process()
    scene.discord.weather = lambda _: Weather(before=5)
    began = time.monotonic()
    await _started(scene)
    scene.discord.weather = None
    scene.excused = False
    await scene.recovered()
    return time.monotonic() - began


def clock(*jumps: timedelta) -> Inject:
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


async def postgresql_ends(scene: Scene, server: Server | None) -> float:
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
