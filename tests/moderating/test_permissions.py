"""Who may do what: one table for all commands, held against the bot as text and as slash."""

from __future__ import annotations

import discord
import pytest

from cogs.guide import visible_commands
from tests.desk import Desk, labels_of, text_of
from tests.ranks import (
    COMMANDS,
    ELSEWHERE,
    GIVEN,
    MEMBER,
    NOT_HERE,
    RANKS,
    REFUSED,
    SERVER,
    People,
    Way,
    by_slash,
    by_text,
    kept,
    options_of,
    shown_to,
    slash_name,
)


@pytest.fixture
async def people(desk: Desk) -> People:
    """A role of the server makes its holder a moderator, without Manage Server."""
    made = People(desk)
    await desk.env.settle()
    await desk.say(f"!setup moderators <@&{made.role.id}>", who=desk.admin)
    return made


def test_the_table_names_every_command_once(desk: Desk) -> None:
    """A new command needs its row."""
    assert sorted(COMMANDS) == [command.qualified_name for command in visible_commands(desk.bot)]


@pytest.mark.parametrize("way", [by_text, by_slash])
@pytest.mark.parametrize("person", [*RANKS, ELSEWHERE])
async def test_commands_are_allowed_by_rank(desk: Desk, people: People, person: str, way: Way) -> None:
    """Whoever lacks the rank gets one line, by slash privately, and changes nothing; whoever has it is let in."""
    rank = MEMBER if person == ELSEWHERE else person
    lets_in = {name: RANKS.index(rank) >= RANKS.index(row[1]) for name, row in COMMANDS.items()}
    before = kept(desk)
    for name in [name for name, may in lets_in.items() if not may]:
        line = await way(desk, people, people.by_rank[person], name)
        assert line.startswith(REFUSED), (name, line)
        assert "\n" not in line, name
    assert kept(desk) == before

    first = person if way is by_slash and person in RANKS else ""  # lower ranks have tried the others by slash
    for name in [name for name, may in lets_in.items() if may and COMMANDS[name][1] == (first or COMMANDS[name][1])]:
        line = await way(desk, people, people.by_rank[person], name)
        assert not line.startswith((*REFUSED, NOT_HERE)), (name, line)


async def test_typed_direct_messages_reach_no_servers_base(desk: Desk) -> None:
    """There a moderator is nobody: what takes a rank works in servers only."""
    before = kept(desk)
    for name, (typed, _, where) in COMMANDS.items():
        arguments = typed.format(channel=desk.channel.id, colleague=desk.colleague.id, role="1")
        answer = await desk.whisper(f"!{name} {arguments}".strip())
        assert answer is not None, name
        assert text_of(answer).startswith(NOT_HERE) is (where == SERVER), (name, text_of(answer))
    assert kept(desk) == before


async def test_slash_commands_for_servers_are_refused_or_not_offered_in_direct_messages(desk: Desk) -> None:
    """Discord hides whole groups only; what it lets through is refused."""
    before = kept(desk)
    user = desk.admin.user
    offered = user.available_commands()
    for name, (_, _, where) in COMMANDS.items():
        slash = slash_name(desk, name)
        if not slash or slash not in offered:
            assert where == SERVER or not slash, name
            continue
        needs_a_server = {discord.AppCommandOptionType.channel, discord.AppCommandOptionType.role}
        options = options_of(desk, slash)
        assert not {each.type for each in options} & needs_a_server, name
        result = await user.slash(slash, **{each.name: GIVEN[each.name] for each in options})
        assert shown_to(result).startswith(NOT_HERE) is (where == SERVER), (name, shown_to(result))
    assert kept(desk) == before


@pytest.mark.parametrize(("way", "ref"), [(by_text, "C32"), (by_slash, "C8")])
async def test_a_moderator_of_another_server_reaches_nothing_here(
    desk: Desk, people: People, way: Way, ref: str
) -> None:
    """Whatever they do in their own: by guessed numbers of claims, proposals, challenges and schedules, too."""
    await hide_secrets(desk)
    admins = desk.other_server.create_role("Admins", permissions=discord.Permissions(administrator=True))
    desk.env.backend.add_member_role(desk.other_server.id, desk.rival.id, admins.id)
    await desk.env.settle()
    before = kept(desk, by=desk.server.id)
    people.ref = ref
    for name in COMMANDS:
        line = await way(desk, people, desk.rival, name)
        assert not line.startswith(REFUSED), (name, line)
        assert "secret" not in line.lower(), name

    assert kept(desk, by=desk.server.id) == before
    assert len([rows for rows in before.values() if rows]) > 8
    for message in desk.other_channel.history():
        assert "secret" not in text_of(message).lower()
        for file in message.attachments:
            assert b"secret" not in (await file.read()).lower()
    assert "secret" in await desk.answer("!claim C32")


async def test_ids_of_another_servers_messages_and_channels_lead_nowhere(desk: Desk) -> None:
    """A moderator there knows them, and cannot use them from elsewhere."""
    await hide_secrets(desk)
    shown = await desk.say("!claim C32")
    assert shown is not None
    before = kept(desk, by=desk.server.id)
    for line in (
        f"!receipt {shown.id}",
        f"!receipt {shown.jump_url}",
        f"!briefing pin <#{desk.channel.id}>",
        f"!briefing unpin <#{desk.channel.id}>",
        f"!briefing schedule <#{desk.channel.id}> daily 09:00",
        f"!setup review-channel <#{desk.channel.id}>",
        f"!setup channel {desk.channel.id} remarks off",
        f"!review assign C32 <@{desk.member.id}> 1",
        f"!forget <@{desk.moderator.id}>",
    ):
        answer = await desk.say(line, who=desk.rival)
        assert answer is not None, line
        assert "secret" not in text_of(answer).lower(), line
    assert kept(desk, by=desk.server.id) == before


async def hide_secrets(desk: Desk) -> None:
    """One of everything in the first server: a claim, a name, a proposal, a challenge, a question, a schedule."""
    for line in (
        "!topic add name: Secret kitchens aliases: secretly reason: secret",
        f"{ADD} reason: secret",
        "!claim retire C9 secretly",
        "!review done C14",
        f"!setup review-channel <#{desk.channel.id}>",
        f"!briefing schedule <#{desk.channel.id}> daily 08:00 casualties",
        f"!briefing pin <#{desk.channel.id}>",
        "!watch on",
        "!setup four-eyes on",
        "!claim edit C8 status: contested caveat: A secret caveat. | Reuters reason: secret",
    ):
        await desk.say(line, who=desk.moderator)
        if "Save" in labels_of(desk.channel.history()[-1]):
            await desk.moderator.click(desk.channel.history()[-1], label="Save")
    await desk.say("!challenge C8 a secret doubt")
    await desk.say("!ask price of the secret bread")


ADD = (
    "!claim add statement: North Korea sent secret field kitchens. claimant: ukraine source: fox-2025-11-14 "
    "status: not independently verified caveat: The secret could not be checked. | Reuters topics: secretly"
)
