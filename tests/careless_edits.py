"""Careless edits of the curated file, and the finding that each has to give."""

from __future__ import annotations

import pytest

Edit = tuple[str, str, str]
"""The head of a claim or entry ("- id: C8", "kursk:"), what stands in it, and what to write instead."""

_SHOWING = "statement: >-\n      New images released by Russia's defence ministry are described as showing"
_CAVEAT = "- text: Reuters could not independently verify battlefield conditions."

# Each case: the edit, the finding without its file and line, and words of the line it points to where that is not the
# line that was edited.

FIGURES = [
    pytest.param(
        ("- id: C8", "statement: More than 6,000", "statement: More than 7,000"),
        "C8 statement: says “7,000”, which no figure holds; add it to figures or take it out.",
        id="a number that no figure holds",
    ),
    pytest.param(
        ("- id: C8", "statement: More than 6,000", "statement: More than seven thousand"),
        "C8 statement: says “seven thousand”, which no figure holds; add it to figures or take it out.",
        id="a number in words that no figure holds",
    ),
    pytest.param(
        ("- id: C22", "that two-thirds have", "that three-quarters have"),
        "C22 statement: says “three quarters”, which no figure holds; add it to figures or take it out.",
        id="a share that no figure holds",
    ),
    pytest.param(
        ("- id: C28", "stormed into", "stormed, thousands of them, into"),
        "C28 statement: says “thousands”, which no figure holds; add it to figures or take it out.",
        id="a vague number that no figure holds",
    ),
    pytest.param(
        ("- id: C8", "low: 6000", "low: 6500"),
        "C8 figures 1 low: “more than 6,000” is written low: 6000, no high; mend that or the words.",
        id="a bound that no text states",
    ),
    pytest.param(
        ("- id: C8", 'quantifier: "more than 6,000"', 'quantifier: "at least 6,000"'),
        "C8 figures 1 quantifier: “at least 6,000” stands in neither statement nor quotations; "
        "use the words that stand there.",
        id="words of a figure that no text states",
    ),
    pytest.param(
        ("- id: C8", "low: 6000", "low: 6000, high: 6000"),
        "C8 figures 1 high: “more than 6,000” is written low: 6000, no high; mend that or the words.",
        id="an upper bound for more than",
    ),
    pytest.param(
        ("- id: C20", "high: 12000", "low: 12000, high: 12000"),
        "C20 figures 1 low: “up to 12,000” is written no low, high: 12000; mend that or the words.",
        id="a lower bound for up to",
    ),
    pytest.param(
        ("- id: C26", "of: 64 settlements", "of: 65 settlements"),
        "C26 figures 1 of: “65 settlements” stands in neither statement nor quotations; "
        "mend the figure or the words.",
        id="a denominator that no text states",
    ),
    pytest.param(
        ("casualties:", "about: How many", "about: How many of 14,000"),
        "topic casualties about: The description “How many of 14,000 North Koreans were killed or lost.” holds a "
        "figure without a claimant; say it without one.",
        id="a figure without a claimant",
    ),
]

WORDING = [
    pytest.param(
        ("- id: C7", "North Korea sent", "Sources confirmed that North Korea sent"),
        "C7 statement: “confirmed” vouches for what nobody corroborated; use a neutral verb such as ‘said’.",
        id="a verb that vouches",
    ),
    pytest.param(
        ("- id: C1", _SHOWING, _SHOWING.replace("are described as showing", "show")),
        "C1 statement: “show” vouches for what nobody corroborated; use a neutral verb such as ‘said’.",
        id="images that show",
    ),
    pytest.param(
        ("- id: C4", "statement: The North Koreans learn", "statement: They learn"),
        "C4 statement: opens with “They”; name who or what is meant.",
        id="a statement that does not stand alone",
    ),
]

ATTRIBUTION = [
    pytest.param(
        ("- id: C1", "claimant: fox", "claimant: fox\n    relayed_by: [{party: reuters}]"),
        "C1 claimant: Fox News Digital speaks for itself, through nobody; name who asserts it or drop relayed_by.",
        id="an own voice that was relayed",
    ),
    pytest.param(
        ("- id: C6", "relayed_by: [{party: reuters}]", "relayed_by: [{party: reuters}, {party: fox}]"),
        "C6 relayed_by 2: Fox News Digital is the source, not a hop to it; take it out.",
        id="the source as a hop",
    ),
    pytest.param(
        ("- id: C6", "relayed_by: [{party: reuters}]", "relayed_by: [{party: russia}]"),
        "C6 relayed_by 1: Russia already said or carried it; take it out.",
        id="the claimant as a hop",
    ),
    pytest.param(
        ("- id: C23", "stated_by: Reuters", "stated_by: Router"),
        "C23 verification caveats 1 stated_by: “Router” is no party's name; "
        "write it as the party's entry does, or add the party.",
        id="a caveat by nobody known",
    ),
    pytest.param(
        ("- id: C23", f"{_CAVEAT}\n          stated_by: Reuters\n", f"{_CAVEAT}\n"),
        "C23 verification caveats 1: the sentence says that Reuters could not check it; put Reuters into stated_by.",
        id="a caveat that names who states it",
    ),
]

RELATIONS = [
    pytest.param(
        ("- id: C7", "[{disputes: C20}]", "[{disputes: C20}, {disputes: C20}]"),
        "C7 relations 2: disputes C20 stands here twice; take one out.",
        id="a dispute twice",
    ),
    pytest.param(
        ("- id: C7", "[{disputes: C20}]", "[{disputes: C99}]"),
        "C7 relations: there is no claim “C99”; add it or mend the key.",
        id="a dispute with nobody",
    ),
    pytest.param(
        ("- id: C7", "[{disputes: C20}]", "[{disputes: C7}]"),
        "C7 relations: a claim cannot be related to itself; take it out.",
        id="a dispute with itself",
    ),
]

NAMES = [
    pytest.param(
        ("casualties:", "aliases: [casualty,", "aliases: [casualty, KÚRSK,"),
        "place kursk aliases 1: “kursk” also names topic casualties; take it out of one, or say which is meant.",
        "aliases: [kursk, kursk oblast",
        id="an alias that two entries share, accents and case aside",
    ),
    pytest.param(
        ("reuters:", "aliases: [", "aliases: [East-to-West,"),
        "party east-to-west aliases 1: “east to west” also names party reuters; "
        "take it out of one, or say which is meant.",
        "aliases: [east to west,",
        id="an alias that two entries share, punctuation aside",
    ),
    pytest.param(
        ("losses:", "aliases: [", "aliases: [killed,"),
        "metric losses aliases 1: “killed” also names metric killed; take it out of one, or say which is meant.",
        id="a word that two metrics share",
    ),
    pytest.param(
        ("casualties:", "aliases: [casualty,", "aliases: [history, casualty,"),
        "topic casualties aliases 1: “history” is a command of the bot and would never be reached; "
        "choose other words.",
        id="an alias that is a command",
    ),
    pytest.param(
        ("reuters:", "aliases: [", "aliases: [REUTERS,"),
        "party reuters aliases 1: “REUTERS” stands here twice; take one out.",
        id="an alias twice",
    ),
    pytest.param(
        ("reuters:", "aliases: [", "aliases: ['?!',"),
        "party reuters aliases 1: “?!” has no letter or digit to ask by; take it out.",
        id="an alias that nobody can type",
    ),
]

UNREACHED = [
    pytest.param(
        ("topics:", "topics:\n", "topics:\n  weather: {name: Weather}\n"),
        "topic weather: no claim reaches it; give a claim this topic or take it out.",
        "  weather: {",
        id="a topic without claims",
    ),
    pytest.param(
        ("places:", "places:\n", "places:\n  atlantis: {name: Atlantis}\n"),
        "place atlantis: no claim reaches it; give a claim this place or take it out.",
        "  atlantis: {",
        id="a place without claims",
    ),
    pytest.param(
        ("parties:", "parties:\n", "parties:\n  merfolk: {name: Merfolk}\n"),
        "party merfolk: no claim reaches it; give a claim this party or take it out.",
        "  merfolk: {",
        id="a party without claims",
    ),
    pytest.param(
        ("metrics:", "metrics:\n", "metrics:\n  weighed: {name: Weighed}\n"),
        "metric weighed: no claim reaches it; give a claim this metric or take it out.",
        "  weighed: {",
        id="a metric without figures",
    ),
    pytest.param(
        (
            "sources:",
            "sources:\n",
            f"sources:\n  log: {{publisher: fox, published_on: 2025-01-01, sha256: {'a' * 64}}}\n",
        ),
        "source log: no claim was read in it; take it out.",
        "  log: {",
        id="a source without claims",
    ),
    pytest.param(
        ("- id: C26", "topics: [settlements, mines]", "topics: [mines]"),
        "topic settlements: no claim reaches it; give a claim this topic or take it out.",
        "  settlements:",
        id="a topic that lost its claim",
    ),
]

BROKEN = [
    pytest.param(
        ("- id: C7", "claimant: sources", "claimant: nobody"),
        "C7 claimant: there is no party “nobody”; add it or mend the key.",
        id="a claimant that is no party",
    ),
    pytest.param(
        ("- id: C7", "topics: [troops, cooperation]", "topics: [troops, trops]"),
        "C7 topics: there is no topic “trops”; add it or mend the key.",
        id="a topic that does not exist",
    ),
    pytest.param(
        ("bolshesoldatsky:", "part_of: kursk", "part_of: kurks"),
        "place bolshesoldatsky: there is no place “kurks”; add it or mend the key.",
        "  bolshesoldatsky:",
        id="a part of nothing",
    ),
    pytest.param(
        ("- id: C8", "low: 6000", "low: 6000, hihg: 7000"),
        "C8 figures 1 hihg: is no field of the format; mend its name, take it out, "
        "or put a text with a comma in quotation marks.",
        id="a misspelled field",
    ),
    pytest.param(
        ("- id: C8", "    claimant: sources\n", ""),
        "C8 claimant: is missing; add it.",
        "- id: C8",
        id="a claim without a claimant",
    ),
    pytest.param(
        ("- id: C7", "{status: none_stated}", "{status: contested}"),
        "C7 verification: The status “contested” needs a caveat that says who checked what; mend it.",
        id="a status without its caveat",
    ),
    pytest.param(
        ("- id: C30", 'claim_date: "2025-04"', 'claim_date: "2025-14"'),
        "C30 claim_date: There is no day “2025-14” in the calendar; mend it.",
        id="a month that does not exist",
    ),
    pytest.param(
        ("- id: C30", 'claim_date: "2025-04"', "claim_date: 2025"),
        "C30 claim_date: is not text; put it in quotation marks.",
        id="a date that YAML takes for a number",
    ),
    pytest.param(
        ("- id: C9", "id: C9", "id: C8"),
        "C8 id: used twice; every claim has its own.",
        id="an id twice",
    ),
]

EDITS = [*FIGURES, *WORDING, *ATTRIBUTION, *RELATIONS, *NAMES, *UNREACHED, *BROKEN]
