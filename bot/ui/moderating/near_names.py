"""A question back: which name of the base is meant by one that was typed and that nothing answers to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import discord

from bot.core.editing.meant import Meant
from bot.core.wording import later, say
from bot.ui.kit.buttons import Press
from bot.ui.kit.embeds import CHOICE
from bot.ui.kit.text import clip, visible

_OPTIONS = 25
_AS = {
    "claimant": later("the claimant"),
    "via": later("who carried it"),
    "about": later("whom it is about"),
    "topics": later("a topic"),
    "places": later("a place"),
}


class NearNames(discord.ui.Select[discord.ui.View]):
    """Offers names of entries, never what was typed, which may hold a figure."""

    def __init__(self, near: Sequence[Meant], chosen: Callable[[Press, Meant], Awaitable[None]]) -> None:
        super().__init__(placeholder=say("Did you mean …?"))
        self._near, self._chosen = near[:_OPTIONS], chosen
        for at, each in enumerate(self._near):
            self.add_option(label=clip(visible(each.name), CHOICE), value=str(at), description=say(_AS[each.field]))

    async def callback(self, interaction: Press) -> None:
        """Put the chosen name in the place of what was typed."""
        await self._chosen(interaction, self._near[int(self.values[0])])
