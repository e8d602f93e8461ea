"""Changes of several things at once: applied all together by a button, under four eyes a second moderator's."""

from __future__ import annotations

import discord

from bot.core.editing.batches import Batch
from bot.errors import ConflictError, Refused
from bot.services.curation import Curation
from bot.services.setups import Setups
from bot.ui.kit.buttons import ActingView, Press
from bot.ui.kit.checks import Rank, require
from bot.ui.kit.lasting import ReplyView


class BatchView(ActingView):
    """
    Applies a batch, or does not.

    Args:
        done: What is said when it is in force.
    """

    def __init__(
        self, curation: Curation, setups: Setups, workspace: int, actor: int, batch: Batch, reason: str, done: str
    ) -> None:
        super().__init__(actor, Rank.MODERATOR)
        self._curation = curation
        self._setups = setups
        self._workspace = workspace
        self._batch = batch
        self._reason = reason
        self._done = done
        self.offer("Apply", self._apply, discord.ButtonStyle.danger)
        self.offer("Leave it", self._leave)

    async def interaction_check(self, interaction: Press, /) -> bool:
        """Any moderator may press; under four eyes it takes another one than who asked for it."""
        await require(interaction.client, interaction.user, self.needed)
        return await ReplyView.interaction_check(self, interaction)

    async def _apply(self, interaction: Press) -> None:
        if interaction.user.id == self.actor and (await self._setups.of(self._workspace)).four_eyes:
            raise Refused("Four eyes are asked for here: another moderator has to press this button.")
        signed = self._curation.signature(str(self.actor), self._reason)
        try:
            await self._curation.write(self._workspace, self._batch, signed, where=interaction.channel_id or 0)
        except ConflictError:
            raise Refused("The fact base changed since you looked; give the command again to see anew.") from None
        self.stop()
        await interaction.response.edit_message(content=self._done, view=None)

    async def _leave(self, interaction: Press) -> None:
        self.stop()
        await interaction.response.edit_message(content="Left as it was. Nothing was changed.", view=None)
