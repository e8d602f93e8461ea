"""What became of one claim, for every member: each revision as whole blocks, without who made it or why."""

from __future__ import annotations

from bot.core.wording import say
from bot.errors import NotFound
from bot.services.answers import CURATED
from bot.ui.kit.buttons import Press
from bot.ui.kit.embeds import Page
from bot.ui.kit.host import host_of
from bot.ui.kit.lasting import LastingButton
from bot.ui.kit.private import show_privately
from bot.ui.moderating.changes import history_pages


class WhatChanged(LastingButton, template=r"caveat:changed:(?P<number>\d{1,9})"):
    """Shows whoever presses it, privately, how a claim came to say what it says."""

    def __init__(self, number: int) -> None:
        super().__init__(say("What changed"), f"caveat:changed:{number}")
        self._number = number

    async def press(self, interaction: Press) -> None:
        """Show the claim's revisions, the newest first."""
        await show_privately(interaction, await self._pages(interaction))

    async def _pages(self, interaction: Press) -> list[Page]:
        host, workspace = host_of(interaction.client), interaction.guild_id or CURATED
        revisions = await host.services.history.of(workspace, self._number)
        if not revisions:
            raise NotFound(say("That claim is not there any more."))
        zone = (await host.services.setups.held(workspace)).zone
        return history_pages(f"C{self._number}", revisions, zone, named=False, plain=False)
