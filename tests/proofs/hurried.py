"""The bot as `python bot.py` runs it on Discord, by a clock that is CLOCK_AHEAD_S seconds ahead.

CLOCK_FILE names a file with the seconds instead, which may change while the bot runs: its clock jumps then.
"""

from __future__ import annotations

import asyncio
import os
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import utc_now
from bot.logs import configure_logs
from bot.serving import serve
from bot.settings import LogLevel, read_settings

_AHEAD = float(os.environ.get("CLOCK_AHEAD_S", "0"))
_FILE = os.environ.get("CLOCK_FILE")


def _clock() -> datetime:
    ahead = float(Path(_FILE).read_text(encoding="ascii")) if _FILE else _AHEAD
    return utc_now() + timedelta(seconds=ahead)


if __name__ == "__main__":
    _settings = read_settings()
    configure_logs(LogLevel.WARNING, _settings.log_format)
    asyncio.run(serve(_settings, clock=_clock))
