"""Which numbers in a text are figures that somebody has to answer for."""

from __future__ import annotations

import pytest

from bot.core.rules.headlines import headline_in
from bot.core.rules.stated_figures import stated


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("About 14,000 troops were sent.", ["14,000"]),
        ("About 14 000 were sent, 6k were killed.", ["14 000", "6k"]),
        ("Some six thousand were killed.", ["six thousand"]),
        ("Two-thirds have died, or 2/3, or 66%.", ["Two thirds", "2/3", "66%"]),
        ("Between 4,000 and 6,000 were lost.", ["4,000", "6,000"]),
        ("In the district 37 of the 64 settlements are closed.", ["37", "64"]),
        ("The first of thousands have begun; hundreds follow.", ["thousands", "hundreds"]),
        ("2000 soldiers and 12000 shells arrived.", ["2000", "12000"]),
    ],
)
def test_a_quantity_is_a_figure_however_it_is_written(text: str, figures: list[str]) -> None:
    """Digits, words, shares and vague numbers alike."""
    assert [each.typed for each in stated(text)] == figures


@pytest.mark.parametrize(
    "text",
    [
        "They came in August 2024.",
        "The 2024 incursion began on 6 August.",
        "Since 2000 there is a treaty.",
        "The Uran-6, the Su-57 and the T72 were used.",
        "As C20 says.",
        "It was the 1st brigade's 2nd day, on the 6th.",
        "One of them, the first, was seen.",
    ],
)
def test_dates_names_and_ordinals_are_no_figures(text: str) -> None:
    """They count nothing."""
    assert stated(text) == []


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        *((each, False) for each in ("XII killed", "MMVI troops", "Ⅻ dead", "killed XL", "VI")),
        *((each, False) for each in ("육천명", "육천 명 사망", "수천 명", "백오십명", "열두 명", "이천만")),
        *(
            (each, True)
            for each in ("World War II veterans", "Louis XIV", "phase III trial", "MDC leader", "CD sales")
        ),
        *(
            (each, True)
            for each in ("Washington DC police", "이천시", "이천대학교", "백승호", "조선중앙통신", "박수천")
        ),
    ],
)
def test_a_name_holds_no_number_in_roman_or_korean_signs(name: str, bare: bool) -> None:
    """Kings, wars and towns keep theirs."""
    assert (not headline_in(name)) is bare
