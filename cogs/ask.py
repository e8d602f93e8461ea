"""What a member can ask: who claimed what, and how far anybody checked it."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.core.asking.comparison import panels
from bot.core.asking.follow_ups import Wanted, about
from bot.core.asking.results import Result
from bot.core.asking.search import Found
from bot.core.asking.timeline import by_date, dated_words
from bot.core.briefing.subjects import names_of
from bot.core.wording import refused, say
from bot.services.answers import Snapshot
from bot.ui.asking.answers import show, sources_pages, title_of
from bot.ui.asking.pictures import Pictures
from bot.ui.asking.single_pages import comparison_pages, quote_text, topic_pages
from bot.ui.kit.claim_ids import REPLIED, LinkedLiveClaim
from bot.ui.kit.completion import entry_choices
from bot.ui.kit.context import Context
from bot.ui.kit.embeds import claim_pages
from bot.ui.kit.pages import keep_receipt, send_pages
from bot.ui.kit.readable import claims_shown
from bot.ui.kit.text import bold

QUESTION_LENGTH = 300
Question = commands.Range[str, 1, 300]


class Ask(commands.Cog):
    """Look up who claimed what."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures

    @commands.hybrid_command(
        extras={"examples": ("ask what is known about {topic}?", "ask who speaks of {compared}")}
    )
    @app_commands.describe(question="In your own words; spelling may be off.")
    @app_commands.autocomplete(question=entry_choices)
    async def ask(self, ctx: Context, *, question: Question) -> None:
        """Find what has been claimed, by whom, and how far it was checked."""
        snapshot = await ctx.snapshot()
        await show(ctx, snapshot, ctx.result or await snapshot.work_out(snapshot.ask, question))

    @commands.hybrid_command(extras={"examples": ("sources", "sources {place}", "sources {party}")})
    @app_commands.describe(about="A topic, place, party or figure; nothing for everybody.")
    @app_commands.autocomplete(about=entry_choices)
    async def sources(self, ctx: Context, *, about: Question = "") -> None:
        """See who says what: all claimants at a glance, then their claims."""
        snapshot = await ctx.snapshot()
        result = await snapshot.work_out(snapshot.about, about)
        if not isinstance(result, Found):
            await show(ctx, snapshot, result)
            return
        title = say("Sources: {subject}", subject=title_of(result)) if about else say("Sources")
        await send_pages(ctx, sources_pages(snapshot, result, title, plain=ctx.plain))

    @commands.hybrid_command(extras={"examples": ("quote {claim}",)})
    @app_commands.describe(claim="The claim's id, such as C14; as a text command, a reply to an answer will do.")
    async def quote(self, ctx: Context, *, claim: LinkedLiveClaim = REPLIED) -> None:
        """Get a claim as plain text that stays attributed when pasted elsewhere."""
        sent = await ctx.respond(content=quote_text(claim))
        keep_receipt(ctx, sent.id, [claim])

    @commands.hybrid_command(extras={"examples": ("topics",)})
    async def topics(self, ctx: Context) -> None:
        """List everything the fact base knows about; each name is a command."""
        snapshot = await ctx.snapshot()
        await send_pages(ctx, topic_pages(snapshot.base, ctx.clean_prefix))

    @commands.hybrid_command(extras={"examples": ("timeline", "timeline {topic}")})
    @app_commands.describe(about="A topic, place or party; nothing for everything.")
    @app_commands.autocomplete(about=entry_choices)
    async def timeline(self, ctx: Context, *, about: Question = "") -> None:
        """Read claims in the order of the events; partial dates are shown as such."""
        snapshot = await ctx.snapshot()
        result = await snapshot.work_out(snapshot.about, about)
        if not isinstance(result, Found):
            await show(ctx, snapshot, result)
            return
        pages = claim_pages(
            say("Timeline: {subject}", subject=title_of(result)) if about else say("Timeline"),
            by_date(result.claims),
            base=snapshot.base,
            heading=dated_words,
            plain=ctx.plain,
        )
        await send_pages(ctx, pages)

    @commands.hybrid_command(extras={"examples": ("compare {compared}",)})
    @app_commands.describe(topic="A topic, place or party with figures; as a text command, a reply will do.")
    @app_commands.autocomplete(topic=entry_choices)
    async def compare(self, ctx: Context, *, topic: commands.Range[str, 0, QUESTION_LENGTH] = "") -> None:
        """Put conflicting figures side by side, by claimant, one block per metric."""
        await ctx.defer()
        snapshot = await ctx.snapshot()
        result = await self._compared(ctx, snapshot, topic)
        if not isinstance(result, Found):
            await show(ctx, snapshot, result)
            return
        compared = panels(result.claims, snapshot.base.metrics)
        subject = title_of(result)
        if not compared:
            await ctx.tell(
                say(
                    "No claim about {subject} gives a figure, so there is nothing to compare. "
                    "{prefix}sources shows the claims.",
                    subject=bold(subject),
                    prefix=ctx.clean_prefix,
                )
            )
            return
        picture = await self._pictures.of(ctx.workspace, snapshot.base.revision, names_of(result), compared)
        pages = comparison_pages(say("Compare: {subject}", subject=subject), compared, snapshot.base, plain=ctx.plain)
        await send_pages(ctx, pages, picture=picture)

    async def _compared(self, ctx: Context, snapshot: Snapshot, topic: str) -> Result:
        """The claims about *topic*; or those of the answer replied to, with every side of their conflicts."""
        if topic.strip():
            return await snapshot.work_out(snapshot.about, topic)
        shown = await claims_shown(ctx, snapshot.base)
        if not shown:
            raise refused(
                "Give a topic, place or party, or reply to an answer with {prefix}compare.",
                prefix=ctx.clean_prefix,
            )
        return about(shown, frozenset({Wanted.SIDES}), snapshot.base, topic)
