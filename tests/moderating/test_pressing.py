"""Who may press what, and send which form: checked at that moment, whatever was allowed when it was opened."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import discord
import pytest
import simcord

from bot.files.factfile import dump
from bot.ui.kit.checks import Rank
from bot.ui.kit.lasting import LastingButton
from tests.desk import Desk, labels_of, newest_with, press, refs_in, text_of
from tests.ranks import REFUSED, kept, private

EDIT = "!claim edit C8 note: Checked twice. reason: note"
DOUBT = "!claim edit C8 status: contested caveat: Others doubt it. | Reuters reason: doubt"
IMPORT = "!import"
NOT_YOURS = "These buttons belong to whoever gave the command."

ONES_OWN = {
    "Save": EDIT,
    "Who says what": EDIT,
    "Caveat, figures, more": EDIT,
    "Discard": EDIT,
    "Make it an alias": "!misses",
    "Draft a claim": "!misses",
    "Drop": "!misses",
    "Apply": IMPORT,
    "Leave it": IMPORT,
}
"""Buttons for nobody but whoever gave the command, and the command that shows them."""

ANY_MODERATORS = {
    "Approve": DOUBT,
    "Decline": DOUBT,
    "Post corrections": DOUBT,
    "Publisher and day": "!intake Police counted 3 men.",
}
"""Buttons for every moderator, and the command that leads to them."""

BUTTONS = ONES_OWN | ANY_MODERATORS
FOUR_EYES = {"Approve", "Decline"}


class Role:
    """A role that makes its holder, the editor, a moderator: nothing else does."""

    def __init__(self, desk: Desk) -> None:
        self.handle = desk.server.create_role("Editors")
        self.editor = desk.server.add_member(desk.env.create_user("editor"), roles=[self.handle])


@pytest.fixture
async def role(desk: Desk) -> Role:
    """The server names the role."""
    made = Role(desk)
    await desk.env.settle()
    await desk.say(f"!setup moderators <@&{made.handle.id}>", who=desk.admin)
    return made


async def taken_from_the_editor(desk: Desk, role: Role) -> None:
    """The editor holds the role no longer."""
    desk.env.backend.remove_member_role(desk.server.id, role.editor.id, role.handle.id)
    await desk.env.settle()


async def no_longer_named(desk: Desk, role: Role) -> None:
    """The editor still holds the role, and it means nothing."""
    await desk.say(f"!setup moderators <@&{role.handle.id}>", who=desk.admin)


Loss = Callable[[Desk, Role], Awaitable[None]]
LOSSES = [taken_from_the_editor, no_longer_named]


async def shown(desk: Desk, editor: simcord.MemberActor, label: str) -> discord.Message:
    """The message with the button, after the editor did what leads to it."""
    await desk.say("!ask zithers")
    await desk.say("!casualties")
    if BUTTONS[label] == "!misses":  # anywhere else they stand before one moderator alone
        await desk.say(f"!setup review-channel <#{desk.channel.id}>", who=desk.admin)
    if label in FOUR_EYES:
        await desk.say("!setup four-eyes on", who=desk.admin)
    if BUTTONS[label] == IMPORT:
        await editor.send(desk.channel, IMPORT, attachments=[("base.yaml", await another_base(desk))])
    else:
        await desk.say(BUTTONS[label], who=editor)
    if BUTTONS[label] == DOUBT:
        await press(desk, "Save", editor)
    return newest_with(desk, label)


async def another_base(desk: Desk) -> bytes:
    """A file that would change C8."""
    base = (await desk.bot.services.workspaces.open(desk.server.id)).base
    changed = replace(base.claims[8], editor_note="Checked twice.")
    return dump(replace(base, claims={**base.claims, 8: changed})).encode()


@pytest.mark.parametrize("lose", LOSSES)
@pytest.mark.parametrize("label", BUTTONS)
async def test_a_role_lost_before_the_press_counts(desk: Desk, role: Role, label: str, lose: Loss) -> None:
    """What was opened as a moderator is not pressed as a member."""
    message = await shown(desk, role.editor, label)
    await lose(desk, role)
    before = kept(desk)
    result = await role.editor.click(message, label=label)

    assert private(result).startswith(REFUSED)
    assert kept(desk) == before


@pytest.mark.parametrize("label", BUTTONS)
async def test_members_press_no_moderators_button(desk: Desk, role: Role, label: str) -> None:
    """They see them in the channel, and get one private line."""
    message = await shown(desk, role.editor, label)
    before = kept(desk)
    result = await desk.member.click(message, label=label)

    assert private(result).startswith((*REFUSED, NOT_YOURS))
    assert kept(desk) == before
    assert label in labels_of(newest_with(desk, label))


@pytest.mark.parametrize("label", ONES_OWN)
async def test_no_other_moderator_presses_the_buttons_of_ones_preview(desk: Desk, role: Role, label: str) -> None:
    """The change would bear the wrong name."""
    message = await shown(desk, role.editor, label)
    before = kept(desk)
    result = await desk.moderator.click(message, label=label)

    assert private(result) == NOT_YOURS
    assert kept(desk) == before


@pytest.mark.parametrize("lose", LOSSES)
async def test_a_role_lost_while_the_form_of_a_new_claim_is_open_counts(desk: Desk, role: Role, lose: Loss) -> None:
    """What was typed is not taken."""
    opened = await role.editor.slash(desk.channel, "claim add")
    await lose(desk, role)
    before = kept(desk)
    result = await role.editor.submit_modal(opened, {"statement": "North Korea sent sappers."})

    assert private(result).startswith(REFUSED)
    assert "sappers" not in private(result)
    assert kept(desk) == before


@pytest.mark.parametrize("lose", LOSSES)
async def test_a_role_lost_while_the_form_of_an_alias_is_open_counts(desk: Desk, role: Role, lose: Loss) -> None:
    """This form writes without a preview in between."""
    message = await shown(desk, role.editor, "Make it an alias")
    opened = await role.editor.click(message, label="Make it an alias")
    await lose(desk, role)
    before = kept(desk)
    result = await role.editor.submit_modal(opened, {"entry": "casualties", "alias": "zithers", "reason": ""})

    assert private(result).startswith(REFUSED)
    assert kept(desk) == before
    assert refs_in(await desk.answer("!ask zithers")) == []


async def test_settings_are_reset_by_whoever_asked_while_they_may(desk: Desk) -> None:
    """Neither by somebody else nor by somebody who no longer manages the server."""
    role = desk.server.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    manager = desk.server.add_member(desk.env.create_user("manager"), roles=[role])
    await desk.env.settle()
    await desk.say("!setup zone Asia/Seoul", who=manager)
    await desk.say("!setup reset", who=manager)
    message = newest_with(desk, "Reset everything")
    before = kept(desk)
    for person in (desk.member, desk.admin):
        assert private(await person.click(message, label="Reset everything")) == NOT_YOURS

    desk.env.backend.remove_member_role(desk.server.id, manager.id, role.id)
    await desk.env.settle()
    assert private(await manager.click(message, label="Reset everything")).startswith(REFUSED)
    assert kept(desk) == before


async def test_a_moderators_buttons_go_when_nobody_pressed_them_for_long(desk: Desk) -> None:
    """What was not saved is discarded, and nothing stands there that would not work."""
    await desk.say(EDIT, who=desk.moderator)
    message = newest_with(desk, "Save")
    before = kept(desk)
    await desk.later(minutes=16)

    after = next(each for each in desk.channel.history() if each.id == message.id)
    assert labels_of(after) == []
    assert "Checked twice." in text_of(after)
    assert kept(desk) == before


def test_every_button_that_outlives_a_restart_has_its_rank() -> None:
    """One place checks it at each press; whoever adds one says here who may press it."""
    buttons = LastingButton.__subclasses__()
    assert {rank: {each.__name__ for each in buttons if each.needed is rank} for rank in Rank} == {
        Rank.MODERATOR: {"Correct", "Decide", "IntakeButton"},
        Rank.MANAGER: {"Begin"},
        Rank.ADMINISTRATOR: set(),
        Rank.MEMBER: {
            *("AboutButton", "ChallengeButton", "Discard", "StopFollowing", "TellMe", "WhatChanged", "WhatIFollow"),
        },
    }
