"""What `check` says of one claim's words, and of two claims that count alike."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.core.claims import Caveat, FactBase
from bot.core.rules.claim_rules import claim_faults
from bot.core.rules.stated_figures import figure_faults
from bot.core.rules.vetting import vet
from tests.factories import a_base, a_claim, a_figure, a_party, a_place

REUTERS = a_party("Reuters")


def said(statement: str, **what_matters: Any) -> list[str]:
    """What is wrong with the words of a claim."""
    claim = a_claim(1, statement, **what_matters)
    return [message for _, message in claim_faults(a_base([claim], REUTERS), claim)]


@pytest.mark.parametrize(
    "caveat",
    [
        "Reuters could not verify the battlefield reports.",
        "Reuters was also unable to confirm the numbers.",
        "Reuters has not independently checked the count.",
    ],
)
def test_whoever_could_not_check_is_named(caveat: str) -> None:
    """The sentence opens with them."""
    (fault,) = said("Troops were sent.", status="not_independently_verified", caveats=[Caveat(caveat)])
    assert "put Reuters into stated_by" in fault


@pytest.mark.parametrize(
    "caveat",
    [
        "Reuters' figures have not been checked by an auditor.",
        "Reuters’s figures could not be verified.",
        "Reuters declined to share its data, so neither share could be confirmed.",
        "Reuters has not been verified as the sender.",
    ],
)
def test_whose_figures_they_are_checks_nothing(caveat: str) -> None:
    """Neither a possessive nor the subject of another clause."""
    assert said("Troops were sent.", status="not_independently_verified", caveats=[Caveat(caveat)]) == []


@pytest.mark.parametrize(
    "statement", ["It is far too early to say how many were sent.", "It remains unclear whether troops were sent."]
)
def test_it_may_stand_for_nobody(statement: str) -> None:
    """Such a sentence names all that it is about."""
    assert said(statement) == []


@pytest.mark.parametrize("statement", ["It sent troops.", "It is a unit of sappers.", "They are too early to say."])
def test_a_pronoun_for_somebody_is_found(statement: str) -> None:
    """A statement stands alone."""
    assert len(said(statement)) == 1


@pytest.mark.parametrize(
    "statement", ["Forty cases were confirmed by a laboratory.", "Laboratory-confirmed cases were counted."]
)
def test_a_laboratory_may_confirm(statement: str) -> None:
    """It vouches for a sample."""
    assert not any("vouches" in fault for fault in said(statement))


@pytest.mark.parametrize(
    "statement",
    ["The ministry confirmed that a laboratory was shelled.", "Confirmed cases were counted.", "Tests were proven."],
)
def test_nobody_else_may(statement: str) -> None:
    """Nor where a laboratory merely stands in the sentence."""
    assert any("vouches" in fault for fault in said(statement))


@pytest.mark.parametrize(
    ("words", "bounds", "expected"),
    [
        ("58.3 percent", {"low": 58.3, "high": 58.3}, "low: 0.583, high: 0.583, unit: share"),
        ("58.3 percent", {"low": 0.583, "high": 0.583}, "low: 0.583, high: 0.583, unit: share"),
        ("1.2 billion", {"low": 1.2, "high": 1.2}, "low: 1200000000, high: 1200000000"),
        ("fewer than one in five", {"low": 0.2, "unit": "share"}, "no low, high: 0.2, unit: share"),
        ("within 60 days", {"low": 60, "high": 60, "unit": "days"}, "no low, high: 60"),
    ],
)
def test_a_figure_that_its_words_do_not_give_is_one_finding_with_what_is_expected(
    words: str, bounds: dict[str, Any], expected: str
) -> None:
    """Whoever mends it copies the line."""
    figure = a_figure(words, **{"low": None, "high": None, **bounds})
    faults = list(figure_faults(a_claim(1, f"They lost {words}.", figures=[figure])))
    assert [message for path, message in faults if path[0] == "figures"] == [
        f"“{words}” is written {expected}; mend that or the words."
    ]


@pytest.mark.parametrize("words", ["only one", "a tenth", "nine out of ten", "fewer than one in five", "zero"])
def test_small_numbers_in_words_are_figures(words: str) -> None:
    """One and a tenth, too, where they are the quantity."""
    shares = {"only one": (1, 1), "a tenth": (0.1, 0.1), "nine out of ten": (0.9, 0.9), "zero": (0, 0)}
    low, high = shares.get(words, (None, 0.2))
    unit = "people" if words in {"only one", "zero"} else "share"
    figure = a_figure(words, low=low, high=high, unit=unit)
    assert list(figure_faults(a_claim(1, f"They lost {words} of them.", figures=[figure]))) == []


def _two(one: dict[str, Any], other: dict[str, Any]) -> FactBase:
    """Two claims of two claimants with different figures for one metric, alike but for what is given."""
    claims = [
        a_claim(1, "About 300 were killed.", claimant=a_party("North"), **one),
        a_claim(2, "About 200 were killed.", claimant=a_party("South"), **other),
    ]
    entries = [REUTERS, a_party("Vesk"), a_party("Ardania"), *(place for claim in claims for place in claim.places)]
    return a_base(claims, *entries)


def _rivals(base: FactBase) -> bool:
    return any("gives another figure" in finding.message for finding in vet(base))


def _killed(count: int, subject: str = "soldiers") -> list[Any]:
    return [replace(a_figure(f"About {count}", low=count, high=count), subject=subject)]


def test_two_claimants_with_two_figures_for_one_thing_are_rivals() -> None:
    """Whoever sees one has to see the other."""
    assert _rivals(_two({"figures": _killed(300)}, {"figures": _killed(200)}))


def test_two_sites_are_no_rivals() -> None:
    """Unless one lies in the other."""
    town, port, quay = a_place("Town"), a_place("Port"), a_place("Quay", part_of="port")
    apart = _two({"figures": _killed(300), "places": [town]}, {"figures": _killed(200), "places": [port]})
    within = _two({"figures": _killed(300), "places": [quay]}, {"figures": _killed(200), "places": [port]})
    assert not _rivals(apart)
    assert _rivals(within)


def test_the_dead_of_two_parties_are_no_rivals() -> None:
    """Their subjects name whom they count."""
    assert not _rivals(
        _two({"figures": _killed(300, "Vesk soldiers")}, {"figures": _killed(200, "Ardania soldiers")})
    )
