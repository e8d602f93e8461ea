"""What follows a change follows whatever route it took."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.core.claims import FactBase
from bot.files.factfile import dump
from bot.store.seed import CHANGED
from tests.desk import Desk, moderator_says, press, text_of

Act = Callable[[Desk], Awaitable[str]]
"""Changes what readers see of C8 by one route; gives the reason that a correction must name."""

_CAVEAT = "caveat: Others doubt it. | Reuters"


async def by_command(desk: Desk) -> str:
    """Back and forth by one command each; the last one counts."""
    await moderator_says(desk, "!claim retire C8 for a moment")
    await moderator_says(desk, "!claim restore C8 it stands after all")
    return "it stands after all"


async def by_form(desk: Desk) -> str:
    """Save under a preview."""
    await moderator_says(desk, f"!claim edit C8 {_CAVEAT} reason: doubts were raised")
    await press(desk, "Save")
    return "doubts were raised"


async def by_retiring(desk: Desk) -> str:
    """It no longer answers."""
    await moderator_says(desk, "!claim retire C8 Reuters withdrew it")
    return "Reuters withdrew it"


async def by_revert(desk: Desk) -> str:
    """A later revision is undone."""
    await by_form(desk)
    await desk.say("!casualties")
    await desk.later(minutes=2)
    await moderator_says(desk, "!revert C8 1 the edit was a mistake")
    return "the edit was a mistake"


async def by_entry(desk: Desk) -> str:
    """A party's other words are its claims' other words."""
    await moderator_says(desk, "!party edit sources style: Officials of some states reason: nobody says so")
    return "nobody says so"


async def by_source(desk: Desk) -> str:
    """So are a source's."""
    await moderator_says(desk, "!source edit fox-2025-11-14 published: 2025-11-13 reason: the day was wrong")
    return "the day was wrong"


async def by_import(desk: Desk) -> str:
    """A file, applied by its button."""
    base = (await desk.bot.services.workspaces.open(desk.server.id)).base
    data = dump(_edited(base)).encode()
    await desk.moderator.send(desk.channel, "!import the desk's list", attachments=[("base.yaml", data)])
    await press(desk, "Apply")
    return "the desk's list"


async def by_approval(desk: Desk) -> str:
    """Of a proposal, by a second moderator."""
    await desk.say("!setup four-eyes on", who=desk.admin)
    await by_form(desk)
    await desk.say("!review approve 1", who=desk.admin)
    return "doubts were raised (approved by a second moderator)"


async def by_seeding(desk: Desk) -> str:
    """Another curated file, read when the bot starts."""
    base = (await desk.bot.services.workspaces.open(0)).base
    file = Path(make_url(desk.settings.database_url).database or "").with_suffix(".yaml")
    file.write_text(dump(_edited(base)), encoding="utf-8")
    desk.settings = desk.settings.model_copy(update={"fact_base": file})
    await desk.restart()
    await desk.say("!topics")
    return CHANGED


def _edited(base: FactBase) -> FactBase:
    claim = base.claims[8]
    caveat = replace(claim.verification.caveats[0], text="Others doubt it.")
    after = replace(claim, verification=replace(claim.verification, caveats=(caveat,)))
    return replace(base, claims={**base.claims, 8: after})


ROUTES: dict[str, Act] = {
    "command": by_command,
    "form": by_form,
    "retiring": by_retiring,
    "revert": by_revert,
    "entry": by_entry,
    "source": by_source,
    "import": by_import,
    "approval": by_approval,
    "seeding": by_seeding,
}
SAYS_THE_SAME = {"command", "retiring", "source"}
"""Routes taken here by a change of no figure, claimant, quotation, caveat or status: its review stands."""

TO_AND_FRO = {"command", "revert"}
"""Routes taken here back to how it was."""


async def test_every_consequence_is_seen_to(desk: Desk) -> None:
    """Nothing in the table is left without a function that does it."""
    assert not desk.bot.services.consequences.undone


@pytest.mark.parametrize("route", ROUTES)
async def test_everything_follows_a_change_by_any_route(desk: Desk, route: str) -> None:
    """It answers; its review lapses; readers are corrected, in no typed words; live briefings and people hear."""
    workspace, its = desk.server.id, desk.bot.services
    await moderator_says(desk, "!setup corrections on")
    await moderator_says(desk, "!review done C8")
    await moderator_says(desk, f"!briefing pin <#{desk.channel.id}> casualties")
    waited_for = its.missed.note(workspace, "casualties")
    await its.missed.wait(workspace, waited_for or 0, str(desk.member.user.id))
    shown = await desk.answer("!casualties")
    await desk.later(minutes=2)

    reason = await ROUTES[route](desk)
    await desk.later(minutes=2)

    its = desk.bot.services
    base = (await its.workspaces.open(workspace)).base
    assert (await desk.answer("!casualties") == shown) == (route in TO_AND_FRO)
    due = [claim.number for claim, _ in (await its.reviewing.queue(workspace)).overdue]
    assert (8 in due) == (route not in SAYS_THE_SAME)
    corrected = [text for each in desk.channel.history() if (text := text_of(each)).startswith("Correction: C8")]
    assert corrected
    assert "Why:" not in corrected[-1]
    if route != "retiring":  # whose reason is part of the block
        assert reason not in corrected[-1]
    assert [each.revision for each in await its.postings.live(workspace)] == [base.revision]
    assert any("can be answered now" in text_of(each) for each in desk.member.user.dm_channel.history())


async def test_a_claimant_reworded_twice_is_corrected_twice(desk: Desk) -> None:
    """Though the claims themselves have no new version."""
    await moderator_says(desk, "!setup corrections on")
    await desk.say("!casualties")
    for words in ("Officials of some states", "Officials of many states"):
        await desk.later(minutes=1)
        await moderator_says(desk, f"!party edit sources style: {words} reason: {words}")
        await moderator_says(desk, "!correct C8")
    corrected = [text for each in desk.channel.history() if (text := text_of(each)).startswith("Correction: C8")]

    assert len(corrected) == 2
    assert "Officials of many states, to Reuters" in corrected[-1]


async def test_another_name_to_ask_by_corrects_nobody(desk: Desk) -> None:
    """Readers saw no difference."""
    await desk.say("!casualties")
    await desk.later(minutes=1)
    await moderator_says(desk, "!alias add reuters zithernews")

    assert "was not shown otherwise" in await moderator_says(desk, "!correct C8")
