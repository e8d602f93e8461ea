"""Buttons that outlive the process; and those that live in it only, stop in time, and pressed too late say so."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, ClassVar, Self
from weakref import WeakValueDictionary

import discord
from discord.ui.select import BaseSelect

from bot.core.wording import later, say
from bot.ui.kit.checks import Rank, Refusal, require
from bot.ui.kit.cooldown import Paced
from bot.ui.kit.failures import answer_failure
from bot.ui.kit.host import Press

TOKEN_S = 780.0
"""Seconds for which the reply to a slash command can surely be edited: its token ends after fifteen minutes."""

TOO_LATE = later(
    "These buttons no longer work: they were used already, too much time has passed, or Caveat was restarted. "
    "This press changed nothing. Look at what stands, then give the command again."
)

Act = Callable[[Press], Awaitable[None]]

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
    """
    A button whose state is its id, so that it works after a restart; never silent when it fails.

    Attributes:
        needed: The rank that whoever presses must have at that moment.
    """

    needed: ClassVar[Rank] = Rank.MEMBER

    def __init__(
        self, label: str, custom_id: str, style: discord.ButtonStyle = _QUIET, row: int | None = None
    ) -> None:
        super().__init__(discord.ui.Button(label=label, style=style, custom_id=custom_id, row=row))

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Rebuild the button from a pressed message, of the numbers and words in its id unless it says otherwise."""
        of: Any = cls
        return of(*(int(each) if each.isdecimal() else each for each in match.groups()))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what it is for, if whoever pressed may; or one sentence for them."""
        try:
            await require(interaction.client, interaction.user, self.needed)
            await self.press(interaction)
        except Exception as error:
            await answer_failure(interaction, error, "a button")

    async def press(self, press: Press, /) -> None:
        """What it is for; raises what whoever pressed is to be told."""
        raise NotImplementedError


class ReplyView(Paced, discord.ui.View):
    """
    Buttons under a reply for one person, which are taken away after a while without a press.

    Those under the reply to a slash command are taken away before its token ends, as nobody could later.

    Args:
        person: Who may press, by id.
        needed: The rank that they must still have when they do.

    Attributes:
        message: The reply, once it is sent.
        others: What anybody else is told.
    """

    others: ClassVar[str] = later("These buttons belong to whoever gave the command.")

    def __init__(self, person: int, needed: Rank = Rank.MEMBER, seconds: float = TOKEN_S) -> None:
        super().__init__(timeout=seconds)
        self.person = person
        self._needed = needed
        self._seconds = seconds
        self._id = new_id(self)
        self._acting = asyncio.Lock()
        self.message: discord.Message | None = None

    def offer(self, label: str, act: Act, style: discord.ButtonStyle = _QUIET) -> discord.ui.Button[Any]:
        """Add a button that does *act*."""
        button: discord.ui.Button[Any] = discord.ui.Button(label=label, style=style)
        self.act_on(button, act)
        return button

    def act_on(self, item: discord.ui.Button[Any] | BaseSelect[Any], act: Act) -> None:
        """Add *item*, which does *act* when it is its turn."""
        item.callback = partial(self.in_turn, act)  # pyright: ignore[reportAttributeAccessIssue] any coroutine function serves
        self.add_item(item)

    async def in_turn(self, act: Act, press: Press) -> None:
        """Do *act*, after what was pressed before; raises `Refusal` once these buttons have done their work."""
        async with self._acting:
            if self.is_finished():
                raise Refusal(say(TOO_LATE))
            await act(press)

    def add_item(self, item: discord.ui.Item[Any]) -> Self:
        """Add *item*; a button or select without an id of its own gets one that tells whose it is."""
        if isinstance(item, discord.ui.Button | BaseSelect) and not item.is_persistent():
            item.custom_id = f"{self._id}:{len(self.children)}"
        return super().add_item(item)

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Count the press, ask whether it is allowed, and keep to the time that is left for a reply by token."""
        if not await super().interaction_check(interaction):
            return False
        await self.require_allowed(interaction)
        if isinstance(self.message, discord.InteractionMessage | discord.WebhookMessage):
            passed = (interaction.created_at - self.message.created_at).total_seconds()
            self.timeout = max(1.0, min(self._seconds, TOKEN_S - passed))
        return True

    async def require_allowed(self, press: Press, /) -> None:
        """Raise `Refusal` where whoever pressed may not."""
        if press.user.id != self.person:
            raise Refusal(say(self.others))
        await require(press.client, press.user, self._needed)

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception, item: Any, /) -> None:
        """One sentence for whoever pressed."""
        await answer_failure(interaction, error, "a button")

    def remaining(self) -> discord.ui.View | None:
        """What stays when these buttons go."""
        return None

    async def take_away(self, message: discord.Message) -> None:
        """Take the buttons off *message*, but for those that stay."""
        remaining = self.remaining()
        try:
            await message.edit(view=remaining)
        finally:
            if remaining is not None:
                remaining.clear_items()

    async def on_timeout(self) -> None:
        """Take the buttons away; what was not saved is discarded. A message that is gone needs nothing."""
        _ALIVE.pop(self._id.rpartition(":")[2], None)
        if self.message is not None:
            with contextlib.suppress(discord.HTTPException):
                await self.take_away(self.message)
        for item in self.children:
            vars(item).pop("callback", None)
        self.clear_items()

    def stop(self) -> None:
        """Hold no more buttons, each of which knows its view: so it goes at once, not when the collector comes by."""
        super().stop()
        self.clear_items()
