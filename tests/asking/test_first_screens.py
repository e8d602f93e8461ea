"""Answers are short (`python -m benchmarks.length`), and nothing of the contract pays for it."""

from __future__ import annotations

from itertools import islice

from benchmarks.questions import cases
from bot.core.asking.comparison import panels
from bot.core.asking.results import Found, Nothing
from bot.core.asking.search import Searcher
from bot.core.block import ATTRIBUTION, VERIFICATION, party_words, status_words
from bot.core.claims import FactBase
from bot.services.answers import Snapshot
from bot.ui.asking.finding import found_pages, title_of
from bot.ui.asking.single_pages import comparison_pages
from bot.ui.kit.text import as_shown
from tests.factories import a_base, a_claim, a_figure

_EVERY = 25


def test_an_answer_s_first_screen_holds_every_part_of_its_claims(base: FactBase) -> None:
    """Of every 25th question: who says it, how far it was checked, its caveats and its publisher stand there."""
    snapshot = Snapshot(base, Searcher(base))
    results = (snapshot.ask(case.question) for case in islice(cases(), 0, None, _EVERY))
    for found in results:
        if not isinstance(found, Found):
            continue
        first = found_pages(snapshot, found, title_of(found), plain=False)[0]
        text = as_shown("\n".join((first.body, *(part.body for part in first.below))))
        assert text.count(ATTRIBUTION) == text.count(VERIFICATION) == len(first.shown)
        for claim in first.shown:
            assert party_words(claim.attribution.claimant) in text or claim.attribution.own_voice
            assert claim.attribution.source.publisher.name in text
            assert status_words(claim.verification.status) in text
            assert all(caveat.text in text for caveat in claim.verification.caveats)


def test_a_comparison_says_first_what_it_is_and_names_one_publisher_once(base: FactBase) -> None:
    """Its first screen answers what an answer's does: disputed, by whom, how far checked, and since when."""
    compared = panels(base.live, base.metrics)
    first, *others = comparison_pages("Compare", compared, base, plain=False)

    assert first.body.startswith("**Disputed: ")
    for page in (first, *others):
        assert "All as reported by" in page.body
        assert "do not compare" in page.body
        every = [
            text for part in page.below for text in (part.body, *("\n".join(each) for each in part.columns)) if text
        ]
        assert all("as reported by" not in text for text in every)
        assert all(f"\n**{ATTRIBUTION}** " in text for text in every)
        assert (
            len(every) == "".join(every).count(ATTRIBUTION) == "".join(every).count(VERIFICATION) == len(page.shown)
        )


def test_a_word_that_only_some_claims_of_a_topic_have_is_answered_with_those(base: FactBase) -> None:
    """The topic's other claims are further reading; a conflict stays whole."""
    searcher = Searcher(base)

    answers = [searcher.ask(typed) for typed in ("singing", "losses", "images")]

    shown = [found.claims[: found.direct] if isinstance(found, Found) else () for found in answers]
    assert [[claim.ref for claim in claims] for claims in shown] == [
        ["C3"],
        ["C21", "C8", "C22"],
        ["C1", "C3", "C12", "C13", "C2"],
    ]


def test_a_name_s_claims_lead_to_what_conflicts_with_them(base: FactBase) -> None:
    """All there is on the name stands first; one press shows every other side."""
    snapshot = Snapshot(base, Searcher(base))
    found = snapshot.ask("zelensky")
    assert isinstance(found, Found)

    first, last = found_pages(snapshot, found, title_of(found), plain=False)

    assert [claim.ref for claim in first.claims] == ["C20", "C21", "C22"]
    assert first.more == "In conflict with this (2)"
    assert [claim.ref for claim in last.claims] == ["C7", "C8"]


def test_a_claim_with_several_figures_stands_once_in_a_comparison() -> None:
    """Under the names of all that it counts."""
    figures = (a_figure(metric="dead"), a_figure(metric="hurt", low=3, unit="beds"))
    several = a_base([a_claim(1, figures=figures), a_claim(2, claimant="Russia", figures=(a_figure(metric="lost"),))])

    (page,) = comparison_pages("Compare", panels(several.live, several.metrics), several, plain=False)

    assert [part.title for part in page.below] == ["dead · hurt (beds)", "lost"]
    assert [claim.number for claim in page.shown] == [1, 2]


def test_a_refusal_names_only_topics_that_are_near(base: FactBase) -> None:
    """Those that the question names; else those of the claims that have most of its words; often none."""
    searcher = Searcher(base)

    near = [searcher.ask(typed) for typed in ("how many died in mariupol", "help me please", "what is for lunch")]

    assert [isinstance(no, Nothing) and [topic.name for topic in no.nearest] for no in near] == [
        ["Casualties"],
        ["Incursion"],
        [],
    ]
