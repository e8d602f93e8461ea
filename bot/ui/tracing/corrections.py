"""Corrections: offered to moderators, posted where a claim was shown otherwise, once for each channel."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from typing import Any

import discord

from bot.core.plurals import plural
from bot.core.wording import say
from bot.services.corrections import WINDOW_DAYS, Correction, Corrections
from bot.ui.briefing.digests import change_cards
from bot.ui.kit.checks import Rank
from bot.ui.kit.context import Reply, embeds_allowed
from bot.ui.kit.embeds import CONTENT, DESCRIPTION, Page, packed_pages
from bot.ui.kit.failures import tell
from bot.ui.kit.host import Host, Press, channel_if_any, host_of, workspace_of
from bot.ui.kit.lasting import LastingButton
from bot.ui.kit.places import Chat

log = logging.getLogger(__name__)

_PAUSE = 1.0
"""Seconds between two corrections, so that a claim shown everywhere does not flood a server."""

_NAMED = 10
ALL = 0
"""In place of a claim's number: every claim that was shown otherwise."""

_TEMPLATE = r"caveat:correct:(?P<number>\d{1,9}):(?P<days>\d{1,4})"


class Correct(LastingButton, template=_TEMPLATE):
    """Posts the corrections for one claim, or for `ALL` that are due."""

    needed = Rank.MODERATOR

    def __init__(self, number: int, days: int) -> None:
        super().__init__(
            say("Post corrections"), f"caveat:correct:{number}:{days}", style=discord.ButtonStyle.primary
        )
        self._number = number
        self._days = days

    async def press(self, press: Press) -> None:
        """Post them."""
        await press.response.defer()
        workspace, numbers = workspace_of(press), [self._number]
        if self._number == ALL:
            numbers = await press.client.services.corrections.outdated(workspace, days=self._days)
        await tell(press, posted_line(numbers, await post_all(press.client, workspace, numbers, self._days)))


def posted_line(numbers: Sequence[int], posted: int) -> str:
    """How many channels were told of which claims."""
    if not numbers:
        return say("No claim is left that was shown otherwise and whose readers were not told yet.")
    named = _refs(numbers)
    if not posted:
        return say("No channel is left that was shown {named} otherwise and not told yet.", named=named)
    return say("Corrected {named} in {channels}.", named=named, channels=plural(posted, "channel"))


def _refs(numbers: Sequence[int]) -> str:
    named = ", ".join(f"C{number}" for number in numbers[:_NAMED])
    left = len(numbers) - _NAMED
    return named if left <= 0 else say("{named} and {more}", named=named, more=plural(left, "more claim"))


async def offer(corrections: Corrections, workspace: int, numbers: Sequence[int]) -> dict[str, Any]:
    """The message that offers corrections of the claims with these *numbers*."""
    view = discord.ui.View(timeout=None)
    view.add_item(Correct(numbers[0] if len(numbers) == 1 else ALL, WINDOW_DAYS))
    channels: dict[int, None] = {}
    for number in numbers[:_NAMED]:
        channels |= dict.fromkeys(each.channel for each in await corrections.wanted(workspace, number))
    places = ", ".join(f"<#{channel}>" for channel in list(channels)[:_NAMED])
    line = say(
        "Shown otherwise in the last {days} days, in {channels}: {refs}.",
        days=WINDOW_DAYS,
        channels=places,
        refs=_refs(numbers),
    )
    return {"content": line, "view": view}


async def post_all(client: discord.Client, workspace: int, numbers: Sequence[int], days: int) -> int:
    """Post the corrections for several claims; in how many channels, each counted once."""
    told: set[int] = set()
    for number in numbers:
        told |= await post(host_of(client), workspace, number, days, pause=bool(told))
    return len(told)


async def post(host: Host, workspace: int, number: int, days: int, *, pause: bool = False) -> set[int]:
    """Post the corrections for a claim that were not posted yet; in which channels."""
    told: set[int] = set()
    for correction in await host.services.corrections.wanted(workspace, number, days):
        channel = await channel_if_any(host, correction.channel)
        if not isinstance(channel, Chat) or channel.guild.id != workspace:
            continue
        if not await host.services.corrections.take(workspace, correction):
            continue
        if told or pause:
            await asyncio.sleep(_PAUSE)
        with contextlib.suppress(discord.HTTPException):
            for sent in await _send(channel, correction):
                host.services.receipts.note(workspace, channel.id, sent, "", [correction.change.after])
            told.add(channel.id)
    return told


async def _send(channel: Chat, correction: Correction) -> list[int]:
    plain = not embeds_allowed(channel, channel.guild.me)
    pages = correction_pages(correction, plain=plain)
    reply = Reply.to(channel.get_partial_message(correction.message))
    return [(await channel.send(**page.message(plain=plain), **reply, silent=True)).id for page in pages]


def correction_pages(correction: Correction, *, plain: bool) -> list[Page]:
    """What it said and what it says now, both in whole blocks; a moderator's reason stays in the history."""
    change = correction.change
    kinds = ", ".join(map(say, change.kinds))
    opening = say("{ref} was shown here otherwise than it stands now ({kinds}).", ref=change.after.ref, kinds=kinds)
    title, room = say("Correction: {ref}", ref=change.after.ref), CONTENT - 300 if plain else DESCRIPTION
    return packed_pages(title, change_cards(change), opening=opening, room=room)
