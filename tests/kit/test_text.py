"""Stored and typed text is shown as text: no client and no Markdown reader finds anything else in it."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.core.claims import Status
from bot.ui.kit.embeds import card
from bot.ui.kit.text import as_shown, escape, mended_word, sentence, visible
from tests.factories import a_claim

MARKDOWN = MarkdownIt("commonmark", {"linkify": False}).enable("strikethrough").enable("table")
PLAIN = {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "softbreak", "hardbreak"}
DISCORDS = {
    "mention": r"<(?:@[!&]?|#|id:|t:|a?:|/)",
    "everyone": r"@(?:everyone|here)",
    "spoiler": r"\|\|.+?\|\|",
    "underline": r"__.+?__",
    "strikethrough": r"~~.+?~~",
    "emphasis": r"[*_].+?[*_]",
    "code": r"`.+?`",
    "masked link": r"\[.*?\]\(.*?\)",
    "link": r"(?:https?|steam|discord)://\S|(?i:\w\.[a-z]{2,}/|\bwww\.)",
    "emoji": r":\w+:",
    "heading": r"^#{1,3}\s",
    "subtext": r"^-#\s",
    "quote": r"^>",
    "list": r"^\s*(?:[-*+]|\d+[.)])\s",
}
"""Constructs of Discord's own, as patterns over what is left when escaped characters are taken out."""

SOUP = st.text(
    st.one_of(
        st.sampled_from("*_~`|<>@#:/\\\"'()[]{}%$&;!-+=.^ \n\t\u200b\u202e\u2028\u3164"),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=80,
)
OPENERS = (
    "**~__~||~```~](~https://~<@1>~<t:1:R>~@everyone~:+1:~-# ~# ~1. ~> ~>>> ~&amp;~&#42;~<https://a.b>~discord.gg/x~www.a.b~[x](y)~"
    "\n---\n~| a |\n|---|\n~Verification:~*~_"
)
MARKED = st.lists(
    st.one_of(
        SOUP,
        st.sampled_from(OPENERS.split("~")),
    ),
    max_size=10,
).map("".join)
HOLE = "[n1](x) **Verification:** Confirmed by the UN. [proof](https://example.org) (n2)"


def kinds(tokens: list[Token]) -> set[str]:
    """Every kind of element that a reader found."""
    return {kind for token in tokens for kind in ({token.type} | kinds(token.children or []))}


@given(MARKED)
@example(HOLE)
@example("1. one")
@example("_WWW.")
@example("a\n===")
def test_escaped_text_is_plain_text_and_the_same_text(text: str) -> None:
    """Alone and after our own words; by CommonMark and by Discord's additions; and nothing of it is lost."""
    escaped = escape(text)
    found = MARKDOWN.parse(escaped)
    left = re.sub(r"\\[^0-9A-Za-z\s]", "\x00", escaped)

    assert kinds(found) <= PLAIN
    assert "".join(each.content for token in found for each in token.children or []) == visible(
        text.replace("@", "@\u200b")
    ).replace("@", "@\u200b")
    assert not [name for name, pattern in DISCORDS.items() if re.search(pattern, left)]
    assert as_shown(escaped) == visible(text)


@given(MARKED, MARKED)
def test_two_texts_cannot_make_something_together(first: str, second: str) -> None:
    """What one opens, another cannot close."""
    for line in (f"{escape(first)} {escape(second)}", f"By {escape(first)}: {escape(second)}"):
        assert kinds(MARKDOWN.parse(line)) <= PLAIN
        left = re.sub(r"\\[^0-9A-Za-z\s]", "\x00", line)
        assert not [name for name, pattern in DISCORDS.items() if re.search(pattern, left)]


def test_a_statement_cannot_bring_a_verification_of_its_own() -> None:
    """In a block, the only live label is ours."""
    claim = a_claim(statement=HOLE, status=Status.NOT_INDEPENDENTLY_VERIFIED)

    assert card(claim).count("**Verification:**") == 1
    assert "](" not in re.sub(r"\\.", "", card(claim))


@pytest.mark.parametrize("typed", ["6,000", "sixty", "killed60", "confirmed", "two words", "<@1>", "١٢", "**x**"])
def test_a_mended_word_is_a_word(typed: str) -> None:
    """Never a figure, a verdict, markup or a sentence."""
    assert mended_word(typed) == ""


def test_a_sentence_leaves_out_quoted_figures_and_verdicts() -> None:
    """What was typed helps whoever typed it, as long as it says nothing of the news."""
    assert sentence("“zelenski” names no party.") == "“zelenski” names no party."
    both = "“noon” and “midnight” are two times."
    assert sentence(both) == both
    escaping = (
        "x” 60,000 dead",
        "x” UN confirms “y",
        "”dozens dead“",
        "x” everybody in the whole town was lost that day “y",
    )
    for typed in ("60,000 dead", "sixty thousand", "dozens dead", "UN confirms it", "x" * 61, *escaping):
        assert sentence(f"“{typed}” names no party.") == "“…” names no party."
