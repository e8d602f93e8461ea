"""What a figure counts gets a name out of the words around it; no alias comes from a pronoun."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.claims import FactBase
from bot.core.intake.proposals import Article, Intake
from bot.core.intake.reading import read
from bot.core.intake.rules import RulesProposer
from bot.intake.parser import SpacyParser


def taken(text: str) -> Intake:
    """What is made of *text*."""
    return read(Article(text, "Ferry Post News", date(2025, 11, 14)), FactBase(), RulesProposer(SpacyParser()))


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("The new arena will cost 212 million euros, the office said.", ["Arena cost"]),
        ("The Builders' Union counts 31 injuries, four of them serious. Brixen speaks of 12.", ["Injuries"] * 3),
        (
            "The port said that 40 boats were handed over and that it lost 1.2 million crowns.",
            ["Boats handed over", "Sum lost"],
        ),
        ("The port said that 12 bodies were recovered.", ["Bodies recovered"]),
        ("Sault hospital said it was caring for 57 injured, nine of them in danger.", ["Injured"] * 2),
        ("The museum said that soldiers took 40 masks in 1894.", ["Masks"]),
        ("The port said 300 tonnes of oil escaped at 6.52 on Friday.", ["Oil escaped"]),
        ("A study predicts 640,000 visitors a year.", ["Visitors"]),
        ("She wrote that a third of the extra cost was due to steel prices.", ["Cost"]),
        (
            "The auditors said that 187 orders were submitted. Only 58 of them were signed, they said.",
            ["Orders submitted", "Orders signed"],
        ),
    ],
)
def test_a_metric_is_named_by_what_is_counted_and_became_of_it(text: str, metrics: list[str]) -> None:
    """Never by a pronoun, by the unit of a measure, or by who says or predicts it."""
    assert [each.metric for claim in taken(text).proposals for each in claim.figures] == metrics


def test_a_pronoun_or_whose_somebody_is_makes_no_alias() -> None:
    """ "She" and "Its director, X" name somebody else in the next article."""
    text = "Mayor Karin Holt said it was late. She said that 9 boats left. Holt called the report wrong."

    (entry,) = (each for each in taken(text).entries if each.name == "Mayor Karin Holt")
    assert entry.aliases == ("Holt",)


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (
            "Police said 74 houses were destroyed. The land registry counted 130 that are buried or damaged.",
            "The land registry counted 130 [houses] that are buried or damaged.",
        ),
        (
            "Brixen hospital said it was caring for 57 injured, nine of them in danger.",
            "Brixen hospital was caring for 57 injured, nine of them in danger.",
        ),
    ],
)
def test_brackets_say_nothing_that_the_words_say_otherwise(text: str, statement: str) -> None:
    """What a number counts, not what became of others; and nothing where it stands there."""
    assert taken(text).proposals[-1].statement == statement
