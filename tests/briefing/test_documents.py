"""A briefing as a file: blocks whole, stored text only text, the same bytes for the same briefing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pypdf import PageObject, PdfReader

from bot.core.block import ATTRIBUTION, VERIFICATION, block_of, reported_once
from bot.core.briefing.briefings import Briefing, compose
from bot.core.claims import Claim, FactBase, Link, Relation
from bot.core.wording import INTERFACE
from bot.ui.briefing.documents import markdown_of, pdf_of
from bot.ui.kit.text import visible
from tests.desk import breaches, figures_of
from tests.factories import a_base, a_claim, a_figure, a_party, a_topic, fact_bases

TODAY = date(2025, 12, 5)


def briefed(base: FactBase, subject: str = "") -> Briefing:
    """The briefing of all live claims."""
    return compose(base, base.live, subject, today=TODAY, revision=7)


def read(pdf: bytes) -> list[str]:
    """The text of each page, as a reader selects it."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def bare(text: str) -> str:
    """*text* without white space, which wrapping changes."""
    return "".join(visible(text).split())


def whole_on_one_page(claim: Claim, pages: Sequence[str], once: str = "") -> bool:
    """Whether a page holds the claim's id and its block with every part in the contract's order, after *once*."""
    block = block_of(claim, sourced=not once, brief=True)
    pages = [page for page in pages if bare(page).startswith(bare(once))]
    parts = (claim.ref, ATTRIBUTION, block.attribution, block.statement, VERIFICATION, block.verification)
    beside = re.compile(r"·(?:conflictswith|atoddswith).*?(?=Attribution:)")
    return any("".join(map(bare, parts)) in beside.sub("", bare(page)) for page in pages)


@cache
def parser() -> MarkdownIt:
    """CommonMark with the extensions that hosts add: tables and struck-out text."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(token: Token) -> str:
    """A paragraph as a reader sees it."""
    breaks = {"hardbreak": "\n", "softbreak": " "}
    return "".join(breaks.get(child.type, child.content) for child in token.children or ())


def test_no_figure_of_the_curated_base_stands_outside_a_block(base: FactBase) -> None:
    """Neither in Markdown nor, line by line, in a PDF."""
    briefing = briefed(base)
    markdown = markdown_of(briefing, base).replace("*", "")
    pages = read(pdf_of(briefing, base))

    assert not breaches(markdown, figures_of(base))
    for page in pages:
        inside = re.compile(rf"^{ATTRIBUTION}.*?^{VERIFICATION}", re.MULTILINE | re.DOTALL)
        assert not figures_of(base).search(inside.sub("", page))
    once = reported_once(base.live)
    assert once
    assert all(whole_on_one_page(claim, pages, once) for claim in base.live)


@given(fact_bases())
def test_in_markdown_every_claim_is_its_block_and_stored_text_is_text(base: FactBase) -> None:
    """Rendered, each block reads word for word as the renderer words it; nothing in it has become markup."""
    tokens = parser().parse(markdown_of(briefed(base), base))
    paragraphs = [shown(token) for token in tokens if token.type == "inline"]

    for claim in base.live:
        follows = [after for before, after in pairwise(paragraphs) if re.fullmatch(rf"{claim.ref}( · .*)?", before)]
        assert follows == [block_of(claim).text(escape=visible)]
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert kinds <= {"text", "strong_open", "strong_close", "hardbreak", "text_special"}
    assert {token.type for token in tokens if token.nesting == 1} <= {
        "heading_open",
        "paragraph_open",
        "bullet_list_open",
        "list_item_open",
    }


@pytest.mark.parametrize(
    "text",
    [
        "- a list",
        "1. a list",
        "12) a list",
        "# a heading",
        "===",
        "---",
        "> a quotation",
        "<b>bold</b> <https://example.org>",
        "![picture](x) [link](y)",
        "`code` **bold** __bold__ ~~struck~~",
        "&copy; &#64;",
        "a | b",
        "one\n\ntwo\n# three",
        "ends in a backslash \\",
        "$x$",
    ],
)
def test_markup_in_a_statement_is_shown_as_it_is(text: str) -> None:
    """At a line's start and inside it."""
    base = a_base([a_claim(1, text, topics=(a_topic(text),), claimant=a_party("Ukraine", style=text))])
    tokens = parser().parse(markdown_of(briefed(base, text), base))

    paragraphs = [shown(token) for token in tokens if token.type == "inline"]
    assert block_of(base.claims[1]).text(escape=visible) in paragraphs
    assert f"Briefing: {visible(text)}" in paragraphs


LATIN_AND_CYRILLIC = st.text(
    st.sampled_from("abcdefghijklmnop QRSTUVWXYZ 0123456789 ,.()“”‘’—–… абвгдежзийкл ЇЄҐІ éüßøł {nb}$%&*_<>"),
    min_size=1,
    max_size=300,
).filter(str.strip)


@given(st.lists(st.tuples(LATIN_AND_CYRILLIC, LATIN_AND_CYRILLIC, LATIN_AND_CYRILLIC), min_size=1, max_size=12))
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
def test_in_a_pdf_every_claim_is_a_whole_block_on_one_page(texts: list[tuple[str, str, str]]) -> None:
    """Wherever the page breaks fall, and letter by letter."""
    base = a_base(
        a_claim(number, statement, claimant=a_party("Ukraine", style=style[:120]), caveats=(caveat,))
        for number, (statement, style, caveat) in enumerate(texts, start=1)
    )
    pages = read(pdf_of(briefed(base), base))

    assert [claim.ref for claim in base.live if not whole_on_one_page(claim, pages, reported_once(base.live))] == []


def test_the_largest_block_is_on_one_page() -> None:
    """The longest texts a claim may have, in the widest letters; its statement is cut before anything else is."""
    wide = a_party("W" * 120)
    claim = a_claim(
        1, "M" * 500, claimant=wide, relayed_by=[wide] * 3, caveats=("W" * 300,) * 3, topics=(a_topic("W" * 120),)
    )
    base = a_base([a_claim(2, "Before it. " * 40, topics=(a_topic("Before"),)), claim])
    pages = read(pdf_of(briefed(base), base))

    (page,) = (bare(page) for page in pages if f"{ATTRIBUTION}WWW" in bare(page))
    block = block_of(claim, sourced=False)
    assert page.index(bare(block.attribution)) < page.index("M" * 40) < page.index(bare(block.verification))


def test_a_claim_in_conflict_with_everything_still_fits_a_page() -> None:
    """The ids beside its own are cut, and counted."""
    many = [a_claim(number, relations=(Relation(Link.DISPUTES, 1),)) for number in range(2, 700)]
    base = a_base([a_claim(1, "The first account."), *many])
    document = pdf_of(compose(base, [base.claims[1]], "", today=TODAY), base)

    (page,) = (page for page in read(document) if "The first account." in page)
    assert "and 638 more" in " ".join(page.split())


@pytest.mark.usefixtures("own_typefaces")
def test_letters_that_no_typeface_has_are_written_in_latin_ones_and_that_is_said() -> None:
    """Cyrillic, Korean and Chinese stand as they are; what nobody can draw is not an empty box."""
    base = a_base([a_claim(1, "Сили “оборони” і 김정은 𒀀", claimant="中华人民共和国外交部")])
    text = bare(" ".join(read(pdf_of(briefed(base), base))))

    assert bare("Сили “оборони” і 김정은 ?") in text
    assert "中华人民共和国外交部" in text
    assert bare("are written in Latin ones") in text
    plain = a_base([a_claim(1, "Сили “оборони” 김정은")])
    assert "are written in Latin ones" not in " ".join(read(pdf_of(briefed(plain), plain)))


def test_the_same_briefing_gives_the_same_bytes(base: FactBase) -> None:
    """A file made again is the same file, and another day's is another."""
    briefing = briefed(base)

    assert pdf_of(briefing, base) == pdf_of(briefed(base), base)
    assert markdown_of(briefing, base) == markdown_of(briefed(base), base)
    assert pdf_of(compose(base, base.live, "", today=date(2025, 12, 6)), base) != pdf_of(briefing, base)


def test_a_pdf_says_what_it_is(base: FactBase) -> None:
    """Title and language for those who hear it read, bookmarks for those who leaf through it."""
    reader = PdfReader(BytesIO(pdf_of(briefed(base, "Casualties"), base)))

    assert reader.metadata is not None
    assert reader.metadata.title == "Briefing: Casualties"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == TODAY
    assert reader.root_object["/Lang"] == "en"
    before = INTERFACE.set("de")
    assert PdfReader(BytesIO(pdf_of(briefed(a_base([])), a_base([])))).root_object["/Lang"] == "de"
    INTERFACE.reset(before)
    titles = [str(entry["/Title"]) for entry in reader.outline if not isinstance(entry, list)]
    assert titles[:2] == ["Disputed", "Engineers"]
    assert titles[-5:] == ["Contents", "Unknown", "Timeline", "Sources", "How this was made"]


@pytest.mark.parametrize("before", [0, 7, 11])
def test_figures_compared_are_cards_two_abreast_whole_on_their_page(before: int) -> None:
    """However much stands before them, as wide as half a page; with words for those who see none."""
    counted = [
        a_claim(n, claimant=f"Party {n % 2}", figures=(a_figure(metric=f"m{n // 2}", low=n),)) for n in range(2, 7)
    ]
    base = a_base([a_claim(100 + number) for number in range(before)] + counted)
    document = pdf_of(briefed(base), base)
    cards = [card for page in PdfReader(BytesIO(document)).pages for card in placed(page)]

    assert len(cards) == 3
    assert b"Each claim with its figures stands as text" in document
    assert sum("do not compare" in page for page in read(document)) == 1
    assert all(
        240 < wide < 250 and 0 < left < 595 - wide and 0 < bottom < 842 - high for wide, high, left, bottom in cards
    )


def placed(page: PageObject) -> list[tuple[float, float, float, float]]:
    """Width, height and lower left corner of each picture on *page*, in points."""
    found: list[tuple[float, float, float, float]] = []

    def look(operator: bytes, _: Any, matrix: list[float], __: Any) -> None:
        if operator == b"Do":
            found.append((matrix[0], matrix[3], matrix[4], matrix[5]))

    page.extract_text(visitor_operand_before=look)
    return found


def test_without_claims_a_file_says_so() -> None:
    """In both forms, with nothing that could be read as a figure of zero."""
    base = a_base([])
    briefing = briefed(base, "Prisoners")

    for text in (markdown_of(briefing, base), *read(pdf_of(briefing, base))):
        assert "No claim in the fact base is about Prisoners." in text
        assert ATTRIBUTION not in text


def test_three_hundred_claims_are_all_in_the_file_and_break_well() -> None:
    """Each once, whole, on its page; no heading ends a page, and no page but the last is left half empty."""
    topics = [a_topic(f"Topic {number}") for number in range(30)]
    base = a_base(
        a_claim(number, f"Account number {number}. " * 4, topics=(topics[number % 30],)) for number in range(1, 301)
    )
    briefing = briefed(base)
    texts = read(pdf_of(briefing, base))
    pages = [bare(page) for page in texts]
    markdown = markdown_of(briefing, base)

    assert sum(page.count(ATTRIBUTION) for page in pages) == 300
    assert all(page.count(ATTRIBUTION) == page.count(VERIFICATION) for page in pages)
    assert markdown.count(f"**{ATTRIBUTION}**") == markdown.count(f"**{VERIFICATION}**") == 300
    full = [text.strip().splitlines()[:-1] for text in texts if ATTRIBUTION in text][:-1]
    assert not [lines[-1] for lines in full if lines[-1].startswith("Topic ")]
    assert min(len(lines) for lines in full) > 0.7 * max(len(lines) for lines in full)
