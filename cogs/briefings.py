"""Briefings: composed reports on demand, by schedule, or live in one message."""

from __future__ import annotations

import asyncio
import re
from typing import Annotated, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.background.live_briefings import LiveBriefings
from bot.background.scheduler import Scheduler
from bot.background.sender import Postman
from bot.core.asking.comparison import panels
from bot.core.briefing.deliveries import Due, Schedule
from bot.core.briefing.options import read_options
from bot.core.plurals import plural
from bot.core.wording import refused, say
from bot.ui.asking.pictures import Pictures
from bot.ui.briefing.briefings import briefing_pages
from bot.ui.briefing.digests import changes_part, digest_messages, live_line, schedule_line
from bot.ui.briefing.documents import markdown_of, pdf_of
from bot.ui.kit.checks import moderators_only
from bot.ui.kit.completion import entry_choices
from bot.ui.kit.context import Context
from bot.ui.kit.embeds import packed_pages
from bot.ui.kit.files import attachment
from bot.ui.kit.host import channel_if_any
from bot.ui.kit.pages import send_pages
from bot.ui.kit.places import Named, Place, PlaceOption, place_for

About = commands.Range[str, 0, 300]
Number = commands.Range[int, 1, 1_000_000_000]
_LINES = 10
_AS_FILE = re.compile(r"(?:^|\s)as(?::\s*|\s+)(?:files?|pdf|markdown)(?=\s|$)", re.IGNORECASE)


class Briefings(commands.Cog):
    """Get briefings, on demand and on schedule."""

    def __init__(
        self, postman: Postman, live_briefings: LiveBriefings, scheduler: Scheduler, pictures: Pictures
    ) -> None:
        self._postman = postman
        self._live_briefings = live_briefings
        self._scheduler = scheduler
        self._pictures = pictures

    @commands.hybrid_command(extras={"examples": ("brief", "brief {topic}", "brief {place} as: file")})
    @app_commands.describe(about="A topic, place or party; nothing for everything.", form="Pages here, or files.")
    @app_commands.autocomplete(about=entry_choices)
    async def brief(self, ctx: Context, form: Literal["pages", "file"] | None = None, *, about: About = "") -> None:
        """Get a briefing: claims by question, conflicts side by side, when, by whom, and what is unknown."""
        wanted, typed = _AS_FILE.subn("", about)
        await ctx.defer()
        digest = await ctx.services.briefings.recent(ctx.workspace, wanted)
        report = digest.report
        if typed or form == "file":
            markdown = (await asyncio.to_thread(markdown_of, report.briefing, report.base)).encode()
            pdf = await asyncio.to_thread(pdf_of, report.briefing, report.base)
            files = [attachment("briefing.md", markdown), attachment("briefing.pdf", pdf)]
            told = say(
                "The briefing as Markdown and as PDF; every claim in it keeps its attribution and verification."
            )
            await ctx.respond(content=told, files=files)
            return
        zone = (await ctx.services.setups.held(ctx.workspace)).zone
        changed = await asyncio.to_thread(changes_part, digest, zone)
        pages = await asyncio.to_thread(
            briefing_pages, report.briefing, report.base, plain=ctx.plain, changed=changed
        )
        compared = panels(report.briefing.claims, report.base.metrics)
        title = report.briefing.subject or say("Briefing")
        picture = await self._pictures.of(ctx.workspace, report.base.revision, title, compared)
        await send_pages(ctx, pages, picture=picture)

    @commands.hybrid_group(extras={"examples": ("briefing",)})
    @moderators_only()
    async def briefing(self, ctx: Context) -> None:
        """List this server's scheduled and live briefings."""
        lines = [await self._line(ctx, each) for each in await ctx.services.briefings.list(ctx.workspace)]
        standing = await self._live_briefings.standing(ctx.workspace)
        subject = ctx.services.briefings.subject
        lines += [live_line(each, await subject(ctx.workspace, each.about)) for each in standing]
        none = "" if lines else say("There are none. !briefing schedule #channel daily 08:00 makes one.")
        await send_pages(ctx, packed_pages(say("Scheduled and live briefings"), lines, opening=none, most=_LINES))

    @briefing.command(name="list", extras={"examples": ("briefing list",)})
    @moderators_only()
    async def list_(self, ctx: Context) -> None:
        """List this server's scheduled and live briefings."""
        await self.briefing(ctx)

    @staticmethod
    async def _line(ctx: Context, schedule: Schedule) -> str:
        subject = await ctx.services.briefings.subject(schedule.workspace, schedule.about)
        return schedule_line(schedule, subject, await ctx.services.setups.of(schedule.workspace))

    @briefing.command(
        extras={
            "examples": (
                "briefing schedule #briefings daily 08:00 Europe/Kyiv {topic}",
                "briefing schedule #briefings weekly mon 07:30 {place} skip",
                "briefing schedule #briefings weekdays 07:30 {topic} changes only mention @analysts",
            )
        }
    )
    @app_commands.describe(
        channel="Where it is posted.",
        when="Like “daily 08:00” with a topic, “weekly mon 07:30 skip”, “changes only”, or “mention” and a role.",
    )
    @moderators_only()
    async def schedule(
        self, ctx: Context, channel: Annotated[Named, PlaceOption], *, when: commands.Range[str, 1, 300]
    ) -> None:
        """Post a briefing in a channel daily, on weekdays or weekly; it begins with what changed."""
        place = await place_for(ctx.author, channel)
        _notifiable(ctx, place, read_options(when)[0].mention)
        made = await ctx.services.briefings.schedule(ctx.workspace, place.id, when, str(ctx.author.id))
        self._scheduler.wake()
        await ctx.respond(content=await self._line(ctx, made))

    @briefing.command(extras={"examples": ("briefing preview 3",)})
    @app_commands.describe(schedule="The schedule's number.")
    @moderators_only()
    async def preview(self, ctx: Context, schedule: Number) -> None:
        """See what a schedule would post now, without posting it there."""
        found = await ctx.services.briefings.get(ctx.workspace, schedule)
        digest = await ctx.services.briefings.digest(found, await ctx.services.briefings.last(found))
        zone = (await ctx.services.setups.of(ctx.workspace)).zone
        now = ctx.services.clock()
        due = Due(found, now)
        messages = await asyncio.to_thread(digest_messages, digest, due, now, zone, plain=ctx.plain)
        await send_pages(ctx, messages)

    @briefing.command(extras={"examples": ("briefing pause 3",)})
    @app_commands.describe(schedule="The schedule's number.")
    @moderators_only()
    async def pause(self, ctx: Context, schedule: Number) -> None:
        """Stop a schedule for the time being."""
        await self._switch(ctx, schedule, "paused")

    @briefing.command(extras={"examples": ("briefing resume 3",)})
    @app_commands.describe(schedule="The schedule's number.")
    @moderators_only()
    async def resume(self, ctx: Context, schedule: Number) -> None:
        """Let a paused schedule go on, from its next time on."""
        await self._switch(ctx, schedule, "active")

    @briefing.command(extras={"examples": ("briefing cancel 3",)})
    @app_commands.describe(schedule="The schedule's number.")
    @moderators_only()
    async def cancel(self, ctx: Context, schedule: Number) -> None:
        """End a schedule for good."""
        found = await ctx.services.briefings.switch(ctx.workspace, schedule, "cancelled")
        await ctx.respond(content=say("Schedule {id} is cancelled; it posts no more.", id=found.id))

    async def _switch(self, ctx: Context, schedule: int, state: str) -> None:
        if state == "active":
            await self._check_place(ctx, await ctx.services.briefings.get(ctx.workspace, schedule))
        found: Schedule = await ctx.services.briefings.switch(ctx.workspace, schedule, state)
        self._scheduler.wake()
        await ctx.respond(content=await self._line(ctx, found))

    @staticmethod
    async def _check_place(ctx: Context, schedule: Schedule) -> None:
        """Raise `Refused` where whoever lets it post may not post themselves; a place that is gone is told later."""
        channel = await channel_if_any(ctx.bot, schedule.channel)
        if isinstance(channel, Named):
            await place_for(ctx.author, channel)

    @briefing.command(extras={"examples": ("briefing run 3",)})
    @app_commands.describe(schedule="The schedule's number.")
    @moderators_only()
    async def run(self, ctx: Context, schedule: Number) -> None:
        """Post a schedule's briefing in its channel now, besides its own times."""
        found = await ctx.services.briefings.get(ctx.workspace, schedule)
        await self._check_place(ctx, found)
        count = await self._postman.post_now(found)
        if not count:
            raise refused("It could not be posted there; !briefing list says why.")
        channel, messages = f"<#{found.channel}>", plural(count, "message")
        await ctx.respond(content=say("Posted in {channel}: {messages}.", channel=channel, messages=messages))

    @briefing.command(extras={"examples": ("briefing pin #situation {topic}",)})
    @app_commands.describe(channel="Where it stands.", about="A topic, place or party; nothing for everything.")
    @app_commands.autocomplete(about=entry_choices)
    @moderators_only()
    async def pin(self, ctx: Context, channel: Annotated[Named, PlaceOption], *, about: About = "") -> None:
        """Post one message that is edited whenever the fact base changes."""
        place = await place_for(ctx.author, channel)
        message = await self._live_briefings.pin(ctx.workspace, place, about)
        told = say("A live briefing stands in {channel} now: {link}", channel=channel.mention, link=message.jump_url)
        await ctx.respond(content=told)

    @briefing.command(extras={"examples": ("briefing unpin #situation",)})
    @app_commands.describe(channel="Where the live briefing stands.")
    @moderators_only()
    async def unpin(self, ctx: Context, channel: Annotated[Named, PlaceOption]) -> None:
        """Stop editing a channel's live briefings, which then say that they ended."""
        where, count = channel.mention, await self._live_briefings.unpin(ctx.workspace, channel.id)
        if not count:
            raise refused("No live briefing stands in {channel}; !briefing list shows where one does.", channel=where)
        ended = plural(count, "live briefing")
        await ctx.respond(content=say("Edited no more: {briefings} in {channel}.", briefings=ended, channel=where))


def _notifiable(ctx: Context, channel: Place, mention: int | None) -> None:
    """Refuse a role that is not there, or that the person or Caveat may not notify in *channel*."""
    if mention is None:
        return
    role = channel.guild.get_role(mention)
    if role is None or role.is_default():
        raise refused("A briefing notifies one role of this server. Name a role that is there, or nobody.")
    persons = isinstance(ctx.author, discord.Member) and channel.permissions_for(ctx.author).mention_everyone
    if not role.mentionable and not (persons and channel.permissions_for(channel.guild.me).mention_everyone):
        raise refused(
            "That role cannot be notified: let anyone mention it (server settings, roles), or give both yourself "
            "and Caveat the permission to mention all roles."
        )
