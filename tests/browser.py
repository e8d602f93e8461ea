"""A real browser (Debian's chromium, where there is one) before the newcomer's page, over its debugging protocol."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_STARTING_S, _ANSWERING_S = 60.0, 45.0
_LOOKED_S = 0.1

Thing = dict[str, Any]


class Browser:
    """One page of a browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._asked = 0
        self._answers: dict[int, asyncio.Future[Thing]] = {}
        self._reader = asyncio.ensure_future(self._read())

    async def _read(self) -> None:
        async for message in self._socket:
            told: Thing = json.loads(message.data)
            waiting = self._answers.pop(told.get("id", 0), None)
            if waiting is not None and not waiting.done():
                waiting.set_result(told)

    async def call(self, method: str, **parameters: Any) -> Thing:
        """What the browser says to a method of its protocol."""
        self._asked += 1
        answer: asyncio.Future[Thing] = asyncio.get_running_loop().create_future()
        self._answers[self._asked] = answer
        await self._socket.send_json({"id": self._asked, "method": method, "params": parameters})
        async with asyncio.timeout(_ANSWERING_S):
            told = await answer
        if "error" in told:
            raise RuntimeError(told["error"])
        return told["result"]

    async def run(self, script: str) -> Any:
        """The value of *script* on the page."""
        told = await self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in told:
            raise RuntimeError(told["exceptionDetails"])
        return told["result"].get("value")

    async def until(self, script: str, seconds: float = _ANSWERING_S) -> Any:
        """The value of *script* as soon as it is true; raises `TimeoutError` with what the page shows."""
        try:
            async with asyncio.timeout(seconds):
                while not (value := await self.run(script)):
                    await asyncio.sleep(_LOOKED_S)
                return value
        except TimeoutError:
            shown = await self.run("document.body.innerText")
            raise TimeoutError(f"not on the page: {script}\n{shown}") from None

    async def resize(self, width: int, height: int) -> None:
        """Make the window as wide and high as a screen."""
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )

    async def picture(self, clip: Thing | None = None) -> bytes:
        """What it shows, as PNG."""
        told = await self.call("Page.captureScreenshot", format="png", **({"clip": clip} if clip else {}))
        return base64.b64decode(told["data"])

    async def say(self, text: str) -> str:
        """Type *text* into the page and send it, as a newcomer does; the newest message that the page shows then."""
        before = await self.run(_COUNT)
        await self.until("!document.querySelector('#send-message').disabled")
        await self.run("document.querySelector('#channel-composer-input').focus()")
        await self.call("Input.insertText", text=text)
        await self.until("document.querySelector('#channel-composer-input').value.length > 0")
        await self.run("document.querySelector('#send-message').click()")
        await self.until(f"{_COUNT} >= {before} + 2 && {_QUIET}")
        return await self.run(f"{_NEWEST}.innerText")

    async def press(self, label: str) -> None:
        """Press the newest button with this label."""
        await self.until(f"Boolean({_button(label)}) && {_QUIET}")
        await self.run(f"{_button(label)}.click()")
        await self.until(_QUIET)

    async def offers(self, label: str) -> bool:
        """Whether there is a button with this label."""
        return await self.run(f"Boolean({_button(label)})")

    async def view_as(self, name: str) -> None:
        """Look at the page as *name* does."""
        chosen = f"[...p.options].find(each => each.text === {json.dumps(name)}).value"
        await self.run(
            f"(() => {{ const p = document.querySelector('#viewer-picker'); p.value = {chosen};"
            " p.dispatchEvent(new Event('change', {bubbles: true})); })()"
        )
        await self.until(_QUIET)

    async def fill(self, *texts: str) -> None:
        """Type *texts* into the fields of the form that is open, from the first on; empty leaves one as it is."""
        await self.until(f"{_FIELDS}.length > 0")
        for at, text in enumerate(texts):
            await self.run(f"{_FIELDS}[{at}].focus()")
            await self.call("Input.insertText", text=text)

    async def submit(self) -> None:
        """Send the form that is open."""
        await self.run("document.querySelector('#modal-root button[type=submit]').click()")
        await self.until(f"{_FIELDS}.length === 0 && {_QUIET}")

    async def in_view(self) -> bool:
        """Whether the newest message, or as much of it as there is room for, comes into view."""
        return await self.until(
            f"(() => {{ const m = {_NEWEST}.getBoundingClientRect();"
            " const t = document.querySelector('#channel-timeline').getBoundingClientRect();"
            " return m.bottom <= t.bottom + 2 && m.bottom > t.top || m.top >= t.top - 2 && m.top < t.bottom; })()"
        )

    async def status(self) -> str:
        """What the page says of the last action; empty when all is well."""
        return await self.run("document.querySelector('#action-status').innerText")

    async def close(self) -> None:
        """Let it go."""
        self._reader.cancel()
        await self._socket.close()


_COUNT = "document.querySelectorAll('#channel-message-list [data-message-id]').length"
_NEWEST = "[...document.querySelectorAll('#channel-message-list [data-message-id]')].at(-1)"
_FIELDS = "[...document.querySelectorAll('#modal-root input, #modal-root textarea')]"
_QUIET = "!/Submitting|Waiting|Updating|progress/.test(document.querySelector('#action-status').innerText)"


def _button(label: str) -> str:
    every = "[...document.querySelectorAll('#channel-message-list button')]"
    return f"{every}.filter(each => each.innerText.trim() === {json.dumps(label)}).at(-1)"


@asynccontextmanager
async def browser(url: str, *, width: int = 1280, height: int = 900) -> AsyncGenerator[Browser, None]:
    """A browser that shows *url*."""
    assert CHROMIUM is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        line = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars")
        program = await asyncio.create_subprocess_exec(
            CHROMIUM, *line, "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank",
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            port = await _port(Path(profile) / "DevToolsActivePort")
            async with aiohttp.ClientSession() as session:
                async with session.get(f"http://127.0.0.1:{port}/json") as answer:
                    page = next(each for each in await answer.json() if each["type"] == "page")
                socket = await session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0)
                shown = Browser(socket)
                await shown.call("Page.enable")
                await shown.resize(width, height)
                await shown.call("Page.navigate", url=url)
                await shown.until("Boolean(document.querySelector('#channel-message-list [data-message-id]'))")
                try:
                    yield shown
                finally:
                    await shown.close()
        finally:
            program.terminate()
            await program.wait()


async def _port(file: Path) -> str:
    async with asyncio.timeout(_STARTING_S):
        while not file.exists() or not (lines := file.read_text("utf-8").split()):
            await asyncio.sleep(_LOOKED_S)
        return lines[0]


@asynccontextmanager
async def offline_page(database: Path, **settings: str) -> AsyncGenerator[str, None]:
    """The address of the newcomer's page, served by a process of its own as `make run` does it, with *settings*."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DISCORD")},
        "DATABASE_URL": f"sqlite:///{database}",
        **settings,
    }
    program = await asyncio.create_subprocess_exec(
        sys.executable, "bot.py", cwd=ROOT, env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    assert program.stdout is not None
    try:
        async with asyncio.timeout(_STARTING_S):
            while "Open http" not in (line := (await program.stdout.readline()).decode()):
                assert line, "the page did not start"
        yield line.rpartition("Open ")[2].strip()
    finally:
        program.send_signal(signal.SIGTERM)
        await program.wait()
