"""Every script has its typeface, is shaped as it is written, and is spelled in Latin letters where there is none."""

from __future__ import annotations

import subprocess
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ui.kit import fonts
from bot.ui.kit.fonts import advance, face_of, faces, in_sight, legible, letters, runs, static, wrapped

NAMES = ("조선민주주의인민공화국", "中华人民共和国", "الجزيرة", "हिन्दी समाचार", "Україна", "ישראל", "ไทย")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("bold", [True, False])
def test_names_of_many_scripts_are_drawn_in_their_own_letters(name: str, bold: bool) -> None:
    """None is spelled in others, none is an empty box, in the picture and in the file of letters for a PDF."""
    assert legible(name) == name
    assert list(letters(name, 30, bold=bold))
    for face, text in runs(name):
        with TTFont(BytesIO(static(face, text, bold=bold))) as font:
            assert {ord(each) for each in text} <= set(font.getBestCmap() or {})
            assert "fvar" not in font


def test_letters_that_join_are_joined() -> None:
    """Arabic letters change their form beside each other, those of Devanagari become one."""
    for word in ("الجزيرة", "क्षत्रिय"):
        apart = sum(advance(letter) for letter in word)
        assert advance(word) < 0.95 * apart


def test_a_figure_among_words_read_from_right_to_left_keeps_its_digits_in_order() -> None:
    """The words stand from right to left, the figure between them as it is written."""
    parts = [text.strip() for _, text in in_sight(runs("قال 6,000 جندي said"))]

    assert [part for part in parts if part] == ["جندي", "6,000", "قال", "said"]


@settings(max_examples=50)
@given(st.text(st.sampled_from("قال جندي said 6,000 (%) 북 ไ"), max_size=30))
def test_whatever_is_turned_around_no_part_is_lost(text: str) -> None:
    """Nor a figure beside it."""
    parts = runs(legible(text))

    assert sorted(in_sight(parts), key=str) == sorted(parts, key=str)
    assert "".join(part for _, part in parts) == legible(text)


@pytest.mark.usefixtures("own_typefaces")
def test_where_no_typeface_is_the_claimant_is_spelled_in_latin_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """And what cannot be spelled either is shown to be missing."""
    latin = faces()[:1]
    monkeypatch.setattr(fonts, "faces", lambda: latin)

    assert legible("김정은 says “no” 𒀀") == "GimJeongEun says “no” ?"


def test_without_fontconfig_the_bots_own_typefaces_remain(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine need not have it."""

    def missing(*_: object, **__: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(subprocess, "run", missing)
    assert fonts._on_this_machine.__wrapped__() == ()  # pyright: ignore[reportPrivateUsage, reportFunctionMemberAccess]
    assert face_of("북")


@settings(max_examples=50)
@given(st.text(max_size=80), st.integers(3, 40))
def test_wrapping_loses_no_letter_and_keeps_to_the_width(text: str, width: int) -> None:
    """Whatever is written, with words as long as they like."""
    lines = wrapped(text, width)

    assert "".join("".join(lines).split()) == "".join(legible(text).split())
    assert all(advance(line) <= width + 1 or len(line) < 3 for line in lines)
