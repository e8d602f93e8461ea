"""Taking the fact base out as files, and putting one in after a look at what would change."""

from __future__ import annotations

import asyncio
from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.wording import refused, say
from bot.ui.kit.checks import moderators_only
from bot.ui.kit.context import Context
from bot.ui.kit.files import attachment, fitting
from bot.ui.kit.pages import send_pages
from bot.ui.moderating.importing import APPLY, LARGEST, look_over


class Exchange(commands.Cog):
    """Export and import the fact base."""

    @commands.hybrid_command(extras={"examples": ("export", "export csv", "export yaml history")})
    @app_commands.describe(form="The format.", history="history, to get every revision as well.")
    @moderators_only()
    async def export(
        self,
        ctx: Context,
        form: Literal["yaml", "json", "csv", "jsonld"] = "yaml",
        history: Literal["history", "without"] = "without",
    ) -> None:
        """Get the fact base as a file: YAML, JSON, CSV or schema.org JSON-LD; with its history, if you like."""
        await ctx.defer()
        base, made = await ctx.services.exchange.export(ctx.workspace, form, history=history == "history")
        most = ctx.guild.filesize_limit if ctx.guild else LARGEST
        files = [attachment(*await asyncio.to_thread(fitting, each.name, each.data, most)) for each in made]
        line = say(
            "The fact base at revision {n}; every claim in it carries its attribution and verification.",
            n=base.revision,
        )
        await ctx.respond(content=line, files=files)

    @commands.hybrid_command(
        name="import", extras={"examples": ("import with a .yaml, .json or .csv file attached",)}
    )
    @app_commands.describe(
        file="A .yaml, .json or .csv file, as !export gives; new claims alone will do.", reason="Why you import it."
    )
    @moderators_only()
    async def import_(
        self, ctx: Context, file: discord.Attachment | None = None, *, reason: commands.Range[str, 0, 300] = ""
    ) -> None:
        """See what a fact base file would change, claim by claim; then apply all of it or nothing."""
        if file is None:
            raise refused("Attach a .yaml, .json or .csv file in the form of an !export to this command.")
        await ctx.defer()
        pages, view = await look_over(ctx.bot, ctx.workspace, ctx.author.id, file, reason, plain=ctx.plain)
        await send_pages(ctx, pages)
        if view is not None:
            await ctx.respond(content=say(APPLY), view=view)
