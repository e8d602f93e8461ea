"""The picture of conflicting figures says whose each is and how far it was checked, for every eye and ear."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.asking.comparison import panels
from bot.core.block import attribution_words, status_words
from bot.core.claims import FactBase
from bot.ui.asking.charts import ALT_LENGTH, MOST_ROWS, alt_text, comparison_picture, rows_of
from tests.factories import a_base, a_claim, a_figure, a_party, fact_bases


@settings(max_examples=60)
@given(fact_bases())
def test_every_row_holds_attribution_and_status(base: FactBase) -> None:
    """In the picture itself, never cut."""
    drawn, _ = rows_of(panels(base.live, base.metrics))
    for _, rows in drawn:
        for row in rows:
            attribution = "".join(row.attribution).replace(" ", "")
            assert attribution.startswith(f"{row.claim.ref}Attribution:")
            assert "Verification:" in row.verification[0]


def test_the_rows_of_the_curated_base_say_it_in_the_blocks_words(base: FactBase) -> None:
    """Nothing is paraphrased."""
    drawn, _ = rows_of(panels(base.live, base.metrics))
    for _, rows in drawn:
        for row in rows:
            assert attribution_words(row.claim.attribution) in " ".join(row.attribution)
            assert status_words(row.claim.verification.status) in " ".join(row.verification)
            assert row.figure.quantifier in row.words


def test_unlike_metrics_and_shares_have_panels_of_their_own(base: FactBase) -> None:
    """No common scale."""
    drawn, _ = rows_of(panels(base.live, base.metrics))
    for panel, rows in drawn:
        assert {(row.figure.metric, row.figure.unit) for row in rows} == {(panel.key, panel.unit)}


@settings(max_examples=60)
@given(fact_bases(), st.text(max_size=200))
def test_the_description_holds_whole_claims_within_discords_limit(base: FactBase, title: str) -> None:
    """What does not fit is counted, not cut."""
    alt = alt_text(title, panels(base.live, base.metrics))

    assert len(alt) <= ALT_LENGTH
    assert alt.count("Attribution:") >= alt.count("\nC")


def test_the_same_figures_give_the_same_picture(base: FactBase) -> None:
    """So that it can be remembered."""
    compared = panels([base.claims[8], base.claims[21]], base.metrics)

    assert comparison_picture("Casualties", compared).png == comparison_picture("Casualties", compared).png


def test_forty_claims_are_drawn_in_part_and_counted() -> None:
    """The rest is in the message."""
    base = a_base(
        a_claim(number, claimant=f"Party {number}", figures=(a_figure(low=number, high=None),))
        for number in range(1, 41)
    )
    compared = panels(base.live, base.metrics)
    _, left = rows_of(compared)

    assert left == 40 - MOST_ROWS
    assert len(comparison_picture("Many", compared).png) < 1_000_000


def test_names_in_any_script_and_with_signs_are_drawn() -> None:
    """What the typeface lacks is spelled in Latin letters; nothing is taken for mathematics."""
    names = ("조선민주주의인민공화국", "$x^2$ & _under_", "Ж" * 120, "العربية", "🎉 party")
    base = a_base(
        a_claim(number, claimant=a_party(name, key=f"p{number}"), figures=(a_figure(low=5, high=9),))
        for number, name in enumerate(names, start=1)
    )
    picture = comparison_picture("$Names$", panels(base.live, base.metrics))

    assert picture.png.startswith(b"\x89PNG")
    assert "조선민주주의인민공화국" in picture.alt
