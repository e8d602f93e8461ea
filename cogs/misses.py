"""What members asked and did not get; one button makes it an alias or a draft."""

from __future__ import annotations

from discord.ext import commands

from bot.core.wording import say
from bot.services.curation import Curation
from bot.services.missed import Missed
from bot.services.setups import Setups
from bot.ui.kit.checks import moderators_only
from bot.ui.kit.context import Context
from bot.ui.moderating.misses import MissesView


class Misses(commands.Cog):
    """Turn unanswered questions into answers."""

    def __init__(self, missed: Missed, curation: Curation, setups: Setups) -> None:
        self._missed = missed
        self._setups = setups
        self._curation = curation

    @commands.hybrid_command(extras={"discreet": True, "examples": ("misses",)})
    @moderators_only()
    async def misses(self, ctx: Context) -> None:
        """See what members asked in the last 30 days and did not get; no names are kept."""
        questions = await self._missed.questions(ctx.workspace)
        if not questions:
            await ctx.tell(say("Every question of the last 30 days was answered."))
            return
        view = MissesView(self._missed, self._curation, self._setups, ctx.workspace, ctx.author.id, questions)
        view.message = await ctx.respond(**view.shown(), view=view)
