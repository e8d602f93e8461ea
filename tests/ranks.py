"""The table of who may do what, and the ways to try: by text and by slash, as anybody."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any, Protocol

import discord
import simcord
from discord import app_commands
from discord.ext import commands

from tests.desk import Desk, text_of

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
    "follow": ("casualties", MEMBER, SERVER),
    "forget": ("{colleague}", ADMINISTRATOR, SERVER),
    "help": ("", MEMBER, EVERYWHERE),
    "history": ("C8", MODERATOR, SERVER),
    "import": ("", MODERATOR, SERVER),
    "intake": ("Police counted 3 men.", MODERATOR, SERVER),
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
    "setup base": ("", MANAGER, SERVER),
    "setup channel": ("{channel} remarks off", MANAGER, SERVER),
    "setup corrections": ("on", MANAGER, SERVER),
    "setup dates": ("uk", MANAGER, SERVER),
    "setup feed": ("off", MANAGER, SERVER),
    "setup four-eyes": ("off", MANAGER, SERVER),
    "setup language": ("en", MANAGER, SERVER),
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
    "vocabulary": ("", MEMBER, EVERYWHERE),
    "vocabulary add": ("zither, cither", MODERATOR, SERVER),
    "vocabulary list": ("", MEMBER, EVERYWHERE),
    "vocabulary remove": ("dead", MODERATOR, SERVER),
    "watch": ("", MODERATOR, SERVER),
    "why": ("casualties", MEMBER, EVERYWHERE),
}
"""For each command: arguments that would do something, the rank it takes, and where it works."""

GIVEN: dict[str, Any] = {
    "about": "casualties",
    "address": "off",
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
    "others": "C9",
    "question": "casualties",
    "terms": "zither, cither",
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
    """Somebody of every rank, and the claim that commands are given with."""

    def __init__(self, desk: Desk) -> None:
        server = desk.server
        editors = server.create_role("Editors")
        managers = server.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
        self.role = editors
        self.role_elsewhere = desk.other_server.create_role("Editors")
        self.ref = "C8"
        self.by_rank = {
            MEMBER: desk.member,
            MODERATOR: server.add_member(desk.env.create_user("editor"), roles=[editors]),
            MANAGER: server.add_member(desk.env.create_user("manager"), roles=[managers]),
            ADMINISTRATOR: desk.admin,
            ELSEWHERE: server.add_member(desk.rival.user),
        }

    def arguments(self, desk: Desk, typed: str) -> str:
        """*typed* with the scene's own people and places."""
        return typed.replace("C8", self.ref).format(
            channel=f"<#{desk.channel.id}>", colleague=f"<@{desk.colleague.id}>", role=f"<@&{self.role.id}>"
        )


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
    here = desk.other_channel if who is desk.rival else desk.channel
    somebody = desk.rival if who is desk.rival else desk.colleague
    role = people.role_elsewhere if who is desk.rival else people.role
    scene = {"channel": here, "role": role, "claim": people.ref, "person": somebody, "reviewer": somebody}
    given = {each.name: (GIVEN | scene)[each.name] for each in options_of(desk, slash)}
    result = await who.slash(here, slash, **given)
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


def private(result: simcord.InteractionResult) -> str:
    """What only the person who acted sees."""
    assert result.response is not None
    assert result.response.ephemeral
    assert result.response.message is not None
    return text_of(result.response.message)


def kept(desk: Desk, *, by: int | None = None) -> dict[str, list[Any]]:
    """
    Everything that is stored, by table; without what answers leave: receipts, and questions without an answer.

    Args:
        by: The server whose rows are wanted; all of them otherwise.
    """
    with closing(sqlite3.connect(desk.settings.database_url.removeprefix("sqlite:///"))) as database:
        database.row_factory = sqlite3.Row
        tables = [row["name"] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        rows = {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in tables if name not in _LEFT}  # noqa: S608 our own names
    return {
        name: [tuple(row) for row in found if by is None or _server_of(name, row) == by]
        for name, found in rows.items()
    }


_LEFT = {"receipt", "miss", "waiting"}


def _server_of(table: str, row: sqlite3.Row) -> int | None:
    column = "id" if table == "workspace" else "workspace"
    return row[column] if column in row.keys() else None  # noqa: SIM118 a row is no mapping
