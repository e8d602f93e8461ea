"""
Sending the commonest answer, one page to a text command, without building Discord objects that nobody looks at.

`Messageable.send` builds a view, then parses the whole reply back into a message, embeds and components. A single
page needs none of that: its Delete button carries its state in its id. What is sent is the same request through the
same client, rate limits included; by benchmarks/latency.py it saves a third of an answer's CPU time.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import discord
from discord.http import MultipartParameters

from bot.core.wording import say
from bot.ui.kit.context import Context, Reply, persistently
from bot.ui.kit.embeds import Page

_NOBODY: dict[str, Any] = {"parse": [], "replied_user": False}
_BUTTON, _ROW, _SECONDARY = 2, 1, 2


def discard_id(asker: int) -> str:
    """The id of the button with which *asker* deletes an answer."""
    return f"caveat:discard:{asker}"


async def send_page(ctx: Context, page: Page, beside: Sequence[tuple[str, str]], *, plain: bool) -> int:
    """
    Reply to a text command with *page* and a Delete button for whoever gave it; the id of the reply.

    Args:
        beside: Label and id of further buttons, of kinds that the bot knows by their id.
    """
    labelled = ((say("Delete"), discard_id(ctx.author.id)), *beside)
    buttons = [
        {"type": _BUTTON, "style": _SECONDARY, "label": label, "custom_id": custom_id}
        for label, custom_id in labelled
    ]
    payload: dict[str, Any] = {
        "content": page.content() if plain else None,
        "embeds": [] if plain else _embeds(page),
        "components": [{"type": _ROW, "components": buttons}],
        "allowed_mentions": _NOBODY,
        "message_reference": Reply(ctx.message).to_message_reference_dict(),
        "nonce": ctx.nonce(),
        "enforce_nonce": True,
    }
    channel: discord.abc.Snowflake = ctx.channel
    parameters = MultipartParameters(payload, None, None)
    sent = await persistently(lambda: ctx.bot.http.send_message(channel.id, params=parameters))
    return int(sent["id"])


@lru_cache(maxsize=256)
def _embeds(page: Page) -> list[Any]:
    return [embed.to_dict() for embed in page.embeds()]
