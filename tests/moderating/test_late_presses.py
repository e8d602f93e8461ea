"""Buttons stop in time, visibly; one that is pressed too late says so."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from bot.errors import Unavailable
from bot.ui.kit.lasting import TOO_LATE
from tests.contract import Body
from tests.desk import Desk, labels_of, newest, slow, text_of

LATE = {
    "Next ›": "!timeline",
    "Show me": "!check 6,000 were killed.",
    "Save": "!claim edit C8 note: Checked twice. reason: note",
    "Drop": "!misses",
    "Reset everything": "!setup reset",
}
"""Buttons that do not outlive the process, and what shows them."""


@pytest.mark.parametrize("label", LATE)
async def test_a_button_pressed_after_a_restart_says_that_it_is_too_late(desk: Desk, label: str) -> None:
    """Instead of failing silently; nothing is changed."""
    await desk.say("!ask zithers")
    await desk.say(f"!setup review-channel <#{desk.channel.id}>", who=desk.admin)
    shown = await desk.say(LATE[label], who=desk.moderator)
    assert shown is not None
    await desk.restart()
    pressed = await desk.moderator.click(shown, label=label)

    assert pressed.response is not None
    assert pressed.response.message is not None
    assert pressed.response.message.content == TOO_LATE
    assert pressed.response.message.flags.ephemeral


async def test_a_form_sent_after_a_restart_says_that_it_is_too_late(desk: Desk) -> None:
    """What was typed into it was not lost unnoticed."""
    shown = await desk.say(LATE["Save"], who=desk.moderator)
    assert shown is not None
    opened = await desk.moderator.click(shown, label="Who says what")
    await desk.restart()
    sent = await desk.moderator.submit_modal(opened, {})

    assert sent.response is not None
    assert sent.response.message is not None
    assert sent.response.message.content == TOO_LATE


async def test_buttons_of_a_slash_reply_are_gone_before_its_token(desk: Desk) -> None:
    """Fifteen minutes after the command nobody could take them away, however often they were pressed."""
    reply = await desk.member.slash(desk.channel, "timeline")
    assert reply.response is not None
    shown = reply.response.message
    assert shown is not None
    for minute in range(7):
        await desk.member.click(_now(desk, shown), label="‹ Previous" if minute % 2 else "Next ›")
        await desk.later(minutes=2)
        if minute < 5:
            assert "Next ›" in labels_of(_now(desk, shown)) or "‹ Previous" in labels_of(_now(desk, shown))
        elif "Next ›" not in labels_of(_now(desk, shown)):
            break

    assert labels_of(_now(desk, shown)) == ["Delete", "Challenge"]


def _now(desk: Desk, message: discord.Message) -> discord.Message:
    return next(each for each in desk.channel.history() if each.id == message.id)


async def test_a_slash_command_that_takes_long_is_acknowledged(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord gives up one that says nothing for three seconds; the answer comes all the same."""
    slow(monkeypatch, desk.bot.services.workspaces, "open")
    reply = await desk.member.slash(desk.channel, "ask", question="casualties")

    assert reply.response is not None
    bodies: list[Body] = [each.json or {} for each in desk.env.http_requests if each.path.endswith("/callback")]
    assert bodies[-1]["type"] == discord.InteractionResponseType.deferred_channel_message.value
    assert "Attribution:" in newest(desk)


async def test_every_reply_to_a_text_command_has_a_nonce_of_its_own(desk: Desk) -> None:
    """Sent again, Discord shows it once."""
    for command in ("!casualties", "!timeline", "!topics", "!quote C8", "!ask zithers", "!help"):
        await desk.say(command)
    requests = [each for each in desk.env.http_requests if each.method == "POST" and each.path.endswith("/messages")]
    posted: list[Body] = [each.json or {} for each in requests]
    nonces: set[str] = {each["nonce"] for each in posted}

    assert len(nonces) == len(posted) >= 6
    assert all(each["enforce_nonce"] for each in posted)


async def test_a_form_opens_however_long_the_base_takes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that may open a form is not acknowledged as if a message were to come."""
    slow(monkeypatch, desk.bot.services.curation, "base")
    opened = await desk.moderator.slash(desk.channel, "claim add")

    assert opened.modal is not None


async def test_a_choice_that_failed_can_be_made_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its buttons stand for as long as they are shown; none of them fails silently."""
    shown = await desk.say("!invasion")
    assert shown is not None
    label = labels_of(shown)[0]

    def broken(*_: Any, **__: Any) -> Any:
        raise Unavailable("It is gone for a moment.")

    with monkeypatch.context() as failing:
        failing.setattr("bot.ui.asking.answers.found_pages", broken)
        refused = await desk.member.click(shown, label=label)
    assert refused.response is not None
    assert "gone for a moment" in refused.response.content

    await desk.member.click(shown, label=label)
    assert "Attribution:" in text_of(_now(desk, shown))
