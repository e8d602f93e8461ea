"""What stands above claims holds no figure and no verdict, whatever a file brings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.claims import FactBase
from bot.core.editing.bare_texts import without_headlines
from bot.errors import Refused
from tests.factories import a_base, a_claim, a_party, a_source, a_topic

GIVEN = a_base(
    [
        a_claim(
            1,
            claimant=a_party("Doctors", style="doctors at two hospitals", aliases=("medics", "60,000 doctors")),
            source=a_source(title="60,000 dead, says the ministry"),
            topics=(a_topic("Testing", aliases=("tests", "confirmed cases"), about="What was confirmed."),),
        )
    ]
)


def test_other_names_descriptions_styles_and_titles_are_left_out_and_named() -> None:
    """Claims keep everything else, and refer to what is left."""
    base, left = without_headlines(GIVEN, FactBase())

    assert sorted(left) == ["party doctors", "source fox-2025-11-14", "topic testing"]
    claim = base.claims[1]
    assert claim.attribution.claimant == base.parties["doctors"] == a_party("Doctors", aliases=("medics",))
    assert claim.attribution.source.title == ""
    assert claim.topics == (a_topic("Testing", aliases=("tests",)),)
    assert claim.statement == GIVEN.claims[1].statement


def test_what_the_base_has_already_stays() -> None:
    """An import is not the moment to take it away."""
    assert without_headlines(GIVEN, GIVEN) == (GIVEN, ())


def test_every_name_that_cannot_be_is_told_at_once() -> None:
    """A name cannot be left out."""
    parties = {"two": a_party("60,000 dead", key="two"), "ten": a_party("Ten Witnesses Group", key="ten")}
    with pytest.raises(Refused, match=r"party two: holds a figure; party ten: holds a figure"):
        without_headlines(replace(GIVEN, parties={**GIVEN.parties, **parties}), FactBase())


def test_a_group_that_speaks_comes_without_how_many_they_are() -> None:
    """ "Two medics" is how the press attributes, and claims are theirs under the new name."""
    medics = a_party("Two medics", style="two medics at the town's hospital, not named", aliases=("medics", "nurses"))
    base, left = without_headlines(a_base([a_claim(1, claimant=medics)]), FactBase())

    said = base.claims[1].attribution.claimant
    assert said == a_party(
        "Medics", key="two-medics", style="medics at the town's hospital, not named", aliases=("nurses",)
    )
    assert list(left) == ["party two-medics"]


def test_a_group_whose_bare_name_is_taken_is_told() -> None:
    """Two entries never answer to one name."""
    with pytest.raises(Refused, match="‘Doctors’, not ‘Two doctors’"):
        without_headlines(a_base([a_claim(1, claimant=a_party("Two medics"))], a_topic("Medics")), FactBase())
