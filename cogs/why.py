"""Why an answer was given, or none."""

from __future__ import annotations

import asyncio

from discord import app_commands
from discord.ext import commands

from bot.core.asking.explaining import explain
from bot.core.asking.results import Unsure
from bot.core.wording import refused
from bot.ui.asking.why import why_pages
from bot.ui.kit.context import Context
from bot.ui.kit.pages import send_pages
from bot.ui.kit.readable import Meant, fetched, message_meant

_QUESTION_LENGTH = 300


class Why(commands.Cog):
    """Look behind an answer."""

    @commands.hybrid_command(
        extras={"examples": ("why https://discord.com/channels/1/2/3", "why what is known about {topic}")}
    )
    @app_commands.describe(answer="A link to an answer, or a question; as a text command, a reply will do.")
    async def why(self, ctx: Context, *, answer: commands.Range[str, 0, 300] = "") -> None:
        """See how a question was read, which claims matched with which scores, and what was refused and why."""
        meant = await message_meant(ctx, answer.strip())
        question = await self._asked(ctx, meant) if meant else answer.strip()
        if not question:
            raise refused(
                "Give a link to an answer, or a question, or reply to an answer with {prefix}why.",
                prefix=ctx.clean_prefix,
            )
        snapshot = await ctx.snapshot()
        result, readings = await asyncio.to_thread(explain, snapshot.searcher, question[:_QUESTION_LENGTH])
        if isinstance(result, Unsure):
            result = await snapshot.by_meaning(result)
        await send_pages(ctx, why_pages(result, readings, snapshot.searcher.thresholds, plain=ctx.plain))

    async def _asked(self, ctx: Context, meant: Meant) -> str:
        """What was asked: by the receipt of an answer with claims, else by the message that the answer replies to."""
        answered = meant.message
        words = ""
        if answered.reference is not None and answered.reference.message_id is not None:
            before = await fetched(answered.channel, answered.reference.message_id)  # deleted, it is not told again
            words = self._words(ctx, before.content)
        return (meant.receipt.asked if meant.receipt else "") or words

    @staticmethod
    def _words(ctx: Context, text: str) -> str:
        """A command's text without prefix and command name."""
        for prefix in (ctx.clean_prefix, *(f"<@{each}{ctx.bot.user.id}>" for each in ("", "!") if ctx.bot.user)):
            text = text.removeprefix(prefix).strip()
        first, _, rest = text.partition(" ")
        return rest.strip() if rest and ctx.bot.get_command(first) else text
