"""What members asked and did not get; one button makes it an alias or a draft."""

from __future__ import annotations

from discord.ext import commands

from bot.core.wording import say
from bot.ui.kit.checks import moderators_only
from bot.ui.kit.context import Context
from bot.ui.moderating.misses import MissesView


class Misses(commands.Cog):
    """Turn unanswered questions into answers."""

    @commands.hybrid_command(extras={"discreet": True, "examples": ("misses",)})
    @moderators_only()
    async def misses(self, ctx: Context) -> None:
        """See what members asked in the last 30 days and did not get; no names are kept."""
        questions = await ctx.services.missed.questions(ctx.workspace)
        if not questions:
            await ctx.tell(say("Every question of the last 30 days was answered."))
            return
        view = MissesView(ctx.author.id, questions, plain=ctx.plain)
        await ctx.respond(**view.shown(), view=view)
