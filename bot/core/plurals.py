"""How many of what, in words."""

from __future__ import annotations

from bot.core.wording import INTERFACE
from bot.languages.sentences import sentences


def plural(count: int, noun: str) -> str:
    """`1 claim`, `3 claims`; in the interface's language where it has the noun."""
    chosen = sentences(INTERFACE.get())
    told = chosen.counted(count, noun) if chosen else None
    return told or (f"{count} {noun}" if count == 1 else f"{count} {noun}s")
