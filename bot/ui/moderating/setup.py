"""A server's settings as a page; a button with which a second moderator agrees to end four eyes."""

from __future__ import annotations

from collections.abc import Callable

import discord

from bot.core.addresses import host_in
from bot.core.rules.headlines import headline_in
from bot.core.setup import Setup
from bot.errors import Refused
from bot.services.setups import Setups
from bot.ui.kit.buttons import ActingView, Press
from bot.ui.kit.checks import Rank, require
from bot.ui.kit.embeds import Page
from bot.ui.kit.text import bold, escape


def setup_page(setup: Setup) -> Page:
    """Every setting with its value, and how to change it."""
    roles = ", ".join(f"<@&{role}>" for role in setup.moderators) or "nobody else"
    channel = f"<#{setup.review_channel}>" if setup.review_channel else "nowhere"
    host = host_in(setup.feed)
    feed = "to an address" if headline_in(host) else f"to {escape(host)}"
    lines = (
        f"{bold('Moderators')}: everybody with Manage Server, and {roles}",
        f"{bold('Review channel')}: {channel}",
        f"{bold('Time zone')}: {setup.zone}",
        f"{bold('Four eyes')}: {'on' if setup.four_eyes else 'off'}",
        f"{bold('Language of dates')}: {setup.dates}",
        f"{bold('Language')}: {setup.language}",
        f"{bold('Corrections')}: {'posted without asking' if setup.corrections else 'offered to moderators'}",
        f"{bold('Receipts')}: kept for {setup.receipt_days} days",
        f"{bold('Feed of changes')}: {feed if setup.feed else 'nowhere'}",
        f"{bold('Not posted')}: {', '.join(map(_muted, setup.muted)) or 'nothing is switched off'}",
    )
    return Page("Setup", "\n".join(lines), "Also by !setup and its name; !help setup names them")


def _muted(entry: str) -> str:
    channel, _, kind = entry.partition(":")
    return f"{kind} in <#{channel}>"


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
        self.offer("Agree", self._agree, discord.ButtonStyle.danger)

    async def allows(self, interaction: Press, /) -> bool:
        """Any moderator but the one who asked."""
        await require(interaction.client, interaction.user, self.needed)
        if interaction.user.id == self.actor:
            raise Refused("Another moderator has to press this button.")
        return True

    async def _agree(self, interaction: Press) -> None:
        self.stop()
        agreed = str(interaction.user.id)
        after = await self._setups.change(
            self._workspace,
            self._edit,
            str(self.actor),
            f"{self._reason} (agreed by a second moderator)",
            second=agreed,
        )
        await interaction.response.edit_message(content=None, embeds=setup_page(after).embeds(), view=None)
