"""Approving and declining proposals: buttons whose state is their id, so they work after a restart."""

from __future__ import annotations

import contextlib
import re
from typing import Any, Self

import discord

from bot.core.claims import FactBase
from bot.core.setup import Setup
from bot.core.wording import say
from bot.services.curation import Overtaken, Proposed, Saved
from bot.services.setups import Setups
from bot.ui.kit.buttons import Press
from bot.ui.kit.checks import Rank, require
from bot.ui.kit.context import Context
from bot.ui.kit.embeds import Page
from bot.ui.kit.host import host_of
from bot.ui.kit.lasting import LastingButton
from bot.ui.moderating.changes import change_pages, person, proposal_pages
from bot.ui.moderating.drafts import saved_pages, sendable, together

_TEMPLATE = r"caveat:proposal:(?P<verb>approve|decline):(?P<id>\d{1,9})"


class Decide(LastingButton, template=_TEMPLATE):
    """Approves or declines one proposal."""

    def __init__(self, verb: str, proposal: int) -> None:
        approves = verb == "approve"
        super().__init__(
            say("Approve") if approves else say("Decline"),
            f"caveat:proposal:{verb}:{proposal}",
            style=discord.ButtonStyle.success if approves else discord.ButtonStyle.danger,
        )
        self._verb = verb
        self._proposal = proposal

    @classmethod
    async def from_custom_id(cls, _: Press, item: discord.ui.Item[Any], match: re.Match[str], /) -> Self:
        """Rebuild the button from a pressed message."""
        return cls(match["verb"], int(match["id"]))

    async def press(self, interaction: Press) -> None:
        """Settle the proposal, if whoever pressed may."""
        await require(interaction.client, interaction.user, Rank.MODERATOR)
        await settle(interaction, self._verb, self._proposal)


async def settle(interaction: Press, verb: str, proposal: int) -> None:
    """Approve or decline, and show in the message what came of it."""
    reviewing = host_of(interaction.client).services.reviewing
    workspace, who = interaction.guild_id or 0, str(interaction.user.id)
    if verb == "decline":
        settled = await reviewing.decline(workspace, proposal, who)
        intro = [say("Declined, by {who}. Nothing was changed.", who=person(who))]
    else:
        try:
            settled = await reviewing.approve(workspace, proposal, who, where=interaction.channel_id or 0)
        except Overtaken as overtaken:
            pages = stale_pages(overtaken, plain=False)
            await interaction.response.send_message(**together(pages, plain=False), ephemeral=True)
            return
        intro = [say("In force, by {who}.", who=person(who))]
    pages = proposal_pages(
        f"{say('Proposal {id}', id=proposal)}: {say(settled.state)}",
        settled,
        intro=intro,
        reason=False,
        plain=False,
    )
    await interaction.response.edit_message(**together(pages, plain=False), view=None)


def stale_pages(overtaken: Overtaken, *, plain: bool) -> list[Page]:
    """What moved since a proposal was made."""
    intro = [say("This proposal is stale: the claim moved on as shown here. Decline it and propose anew.")]
    return change_pages(say("Changed meanwhile"), overtaken.seen, overtaken.now, intro=intro, plain=plain)


def decision_view(proposal: int) -> discord.ui.View:
    """Buttons to approve and to decline."""
    view = discord.ui.View(timeout=None)
    view.add_item(Decide("approve", proposal))
    view.add_item(Decide("decline", proposal))
    return view


async def announce(client: discord.Client, setup: Setup, made: Saved | Proposed, here: int) -> None:
    """Show a proposal in the review channel, unless it was made there."""
    if isinstance(made, Saved) or setup.review_channel in (None, here):
        return
    channel = client.get_channel(setup.review_channel)
    if isinstance(channel, discord.abc.Messageable):
        with contextlib.suppress(discord.HTTPException):
            shown = together(saved_pages(made, plain=False), plain=False)
            await channel.send(**shown, view=decision_view(made.proposal.id), silent=True)


async def show_written(ctx: Context, setups: Setups, written: FactBase | Proposed, done: str) -> None:
    """Say that a change is in force; or show what was proposed, with buttons for a second moderator."""
    if not isinstance(written, Proposed):
        await ctx.respond(content=done)
        return
    shown = sendable(together(saved_pages(written, plain=not ctx.may_embed), plain=not ctx.may_embed))
    await ctx.respond(**shown, view=decision_view(written.proposal.id))
    await announce(ctx.bot, await setups.of(ctx.workspace), written, ctx.channel.id)


async def show_proposed(press: Press, setups: Setups, made: Proposed) -> None:
    """Show for everybody in the channel what a press or a form proposed, with buttons for a second moderator."""
    shown = sendable(together(saved_pages(made, plain=False), plain=False))
    await press.followup.send(**shown, view=decision_view(made.proposal.id))
    await announce(press.client, await setups.of(press.guild_id or 0), made, press.channel_id or 0)
