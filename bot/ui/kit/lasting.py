"""Buttons that outlive the process; and those that live in it only, stop in time, and pressed too late say so."""

from __future__ import annotations

import contextlib
import re
import secrets
from typing import Any, Self
from weakref import WeakValueDictionary

import discord
from discord.ui.select import BaseSelect

from bot.core.wording import later
from bot.ui.kit.cooldown import Paced
from bot.ui.kit.failures import answer_failure

TOKEN_S = 780.0
"""Seconds for which the reply to a slash command can surely be edited: its token ends after fifteen minutes."""

TOO_LATE = later(
    "These buttons no longer work: Caveat was restarted, or too much time has passed. "
    "Nothing was changed. Give the command again."
)

_QUIET = discord.ButtonStyle.secondary
_ALIVE: WeakValueDictionary[str, object] = WeakValueDictionary()
_ID = re.compile(r"caveat:here:(?P<key>[0-9a-f]{16})(?::\d+)?")


def new_id(holder: object) -> str:
    """An id for a form, or for the buttons of a view, alive for as long as *holder* is."""
    key = secrets.token_hex(8)
    _ALIVE[key] = holder
    return f"caveat:here:{key}"


def alive(custom_id: str) -> bool:
    """Whether what has this id can still act; ids of other kinds outlive the process."""
    found = _ID.fullmatch(custom_id)
    return found is None or found["key"] in _ALIVE


def end_all() -> None:
    """Another bot begins: what was sent before is pressed too late."""
    _ALIVE.clear()


class LastingButton(Paced, discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"(?!)"):
    """A button whose state is its id, so that it works after a restart; never silent when it fails."""

    def __init__(
        self, label: str, custom_id: str, style: discord.ButtonStyle = _QUIET, row: int | None = None
    ) -> None:
        super().__init__(discord.ui.Button(label=label, style=style, custom_id=custom_id, row=row))

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild the button from a pressed message, of the numbers in its id unless it says otherwise."""
        of: Any = cls
        return of(*map(int, match.groups()))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what it is for; or one sentence for whoever pressed."""
        try:
            await self.press(interaction)
        except Exception as error:
            await answer_failure(interaction, error, "a button")

    async def press(self, interaction: discord.Interaction[Any], /) -> None:
        """What it is for; raises what whoever pressed is to be told."""
        raise NotImplementedError


class ReplyView(Paced, discord.ui.View):
    """
    Buttons under a reply, which are taken away after a while without a press.

    Those under the reply to a slash command are taken away before its token ends, as nobody could later.

    Attributes:
        message: The reply, once it is sent.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(timeout=seconds)
        self._seconds = seconds
        self._id = new_id(self)
        self.message: discord.Message | None = None

    def add_item(self, item: discord.ui.Item[Any]) -> Self:
        """Add *item*; a button or select without an id of its own gets one that tells whose it is."""
        if isinstance(item, discord.ui.Button | BaseSelect) and not item.is_persistent():
            item.custom_id = f"{self._id}:{len(self.children)}"
        return super().add_item(item)

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Count the press, ask whether it is allowed, and keep to the time that is left for a reply by token."""
        if not await super().interaction_check(interaction) or not await self.allows(interaction):
            return False
        if isinstance(self.message, discord.InteractionMessage | discord.WebhookMessage):
            passed = (interaction.created_at - self.message.created_at).total_seconds()
            self.timeout = max(1.0, min(self._seconds, TOKEN_S - passed))
        return True

    async def allows(self, interaction: discord.Interaction[Any], /) -> bool:
        """Whether whoever pressed may; anybody may who has no other say. False once they were told why not."""
        return True

    def remaining(self) -> discord.ui.View | None:
        """What stays when these buttons go."""
        return None

    async def on_timeout(self) -> None:
        """Take the buttons away; what was not saved is discarded. A message that is gone needs nothing."""
        _ALIVE.pop(self._id.rpartition(":")[2], None)
        if self.message is not None:
            remaining = self.remaining()
            with contextlib.suppress(discord.HTTPException):
                await self.message.edit(view=remaining)
            if remaining is not None:
                remaining.clear_items()
        self.clear_items()  # each knows its view: without them it goes at once, not when the collector comes by
