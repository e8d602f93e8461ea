"""No proposal is ever shown without the sentence it was read from, whoever proposed it and whatever became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.core.claims import FactBase
from bot.core.editing.intakes import Session, State, begun, filled_in
from bot.core.intake.answered import proposals
from bot.core.intake.proposals import Article, Proposal, Proposer
from bot.core.intake.reading import read
from bot.core.intake.rules import RulesProposer
from bot.intake.parser import SpacyParser
from bot.services.intake_drafts import made_of
from bot.services.intakes import Look
from bot.ui.kit.text import escape
from bot.ui.moderating.intake_pages import item_pages

TEXT = (
    "The harbour office said on Monday that more than 40 cranes did not move. A clerk called that “a fairy tale”.\n\n"
    "The union told Reuters that up to 900 dockers had left. Reuters could not verify the number."
)
ARTICLE = Article(TEXT, "Harbour Post", date(2026, 3, 3))
TRUE: dict[str, Any] = {
    "sentence": "The harbour office said on Monday that more than 40 cranes did not move.",
    "content": "more than 40 cranes did not move",
    "statement": "More than 40 cranes did not move.",
    "claimant": "The harbour office",
    "figures": [{"quantifier": "more than 40", "unit": "cranes", "subject": "cranes"}],
}
CAVEAT = {"text": "Reuters could not verify the number.", "stated_by": "Reuters"}
PLANTED: dict[str, dict[str, Any]] = {
    "a changed digit": {"statement": "More than 49 cranes did not move."},
    "a changed digit in the figure": {"figures": [{"quantifier": "more than 49"}]},
    "a dropped not": {"statement": "More than 40 cranes did move."},
    "a foreign claimant": {"claimant": "The union"},
    "a lost qualifier": {"statement": "40 cranes did not move.", "figures": [{"quantifier": "40"}]},
    "a moved caveat": {"caveats": [{**CAVEAT, "text": "A clerk called that “a fairy tale”."}]},
    "half a caveat": {"caveats": [{**CAVEAT, "text": "Reuters could not verify"}]},
}


class Model:
    """Answers as a model would, with what was planted in it."""

    def __init__(self, *claims: dict[str, Any]) -> None:
        self._claims = claims

    def propose(self, article: Article, base: FactBase) -> tuple[Proposal, ...]:
        """Whatever was answered, looked up in the text."""
        return proposals({"claims": list(self._claims)}, article, base)


@pytest.mark.parametrize(
    "proposer",
    [RulesProposer(SpacyParser()), Model(TRUE, *({**TRUE, **each} for each in PLANTED.values())), None],
    ids=["rules", "a model", "nobody"],
)
def test_every_page_of_an_intake_shows_the_sentence(proposer: Proposer | None) -> None:
    """Open, edited into something else, lacking, dropped, proposed: drafts and sentences to look at alike."""
    session = Session(TEXT, "Harbour Post", date(2026, 3, 3))
    session = begun(session, FactBase(), read(ARTICLE, FactBase(), proposer), own_voice=proposer is not None)
    assert session.all

    for at, item in enumerate(session.all):
        edited = filled_in(item, {"statement": "It rained.", "claimant": "Nobody else", "topics": "Rain"})
        for each in (item, edited, *(replace(item, state=state) for state in State)):
            made = made_of(FactBase(), session, each.fields, ())
            first, *_ = item_pages(Look(session, at, each, made.draft, made.lacks))
            assert escape(item.sentence.of(TEXT)) in first.content(), (at, each.state)


@pytest.mark.parametrize("planted", PLANTED)
def test_what_a_model_plants_is_no_draft(planted: str) -> None:
    """It becomes a sentence to look at, with what is wrong; the true claim beside it passes."""
    intake = read(ARTICLE, FactBase(), Model(TRUE, {**TRUE, **PLANTED[planted]}))

    assert [each.statement for each in intake.proposals] == [TRUE["statement"]]
    assert all(each.faults for each in intake.suspects)
    assert len(intake.suspects) == 1
