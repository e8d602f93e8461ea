"""A button under an honest no: tell me when there is an answer."""

from __future__ import annotations

from bot.core.wording import later, say
from bot.ui.kit.failures import tell
from bot.ui.kit.host import Press, workspace_of
from bot.ui.kit.lasting import LastingButton


class TellMe(LastingButton, template=r"caveat:tell:(?P<miss>\d{1,19})"):
    """Notes that whoever presses it wants to hear of an answer."""

    def __init__(self, miss: int) -> None:
        super().__init__(say("Tell me later"), f"caveat:tell:{miss}", row=1)
        self._miss = miss

    async def press(self, press: Press) -> None:
        """Remember who pressed."""
        kept = await press.client.services.missed.wait(workspace_of(press), self._miss, str(press.user.id))
        await tell(press, say(_WILL_HEAR if kept else _GONE))


_WILL_HEAR = later("You will get a direct message when the fact base can answer that.")
_GONE = later("That question is no longer kept. Ask it again and press the button under the new answer.")
