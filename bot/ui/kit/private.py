"""What is for one person's eyes: pages, with a button to post them for everybody; and people's own words."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord.ext import commands

from bot.core.wording import later, say
from bot.ui.kit.checks import Refusal
from bot.ui.kit.context import Context
from bot.ui.kit.embeds import Page
from bot.ui.kit.host import Press, workspace_of
from bot.ui.kit.lasting import Act, ReplyView
from bot.ui.kit.pages import PAGES_TIMEOUT, Pager, note_page, send_pages, stands_in
from bot.ui.kit.places import not_for


class _Private(Pager):
    """Pages that only their reader sees; instead of Delete, which Discord offers itself, a button to post them."""

    def add_others(self) -> None:
        """Add the button that posts the page, for whoever may write in the channel."""
        self.offer(say("Post here"), self._post)

    async def _post(self, press: Press) -> None:
        allowed = press.permissions
        in_thread = isinstance(press.channel, discord.Thread)
        if press.guild_id and not (allowed.send_messages_in_threads if in_thread else allowed.send_messages):
            raise not_for(f"<#{press.channel_id}>")
        if not self.standing:
            raise Refusal(say("The fact base changed since you looked; give the command again to see anew."))
        await press.response.send_message(embeds=self.page.embeds())
        note_page(press, await press.original_response(), self.page)

    def remaining(self) -> discord.ui.View | None:
        """Nothing: Discord itself offers to dismiss it."""
        return None


async def show_privately(press: Press, pages: Sequence[Page]) -> None:
    """Answer *press* with *pages* that only its sender sees."""
    if not press.response.is_done():
        await press.response.defer(ephemeral=True, thinking=True)
    view = _Private(pages, press.user.id, plain=False, stands=stands_in(press.client, workspace_of(press)))
    view.message = await press.followup.send(embeds=view.page.embeds(), view=view, ephemeral=True, wait=True)


class Hidden(commands.CheckFailure):
    """Nothing failed: what was asked for stands behind a button, for the eyes of whoever asked."""


class _Offer(ReplyView):
    others = later("Only the person who asked can see this. Ask yourself.")

    async def take_away(self, message: discord.Message) -> None:
        """Take the offer back."""
        await message.delete()


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
    setup = await ctx.services.setups.of(ctx.workspace)
    if setup.review_channel == ctx.channel.id:
        return

    async def again(press: Press) -> None:
        await press.response.defer(ephemeral=True, thinking=True)
        await ctx.bot.again(ctx.message, press)

    await _offer(ctx, say("This holds people's own words. Only you will see it."), again)
    raise Hidden


async def _offer(ctx: Context, line: str, show: Act) -> None:
    view = _Offer(ctx.author.id, seconds=PAGES_TIMEOUT)
    view.offer(say("Show me"), show, discord.ButtonStyle.primary)
    await ctx.respond(content=line, view=view)
