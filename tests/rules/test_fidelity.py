"""A fact base is held against the very text that it was read in."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from bot.core.claims import Caveat, FactBase, Quotation
from bot.core.rules.fidelity import compare
from tests.factories import a_base, a_claim, a_party, a_source

ARTICLE = (
    'A spokesman called "Bear" said the harbour was "closed to every ship. It stays closed." '
    'The mayor called it "open." Nobody could check the harbour.\n\n'
    'The captain said it was "closed to every ship."\n'
)
CAPTAIN = Quotation("closed to every ship.", prefix='The captain said it was "', suffix='"\n')
WHOLE = (Quotation("closed to every ship. It stays closed."), Quotation("open."), CAPTAIN)


def a_base_of(*quotations: Quotation, article: str = ARTICLE, **what_matters: Any) -> FactBase:
    """One claim with *quotations*, read in *article*, and a party called Bear."""
    source = a_source(sha256=sha256(article.encode()).hexdigest())
    return a_base([a_claim(7, source=source, quotations=quotations, **what_matters)], a_party("Bear"))


def found(base: FactBase, article: str = ARTICLE) -> list[str]:
    """The findings, each with its place."""
    return [
        " ".join(map(str, (finding.group, finding.key, *finding.field, finding.message)))
        for finding in compare(base, article.encode())
    ]


def test_a_base_that_quotes_everything_verbatim_is_true() -> None:
    """Quotations, caveats, names in quotation marks and the hash all stand in the text."""
    caveat = Caveat("Nobody could check the harbour.")

    base = a_base_of(*WHOLE, status="not_independently_verified", caveats=[caveat])
    assert found(base) == []


def test_a_passage_may_be_shared_out_between_quotations() -> None:
    """Two assertions in one pair of quotation marks are two claims."""
    first = Quotation("closed to every ship.", prefix='harbour was "')

    assert found(a_base_of(first, Quotation("It stays closed."), *WHOLE[1:])) == []


def test_words_that_do_not_stand_in_the_text_are_no_quotation() -> None:
    """One changed word is enough."""
    (finding,) = found(a_base_of(*WHOLE, Quotation("shut")))

    assert (
        finding == "claims 7 quotations 3 exact “shut” does not stand in the article; copy the words as they stand."
    )


@pytest.mark.parametrize(
    ("quotation", "message"),
    [
        (Quotation("open.", prefix="called it a "), "prefix does not stand right before the words in the article; "),
        (Quotation("open.", suffix=" Nobody"), "suffix does not stand right after the words in the article; "),
        (Quotation("closed to every ship."), "exact stands in the article 2 times; "),
        (Quotation("closed to every ship.", prefix='was "'), "exact stands in the article 2 times; "),
    ],
)
def test_a_quotation_can_be_found_again_by_what_stands_around_it(quotation: Quotation, message: str) -> None:
    """Prefix and suffix touch the words, and tell one place from another."""
    (finding,) = found(a_base_of(*WHOLE, quotation))

    assert finding.startswith(f"claims 7 quotations 3 {message}")


def test_a_caveat_is_verbatim() -> None:
    """A caveat in our words would be our verdict."""
    base = a_base_of(*WHOLE, status="not_independently_verified", caveats=[Caveat("Nobody checked the harbour.")])

    (finding,) = found(base)
    assert finding.startswith("claims 7 verification caveats 0 text “Nobody checked the harbour.” does not stand in ")


def test_quoted_words_that_no_claim_keeps_are_found() -> None:
    """What the source quotes is left out by no oversight."""
    (finding,) = found(a_base_of(WHOLE[0], CAPTAIN))

    assert finding.startswith("sources fox-2025-11-14 the article's “open.” (its line 1) is in no quotation; add it")


def test_a_passage_left_out_on_purpose_is_marked_so() -> None:
    """By the source, in the file; a mark that stands for nothing in the text is found."""
    base = a_base_of(WHOLE[0], CAPTAIN)

    assert compare(base, ARTICLE.encode(), {"fox-2025-11-14": ("open.",)}) == []
    (finding,) = compare(base, ARTICLE.encode(), {"fox-2025-11-14": ("open.", "ajar")})
    assert finding.message == "“ajar” does not stand in the article."


def test_a_quoted_name_is_kept_by_its_party() -> None:
    """A call sign in quotation marks is a name, not an assertion."""
    (finding,) = found(a_base_of(*WHOLE, article=ARTICLE.replace("Bear", "Wolf")), ARTICLE.replace("Bear", "Wolf"))

    assert "“Wolf” (its line 1) is in no quotation" in finding


def test_another_text_than_the_one_read_is_told_by_its_hash() -> None:
    """One changed space makes it another text."""
    changed = ARTICLE.replace("harbour was", "harbour  was")

    (finding,) = found(a_base_of(*WHOLE), changed)
    digest = sha256(changed.encode()).hexdigest()
    assert finding == f"sources fox-2025-11-14 sha256 the given text has {digest}; give its text or mend sha256."


def test_of_several_sources_the_text_is_held_against_its_own() -> None:
    """Claims read elsewhere are left alone; without any source of that hash, each one's hash is named."""
    elsewhere = a_source("elsewhere", sha256="0" * 64)
    mine = a_base_of(*WHOLE)
    both = a_base([*mine.live, a_claim(8, source=elsewhere, quotations=(Quotation("unheard of"),))], a_party("Bear"))

    assert found(both) == []
    assert [line.split()[:3] for line in found(both, "Another text.")] == [
        ["sources", "fox-2025-11-14", "sha256"],
        ["sources", "elsewhere", "sha256"],
    ]


def test_a_text_that_is_not_utf_8_is_said_to_be_so() -> None:
    """It is no fault of the quotations."""
    base = a_base_of(*WHOLE)

    messages = [finding.message for finding in compare(base, b"\xff\xfe")]
    assert messages[-1] == "the given text is not UTF-8; save it as UTF-8."
