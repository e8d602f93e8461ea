"""Posting what is due: each slot once, through restarts, crashes, other processes and Discord's errors."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import cast

import discord

from bot.core.briefing.deliveries import Due, Schedule
from bot.core.setup import BRIEFINGS
from bot.core.wording import say, speak_as
from bot.errors import NotFound
from bot.services.briefings import Digest
from bot.services.services import Services
from bot.ui.briefing.briefings import heading
from bot.ui.briefing.digests import digest_messages
from bot.ui.kit.embeds import Page
from bot.ui.kit.host import channel_of
from bot.ui.kit.places import Chat, Place, begin_post

log = logging.getLogger(__name__)

_PART = re.compile(r" · part (\d+) of (\d+)")
_CLOCKS_APART = timedelta(minutes=5)
"""Discord dates its messages by its own clock; ours may be ahead of it."""
_SEND_S, _PUBLISH_S = 60, 20
"""Well within the lease: what is still under way when it ends could come after the next one's look for it."""


@dataclass(eq=False, repr=False)
class Postman:
    """Delivers briefings to channels."""

    _bot: discord.Client
    _its: Services

    async def post_now(self, schedule: Schedule) -> int:
        """Post a schedule's briefing besides its own times; in how many messages, 0 when Discord would not."""
        return await self.deliver(await self._its.deliveries.take_now(schedule))

    async def deliver(self, due: Due) -> int:
        """
        Post a slot, or note why not; how many messages it took.

        A passing failure leaves the slot as it is: its lease runs out and somebody tries again, finding by the stamp
        what was posted already.
        """
        try:
            return await self._deliver(due)
        except (discord.NotFound, discord.Forbidden) as error:
            await self._give_up(
                due, say("Discord no longer lets Caveat post there ({why})", why=error.text or say("no access"))
            )
        except NotFound as error:
            await self._give_up(due, str(error))
        except (discord.HTTPException, TimeoutError) as error:
            log.warning("%s could not be posted yet: %s", due.stamp, error)
        return 0

    async def _deliver(self, due: Due) -> int:
        place = await self._place(due.schedule.channel)
        setup = await self._its.setups.of(due.schedule.workspace)
        speak_as(setup)
        if setup.mutes(place.id, BRIEFINGS):
            await self._skip(due, say("briefings are switched off in this channel"))
            return 0
        digest = await self._its.briefings.digest(due.schedule, due.last)
        options = due.schedule.options
        if options.skip_unchanged and digest.since is not None and not digest.changes:
            await self._skip(due, say("nothing changed"))
            return 0
        plain = not place.permissions_for(place.guild.me).embed_links
        messages = await asyncio.to_thread(digest_messages, digest, due, self._its.clock(), setup.zone, plain=plain)
        chat, there = await self._begun(place, due)
        if there is None:
            return 0
        title = heading(digest.report.briefing)
        sent: list[int] = []
        role = place.guild.get_role(options.mention) if options.mention else None
        for part, page in enumerate(messages, start=1):
            if part not in there:
                if not await self._its.deliveries.held(due):
                    return 0
                notified = role if part == 1 else None
                chat, there[part] = await self._send(
                    chat or place, page, due.nonce(part), title, notified, plain=plain
                )
            sent.append(there[part])
        await self._its.deliveries.posted(due, sent, digest.report)
        if chat is not None:
            self._note(chat, sent, messages, digest)
        return len(sent)

    async def _begun(self, place: Place, due: Due) -> tuple[Chat | None, dict[int, int] | None]:
        """Where the slot's messages are, or None for a forum without a post yet; and what `_there` says of them."""
        if not isinstance(place, discord.ForumChannel):
            return place, await self._there(place, due) if due.resumed else {}
        since = due.slot - _CLOCKS_APART
        posts = [each for each in place.threads if each.created_at and each.created_at >= since]
        for post in posts if due.resumed else ():
            there = await self._there(post, due) if post.owner_id == place.guild.me.id else {}
            if there or there is None:
                return post, there
        return None, {}

    def _note(self, channel: Chat, sent: list[int], messages: list[Page], digest: Digest) -> None:
        asked = f"briefing {digest.report.briefing.subject}".strip()
        for message, page in zip(sent, messages, strict=False):
            self._its.receipts.note(channel.guild.id, channel.id, message, asked, page.shown)

    async def _place(self, channel: int) -> Place:
        found = await channel_of(self._bot, channel)
        if not isinstance(found, Place):
            raise NotFound(say("a briefing can only be posted in a channel, a thread or a forum"))
        return found

    async def _there(self, channel: Chat, due: Due) -> dict[int, int] | None:
        """Parts of the slot that are in the channel already, by their stamp; None when the lease went meanwhile."""
        found: dict[int, int] = {}
        me, seen = self._bot.user.id if self._bot.user else 0, 0
        try:
            async for message in channel.history(limit=None, after=due.slot - _CLOCKS_APART):
                seen += 1
                if seen % 100 == 0 and not await self._its.deliveries.held(due):
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
    async def _send(
        place: Place, page: Page, nonce: str, title: str, role: discord.Role | None = None, *, plain: bool
    ) -> tuple[Chat, int]:
        """
        Send a message, in a forum as the first of a new post; where it is now, and its id.

        Args:
            role: Alone is notified, of all that the text may name.
        """
        head = say("For {role}", role=role.mention) if role else ""
        content = "\n".join(filter(None, (head, page.content() if plain else ""))) or None
        allowed = discord.AllowedMentions(everyone=False, users=False, roles=[_named(role)] if role else False)
        embeds = [] if plain else page.embeds()
        if isinstance(place, discord.ForumChannel):
            async with asyncio.timeout(_SEND_S):
                post, message = await begin_post(place, title, content, embeds, allowed)
            return post, message.id
        channel = place
        async with asyncio.timeout(_SEND_S):
            message = await channel.send(
                content, embeds=embeds, nonce=nonce, silent=role is None, allowed_mentions=allowed
            )
        if isinstance(channel, discord.TextChannel) and channel.is_news():
            with contextlib.suppress(discord.HTTPException, TimeoutError):
                async with asyncio.timeout(_PUBLISH_S):  # Discord allows few an hour; nothing is to wait for that
                    await message.publish()
        return channel, message.id

    async def _skip(self, due: Due, why: str) -> None:
        log.info("%s is skipped: %s", due.stamp, why)
        await self._its.deliveries.skipped(due, why)

    async def _give_up(self, due: Due, why: str) -> None:
        """Pause the schedule and tell the moderators, once."""
        log.warning("%s cannot be posted, its schedule pauses: %s", due.stamp, why)
        await self._its.deliveries.failed(due, why)
        setup = await self._its.setups.of(due.schedule.workspace)
        speak_as(setup)
        channel = self._bot.get_channel(setup.review_channel) if setup.review_channel else None
        if isinstance(channel, discord.abc.Messageable):
            line = say(
                "Schedule {id} ({rhythm}, in {channel}) is paused: {why}. !briefing resume {id} starts it again.",
                id=due.schedule.id,
                rhythm=due.schedule.rhythm.words,
                channel=f"<#{due.schedule.channel}>",
                why=why.rstrip("."),
            )
            with contextlib.suppress(discord.HTTPException):
                await channel.send(line, silent=True)


def _named(role: discord.Role) -> discord.abc.Snowflake:
    """*role* by an id that is a string, as Discord's description wants it; discord.py's own sends a number."""
    return cast("discord.abc.Snowflake", SimpleNamespace(id=str(role.id)))


def _stamped(message: discord.Message, stamp: str) -> re.Match[str] | None:
    """Which part of a slot the message says it is, and of how many; None when it is of another or of none."""
    for text in (message.content, *(embed.footer.text or "" for embed in message.embeds)):
        at = text.rfind(stamp)
        if at >= 0:
            return _PART.match(text, at + len(stamp))
    return None
