"""Pages for one person's eyes, with a button to post them for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord

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


class _Offer(ReplyView):
    def __init__(self, pages: Sequence[Page], asker: int) -> None:
        super().__init__(PAGES_TIMEOUT)
        self._pages = pages
        self._asker = asker
        button: discord.ui.Button[_Offer] = discord.ui.Button(label=say("Show me"), style=discord.ButtonStyle.primary)
        button.callback = self._show
        self.add_item(button)

    async def _show(self, interaction: discord.Interaction[Any]) -> None:
        """Show the pages to whoever asked for them."""
        if interaction.user.id != self._asker:
            await interaction.response.send_message(
                say("Only the person who asked can see this. Ask yourself."), ephemeral=True
            )
            return
        await show_privately(interaction, self._pages)

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
    view = _Offer(pages, ctx.author.id)
    view.message = await ctx.respond(content=say("Checked. Only you will see the result."), view=view)
