"""The shared scene: two servers, the people in them, the real bot; and what every message of the bot must keep."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import discord
import simcord

from bot.app import Caveat, composed
from bot.core.block import ATTRIBUTION, VERIFICATION
from bot.demo import buttons, transcript
from bot.settings import Settings

_REF = re.compile(r"^C\d+( ·.*)?$")
_MENTION = re.compile(r"<@!?&?\d+>|@everyone|@here")


@dataclass
class Desk:
    """
    Everybody a test can act as, and where.

    `member`, `moderator` and `admin` are in `server`; `rival` moderates `other_server`; `channel` and `thread` are in
    the first server, `other_channel` in the second.
    """

    env: simcord.Env
    bot: Caveat
    settings: Settings
    server: simcord.GuildHandle
    other_server: simcord.GuildHandle
    channel: simcord.ChannelHandle
    other_channel: simcord.ChannelHandle
    member: simcord.MemberActor
    colleague: simcord.MemberActor
    moderator: simcord.MemberActor
    admin: simcord.MemberActor
    rival: simcord.MemberActor
    stop_second_bot: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def say(self, text: str, *, who: simcord.MemberActor | None = None) -> discord.Message | None:
        """Say *text* in the channel (as the member unless told); the bot's newest message, if it answered."""
        speaker = who or self.member
        channel = self.other_channel if speaker is self.rival else self.channel
        before = {message.id for message in channel.history()}
        await speaker.send(channel, text)
        new = [message for message in channel.history() if message.id not in before]
        return next((message for message in reversed(new) if self._ours(message)), None)

    async def answer(self, text: str) -> str:
        """What a client shows of the bot's answer to the member's *text*; empty for silence."""
        message = await self.say(text)
        return text_of(message) if message else ""

    async def restart(self) -> None:
        """Stop the bot's process and start another one on the same database."""
        await self.stop_second_bot.aclose()
        fresh = await self.stop_second_bot.enter_async_context(composed(self.settings, shard_count=1))
        await self.env.restart_bot(fresh)
        self.bot = fresh

    def messages(self) -> list[discord.Message]:
        """Every message of the bot, in every channel."""
        channels = [*self.server.channels.values(), *self.other_server.channels.values()]
        return [message for channel in channels for message in channel.history() if self._ours(message)]

    def _ours(self, message: discord.Message) -> bool:
        return self.bot.user is not None and message.author.id == self.bot.user.id


def text_of(message: discord.Message) -> str:
    """A message as a client shows it, as plain text."""
    return transcript(message)


def labels_of(message: discord.Message) -> list[str]:
    """The labels of the buttons that can be pressed."""
    return [button.label or "" for button in buttons(message) if not button.disabled]


def refs_in(text: str) -> list[str]:
    """The claims shown in *text*, in order: C14 …"""
    return [line.split()[0] for line in text.splitlines() if _REF.match(line)]


def breaches(text: str, figures: Iterable[str]) -> list[str]:
    """
    How *text*, a whole message, breaks the answer contract; nothing when it keeps it.

    Args:
        figures: Quantifier words of the base ("more than 6,000"): none may stand outside a block.
    """
    found: list[str] = []
    outside: list[str] = []
    state = "outside"
    for line in text.splitlines():
        if line.startswith(ATTRIBUTION):
            if state == "inside":
                found.append(f"a block has no verification before {line!r}")
            if not line.removeprefix(ATTRIBUTION).strip():
                found.append("an attribution is empty")
            state = "inside"
        elif line.startswith(VERIFICATION):
            if state != "inside":
                found.append(f"a verification has no attribution: {line!r}")
            if not line.removeprefix(VERIFICATION).strip():
                found.append("a verification is empty")
            state = "outside"
        elif state == "outside":
            outside.append(line)
    if state == "inside":
        found.append("the last block has no verification")
    bare = "\n".join(outside)
    found += [f"the figure “{figure}” stands outside a block" for figure in figures if figure in bare]
    if _MENTION.search(text):
        found.append("somebody could be pinged")
    shown = len(refs_in(text))
    if shown > text.count(ATTRIBUTION):
        found.append("a claim is shown without its attribution")
    return found
