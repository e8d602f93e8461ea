"""The picture of conflicting figures says whose each is and how far it was checked, for every eye and ear."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.asking.comparison import conflict_words, panels
from bot.core.block import attribution_words, status_words
from bot.core.claims import FactBase
from bot.ui.asking.charts import (
    ALT_LENGTH,
    MOST_ROWS,
    agreement,
    alt_text,
    comparison_picture,
    rows_of,
    scale_of,
)
from bot.ui.asking.sheet import DARK, LIGHT, Palette
from tests.factories import a_base, a_claim, a_figure, a_party, fact_bases


@settings(max_examples=20)
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
            assert row.figure.quantifier in " ".join(row.words)


def test_unlike_metrics_and_shares_have_panels_of_their_own(base: FactBase) -> None:
    """No common scale."""
    drawn, _ = rows_of(panels(base.live, base.metrics))
    for panel, rows in drawn:
        assert {(row.figure.metric, row.figure.unit) for row in rows} == {(panel.key, panel.unit)}


@settings(max_examples=20)
@given(fact_bases(), st.text(max_size=200))
def test_the_description_holds_whole_claims_within_discords_limit(base: FactBase, title: str) -> None:
    """What does not fit is counted, not cut."""
    alt = alt_text(title, panels(base.live, base.metrics))

    assert len(alt) <= ALT_LENGTH
    assert alt.count("Attribution:") >= alt.count("\nC")


def test_figures_of_one_metric_share_one_scale_and_one_alone_has_none(base: FactBase) -> None:
    """A bar beside nothing compares nothing."""
    drawn, _ = rows_of(panels(base.live, base.metrics))
    scales = {panel.key: scale_of(rows) for panel, rows in drawn}

    assert scales.pop("sent")[-1] >= 14_000
    assert set(scales.values()) == {()}


@pytest.mark.parametrize("bound", [0.667, 1, 64, 14_000, 3e9])
def test_a_scale_begins_at_zero_and_ends_above_the_largest_bound(bound: float) -> None:
    """In a handful of even steps."""
    base = a_base(a_claim(n, claimant=f"P{n}", figures=(a_figure(low=bound, high=bound),)) for n in (1, 2))
    ((_, rows),), _ = rows_of(panels(base.live, base.metrics))
    scale = scale_of(rows)

    assert scale[0] == 0
    assert bound < scale[-1] < 2 * bound
    assert 3 <= len(scale) <= 7


def test_a_card_says_whether_its_claimants_agree(base: FactBase) -> None:
    """By the same relations as the headings of blocks, which never call figures of unlike things a conflict."""
    compared = panels(base.live, base.metrics)
    said = {panel.key: agreement(panel, compared) for panel in compared}

    assert said["sent"] == "2 claimants; in conflict: C7, C20."
    assert said["killed"] == "One claimant alone gives this. At odds with C21, C22, which count something else."
    assert said["deployed"] == "2 claimants; whether they agree is not noted."
    assert conflict_words(base.claims[7], base, 5) == "conflicts with C20"
    assert conflict_words(base.claims[8], base, 5) == "at odds with C21, C22 (not comparable)"


def test_a_picture_begins_with_who_whether_anybody_checked_and_since_when(base: FactBase) -> None:
    """Before the first figure, and without one."""
    compared = panels([base.claims[8], base.claims[21]], base.metrics)

    assert alt_text("Casualties", compared).startswith(
        "Figures compared: Casualties. Disputed: 2 claims by 2 claimants; nobody could verify any. "
        "All as reported by Fox News Digital (14 Nov 2025).\nC8: Attribution: "
    )


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_letters_stand_out_from_what_is_behind_them(palette: Palette) -> None:
    """By the contrast that WCAG 2 asks of text, 4.5, by day and by night."""
    for behind in (palette.paper, palette.card):
        for colour in (palette.ink, palette.quiet, palette.mark):
            lighter, darker = sorted((luminance(colour), luminance(behind)), reverse=True)
            assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def luminance(colour: str) -> float:
    """By WCAG 2, from 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


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
    """Nothing is taken for mathematics."""
    names = ("조선민주주의인민공화국", "$x^2$ & _under_", "Ж" * 120, "العربية", "🎉 party")
    base = a_base(
        a_claim(number, claimant=a_party(name, key=f"p{number}"), figures=(a_figure(low=5, high=9),))
        for number, name in enumerate(names, start=1)
    )
    picture = comparison_picture("$Names$", panels(base.live, base.metrics))

    assert picture.png.startswith(b"\x89PNG")
    assert "조선민주주의인민공화국" in picture.alt
