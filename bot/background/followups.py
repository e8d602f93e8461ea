"""What follows a change in Discord: corrections where a claim was shown otherwise, and messages to who waits."""

from __future__ import annotations

import contextlib
import logging
from dataclasses import dataclass
from typing import Any

import discord

from bot.core.history.events import Changed
from bot.core.wording import say, speak_as
from bot.services.corrections import WINDOW_DAYS
from bot.services.services import Services
from bot.ui.kit.direct_messages import server_named, write_all_to
from bot.ui.kit.text import escape
from bot.ui.tracing.corrections import offer, post_all, posted_line

log = logging.getLogger(__name__)


@dataclass(eq=False, repr=False)
class FollowUps:
    """Sends what follows a change."""

    _bot: discord.Client
    _its: Services

    async def correct(self, changed: Changed) -> None:
        """
        Post corrections where the server wants them unasked; else offer them to whoever made the change.

        The offer stands where the change was made, or in the review channel where it was made nowhere.
        """
        numbers = await self._its.corrections.outdated(changed.workspace, changed.visible)
        if not numbers:
            return
        setup = await self._its.setups.of(changed.workspace)
        speak_as(setup)
        if setup.corrections:
            posted = await post_all(self._bot, changed.workspace, numbers, WINDOW_DAYS)
            message: dict[str, Any] = {"content": posted_line(numbers, posted)}
        else:
            message = await offer(self._its.corrections, changed.workspace, numbers)
        for place in (changed.where, setup.review_channel):
            channel = self._bot.get_channel(place) if place else None
            if isinstance(channel, discord.abc.Messageable):
                with contextlib.suppress(discord.HTTPException):
                    await channel.send(**message, silent=True)
                    return
        log.info("corrections of %d claims are due in %d, and nobody could be told", len(numbers), changed.workspace)

    async def tell_waiting(self, changed: Changed) -> None:
        """Write to whoever wants to hear of an answer that there is now."""
        guild = self._bot.get_guild(changed.workspace)
        speak_as(await self._its.setups.of(changed.workspace))
        for each in await self._its.missed.answerable(changed.workspace):
            line = say(
                "What you asked in {server} can be answered now, about {about}. Ask again there.",
                server=server_named(guild),
                about=escape(each.about),
            )
            try:
                await write_all_to(self._bot, each.person, [{"content": line}])
            except discord.HTTPException:  # not that they take none: Discord failed
                await self._its.missed.give_back(each)
