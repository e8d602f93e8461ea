"""Briefings go where whoever makes them may read and write, in every kind of place that messages stand in."""

from __future__ import annotations

from collections.abc import Callable

import discord
import pytest
import simcord
from simcord.enums import ChannelType

from tests.desk import Desk, press, text_of

MAKE: dict[str, str] = {
    "schedule": "!briefing schedule {place} daily 08:00 casualties",
    "pin": "!briefing pin {place} casualties",
}
MINE = "You may not read and write in"
ITS = "Caveat may not post in"
NONE = "123456789012345678"
"""No channel's id."""


@pytest.fixture
async def editor(desk: Desk) -> simcord.MemberActor:
    """A moderator by role alone, who may see no more than any member."""
    role = desk.server.create_role("Editors")
    found = desk.server.add_member(desk.env.create_user("editor"), roles=[role])
    await desk.env.settle()
    await desk.say(f"!setup moderators <@&{role.id}>", who=desk.admin)
    return found


async def says(desk: Desk, who: simcord.MemberActor, line: str) -> str:
    """What *who* is shown for a command in the desk's channel."""
    answer = await desk.say(line, who=who)
    assert answer is not None
    return text_of(answer)


def text(desk: Desk) -> simcord.ChannelHandle:
    """An ordinary channel."""
    return desk.server.create_text_channel("place")


def thread(desk: Desk) -> simcord.ChannelHandle:
    """In a channel."""
    return desk.thread


def announcements(desk: Desk) -> simcord.ChannelHandle:
    """Which other servers may follow."""
    return desk.server.create_news_channel("place")


def voice(desk: Desk) -> simcord.ChannelHandle:
    """Its chat."""
    return desk.server.create_voice_channel("place")


def stage(desk: Desk) -> simcord.ChannelHandle:
    """Its chat, too."""
    return desk.server.create_stage_channel("place")


Kind = Callable[[Desk], simcord.ChannelHandle]


@pytest.mark.parametrize("kind", [text, thread, announcements, voice, stage], ids=lambda kind: kind.__name__)
async def test_every_place_that_messages_stand_in_takes_briefings(desk: Desk, kind: Kind) -> None:
    """By schedule, run at once, and live."""
    place = kind(desk)
    await desk.env.settle()
    for line in MAKE.values():
        assert MINE not in await says(desk, desk.admin, line.format(place=f"<#{place.id}>"))
    await desk.later(minutes=1)
    await says(desk, desk.admin, "!briefing run 1")

    posted = [shown for each in place.history() if "Briefing: Casualties" in (shown := text_of(each))]
    assert len(posted) >= 2
    assert all("Attribution:" in shown for shown in posted[:1])
    assert "Edited no more" in await says(desk, desk.admin, f"!briefing unpin <#{place.id}>")


async def test_a_forum_gets_a_post_for_each_briefing_titled_by_names(desk: Desk) -> None:
    """Whatever words it was asked for with; its receipt is the post's."""
    forum = desk.server.create_forum_channel("reports")
    await desk.env.settle()
    await says(desk, desk.admin, f"!briefing schedule <#{forum.id}> daily 08:00 casulties")
    await says(desk, desk.admin, "!briefing run 1")
    await says(desk, desk.admin, f"!briefing pin <#{forum.id}> casualties")

    scheduled, live = (desk.env.backend.channels[each.id] for each in forum.threads)
    assert {scheduled.name, live.name} == {"Briefing: Casualties"}
    first = next(iter(desk.env.backend.messages[scheduled.id]))
    assert "Shown" in await says(
        desk, desk.admin, f"!receipt https://discord.com/channels/{desk.server.id}/{scheduled.id}/{first}"
    )
    assert "1 live briefing" in await says(desk, desk.admin, f"!briefing unpin <#{forum.id}>")


async def test_a_category_is_answered_with_a_sentence_that_names_it(desk: Desk) -> None:
    """The name is what a client makes of the mention."""
    category = desk.server.create_category("archive")
    await desk.env.settle()
    for line in (*MAKE.values(), "!briefing unpin {place}"):
        told = await says(desk, desk.admin, line.format(place=f"<#{category.id}>"))
        assert f"<#{category.id}>" in told
    assert "is a category" in await says(desk, desk.admin, MAKE["pin"].format(place=f"<#{category.id}>"))


def hidden(desk: Desk, editor: simcord.MemberActor) -> simcord.ChannelHandle:
    """The editor does not see it."""
    denied = discord.PermissionOverwrite(view_channel=False)
    return desk.server.create_text_channel("hidden", overwrites={editor: denied})


def read_only(desk: Desk, editor: simcord.MemberActor) -> simcord.ChannelHandle:
    """The editor reads it, and others write."""
    denied = discord.PermissionOverwrite(send_messages=False)
    return desk.server.create_text_channel("news", overwrites={editor: denied})


def private_thread(desk: Desk, editor: simcord.MemberActor) -> simcord.ChannelHandle:
    """The editor sees its channel, and is not in it; the bot is."""
    made = desk.env.backend.create_thread(desk.channel.id, "private", desk.admin.id, type=ChannelType.PRIVATE_THREAD)
    assert desk.bot.user is not None
    desk.env.backend.add_thread_member(made.id, desk.bot.user.id)
    return next(each for each in desk.channel.threads if each.id == made.id)


def put_away(desk: Desk, editor: simcord.MemberActor) -> simcord.ChannelHandle:
    """Likewise, and nobody has it in memory by the time that the editor asks."""
    return private_thread(desk, editor)


@pytest.mark.parametrize("kind", [hidden, read_only, private_thread, put_away], ids=lambda kind: kind.__name__)
async def test_nobody_lets_the_bot_post_where_they_may_not_themselves(
    desk: Desk, editor: simcord.MemberActor, kind: Callable[[Desk, simcord.MemberActor], simcord.ChannelHandle]
) -> None:
    """Neither anew nor with somebody else's schedule; a place that they do not see is as one that is not there."""
    place = kind(desk, editor)
    await desk.env.settle()
    await says(desk, desk.admin, MAKE["schedule"].format(place=f"<#{place.id}>"))
    await says(desk, desk.admin, "!briefing pause 1")
    if kind is put_away:
        desk.env.backend.edit_channel(place.id, {}, thread_metadata={"archived": True})
        await desk.env.settle()
    before = len(place.history())
    for line in MAKE.values():
        unknown = (await says(desk, editor, line.format(place=f"<#{NONE}>"))).replace(NONE, str(place.id))
        told = await says(desk, editor, line.format(place=f"<#{place.id}>"))
        assert told.startswith(MINE) if kind is read_only else told == unknown, line
    for line in ("!briefing run 1", "!briefing resume 1"):
        told = await says(desk, editor, line)
        assert told.startswith(MINE), line
        assert f"<#{place.id}>" in told
    assert len(place.history()) == before


async def test_what_is_picked_is_checked_like_what_is_typed(desk: Desk, editor: simcord.MemberActor) -> None:
    """A client offers every channel that one sees."""
    place = read_only(desk, editor)
    await desk.env.settle()
    for name, options in (("briefing pin", {}), ("briefing schedule", {"when": "daily 09:00"})):
        result = await editor.slash(desk.channel, name, channel=place, **options)
        assert result.response is not None
        assert text_of(result.response.message).startswith(MINE)


async def test_a_place_that_the_bot_may_not_write_in_is_refused_by_its_name(desk: Desk) -> None:
    """With what to grant."""
    assert desk.bot.user is not None
    denied = discord.PermissionOverwrite(send_messages=False)
    place = desk.server.create_text_channel("closed", overwrites={desk.bot.user: denied})
    await desk.env.settle()
    for line in MAKE.values():
        told = await says(desk, desk.admin, line.format(place=f"<#{place.id}>"))
        assert told.startswith(f"{ITS} <#{place.id}>")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("!briefing pin <#123456789012345678>", "<#123456789012345678> is no channel in which that can be done"),
        ("!briefing schedule <#123456789012345678> daily 08:00", "<#123456789012345678> is no channel"),
        ("!setup review-channel <#123456789012345678>", "<#123456789012345678> is no channel"),
        ("!setup moderators <@&123456789012345678>", "There is no such role here; mention one"),
        ("!review assign C8 <@123456789012345678> 3", "There is no such person here; mention them"),
        ("!briefing pin 2024", "There is no such channel here; mention one"),
    ],
)
async def test_a_mention_in_an_error_is_never_blank(desk: Desk, line: str, told: str) -> None:
    """Something stands where it was."""
    assert told in await says(desk, desk.admin, line)


async def test_a_thread_that_was_put_away_is_still_one(desk: Desk) -> None:
    """Nobody has it in memory, and yet its briefing can be let go and its readers are told of a change."""
    await desk.say("!casualties", where=desk.thread)
    assert "stands in" in await says(desk, desk.moderator, f"!briefing pin <#{desk.thread.id}> casualties")
    desk.env.backend.edit_channel(desk.thread.id, {}, thread_metadata={"archived": True})
    await desk.env.settle()
    assert desk.bot.get_channel(desk.thread.id) is None

    assert "Edited no more: 1 live briefing" in await says(
        desk, desk.moderator, f"!briefing unpin <#{desk.thread.id}>"
    )
    desk.env.backend.edit_channel(desk.thread.id, {}, thread_metadata={"archived": True})
    await desk.env.settle()
    await says(desk, desk.moderator, "!claim edit C8 status: contested caveat: Others doubt it. | Reuters reason: x")
    await press(desk, "Save")
    await press(desk, "Post corrections")
    assert text_of(desk.thread.history()[-1]).startswith("Correction: C8")
