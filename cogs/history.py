"""The trail: what was changed, by whom and why; back to an earlier state; forgetting a person in it."""

from __future__ import annotations

from dataclasses import replace

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.claims import Claim, FactBase
from bot.core.wording import refused, say
from bot.errors import NotFound
from bot.ui.kit.checks import Rank, moderators_only, only
from bot.ui.kit.claim_ids import AnyClaim
from bot.ui.kit.context import Context
from bot.ui.kit.pages import send_pages
from bot.ui.moderating.changes import audit_pages, change_pages, history_pages
from bot.ui.moderating.edits import change_claim

Number = commands.Range[int, 1, 1_000_000]
Reason = commands.Range[str, 1, 300]


class History(commands.Cog):
    """See what was changed, and undo it."""

    @commands.hybrid_command(extras={"discreet": True, "examples": ("history {claim}",)})
    @app_commands.describe(claim="The claim's id, such as C14.")
    @moderators_only()
    async def history(self, ctx: Context, *, claim: AnyClaim) -> None:
        """Read every revision of a claim: who, when, why, and what changed."""
        revisions = await ctx.services.history.of(ctx.workspace, claim.number)
        zone = (await ctx.services.setups.of(ctx.workspace)).zone
        await send_pages(ctx, history_pages(claim.ref, revisions, zone, plain=ctx.plain))

    @commands.hybrid_command(extras={"examples": ("diff {claim} 1 2",)})
    @app_commands.describe(claim="The claim's id, such as C14.", first="A revision.", second="Another revision.")
    @moderators_only()
    async def diff(self, ctx: Context, claim: AnyClaim, first: Number, second: Number) -> None:
        """Put two revisions of a claim side by side."""
        before = await self._state(ctx, claim, first)
        after = await self._state(ctx, claim, second)
        pages = change_pages(f"{after.ref}: {first} → {second}", before, after, plain=ctx.plain)
        await send_pages(ctx, pages)

    @commands.hybrid_command(extras={"examples": ("revert {claim} 1 the edit was a mistake",)})
    @app_commands.describe(
        claim="The claim's id, such as C14.", revision="The revision to go back to.", reason="Why."
    )
    @moderators_only()
    async def revert(self, ctx: Context, claim: AnyClaim, revision: Number, *, reason: Reason) -> None:
        """Put a claim back to an earlier revision; that is a new revision, and nothing is lost."""
        wanted = await self._state(ctx, claim, revision)

        def edit(_: FactBase, before: Claim) -> Claim:
            return replace(wanted, version=before.version)

        await change_claim(ctx, claim.ref, edit, reason)

    @staticmethod
    async def _state(ctx: Context, claim: Claim, version: int) -> Claim:
        for revision in await ctx.services.history.of(ctx.workspace, claim.number):
            if revision.after.version == version:
                return revision.after
        raise NotFound(say("{ref} has revisions 1 to {n}; there is no other.", ref=claim.ref, n=claim.version))

    @commands.hybrid_command(name="audit-log", extras={"discreet": True, "examples": ("audit-log",)})
    @moderators_only()
    async def audit_log(self, ctx: Context) -> None:
        """Read the newest changes of anything in this server's fact base."""
        zone = (await ctx.services.setups.of(ctx.workspace)).zone
        await send_pages(ctx, audit_pages(await ctx.services.history.audit(ctx.workspace), zone))

    @commands.hybrid_command(extras={"examples": ("forget @somebody",)})
    @app_commands.describe(person="Who; a mention or an id.")
    @only(Rank.ADMINISTRATOR)
    async def forget(self, ctx: Context, *, person: discord.User) -> None:
        """Replace a person's id in history and queues by a tombstone; the trail itself stays."""
        if person.bot:
            raise refused("A bot is nobody to forget.")
        places = await ctx.services.history.forget(ctx.workspace, str(person.id))
        await ctx.tell(
            say(
                "Done: that id stood in {places} places of this server's records and is gone from them.",
                places=places,
            )
        )
