"""Live briefings: one message that is edited when the base changes, at most once a minute."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import discord

from bot.core.history.postings import Live
from bot.core.wording import later, refused, say, speak_as
from bot.errors import NotFound
from bot.services.briefings import Report
from bot.services.services import Services
from bot.ui.briefing.briefings import briefing_pages, heading
from bot.ui.briefing.layout import footed
from bot.ui.kit.embeds import Page
from bot.ui.kit.host import channel_if_any, channel_of
from bot.ui.kit.places import Place, begin_post
from bot.ui.moderating.changes import moment_words

log = logging.getLogger(__name__)

PAUSE = timedelta(minutes=1)
MOST = 50
"""Live briefings of one server: each of them is edited after every change."""


@dataclass(eq=False, repr=False)
class LiveBriefings:
    """Keeps live briefings up to date."""

    _bot: discord.Client
    _its: Services

    async def pin(self, workspace: int, place: Place, about: str) -> discord.Message:
        """Post a live briefing; raises `NotFound` or `Refused` where nothing goes by that name, or many stand."""
        subject = await self._its.briefings.named(workspace, about)
        if len(await self.standing(workspace)) >= MOST:
            raise refused("A server has {most} live briefings at most; unpin one first.", most=MOST)
        report = await self._its.briefings.report(workspace, subject)
        embeds = (await self._page(workspace, report)).embeds()
        if isinstance(place, discord.ForumChannel):
            _, message = await begin_post(place, heading(report.briefing), None, embeds)
        else:
            message = await place.send(embeds=embeds, silent=True)
        await self._its.postings.pin(
            Live(message.id, workspace, message.channel.id, subject, report.base.revision, self._its.clock())
        )
        return message

    async def standing(self, workspace: int) -> Sequence[Live]:
        """The live briefings of a workspace."""
        return await self._its.postings.live(workspace)

    async def unpin(self, workspace: int, channel: int) -> int:
        """Let the live briefings of a channel or forum go, which say so; how many there were."""
        standing = await self._its.postings.live(workspace)
        found = [each for each in standing if channel in await self._around(each.channel)]
        for each in found:
            await self._its.postings.unpin(each.message)
            await self._edit(each, ended=True)
        return len(found)

    async def _around(self, channel: int) -> set[int | None]:
        found = await channel_if_any(self._bot, channel)
        return {channel, found.parent_id if isinstance(found, discord.Thread) else None}

    async def refresh(self) -> None:
        """Edit every live briefing that shows an older base and was not edited within the last minute."""
        now = self._its.clock()
        for live in await self._behind():
            if live.edited_at + PAUSE <= now:
                await self._edit(live)

    async def next_edit(self) -> datetime | None:
        """When the next one may be edited; None when all are up to date."""
        return min((live.edited_at + PAUSE for live in await self._behind()), default=None)

    async def _behind(self) -> list[Live]:
        """Without holding their bases in memory."""
        standing = await self._its.postings.live()
        for workspace in {live.workspace for live in standing}:
            await self._its.workspaces.prepare(workspace)
        revisions = await self._its.workspaces.revisions({each.workspace for each in standing})
        return [live for live in standing if revisions.get(live.workspace) != live.revision]

    async def _edit(self, live: Live, *, ended: bool = False) -> None:
        """Show how things stand; a briefing that is *ended*, or whose subject is gone, says that it is."""
        speak_as(await self._its.setups.of(live.workspace))
        shown: int | None = None
        try:
            channel = await channel_of(self._bot, live.channel)
            try:
                report = await self._its.briefings.report(live.workspace, live.about)
            except NotFound:
                page = Page(say("Briefing"), say("This briefing has ended: the fact base no longer has its subject."))
            else:
                page, shown = await self._page(live.workspace, report, ended=ended), report.base.revision
            if isinstance(channel, discord.Thread) and channel.archived:
                await channel.edit(archived=False)  # in a thread that is put away, Discord lets nothing be edited
            await channel.get_partial_message(live.message).edit(embeds=page.embeds())
        except (discord.NotFound, discord.Forbidden) as error:
            log.warning("the live briefing %s is let go: %s", live.message, error)
            shown = None
        except discord.HTTPException as error:
            log.warning("the live briefing %s could not be edited yet: %s", live.message, error)
            shown = live.revision
        if shown is None:
            await self._its.postings.unpin(live.message)
        else:
            await self._its.postings.edited(live.message, shown, self._its.clock())

    async def _page(self, workspace: int, report: Report, *, ended: bool = False) -> Page:
        zone = (await self._its.setups.of(workspace)).zone
        span = await self._its.past.written(workspace)
        changed = moment_words(span[1] if span else report.at, zone)
        live = later("Live: edited when the fact base changes · last change {moment}")
        footer = say(later("Ended: edited no more · last change {moment}") if ended else live, moment=changed)
        first, *others = await asyncio.to_thread(
            briefing_pages, report.briefing, report.base, plain=False, posted=True
        )
        command = f"!brief {report.briefing.subject}".rstrip()
        return footed(first, *([say("more than fits here: {command}", command=command)] if others else []), footer)
