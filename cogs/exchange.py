"""Taking the fact base out as files, and putting one in after a look at what would change."""

from __future__ import annotations

import asyncio
from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.claims import FactBase
from bot.errors import Refused
from bot.services.answers import Workspaces
from bot.services.curation import Curation
from bot.services.exchange import Exchange as Service
from bot.services.setups import Setups
from bot.ui.kit.checks import moderators_only
from bot.ui.kit.context import Context
from bot.ui.kit.files import attachment
from bot.ui.kit.pages import send_pages
from bot.ui.moderating.batches import BatchView
from bot.ui.moderating.imports import import_pages

_LARGEST = 2_000_000


class Exchange(commands.Cog):
    """Export and import the fact base."""

    def __init__(self, workspaces: Workspaces, exchange: Service, curation: Curation, setups: Setups) -> None:
        self._workspaces = workspaces
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
        base = (await self._workspaces.open(ctx.workspace)).base
        revisions = await self._exchange.revisions(ctx.workspace) if history == "history" else []
        made = await asyncio.to_thread(self._exchange.export_files, base, form, revisions)
        files = [attachment(each.name, each.data) for each in made]
        line = (
            f"The fact base at revision {base.revision}; every claim in it carries its attribution and verification."
        )
        await ctx.respond(content=line, files=files)

    @commands.hybrid_command(name="import", extras={"examples": ("import with a .yaml file attached",)})
    @app_commands.describe(file="A .yaml file in the format of !export.", reason="Why you import it.")
    @moderators_only()
    async def import_(
        self, ctx: Context, file: discord.Attachment | None = None, *, reason: commands.Range[str, 0, 300] = ""
    ) -> None:
        """See what a fact base file would change, claim by claim; then apply all of it or nothing."""
        if file is None:
            raise Refused("Attach a .yaml file in the format of !export to this command.")
        if file.size > _LARGEST:
            raise Refused("That file is larger than 2 MB; split it into several files.")
        upload: FactBase = await asyncio.to_thread(self._exchange.read, file.filename, await file.read())
        planned = await self._exchange.plan(ctx.workspace, upload)
        setup = await self._setups.of(ctx.workspace)
        pages = import_pages(planned, four_eyes=setup.four_eyes, plain=not ctx.may_embed)
        await send_pages(ctx, pages)
        why = reason or "Import of a file"
        done = f"Imported: {len(planned.claims)} claims added or changed."
        view = BatchView(self._curation, self._setups, ctx.workspace, ctx.author.id, planned.batch, why, done)
        view.message = await ctx.respond(content="Apply all of it, or nothing?", view=view)
