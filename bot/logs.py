"""Logging: one stream on standard error, for people or for machines."""

from __future__ import annotations

import logging
import sys

import structlog

from bot.settings import LogFormat, LogLevel


def configure_logs(level: LogLevel, style: LogFormat) -> None:
    """Send the standard library's records (ours and discord.py's) to standard error in one *style*."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
    ]
    if style is LogFormat.JSON:
        render: list[structlog.typing.Processor] = [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    else:
        plain = structlog.dev.plain_traceback  # the pretty one shows local variables, the token among them
        render = [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *render]
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.value)
    if level is not LogLevel.DEBUG:
        logging.getLogger("discord").setLevel(logging.WARNING)
        logging.getLogger("discord.client").setLevel(logging.ERROR)  # it warns at every start that voice is missing
        logging.getLogger("discord.state").setLevel(logging.ERROR)  # the simulated server's probe has no intents
        logging.getLogger("alembic").setLevel(logging.WARNING)
