"""`/metrics`, `/healthz` and `/readyz`, on METRICS_ADDR."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from aiohttp import web
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from bot.app import Caveat
from bot.errors import StartupError
from bot.operating.metrics import Metrics
from bot.operating.probing import parted

_BEAT_S, _STUCK_S = 0.5, 10.0
_OK, _UNAVAILABLE = 200, 503


class Pulse:
    """Beats in the event loop, so that one sees when the loop does not get round to it."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._loop = asyncio.get_running_loop()
        self._last = self._loop.time()

    async def beat(self) -> None:
        """Until cancelled."""
        while True:
            due = self._loop.time() + _BEAT_S
            await asyncio.sleep(_BEAT_S)
            self._last = self._loop.time()
            self._metrics.lag.observe(max(0.0, self._last - due))

    @property
    def stuck(self) -> bool:
        """Whether the loop did not get round to a beat for long."""
        return self._loop.time() - self._last > _STUCK_S


class Endpoint:
    """Answers whoever watches the bot."""

    def __init__(self, bot: Caveat) -> None:
        self._bot = bot
        self._metrics = Metrics(bot)
        self._pulse = Pulse(self._metrics)
        self.port = 0

    @asynccontextmanager
    async def listening(self, address: str) -> AsyncGenerator[None, None]:
        """
        Serve on *address* for as long as the block runs.

        Args:
            address: `host:port`, or a port on 127.0.0.1; port 0 takes any that is free.

        Raises:
            StartupError: The address is taken, or none of this machine.
        """
        app = web.Application()
        app.router.add_get("/metrics", self._page)
        app.router.add_get("/healthz", self._healthy)
        app.router.add_get("/readyz", self._ready)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        beating = asyncio.ensure_future(self._pulse.beat())
        try:
            try:
                await web.TCPSite(runner, *parted(address)).start()
            except (OSError, OverflowError) as error:
                raise StartupError(f"METRICS_ADDR {address} cannot be listened on: {error}.") from None
            self.port = runner.addresses[0][1]
            yield
        finally:
            beating.cancel()
            with suppress(asyncio.CancelledError):
                await beating
            await runner.cleanup()

    async def _page(self, _: web.Request) -> web.Response:
        return web.Response(body=self._metrics.page(), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    async def _healthy(self, _: web.Request) -> web.Response:
        return _told({"event loop": not self._pulse.stuck})

    async def _ready(self, _: web.Request) -> web.Response:
        answers = await self._bot.database.answers()
        return _told({"gateway": self._bot.connected, "database": answers})


def _told(sound: dict[str, bool]) -> web.Response:
    """A line for each thing that was looked at; status 503 when one of them is not as it should be."""
    lines = [f"{name}: {'ok' if well else 'not ok'}\n" for name, well in sound.items()]
    return web.Response(text="".join(lines), status=_OK if all(sound.values()) else _UNAVAILABLE)
