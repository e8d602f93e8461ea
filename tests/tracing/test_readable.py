"""Whatever takes a message's link or id tells nothing of a message that the person may not read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import discord
import pytest
import simcord
from simcord.enums import ChannelType

from cogs.guide import visible_commands
from tests.desk import Desk, moderator_says, text_of

NO = "No message is there that both you and Caveat can read"

LINKED: dict[str, str] = {
    "why": "{link}",
    "receipt": "{link}",
    "check": "{link}",
    "correct": "{link}",
    "challenge": "{link} I doubt it",
    "claim": "{link}",
    "quote": "{link}",
}
"""Every command that takes a link, with its arguments."""

OPTIONS = {"why": "answer", "receipt": "message", "check": "text"}
"""How their first option is called, where it is not `claim`."""

Scene = Callable[[Desk, simcord.MemberActor], Awaitable[str]]
"""Has something asked and answered; gives a link to the answer."""

HIDDEN = discord.PermissionOverwrite(view_channel=False)
SEEN = discord.PermissionOverwrite(view_channel=True, read_message_history=True)


@pytest.fixture
async def editor(desk: Desk) -> simcord.MemberActor:
    """A moderator by role alone, who may see no more than any member."""
    role = desk.server.create_role("Editors")
    found = desk.server.add_member(desk.env.create_user("editor"), roles=[role])
    await desk.env.settle()
    await desk.say(f"!setup moderators <@&{role.id}>", who=desk.admin)
    return found


def link(server: int | str, channel: int, message: int) -> str:
    """As a client copies it."""
    return f"https://discord.com/channels/{server}/{channel}/{message}"


async def asked(desk: Desk, where: simcord.ChannelHandle, who: simcord.MemberActor | None = None) -> discord.Message:
    """The answer to a question that one claim answers."""
    answer = await desk.say("!quote C8", who=who or desk.admin, where=where)
    assert answer is not None
    return answer


async def hidden_channel(desk: Desk, editor: simcord.MemberActor) -> simcord.ChannelHandle:
    """A channel that the editor cannot see."""
    made = desk.server.create_text_channel("hidden", overwrites={editor: HIDDEN})
    await desk.env.settle()
    return made


async def in_a_private_channel(desk: Desk, editor: simcord.MemberActor) -> str:
    """The editor does not see it."""
    return (await asked(desk, await hidden_channel(desk, editor))).jump_url


async def in_a_thread_of_a_private_channel(desk: Desk, editor: simcord.MemberActor) -> str:
    """A thread is as private as its channel."""
    channel = await hidden_channel(desk, editor)
    desk.env.backend.create_thread(channel.id, "within", desk.admin.id)
    await desk.env.settle()
    return (await asked(desk, channel.threads[0])).jump_url


async def private_thread(desk: Desk) -> simcord.ChannelHandle:
    """A private thread of a public channel, with the admin and the bot in it."""
    made = desk.env.backend.create_thread(desk.channel.id, "private", desk.admin.id, type=ChannelType.PRIVATE_THREAD)
    assert desk.bot.user is not None
    desk.env.backend.add_thread_member(made.id, desk.bot.user.id)
    await desk.env.settle()
    return next(each for each in desk.channel.threads if each.id == made.id)


async def in_a_private_thread(desk: Desk, editor: simcord.MemberActor) -> str:
    """The editor sees its channel, and is not in it."""
    return (await asked(desk, await private_thread(desk))).jump_url


async def without_history(desk: Desk, editor: simcord.MemberActor) -> str:
    """The editor may write there, and reads only what comes while they look."""
    channel = desk.server.create_text_channel(
        "blind", overwrites={editor: discord.PermissionOverwrite(read_message_history=False)}
    )
    await desk.env.settle()
    return (await asked(desk, channel)).jump_url


async def of_anothers_direct_messages(desk: Desk, editor: simcord.MemberActor) -> str:
    """Answered to somebody else."""
    answer = await desk.whisper("!casualties")
    assert answer is not None
    return link("@me", answer.channel.id, answer.id)


async def of_ones_own_direct_messages(desk: Desk, editor: simcord.MemberActor) -> str:
    """What was asked there is told there, and to no server."""
    await editor.send_dm("!casualties")
    channel = editor.user.dm_channel
    return link("@me", channel.id, channel.history()[-1].id)


async def deleted(desk: Desk, editor: simcord.MemberActor) -> str:
    """Whoever asked took the answer away; its receipt is kept."""
    answer = await asked(desk, desk.channel)
    desk.env.backend.delete_message(desk.channel.id, answer.id)
    await desk.env.settle()
    return answer.jump_url


async def in_a_deleted_channel(desk: Desk, editor: simcord.MemberActor) -> str:
    """It went with its channel."""
    channel = desk.server.create_text_channel("short-lived")
    await desk.env.settle()
    answer = await asked(desk, channel)
    desk.env.backend.delete_channel(channel.id)
    await desk.env.settle()
    return answer.jump_url


async def with_a_public_channels_id(desk: Desk, editor: simcord.MemberActor) -> str:
    """A forged link: the id of the message is a private one's."""
    answer = await asked(desk, await hidden_channel(desk, editor))
    return link(desk.server.id, desk.channel.id, answer.id)


async def by_its_bare_id(desk: Desk, editor: simcord.MemberActor) -> str:
    """No channel is named."""
    return str((await asked(desk, await hidden_channel(desk, editor))).id)


async def of_another_server(desk: Desk, editor: simcord.MemberActor) -> str:
    """Where the editor is nobody."""
    return (await asked(desk, desk.other_channel, desk.rival)).jump_url


async def with_another_servers_id(desk: Desk, editor: simcord.MemberActor) -> str:
    """A forged link: only the server's id is wrong."""
    answer = await asked(desk, desk.channel)
    return link(desk.other_server.id, desk.channel.id, answer.id)


UNREADABLE: tuple[Scene, ...] = (
    in_a_private_channel,
    in_a_thread_of_a_private_channel,
    in_a_private_thread,
    without_history,
    of_anothers_direct_messages,
    of_ones_own_direct_messages,
    deleted,
    in_a_deleted_channel,
    with_a_public_channels_id,
    by_its_bare_id,
    of_another_server,
    with_another_servers_id,
)


@pytest.mark.parametrize("scene", UNREADABLE, ids=lambda scene: scene.__name__)
async def test_no_command_tells_of_a_message_that_one_may_not_read(
    desk: Desk, editor: simcord.MemberActor, scene: Scene
) -> None:
    """One sentence for all of them, by text and by slash, whatever the cause."""
    where = await scene(desk, editor)
    bare = (
        {"correct", "challenge", "claim", "quote", "check"} if where.isdecimal() else set[str]()
    )  # there a number is a claim's id, or text
    for name, arguments in LINKED.items():
        if name in bare:
            continue
        answer = await desk.say(f"!{name} {arguments.format(link=where)}", who=editor)
        assert answer is not None
        assert text_of(answer).startswith(NO), name
        more = {"reason": "I doubt it"} if name == "challenge" else {}
        slash = "claim show" if name == "claim" else name
        result = await editor.slash(desk.channel, slash, **{OPTIONS.get(name, "claim"): where}, **more)
        assert result.response is not None
        assert text_of(result.response.message).startswith(NO), name
    assert not (await desk.bot.services.reviewing.queue(desk.server.id)).challenges


async def in_public(desk: Desk, editor: simcord.MemberActor) -> str:
    """Everybody sees it."""
    return (await asked(desk, desk.channel)).jump_url


async def in_a_private_thread_that_one_is_in(desk: Desk, editor: simcord.MemberActor) -> str:
    """Membership is what counts."""
    thread = await private_thread(desk)
    desk.env.backend.add_thread_member(thread.id, editor.id)
    await desk.env.settle()
    return (await asked(desk, thread)).jump_url


async def in_a_private_channel_that_one_sees(desk: Desk, editor: simcord.MemberActor) -> str:
    """By an overwrite of their own."""
    everybody = desk.server.roles["@everyone"]
    assert desk.bot.user is not None
    channel = desk.server.create_text_channel(
        "select", overwrites={everybody: HIDDEN, editor: SEEN, desk.bot.user: SEEN}
    )
    await desk.env.settle()
    return (await asked(desk, channel)).jump_url


@pytest.mark.parametrize("scene", [in_public, in_a_private_thread_that_one_is_in, in_a_private_channel_that_one_sees])
async def test_whoever_may_read_a_message_may_ask_about_it(
    desk: Desk, editor: simcord.MemberActor, scene: Scene
) -> None:
    """Each of the commands, from another channel, too."""
    where = await scene(desk, editor)
    for name, arguments in LINKED.items():
        answer = await desk.say(f"!{name} {arguments.format(link=where)}", who=editor)
        assert answer is not None
        assert not text_of(answer).startswith((NO, "No ")), (name, text_of(answer))


async def test_no_other_command_follows_a_link(desk: Desk, editor: simcord.MemberActor) -> None:
    """A new one that does belongs into the table above."""
    where = await in_public(desk, editor)
    await desk.say("!casualties", who=editor)
    told = [
        command.qualified_name
        for command in visible_commands(desk.bot)
        if command.qualified_name not in LINKED and await follows(desk, editor, f"!{command.qualified_name} {where}")
    ]
    assert not told


async def follows(desk: Desk, who: simcord.MemberActor, typed: str) -> bool:
    """Whether the bot fetches the message that the command ends with the link to."""
    before = len(desk.env.http_requests)
    await desk.say(typed, who=who)
    return any(each.path.endswith(typed.rsplit("/", 1)[1]) for each in desk.env.http_requests[before:])


async def test_a_question_that_was_deleted_is_not_told_again(desk: Desk) -> None:
    """Whoever took it back meant to."""
    await desk.member.send(desk.channel, "!casulties")
    question, answer = desk.channel.history()[-2:]
    desk.env.backend.delete_message(desk.channel.id, question.id)
    await desk.env.settle()

    assert (await desk.answer(f"!why {answer.jump_url}")).startswith(NO)


async def test_the_queue_keeps_a_question_from_moderators_who_cannot_read_where_it_was_asked(
    desk: Desk, editor: simcord.MemberActor
) -> None:
    """The doubt is theirs to settle; what somebody asked in a private channel is not theirs to read."""
    channel = await hidden_channel(desk, editor)
    answer = await desk.say("!ask how many north koreans died", who=desk.admin, where=channel)
    assert answer is not None
    opened = await desk.admin.click(answer, label="Challenge")
    await desk.admin.submit_modal(opened, {"claim": "C8", "reason": "I doubt it."})

    seen = {who: await moderator_says(desk, "!review", who) for who in (editor, desk.admin)}
    assert all("I doubt it." in text for text in seen.values())
    assert [who for who, text in seen.items() if "north koreans died" in text] == [desk.admin]


async def test_a_direct_messages_own_answer_is_explained_there(desk: Desk) -> None:
    """By link and by reply."""
    answer = await desk.whisper("!casulties")
    assert answer is not None
    told = await desk.whisper(f"!why {link('@me', answer.channel.id, answer.id)}")

    assert told is not None
    assert "Answered with" in text_of(told)
