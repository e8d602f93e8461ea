"""Taking the fact base out as files, and putting one in after a look at what would change."""

from __future__ import annotations

import asyncio
from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.editing.uploads import FaultyUpload
from bot.errors import Refused
from bot.services.curation import Curation
from bot.services.exchange import Exchange as Service
from bot.services.setups import Setups
from bot.ui.kit.checks import moderators_only
from bot.ui.kit.context import Context
from bot.ui.kit.files import attachment, fitting
from bot.ui.kit.pages import send_pages
from bot.ui.moderating.batches import BatchView
from bot.ui.moderating.imports import fault_pages, import_pages

_LARGEST = 10_000_000
"""Bytes of a file that Discord takes from anybody."""


class Exchange(commands.Cog):
    """Export and import the fact base."""

    def __init__(self, exchange: Service, curation: Curation, setups: Setups) -> None:
        self._curation = curation
        self._exchange = exchange
        self._setups = setups

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
        base, made = await self._exchange.export(ctx.workspace, form, history=history == "history")
        most = ctx.guild.filesize_limit if ctx.guild else _LARGEST
        files = [attachment(*await asyncio.to_thread(fitting, each.name, each.data, most)) for each in made]
        line = (
            f"The fact base at revision {base.revision}; every claim in it carries its attribution and verification."
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
            raise Refused("Attach a .yaml, .json or .csv file in the form of an !export to this command.")
        if file.size > _LARGEST:
            raise Refused("That file is larger than 10 MB; split it into several files.")
        await ctx.defer()
        try:
            upload = await self._exchange.read(ctx.workspace, file.filename, await file.read())
        except FaultyUpload as faulty:
            await send_pages(ctx, fault_pages(faulty.faults))
            return
        planned = await self._exchange.plan(ctx.workspace, upload)
        setup = await self._setups.of(ctx.workspace)
        pages = await asyncio.to_thread(import_pages, planned, four_eyes=setup.four_eyes, plain=not ctx.may_embed)
        await send_pages(ctx, pages)
        why = reason or "Import of a file"
        done = f"Imported: {len(planned.claims)} claims added or changed."
        view = BatchView(self._curation, self._setups, ctx.workspace, ctx.author.id, planned.batch, why, done)
        view.message = await ctx.respond(content="Apply all of it, or nothing?", view=view)
