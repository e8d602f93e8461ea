"""Corrections: offered to moderators, posted where a claim was shown otherwise, once for each channel."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from typing import Any, Protocol, Self, cast

import discord

from bot.core.claims import Claim
from bot.services.corrections import WINDOW_DAYS, Correction, Corrections
from bot.services.setups import Setups
from bot.ui.briefing.digests import change_cards
from bot.ui.kit.buttons import Press
from bot.ui.kit.checks import Rank, require
from bot.ui.kit.context import Reply, embeds_allowed
from bot.ui.kit.embeds import CONTENT, DESCRIPTION, Page, pack
from bot.ui.kit.failures import answer_failure, tell
from bot.ui.kit.pages import page_message

log = logging.getLogger(__name__)

_PAUSE = 1.0
"""Seconds between two corrections, so that a claim shown everywhere does not flood a server."""

_TEMPLATE = r"caveat:correct:(?P<number>\d{1,9}):(?P<days>\d{1,4})"


class Correcting(Protocol):
    """The bot, as far as corrections know it."""

    corrections: Corrections
    setups: Setups


class Correct(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=_TEMPLATE):
    """Posts the corrections for one claim."""

    def __init__(self, number: int, days: int) -> None:
        super().__init__(
            discord.ui.Button(
                label="Post corrections",
                style=discord.ButtonStyle.primary,
                custom_id=f"caveat:correct:{number}:{days}",
            )
        )
        self._number = number
        self._days = days

    @classmethod
    async def from_custom_id(cls, _: Press, item: discord.ui.Item[Any], match: re.Match[str], /) -> Self:
        """Rebuild the button from a pressed message."""
        return cls(int(match["number"]), int(match["days"]))

    async def callback(self, interaction: Press) -> None:
        """Post, if whoever pressed may."""
        try:
            await require(interaction.client, interaction.user, Rank.MODERATOR)
            await interaction.response.defer()
            posted = await post(interaction.client, interaction.guild_id or 0, self._number, self._days)
            await tell(interaction, posted_line(self._number, posted))
        except Exception as error:
            await answer_failure(interaction, error, "a correction")


def posted_line(number: int, posted: int) -> str:
    """How many channels were told."""
    if not posted:
        return f"No channel is left that was shown C{number} otherwise and not told yet."
    return f"Corrected C{number} in {posted} {'channel' if posted == 1 else 'channels'}."


async def offer(client: Any, workspace: int, claim: Claim) -> dict[str, Any] | None:
    """
    After a change: the message that offers corrections, or None where none is due.

    Where the server wants corrections without asking, they are posted at once instead.
    """
    host = cast("Correcting", client)
    wanted = await host.corrections.wanted(workspace, claim.number)
    if not wanted:
        return None
    if (await host.setups.of(workspace)).corrections:
        return {"content": posted_line(claim.number, await post(client, workspace, claim.number, WINDOW_DAYS))}
    view = discord.ui.View(timeout=None)
    view.add_item(Correct(claim.number, WINDOW_DAYS))
    channels = ", ".join(f"<#{each.channel}>" for each in wanted[:10])
    line = f"{claim.ref} was shown otherwise in the last {WINDOW_DAYS} days, in {channels}."
    return {"content": line, "view": view}


async def post(client: Any, workspace: int, number: int, days: int) -> int:
    """Post the corrections for a claim that were not posted yet; in how many channels."""
    corrections = cast("Correcting", client).corrections
    posted = 0
    for correction in await corrections.wanted(workspace, number, days):
        channel = cast("discord.Client", client).get_channel(correction.channel)
        if not isinstance(channel, discord.TextChannel | discord.Thread) or channel.guild.id != workspace:
            continue
        if not await corrections.take(workspace, correction):
            continue
        if posted:
            await asyncio.sleep(_PAUSE)
        with contextlib.suppress(discord.HTTPException):
            await _send(channel, correction)
            posted += 1
    return posted


async def _send(channel: discord.TextChannel | discord.Thread, correction: Correction) -> None:
    plain = not embeds_allowed(channel, channel.guild.me)
    pages = correction_pages(correction, plain=plain)
    reply = Reply.to(channel.get_partial_message(correction.message))
    for page in pages:
        await channel.send(**page_message(page, plain=plain), **reply, silent=True)


def correction_pages(correction: Correction, *, plain: bool) -> list[Page]:
    """What it said and what it says now, both in whole blocks; a moderator's reason stays in the history."""
    change = correction.change
    kinds = ", ".join(change.kinds)
    opening = f"{change.after.ref} was shown here otherwise than it stands now ({kinds})."
    bodies = pack(change_cards(change), CONTENT - 300 if plain else DESCRIPTION, opening)
    return [
        Page(f"Correction: {change.after.ref}", "\n".join((*((opening,) if not at else ()), *body)))
        for at, body in enumerate(bodies)
    ]
