"""The peer in `latency.py`: discord.py with one `!ping` that replies with an embed, and nothing else."""

from __future__ import annotations

import os

import discord
import uvloop
from discord.ext import commands
from discord.http import Route


async def main() -> None:
    """Answer `!ping` until killed."""
    Route.BASE = os.environ["DISCORD_API_URL"]
    intents = discord.Intents.none()
    intents.guilds = intents.guild_messages = intents.message_content = True
    bot = commands.AutoShardedBot(
        command_prefix="!",
        intents=intents,
        allowed_mentions=discord.AllowedMentions.none(),
        member_cache_flags=discord.MemberCacheFlags.none(),
        chunk_guilds_at_startup=False,
    )

    @bot.command()
    async def ping(ctx: commands.Context[commands.AutoShardedBot]) -> None:
        await ctx.reply(embed=discord.Embed(title="Pong", description="Here."), mention_author=False)

    del ping  # the bot holds it
    async with bot:
        await bot.start(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    uvloop.run(main())
