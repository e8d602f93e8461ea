"""`python bot.py` in a process of its own, talking to a server on 127.0.0.1."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.loopback.server import TOKEN, Loopback

ROOT = Path(__file__).parents[2]
_PATIENCE = 90


class Process:
    """A running Caveat."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._log: list[str] = []
        self._reading = asyncio.ensure_future(self._read())

    async def _read(self) -> None:
        assert self._process.stderr is not None
        async for line in self._process.stderr:
            self._log.append(line.decode())

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def log(self) -> str:
        """What it has written to standard error so far."""
        return "".join(self._log)

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self._process.returncode is None

    async def connected(self, discord: Loopback) -> None:
        """Wait until it receives events; fails with its log if it ends or takes too long."""
        waits = [asyncio.ensure_future(discord.gateway.connected.wait()), asyncio.ensure_future(self._process.wait())]
        await asyncio.wait(waits, timeout=_PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        assert discord.gateway.connected.is_set(), self.log

    async def ended(self) -> int:
        """Its exit status, once it has ended and all it wrote has been read."""
        status = await asyncio.wait_for(self._process.wait(), _PATIENCE)
        await self._reading
        return status

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; its exit status."""
        if self.running:
            self._process.send_signal(how)
        return await self.ended()


async def process_of(*arguments: str, **settings: str) -> tuple[int, str]:
    """Run `python bot.py` with *arguments* until it ends: its exit status, and what it printed."""
    started = await asyncio.create_subprocess_exec(
        sys.executable,
        str(ROOT / "bot.py"),
        *arguments,
        env={"PATH": os.environ["PATH"], **settings},
        stdout=asyncio.subprocess.PIPE,
    )
    printed, _ = await asyncio.wait_for(started.communicate(), _PATIENCE)
    return started.returncode or 0, printed.decode()


@asynccontextmanager
async def caveat(
    discord: Loopback, folder: Path, *, program: Path = ROOT / "bot.py", **settings: str
) -> AsyncGenerator[Process, None]:
    """
    Start Caveat on *discord*, with its database in *folder*; it has ended when the block has.

    Args:
        program: Another bot to start in its place.
        settings: Further environment variables, in place of the usual ones.
    """
    environment = {
        "PATH": os.environ["PATH"],
        "DISCORD_TOKEN": TOKEN,
        "DISCORD_API_URL": discord.url,
        "DATABASE_URL": f"sqlite:///{folder / 'caveat.db'}",
        "FACT_BASE": str(ROOT / "data"),
        **settings,
    }
    started = await asyncio.create_subprocess_exec(
        sys.executable, str(program), cwd=folder, env=environment, stderr=asyncio.subprocess.PIPE
    )
    process = Process(started)
    try:
        yield process
    finally:
        if process.running:
            started.kill()
        await process.ended()
