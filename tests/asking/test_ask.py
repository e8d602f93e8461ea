"""What members get when they ask."""

from __future__ import annotations

import pytest

from tests.desk import Desk, refs_in


async def test_an_answer_names_the_claimant_before_the_figure(desk: Desk) -> None:
    """No figure leaves the bot ahead of its attribution."""
    shown = await desk.answer("!casualties")

    assert shown.index("Attribution:") < shown.index("6,000")


@pytest.mark.parametrize("command", ["casualties", "dead", "losses", "потери", "사상자", "KIA", "death toll"])
async def test_every_competing_casualty_figure_is_on_the_first_page(desk: Desk, command: str) -> None:
    """Whoever asks for casualties sees all the figures that compete, not the first one found."""
    shown = await desk.answer(f"!{command}")

    assert {"C8", "C21", "C22"} <= set(refs_in(shown)[:5])


@pytest.mark.parametrize("command", ["troops", "soldiers", "troop numbers", "войска", "병력"])
async def test_every_competing_troop_figure_is_on_the_first_page(desk: Desk, command: str) -> None:
    """How many were sent is claimed twice; both are seen at once."""
    shown = await desk.answer(f"!{command}")

    assert {"C7", "C20"} <= set(refs_in(shown)[:5])


@pytest.mark.parametrize("typed", ["!C8", "!c8", "!#8", "!ask C8", "!ask с8"])
async def test_the_id_of_a_claim_is_a_command(desk: Desk, typed: str) -> None:
    """However it is typed; the last one in Cyrillic."""
    assert set(refs_in(await desk.answer(typed))) == {"C8"}


@pytest.mark.parametrize("typed", ["!C99", "!8", "!"])
async def test_what_is_no_id_stays_unanswered(desk: Desk, typed: str) -> None:
    """Other bots have commands too."""
    assert await desk.answer(typed) == ""
