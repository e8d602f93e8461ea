"""A server's settings as a page; a button with which a second moderator agrees to end four eyes."""

from __future__ import annotations

from collections.abc import Callable

import discord

from bot.core.addresses import host_in
from bot.core.plurals import plural
from bot.core.rules.headlines import headline_in
from bot.core.setup import Setup
from bot.core.wording import say
from bot.errors import Refused
from bot.services.setups import Setups
from bot.ui.kit.buttons import ActingView, Press
from bot.ui.kit.checks import Rank, require
from bot.ui.kit.embeds import Page
from bot.ui.kit.text import bold, escape


def setup_page(setup: Setup) -> Page:
    """Every setting with its value, and how to change it."""
    roles = ", ".join(f"<@&{role}>" for role in setup.moderators) or say("nobody else")
    channel = f"<#{setup.review_channel}>" if setup.review_channel else say("nowhere")
    corrections = say("posted without asking") if setup.corrections else say("offered to moderators")
    host = host_in(setup.feed)
    told = say("to an address") if headline_in(host) else say("to {host}", host=escape(host))
    feed = told if setup.feed else say("nowhere")
    moderate = say("everybody with Manage Server, and {roles}", roles=roles)
    lines = (
        f"{bold(say('Moderators'))}: {moderate}",
        f"{bold(say('Review channel'))}: {channel}",
        f"{bold(say('Time zone'))}: {setup.zone}",
        f"{bold(say('Four eyes'))}: {say('on') if setup.four_eyes else say('off')}",
        f"{bold(say('Language of dates'))}: {setup.dates}",
        f"{bold(say('Language'))}: {setup.language}",
        f"{bold(say('Corrections'))}: {corrections}",
        f"{bold(say('Receipts'))}: {say('kept for {days}', days=plural(setup.receipt_days, 'day'))}",
        f"{bold(say('Feed of changes'))}: {feed}",
        f"{bold(say('Not posted'))}: {', '.join(map(_muted, setup.muted)) or say('nothing is switched off')}",
    )
    return Page(say("Setup"), "\n".join(lines), say("Also by !setup and its name; !help setup names them"))


def _muted(entry: str) -> str:
    channel, _, kind = entry.partition(":")
    return say("{what} in {channel}", what=say(kind), channel=f"<#{channel}>")


class SecondView(ActingView):
    """Lets another moderator than *actor* put their change of the settings in force."""

    def __init__(
        self, setups: Setups, workspace: int, actor: int, edit: Callable[[Setup], Setup], reason: str
    ) -> None:
        super().__init__(actor, Rank.MODERATOR)
        self._setups = setups
        self._workspace = workspace
        self._edit = edit
        self._reason = reason
        self.offer(say("Agree"), self._agree, discord.ButtonStyle.danger)

    async def allows(self, interaction: Press, /) -> bool:
        """Any moderator but the one who asked."""
        await require(interaction.client, interaction.user, self.needed)
        if interaction.user.id == self.actor:
            raise Refused(say("Another moderator has to press this button."))
        return True

    async def _agree(self, interaction: Press) -> None:
        self.stop()
        agreed = str(interaction.user.id)
        after = await self._setups.change(
            self._workspace,
            self._edit,
            str(self.actor),
            say("{reason} (agreed by a second moderator)", reason=self._reason),
            second=agreed,
        )
        await interaction.response.edit_message(content=None, embeds=setup_page(after).embeds(), view=None)
