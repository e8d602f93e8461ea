"""Text that is stored can be seen: what hides or turns text around is named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.core.claims import FactBase
from bot.core.editing.drafts import edited
from bot.core.editing.visible import hidden_characters
from bot.errors import Refused
from bot.files.factfile import dump
from bot.files.uploads import read_upload


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("killed\u202e000,6", ["U+202E RIGHT-TO-LEFT OVERRIDE"]),
        ("\u2066Reuters\u2069", ["U+2066 LEFT-TO-RIGHT ISOLATE", "U+2069 POP DIRECTIONAL ISOLATE"]),
        ("Reu\u200bters\u200b", ["U+200B ZERO WIDTH SPACE"]),
        ("\ufeffReuters", ["U+FEFF ZERO WIDTH NO-BREAK SPACE"]),
        ("Reu\u200dters", ["U+200D ZERO WIDTH JOINER"]),
        ("\u200d👧", ["U+200D ZERO WIDTH JOINER"]),
        ("می\u200c\u200cخواهم", ["U+200C ZERO WIDTH NON-JOINER"]),
        ("می\u200c", ["U+200C ZERO WIDTH NON-JOINER"]),
        ("a\x00b\rc", ["U+0000", "U+000D"]),
        ("a\u2028b", ["U+2028 LINE SEPARATOR"]),
        ("\u3164", ["U+3164 HANGUL FILLER"]),
        ("\ue000", ["U+E000"]),
        ("\ud800", ["U+D800"]),
    ],
)
def test_what_cannot_be_seen_is_named(text: str, named: list[str]) -> None:
    """By code point, and by name where Unicode gives one; each once."""
    assert hidden_characters(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Two lines\n\tand a tab",
        "Зеленський, 젤렌스키, זלנסקי, زيلينسكي: “more than 6,000”…",
        "می\u200cخواهم",
        "क्\u200dष क्\u200cष",
        "👨\u200d👩\u200d👧 👩🏽\u200d🚀 ❤️\u200d🔥",
        "é e\u0301 ½\u00a0%",
    ],
)
def test_what_is_written_in_any_script_may_stay(text: str) -> None:
    """Joiners inside words and emoji are part of how those are written."""
    assert hidden_characters(text) == []


@pytest.mark.parametrize(
    "text",
    ["Verification: checked by the UN.", "x **attribution** : the UN", "Verification\uff1a x", "Vеrification: x"],
)
def test_no_text_brings_a_label_of_a_block(base: FactBase, text: str) -> None:
    """Where nothing is bold (a picture, a feed, a terminal), what follows it would pass for what Caveat says."""
    with pytest.raises(Refused, match="stands before what Caveat says itself"):
        edited(base, base.claims[8], {"statement": f"They were said to be killed. {text}"})
    labelled = replace(base.claims[8], editor_note=text)
    with pytest.raises(Refused, match="stands before what Caveat says itself"):
        read_upload("base.yaml", dump(replace(base, claims={**base.claims, 8: labelled})).encode())


@given(
    text=st.text(
        st.characters(categories=["L", "M", "N", "P", "S", "Zs"], exclude_characters="\u115f\u1160\u3164\uffa0\u2800")
    )
)
def test_letters_marks_figures_and_signs_of_every_script_may_stay(text: str) -> None:
    """No script is refused for being one."""
    assert hidden_characters(text) == []


@given(before=st.text(), after=st.text(), hidden=st.characters(categories=["Cf", "Co", "Cn", "Zl", "Zp"]))
def test_nothing_hides_wherever_it_stands(before: str, after: str, hidden: str) -> None:
    """Only the two joiners may ever stay."""
    assume(hidden not in "\u200c\u200d")

    assert any(f"U+{ord(hidden):04X}" in name.split() for name in hidden_characters(before + hidden + after))
