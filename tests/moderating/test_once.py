"""What a person does is done once: whatever Discord delivers twice, and however often a button is pressed."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from simcord.enums import MessageType

from bot.ui.kit.checks import Refusal
from bot.ui.kit.host import Press
from bot.ui.kit.lasting import ReplyView
from tests.desk import ADD, Desk, press
from tests.ranks import kept


def deliver_twice(desk: Desk, what: str) -> None:
    """Let every event of a kind come twice, as after a broken connection."""
    parsers = desk.bot._connection.parsers  # pyright: ignore[reportPrivateUsage] where discord.py hands events out
    once = parsers[what]

    def twice(data: Any) -> None:
        once(data)
        once(data)

    parsers[what] = twice


async def test_what_is_delivered_twice_is_done_once(desk: Desk) -> None:
    """A message, a slash command, a press, a form."""
    for what in ("MESSAGE_CREATE", "INTERACTION_CREATE"):
        deliver_twice(desk, what)
    before = len(kept(desk)["challenge"])
    await desk.say("!challenge C8 I doubt it")
    await desk.member.slash(desk.channel, "challenge", claim="C8", reason="I doubt it, too")
    answer = await desk.say("!casualties")
    assert answer is not None
    form = await desk.member.click(answer, label="Challenge")
    await desk.member.submit_modal(form, {"claim": "C8", "reason": "I still doubt it"})
    assert len(kept(desk)["challenge"]) - before == 3

    await desk.say(ADD, who=desk.moderator)
    await press(desk, "Save")
    assert max((await desk.bot.services.curation.base(desk.server.id)).claims) == 32


async def test_only_what_people_write_themselves_is_looked_at(desk: Desk) -> None:
    """Not what Discord says in their name: a thread may be called like a command, or after a figure."""
    await desk.say("!watch on", who=desk.moderator)
    before = kept(desk)
    told = [each for each in MessageType if each not in (MessageType.DEFAULT, MessageType.REPLY)]
    assert len(told) > 20
    for kind in told:
        for text in ("!casualties", "!claim retire C8 gone", "6,000 North Korean troops were killed."):
            desk.env.backend.create_message(desk.channel.id, desk.moderator.id, text, message_type=kind)
    await desk.env.settle()

    assert not any(each.author.bot for each in desk.channel.history()[-3 * len(told) :])
    assert kept(desk) == before


async def test_a_press_waits_for_the_one_before_and_comes_too_late_when_that_did_it() -> None:
    """Two devices, or an impatient finger: what is saved is saved once."""
    view, done = ReplyView(1), list[int]()

    async def save(_: Press) -> None:
        await asyncio.sleep(0)
        done.append(1)
        view.stop()

    button, pressed = view.offer("Save", save), cast("Press", object())
    first, second = await asyncio.gather(button.callback(pressed), button.callback(pressed), return_exceptions=True)

    assert done == [1]
    assert first is None
    assert isinstance(second, Refusal)
