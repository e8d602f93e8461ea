"""Challenging a claim: a button under every answer; it works after a restart, and on answers of long ago."""

from __future__ import annotations

import re

import discord

from bot.core.claims import parse_ref
from bot.core.editing.queue import Challenge
from bot.core.wording import say
from bot.services.reviewing import CHALLENGE_LENGTH
from bot.ui.kit.checks import Rank
from bot.ui.kit.embeds import ref_mark
from bot.ui.kit.failures import tell
from bot.ui.kit.forms import Form
from bot.ui.kit.host import Host, Press, workspace_of
from bot.ui.kit.lasting import LastingButton
from bot.ui.kit.places import post_for_review
from bot.ui.kit.readable import words_of
from bot.ui.kit.text import own_words
from bot.ui.moderating.changes import person

_SHOWN = re.compile(f"^{ref_mark('(C[0-9]+)')}", re.MULTILINE)


class ChallengeButton(LastingButton, template=r"caveat:challenge"):
    """Opens a form to say which claim of the message is doubtful, and why."""

    def __init__(self) -> None:
        super().__init__(say("Challenge"), "caveat:challenge", row=1)

    async def press(self, press: Press) -> None:
        """Ask what is doubtful."""
        await press.response.send_modal(_form(press.message))


def _form(message: discord.Message | None) -> Form:
    async def submitted(sent: Press, typed: dict[str, str]) -> None:
        its, workspace = sent.client.services, workspace_of(sent)
        receipt = await its.receipts.of(workspace, message.id) if message else None
        number = parse_ref(typed["claim"]) or 0
        made = await its.reviewing.challenge(
            workspace,
            typed["claim"],
            str(sent.user.id),
            typed["reason"],
            asked=receipt.asked if receipt else "",
            link=message.jump_url if message else "",
            version=receipt.claims.get(number, 0) if receipt else 0,
        )
        await tell(sent, thanks(made))
        await announce_challenge(sent.client, workspace, made)

    shown = list(dict.fromkeys(_SHOWN.findall(words_of(message)))) if message else []
    typed = {"claim": shown[0]} if len(shown) == 1 else {}
    form = Form(say("Challenge a claim"), submitted, typed, needed=Rank.MEMBER)
    form.ask("claim", say("The claim's id"), most=20, needed=True)
    form.ask("reason", say("What is doubtful, and where you read it"), most=CHALLENGE_LENGTH, long=True, needed=True)
    return form


def thanks(challenge: Challenge) -> str:
    """What whoever challenged is told."""
    return say(
        "Thank you. Your challenge of {ref} (number {id}) waits for the moderators; you will be told what came "
        "of it.",
        ref=f"C{challenge.number}",
        id=challenge.id,
    )


async def announce_challenge(host: Host, workspace: int, challenge: Challenge) -> None:
    """Tell the review channel of a new challenge, if the server has one."""
    where = f" {challenge.link}" if challenge.link else ""
    made = say("{ref} was challenged (number {id}).", ref=f"C{challenge.number}", id=challenge.id)
    words = own_words(person(challenge.who), challenge.reason)
    line = f"{made}{where} {say('!review shows the queue.')}\n{words}"
    await post_for_review(host, workspace, lambda _: {"content": line})
