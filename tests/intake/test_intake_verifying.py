"""The verifier: a true proposal passes, and every kind of planted fault is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.claims import FactBase, Relay
from bot.core.dates import PartialDate
from bot.core.intake.proposals import (
    Article,
    Named,
    Proposal,
    ProposedCaveat,
    ProposedDate,
    ProposedFigure,
    ProposedHop,
    Span,
)
from bot.core.intake.reading import read, uncovered
from bot.core.intake.verifying import faults

TEXT = (
    "The harbour authority told Reuters that more than 4,000 barrels had not been counted in March. "
    'The dockers\' union called the report "an insult to all of us" on Tuesday. '
    "Reuters could not independently verify the number of barrels.\n\n"
    "Ferries ran on Friday. The coast guard denied that two ferries had collided."
)
ARTICLE = Article(TEXT, "Ferry Post", date(2025, 11, 14))


def at(words: str, text: str = TEXT) -> Span:
    """Where *words* stand."""
    return Span(text.index(words), text.index(words) + len(words))


FIGURE = ProposedFigure(at("more than 4,000"), "more than 4,000", 4000, None, "barrels")
TRUE = Proposal(
    at(TEXT[: TEXT.index(" The dockers")]),
    at("more than 4,000 barrels had not been counted in March"),
    "More than 4,000 barrels had not been counted in March.",
    Named(at("The harbour authority"), "Harbour authority"),
    (ProposedHop(Named(at("Reuters"), "Reuters"), Relay.TO),),
    figures=(FIGURE,),
    dates=(ProposedDate(at("March"), PartialDate(2025, 3)),),
    caveats=(ProposedCaveat(at("Reuters could not independently verify the number of barrels."), "Reuters"),),
)
QUOTING = Proposal(
    at('The dockers\' union called the report "an insult to all of us" on Tuesday.'),
    at('called the report "an insult to all of us"'),
    "Dockers' union called the report “an insult to all of us”.",
    Named(at("The dockers' union"), "Dockers' union"),
    quotations=(at("an insult to all of us"),),
)
DENYING = Proposal(
    at("The coast guard denied that two ferries had collided."),
    at("denied that two ferries had collided"),
    "Coast guard denied that two ferries had collided.",
    Named(at("The coast guard"), "Coast guard"),
    figures=(ProposedFigure(at("two", TEXT), "two", 2, 2, "ferries"),),
)


def _figure(**changes: object) -> Proposal:
    return replace(TRUE, figures=(replace(FIGURE, **changes),))  # pyright: ignore[reportArgumentType]


def _caveat(**changes: object) -> Proposal:
    return replace(TRUE, caveats=(replace(TRUE.caveats[0], **changes),))  # pyright: ignore[reportArgumentType]


FAULTS: dict[str, Callable[[], Proposal]] = {
    "a digit changed in the statement": lambda: replace(TRUE, statement=TRUE.statement.replace("4,000", "4,900")),
    "a digit changed in the figure": lambda: _figure(quantifier="more than 4,900", low=4900),
    "a qualifier lost in the statement": lambda: replace(TRUE, statement=TRUE.statement.replace("More than ", "")),
    "a qualifier lost in the figure": lambda: _figure(span=at("4,000"), quantifier="4,000", high=4000),
    "a bound that the words do not give": lambda: _figure(high=5000),
    "a bound the other way round": lambda: _figure(low=None, high=4000),
    "a figure of another sentence": lambda: _figure(span=at("two"), quantifier="two", low=2, high=2),
    "a figure that the statement lacks": lambda: replace(TRUE, statement="Barrels had not been counted in March."),
    "a figure more in the statement": lambda: replace(
        TRUE, statement=f"{TRUE.statement[:-1]} and April by 7 people."
    ),
    "a dropped not": lambda: replace(TRUE, statement=TRUE.statement.replace("not ", "")),
    "an added not": lambda: replace(TRUE, statement=TRUE.statement.replace("not ", "not never ")),
    "a denial told as a claim": lambda: replace(
        DENYING, content=at("two ferries had collided"), statement="Two ferries had collided."
    ),
    "a claimant of another sentence": lambda: replace(TRUE, claimant=DENYING.claimant),
    "a claimant of the sentence after": lambda: replace(TRUE, claimant=QUOTING.claimant),
    "a claimant who was told": lambda: replace(TRUE, claimant=Named(at("Reuters"), "Reuters")),
    "a claimant whom the text does not name": lambda: replace(
        TRUE, claimant=Named(at("The harbour authority"), "Ministry of Harbours")
    ),
    "no claimant where one is named": lambda: replace(TRUE, claimant=None, relayed_by=()),
    "a claimant for the article's own words": lambda: Proposal(
        at("Ferries ran on Friday."), at("Ferries ran on Friday"), "Ferries ran on Friday.", TRUE.claimant
    ),
    "half a name": lambda: replace(TRUE, claimant=Named(at("bour authority"), "Harbour authority")),
    "a hop from elsewhere": lambda: replace(TRUE, relayed_by=(ProposedHop(Named(at("ferries"), "Interfax")),)),
    "a hop without a claimant": lambda: replace(QUOTING, claimant=None, relayed_by=TRUE.relayed_by),
    "a quotation without marks": lambda: replace(QUOTING, quotations=(at("called the report"),)),
    "a quotation beyond its marks": lambda: replace(QUOTING, quotations=(at('report "an insult'),)),
    "a quotation of another sentence": lambda: replace(TRUE, quotations=QUOTING.quotations),
    "a caveat that limits nothing": lambda: _caveat(span=at("Ferries ran on Friday.")),
    "a caveat and a sentence more": lambda: _caveat(
        span=Span(TRUE.caveats[0].span.start, TEXT.index(" The coast guard"))
    ),
    "half a caveat": lambda: _caveat(span=at("could not independently verify")),
    "a caveat that comes before": lambda: replace(DENYING, caveats=TRUE.caveats),
    "a caveat of somebody else": lambda: _caveat(stated_by="The coast guard"),
    "a date that the words do not give": lambda: replace(
        TRUE, dates=(ProposedDate(at("March"), PartialDate(2024, 3)),)
    ),
    "a name that the text does not have": lambda: replace(TRUE, statement=f"In Odessa {TRUE.statement.lower()}"),
    "words outside the text": lambda: replace(TRUE, content=Span(5, len(TEXT) + 1)),
    "an assertion of another sentence": lambda: replace(TRUE, content=at("two ferries had collided")),
    "no statement": lambda: replace(TRUE, statement=" "),
    "who says it made who did it": lambda: Proposal(
        at("Ferries ran on Friday."), at("ran on Friday"), "Coast guard ran on Friday.", DENYING.claimant
    ),
}


@pytest.mark.parametrize("proposal", [TRUE, QUOTING, DENYING], ids=["told", "quoted", "denied"])
def test_what_the_text_bears_passes(proposal: Proposal) -> None:
    """A verifier that refuses the truth would leave nothing to accept."""
    assert faults(proposal, ARTICLE) == ()


@pytest.mark.parametrize("kind", FAULTS)
def test_a_planted_fault_is_told(kind: str) -> None:
    """Every kind, each in a sentence of its own."""
    found = faults(FAULTS[kind](), ARTICLE)

    assert found
    assert all(fault.endswith(".") for fault in found)


_QUALIFIERS = {
    "more than ": (1, 0),
    "at least ": (1, 0),
    "up to ": (0, 1),
    "fewer than ": (0, 1),
    "about ": (1, 1),
    "": (1, 1),
}


@settings(max_examples=60, deadline=None)
@given(
    number=st.integers(22, 900_000),
    other=st.integers(22, 900_000),
    qualifier=st.sampled_from(sorted(_QUALIFIERS)),
    lost=st.sampled_from(sorted(_QUALIFIERS)),
    negated=st.booleans(),
)
def test_no_other_number_qualifier_or_negation_passes(
    number: int, other: int, qualifier: str, lost: str, negated: bool
) -> None:
    """Whatever the figure, only its own words, bounds and polarity are let through."""
    words, did = f"{qualifier}{number:,}", "were not sold" if negated else "were sold"
    text = f"The harbour authority said that {words} tickets {did} in the old town."
    article = Article(text, "Ferry Post", date(2025, 11, 14))
    low, high = (float(number) if given_ else None for given_ in _QUALIFIERS[qualifier])
    content = at(f"{words} tickets {did} in the old town", text)
    statement = f"{content.of(text)[:1].upper()}{content.of(text)[1:]}."
    figure = ProposedFigure(at(words, text), words, low, high, "tickets")
    true = Proposal(
        Span(0, len(text)),
        content,
        statement,
        Named(at("The harbour authority", text), "Harbour authority"),
        figures=(figure,),
    )

    assert faults(true, article) == ()
    if other != number:
        assert faults(replace(true, statement=statement.replace(f"{number:,}", f"{other:,}")), article)
        assert faults(replace(true, figures=(replace(figure, low=low and other, high=high and other),)), article)
    if lost != qualifier:
        changed = f"{lost}{number:,}"
        assert faults(replace(true, statement=f"In the old town {changed} tickets {did}."), article)
        assert faults(replace(true, figures=(replace(figure, quantifier=changed),)), article)
    flipped = (
        statement.replace("were not sold", "were sold")
        if negated
        else statement.replace("were sold", "were not sold")
    )
    assert faults(replace(true, statement=flipped), article)


@settings(max_examples=150, deadline=None)
@given(shift=st.integers(-40, 40), stretch=st.integers(-40, 40))
def test_a_caveat_moved_by_a_letter_is_no_caveat(shift: int, stretch: int) -> None:
    """Its sentence, with or without the full stop; nothing cut out of it or added to it."""
    whole = TRUE.caveats[0].span
    moved = Span(whole.start + shift, min(len(TEXT), whole.end + stretch))

    assert bool(faults(_caveat(span=moved), ARTICLE)) != (moved in (whole, Span(whole.start, whole.end - 1)))


class _Fixed:
    """Proposes what it was given."""

    def __init__(self, *proposals: Proposal) -> None:
        self._proposals = proposals

    def propose(self, article: Article, base: FactBase) -> tuple[Proposal, ...]:
        return self._proposals


def test_only_what_passes_is_a_draft() -> None:
    """The rest is a sentence to look at, with what is wrong, and its figure counts as held by nothing."""
    wrong = _figure(high=5000)

    intake = read(ARTICLE, FactBase(), _Fixed(wrong, QUOTING))

    assert intake.proposals == (QUOTING,)
    assert [each.sentence for each in intake.suspects] == [TRUE.sentence]
    assert intake.suspects[0].faults == faults(wrong, ARTICLE)
    assert [span.of(TEXT) for span in intake.uncovered] == ["more than 4,000", "two"]


def test_what_no_claim_holds_is_named() -> None:
    """Figures and quotations left out would be left out unseen."""
    assert uncovered((TRUE, QUOTING, DENYING), TEXT) == ()
    assert [span.of(TEXT) for span in uncovered((), TEXT)] == ["more than 4,000", "an insult to all of us", "two"]


def test_without_a_proposer_sentences_are_left_to_be_filled() -> None:
    """They pass as what they are, unattributed, and the intake says why nobody is named."""
    intake = read(ARTICLE, FactBase())

    assert intake.proposals
    assert all(proposal.claimant is None for proposal in intake.proposals)
    assert not intake.suspects
    assert "nobody is named" in intake.notes[0]


def test_a_new_name_is_proposed_once_with_the_forms_met() -> None:
    """ "He" and "the ministry" are no names; a spelling of its own is one."""
    again = replace(QUOTING, claimant=Named(at("The dockers' union"), "Harbour authority"))

    entries = read(ARTICLE, FactBase(), _Fixed(TRUE, again, DENYING)).entries

    assert [(each.name, each.aliases) for each in entries] == [
        ("Harbour authority", ()),
        ("Reuters", ()),
        ("Coast guard", ()),
    ]
