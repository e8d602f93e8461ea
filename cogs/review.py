"""The moderators' queue: what is due, proposed or challenged, and settling it; challenging a claim."""

from __future__ import annotations

from dataclasses import replace

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.editing.queue import REVIEW_DAYS, Challenge, Outcome
from bot.core.rules.headlines import figure_in, headline_in
from bot.core.wording import say
from bot.services.curation import Overtaken
from bot.services.reviewing import CHALLENGE_LENGTH
from bot.ui.kit.checks import moderators_only
from bot.ui.kit.claim_ids import AnyClaim, LinkedLiveClaim
from bot.ui.kit.context import Context
from bot.ui.kit.direct_messages import server_named, write_to
from bot.ui.kit.embeds import CONTENT, card, too_long
from bot.ui.kit.pages import send_pages, together
from bot.ui.kit.readable import may_read_behind
from bot.ui.kit.text import own_words
from bot.ui.moderating.challenges import announce_challenge, thanks
from bot.ui.moderating.changes import proposal_pages
from bot.ui.moderating.proposals import decision_view, stale_pages
from bot.ui.moderating.reviews import queue_pages, review_line

Number = commands.Range[int, 1, 1_000_000_000]
Words = commands.Range[str, 1, 300]


class Review(commands.Cog):
    """Settle what waits for a moderator."""

    @commands.hybrid_group(fallback="queue", extras={"discreet": True, "examples": ("review",)})
    @moderators_only()
    async def review(self, ctx: Context) -> None:
        """See what waits: overdue reviews, challenges, proposals, unanswered questions."""
        setup = await ctx.services.setups.of(ctx.workspace)
        queue = await ctx.services.reviewing.queue(ctx.workspace)
        seen = [await self._as_seen(ctx, each) for each in queue.challenges]
        await send_pages(ctx, queue_pages(replace(queue, challenges=seen), setup.zone, ctx.clean_prefix))

    @staticmethod
    async def _as_seen(ctx: Context, challenge: Challenge) -> Challenge:
        """The challenge without what was asked, where that was asked in a place that whoever looks cannot read."""
        readable = not challenge.asked or await may_read_behind(ctx, challenge.link)
        return challenge if readable else replace(challenge, asked="")

    @review.command(extras={"examples": ("review done {claim}",)})
    @app_commands.describe(claim="The claim you looked over.")
    @moderators_only()
    async def done(self, ctx: Context, *, claim: AnyClaim) -> None:
        """Note that you looked a claim over today. It says nothing about whether the claim is true."""
        review = await ctx.services.reviewing.mark(ctx.workspace, claim.ref, str(ctx.author.id))
        await ctx.respond(content=review_line(review))

    @review.command(extras={"examples": ("review assign {claim} @somebody 30",)})
    @app_commands.describe(claim="The claim's id.", reviewer="Who looks it over.", days="How often, in days.")
    @moderators_only()
    async def assign(self, ctx: Context, claim: AnyClaim, reviewer: discord.User, days: Number = REVIEW_DAYS) -> None:
        """Say who looks a claim over, and how often."""
        review = await ctx.services.reviewing.assign(ctx.workspace, claim.ref, str(reviewer.id), days)
        await ctx.respond(content=review_line(review))

    @review.command(extras={"discreet": True, "examples": ("review proposal 3",)})
    @app_commands.describe(proposal="The proposal's number.")
    @moderators_only()
    async def proposal(self, ctx: Context, proposal: Number) -> None:
        """Look at a proposal, with buttons to approve or decline it."""
        found = await ctx.services.reviewing.proposal(ctx.workspace, proposal)
        title = f"{say('Proposal {id}', id=found.id)}: {say(found.state)}"
        pages = proposal_pages(title, found, plain=ctx.plain)
        if found.state == "open" and len(pages) == 1:
            await ctx.respond(**together(pages, plain=ctx.plain), view=decision_view(found.id))
            return
        await send_pages(ctx, pages)
        if found.state == "open":  # it is long: the buttons stand below, as its pages have their own
            await ctx.respond(
                content=say("Proposal {id} is decided on here.", id=found.id), view=decision_view(found.id)
            )

    @review.command(extras={"examples": ("review approve 3",)})
    @app_commands.describe(proposal="The proposal's number.")
    @moderators_only()
    async def approve(self, ctx: Context, proposal: Number) -> None:
        """Put somebody else's proposal in force."""
        try:
            settled = await ctx.services.reviewing.approve(
                ctx.workspace, proposal, str(ctx.author.id), where=ctx.channel.id
            )
        except Overtaken as overtaken:
            await send_pages(ctx, stale_pages(overtaken, plain=ctx.plain))
            return
        title = f"{say('Proposal {id}', id=proposal)}: {say('approved')}"
        await send_pages(ctx, proposal_pages(title, settled, reason=False, plain=ctx.plain))

    @review.command(extras={"examples": ("review decline 3",)})
    @app_commands.describe(proposal="The proposal's number.")
    @moderators_only()
    async def decline(self, ctx: Context, proposal: Number) -> None:
        """Set a proposal aside; your own, too."""
        await ctx.services.reviewing.decline(ctx.workspace, proposal, str(ctx.author.id))
        await ctx.respond(content=say("Proposal {id} is declined. Nothing was changed.", id=proposal))

    @review.command(extras={"examples": ("review uphold 5 mended in {claim}, thank you",)})
    @app_commands.describe(challenge="The challenge's number.", words="What to tell whoever made it.")
    @moderators_only()
    async def uphold(self, ctx: Context, challenge: Number, *, words: Words) -> None:
        """Close a challenge as justified; whoever made it is told."""
        await self._settle(ctx, challenge, Outcome.UPHELD, words)

    @review.command(extras={"examples": ("review dismiss 5 the source says so word for word",)})
    @app_commands.describe(challenge="The challenge's number.", words="What to tell whoever made it.")
    @moderators_only()
    async def dismiss(self, ctx: Context, challenge: Number, *, words: Words) -> None:
        """Close a challenge without a change; whoever made it is told."""
        await self._settle(ctx, challenge, Outcome.DISMISSED, words)

    async def _settle(self, ctx: Context, number: int, outcome: Outcome, words: str) -> None:
        closed = await ctx.services.reviewing.settle(ctx.workspace, number, outcome, str(ctx.author.id), words)
        bare = headline_in(words) or figure_in(words)
        told = await self._tell(ctx, closed, outcome, "" if bare else words)
        closing = say("Challenge {id} of {ref}: {outcome}.", id=number, ref=f"C{closed.number}", outcome=say(outcome))
        heard = (
            say("Whoever made it was told.")
            if told
            else say("Whoever made it could not be told: their direct messages are closed.")
        )
        kept = say("Your words are kept, but were not passed on: they hold a figure or vouch for one.")
        await ctx.respond(content=" ".join([closing, heard, *([kept] if bare else [])]))

    async def _tell(self, ctx: Context, closed: Challenge, outcome: Outcome, words: str) -> bool:
        """Our own sentence, the claim's whole block, and a moderator's words where no figure stands bare in them."""
        lines = [
            say(
                "Your challenge of {ref} in {server}: {outcome}.",
                ref=f"C{closed.number}",
                server=server_named(ctx.guild),
                outcome=say(outcome),
            )
        ]
        if words:
            lines.append(own_words(say("a moderator"), words))
        base = (await ctx.snapshot()).base
        claim = base.claims[closed.number]
        told, block = "\n".join(lines), card(claim, base)
        block = block if len(block) <= CONTENT else too_long(claim)
        whole = f"{told}\n{block}"
        return await write_to(ctx.bot, closed.who, *([whole] if len(whole) <= CONTENT else [told, block]))

    @commands.hybrid_command(extras={"examples": ("challenge {claim} another outlet gives other words",)})
    @app_commands.describe(
        claim="The claim's id, such as C14, or a link to an answer that showed it; in a reply to one, nothing.",
        reason="What is doubtful, and where you read it.",
    )
    @commands.guild_only()
    async def challenge(
        self, ctx: Context, claim: LinkedLiveClaim, *, reason: commands.Range[str, 1, CHALLENGE_LENGTH]
    ) -> None:
        """Tell the moderators that a claim is doubtful; you hear what comes of it."""
        replied = ctx.message.reference.jump_url if ctx.message.reference else ctx.message.jump_url
        made = await ctx.services.reviewing.challenge(
            ctx.workspace, claim.ref, str(ctx.author.id), reason, link=replied if ctx.interaction is None else ""
        )
        await ctx.tell(thanks(made))
        await announce_challenge(ctx.bot, ctx.workspace, made)
