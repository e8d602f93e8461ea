"""Hear of changes without asking again: what one follows, and one press to stop."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.wording import say
from bot.ui.kit.completion import entry_choices
from bot.ui.kit.context import Context
from bot.ui.kit.text import bold, escape
from bot.ui.tracing.following import HOW_OFTEN, WhatIFollow, list_message


class Follow(commands.Cog):
    """Hear when claims change."""

    @commands.hybrid_command(extras={"examples": ("follow {topic}", "follow {claim}", "follow")})
    @app_commands.describe(about="A topic, party, place or claim; nothing lists what you follow.")
    @app_commands.autocomplete(about=entry_choices)
    @commands.guild_only()
    async def follow(self, ctx: Context, *, about: commands.Range[str, 0, 300] = "") -> None:
        """Get a direct message when a claim on something changes, once a day at most; alone: list and stop."""
        person = str(ctx.author.id)
        if ctx.interaction is not None:
            await ctx.defer(ephemeral=True)  # what one follows is nobody else's business, however long it takes
        if about:
            followed = await ctx.services.following.add(ctx.workspace, person, about)
            name = bold(escape(await ctx.services.following.name(followed)))
            line = f"{say('You follow {names} now.', names=name)} {say(HOW_OFTEN)}"
        elif ctx.interaction is not None:
            await ctx.respond(**await list_message(ctx.services.following, ctx.workspace, person))
            return
        else:
            line = say("Press the button; only you will see what you follow.")
        await ctx.respond(content=line, view=discord.ui.View(timeout=None).add_item(WhatIFollow()))
