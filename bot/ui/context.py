"""The command context, typed, and the two ways of speaking: to the channel and to one person."""

from __future__ import annotations

from dataclasses import dataclass

import discord
from discord.ext import commands

from bot.core.search import Result
from bot.services.answers import CURATED


@dataclass(frozen=True, slots=True)
class _Reply:
    """A reference whose ids are strings, as Discord's description wants them; discord.py's own sends numbers."""

    message: discord.Message

    def to_message_reference_dict(self) -> dict[str, object]:
        """What discord.py asks of anything it replies to; the message may be gone by then."""
        where = self.message
        return {"message_id": str(where.id), "channel_id": str(where.channel.id), "fail_if_not_exists": False}


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

    @property
    def may_embed(self) -> bool:
        """Whether Discord shows Caveat's embeds here; interactions always may."""
        if self.interaction is not None or self.guild is None:
            return True
        return self.channel.permissions_for(self.guild.me).embed_links  # pyright: ignore[reportArgumentType] the member is the bot itself

    async def tell(self, line: str) -> None:
        """Say *line* to the person who gave the command, privately where Discord allows it."""
        if self.interaction is not None:
            await self.send(line, ephemeral=True)
        else:
            await self.respond(content=line)

    async def respond(self, **message: object) -> discord.Message:
        """Reply to the command without pinging anybody; works when the command's message is gone."""
        if self.interaction is None:
            message["reference"] = _Reply(self.message)
            message["mention_author"] = False
        return await self.send(**message)  # pyright: ignore[reportArgumentType, reportCallIssue] send's own overloads check it
