"""Typed and stored text as data: escaped for Discord's markup, unable to ping, to hide or to turn text around."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import discord

from bot.core.asking.reading.numerals import numbers
from bot.core.asking.reading.tokens import clean, tokens

_MARKUP_OPENERS = re.compile(r"([<@])")
_ECHO = 60


def escape(text: str) -> str:
    """*text* as Discord shows it literally: no markdown, mention, emoji, timestamp or heading comes to life."""
    escaped = discord.utils.escape_markdown(text, ignore_links=False)
    return (
        _MARKUP_OPENERS.sub(r"\\\1", escaped).replace("@", "@\u200b") if _MARKUP_OPENERS.search(escaped) else escaped
    )


def bold(text: str) -> str:
    """*text*, which must be our own, in bold."""
    return f"**{text}**"


def clip(text: str, room: int) -> str:
    """*text* in at most *room* characters, with … where it was cut."""
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


def visible(text: str) -> str:
    """*text* without characters that cannot be seen or that change direction, white space folded."""
    kept = (
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cs", "Cn"}
    )
    return " ".join("".join(kept).split())


_WHEN = re.compile(r"(?<!\d)(?:\d{1,2}:\d{2}|\d{4}-\d{2}(?:-\d{2})?)(?!\d)")


def without_figures(text: str) -> str:
    """
    *text* with every number replaced, in digits or words: repeating one would put a figure out without who said it.

    Numbers in names ("Uran-6", "C14") stay, and so do dates and times of day.
    """
    cleaned = clean(text)
    typed = tokens(cleaned)
    when = [found.span() for found in _WHEN.finditer(cleaned)]
    for number in reversed(numbers(typed)):
        first, last = typed[number.start], typed[number.end - 1]
        before = cleaned[first.start - 1 : first.start]
        dated = any(start <= first.start < end for start, end in when)
        if not dated and not before.isalnum() and before not in {"-", "_"}:
            cleaned = f"{cleaned[: first.start]}[figure]{cleaned[last.start + len(last.typed) :]}"
    return cleaned


@lru_cache(maxsize=1024)
def echo(text: str, room: int = _ECHO) -> str:
    """What somebody typed, fit to be repeated: visible, short, escaped, and without figures."""
    return escape(clip(without_figures(visible(text)), room))


_SHOWN = re.compile(r"\\([^\w\s])|\*|```\n?|^-# |^### |\u200b", re.MULTILINE)


def as_shown(markdown: str) -> str:
    """Our own markdown as a client shows it: labels without asterisks, escaped characters bare."""
    return _SHOWN.sub(lambda found: found[1] or "", markdown.replace("\n### ", "\n\n"))
