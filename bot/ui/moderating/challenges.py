"""Challenging a claim: a button under every answer; it works after a restart, and on answers of long ago."""

from __future__ import annotations

import contextlib
import re

import discord

from bot.core.claims import parse_ref
from bot.core.editing.queue import Challenge
from bot.core.setup import Setup
from bot.core.wording import say, speak_as
from bot.services.reviewing import CHALLENGE_LENGTH
from bot.ui.kit.buttons import Form, Press
from bot.ui.kit.checks import Rank
from bot.ui.kit.embeds import ref_mark
from bot.ui.kit.failures import tell
from bot.ui.kit.host import host_of
from bot.ui.kit.lasting import LastingButton
from bot.ui.kit.text import own_words
from bot.ui.moderating.changes import person

_SHOWN = re.compile(f"^{ref_mark('(C[0-9]+)')}", re.MULTILINE)


class ChallengeButton(LastingButton, template=r"caveat:challenge"):
    """Opens a form to say which claim of the message is doubtful, and why."""

    def __init__(self) -> None:
        super().__init__(say("Challenge"), "caveat:challenge", row=1)

    async def press(self, interaction: Press) -> None:
        """Ask what is doubtful."""
        await interaction.response.send_modal(_form(interaction))


def _form(interaction: Press) -> Form:
    message = interaction.message

    async def submitted(sent: Press, typed: dict[str, str]) -> None:
        host = host_of(sent.client)
        workspace = sent.guild_id or 0
        receipt = await host.services.receipts.of(workspace, message.id) if message else None
        number = parse_ref(typed["claim"]) or 0
        made = await host.services.reviewing.challenge(
            workspace,
            typed["claim"],
            str(sent.user.id),
            typed["reason"],
            asked=receipt.asked if receipt else "",
            link=message.jump_url if message else "",
            version=receipt.claims.get(number, 0) if receipt else 0,
        )
        await tell(sent, thanks(made))
        await announce_challenge(sent.client, await host.services.setups.of(workspace), made)

    shown = list(dict.fromkeys(_SHOWN.findall(_text(message)))) if message else []
    form = Form(say("Challenge a claim"), Rank.MEMBER, submitted)
    form.ask("claim", say("The claim's id"), default=shown[0] if len(shown) == 1 else "", most=20, needed=True)
    form.ask("reason", say("What is doubtful, and where you read it"), most=CHALLENGE_LENGTH, long=True, needed=True)
    return form


def _text(message: discord.Message) -> str:
    parts = [message.content]
    for embed in message.embeds:
        parts += [embed.description or "", *(field.value or "" for field in embed.fields)]
    return "\n".join(parts)


def thanks(challenge: Challenge) -> str:
    """What whoever challenged is told."""
    return say(
        "Thank you. Your challenge of {ref} (number {id}) waits for the moderators; you will be told what came "
        "of it.",
        ref=f"C{challenge.number}",
        id=challenge.id,
    )


async def announce_challenge(client: discord.Client, setup: Setup, challenge: Challenge) -> None:
    """Tell the review channel of a new challenge, if the server has one."""
    channel = client.get_channel(setup.review_channel) if setup.review_channel else None
    if isinstance(channel, discord.abc.Messageable):
        speak_as(setup)
        where = f" {challenge.link}" if challenge.link else ""
        made = say("{ref} was challenged (number {id}).", ref=f"C{challenge.number}", id=challenge.id)
        line = f"{made}{where} {say('!review shows the queue.')}"
        words = own_words(person(challenge.who), challenge.reason)
        with contextlib.suppress(discord.HTTPException):
            await channel.send(f"{line}\n{words}", silent=True)
