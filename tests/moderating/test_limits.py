"""What one person may trigger in a minute, and that a right taken away in one process is gone in all."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack

import discord
import pytest
import simcord

import cogs.check
from bot.app import Caveat, composed
from bot.ui.kit.cooldown import Paced
from tests.desk import Desk, labels_of, newest_with, text_of
from tests.ranks import REFUSED, private

MUCH = "That was a lot at once"
RATE = 3


def pressed_and_sent() -> Iterator[type]:
    """Every class of ours with buttons or fields."""
    kinds: list[type] = [discord.ui.View, discord.ui.Modal, discord.ui.DynamicItem]
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        if kind.__module__.startswith(("bot.", "cogs.")):
            yield kind


def test_everything_that_is_pressed_or_sent_is_counted_first() -> None:
    """A new one has to be, too."""
    found = list(pressed_and_sent())
    assert len(found) > 10
    assert [kind for kind in found if not issubclass(kind, Paced)] == []


@pytest.fixture
async def hurried(desk: Desk) -> Desk:
    """The bot lets everybody do RATE things a minute."""
    desk.settings = desk.settings.model_copy(update={"commands_per_minute": RATE})
    await desk.restart()
    return desk


Act = Callable[[Desk, discord.Message], Awaitable[object]]


async def command(desk: Desk, answer: discord.Message) -> object:
    """Typed."""
    return await desk.say("!topics", who=desk.colleague)


async def name(desk: Desk, answer: discord.Message) -> object:
    """No command, and yet a question."""
    return await desk.say("!casualties", who=desk.colleague)


async def near_miss(desk: Desk, answer: discord.Message) -> object:
    """Did you mean …?"""
    return await desk.say("!topcis", who=desk.colleague)


async def mention(desk: Desk, answer: discord.Message) -> object:
    """Anything may follow it."""
    assert desk.bot.user is not None
    return await desk.say(f"<@{desk.bot.user.id}> casualties", who=desk.colleague)


async def slash(desk: Desk, answer: discord.Message) -> object:
    """Chosen in the picker."""
    return await desk.colleague.slash(desk.channel, "topics")


async def menu(desk: Desk, answer: discord.Message) -> object:
    """Of a message."""
    return await desk.colleague.context_menu(desk.channel, cogs.check.MENU, answer)


async def lasting_button(desk: Desk, answer: discord.Message) -> object:
    """One that works after a restart; it opens a form."""
    return await desk.colleague.click(answer, label="Challenge")


async def anothers_button(desk: Desk, answer: discord.Message) -> object:
    """Even one that refuses."""
    return await desk.colleague.click(answer, label="Next ›")


@pytest.mark.parametrize("act", [command, name, near_miss, mention, slash, menu, lasting_button, anothers_button])
async def test_everything_a_person_triggers_counts(hurried: Desk, act: Act) -> None:
    """Whatever they use, no more than RATE of it is done."""
    answer = await hurried.say("!sources")
    assert answer is not None
    for _ in range(RATE):
        await act(hurried, answer)
    refused = await hurried.say("!topics", who=hurried.colleague)
    assert refused is not None
    assert text_of(refused).startswith(MUCH)

    result = await act(hurried, answer)
    if isinstance(result, simcord.InteractionResult):
        assert private(result).startswith(MUCH)
    else:
        assert result is None


async def test_a_form_that_is_sent_counts(hurried: Desk) -> None:
    """And changes nothing when it was too much."""
    answer = await hurried.say("!casualties")
    assert answer is not None
    opened = await hurried.colleague.click(answer, label="Challenge")
    for _ in range(RATE - 1):
        await hurried.say("!topics", who=hurried.colleague)
    result = await hurried.colleague.submit_modal(opened, {"claim": "C8", "reason": "I doubt it."})

    assert private(result).startswith(MUCH)
    assert (
        not await hurried.bot.services.reviewing.queue(hurried.server.id)
        or not (await hurried.bot.services.reviewing.queue(hurried.server.id)).challenges
    )


async def test_other_bots_commands_cost_nothing_of_ours(hurried: Desk) -> None:
    """They get no answer; in a flood of them nothing is looked at, and what is ours still works."""
    for number in range(RATE * 7):
        assert await hurried.say(f"!playtrack{number}x", who=hurried.colleague) is None
    assert await hurried.say("!topcis", who=hurried.colleague) is None
    answer = await hurried.say("!topics", who=hurried.colleague)
    assert answer is not None
    assert "Topics" in text_of(answer)


@pytest.fixture
async def elsewhere(desk: Desk) -> AsyncGenerator[Caveat, None]:
    """Another process on the same database, with settings of its own in memory."""
    async with AsyncExitStack() as stack:
        other = await stack.enter_async_context(composed(desk.settings, clock=desk.clock, shard_count=1))
        await other.services.setups.of(desk.server.id)
        yield other


async def test_a_role_revoked_in_another_process_means_nothing_here_at_once(desk: Desk, elsewhere: Caveat) -> None:
    """For commands and for buttons that stand already."""
    role = desk.server.create_role("Editors")
    editor = desk.server.add_member(desk.env.create_user("editor"), roles=[role])
    await desk.env.settle()
    await desk.say(f"!setup moderators <@&{role.id}>", who=desk.admin)
    await desk.say("!claim edit C8 note: Checked twice. reason: note", who=editor)
    message = newest_with(desk, "Save")
    setups = elsewhere.services.setups
    await setups.change(desk.server.id, lambda held: type(held)(), "1", "revoked")

    assert private(await editor.click(message, label="Save")).startswith(REFUSED)
    refused = await desk.say("!history C8", who=editor)
    assert refused is not None
    assert text_of(refused).startswith(REFUSED)


async def test_a_setting_changed_here_brings_back_nothing_that_was_revoked_elsewhere(
    desk: Desk, elsewhere: Caveat
) -> None:
    """Each change is made to the settings as they stand, not as somebody last saw them."""
    role = desk.server.create_role("Editors")
    await desk.say(f"!setup moderators <@&{role.id}>", who=desk.admin)
    await elsewhere.services.setups.change(desk.server.id, lambda held: type(held)(), "1", "revoked")
    await desk.say("!setup zone Asia/Seoul", who=desk.admin)

    assert (await elsewhere.services.setups.of(desk.server.id)).moderators == ()


async def test_a_watch_switched_off_elsewhere_is_off_here_at_once(desk: Desk, elsewhere: Caveat) -> None:
    """And so is a channel in which remarks are switched off."""
    bare = "More than 6,000 North Korean troops were killed."
    await desk.say("!watch on", who=desk.moderator)
    await elsewhere.services.watch.switch(desk.server.id, desk.channel.id, on=False)
    assert await desk.say(bare) is None

    await elsewhere.services.watch.switch(desk.server.id, desk.channel.id, on=True)
    answer = await desk.say(bare)
    assert answer is not None
    assert labels_of(answer) == []
