"""The bot as `python bot.py` runs it on Discord, by a clock that is CLOCK_AHEAD_S seconds ahead."""

from __future__ import annotations

import asyncio
import os
from datetime import datetime, timedelta

from bot.app import utc_now
from bot.logs import configure_logs
from bot.serving import serve
from bot.settings import LogLevel, read_settings

_AHEAD = timedelta(seconds=float(os.environ.get("CLOCK_AHEAD_S", "0")))


def _clock() -> datetime:
    return utc_now() + _AHEAD


if __name__ == "__main__":
    _settings = read_settings()
    configure_logs(LogLevel.WARNING, _settings.log_format)
    asyncio.run(serve(_settings, clock=_clock))
