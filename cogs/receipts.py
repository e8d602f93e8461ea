"""What answers were based on, what changed since, and corrections that follow them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from discord import app_commands
from discord.ext import commands

from bot.core.asking.reading.days import leading_day
from bot.core.asking.search import Found, Nothing, Unsure
from bot.core.dates import day_words
from bot.core.wording import refused, say
from bot.errors import NotFound
from bot.services.answers import Snapshot
from bot.services.corrections import WINDOW_DAYS
from bot.ui.asking.answers import found_pages, nothing_page, title_of
from bot.ui.kit.checks import moderators_only
from bot.ui.kit.claim_ids import LinkedClaim
from bot.ui.kit.context import Context
from bot.ui.kit.pages import send_pages
from bot.ui.kit.readable import message_meant
from bot.ui.tracing.corrections import Correct, correction_pages, post, posted_line
from bot.ui.tracing.receipts import receipt_pages

Days = commands.Range[int, 1, 365]


class Receipts(commands.Cog):
    """Go back to what was answered."""

    @commands.hybrid_command(extras={"examples": ("receipt https://discord.com/channels/1/2/3", "receipt")})
    @app_commands.describe(message="A link to an answer of the bot; as a text command, a reply to it will do.")
    @commands.guild_only()
    async def receipt(self, ctx: Context, *, message: commands.Range[str, 0, 200] = "") -> None:
        """See what an answer was based on, and what has changed since."""
        meant = await message_meant(ctx, message)
        if meant is None:
            raise refused("Give a link to an answer, or reply to it with {prefix}receipt.", prefix=ctx.clean_prefix)
        since = await ctx.services.corrections.since(ctx.workspace, meant.message.id)
        if since is None:
            raise NotFound(
                say("There is no receipt for that message: it showed no claim, or its receipt was kept no more.")
            )
        zone = (await ctx.services.setups.of(ctx.workspace)).zone
        await send_pages(ctx, receipt_pages(since, zone, plain=ctx.plain))

    @commands.hybrid_command(extras={"examples": ("asof yesterday {topic}",)})
    @app_commands.describe(day="The day, like 2025-12-01 or yesterday.", question="What to ask.")
    async def asof(
        self, ctx: Context, day: commands.Range[str, 1, 20], *, question: commands.Range[str, 1, 300]
    ) -> None:
        """Ask the fact base as it stood at the end of a day."""
        zone = ZoneInfo((await ctx.services.setups.of(ctx.workspace)).zone)
        today = ctx.services.clock().astimezone(zone).date()
        wanted, asked = leading_day(f"{day} {question}", today) or (None, "")
        if wanted is None or not asked:
            raise refused(
                "Give a day and a question, as in {prefix}asof yesterday and a topic.", prefix=ctx.clean_prefix
            )
        if wanted > today:
            raise refused("That day is still to come; ask without asof for how it stands now.")
        end = datetime.combine(wanted, time.max, zone).astimezone(UTC)
        await ctx.snapshot()
        base = await ctx.services.past.base(ctx.workspace, end)
        if not base.claims:
            span = await ctx.services.past.written(ctx.workspace)
            held = say("This server's fact base held no claims on {day}.", day=day_words(wanted))
            first = day_words(span[0].astimezone(zone).date()) if span else ""
            raise NotFound(f"{held} {say('It begins on {day}.', day=first)}" if first else held)
        snapshot = Snapshot(base)
        result = await asyncio.to_thread(snapshot.ask, asked)
        match result:
            case Found():
                title = say("As of {day}: {subject}", day=day_words(wanted), subject=title_of(result))
                await send_pages(ctx, found_pages(snapshot, result, title, plain=ctx.plain))
            case Nothing():
                await send_pages(ctx, [nothing_page(result, snapshot.base)])
            case Unsure():
                readings = ", ".join(f"“{option.label}”" for option in result.options)
                raise refused(
                    "That can be read in more than one way; say which is meant: {readings}.", readings=readings
                )

    @commands.hybrid_command(extras={"examples": ("correct {claim}", "correct {claim} 30")})
    @app_commands.describe(
        claim="The claim's id, or a link to an answer that showed it.", days="How far back answers are corrected."
    )
    @moderators_only()
    async def correct(self, ctx: Context, claim: LinkedClaim, days: Days = WINDOW_DAYS) -> None:
        """See where a claim was shown otherwise than it stands, and post corrections there."""
        number = claim.number
        wanted = await ctx.services.corrections.wanted(ctx.workspace, number, days)
        if not wanted:
            await ctx.tell(
                say(
                    "In the last {days} days C{number} was not shown otherwise, or its readers were told.",
                    days=days,
                    number=number,
                )
            )
            return
        if (await ctx.services.setups.of(ctx.workspace)).corrections:
            await ctx.tell(posted_line([number], len(await post(ctx.bot, ctx.workspace, number, days))))
            return
        channels = ", ".join(f"<#{each.channel}>" for each in wanted[:10])
        pages = correction_pages(wanted[0], plain=ctx.plain)
        await send_pages(ctx, pages, [Correct(number, days)])
        await ctx.tell(say("This would be posted once in {channels}.", channels=channels))
