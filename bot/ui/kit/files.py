"""Attachments."""

from __future__ import annotations

import gzip
import io
from typing import Any

import discord

from bot.core.wording import refused
from bot.errors import Refused


class Attachment(discord.File):
    """A file whose id is a string, as Discord's description wants it; discord.py's own sends a number."""

    def to_dict(self, index: int) -> dict[str, Any]:
        """What discord.py sends beside the content."""
        return {**super().to_dict(index), "id": str(index)}


def attachment(name: str, data: bytes, description: str | None = None) -> Attachment:
    """*data* as a file called *name*; *description* is what those hear who cannot see it."""
    return Attachment(io.BytesIO(data), name, description=description)


async def read_whole(file: discord.Attachment, most: int, too_large: str) -> bytes:
    """The bytes of *file*; raises `Refused`, with *too_large* where they are more than *most*, or when it is gone."""
    if file.size > most:
        raise Refused(too_large)
    try:
        return await file.read()
    except discord.HTTPException:
        raise refused("Discord did not answer in time. Try again in a moment.") from None


def fitting(name: str, data: bytes, most: int) -> tuple[str, bytes]:
    """*name* and *data* as they are, or packed where they are more than *most* bytes."""
    return (name, data) if len(data) <= most else (f"{name}.gz", gzip.compress(data))
