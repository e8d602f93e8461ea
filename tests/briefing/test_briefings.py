"""A briefing: every claim once, in its block; conflicts together; nothing added up; what nobody has said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.block import block_of
from bot.core.briefing.briefings import Briefing, compose, with_other_sides
from bot.core.claims import Claim, FactBase, Link, Relation, Status
from bot.core.dates import PartialDate
from bot.ui.briefing.briefings import briefing_pages
from bot.ui.briefing.layout import Part, Piece
from bot.ui.kit.embeds import Page
from bot.ui.kit.text import bold, escape
from tests.contract import message_breaches
from tests.desk import breaches, figures_of, refs_in, text_in
from tests.factories import a_base, a_claim, a_figure, a_metric, a_party, a_place, a_source, a_topic, fact_bases

TODAY = date(2025, 12, 5)
KILLED, TROOPS = a_topic("Casualties", aliases=("killed",)), a_topic("Troops")


def briefed(base: FactBase, subject: str = "", claims: Sequence[Claim] | None = None, **more: Any) -> Briefing:
    """The briefing of *claims*, all live ones unless told."""
    return compose(base, base.live if claims is None else claims, subject, today=TODAY, **more)


def message(page: Page, *, plain: bool) -> dict[str, Any]:
    """A page as the body of the request that posts it."""
    shown = {"content": page.content()} if plain else {"embeds": [embed.to_dict() for embed in page.embeds()]}
    return {**shown, "allowed_mentions": {"parse": []}}


def embeds(page: Page) -> list[Page]:
    """What stands below each other on a page."""
    return [page, *(embed for part in page.below for embed in embeds(part))]


def bodies(pages: Sequence[Page]) -> list[str]:
    """Every body on *pages*."""
    return [embed.body for page in pages for embed in embeds(page)]


def broken(pages: Sequence[Page], base: FactBase, *, plain: bool) -> list[str]:
    """Everything in *pages* that Discord or the answer contract refuses."""
    bodies = [message(page, plain=plain) for page in pages]
    found = [each for body in bodies for each in message_breaches(body, created=True)]
    figures = figures_of(base) if any(claim.figures for claim in base.live) else re.compile("(?!)")
    return found + [each for body in bodies for each in breaches(text_in(body), figures)]


def disputing(number: int, *others: int, **what_matters: Any) -> Claim:
    """A claim in conflict with *others*."""
    return a_claim(number, relations=tuple(Relation(Link.DISPUTES, other) for other in others), **what_matters)


@given(fact_bases())
def test_every_claim_is_in_exactly_one_section(base: FactBase) -> None:
    """None is lost, none is shown twice, whatever its topics."""
    briefing = briefed(base)

    assert sorted(claim.number for claim in briefing.claims) == [claim.number for claim in base.live]
    assert sum(count for _, count in briefing.statuses) == len(base.live)


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=12), st.lists(st.booleans(), min_size=12))
def test_claims_in_conflict_stand_next_to_each_other(pairs: list[tuple[int, int]], troops: list[bool]) -> None:
    """A chain of conflicts is one unbroken row of one section."""
    others = {number: [second for first, second in pairs if first == number != second] for number in range(1, 13)}
    topics = [(TROOPS, KILLED) if each else (KILLED,) for each in troops]
    base = a_base(disputing(number, *others[number], topics=topics[number - 1]) for number in others)

    for section in briefed(base).sections:
        numbers = [claim.number for claim in section.claims]
        for number in numbers:
            assert set(base.disputes.get(number, ())) <= set(numbers)
        for at, number in enumerate(numbers[1:], start=1):
            earlier, later = set(numbers[:at]), {number, *numbers[at + 1 :]}
            joined = any(set(base.disputes.get(each, ())) & later for each in earlier)
            assert not joined or set(base.disputes.get(number, ())) & earlier


def test_a_claim_stands_under_its_first_topic_the_subjects_own_section_first() -> None:
    """What was asked for comes first, then the base's order."""
    base = a_base([a_claim(1, topics=(KILLED, TROOPS)), a_claim(2, topics=(TROOPS,)), a_claim(3, topics=(TROOPS,))])

    sections = briefed(base, "Troops").sections
    assert [(section.title, [claim.ref for claim in section.claims]) for section in sections] == [
        ("Troops", ["C2", "C3"]),
        ("Casualties", ["C1"]),
    ]


def test_what_is_disputed_comes_first_with_every_side_of_it() -> None:
    """Also a side that was not asked for: whoever asks about a conflict sees all of it."""
    base = a_base([disputing(1, 2, topics=(TROOPS, KILLED)), a_claim(2, topics=(KILLED,)), a_claim(3)])

    sections = briefed(base, claims=[base.claims[2], base.claims[3]]).sections
    assert [(section.title, [claim.ref for claim in section.claims]) for section in sections] == [
        ("Disputed", ["C1", "C2"]),
        ("Casualties", ["C3"]),
    ]


def test_statuses_are_counted_and_nothing_else_is() -> None:
    """Most first; there is no mean and no best figure."""
    contested = Status.CONTESTED
    base = a_base([a_claim(1, status=contested), a_claim(2), a_claim(3, status=contested)])

    assert briefed(base).statuses == ((contested, 2), (Status.NONE_STATED, 1))


def test_a_metric_without_a_figure_is_unknown_only_where_nobody_gives_one() -> None:
    """The base says what it counts; a name is not a figure, so its digits are not repeated."""
    killed, wounded, cargo = a_metric("Killed"), a_metric("Wounded"), a_metric("Cargo 300")
    base = a_base([a_claim(figures=(a_figure(),))], killed, wounded, cargo)

    unknown = briefed(base).unknown
    assert [line for line in unknown if line.startswith("How many")] == [
        "How many: no source in the fact base gives a figure for Wounded.",
        "How many: no source in the fact base gives a figure for Cargo ……….",
    ]
    assert not re.search(r"\d", "".join(unknown))


def test_what_is_unknown_is_what_the_subject_is_asked_for_with() -> None:
    """A briefing on the dead does not miss a figure for settlements; and what others say elsewhere is not denied."""
    casualties = a_topic("Casualties", aliases=("wounded", "killed"))
    elsewhere = a_claim(2, topics=(TROOPS,), figures=(a_figure(),))
    base = a_base([a_claim(1, topics=(casualties,)), elsewhere], a_metric("Wounded"), a_metric("Closed"))

    assert briefed(base, "Casualties", [base.claims[1]]).unknown == (
        "How many: no source in the fact base gives a figure for Wounded.",
        "How many: no claim here gives a figure for killed; others do.",
        "When: no claim here gives a date on which it happened.",
        "Whether it is so: no source says that anybody verified any of it.",
    )


def test_the_newest_source_open_challenges_and_the_timeline_are_of_the_claims_shown() -> None:
    """Others do not make a briefing look fresher or more disputed than it is."""
    older, newer = a_source("a", published_on=date(2025, 11, 1)), a_source("b", published_on=date(2025, 11, 14))
    shown = [
        a_claim(1, source=older, event_date=PartialDate(2024, 8)),
        a_claim(2, source=older, event_date=PartialDate(2024)),
    ]
    base = a_base([*shown, a_claim(3, source=newer, event_date=PartialDate(2020)), a_claim(4, source=older)])
    challenges = [(3, date(2025, 12, 1)), (2, date(2025, 12, 3))]

    briefing = briefed(base, "Casualties", [*shown, base.claims[4]], challenges=challenges)
    assert briefing.newest_source == date(2025, 11, 1)
    assert briefing.challenges == ("C2: challenged on 3 Dec 2025",)
    assert [claim.number for claim in briefing.timeline] == [2, 1]


@given(fact_bases(), st.booleans())
def test_every_page_holds_whole_blocks_and_keeps_discords_limits(base: FactBase, plain: bool) -> None:
    """Attribution, statement, verification, in this order, on one page, for every claim once."""
    pages = briefing_pages(briefed(base), base, plain=plain)

    assert not [each for page in pages for each in message_breaches(message(page, plain=plain), created=True)]
    for claim in base.live:
        block = block_of(claim)
        (body,) = (body for body in bodies(pages) if re.search(rf"^`{claim.ref}`( |$)", body, re.MULTILINE))
        start = body.index(f"`{claim.ref}`")
        said = body.index(f"{bold('Attribution:')} {bold(escape(block.claimant))}", start)
        checked = body.index(f"\n{bold('Verification:')} {escape(block.verification)}", said)
        assert escape(claim.statement)[:20] in body[said:checked]
        assert "\n`C" not in body[start + 1 : said]


@pytest.mark.parametrize("plain", [True, False])
def test_no_figure_of_the_curated_base_stands_outside_a_block(base: FactBase, plain: bool) -> None:
    """Whatever subject is briefed, and the base as a whole."""
    for entry in (*base.topics.values(), None):
        claims = [claim for claim in base.live if entry is None or entry in claim.topics]
        briefing = briefed(base, entry.name if entry else "", claims, challenges=[(8, TODAY)])
        pages = briefing_pages(briefing, base, plain=plain)

        assert not broken(pages, base, plain=plain)
        shown = [ref for page in pages for ref in refs_in(text_in(message(page, plain=plain)))]
        assert sorted(shown) == sorted(claim.ref for claim in with_other_sides(base, claims))


def test_unlike_metrics_are_not_mixed() -> None:
    """Each block holds its own claim's figure and no other, even where they conflict."""
    worded = {"killed": "more than 61,000", "losses": "up to 72,000", "sent": "about 83,000"}
    base = a_base(
        disputing(number, number % 3 + 1, statement=f"{words} {metric}", figures=(a_figure(words, metric=metric),))
        for number, (metric, words) in enumerate(worded.items(), start=1)
    )
    pages = briefing_pages(briefed(base), base, plain=False)

    blocks = [block for body in bodies(pages) for block in re.split(r"(?m)^(?=`C)", body) if "Attribution:" in block]
    assert [[words for words in worded.values() if words in block] for block in blocks] == [
        [words] for words in worded.values()
    ]
    assert not broken(pages, base, plain=False)


@pytest.mark.parametrize("plain", [True, False])
def test_without_claims_a_briefing_says_so(plain: bool) -> None:
    """Never that there were none of what was asked for."""
    base = a_base([], a_topic("Prisoners"))

    pages = briefing_pages(briefed(base, "Prisoners"), base, plain=plain)
    assert "No claim in the fact base is about Prisoners." in pages[0].body
    assert "The fact base holds no claim." in briefing_pages(briefed(base), base, plain=plain)[0].body
    assert not broken(pages, base, plain=plain)


@pytest.mark.parametrize("plain", [True, False])
def test_a_thousand_claims_in_conflict_keep_every_limit(plain: bool) -> None:
    """However many claims, claimants, conflicts, dates and topics there are."""
    topics = [a_topic(f"Topic {chr(97 + number % 26)}{number}") for number in range(40)]
    base = a_base(
        disputing(
            number,
            1,
            2,
            statement="More than 61,000 troops, by this account, were killed. " * 9,
            claimant="Spokeswoman " + "@_*" * 30 + str(number),
            topics=(topics[0] if number < 500 else topics[number % 40],),
            event_date=PartialDate(2024, number % 2 + 1),
            figures=(a_figure("more than 61,000"),),
        )
        if number > 2
        else a_claim(number, topics=(topics[0],))
        for number in range(1, 1001)
    )
    pages = briefing_pages(briefed(base, "*" * 120), base, plain=plain)

    assert not broken(pages, base, plain=plain)
    shown = [ref for page in pages for ref in refs_in(text_in(message(page, plain=plain)))]
    assert sorted(shown) == sorted(claim.ref for claim in base.live)
    assert [embeds(page)[-1].footer.split(" · ")[-1] for page in pages] == [
        f"page {number} of {len(pages)}" for number in range(1, len(pages) + 1)
    ]


def test_the_contents_name_the_page_a_section_begins_on() -> None:
    """Also where what changed takes pages of its own; the select leads to the same ones."""
    base = a_base(a_claim(number, topics=(TROOPS if number > 7 else KILLED,)) for number in range(1, 20))
    changed = Part("What changed", [Piece("x" * 1000)] * 3)
    pages = briefing_pages(briefed(base), base, plain=True, changed=changed)

    listed = re.findall(r"(\w+): \d+ claims, page (\d+)", "\n".join(bodies(pages)))
    assert [title for title, _ in listed] == ["Casualties", "Troops"]
    for title, number in listed:
        assert title in [embed.title for embed in embeds(pages[int(number) - 1])]
        assert title in pages[int(number) - 1].begins
        assert title not in [embed.title for embed in embeds(pages[int(number) - 2])]


def test_the_curated_base_takes_six_pages_at_most_and_the_first_has_claims(base: FactBase) -> None:
    """What is disputed first, figures before everything; contents, counts and methods last."""
    pages = briefing_pages(briefed(base), base, plain=False)
    titles = [embed.title for page in pages for embed in embeds(page)]

    assert len(pages) <= 6
    assert titles[:2] == ["Briefing: the whole fact base", "Disputed"]
    assert "`C7`" in pages[0].below[0].body
    assert titles[-1] == "How this was made"


def test_what_changed_stands_before_all_claims_and_its_blocks_stay_whole() -> None:
    """On as many pages as they need."""
    blocks = [block_of(a_claim(number, f"Account {number}. " * 30)).text(label=bold) for number in range(1, 8)]
    base = a_base([a_claim()])

    changed = Part("What changed", [Piece(block) for block in blocks])
    pages = briefing_pages(briefed(base), base, plain=True, changed=changed)
    assert all(any(block in body for body in bodies(pages)) for block in blocks)
    titles = [embed.title for page in pages for embed in embeds(page)]
    assert titles.index("What changed") < titles.index("Casualties")
    assert not broken(pages, base, plain=True)


def test_a_block_that_fits_no_plain_message_is_named_rather_than_cut() -> None:
    """Half a verification would be worse than the way to the whole."""
    base = a_base([a_claim(caveats=("@_" * 150,) * 3, status=Status.CONTESTED)])

    pages = briefing_pages(briefed(base), base, plain=True)
    assert any("C1: longer than a message may be" in body for body in bodies(pages))
    assert not broken(pages, base, plain=True)


def test_the_front_page_says_how_old_the_newest_source_is_and_what_it_was_made_from() -> None:
    """In days on the day it was made for; a source of the same day, or of a zone ahead, is of today."""
    base = a_base([a_claim(source=a_source(published_on=date(2025, 12, 4)))])
    front, *_, last = bodies(briefing_pages(briefed(base, revision=7), base, plain=False))

    assert "Newest source: 4 Dec 2025, 1 day old." in front
    assert "No source says that anybody verified any claim below." in front
    assert "from revision 7 of the fact base" in last
    assert "1 claim: The article states no independent verification." in last
    ahead = a_base([a_claim(source=a_source(published_on=date(2025, 12, 6)))])
    assert "6 Dec 2025, published today" in briefing_pages(briefed(ahead), ahead, plain=False)[0].body


def test_names_stay_names() -> None:
    """No stored name comes to life as markup or as a mention."""
    name = "<@123> **@everyone** `x`"
    claimant = a_party(name, style=name)
    base = a_base([a_claim(claimant=claimant, topics=(a_topic(name),), places=(a_place(name),))], a_metric(name))

    for page in briefing_pages(briefed(base, name), base, plain=False):
        content = re.sub(r"^`C\d+`", "", page.content(), flags=re.MULTILINE)
        assert not re.search(r"(?<!\\)<@|@everyone|(?<!\\)`", content)
