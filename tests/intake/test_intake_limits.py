"""Which sentences limit a claim, which claims each of them limits, and which sentences assert nothing."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.claims import FactBase
from bot.core.intake.proposals import Article, Proposal
from bot.core.intake.reading import read
from bot.core.intake.rules import RulesProposer
from bot.intake.parser import SpacyParser
from tests.intake.test_intake_rules import said

_PUBLISHER = "Ferry Post News"


def claims(text: str) -> list[Proposal]:
    """The drafts that *text* gives; none may be suspect."""
    intake = read(Article(text, _PUBLISHER, date(2025, 11, 14)), FactBase(), RulesProposer(SpacyParser()))
    assert not intake.suspects, intake.suspects
    return list(intake.proposals)


@pytest.mark.parametrize(
    ("text", "limited"),
    [
        (
            (
                "A former clerk said the tank ran over and that nobody told the town. The mill said the tank held. "
                "A clerk said it was dry. His account could not be verified."
            ),
            [False, False, False, True],
        ),
        (
            "A former clerk said the tank ran over. He said 40 litres were lost. His account could not be confirmed.",
            [True, True],
        ),
        (
            "The union said 70 ships were waiting. That figure could not be confirmed, and the port denies delays.",
            [True, False],
        ),
        (
            "The union said 70 ships were waiting. It stressed that it had reached no conclusion.",
            [True],
        ),
        (
            (
                "The union said 70 ships were waiting. Tests showed that 40 were leaking. The results have not been "
                "peer reviewed."
            ),
            [True, True],
        ),
        (
            (
                "The union said three tanks were open.\n\nThe mayor said it was sad. The port said it would wait. "
                "Ferry Post was unable to check the figures."
            ),
            [True, False, False],
        ),
        (
            "The union said the port was closed to 70 ships. The foreign ministry declined to comment.",
            [True],
        ),
        (
            "The bank Caja Vega withdrew its 40 boats on Monday, but gave no explanation.",
            [True],
        ),
        (
            (
                "Open Cages said that its video shows 40 birds at a plant. Sunvale denied that it owned the plant. "
                "Ferry Post was unable to verify the location of the footage."
            ),
            [True, False],
        ),
        (
            "The team said that 34 died. Prosecutors called that a forgery. The court has yet to rule on the matter.",
            [False, True],
        ),
        (
            "The clerk said she had 87 names. The union put it at 240. None of the lists has been made public.",
            [True, True],
        ),
        (
            "A clerk told Radio Firth that 40 posts were cut. Ferry Post has not been able to speak to the clerk.",
            [True],
        ),
        (
            (
                "The government said the dam held. The union said pictures show a gap of 70 metres. It was "
                "impossible to determine when it opened."
            ),
            [False, True],
        ),
        (
            "His wife said the chairman was detained. Police neither confirmed nor denied the arrest.",
            [True],
        ),
        (
            "The UN said attacks rose by 34 percent. The ministry said they fell. It has released no statistics.",
            [False, True],
        ),
        (
            "The union counted 70 ships. The port counted 40 ships. Neither explained the difference.",
            [False, False],
        ),
        (
            "The union counted 70 ships. The harbour authority counted 40 ships. Footage does not settle the matter.",
            [True, True],
        ),
        ("The union said 70 boats were sunk. Journalists have not been let onto the quay.", [True]),
        ("The port said 70 boats were sold. The books burned, so its sums can no longer be examined.", [True]),
        ("The port said the paint was safe. A laboratory is still analysing it.", [True]),
        ("The port said the paint was safe. The results are not due before March.", [True]),
        ("The union counted 70 boats. It did not record their names, and some may have been counted twice.", [True]),
        ("The union counted 70 boats. Its secretary conceded that its count was a guess.", [True]),
        ("The union counted 70 boats, though it stressed that its list was not complete.", [True]),
        ("The union blamed the wind. The port blamed ice. Video seen by us shows rain, but not where.", [True, True]),
        ("The union blamed the wind. The port would not discuss its logs and was not told of the storm.", [True]),
        ("The union said 5 guards were there. The port said there were 2. The roster is not public.", [True, True]),
        (
            "The port said the bow held. The union said a panel hit it. The port has not examined the panel.",
            [False, True],
        ),
        ("The union said the tide rose. The port said it fell. We have found no witness for either.", [True, True]),
        (
            "The union said that 40 boats sailed and that 6 sailors were killed. The death toll is not verified.",
            [False, True],
        ),
        ("The union counted 23 farms. The port said 70 farms. We were not admitted to any of them.", [True, True]),
        ("The union blamed geese. The port blamed a mill. The origin of the virus remains unknown.", [True, True]),
        ("The union put the rise at 19 percent, but noted that its survey leaves out markets.", [True]),
        ("The port said 85 lorries ran. The union said 30 ran. Neither list bears number plates.", [True, True]),
        (
            "The port counted 900 boats. The union said there were 70. The auditors have yet to sign either.",
            [True, True],
        ),
        ("The port found 61 members, but warned that it “cannot tell a pupil from a bot.”", [True]),
        ("The port did not stop at 70 boats and gave 40 more to the union.", [False, False]),
    ],
)
def test_a_caveat_covers_the_claims_it_is_about(text: str, limited: list[bool]) -> None:
    """An account is all that somebody said; figures, results, both sides and silence each have their own."""
    assert [bool(each.caveats) for each in claims(text)] == limited


def test_whoever_limits_his_own_figure_states_the_caveat_by_the_name_of_his_claim() -> None:
    """The caveat and the claim name one party, however the sentence words it."""
    (claim,) = claims(
        "The union on Ruen puts the dead at 74, but warns that “some may have been written down twice.”"
    )
    assert [each.stated_by for each in claim.caveats] == ["Union on Ruen"]


def test_who_could_not_check_is_named_though_the_verb_shares_its_subject() -> None:
    """ "The Post has seen … but could not …" is the Post's caveat; no other subject is taken for a checker."""
    text = (
        "The union said 70 ships were waiting. Ferry Post has seen a list but could not verify the number.\n\n"
        "The port said that 40 were waiting. Fog was thick and the number could not be verified."
    )

    assert [[each.stated_by for each in claim.caveats] for claim in claims(text)] == [[_PUBLISHER], [""]]


@pytest.mark.parametrize(
    "leading",
    [
        "Nor do they agree on what is still moving in Port Ansel.",
        "The harbour master offered another reason.",
        "A leaked survey seen by Reuters paints a very different picture.",
    ],
)
def test_a_sentence_that_only_leads_over_is_no_claim(leading: str) -> None:
    """It says that somebody says something; the next sentence says what."""
    made = claims(f"{leading} The union said 70 ships were waiting.")
    assert [each.statement for each in made] == ["70 ships were waiting."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The mill was fined £85,000 in 2016, court records show.",
            [("Court records", "The mill was fined £85,000 in 2016")],
        ),
        (
            "Two workers at a farm near Olden have tested positive, health authorities reported on Tuesday.",
            [("Health authorities", "Two workers at a farm near Olden have tested positive")],
        ),
        ("The trust would only say that it had 40 beds.", [("Trust", "it had 40 beds")]),
        ("The anglers are demanding 450 boats.", [("Anglers", "are demanding 450 boats")]),
        (
            "71 percent of parents want the contract cancelled.",
            [("", "71 percent of parents want the contract cancelled")],
        ),
        (
            "Residents interviewed in six villages said they had received none.",
            [("Residents interviewed in six villages", "they had received none")],
        ),
        (
            "A filing with the regulator, dated the same day, gives the number as 40.",
            [("Filing with the regulator", "gives the number as 40")],
        ),
        (
            "The chain said it would close 46 shops and cut 900 jobs.",
            [("Chain", "it would close 46 shops and cut 900 jobs")],
        ),
        (
            "The bank raised its rate to 6 percent and said that prices would rise.",
            [("", "The bank raised its rate to 6 percent"), ("Bank", "prices would rise")],
        ),
        (
            "The doctor is under investigation in Italy, where prosecutors allege he sold drugs to 15 athletes.",
            [
                ("", "The doctor is under investigation in Italy"),
                ("Prosecutors", "he sold drugs to 15 athletes"),
            ],
        ),
        (
            "The auditors found 40 orders. Mayor Karin Holt denied it. She said that 20 were hers.",
            [
                ("Auditors", "found 40 orders"),
                ("Mayor Karin Holt", "denied it"),
                ("Mayor Karin Holt", "20 were hers"),
            ],
        ),
        (
            "In a survey by the university, 14 percent of the crew said they had left in May.",
            [("University", "14 percent of the crew said they had left in May")],
        ),
        (
            "The union told Reuters, citing divers, that 70 boats were lost.",
            [("Divers", "70 boats were lost")],
        ),
        (
            "Captains at the port, writing in May, pointed at four cranes.",
            [("Captains at the port", "pointed at four cranes")],
        ),
        ("The port put a duty of 7 euros on crabs.", [("", "The port put a duty of 7 euros on crabs")]),
        ("The port denied this and said that pay was late.", [("Port", "denied this"), ("Port", "pay was late")]),
        (
            "The purser said 40 boats came. The captain said 70 did. She left in May, she said.",
            [("Purser", "40 boats came"), ("Captain", "70 did"), ("Captain", "She left in May")],
        ),
        (
            "The crowd booed. The Grey Front said it was the guard that shot 9 people.",
            [("", "The crowd booed"), ("Grey Front", "it was the guard that shot 9 people")],
        ),
        (
            "The inspectorate said it had opened six cases, none of which has been closed.",
            [("Inspectorate", "it had opened six cases"), ("Inspectorate", "none of which has been closed")],
        ),
        (
            "Envoys told Reuters that a truce was close, and that Turkey had offered to host a meeting.",
            [("Envoys", "a truce was close"), ("Envoys", "Turkey had offered to host a meeting")],
        ),
        (
            "Veltronic will cut 500 jobs, Veltronic said. The union said 700 would go. The company counted 600.",
            [("Veltronic", "Veltronic will cut 500 jobs"), ("Union", "700 would go"), ("Veltronic", "counted 600")],
        ),
    ],
)
def test_who_says_it_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    """Records that show, verbs with an auxiliary, any noun that demands; not those whom a poll counts."""
    assert said(text) == expected


def test_the_publisher_under_a_short_name_is_no_hop() -> None:
    """Who told the Post told the source itself."""
    (claim,) = claims("The harbour master told the Post that 40 ships were waiting.")

    assert claim.relayed_by == ()


def test_a_number_is_compared_with_one_that_is_known() -> None:
    """ "Above the 240" gives no bound of what is counted: 240 is what is allowed."""
    (claim,) = claims("The harbour master said 312 people were aboard, well above the 240 allowed.")

    assert [(each.quantifier, each.low, each.high) for each in claim.figures] == [
        ("312", 312, 312),
        ("240", 240, 240),
    ]


def test_an_outlet_that_the_text_introduced_is_one_later_too() -> None:
    """Whatever a parser takes its name for."""
    text = "The website Kray wrote that 4 sensors failed. “They were taped over on Monday,” a foreman told Kray."

    hops = [[(str(hop.how), hop.party.name) for hop in each.relayed_by] for each in claims(text)]
    assert hops[-1] == [("to", "Kray")]
