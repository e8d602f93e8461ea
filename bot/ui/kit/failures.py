"""
What a person is told when something they did fails: one sentence.

Our own errors speak for themselves, as plain text; what they quote (“…”) was typed by somebody. Anything else is a
fault of ours: a reference code for the person, the traceback with the same code for the log.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
from typing import Any

import discord

from bot.errors import CaveatError
from bot.ui.kit.checks import Refusal
from bot.ui.kit.text import sentence

log = logging.getLogger(__name__)


def sentence_of(error: BaseException) -> str | None:
    """The sentence that *error* holds for the person who caused it; None for a fault of ours."""
    if isinstance(error, CaveatError | Refusal):
        return sentence(str(error))
    return None


def report(error: BaseException, what: str) -> str:
    """Log a fault of ours under a code, and the sentence that names the code."""
    code = secrets.token_hex(3)
    log.error("%s failed, reference %s", what, code, exc_info=error)
    return f"Something went wrong on Caveat's side. Quote the reference `{code}` to whoever runs it."


async def answer_failure(interaction: discord.Interaction[Any], error: BaseException, what: str) -> None:
    """Tell whoever pressed or submitted something, privately, why it failed."""
    await tell(interaction, sentence_of(error) or report(error, what))


async def tell(interaction: discord.Interaction[Any], line: str) -> None:
    """Say *line* to whoever acted, privately; nothing if Discord lets us say nothing any more."""
    with contextlib.suppress(discord.HTTPException):
        if interaction.response.is_done():
            await interaction.followup.send(line, ephemeral=True)
        else:
            await interaction.response.send_message(line, ephemeral=True)
