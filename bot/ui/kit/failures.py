"""
What a person is told when something they did fails: one sentence.

Our own errors speak for themselves, as plain text; what they quote (“…”) was typed by somebody. Anything else is a
fault of ours: a reference code for the person, the traceback with the same code for the log. The code is the id
under which every command stands in the log.
"""

from __future__ import annotations

import contextlib
import logging
from typing import Any

import discord

from bot.core.editing.drafts import Faults
from bot.core.wording import say
from bot.errors import CaveatError
from bot.ui.kit.checks import Refusal
from bot.ui.kit.text import sentence

log = logging.getLogger(__name__)

_GOLDEN, _WORD = 0x9E3779B97F4A7C15, 0xFFFFFFFFFFFFFFFF
"""Multiplying by it spreads ids that differ little over all the codes there are (Knuth, volume 3, 6.4)."""


def sentence_of(error: BaseException) -> str | None:
    """The sentence that *error* holds for the person who caused it; None for a fault of ours."""
    if isinstance(error, discord.DiscordServerError):
        log.warning("Discord did not take an answer: %s", error)
        return say("Discord did not answer in time. Try again in a moment.")
    if isinstance(error, Faults):
        return " ".join(map(sentence, error.faults))
    if isinstance(error, CaveatError | Refusal):
        return sentence(str(error))
    return None


def request_id(snowflake: int) -> str:
    """What the log calls a message, command or press, by Discord's id of it: eight hexadecimal digits."""
    return f"{(snowflake * _GOLDEN & _WORD) >> 32:08x}"


def report(error: BaseException, what: str, snowflake: int) -> str:
    """Log a fault of ours under the id of what was done, and the sentence that names it."""
    request = request_id(snowflake)
    log.error("%s failed, reference %s", what, request, exc_info=error)
    return say(
        "Something went wrong on Caveat's side. Quote the reference `{request}` to whoever runs it.", request=request
    )


async def answer_failure(interaction: discord.Interaction[Any], error: BaseException, what: str) -> None:
    """
    Tell whoever pressed or submitted something, privately, why it failed.

    The bot's event `interaction_failure` (the interaction, *what*, whether it is a fault of ours) says so to others.
    """
    said = sentence_of(error)
    interaction.client.dispatch("interaction_failure", interaction, what, said is None)
    await tell(interaction, said or report(error, what, interaction.id))


async def tell(interaction: discord.Interaction[Any], line: str) -> None:
    """Say *line* to whoever acted, privately; nothing if Discord lets us say nothing any more."""
    with contextlib.suppress(discord.HTTPException):
        if interaction.response.is_done():
            await interaction.followup.send(line, ephemeral=True)
        else:
            await interaction.response.send_message(line, ephemeral=True)
