"""Hold a message against the fact base: on demand, privately; or quietly, where moderators switched it on."""

from __future__ import annotations

import asyncio
import logging

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.asking.follow_ups import says_nothing
from bot.core.setup import REMARKS
from bot.core.wording import refused, say
from bot.services.answers import Snapshot
from bot.ui.asking.assertions import check_pages, nothing_read, remark, unsourced_remark
from bot.ui.kit.checks import moderators_only
from bot.ui.kit.context import Context, Reply, embeds_allowed
from bot.ui.kit.embeds import Page
from bot.ui.kit.host import Host, Press, snapshot_of
from bot.ui.kit.private import offer_privately, show_privately
from bot.ui.kit.readable import link_in, message_meant, words_of

log = logging.getLogger(__name__)

MENU = "Check against fact base"


class Check(commands.Cog):
    """Hold a message against the fact base."""

    def __init__(self, bot: Host) -> None:
        self._bot = bot
        self._watch = bot.services.watch
        self._menu = app_commands.ContextMenu(name=MENU, callback=self._check_message)

    async def cog_load(self) -> None:
        """Register the message menu."""
        self._bot.tree.add_command(self._menu)

    async def _check_message(self, press: Press, message: discord.Message) -> None:
        await press.response.defer(ephemeral=True)
        await show_privately(press, await _pages(await snapshot_of(press), words_of(message)))

    @commands.hybrid_command(extras={"examples": ("check", "check It is confirmed that there is news of {topic}")})
    @app_commands.describe(text="The words to check, or a link to a message; as a text command, a reply will do.")
    async def check(self, ctx: Context, *, text: commands.Range[str, 0, 2000] = "") -> None:
        """Check a message: whose figures are in it, and whether anyone could verify them."""
        if ctx.interaction is not None:
            await ctx.defer(ephemeral=True)
        snapshot = await ctx.snapshot()
        link = link_in(text)
        own = "" if says_nothing(text) else text.replace(link, " ").strip() if link else text
        meant = await message_meant(ctx, link) if link or not own else None
        if meant is None and not own:
            raise refused(
                "Reply to a message with {prefix}check, or put its words or its link after it.",
                prefix=ctx.clean_prefix,
            )
        wanted = "\n".join(filter(None, (own, words_of(meant.message) if meant else "")))
        pages = await _pages(snapshot, wanted)
        if ctx.interaction is not None:
            await show_privately(ctx.interaction, pages)
        else:
            await offer_privately(ctx, pages)

    @commands.hybrid_command(extras={"examples": ("watch on", "watch off")})
    @app_commands.describe(state="on or off; nothing tells which it is.")
    @app_commands.choices(state=[app_commands.Choice(name=name, value=name) for name in ("on", "off")])
    @moderators_only()
    async def watch(self, ctx: Context, state: str = "") -> None:
        """Answer figures that are posted here without attribution, once per figure and day; off by default."""
        if state.lower() not in {"on", "off", ""}:
            raise refused("Write {prefix}watch on or {prefix}watch off.", prefix=ctx.clean_prefix)
        if state:
            await self._watch.switch(ctx.workspace, ctx.channel.id, on=state.lower() == "on")
        watched = self._watch.watches(ctx.channel.id)
        await ctx.tell(
            say("The watch is on in this channel.") if watched else say("The watch is off in this channel.")
        )

    @commands.Cog.listener()
    async def on_raw_message_edit(self, edit: discord.RawMessageUpdateEvent) -> None:
        """Look at it again when its words are others now: Discord calls it an edit when it adds a preview, too."""
        message, before = edit.message, edit.cached_message
        if message.edited_at is None or (before is not None and before.content == message.content):
            return
        if edit.guild_id is None or not self._watch.watches(edit.channel_id) or message.author.bot:
            return
        if (await self._bot.get_context(message)).prefix is None:
            await self.on_plain_message(message)

    @commands.Cog.listener()
    async def on_plain_message(self, message: discord.Message) -> None:
        """In a watched channel, answer a figure without attribution. Commands and bots' messages never come here."""
        server, channel = message.guild, message.channel
        if server is None or not self._watch.watches(channel.id):
            return
        if not self._bot.cooldown.glance(message.author.id, message.created_at.timestamp()):
            return
        claim = await self._watch.remark_on(server.id, channel.id, message.content)
        if claim is None and not await self._watch.unsourced(server.id, channel.id, message.content):
            return
        if (await self._bot.services.setups.of(server.id)).mutes(channel.id, REMARKS):
            return
        base = (await self._bot.services.workspaces.open(server.id)).base
        page = unsourced_remark() if claim is None else remark(claim, base)
        try:
            shown = page.message(plain=not embeds_allowed(channel, server.me))
            sent = await channel.send(**shown, **Reply.to(message), silent=True)
            self._bot.services.receipts.note(server.id, channel.id, sent.id, "", page.shown)
        except discord.HTTPException as error:
            log.warning("could not remark in channel %s: %s", channel.id, error)


async def _pages(snapshot: Snapshot, text: str) -> list[Page]:
    return await asyncio.to_thread(_checked, snapshot, text) if text else [nothing_read()]


def _checked(snapshot: Snapshot, text: str) -> list[Page]:
    return check_pages(snapshot, snapshot.checker.assertions(text))
