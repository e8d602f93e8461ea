"""The command context, typed, and the two ways of speaking: to the channel and to one person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import discord
from discord.ext import commands

from bot.core.asking.search import Result
from bot.core.claims import Claim
from bot.services.answers import CURATED


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


class Context(commands.Context[commands.AutoShardedBot]):
    """
    A command's context in its workspace.

    `result` is set where routing already found the answer, so that it is not searched for twice.
    """

    result: Result | None = None

    @property
    def workspace(self) -> int:
        """The server's id, or the curated base in direct messages."""
        return self.guild.id if self.guild else CURATED

    @cached_property
    def may_embed(self) -> bool:
        """Whether Discord shows Caveat's embeds here; interactions always may."""
        if self.interaction is not None or self.guild is None:
            return True
        return embeds_allowed(self.channel, self.guild.me)

    @property
    def private(self) -> bool:
        """Whether only one person sees the answers: in direct messages."""
        return self.guild is None

    @property
    def asked(self) -> str:
        """What was asked, as typed or filled in."""
        typed = (value.ref if isinstance(value, Claim) else value for value in self.kwargs.values())
        given = " ".join(value for value in typed if isinstance(value, str))
        return given or (self.command.qualified_name if self.command else "")

    async def tell(self, line: str) -> None:
        """Say *line* to the person who gave the command, privately where Discord allows it."""
        if self.interaction is not None:
            await self.send(line, ephemeral=True)
        else:
            await self.respond(content=line)

    async def respond(self, **message: Any) -> discord.Message:
        """Reply to the command without pinging anybody; works when the command's message is gone."""
        if self.interaction is None:
            message |= Reply.to(self.message)
        return await self.send(**message)  # pyright: ignore[reportUnknownVariableType] the overloads cannot be told apart
