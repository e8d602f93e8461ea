"""Changes of several things at once: looked at, then applied all together by a button, or left."""

from __future__ import annotations

import discord

from bot.core.editing.batches import Batch
from bot.core.wording import say
from bot.errors import ConflictError, Refused
from bot.services.curation import Curation, Proposed
from bot.services.setups import Setups
from bot.ui.kit.buttons import ActingView, Press
from bot.ui.kit.checks import Rank
from bot.ui.moderating.proposals import show_proposed


class BatchView(ActingView):
    """
    Applies a batch, or proposes it where four eyes are asked for, or leaves it.

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
        self.offer(say("Apply"), self._apply, discord.ButtonStyle.danger)
        self.offer(say("Leave it"), self._leave)

    async def _apply(self, interaction: Press) -> None:
        signed = self._curation.signature(str(self.actor), self._reason)
        try:
            written = await self._curation.write(
                self._workspace, self._batch, signed, where=interaction.channel_id or 0
            )
        except ConflictError:
            raise Refused(
                say("The fact base changed since you looked; give the command again to see anew.")
            ) from None
        self.stop()
        proposed = isinstance(written, Proposed)
        done = say("Nothing is changed yet: another moderator has to approve it.") if proposed else self._done
        await interaction.response.edit_message(content=done, view=None)
        if isinstance(written, Proposed):
            await show_proposed(interaction, self._setups, written)

    async def _leave(self, interaction: Press) -> None:
        self.stop()
        await interaction.response.edit_message(content=say("Left as it was. Nothing was changed."), view=None)
