"""Hear of changes without asking again: what one follows, and one press to stop."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.wording import say
from bot.services.answers import CURATED, Workspaces
from bot.services.following import Following
from bot.ui.kit.completion import complete_entries
from bot.ui.kit.context import Context
from bot.ui.kit.text import bold, escape
from bot.ui.tracing.following import HOW_OFTEN, WhatIFollow, list_message


class Follow(commands.Cog):
    """Hear when claims change."""

    def __init__(self, workspaces: Workspaces, following: Following) -> None:
        self._workspaces = workspaces
        self._following = following

    @commands.hybrid_command(extras={"examples": ("follow {topic}", "follow {claim}", "follow")})
    @app_commands.describe(about="A topic, party, place or claim; nothing lists what you follow.")
    @commands.guild_only()
    async def follow(self, ctx: Context, *, about: commands.Range[str, 0, 300] = "") -> None:
        """Get a direct message when a claim on something changes, once a day at most; alone: list and stop."""
        person = str(ctx.author.id)
        if about:
            followed = await self._following.add(ctx.workspace, person, about)
            name = bold(escape(await self._following.name(followed)))
            line = f"{say('You follow {names} now.', names=name)} {say(HOW_OFTEN)}"
        elif ctx.interaction is not None:
            await ctx.send(**await list_message(self._following, ctx.workspace, person), ephemeral=True)
            return
        else:
            line = say("Press the button; only you will see what you follow.")
        view = discord.ui.View(timeout=None).add_item(WhatIFollow())
        if ctx.interaction is not None:
            await ctx.send(line, view=view, ephemeral=True)
        else:
            await ctx.respond(content=line, view=view)

    @follow.autocomplete("about")
    async def complete_about(
        self, interaction: discord.Interaction[commands.AutoShardedBot], typed: str
    ) -> list[app_commands.Choice[str]]:
        """Offer topics, places and parties as one types."""
        return complete_entries(await self._workspaces.open(interaction.guild_id or CURATED), typed)
