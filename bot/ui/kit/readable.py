"""Messages that a link, an id or a reply names: one place says whether a person may read them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import discord

from bot.core.claims import Claim, FactBase
from bot.core.history.receipts import Receipt
from bot.core.wording import later, refused, say
from bot.errors import NotFound
from bot.ui.kit.context import Context
from bot.ui.kit.host import channel_if_any

Readable = discord.abc.GuildChannel | discord.Thread

_LINK = re.compile(r"<?https?://[^/\s]+/channels/(@me|\d{1,21})/(\d{1,21})/(\d{1,21})/?>?")
_ID = re.compile(r"\d{15,21}")
_NONE = later("No message is there that both you and Caveat can read; it may be gone, or somewhere you cannot look.")


@dataclass(frozen=True, slots=True)
class Meant:
    """A message that the person may read, and what it showed, where it showed claims."""

    message: discord.Message
    receipt: Receipt | None


@dataclass(frozen=True, slots=True)
class _Pointed:
    """What a link says: the server's id (0 for direct messages), channel and message; None where an id says less."""

    server: int | None
    channel: int | None
    message: int


async def may_read(who: discord.Member, channel: Readable) -> bool:
    """
    Whether *who* may read what was written in *channel*, at this moment.

    A private thread takes being in it or Manage Threads; a voice or stage channel's chat takes Connect.
    """
    if channel.guild.id != who.guild.id or (isinstance(channel, discord.Thread) and channel.parent is None):
        return False
    allowed = channel.permissions_for(who)
    if not (allowed.view_channel and allowed.read_message_history):
        return False
    if isinstance(channel, discord.VoiceChannel | discord.StageChannel):
        return allowed.connect
    if isinstance(channel, discord.Thread) and channel.is_private() and not allowed.manage_threads:
        return await is_in(channel, who.id)
    return True


async def is_in(place: discord.Guild | discord.Thread, who: int) -> bool:
    """Whether somebody, by id, is a member of a server or a private thread."""
    try:
        await place.fetch_member(who)
    except discord.HTTPException:
        return False
    return True


async def message_meant(ctx: Context, typed: str) -> Meant | None:
    """
    The message that *typed* names by link or id, or the one replied to where nothing is typed.

    Returns:
        None where nothing names a message.

    Raises:
        NotFound: There is none that whoever asks may read here; the sentence is the same whatever the cause, so that
            it tells nothing of what they cannot see.
    """
    pointed = _pointed(typed) if typed else _replied(ctx)
    if pointed is None:
        return None
    receipt = await ctx.services.receipts.of(ctx.workspace, pointed.message)
    where = pointed.channel or (receipt.channel if receipt else ctx.channel.id)
    channel = await _channel(ctx, pointed.server, where)
    if channel is None or (receipt is not None and receipt.channel != where):
        raise NotFound(say(_NONE))
    return Meant(await fetched(channel, pointed.message), receipt)


def words_of(message: discord.Message) -> str:
    """What people read in *message*: its text, its embeds, and what it forwards."""
    forwarded = message.message_snapshots
    texts = (message.content, *(snapshot.content for snapshot in forwarded))
    embeds = (*message.embeds, *(embed for snapshot in forwarded for embed in snapshot.embeds))
    parts = [part for embed in embeds for part in _parts(embed)]
    return "\n".join(part for part in (*texts, *parts) if part and part.strip())


def _parts(embed: discord.Embed) -> tuple[str | None, ...]:
    fields = (text for field in embed.fields for text in (field.name, field.value))
    return embed.title, embed.description, *fields, embed.footer.text


def link_in(text: str) -> str:
    """The first link to a message in *text*, or its id where that is all; or nothing."""
    found = _LINK.search(text) or _ID.fullmatch(text.strip())
    return found[0] if found else ""


async def fetched(channel: discord.abc.Messageable, message: int) -> discord.Message:
    """A message of a channel that may be read; raises `NotFound` when it is gone or was never there."""
    try:
        return await channel.fetch_message(message)
    except discord.HTTPException:
        raise NotFound(say(_NONE)) from None


async def claim_meant(ctx: Context, typed: str) -> str:
    """
    *typed*, or where it links to an answer, or nothing is typed in reply to one, the id of the one claim shown there.

    Raises:
        NotFound: As of `message_meant`.
        Refused: The answer showed no claim, or several; or nothing names one.
    """
    if typed.strip() and _LINK.fullmatch(typed.strip()) is None:
        return typed
    meant = await message_meant(ctx, typed.strip())
    if meant is None:
        raise refused("Give a claim's id, such as C14, or reply to an answer that showed one claim.")
    shown = sorted(meant.receipt.claims) if meant and meant.receipt else []
    if len(shown) == 1:
        return f"C{shown[0]}"
    if not shown:
        raise refused("That message showed no claim, or its receipt was kept no more; give a claim's id.")
    raise refused(
        "That answer showed {refs}; name one of them.", refs=", ".join(f"C{number}" for number in shown[:10])
    )


async def claims_shown(ctx: Context, base: FactBase) -> tuple[Claim, ...]:
    """
    The claims of the answer replied to, as they stand in *base* now; retired ones are left out. None without a reply.

    Raises:
        NotFound: As of `message_meant`.
    """
    meant = await message_meant(ctx, "")
    numbers = meant.receipt.claims if meant and meant.receipt else ()
    claims = (base.claims.get(number) for number in numbers)
    return tuple(claim for claim in claims if claim is not None and not claim.retired)


async def may_read_behind(ctx: Context, link: str) -> bool:
    """Whether whoever asks may read in the channel that *link* leads to."""
    pointed = _pointed(link)
    return pointed is not None and bool(await _channel(ctx, pointed.server, pointed.channel or 0))


async def _channel(ctx: Context, server: int | None, channel: int) -> discord.abc.Messageable | None:
    """The channel, where it is of the server or the direct messages that the command is given in, and readable."""
    if server not in (None, ctx.guild.id if ctx.guild else 0):
        return None
    if ctx.guild is None:
        return ctx.channel if ctx.channel.id == channel else None
    found = await channel_if_any(ctx.bot, channel)
    if not isinstance(found, Readable) or not isinstance(found, discord.abc.Messageable):
        return None
    return found if isinstance(ctx.author, discord.Member) and await may_read(ctx.author, found) else None


def _pointed(typed: str) -> _Pointed | None:
    text = typed.strip()
    if link := _LINK.fullmatch(text):
        return _Pointed(0 if link[1] == "@me" else int(link[1]), int(link[2]), int(link[3]))
    return _Pointed(None, None, int(text)) if _ID.fullmatch(text) else None


def _replied(ctx: Context) -> _Pointed | None:
    reference = ctx.message.reference if ctx.interaction is None else None
    if reference is None or reference.message_id is None:
        return None
    return _Pointed(None, reference.channel_id, reference.message_id)
