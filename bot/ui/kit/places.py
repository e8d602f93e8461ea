"""Where the bot posts for somebody: places in which that person may read and write themselves."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.wording import refused
from bot.errors import Refused
from bot.ui.kit.context import embeds_allowed
from bot.ui.kit.host import Host, channel_if_any
from bot.ui.kit.readable import may_read
from bot.ui.kit.text import clip, visible

Chat = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread
"""What a message can be sent to; announcement channels are text channels."""

Place = Chat | discord.ForumChannel
"""Where something can be posted: in a forum, as a post of its own."""

Named = Place | discord.CategoryChannel
"""What somebody may name."""

_TITLE = 100


class PlaceOption(app_commands.Transformer, commands.Converter[Named]):
    """A place that somebody names: typed, any channel, so that a category gets a sentence; picked, what will do."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """A channel."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """What Discord offers."""
        kinds = discord.ChannelType
        threads = [kinds.public_thread, kinds.private_thread, kinds.news_thread]
        return [kinds.text, kinds.news, kinds.voice, kinds.stage_voice, kinds.forum, *threads]

    async def transform(
        self, interaction: discord.Interaction[Any], value: app_commands.AppCommandChannel, /
    ) -> discord.abc.GuildChannel | discord.Thread:
        """The channel that was picked; raises `ChannelNotFound` where the bot does not see it."""
        try:
            return value.resolve() or await value.fetch()
        except discord.HTTPException:
            raise commands.ChannelNotFound(value.mention) from None

    async def convert(self, ctx: commands.Context[Any], argument: str) -> Named:  # pyright: ignore[reportIncompatibleMethodOverride] the same
        """The channel or thread named; raises `ChannelNotFound`, also for what the person does not see."""
        argument = argument.removeprefix("#")
        found = await _named(ctx, argument)
        if not isinstance(found, Named) or not await _knows(ctx.author, found):
            raise commands.ChannelNotFound(argument)
        return found


def place_in(channel: Named) -> Place:
    """*channel*, where it is no category; raises `Refused`."""
    if isinstance(channel, discord.CategoryChannel):
        raise refused("{channel} is a category; name one of the channels in it.", channel=channel.mention)
    return channel


async def place_for(who: discord.Member | discord.User, channel: Named, *, plainly: bool = False) -> Place:
    """
    *channel*, where *who* and the bot may both post.

    Args:
        plainly: Whether what is posted there can do without embeds.

    Raises:
        Refused: It is a category, or one of the two may not; the sentence says which.
    """
    channel = place_in(channel)
    if not isinstance(who, discord.Member) or not await may_read(who, channel) or not _may_write(who, channel):
        raise not_for(channel.mention)
    me = channel.guild.me
    embeds = plainly or channel.permissions_for(me).embed_links
    if not (_may_write(me, channel) and embeds and _is_let_in(me, channel)):
        raise refused(
            "Caveat may not post in {channel}: it needs View Channel, Send Messages (in threads and "
            "forums Send Messages in Threads) and Embed Links there; to a private thread it has to "
            "be added.",
            channel=channel.mention,
        )
    return channel


def not_for(channel: str) -> Refused:
    """That whoever asks may not write in *channel*, a mention."""
    return refused(
        "You may not read and write in {channel} yourself, so nothing is posted there for you.", channel=channel
    )


async def _named(ctx: commands.Context[Any], argument: str) -> object:
    """The channel or thread of the server that *argument* names, by its name or a mention, archived or not."""
    for converter in (commands.GuildChannelConverter(), commands.ThreadConverter()):
        with contextlib.suppress(commands.ChannelNotFound, commands.ThreadNotFound):
            return await converter.convert(ctx, argument)
    number = argument.strip("<#>")
    return await channel_if_any(ctx.bot, int(number)) if number.isdecimal() else None


async def _knows(who: discord.Member | discord.User, channel: Named) -> bool:
    """Whether *who* sees *channel* among the others; to whoever does not, nothing says that it is there."""
    if not isinstance(who, discord.Member) or channel.guild != who.guild or not _sees(who, channel):
        return False
    return not isinstance(channel, discord.Thread) or not channel.is_private() or await may_read(who, channel)


def _sees(who: discord.Member, channel: Named) -> bool:
    if isinstance(channel, discord.Thread) and channel.parent is None:
        return False
    return channel.permissions_for(who).view_channel


def _may_write(who: discord.Member, channel: Place) -> bool:
    if not _sees(who, channel):
        return False
    allowed = channel.permissions_for(who)
    if isinstance(channel, discord.Thread):
        return allowed.send_messages_in_threads and (allowed.manage_threads or not channel.locked)
    if isinstance(channel, discord.ForumChannel):
        return allowed.send_messages and allowed.send_messages_in_threads
    voice = isinstance(channel, discord.VoiceChannel | discord.StageChannel)
    return allowed.send_messages and (allowed.connect or not voice)


def _is_let_in(me: discord.Member, channel: Place) -> bool:
    if not isinstance(channel, discord.Thread) or not channel.is_private():
        return True
    return channel.me is not None or channel.permissions_for(me).manage_threads


async def begin_post(
    forum: discord.ForumChannel,
    title: str,
    content: str | None,
    embeds: Sequence[discord.Embed],
    allowed: discord.AllowedMentions | None = None,
) -> tuple[discord.Thread, discord.Message]:
    """
    A new post in *forum*, beginning with a message.

    Args:
        title: Names of entries; clipped to what Discord takes.
        allowed: Whom the message may notify; nobody where it is not given.
    """
    tags = forum.available_tags[:1] if forum.flags.require_tag else ()
    made = await forum.create_thread(
        name=clip(visible(title), _TITLE),
        content=content,
        embeds=embeds,
        applied_tags=tags,
        allowed_mentions=allowed or discord.AllowedMentions.none(),
    )
    return made.thread, made.message


async def post_for_review(
    host: Host, workspace: int, shown: Callable[[bool], dict[str, Any]], *, but: int | None = None
) -> None:
    """
    Post to the channel of reviews, if the server has one in which the bot may write.

    Args:
        shown: Makes the message, given whether it has to do without embeds.
        but: A channel in which it is shown already.
    """
    where = (await host.services.setups.of(workspace)).review_channel
    channel = host.get_channel(where) if where not in (None, but) else None
    if isinstance(channel, discord.TextChannel):
        with contextlib.suppress(discord.HTTPException):
            await channel.send(**shown(not embeds_allowed(channel, channel.guild.me)), silent=True)
