"""Why an answer was given, or none."""

from __future__ import annotations

import asyncio
import re

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.asking.explaining import explain
from bot.errors import NotFound, Refused
from bot.services.answers import Workspaces
from bot.services.receipts import Receipts
from bot.ui.asking.why import why_pages
from bot.ui.kit.context import Context
from bot.ui.kit.pages import send_pages

_LINK = re.compile(r"https?://\S+/channels/\d+/(\d{15,21})/(\d{15,21})\Z")
_QUESTION_LENGTH = 300


class Why(commands.Cog):
    """Look behind an answer."""

    def __init__(self, workspaces: Workspaces, receipts: Receipts) -> None:
        self._workspaces = workspaces
        self._receipts = receipts

    @commands.hybrid_command(
        extras={"examples": ("why https://discord.com/channels/1/2/3", "why what is known about {topic}")}
    )
    @app_commands.describe(answer="A link to an answer, or a question; as a text command, a reply will do.")
    async def why(self, ctx: Context, *, answer: commands.Range[str, 0, 300] = "") -> None:
        """See how a question was read, which claims matched with which scores, and what was refused and why."""
        question = await self._question(ctx, answer.strip())
        if not question:
            raise Refused(
                f"Give a link to an answer, or a question, or reply to an answer with {ctx.clean_prefix}why."
            )
        snapshot = await self._workspaces.open(ctx.workspace)
        result, readings = await asyncio.to_thread(explain, snapshot.searcher, question[:_QUESTION_LENGTH])
        await send_pages(ctx, why_pages(result, readings, snapshot.searcher.thresholds))

    async def _question(self, ctx: Context, answer: str) -> str:
        link = _LINK.match(answer)
        replied = ctx.message.reference if ctx.interaction is None else None
        if link is not None:
            return await self._asked(ctx, int(link[1]), int(link[2]))
        if not answer and replied is not None and replied.message_id:
            return await self._asked(ctx, replied.channel_id, replied.message_id)
        return answer

    async def _asked(self, ctx: Context, channel: int, message: int) -> str:
        """What was asked: by the receipt of an answer with claims, else by the message that the answer replies to."""
        found = ctx.guild.get_channel_or_thread(channel) if ctx.guild else ctx.channel
        if not isinstance(found, discord.abc.Messageable) or (ctx.guild and not _readable(found, ctx.author)):
            raise NotFound("No answer of the bot is there, as far as you can see.")
        receipt = await self._receipts.of(ctx.workspace, message) if ctx.guild else None
        if receipt is not None and receipt.asked:
            return receipt.asked
        try:
            answered = await found.fetch_message(message)
            before = answered.reference.message_id if answered.reference else None
            return self._words(ctx, (await found.fetch_message(before)).content) if before else ""
        except discord.HTTPException:
            raise NotFound("That answer, or the question it replies to, is gone.") from None

    def _words(self, ctx: Context, text: str) -> str:
        """A command's text without prefix and command name."""
        for prefix in (ctx.clean_prefix, *(f"<@{each}{ctx.bot.user.id}>" for each in ("", "!") if ctx.bot.user)):
            text = text.removeprefix(prefix).strip()
        first, _, rest = text.partition(" ")
        return rest.strip() if rest and ctx.bot.get_command(first) else text


def _readable(channel: discord.abc.Messageable, who: discord.User | discord.Member) -> bool:
    if not isinstance(who, discord.Member) or not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return False
    allowed = channel.permissions_for(who)
    return allowed.read_messages and allowed.read_message_history
