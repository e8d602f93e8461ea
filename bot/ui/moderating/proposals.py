"""Approving and declining proposals: buttons whose state is their id, so they work after a restart."""

from __future__ import annotations

from typing import Any

import discord

from bot.core.claims import FactBase
from bot.core.wording import say
from bot.services.curation import Overtaken, Proposed, Saved
from bot.ui.kit.checks import Rank
from bot.ui.kit.context import Context
from bot.ui.kit.embeds import Page
from bot.ui.kit.host import Host, Press, workspace_of
from bot.ui.kit.lasting import LastingButton
from bot.ui.kit.pages import together
from bot.ui.kit.places import post_for_review
from bot.ui.moderating.changes import change_pages, person, proposal_pages, saved_pages

_TEMPLATE = r"caveat:proposal:(?P<verb>approve|decline):(?P<id>\d{1,9})"


class Decide(LastingButton, template=_TEMPLATE):
    """Approves or declines one proposal."""

    needed = Rank.MODERATOR

    def __init__(self, verb: str, proposal: int) -> None:
        approves = verb == "approve"
        super().__init__(
            say("Approve") if approves else say("Decline"),
            f"caveat:proposal:{verb}:{proposal}",
            style=discord.ButtonStyle.success if approves else discord.ButtonStyle.danger,
        )
        self._approves = approves
        self._proposal = proposal

    async def press(self, press: Press) -> None:
        """Settle the proposal, and show in the message what came of it."""
        reviewing, workspace, who = press.client.services.reviewing, workspace_of(press), str(press.user.id)
        if self._approves:
            try:
                settled = await reviewing.approve(workspace, self._proposal, who, where=press.channel_id or 0)
            except Overtaken as overtaken:
                shown = together(stale_pages(overtaken, plain=False))
                await press.response.send_message(**shown, ephemeral=True)
                return
            intro = say("In force, by {who}.", who=person(who))
        else:
            settled = await reviewing.decline(workspace, self._proposal, who)
            intro = say("Declined, by {who}. Nothing was changed.", who=person(who))
        title = f"{say('Proposal {id}', id=self._proposal)}: {say(settled.state)}"
        pages = proposal_pages(title, settled, intro=[intro], reason=False, plain=False)
        await press.response.edit_message(**together(pages), view=None)


def stale_pages(overtaken: Overtaken, *, plain: bool) -> list[Page]:
    """What moved since a proposal was made."""
    intro = [say("This proposal is stale: the claim moved on as shown here. Decline it and propose anew.")]
    return change_pages(say("Changed meanwhile"), overtaken.seen, overtaken.now, intro=intro, plain=plain)


def decision_view(proposal: int) -> discord.ui.View:
    """Buttons to approve and to decline."""
    view = discord.ui.View(timeout=None)
    return view.add_item(Decide("approve", proposal)).add_item(Decide("decline", proposal))


def _to_decide(made: Proposed, *, plain: bool) -> dict[str, Any]:
    pages = saved_pages(made, plain=plain)
    return {**together(pages, plain=plain), "view": decision_view(made.proposal.id)}


async def announce(host: Host, workspace: int, made: Saved | Proposed, here: int) -> None:
    """Show a proposal in the review channel, unless it was made there."""
    if isinstance(made, Proposed):
        await post_for_review(host, workspace, lambda plain: _to_decide(made, plain=plain), but=here)


async def show_written(ctx: Context, written: FactBase | Proposed, done: str) -> None:
    """Say that a change is in force; or show what was proposed, with buttons for a second moderator."""
    if not isinstance(written, Proposed):
        await ctx.respond(content=done)
        return
    await ctx.respond(**_to_decide(written, plain=ctx.plain))
    await announce(ctx.bot, ctx.workspace, written, ctx.channel.id)


async def show_proposed(press: Press, made: Proposed) -> None:
    """Show for everybody in the channel what a press or a form proposed, with buttons for a second moderator."""
    await press.followup.send(**_to_decide(made, plain=False))
    await announce(press.client, workspace_of(press), made, press.channel_id or 0)
