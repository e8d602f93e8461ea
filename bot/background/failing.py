"""How a failure is logged that is tried again by itself."""

from __future__ import annotations

import logging

from bot.errors import Unavailable


def log_failure(log: logging.Logger, error: Exception, what: str, *parts: object) -> None:
    """Say in *log* that *what* failed: in a line where the database is away, with the traceback otherwise."""
    told = log.warning if isinstance(error, Unavailable) else log.exception
    told(what, *parts)
