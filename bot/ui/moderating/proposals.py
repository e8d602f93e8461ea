"""Approving and declining proposals: buttons whose state is their id, so they work after a restart."""

from __future__ import annotations

import contextlib
import re
from typing import Any, Protocol, Self, cast

import discord

from bot.core.setup import Setup
from bot.services.curation import Overtaken, Proposed, Saved
from bot.services.reviewing import Reviewing
from bot.ui.kit.buttons import Press
from bot.ui.kit.checks import Rank, require
from bot.ui.kit.cooldown import Paced
from bot.ui.kit.failures import answer_failure
from bot.ui.moderating.changes import change_pages, person
from bot.ui.moderating.drafts import saved_pages, together

_TEMPLATE = r"caveat:proposal:(?P<verb>approve|decline):(?P<id>\d{1,9})"


class Moderated(Protocol):
    """The bot, as far as proposals know it."""

    @property
    def reviewing(self) -> Reviewing:
        """The moderators' queue."""
        ...


class Decide(Paced, discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=_TEMPLATE):
    """Approves or declines one proposal."""

    def __init__(self, verb: str, proposal: int) -> None:
        style = discord.ButtonStyle.success if verb == "approve" else discord.ButtonStyle.danger
        super().__init__(
            discord.ui.Button(label=verb.capitalize(), style=style, custom_id=f"caveat:proposal:{verb}:{proposal}")
        )
        self._verb = verb
        self._proposal = proposal

    @classmethod
    async def from_custom_id(cls, _: Press, item: discord.ui.Item[Any], match: re.Match[str], /) -> Self:
        """Rebuild the button from a pressed message."""
        return cls(match["verb"], int(match["id"]))

    async def callback(self, interaction: Press) -> None:
        """Settle the proposal, if whoever pressed may."""
        try:
            await require(interaction.client, interaction.user, Rank.MODERATOR)
            await settle(interaction, self._verb, self._proposal)
        except Exception as error:
            await answer_failure(interaction, error, "a proposal's button")


async def settle(interaction: Press, verb: str, proposal: int) -> None:
    """Approve or decline, and show in the message what came of it."""
    reviewing = cast("Moderated", interaction.client).reviewing
    workspace, who = interaction.guild_id or 0, str(interaction.user.id)
    if verb == "decline":
        declined = await reviewing.decline(workspace, proposal, who)
        pages = change_pages(
            f"Proposal {proposal}: declined",
            declined.before,
            declined.after,
            intro=[f"Declined, by {person(who)}. Nothing was changed."],
            plain=False,
        )
        await interaction.response.edit_message(**together(pages, plain=False), view=None)
        return
    try:
        saved = await reviewing.approve(workspace, proposal, who, where=interaction.channel_id or 0)
    except Overtaken as overtaken:
        intro = ["This proposal is stale: the claim moved on as shown here. Decline it and propose anew."]
        pages = change_pages("Changed meanwhile", overtaken.seen, overtaken.now, intro=intro, plain=False)
        await interaction.response.send_message(**together(pages, plain=False), ephemeral=True)
        return
    pages = change_pages(
        f"Proposal {proposal}: approved",
        saved.before,
        saved.after,
        intro=[f"In force, by {person(who)}."],
        plain=False,
    )
    await interaction.response.edit_message(**together(pages, plain=False), view=None)


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
