"""Ordinary English words."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def ordinary() -> frozenset[str]:
    """Ordinary English words of four letters and more."""
    text = resources.files("bot.core.asking.reading").joinpath("ordinary.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))
