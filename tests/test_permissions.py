"""Who may do what: one table for all commands, held against the bot as text and as slash, and against its buttons."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any, Protocol

import discord
import pytest
import simcord
from discord import app_commands
from discord.ext import commands

from cogs.guide import visible_commands
from tests.desk import Desk, labels_of, text_of

MEMBER, MODERATOR, MANAGER, ADMINISTRATOR = "member", "moderator", "manager", "administrator"
ELSEWHERE = "moderator of another server"
RANKS = (MEMBER, MODERATOR, MANAGER, ADMINISTRATOR)

EVERYWHERE = "in direct messages, too"
SERVER = "in servers only"

COMMANDS: dict[str, tuple[str, str, str]] = {
    "alias": ("", MEMBER, EVERYWHERE),
    "alias add": ('casualties "body bags"', MODERATOR, SERVER),
    "alias remove": ("casualties kia", MODERATOR, SERVER),
    "ask": ("casualties", MEMBER, EVERYWHERE),
    "asof": ("2020-01-01 casualties", MEMBER, EVERYWHERE),
    "audit-log": ("", MODERATOR, SERVER),
    "brief": ("casualties", MEMBER, EVERYWHERE),
    "briefing": ("", MODERATOR, SERVER),
    "briefing cancel": ("1", MODERATOR, SERVER),
    "briefing list": ("", MODERATOR, SERVER),
    "briefing pause": ("1", MODERATOR, SERVER),
    "briefing pin": ("{channel}", MODERATOR, SERVER),
    "briefing preview": ("1", MODERATOR, SERVER),
    "briefing resume": ("1", MODERATOR, SERVER),
    "briefing run": ("1", MODERATOR, SERVER),
    "briefing schedule": ("{channel} daily 08:00", MODERATOR, SERVER),
    "briefing unpin": ("{channel}", MODERATOR, SERVER),
    "challenge": ("C8 doubtful", MEMBER, SERVER),
    "check": ("6,000 were killed", MEMBER, EVERYWHERE),
    "claim": ("C8", MEMBER, EVERYWHERE),
    "claim add": ("statement: X", MODERATOR, SERVER),
    "claim edit": ("C8 note: X reason: test", MODERATOR, SERVER),
    "claim grade": ("C8 B2 because", MODERATOR, SERVER),
    "claim relate": ("C8 repeats C9 because", MODERATOR, SERVER),
    "claim restore": ("C8 because", MODERATOR, SERVER),
    "claim retire": ("C8 because", MODERATOR, SERVER),
    "compare": ("casualties", MEMBER, EVERYWHERE),
    "correct": ("C8", MODERATOR, SERVER),
    "diff": ("C8 1 1", MODERATOR, SERVER),
    "export": ("csv", MODERATOR, SERVER),
    "forget": ("{colleague}", ADMINISTRATOR, SERVER),
    "help": ("", MEMBER, EVERYWHERE),
    "history": ("C8", MODERATOR, SERVER),
    "import": ("", MODERATOR, SERVER),
    "metric": ("", MEMBER, EVERYWHERE),
    "metric add": ("name: Wounded reason: test", MODERATOR, SERVER),
    "metric edit": ("killed name: Killed in action reason: test", MODERATOR, SERVER),
    "metric list": ("", MEMBER, EVERYWHERE),
    "misses": ("", MODERATOR, SERVER),
    "party": ("", MEMBER, EVERYWHERE),
    "party add": ("name: Someone reason: test", MODERATOR, SERVER),
    "party edit": ("nato description: X reason: test", MODERATOR, SERVER),
    "party list": ("", MEMBER, EVERYWHERE),
    "place": ("", MEMBER, EVERYWHERE),
    "place add": ("name: Somewhere reason: test", MODERATOR, SERVER),
    "place edit": ("kursk description: X reason: test", MODERATOR, SERVER),
    "place list": ("", MEMBER, EVERYWHERE),
    "quote": ("C8", MEMBER, EVERYWHERE),
    "receipt": ("123456789012345678", MEMBER, SERVER),
    "revert": ("C8 1 because", MODERATOR, SERVER),
    "review": ("", MODERATOR, SERVER),
    "review approve": ("1", MODERATOR, SERVER),
    "review assign": ("C8 {colleague} 30", MODERATOR, SERVER),
    "review decline": ("1", MODERATOR, SERVER),
    "review dismiss": ("1 because", MODERATOR, SERVER),
    "review done": ("C8", MODERATOR, SERVER),
    "review proposal": ("1", MODERATOR, SERVER),
    "review uphold": ("1 because", MODERATOR, SERVER),
    "setup": ("", MANAGER, SERVER),
    "setup channel": ("{channel} remarks off", MANAGER, SERVER),
    "setup corrections": ("on", MANAGER, SERVER),
    "setup dates": ("uk", MANAGER, SERVER),
    "setup four-eyes": ("off", MANAGER, SERVER),
    "setup moderators": ("{role}", MANAGER, SERVER),
    "setup receipts": ("30", MANAGER, SERVER),
    "setup reset": ("", MANAGER, SERVER),
    "setup review-channel": ("{channel}", MANAGER, SERVER),
    "setup zone": ("Europe/Kyiv", MANAGER, SERVER),
    "source": ("", MEMBER, EVERYWHERE),
    "source add": ("x publisher: nato published: 2025-01-01 reason: test", MODERATOR, SERVER),
    "source edit": ("fox-2025-11-14 title: X reason: test", MODERATOR, SERVER),
    "source list": ("", MEMBER, EVERYWHERE),
    "sources": ("kursk", MEMBER, EVERYWHERE),
    "timeline": ("", MEMBER, EVERYWHERE),
    "topic": ("", MEMBER, EVERYWHERE),
    "topic add": ("name: Something reason: test", MODERATOR, SERVER),
    "topic edit": ("mines description: X reason: test", MODERATOR, SERVER),
    "topic list": ("", MEMBER, EVERYWHERE),
    "topics": ("", MEMBER, EVERYWHERE),
    "watch": ("", MODERATOR, SERVER),
    "why": ("casualties", MEMBER, EVERYWHERE),
}
"""For each command: arguments that would do something, the rank it takes, and where it works."""

GIVEN: dict[str, Any] = {
    "alias": "body bags",
    "answer": "casualties",
    "claim": "C8",
    "day": "2020-01-01",
    "days": 30,
    "entry": "casualties",
    "first": 1,
    "grade": "B2",
    "key": "fox-2025-11-14",
    "kind": "remarks",
    "language": "uk",
    "link": "repeats",
    "name": "Something",
    "other": "C9",
    "question": "casualties",
    "rationale": "because",
    "reason": "because",
    "revision": 1,
    "second": 1,
    "state": "on",
    "text": "6,000 were killed",
    "topic": "casualties",
    "when": "daily 08:00",
    "words": "because",
    "zone": "Europe/Kyiv",
    **dict.fromkeys(("challenge", "proposal", "schedule"), 1),
}
"""What to fill in as a slash command's options, by their names; channels, roles and people are the scene's."""

_OPTIONAL = {"entry", "name", "rationale", "state"}
"""Options that Discord does not ask for, but without which a command would do less."""

REFUSED = ("Only moderators may", "Only managers may", "Only administrators may")
NOT_HERE = "This works in a server"


class People:
    """Somebody of every rank."""

    def __init__(self, desk: Desk) -> None:
        server = desk.server
        editors = server.create_role("Editors")
        managers = server.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
        self.role = editors
        self.by_rank = {
            MEMBER: desk.member,
            MODERATOR: server.add_member(desk.env.create_user("editor"), roles=[editors]),
            MANAGER: server.add_member(desk.env.create_user("manager"), roles=[managers]),
            ADMINISTRATOR: desk.admin,
            ELSEWHERE: server.add_member(desk.rival.user),
        }

    def arguments(self, desk: Desk, typed: str) -> str:
        """*typed* with the scene's own people and places."""
        return typed.format(
            channel=f"<#{desk.channel.id}>", colleague=f"<@{desk.colleague.id}>", role=f"<@&{self.role.id}>"
        )


@pytest.fixture
async def people(desk: Desk) -> People:
    """A role of the server makes its holder a moderator, without Manage Server."""
    made = People(desk)
    await desk.env.settle()
    await desk.say(f"!setup moderators <@&{made.role.id}>", who=desk.admin)
    return made


class Way(Protocol):
    """A way to give a command, with arguments that would do something."""

    async def __call__(self, desk: Desk, people: People, who: simcord.MemberActor, name: str) -> str:
        """What *who* is shown."""
        ...


async def by_text(desk: Desk, people: People, who: simcord.MemberActor, name: str) -> str:
    """Type it in the channel."""
    arguments = people.arguments(desk, COMMANDS[name][0])
    answer = await desk.say(f"!{name} {arguments}".strip(), who=who)
    assert answer is not None, name
    return text_of(answer)


async def by_slash(desk: Desk, people: People, who: simcord.MemberActor, name: str) -> str:
    """Choose it in the picker; a refusal must be private. A bare group is no slash command: its list is shown."""
    slash = slash_name(desk, name)
    if not slash:
        return await by_text(desk, people, who, name)
    scene = {"channel": desk.channel, "role": people.role, "person": desk.colleague, "reviewer": desk.colleague}
    given = {each.name: (GIVEN | scene)[each.name] for each in options_of(desk, slash)}
    result = await who.slash(desk.channel, slash, **given)
    line = shown_to(result)
    return private(result) if line.startswith(REFUSED) else line


def slash_name(desk: Desk, name: str) -> str:
    """What the picker calls a command: a group goes by its first word and a subcommand's; empty when it has none."""
    command = desk.bot.get_command(name)
    assert isinstance(command, (commands.HybridCommand, commands.HybridGroup))
    if isinstance(command, commands.HybridGroup):
        return f"{name} {command.fallback}" if command.fallback else ""
    return name


def options_of(desk: Desk, slash: str) -> list[app_commands.Parameter]:
    """The options to fill in."""
    command = next(each for each in desk.bot.tree.walk_commands() if each.qualified_name == slash)
    assert isinstance(command, app_commands.Command)
    return [each for each in command.parameters if each.required or each.name in _OPTIONAL]


def shown_to(result: simcord.InteractionResult) -> str:
    """What the person who acted sees first; a form's title where one opened."""
    if result.modal is not None:
        return str(result.modal["title"])
    assert result.response is not None
    return text_of(result.response.message)


def kept(desk: Desk) -> dict[str, list[Any]]:
    """Everything that is stored, by table; without what answers leave: receipts, and questions without an answer."""
    with closing(sqlite3.connect(desk.settings.database_url.removeprefix("sqlite:///"))) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in tables if name not in LEFT}  # noqa: S608 our own names


LEFT = {"receipt", "miss", "waiting"}


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

    for name in [name for name, may in lets_in.items() if may]:
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


async def test_a_moderator_of_another_server_reaches_nothing_here(desk: Desk) -> None:
    """Guessed numbers of proposals, challenges, schedules and messages lead nowhere."""
    await desk.say("!setup four-eyes on", who=desk.moderator)
    await desk.say("!claim retire C9 secretly", who=desk.moderator)
    await desk.say(
        "!claim edit C8 status: contested caveat: A secret caveat. | Reuters reason: secretly", who=desk.moderator
    )
    await press(desk, "Save", desk.moderator)
    await desk.say("!challenge C8 a secret doubt")
    await desk.say(f"!briefing schedule <#{desk.channel.id}> daily 08:00 casualties", who=desk.moderator)
    shown = await desk.say("!casualties")
    assert shown is not None
    before = await revision(desk)

    for line in (
        "!review proposal 1",
        "!review approve 1",
        "!review decline 1",
        "!review uphold 1 mine",
        "!review dismiss 1 mine",
        "!briefing pause 1",
        "!briefing cancel 1",
        "!briefing run 1",
        "!briefing preview 1",
        f"!receipt {shown.id}",
        f"!briefing pin <#{desk.channel.id}>",
        f"!briefing schedule <#{desk.channel.id}> daily 09:00",
    ):
        answer = await desk.say(line, who=desk.rival)
        assert answer is not None, line
        assert "secret" not in text_of(answer), line
    assert await revision(desk) == before
    assert [each.state for each in await desk.bot.services.briefings.list(desk.server.id)] == ["active"]
    queue = await desk.bot.services.reviewing.queue(desk.server.id)
    assert len(queue.proposals) == 1
    assert len(queue.challenges) == 1
    assert "secretly" not in text_of(await said(desk, "!history C9"))


def private(result: simcord.InteractionResult) -> str:
    """What only the person who acted sees."""
    assert result.response is not None
    assert result.response.ephemeral
    assert result.response.message is not None
    return text_of(result.response.message)


async def said(desk: Desk, text: str) -> discord.Message:
    """The answer that the other server's moderator gets."""
    answer = await desk.say(text, who=desk.rival)
    assert answer is not None
    return answer


async def press(desk: Desk, label: str, who: simcord.MemberActor) -> None:
    """Press a button of the newest message in the channel."""
    message = next(each for each in reversed(desk.channel.history()) if label in labels_of(each))
    await who.click(message, label=label)


async def revision(desk: Desk) -> int:
    """How many changes the first server's base has seen."""
    return (await desk.bot.services.workspaces.open(desk.server.id)).base.revision
