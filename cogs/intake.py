"""Taking an article in: its text becomes proposals, and moderators decide on each."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.editing.articles import decoded, handed_in
from bot.core.wording import later, say
from bot.ui.kit.checks import moderators_only
from bot.ui.kit.context import Context, replied_to
from bot.ui.kit.files import read_whole
from bot.ui.moderating.intake_pages import READING
from bot.ui.moderating.intakes import opening, pasting

_LARGEST = 1_000_000
"""Bytes of a text file at most."""
_LISTED = 5


_HOW = later(
    "Attach the article to this command as a .txt file, reply with it to a message, or paste it into a form."
)


class Intake(commands.Cog):
    """From an article to claims."""

    @commands.hybrid_command(
        extras={"examples": ("intake", "intake publisher: {party} date: 2025-12-01 and the text, or a .txt attached")}
    )
    @app_commands.describe(
        file="The article as a .txt or .md file.", text="The text; or “publisher: … date: 2025-12-01” for the file."
    )
    @moderators_only()
    async def intake(self, ctx: Context, file: discord.Attachment | None = None, *, text: str = "") -> None:
        """Read an article (file, pasted, or replied to) into proposals to accept, edit or drop."""
        replied = None if file else await replied_to(ctx.message)
        given = file or next(iter(replied.attachments if replied else ()), None)
        pasted = replied.content if replied and not given else text
        if given is None and not pasted.strip():
            await self._list_open(ctx)
            return
        await ctx.defer()
        if given is not None:
            too_large = say("That file is larger than 1 MB; take the article in in parts.")
            pasted = decoded(await read_whole(given, _LARGEST, too_large))
        article = handed_in(pasted, text)
        session = await ctx.services.intakes.take(ctx.workspace, article, str(ctx.author.id))
        day = session.published_on
        if session.items is not None or day is None or not session.publisher:
            await ctx.respond(**opening(session))
            return
        message = await ctx.respond(content=say(READING))
        read = await ctx.services.intakes.read(ctx.workspace, session.id, {})
        await message.edit(**opening(read))

    @staticmethod
    async def _list_open(ctx: Context) -> None:
        sessions = await ctx.services.intakes.open(ctx.workspace)
        await ctx.respond(content=say(_HOW), view=pasting())
        for session in sessions[:_LISTED]:
            await ctx.respond(**opening(session))
