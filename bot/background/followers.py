"""Tells followers what changed: people by direct message, once a day at most; a server's feed within a minute."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord

from bot.background.outgoing import post
from bot.core.addresses import host_in
from bot.core.history.following import FEED, News
from bot.core.wording import speak_as
from bot.services.services import Services
from bot.ui.kit.direct_messages import server_named, write_all_to
from bot.ui.tracing.following import feed_bodies, news_messages

log = logging.getLogger(__name__)

Post = Callable[[str, Mapping[str, Any]], Awaitable[int]]
"""Posts a body as JSON to an address outside; gives the status of the answer."""

_GONE = frozenset({401, 403, 404, 410})
"""Answers that say that the address is no longer one to post to."""


@dataclass(eq=False, repr=False)
class Followers:
    """Sends what followers are to hear."""

    _bot: discord.Client
    _its: Services
    post: Post = post

    async def tell(self) -> None:
        """Tell everybody whose time has come; what fails comes back later."""
        due = await self._its.following.next_due()
        if due is None or due > self._its.clock():  # taking writes, and reading waits for nobody
            return
        for news in await self._its.following.take():
            try:
                await self._tell(news)
            except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
                log.warning("a follower in %d could not be told yet: %s", news.owed.workspace, error)
                await self._its.following.give_back(news.owed)
            except Exception:
                log.exception("a follower in %d cannot be told", news.owed.workspace)

    async def _tell(self, news: News) -> None:
        setup = await self._its.setups.of(news.owed.workspace)
        if not news.changes or (news.owed.person == FEED and not setup.feed):
            return
        speak_as(setup)
        if news.owed.person == FEED:
            await self._feed(news, setup.feed)
        elif await self._is_member(news):
            server = self._bot.get_guild(news.owed.workspace)
            named = {follow.id: await self._its.following.name(follow) for follow in news.owed.follows}
            messages = news_messages(news, named, server_named(server), setup.zone)
            await write_all_to(self._bot, news.owed.person, messages)

    async def _is_member(self, news: News) -> bool:
        """Whether they are still in the server; who left follows nothing there any more."""
        try:
            await self._bot.http.get_member(news.owed.workspace, int(news.owed.person))
        except (discord.NotFound, discord.Forbidden):
            await self._its.following.stop(news.owed.person, workspace=news.owed.workspace)
            return False
        return True

    async def _feed(self, news: News, address: str) -> None:
        for body in feed_bodies(news, host_in(address)):
            status = await self.post(address, body)
            if status in _GONE:
                log.warning("the feed of %d is refused with %d; this change is let go", news.owed.workspace, status)
                return
            if not 200 <= status < 300:
                raise OSError(f"the feed's address answers {status}")
