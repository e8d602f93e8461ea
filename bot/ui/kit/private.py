"""What is for one person's eyes: pages, with a button to post them for everybody; and people's own words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import discord
from discord.ext import commands

from bot.core.wording import say
from bot.ui.kit.context import Context
from bot.ui.kit.embeds import Page
from bot.ui.kit.lasting import ReplyView
from bot.ui.kit.pages import PAGES_TIMEOUT, Pager, send_pages


class _Private(Pager):
    """Pages that only their reader sees; instead of Delete, which Discord offers itself, a button to post them."""

    def __init__(self, pages: Sequence[Page], asker: int) -> None:
        super().__init__(pages, asker, plain=False)
        self.clear_items()
        if len(pages) > 1:
            for button in self.turns:
                self.add_item(button)
        post: discord.ui.Button[_Private] = discord.ui.Button(
            label=say("Post here"), style=discord.ButtonStyle.secondary
        )
        post.callback = self._post
        self.add_item(post)

    async def _post(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message(embeds=self.page.embeds())

    def remaining(self) -> discord.ui.View | None:
        """Nothing: Discord itself offers to dismiss it."""
        return None


async def show_privately(interaction: discord.Interaction[Any], pages: Sequence[Page]) -> None:
    """Answer *interaction* with *pages* that only its sender sees."""
    if not interaction.response.is_done():
        await interaction.response.defer(ephemeral=True, thinking=True)
    view = _Private(pages, interaction.user.id)
    embeds = view.page.embeds()
    view.message = await interaction.followup.send(embeds=embeds, view=view, ephemeral=True, wait=True)


class Hidden(commands.CheckFailure):
    """Nothing failed: what was asked for stands behind a button, for the eyes of whoever asked."""


class _Offer(ReplyView):
    def __init__(self, asker: int, show: Callable[[discord.Interaction[Any]], Awaitable[None]]) -> None:
        super().__init__(PAGES_TIMEOUT)
        self._asker = asker
        self._show_to = show
        button: discord.ui.Button[_Offer] = discord.ui.Button(label=say("Show me"), style=discord.ButtonStyle.primary)
        button.callback = self._show
        self.add_item(button)

    async def _show(self, interaction: discord.Interaction[Any]) -> None:
        """Show it to whoever asked for it."""
        if interaction.user.id != self._asker:
            await interaction.response.send_message(
                say("Only the person who asked can see this. Ask yourself."), ephemeral=True
            )
            return
        await self._show_to(interaction)

    async def on_timeout(self) -> None:
        """Take the offer back."""
        if self.message is not None:
            try:
                await self.message.delete()
            except discord.HTTPException:
                return


async def offer_privately(ctx: Context, pages: Sequence[Page]) -> None:
    """Reply with a button behind which *pages* are shown privately; in direct messages, with the pages themselves."""
    if ctx.guild is None:
        await send_pages(ctx, pages)
        return
    await _offer(ctx, say("Checked. Only you will see the result."), lambda press: show_privately(press, pages))


async def hide(ctx: Context) -> None:
    """
    Put what a discreet command shows behind a button, which runs the command anew for whoever gave it.

    A slash command is answered to them alone as it is; nobody else reads direct messages; and the channel of reviews
    is for those who decide.

    Raises:
        Hidden: The button stands in place of the answer.
    """
    if not ctx.discreet or ctx.by_token or ctx.guild is None:
        return
    setup = await ctx.bot.services.setups.of(ctx.workspace)
    if setup.review_channel == ctx.channel.id:
        return

    async def again(press: discord.Interaction[Any]) -> None:
        await press.response.defer(ephemeral=True, thinking=True)
        await ctx.bot.again(ctx.message, press)

    await _offer(ctx, say("This holds people's own words. Only you will see it."), again)
    raise Hidden


async def _offer(ctx: Context, line: str, show: Callable[[discord.Interaction[Any]], Awaitable[None]]) -> None:
    view = _Offer(ctx.author.id, show)
    view.message = await ctx.respond(content=line, view=view)
