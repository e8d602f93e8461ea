"""Buttons under an honest no, which lead on to a topic that comes near."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Self

import discord

from bot.core.asking.results import Found
from bot.core.claims import Entry
from bot.core.wording import say
from bot.services.answers import CURATED
from bot.ui.asking.finding import found_pages, title_of
from bot.ui.kit.buttons import Press
from bot.ui.kit.embeds import LABEL
from bot.ui.kit.failures import tell
from bot.ui.kit.host import host_of
from bot.ui.kit.lasting import LastingButton
from bot.ui.kit.pages import replace_pages
from bot.ui.kit.text import clip, visible

_LONGEST_KEY = 60


class AboutButton(LastingButton, template=r"caveat:about:(?P<asker>\d{1,20}):(?P<topic>[a-z0-9-]{1,60})"):
    """Turns the refusal into the claims on a topic, for whoever asked; its state is its id."""

    def __init__(self, asker: int, topic: str, label: str = "…") -> None:
        super().__init__(
            clip(visible(label), LABEL), f"caveat:about:{asker}:{topic}", style=discord.ButtonStyle.primary
        )
        self._asker = asker
        self._topic = topic

    @classmethod
    async def from_custom_id(cls, _: Press, item: discord.ui.Item[Any], match: re.Match[str], /) -> Self:
        """Rebuild the button from a pressed message."""
        return cls(int(match["asker"]), match["topic"])

    async def press(self, interaction: Press) -> None:
        """Show the topic's claims in place."""
        if interaction.user.id != self._asker:
            await tell(interaction, say("These buttons belong to whoever asked. Ask yourself and you get your own."))
            return
        workspaces = host_of(interaction.client).services.workspaces
        snapshot = await workspaces.open(interaction.guild_id or CURATED)
        topic = snapshot.base.topics.get(self._topic)
        result = await snapshot.work_out(snapshot.named, topic.name) if topic else None
        if not isinstance(result, Found):
            await tell(interaction, say("That topic has no claim any more. !topics lists everything there is."))
            return
        plain = not (interaction.message and interaction.message.embeds)
        pages = found_pages(snapshot, result, title_of(result), plain=plain)
        await replace_pages(interaction, pages, interaction.message, plain=plain)


def about_buttons(entries: Iterable[Entry], asker: int) -> list[AboutButton]:
    """A button for each of *entries*."""
    return [AboutButton(asker, entry.key, entry.name) for entry in entries if len(entry.key) <= _LONGEST_KEY]
