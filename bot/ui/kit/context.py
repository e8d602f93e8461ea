"""The command context, typed, and the two ways of speaking: to the channel and to one person."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from time import perf_counter
from typing import Any, TypeVar

import discord
from discord.ext import commands

from bot.core.asking.search import Result
from bot.core.claims import Claim
from bot.services.answers import CURATED, Snapshot
from bot.services.services import Services
from bot.ui.kit.host import Host

log = logging.getLogger(__name__)

_T = TypeVar("_T")
_PAUSES_S = (1.0, 4.0)
_TOO_MANY, _SERVER_ERROR = 429, 500
_ACKNOWLEDGED_S = 1.5
"""Discord gives a slash command up after three seconds without a word."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reference whose ids are strings, as Discord's description wants them; discord.py's own sends numbers."""

    message: discord.Message | discord.PartialMessage

    @classmethod
    def to(cls, message: discord.Message | discord.PartialMessage) -> dict[str, Any]:
        """What to add to `send` so that it replies to *message* without pinging its author."""
        return {"reference": cls(message), "mention_author": False}

    def to_message_reference_dict(self) -> dict[str, object]:
        """What discord.py asks of anything it replies to; the message may be gone by then."""
        where = self.message
        return {"message_id": str(where.id), "channel_id": str(where.channel.id), "fail_if_not_exists": False}


def embeds_allowed(channel: discord.abc.MessageableChannel, me: discord.Member) -> bool:
    """Whether Discord shows embeds that the bot, *me*, sends in *channel*; without the permission it drops them."""
    return channel.permissions_for(me).embed_links


async def replied_to(message: discord.Message) -> discord.Message | None:
    """The message that *message* replies to; None where there is none or it is gone."""
    reference = message.reference
    if reference is None or reference.message_id is None:
        return None
    if isinstance(reference.resolved, discord.Message):
        return reference.resolved
    try:
        return await message.channel.fetch_message(reference.message_id)
    except discord.HTTPException:
        return None


async def persistently(send: Callable[[], Awaitable[_T]]) -> _T:
    """
    What *send* gives, tried again after a passing failure; it sends with a nonce, so that nothing is shown twice.

    Raises:
        discord.HTTPException: Discord refuses, or does not answer for long.
    """
    for pause in _PAUSES_S:
        try:
            return await send()
        except discord.HTTPException as error:
            if error.status != _TOO_MANY and error.status < _SERVER_ERROR:
                raise
            log.warning("an answer could not be sent yet: %s", error)
            await asyncio.sleep(pause)
    return await send()


def _files_of(message: dict[str, Any]) -> list[discord.File]:
    return [*message.get("files", ()), *([message["file"]] if message.get("file") else [])]


class Outcome(StrEnum):
    """What became of a command, for whoever runs the bot."""

    ANSWERED = "answered"
    ASKED_BACK = "asked back"
    NO_CLAIM = "no claim"
    REFUSED = "refused"
    ERROR = "error"


class Context(commands.Context[Host]):
    """
    A command's context in its workspace.

    `result` is set where routing already found the answer, so that it is not searched for twice. `outcome` is set
    where claims were looked for, by whoever shows what was found; `started` is when the command came, in seconds.
    `opened` is the press by which a typed command is run anew, for the eyes of whoever gave it.
    `mending` is an earlier reply that the next one takes the place of, `mended` whether it did; `reply_id` and
    `buttons` are of the last reply.
    """

    result: Result | None = None
    outcome: Outcome | None = None
    opened: discord.Interaction[Any] | None = None
    _acknowledging: asyncio.Task[None] | None = None
    mending: discord.PartialMessage | None = None
    reply_id: int | None = None
    mended = False
    buttons: discord.ui.View | None = None
    _announced = False
    _replies = 0

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.started = perf_counter()

    @cached_property
    def _answering(self) -> asyncio.Lock:
        return asyncio.Lock()

    @property
    def workspace(self) -> int:
        """The server's id, or the curated base in direct messages."""
        return self.guild.id if self.guild else CURATED

    @property
    def services(self) -> Services:
        """Everything that the bot does."""
        return self.bot.services

    async def snapshot(self) -> Snapshot:
        """The base that is asked, as it answers now."""
        return await self.services.workspaces.open(self.workspace)

    @cached_property
    def plain(self) -> bool:
        """Whether it has to do without embeds, as Discord would drop them here; answers by token may have them."""
        return not (self.by_token or self.guild is None or embeds_allowed(self.channel, self.guild.me))

    @property
    def by_token(self) -> bool:
        """Whether it is answered by the token of an interaction: a slash command, or one run anew by a press."""
        return self.interaction is not None or self.opened is not None

    @property
    def discreet(self) -> bool:
        """Whether the answer holds people's own words, for those who decide; Discord hides it in the picker alone."""
        return bool(self.command and self.command.extras.get("discreet"))

    @property
    def asked(self) -> str:
        """What was asked, as typed or filled in."""
        typed = (value.ref if isinstance(value, Claim) else value for value in self.kwargs.values())
        given = " ".join(value for value in typed if isinstance(value, str))
        return given or (self.command.qualified_name if self.command else "")

    async def tell(self, line: str) -> None:
        """Say *line* to the person who gave the command, privately where Discord allows it."""
        if self.interaction is not None:
            async with self._answering:
                self.answered()
                announced, self._announced = self._announced, False
                if announced:  # what is sent next would stand where all see that an answer is coming
                    await self.interaction.edit_original_response(content="…")
                await self.send(line, ephemeral=True)
                if announced:
                    await self.interaction.delete_original_response()
        else:
            await self.respond(content=line)

    async def respond(self, **message: Any) -> discord.Message:
        """
        Reply to the command without pinging anybody; works when the command's message is gone.

        Buttons that are taken away later are told where they stand.
        """
        sent = await self._respond(message)
        if message.get("view") is not None:
            message["view"].message = sent
        return sent

    async def _respond(self, message: dict[str, Any]) -> discord.Message:
        if self.interaction is not None:
            async with self._answering:
                self.answered()
                self._announced = False
                return await self.send(ephemeral=self.discreet, **message)  # pyright: ignore[reportUnknownVariableType] the overloads cannot be told apart
        if self.opened is not None:
            return await self.opened.followup.send(ephemeral=True, wait=True, **message)
        self.buttons = message.get("view")
        if mended := await self._mended(message):
            return mended
        message |= {**Reply.to(self.message), "nonce": self.nonce()}

        async def send() -> discord.Message:
            for file in _files_of(message):
                file.reset()
            return await self.send(**message)  # pyright: ignore[reportUnknownVariableType] likewise

        sent = await persistently(send)
        self.reply_id = sent.id
        return sent

    async def _mended(self, message: dict[str, Any]) -> discord.Message | None:
        """The earlier reply turned into *message*; None where there is none to turn, or it is gone."""
        earlier, self.mending = self.mending, None
        if earlier is None:
            return None
        try:
            edited = await earlier.edit(
                content=message.get("content"),
                embeds=message.get("embeds") or [],
                attachments=_files_of(message),
                view=message.get("view"),
            )
        except discord.NotFound:
            return None
        self.reply_id, self.mended = edited.id, True
        return edited

    def nonce(self) -> str:
        """What Discord knows the next reply by: sent again, it is not shown twice."""
        self._replies += 1
        return f"{self.message.id}-{self._replies}"

    def answered(self) -> None:
        """Nobody need be told any more that an answer is coming."""
        if self._acknowledging is not None:
            self._acknowledging.cancel()

    def acknowledge(self) -> None:
        """Tell Discord after a while that an answer is coming, or it gives up a slash command that takes long."""
        if self.interaction is not None:
            self._acknowledging = asyncio.ensure_future(self._acknowledge_later())

    async def _acknowledge_later(self) -> None:
        await asyncio.sleep(_ACKNOWLEDGED_S)
        interaction = self.interaction
        if interaction is None:
            return
        async with self._answering:
            if not interaction.response.is_done():
                await interaction.response.defer(ephemeral=self.discreet)
                self._announced = not self.discreet
