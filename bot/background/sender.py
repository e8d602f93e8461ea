"""Posting what is due: each slot once, through restarts, crashes, other processes and Discord's errors."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from datetime import timedelta
from typing import Any

import aiohttp
import discord

from bot.core.briefing.deliveries import Due, Schedule
from bot.core.dates import LANGUAGE
from bot.core.setup import BRIEFINGS
from bot.errors import NotFound
from bot.services.briefings import Briefings, Deliveries, Digest
from bot.services.ports import Clock
from bot.services.receipts import Receipts
from bot.services.setups import Setups
from bot.ui.briefing.digests import digest_messages
from bot.ui.kit.context import embeds_allowed
from bot.ui.kit.embeds import Page

log = logging.getLogger(__name__)

Channel = discord.TextChannel | discord.Thread | discord.VoiceChannel
_PART = re.compile(r" · part (\d+) of (\d+)")
_CLOCKS_APART = timedelta(minutes=5)
"""Discord dates its messages by its own clock; ours may be ahead of it."""
_SEND_S, _PUBLISH_S = 60, 20
"""Well within the lease: what is still under way when it ends could come after the next one's look for it."""


class Postman:
    """Delivers briefings to channels."""

    def __init__(
        self,
        bot: discord.Client,
        briefings: Briefings,
        deliveries: Deliveries,
        setups: Setups,
        receipts: Receipts,
        clock: Clock,
    ) -> None:
        self._bot = bot
        self._briefings = briefings
        self._deliveries = deliveries
        self._setups = setups
        self._receipts = receipts
        self._clock = clock

    async def post_now(self, schedule: Schedule) -> int:
        """Post a schedule's briefing besides its own times; in how many messages, 0 when Discord would not."""
        return await self.deliver(await self._deliveries.take_now(schedule))

    async def deliver(self, due: Due) -> int:
        """
        Post a slot, or note why not; how many messages it took.

        A passing failure leaves the slot as it is: its lease runs out and somebody tries again, finding by the stamp
        what was posted already.
        """
        try:
            return await self._deliver(due)
        except (discord.NotFound, discord.Forbidden) as error:
            await self._give_up(due, f"Discord no longer lets Caveat post there ({error.text or 'no access'})")
        except NotFound as error:
            await self._give_up(due, str(error))
        except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
            log.warning("%s could not be posted yet: %s", due.stamp, error)
        return 0

    async def _deliver(self, due: Due) -> int:
        channel = await self._channel(due.schedule.channel)
        setup = await self._setups.of(due.schedule.workspace)
        LANGUAGE.set(setup.dates)
        if setup.mutes(channel.id, BRIEFINGS):
            await self._skip(due, "briefings are switched off in this channel")
            return 0
        digest = await self._briefings.digest(due.schedule, due.last)
        if due.schedule.skip_unchanged and digest.since is not None and not digest.changes:
            await self._skip(due, "nothing changed")
            return 0
        plain = not embeds_allowed(channel, channel.guild.me)
        messages = await asyncio.to_thread(digest_messages, digest, due, self._clock(), setup.zone, plain=plain)
        there = await self._there(channel, due) if due.resumed else {}
        if there is None:
            return 0
        sent: list[int] = []
        for part, pages in enumerate(messages, start=1):
            if part not in there:
                if not await self._deliveries.held(due):
                    return 0
                there[part] = await self._send(channel, pages, due.nonce(part), plain=plain)
            sent.append(there[part])
        await self._deliveries.posted(due, sent, digest.report)
        self._note(channel, sent, messages, digest)
        return len(sent)

    def _note(self, channel: Channel, sent: list[int], messages: list[list[Page]], digest: Digest) -> None:
        asked = f"briefing {digest.report.briefing.subject}".strip()
        for message, pages in zip(sent, messages, strict=False):
            claims = [claim for page in pages for claim in page.shown]
            self._receipts.note(channel.guild.id, channel.id, message, asked, claims)

    async def _channel(self, channel: int) -> Channel:
        found: Any = self._bot.get_channel(channel) or await self._bot.fetch_channel(channel)
        if not isinstance(found, Channel):
            raise NotFound("a briefing can only be posted in a text channel")
        return found

    async def _there(self, channel: Channel, due: Due) -> dict[int, int] | None:
        """Parts of the slot that are in the channel already, by their stamp; None when the lease went meanwhile."""
        found: dict[int, int] = {}
        me, seen = self._bot.user.id if self._bot.user else 0, 0
        try:
            async for message in channel.history(limit=None, after=due.slot - _CLOCKS_APART):
                seen += 1
                if seen % 100 == 0 and not await self._deliveries.held(due):
                    return None
                part = message.author.id == me and _stamped(message, due.stamp)
                if part:
                    found[int(part[1])] = message.id
                    if len(found) == int(part[2]):
                        break
        except discord.Forbidden:  # without Read Message History the nonce alone guards against a repeat
            log.warning("%s: the channel's history cannot be read to look for what was posted", due.stamp)
        return found

    @staticmethod
    async def _send(channel: Channel, pages: list[Page], nonce: str, *, plain: bool) -> int:
        embeds = [] if plain else [embed for page in pages for embed in page.embeds()]
        content = "\n".join(page.content() for page in pages) if plain else None
        async with asyncio.timeout(_SEND_S):
            message = await channel.send(content, embeds=embeds, nonce=nonce, silent=True)
        if isinstance(channel, discord.TextChannel) and channel.is_news():
            with contextlib.suppress(discord.HTTPException, TimeoutError):
                async with asyncio.timeout(_PUBLISH_S):  # Discord allows few an hour; nothing is to wait for that
                    await message.publish()
        return message.id

    async def _skip(self, due: Due, why: str) -> None:
        log.info("%s is skipped: %s", due.stamp, why)
        await self._deliveries.skipped(due, why)

    async def _give_up(self, due: Due, why: str) -> None:
        """Pause the schedule and tell the moderators, once."""
        log.warning("%s cannot be posted, its schedule pauses: %s", due.stamp, why)
        await self._deliveries.failed(due, why)
        setup = await self._setups.of(due.schedule.workspace)
        channel = self._bot.get_channel(setup.review_channel) if setup.review_channel else None
        if isinstance(channel, discord.abc.Messageable):
            line = (
                f"Schedule {due.schedule.id} ({due.schedule.rhythm.words}, in <#{due.schedule.channel}>) is paused: "
                f"{why}. !briefing resume {due.schedule.id} starts it again."
            )
            with contextlib.suppress(discord.HTTPException):
                await channel.send(line, silent=True)


def _stamped(message: discord.Message, stamp: str) -> re.Match[str] | None:
    """Which part of a slot the message says it is, and of how many; None when it is of another or of none."""
    for text in (message.content, *(embed.footer.text or "" for embed in message.embeds)):
        at = text.rfind(stamp)
        if at >= 0:
            return _PART.match(text, at + len(stamp))
    return None
