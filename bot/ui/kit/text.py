"""Typed and stored text as data: escaped for Discord's markup, unable to ping, to hide or to turn text around."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.core.editing.visible import visible as visible
from bot.core.rules.headlines import figure_in, vouching_in
from bot.core.wording import say

_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_~|[]<>$"} | {"@": "\\@\u200b"})
"""Marks that open something wherever they stand; an at-sign keeps its distance, as servers read mentions, too."""
_OPENERS = re.compile(r"[:&](?=\S)|^[-+=#]|(?<=\w)\.(?=[a-z]{2,}/)|(?<=www)\.", re.IGNORECASE)
"""What opens something only here: `https://`, `discord.gg/x`, `:emoji:`, `&amp;`; what begins a heading or list."""
_NUMBERED = re.compile(r"^(\d+)(?=[.)])")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", re.UNICODE)
_LONGEST_WORD = 40
_ECHO = 60
_TITLE = 120


def escape(text: str) -> str:
    """
    *text* on one line, as every Discord client and every Markdown reader shows it literally.

    The one door for stored and typed text. Each mark gets a backslash of its own, so that none can pair with another:
    no emphasis, spoiler, code, heading, list, quote, link, mention, emoji, timestamp or entity comes to life,
    wherever in a line the text stands.
    """
    marked = _OPENERS.sub(r"\\\g<0>", visible(text).translate(_MARKS))
    return _NUMBERED.sub(r"\1\\", marked)


def link(url: str) -> str:
    """A source's address, which `Source` keeps to what is safe here, as every client and Markdown reader links it."""
    return f"<{url}>"


def bold(text: str) -> str:
    """*text*, which must be our own, in bold."""
    return f"**{text}**"


def clip(text: str, room: int) -> str:
    """*text* in at most *room* characters, with … where it was cut."""
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


def mended_word(text: str) -> str:
    """A word that somebody typed, to say how it was read; empty where it is a figure, vouches or is no word."""
    shown = visible(text)
    plain = _WORD.fullmatch(shown) and len(shown) <= _LONGEST_WORD
    return escape(shown) if plain and not figure_in(shown) and not vouching_in(shown) else ""


def named_titles(names: Iterable[str]) -> str:
    """Names of the base's entries as a title, each once, as many as there is room for."""
    title = ""
    for name in dict.fromkeys(map(visible, names)):
        longer = f"{title} · {name}" if title else name
        if len(escape(longer)) > _TITLE:
            break
        title = longer
    return escape(title)


_CHANNEL = re.compile(r"\\<#(\d{15,21})\\>")
_JOINT = 40
"""Characters at most of our own between two things that we quote in one sentence."""
_QUOTED = re.compile(r"“([^”]*)”")


def sentence(text: str) -> str:
    """
    One of our own sentences about what somebody typed, as a client shows it literally.

    What it quotes (“…”) stays where it tells the person what was meant, and is left out where it is long, holds a
    figure or vouches for one; our own examples stand in ‘…’. A mention of a channel stays one: a client shows its
    name to those who see it.
    """
    first, last = text.find("“"), text.rfind("”")
    if first < last and _leaves_quotation(_QUOTED.sub("", text[first : last + 1])):
        text = f"{text[:first]}“…”{text[last + 1 :]}"
    return note(text)


def note(text: str) -> str:
    """A sentence on how a question was read, as `sentence`; what it quotes are words, which end no quotation."""
    return _CHANNEL.sub(r"<#\1>", escape(_QUOTED.sub(_quoted, text)))


def _leaves_quotation(between: str) -> bool:
    """Whether what stands between quotations is typed, too: quotation marks in it end ours early."""
    return len(between) > _JOINT or bool(figure_in(between) or vouching_in(between))


def _quoted(found: re.Match[str]) -> str:
    typed = visible(found[1])
    return "“…”" if len(typed) > _ECHO or figure_in(typed) or vouching_in(typed) else f"“{typed}”"


def own_words(whose: str, text: str) -> str:
    """
    What a person wrote, whole, for those who decide on it: attributed, labelled as theirs, and in quotation marks.

    Args:
        whose: A mention, or our own words for who it was.
    """
    return quoted_words(whose, escape(text))


def quoted_words(whose: str, markdown: str) -> str:
    """The same for words that are escaped already, so that some of them may stand in bold."""
    return f"{say('In the words of {whose}, not of the fact base:', whose=whose)}\n> “{markdown}”"


_SHOWN = re.compile(r"\\([^0-9A-Za-z\s])|^`(C\d+)`|\*|```\n?|^-# |^### |\u200b", re.MULTILINE)


def as_shown(markdown: str) -> str:
    """Our own markdown as a client shows it: labels without asterisks, escaped characters bare."""
    return _SHOWN.sub(lambda found: found[1] or found[2] or "", markdown)
