"""Who may do what: one table for all commands, held against the bot as text and as slash, and against its buttons."""

from __future__ import annotations

import discord
import pytest
import simcord

from cogs.guide import visible_commands
from tests.desk import Desk, labels_of, text_of

MEMBER, MODERATOR, MANAGER, ADMINISTRATOR = "member", "moderator", "manager", "administrator"
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


def test_the_table_names_every_command_once(desk: Desk) -> None:
    """A new command needs its row."""
    assert sorted(COMMANDS) == [command.qualified_name for command in visible_commands(desk.bot)]


@pytest.mark.parametrize("rank", RANKS)
async def test_text_commands_are_allowed_by_rank(desk: Desk, people: People, rank: str) -> None:
    """Whoever lacks the rank gets one polite line and changes nothing; whoever has it is not refused."""
    who = people.by_rank[rank]
    for name, (typed, needed, _) in COMMANDS.items():
        may = RANKS.index(rank) >= RANKS.index(needed)
        if may and needed != MEMBER:
            continue  # what they do is other tests' matter; that they are let in is the next test's
        answer = await desk.say(f"!{name} {people.arguments(desk, typed)}".strip(), who=who)
        assert answer is not None, name
        refused = text_of(answer).startswith(REFUSED)
        assert refused is not may, name


@pytest.mark.parametrize("rank", RANKS[1:])
async def test_whoever_has_the_rank_is_let_in(desk: Desk, people: People, rank: str) -> None:
    """A moderator by role alone is one."""
    who = people.by_rank[rank]
    for name, (typed, needed, _) in COMMANDS.items():
        if RANKS.index(rank) < RANKS.index(needed) or needed == MEMBER or name in {"setup reset", "setup moderators"}:
            continue
        answer = await desk.say(f"!{name} {people.arguments(desk, typed)}".strip(), who=who)
        assert answer is not None, name
        assert not text_of(answer).startswith(REFUSED), (name, text_of(answer))


async def test_a_member_changes_nothing_by_any_command(desk: Desk, people: People) -> None:
    """The base, the settings and the queue stay as they were."""
    before = await revision(desk)
    for name, (typed, needed, _) in COMMANDS.items():
        if needed != MEMBER:
            await desk.say(f"!{name} {people.arguments(desk, typed)}".strip())

    assert await revision(desk) == before
    assert not await desk.bot.services.briefings.list(desk.server.id)
    assert (await desk.bot.services.setups.of(desk.server.id)).zone == "UTC"


async def test_slash_commands_refuse_members_privately(desk: Desk, people: People) -> None:
    """The picker shows them to everybody, as a moderator by role has no permission that Discord could go by."""
    options = {
        "audit-log": {},
        "claim retire": {"claim": "C8", "reason": "x"},
        "claim grade": {"claim": "C8", "grade": "B2", "rationale": "x"},
        "history": {"claim": "C8"},
        "revert": {"claim": "C8", "revision": 1, "reason": "x"},
        "alias add": {"entry": "casualties", "alias": "body bags"},
        "topic add": {"name": "Something", "reason": "x"},
        "review queue": {},
        "review done": {"claim": "C8"},
        "misses": {},
        "export": {},
        "import": {},
        "setup show": {},
        "setup zone": {"zone": "Europe/Kyiv"},
        "briefing list": {},
        "correct": {"claim": "C8"},
        "watch": {"state": "on"},
    }
    before = await revision(desk)
    for name, given in options.items():
        result = await desk.member.slash(desk.channel, name, **given)
        assert private(result).startswith(REFUSED), name
    assert await revision(desk) == before


async def test_direct_messages_reach_no_servers_base(desk: Desk) -> None:
    """There a moderator is nobody: what takes a rank works in servers only."""
    for name, (typed, _, where) in COMMANDS.items():
        arguments = typed.format(channel=desk.channel.id, colleague=desk.colleague.id, role="1")
        answer = await desk.whisper(f"!{name} {arguments}".strip())
        assert answer is not None, name
        assert text_of(answer).startswith(NOT_HERE) is (where == SERVER), (name, text_of(answer))


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


async def test_a_role_lost_while_a_preview_is_open_counts(desk: Desk, people: People) -> None:
    """The check is made at the moment of the press."""
    editor = people.by_rank[MODERATOR]
    await desk.say("!claim edit C8 note: Checked twice. reason: note", who=editor)
    await desk.say("!setup moderators", who=desk.admin)
    before = await revision(desk)
    message = next(each for each in reversed(desk.channel.history()) if "Save" in labels_of(each))
    result = await editor.click(message, label="Save")

    assert private(result).startswith(REFUSED)
    assert await revision(desk) == before


async def test_a_role_lost_while_a_form_is_open_counts(desk: Desk, people: People) -> None:
    """What was typed is not taken."""
    editor = people.by_rank[MODERATOR]
    opened = await editor.slash(desk.channel, "claim add")
    await desk.say("!setup moderators", who=desk.admin)
    result = await editor.submit_modal(opened, {"statement": "North Korea sent sappers."})

    assert private(result).startswith(REFUSED)


async def test_nobody_presses_the_buttons_of_anothers_preview(desk: Desk) -> None:
    """Not even another moderator: the change would bear the wrong name."""
    await desk.say("!claim edit C8 note: Checked twice. reason: note", who=desk.moderator)
    before = await revision(desk)
    message = next(each for each in reversed(desk.channel.history()) if "Save" in labels_of(each))
    for person in (desk.member, desk.admin):
        result = await person.click(message, label="Save")
        assert "belong to whoever gave the command" in private(result)
    assert await revision(desk) == before


async def test_a_member_cannot_approve_a_proposal(desk: Desk) -> None:
    """Its buttons stand in the channel for everybody to see."""
    await desk.say("!setup four-eyes on", who=desk.moderator)
    await desk.say("!claim edit C8 status: contested caveat: Doubted. | Reuters reason: doubt", who=desk.moderator)
    await press(desk, "Save", desk.moderator)
    before = await revision(desk)
    message = next(each for each in reversed(desk.channel.history()) if "Approve" in labels_of(each))
    result = await desk.member.click(message, label="Approve")

    assert private(result).startswith(REFUSED)
    assert await revision(desk) == before
