"""What members asked and did not get; one button makes it an alias or a draft."""

from __future__ import annotations

import asyncio

from discord.ext import commands

from bot.services.curation import Curation
from bot.services.missed import Missed
from bot.ui.kit.checks import moderators_only
from bot.ui.kit.context import Context
from bot.ui.kit.direct_messages import write_to
from bot.ui.kit.text import escape
from bot.ui.moderating.misses import MissesView


class Misses(commands.Cog):
    """Turn unanswered questions into answers."""

    def __init__(self, bot: commands.AutoShardedBot, missed: Missed, curation: Curation) -> None:
        self._bot = bot
        self._missed = missed
        self._curation = curation
        self._tasks: set[asyncio.Task[None]] = set()
        curation.listen(self._base_changed)

    @commands.hybrid_command(extras={"examples": ("misses",)})
    @moderators_only()
    async def misses(self, ctx: Context) -> None:
        """See what members asked in the last 30 days and did not get; no names are kept."""
        questions = await self._missed.questions(ctx.workspace)
        if not questions:
            await ctx.tell("Every question of the last 30 days was answered.")
            return
        view = MissesView(self._missed, self._curation, ctx.workspace, ctx.author.id, questions)
        view.message = await ctx.respond(**view.shown(), view=view)

    def _base_changed(self, workspace: int) -> None:
        """What somebody waits for may be answerable now."""
        task = asyncio.ensure_future(self._tell_waiting(workspace))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _tell_waiting(self, workspace: int) -> None:
        guild = self._bot.get_guild(workspace)
        for each in await self._missed.answerable(workspace):
            where = escape(guild.name) if guild else "the server"
            line = f"What you asked in {where} can be answered now, about {escape(each.about)}. Ask again there."
            await write_to(self._bot, each.person, line)
