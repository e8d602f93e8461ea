"""The text index: what it finds, how it changes, and that its size does not change its answers."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.retrieval import refusal_of
from bot.core.retrieval import Document, TextIndex, _index

TEXTS = (
    "North Korean engineers clear mines in the Kursk region",
    "Ukrainian forces entered the Kursk region in August",
    "Russian instructors taught the sappers to counter drones",
    "A viral video shows an anaconda swimming across a river",
    "Thirty-seven settlements remain closed to civilians because of mines",
)


@pytest.fixture
def index() -> TextIndex:
    """Five texts."""
    return TextIndex(Document(number, text) for number, text in enumerate(TEXTS))


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every index is as large as those that are written to tantivy."""
    monkeypatch.setattr(_index, "_LARGE", 1)
    monkeypatch.setattr(_index, "_RECENT", 1)


def _found(index: TextIndex, query: str) -> list[int]:
    return [hit.number for hit in index.search(query)]


def test_a_text_is_found_by_its_words_whatever_their_form(index: TextIndex) -> None:
    """Inflections share a stem; stop words do not count."""
    assert _found(index, "who was clearing the mine?")[0] == 0


@pytest.mark.parametrize("query", ["anacnoda rivr", "anacondda swiming", "naconda video", "snaconda"])
def test_a_misspelled_word_is_read_as_the_word_it_is_nearest_to(index: TextIndex, query: str) -> None:
    """Also when the first letter is wrong, dropped or doubled; what was read is said."""
    best = index.search(query)[0]

    assert best.number == 3
    assert best.corrected


def test_among_texts_with_the_same_words_the_nearer_in_meaning_comes_first() -> None:
    """No text has "river"; a creek is nearer to one than a car park."""
    index = TextIndex(
        [
            Document(1, "The soldiers crossed the car park at night"),
            Document(2, "The soldiers crossed the creek at night"),
        ]
    )

    assert _found(index, "soldiers crossed river") == [2, 1]


def test_words_without_a_meaning_on_record_are_no_error(index: TextIndex) -> None:
    """Neither in the question nor in a text."""
    index.put(Document(9, "Zzyzx qwrtz"))

    assert _found(index, "zzyzx") == [9]
    assert _found(index, "zzyzx anaconda")[0] in {3, 9}


def test_a_number_is_never_corrected_into_another(index: TextIndex) -> None:
    """6000 is not 600 misspelled."""
    index.put(Document(9, "6000 engineers"))

    assert all(not hit.corrected for hit in index.search("600 engineers"))


def test_what_is_put_is_found_at_once_and_what_is_dropped_is_not(index: TextIndex) -> None:
    """A change counts for the very next search."""
    index.put(Document(1, "A parrot recites poetry"))
    assert _found(index, "parrot poetry") == [1]
    assert 1 not in _found(index, "Ukrainian forces entered")

    index.drop(1)
    assert _found(index, "parrot poetry") == []
    assert len(index) == 4


@pytest.mark.usefixtures("large")
def test_a_large_index_changes_at_once_too() -> None:
    """The newest texts are in Python until they are written in one batch; a replaced text never answers again."""
    index = TextIndex(Document(number, text) for number, text in enumerate(TEXTS))
    for round_ in range(4):
        index.put(Document(1, f"A parrot recites poetry number {round_}"))
        assert _found(index, "parrot poetry") == [1]
        assert 1 not in _found(index, "Ukrainian forces entered")
    index.drop(1)
    assert _found(index, "parrot poetry") == []


def test_a_search_can_be_kept_within_some_texts(index: TextIndex) -> None:
    """Others do not take their places."""
    assert [hit.number for hit in index.search("mines", within={4})] == [4]


def test_nothing_is_found_for_stop_words_alone(index: TextIndex) -> None:
    """Nor by an empty index."""
    assert index.search("who was it?") == []
    assert TextIndex().search("mines") == []


def test_an_answer_that_is_there_is_trusted_more_than_one_that_is_not(index: TextIndex) -> None:
    """Confidence is what refusal goes by."""
    there = index.search("engineers clear mines in Kursk")[0].confidence
    not_there = index.search("mines of gold in South Africa")[0].confidence

    assert not_there < there <= 1


WORDS = [f"{first}{second}{third}" for first in "bdk" for second in "aeiou" for third in ("lan", "mir", "tos", "ven")]


@given(st.integers(0, 10_000))
def test_size_does_not_change_the_ranking(seed: int) -> None:
    """Plain Python and tantivy propose the same candidates, and one scorer ranks them."""
    draw = random.Random(seed)  # noqa: S311  # test data, no secret
    texts = [" ".join(draw.sample(WORDS, 6)) for _ in range(30)]
    query = " ".join(draw.sample(WORDS, 3))
    documents = [Document(number, text) for number, text in enumerate(texts)]
    small = TextIndex(documents)
    limit, _index._LARGE = _index._LARGE, 1  # pyright: ignore[reportPrivateUsage] hypothesis and monkeypatch do not mix
    try:
        large = TextIndex(documents)
    finally:
        _index._LARGE = limit  # pyright: ignore[reportPrivateUsage] as above

    assert [(hit.number, round(hit.score, 6)) for hit in small.search(query, 30)] == [
        (hit.number, round(hit.score, 6)) for hit in large.search(query, 30)
    ]


def test_measures_of_refusal() -> None:
    """Perfect separation is 1; a constant score is a coin's toss; 95 % needs 19 right of 20."""
    apart = [(0.9, True, True)] * 10 + [(0.1, False, False)] * 10
    assert refusal_of(apart) == (1.0, 1.0, 1.0)
    assert refusal_of([(0.5, True, True), (0.5, False, False)])[0] == 0.5
    assert refusal_of([(0.9, True, True), (0.8, True, False), (0.1, False, False)])[2] == 0.5
