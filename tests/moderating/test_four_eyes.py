"""Under four eyes nothing that members read changes before a second moderator agrees, whatever route it takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import simcord

from bot.core.claims import FactBase
from bot.files.factfile import dump
from cogs.guide import visible_commands
from tests.desk import ADD, Desk, moderator_says, newest_with, press
from tests.ranks import COMMANDS, MEMBER, kept, private

BASE = ("workspace", "claim", "entry", "source", "revision", "entry_revision")
"""Tables of what members read, its history, and the settings."""

SHA = "0" * 64

TYPED: dict[str, tuple[str, bool]] = {
    "claim add": (ADD, True),
    "claim edit": ("!claim edit C8 note: Checked twice. reason: x", True),
    "claim retire": ("!claim retire C8 it was withdrawn", False),
    "claim restore": ("!claim restore C9 it stands", False),
    "claim relate": ("!claim relate C8 repeats C10 they count the same", False),
    "claim grade": ("!claim grade C8 B2 one other agency agrees", False),
    "revert": ("!revert C9 1 the change was a mistake", False),
    "topic add": ("!topic add name: Zithers reason: x", False),
    "topic edit": ("!topic edit mines description: Where they lie. reason: x", False),
    "place add": ("!place add name: Zitherton reason: x", False),
    "place edit": ("!place edit kursk aliases: kurskia reason: x", False),
    "party add": ("!party add name: The Zitherists reason: x", False),
    "party edit": ("!party edit reuters style: the agency Reuters reason: x", False),
    "metric add": ("!metric add name: Wounded reason: x", False),
    "metric edit": ("!metric edit killed aliases: fallen reason: x", False),
    "vocabulary add": ("!vocabulary add zither, cither reason: x", False),
    "vocabulary remove": ("!vocabulary remove soldier reason: x", False),
    "source add": (f"!source add zither-1 publisher: nato published: 2025-01-01 sha256: {SHA} reason: x", False),
    "source edit": ("!source edit fox-2025-11-14 published: 2025-11-13 reason: x", False),
    "alias add": ('!alias add casualties "body bags" reason: x', False),
    "alias remove": ("!alias remove casualties kia reason: x", False),
}
"""Every command that changes the base: what is typed, and whether it is saved by a button."""

FIELDS = {
    "statement": "statement: More than 6,000 of the North Koreans who were sent there were killed.",
    "figure": "figures: killed | troops | more than 6,000 | 6000..",
    "bounds": "figures: killed | North Korean troops | more than 6,000 | 6500..",
    "quotation": "quotation: they were lost",
    "caveat": "caveat: Others doubt it. | Reuters",
    "status": "status: contested caveat: Others doubt it. | Reuters",
    "claimant": "claimant: nato",
    "via": "via: to Reuters || via Zvezda",
    "topics": "topics: mines",
    "about": "about: ukraine",
    "places": "places: bolshesoldatsky",
    "event": "event: 2025",
    "said": "said: 2025",
    "note": "note: Checked twice.",
}
"""A change of each field of a claim."""

ELSEWISE = {"import", "misses", "setup four-eyes", "setup reset", "review approve", "forget"}
"""Commands with facts of their own below."""

Do = Callable[[Desk], Awaitable[object]]


async def by_import(desk: Desk) -> None:
    """A file."""
    base = (await desk.bot.services.workspaces.open(desk.server.id)).base
    await desk.moderator.send(desk.channel, "!import x", attachments=[("base.yaml", dump(_edited(base)).encode())])
    await press(desk, "Apply")


def _edited(base: FactBase) -> FactBase:
    """A claim, a name and a new topic in one file."""
    mines = replace(base.topics["mines"], aliases=(*base.topics["mines"].aliases, "zithermines"))
    return replace(
        base,
        claims={**base.claims, 8: replace(base.claims[8], editor_note="Checked twice.")},
        topics={**base.topics, "mines": mines, "zithers": replace(mines, key="zithers", name="Zithers", aliases=())},
    )


async def by_alias_from_a_miss(desk: Desk) -> None:
    """A form that writes without a preview."""
    await desk.say("!ask zithers")
    await moderator_says(desk, "!misses")
    opened = await press(desk, "Make it an alias")
    await desk.moderator.submit_modal(opened, {"entry": "casualties", "alias": "zithers", "reason": ""})


def typed(name: str) -> Do:
    """By a command, and a button where it asks."""
    line, saves = TYPED[name]

    async def do(desk: Desk) -> None:
        await desk.say(line, who=desk.moderator)
        if saves:
            await press(desk, "Save")

    return do


def field(name: str) -> Do:
    """By an edit of one field."""

    async def do(desk: Desk) -> None:
        await desk.say(f"!claim edit C8 {FIELDS[name]} reason: x", who=desk.moderator)
        saved = await press(desk, "Save")
        if saved.modal:  # words and figures differ
            await desk.moderator.submit_modal(saved, {"why": "the source says so elsewhere"})

    return do


ROUTES: dict[str, Do] = {
    **{name: typed(name) for name in TYPED},
    **{f"claim edit, {name}": field(name) for name in FIELDS},
    "import": by_import,
    "alias from a miss": by_alias_from_a_miss,
}


def based(desk: Desk) -> dict[str, list[Any]]:
    """What is stored of the base and the settings."""
    found = kept(desk)
    return {name: found[name] for name in BASE}


@pytest.fixture
async def guarded(desk: Desk) -> Desk:
    """Four eyes are on; C9 is retired, so that it has a history."""
    await desk.say("!claim retire C9 for a moment", who=desk.moderator)
    await desk.say("!setup four-eyes on", who=desk.admin)
    return desk


def test_every_command_that_moderators_have_is_tried() -> None:
    """As a route above, or as one that leaves the base alone below."""
    assert set(TYPED) <= set(COMMANDS)
    assert not set(TYPED) & ELSEWISE


async def test_what_is_no_route_changes_nothing_that_members_read(guarded: Desk) -> None:
    """Every other command there is, with arguments that would do something."""
    others = {name: row for name, row in COMMANDS.items() if name not in {*TYPED, *ELSEWISE}}
    assert {*others, *TYPED, *ELSEWISE} == {each.qualified_name for each in visible_commands(guarded.bot)}
    before = based(guarded)
    for name, (arguments, rank, _) in others.items():
        if rank == MEMBER or name.startswith("setup"):
            continue  # members change nothing; settings have their own table in docs/moderating.md
        filled = arguments.format(
            channel=f"<#{guarded.channel.id}>", colleague=f"<@{guarded.colleague.id}>", role="x"
        )
        await guarded.say(f"!{name} {filled}".strip(), who=guarded.admin)
    assert based(guarded) == before


@pytest.mark.parametrize("route", ROUTES)
async def test_every_change_waits_for_a_second_moderator(guarded: Desk, route: str) -> None:
    """It is a proposal; its maker cannot approve it by button or command; another can, and then it is in force."""
    before = based(guarded)
    await ROUTES[route](guarded)
    assert based(guarded) == before
    (waiting,) = (await guarded.bot.services.reviewing.queue(guarded.server.id)).proposals
    assert waiting.who == str(guarded.moderator.id)
    assert not waiting.stale

    message = newest_with(guarded, "Approve")
    own = await guarded.moderator.click(message, label="Approve")
    assert "another moderator" in private(own)
    assert "another moderator" in await told(guarded, f"!review approve {waiting.id}", guarded.moderator)
    assert "Proposal" in await told(guarded, f"!review proposal {waiting.id}", guarded.admin)
    assert based(guarded) == before

    await guarded.admin.click(message, label="Approve")
    after = based(guarded)
    assert [name for name in BASE if after[name] != before[name]]
    assert "approved already" in await told(guarded, f"!review approve {waiting.id}", guarded.admin)


async def told(desk: Desk, line: str, who: simcord.MemberActor) -> str:
    """What *who* is shown."""
    return await moderator_says(desk, line, who)


async def test_nobody_approves_their_own_after_being_forgotten(guarded: Desk) -> None:
    """Nor does anybody else: nobody can tell whose it was. It can be declined."""
    await typed("claim edit")(guarded)
    before = based(guarded)["claim"]
    await told(guarded, f"!forget <@{guarded.moderator.id}>", guarded.admin)
    for who in (guarded.moderator, guarded.admin):
        assert "was forgotten" in await told(guarded, "!review approve 1", who)
        assert "was forgotten" in private(await who.click(newest_with(guarded, "Approve"), label="Approve"))
    assert based(guarded)["claim"] == before
    assert "declined" in await told(guarded, "!review decline 1", guarded.admin)


async def test_a_proposal_of_names_survives_a_restart(guarded: Desk) -> None:
    """Like every other one."""
    await typed("party edit")(guarded)
    message = newest_with(guarded, "Approve")
    await guarded.restart()
    await guarded.admin.click(message, label="Approve")

    assert "the agency Reuters" in await guarded.answer("!casualties")


async def test_who_approves_reads_what_is_added_and_what_goes(guarded: Desk) -> None:
    """Also of a list too long to be shown."""
    assert "aliases: added “body bags”" in await told(guarded, "!alias add casualties body bags", guarded.moderator)
    assert "aliases: taken out “kia”" in await told(guarded, "!alias remove casualties kia", guarded.moderator)


async def test_a_name_that_was_taken_meanwhile_is_not_given_twice(guarded: Desk) -> None:
    """Each of two proposals was fine when it was made."""
    for topic in ("casualties", "mines"):
        await told(guarded, f"!alias add {topic} zithers x", guarded.moderator)
    await told(guarded, "!review approve 1", guarded.admin)

    assert "names topic" in await told(guarded, "!review approve 2", guarded.admin)


async def test_an_import_is_stale_after_any_other_change(guarded: Desk) -> None:
    """Somebody looked at what it would change in the base as it was."""
    await by_import(guarded)
    await typed("topic add")(guarded)
    await told(guarded, "!review approve 2", guarded.admin)

    assert "stale" in await told(guarded, "!review", guarded.admin)
    assert "propose it anew" in await told(guarded, "!review approve 1", guarded.admin)


@pytest.mark.parametrize("line", ["!setup four-eyes off", "!setup reset"])
async def test_four_eyes_end_only_when_another_moderator_agrees(guarded: Desk, line: str) -> None:
    """Or else they could be switched off, and on again after a change."""
    await told(guarded, line, guarded.admin)
    if "reset" in line:
        await press(guarded, "Reset everything", guarded.admin)
    message = newest_with(guarded, "Agree")
    before = based(guarded)
    assert "Another moderator" in private(await guarded.admin.click(message, label="Agree"))
    assert private(await guarded.member.click(message, label="Agree")).startswith("Only moderators")
    assert based(guarded) == before

    await guarded.moderator.click(message, label="Agree")
    assert "Four eyes: off" in await told(guarded, "!setup", guarded.admin)


async def test_the_owner_of_a_server_ends_four_eyes_alone(guarded: Desk) -> None:
    """Or a server with one moderator left could change nothing any more."""
    owner = guarded.server.add_member(guarded.env.create_user("owner"))
    guild = guarded.bot.get_guild(guarded.server.id)
    assert guild is not None
    guarded.env.backend.get_guild(guarded.server.id).owner_id = owner.id
    guild.owner_id = owner.id

    assert "Four eyes: off" in await told(guarded, "!setup four-eyes off", owner)


def test_the_exceptions_are_listed() -> None:
    """Where moderators read of four eyes."""
    page = (Path(__file__).parents[2] / "docs" / "moderating.md").read_text(encoding="utf-8")
    section = page.split("## Four eyes")[1].split("\n## ")[0]
    for word in ("owner", "curated", "`!setup", "reviews", "challenges", "`!forget`", "briefings"):
        assert word in section, word
