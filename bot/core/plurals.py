"""How many of what, in words."""

from __future__ import annotations


def plural(count: int, noun: str) -> str:
    """`1 claim`, `3 claims`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
