"""Direct messages."""

from __future__ import annotations

from typing import Any, cast

import discord


async def write_to(client: discord.Client, person: str, line: str) -> bool:
    """
    Send somebody, by id, a direct message; False when they take none, or are nobody any more.

    The id goes as a string, as Discord's description wants it; discord.py's own call sends a number.
    """
    if not person.isdigit():
        return False
    try:
        opened = await client.http.start_private_message(cast("Any", person))
        await client.get_partial_messageable(int(opened["id"])).send(line)
    except discord.HTTPException:
        return False
    return True
