"""Buttons under an honest no: on to a topic that comes near, or tell me when there is an answer."""

from __future__ import annotations

from collections.abc import Iterable

import discord

from bot.core.asking.results import Found
from bot.core.claims import Entry
from bot.core.wording import later, say
from bot.errors import NotFound
from bot.ui.asking.finding import found_pages, title_of
from bot.ui.kit.checks import Refusal
from bot.ui.kit.embeds import LABEL
from bot.ui.kit.failures import tell
from bot.ui.kit.host import Press, snapshot_of, workspace_of
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

    async def press(self, press: Press) -> None:
        """Show the topic's claims in place."""
        if press.user.id != self._asker:
            raise Refusal(say("These buttons belong to whoever asked. Ask yourself and you get your own."))
        snapshot = await snapshot_of(press)
        topic = snapshot.base.topics.get(self._topic)
        result = await snapshot.work_out(snapshot.named, topic.name) if topic else None
        if not isinstance(result, Found):
            raise NotFound(say("That topic has no claim any more. !topics lists everything there is."))
        plain = not (press.message and press.message.embeds)
        pages = found_pages(snapshot, result, title_of(result), plain=plain)
        await replace_pages(press, pages, press.message, plain=plain)


def about_buttons(entries: Iterable[Entry], asker: int) -> list[AboutButton]:
    """A button for each of *entries*."""
    return [AboutButton(asker, entry.key, entry.name) for entry in entries if len(entry.key) <= _LONGEST_KEY]


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
