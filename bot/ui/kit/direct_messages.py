"""Direct messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import discord


async def write_to(client: discord.Client, person: str, line: str) -> bool:
    """Send somebody, by id, a direct message; False when they take none, or are nobody any more."""
    if not person.isdigit():
        return False
    try:
        return await write_all_to(client, person, [{"content": line}])
    except discord.HTTPException:
        return False


async def write_all_to(client: discord.Client, person: str, messages: Sequence[dict[str, Any]]) -> bool:
    """
    Send somebody, by id, direct messages, each as the arguments of `send`; False when they take none.

    The id goes as a string, as Discord's description wants it; discord.py's own call sends a number.

    Raises:
        discord.HTTPException: Discord did not take one of them for another reason.
    """
    try:
        opened = await client.http.start_private_message(cast("Any", person))
        for message in messages:
            await client.get_partial_messageable(int(opened["id"])).send(**message)
    except discord.Forbidden:
        return False
    return True
