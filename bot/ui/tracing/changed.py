"""What became of one claim, for every member: each revision as whole blocks, without who made it or why."""

from __future__ import annotations

from bot.core.wording import say
from bot.errors import NotFound
from bot.ui.kit.host import Press, workspace_of
from bot.ui.kit.lasting import LastingButton
from bot.ui.kit.private import show_privately
from bot.ui.moderating.changes import history_pages


class WhatChanged(LastingButton, template=r"caveat:changed:(?P<number>\d{1,9})"):
    """Shows whoever presses it, privately, how a claim came to say what it says."""

    def __init__(self, number: int) -> None:
        super().__init__(say("What changed"), f"caveat:changed:{number}")
        self._number = number

    async def press(self, press: Press) -> None:
        """Show the claim's revisions, the newest first."""
        its, workspace = press.client.services, workspace_of(press)
        revisions = await its.history.of(workspace, self._number)
        if not revisions:
            raise NotFound(say("That claim is not there any more."))
        zone = (await its.setups.held(workspace)).zone
        pages = history_pages(f"C{self._number}", revisions, zone, named=False, plain=False)
        await show_privately(press, pages)
