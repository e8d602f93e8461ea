"""Numbers as people write them: one reader for questions, drafts, files and `check`."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.asking.reading.tokens import tokens
from bot.core.bounds import bounds_in, read_bounds, read_number
from bot.core.digits import written
from bot.core.figures import Figure
from bot.core.numbers import numbers
from bot.errors import InvalidClaim
from bot.files.table import read_table
from bot.files.yaml_tree import as_tree, write

WHOLE = st.integers(0, 999_999_999)
FINE = st.integers(1, 10**9).map(lambda value: value / 1000)
MARKS = [",", "\u00a0", "\u202f", "\u2009", " ", "'", "’"]


def values(text: str) -> list[float]:
    """What the numbers in *text* come to."""
    return [number.value for number in numbers(tokens(text))]


@given(WHOLE, st.sampled_from(MARKS))
def test_a_whole_number_reads_back_with_any_mark_between_its_thousands(value: int, mark: str) -> None:
    """In a question and in a field for bounds alike."""
    typed = f"{value:,}".replace(",", mark)
    assert values(f"about {typed} people") == [value]
    assert read_number(typed) == value


@given(WHOLE)
def test_dots_between_thousands_are_read_or_asked_about_and_never_taken_for_a_fraction(value: int) -> None:
    """5.000 is five thousand; 1.234 can be two things, so that a field for bounds asks which."""
    typed = f"{value:,}".replace(",", ".")
    if typed.count(".") == 1 and not typed.endswith(".000"):
        with pytest.raises(InvalidClaim, match="two ways"):
            read_number(typed)
    else:
        assert read_number(typed) == value


@given(FINE | WHOLE.map(float) | st.floats(0, 1e14))
def test_what_caveat_writes_reads_back_everywhere(value: float) -> None:
    """In drafts, tables and YAML, as a bound on either side."""
    figure = Figure("m", "s", "q", low=value)
    assert read_bounds(figure.bounds) == (value, None)
    assert read_bounds(written(value)) == (value, value)
    row = f'statement,figure_parts\nx,"m | s | q | {figure.bounds}"\n'
    (read,) = read_table(row, Path("t.csv")).root["claims"][0]["figures"]
    assert read_number(read["low"]) == value
    assert as_tree(write({"low": value}), Path("t.yaml")).root["low"] == value


def test_one_spelling_is_what_its_file_says() -> None:
    """In JSON a dot breaks a number; in YAML and in tables people may mean a thousand, so that it stays as typed."""
    assert as_tree('{"low": 1.234}', Path("t.json"), exact=True).root["low"] == 1.234
    assert as_tree("low: 1.234", Path("t.yaml")).root["low"] == "1.234"
    assert read_number(as_tree("low: 5.000", Path("t.yaml")).root["low"]) == 5000


@given(st.integers(1, 999), st.sampled_from([("k", 3), (" thousand", 3), ("m", 6), (" million", 6), ("bn", 9)]))
def test_a_scale_multiplies_what_stands_before_it(value: int, scale: tuple[str, int]) -> None:
    """Whole and broken: 12bn, 1.2 million."""
    word, zeros = scale
    assert values(f"{value}{word} killed") == [value * 10**zeros]
    assert values(f"{value / 10:.1f}{word} killed") == [pytest.approx(value * 10 ** (zeros - 1))]
    assert values(f"{value / 10:.1f}{word} killed".replace(".", ",")) == [pytest.approx(value * 10 ** (zeros - 1))]


@given(st.integers(0, 1000), st.sampled_from(["%", " %", " percent", " per cent"]))
def test_a_percentage_is_a_share_of_one(value: int, sign: str) -> None:
    """58.3 percent is 0.583."""
    assert values(f"{value / 10:.1f}{sign} of them") == [pytest.approx(value / 1000)]
    assert read_number(f"{value / 10:.1f}{sign}") == pytest.approx(value / 1000)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    """No number of any size, script or sign fails otherwise."""
    values(text)
    with suppress(InvalidClaim):
        read_bounds(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0,667", 0.667),
        ("1,234,567.89", 1_234_567.89),
        ("1.234.567,89", 1_234_567.89),
        ("12,50,000", 1_250_000),
        ("1.2 billion", 1_200_000_000),
        ("2bn", 2_000_000_000),
        ("3 млрд", 3_000_000_000),
        ("half a million", 500_000),
        ("half a dozen", 6),
        ("three quarters of a million", 750_000),
        ("mehr als sechstausendfünfhundert", 6_500),
        ("fünfunddreißigtausend Mann", 35_000),
        ("più di seimila morti", 6_000),
        ("duecentocinquanta", 250),
        ("más de seis mil", 6_000),
        ("dwustu zabitych", 200),
        ("двести пятьдесят тысяч", 250_000),
        ("двісті п'ять", 205),
        ("two and a half million", 2_500_000),
        ("2½ million", 2_500_000),
        ("three dozen", 36),
        ("one hundred and five", 105),
        ("two hundred fifty", 250),
        ("two hundred and fifty thousand", 250_000),
        ("a thousand and one", 1001),
        ("two million and a half", 2_500_000),
        ("two point five million", 2_500_000),
        ("1e3", 1000),
        (".5 percent", 0.005),
        ("20pc of them", 0.2),
        ("6·5 million", 6_500_000),
        ("٣٬٤٥٦", 3456),
        ("１２，０００", 12_000),
        ("6천500명", 6500),
        ("1만 2천명", 12_000),
        ("3억 5천만 원", 350_000_000),
        ("육천 명이 숨졌다", 6000),
        ("일만 이천 명", 12_000),
        ("칠백오십", 750),
        ("서른두 명", 32),
        ("六千人", 6000),
        ("約1億2000万円", 120_000_000),
        ("六〇〇〇", 6000),
        ("三分之一", 1 / 3),
        ("百分之五十", 0.5),
        ("hundert Tote", 100),
        ("every tenth soldier", 0.1),
        ("nine of every ten", 0.9),
        ("nine out of ten", 0.9),
        ("one in five", 0.2),
        ("one in every hundred", 0.01),
        ("a tenth of them", 0.1),
        ("zero", 0),
        ("0", 0),
    ],
)
def test_a_quantity_is_one_number_however_it_is_worded(text: str, value: float) -> None:
    """Digits of any country, words, scales and shares."""
    assert values(text) == [pytest.approx(value)]


@pytest.mark.parametrize(
    "text",
    [
        *("phase two", "Phase 2 began", "a third-party review", "World War Two", "one thing", "a tenth soldier"),
        *("만약 천천히", "이천시", "구조 활동", "第一千", "五十嵐", "二十一世纪", "千葉"),
        *(
            "a 9K720 and a 2S19",
            "every third day",
            "several hundred",
            "a couple of thousand",
            "a few hundred thousand",
        ),
    ],
)
def test_what_names_something_or_is_vague_is_no_number(text: str) -> None:
    """Nobody has to answer for a name; and "several hundred" is not one hundred."""
    assert values(text) == []


def test_numbers_of_which_one_is_no_share_of_the_other_stay_two() -> None:
    """A span of time is no whole, and neither is a number that something else counts."""
    assert values("two in three days") == [2, 3]
    assert values("37 out of the 64 settlements") == [37, 64]


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("more than 6,000", 6000, None),
        ("greater than 5.000", 5000, None),
        ("upward of 140", 140, None),
        ("exceeds 110 million", 110_000_000, None),
        ("at least half a million", 500_000, None),
        ("4,000+", 4000, None),
        ("500 or more", 500, None),
        ("no fewer than nine", 9, None),
        ("up to 12,000", None, 12_000),
        ("fewer than one in five", None, 0.2),
        ("within 60 days", None, 60),
        ("at the very most 500", None, 500),
        ("500 at most", None, 500),
        ("90,000 crowns at most", None, 90_000),
        ("500 armed men or more", 500, None),
        ("not over 500", None, 500),
        ("never more than 500", None, 500),
        ("not as many as 500", None, 500),
        ("not even 500", None, 500),
        ("≤ 500", None, 500),
        ("a maximum of 500", None, 500),
        ("500 at the very least", 500, None),
        ("not under 500", 500, None),
        ("minimum 500", 500, None),
        (">=500", 500, None),
        ("500 and more", 500, None),
        ("500-plus", 500, None),
        ("minus 3 percent", -0.03, -0.03),
        ("between two hundred and three hundred", 200, 300),
        ("not more than 1.2 billion", None, 1_200_000_000),
        ("about 14,000", 14_000, 14_000),
        ("only one", 1, 1),
        ("between 10 and 12 thousand", 10_000, 12_000),
        ("10–12 percent", 0.1, 0.12),
    ],
)
def test_words_around_a_number_make_it_a_bound(words: str, low: float | None, high: float | None) -> None:
    """On the side that they leave closed."""
    bounds = bounds_in(words)
    assert bounds is not None
    assert (bounds.low, bounds.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "1e308",
        "x",
        "5 people",
        "C8²",
        "$500",
        "½½",
        "10²",
        "0x10",
        "several hundred",
        "6000.....7000",
        "9" * 30 + "x",
    ],
)
def test_what_is_no_number_is_refused_in_a_sentence(text: str) -> None:
    """With what would do."""
    with pytest.raises(InvalidClaim, match=r"write them like 500"):
        read_bounds(text)


@pytest.mark.parametrize("value", [1e308, -1e15, float("inf"), float("nan")])
def test_a_figure_beyond_counting_cannot_be_built(value: float) -> None:
    """Whatever way it came."""
    with pytest.raises(InvalidClaim):
        Figure("killed", "troops", "many", low=value)


def test_a_unit_is_no_number_word_of_another_language() -> None:
    """Spanish says "miles" only of thousands that nobody counted, never after a number."""
    assert values("60 miles away") == [60]
    assert values("60 mil personas") == [60_000]
    assert values("3 millones de dosis, 20 miles") == [3_000_000, 20]
