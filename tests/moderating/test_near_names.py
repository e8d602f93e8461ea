"""Names that nothing answers to are asked about; what stands beside them stays as it was typed."""

from __future__ import annotations

import pytest

from bot.core.editing.meant import Meant, meant
from tests.desk import Desk
from tests.factories import a_base, a_claim, a_party, a_place, a_topic

BASE = a_base(
    [
        a_claim(
            1,
            claimant=a_party("Meridian Tankers", aliases=("operator",)),
            topics=(a_topic("Oil spill"), a_topic("Birds")),
            places=(a_place("Tarn Bay"),),
        )
    ],
    a_party("AFP"),
    a_party("Reuters"),
)


@pytest.mark.parametrize(
    ("fields", "mended"),
    [
        ({"claimant": "Meridan Tankers"}, {"claimant": "Meridian Tankers"}),
        ({"topics": "birds, oil spil"}, {"topics": "birds, Oil spill"}),
        ({"via": "to Rueters || via AFP"}, {"via": "to Reuters || via AFP"}),
        ({"places": "Tarn Bai", "topics": "birds"}, {"places": "Tarn Bay", "topics": "birds"}),
    ],
)
def test_a_near_name_takes_the_place_of_what_was_typed(fields: dict[str, str], mended: dict[str, str]) -> None:
    """And of nothing else in the field."""
    (near,) = meant(BASE, fields)

    assert near.put_into(fields) == mended


@pytest.mark.parametrize(
    "fields", [{"claimant": "operator"}, {"topics": "birds", "places": "-"}, {"claimant": "Ministry of Silly Walks"}]
)
def test_what_is_known_or_near_to_nothing_is_not_asked_about(fields: dict[str, str]) -> None:
    """An alias is a name; "-" empties a field."""
    assert meant(BASE, fields) == ()


def test_several_near_names_are_all_offered() -> None:
    """Nothing is decided by how alike letters are."""
    base = a_base([], a_party("North Union"), a_party("South Union"))

    assert [each.name for each in meant(base, {"about": "Nouth Union"})] == ["North Union", "South Union"]
    assert meant(base, {"about": "Nouth Union"})[0] == Meant("about", "Nouth Union", "North Union")


@pytest.mark.parametrize(
    ("command", "option", "typed", "offered"),
    [
        ("claim add", "topics", "troops, casu", "troops, Casualties"),
        ("claim edit", "via", "to reut", "to Reuters"),
        ("party edit", "entry", "reut", "Reuters"),
        ("metric edit", "entry", "kill", "Killed"),
        ("source add", "publisher", "fox", "Fox News Digital"),
    ],
)
async def test_slash_options_are_completed(desk: Desk, command: str, option: str, typed: str, offered: str) -> None:
    """The last of several names, too, with what stands before it."""
    choices = await desk.moderator.autocomplete(desk.channel, command, option, typed)

    assert offered in [choice["value"] for choice in choices]
