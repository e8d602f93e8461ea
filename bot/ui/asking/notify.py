"""A button under an honest no: tell me when there is an answer."""

from __future__ import annotations

from bot.core.wording import later, say
from bot.ui.kit.buttons import Press
from bot.ui.kit.failures import tell
from bot.ui.kit.host import host_of
from bot.ui.kit.lasting import LastingButton


class TellMe(LastingButton, template=r"caveat:tell:(?P<miss>\d{1,19})"):
    """Notes that whoever presses it wants to hear of an answer."""

    def __init__(self, miss: int) -> None:
        super().__init__(say("Tell me later"), f"caveat:tell:{miss}", row=1)
        self._miss = miss

    async def press(self, interaction: Press) -> None:
        """Remember who pressed."""
        missed = host_of(interaction.client).services.missed
        kept = await missed.wait(interaction.guild_id or 0, self._miss, str(interaction.user.id))
        line = _WILL_HEAR if kept else _GONE
        await tell(interaction, say(line))


_WILL_HEAR = later("You will get a direct message when the fact base can answer that.")
_GONE = later("That question is no longer kept. Ask it again and press the button under the new answer.")
