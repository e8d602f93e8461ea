"""Whether the bot may post wherever it is to post by itself: briefings, live briefings and what moderators review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from email.utils import parsedate_to_datetime

import aiohttp
import discord
from discord.http import Route

_NEEDED = ("view_channel", "send_messages", "embed_links", "attach_files", "read_message_history")
_THERE = "the bot is no longer in its server, or the channel is gone"


async def barred(client: discord.Client, places: Mapping[int, Sequence[int]]) -> list[str]:
    """
    What keeps *client* from posting in channels, a line for each.

    Args:
        places: By server, the channels.
    """
    found: list[str] = []
    for server, channels in places.items():
        try:
            guild = await client.fetch_guild(server, with_counts=False)
            there = {each.id: each for each in await guild.fetch_channels()}
            me = await guild.fetch_member(client.user.id if client.user else 0)
        except (discord.NotFound, discord.Forbidden):
            found += [f"channel {each}: {_THERE}" for each in channels]
            continue
        found += _lines(there, channels, me)
    return found


def _lines(
    there: Mapping[int, discord.abc.GuildChannel], channels: Sequence[int], me: discord.Member
) -> Iterator[str]:
    for number in channels:
        channel = there.get(number)
        if channel is None:
            continue  # a thread, which Discord lists elsewhere; the bot tells moderators when it cannot post there
        may = channel.permissions_for(me)
        lacks = [name.replace("_", " ") for name in _NEEDED if not getattr(may, name)]
        if lacks:
            yield f"channel {number}: {', '.join(lacks)}"


async def clock_ahead() -> float | None:
    """Seconds by which this machine's clock is ahead of Discord's; None where it cannot be told."""
    limit = aiohttp.ClientTimeout(total=10)
    async with aiohttp.ClientSession(timeout=limit) as session, session.get(f"{Route.BASE}/gateway") as response:
        told = response.headers.get("Date")
    return None if told is None else (discord.utils.utcnow() - parsedate_to_datetime(told)).total_seconds()
