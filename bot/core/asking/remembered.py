"""Answers that are remembered for as long as they hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from bot.core.wording import spoken

_A = TypeVar("_A")


class Remembered(Generic[_A]):
    """
    What was worked out of texts, the newest of them; each language of the interface has its own.

    Unlike `functools.lru_cache` around a method it holds no function: whoever has one in an attribute is freed when
    nobody refers to it any more, not when the garbage collector comes by.

    Args:
        most: How many are remembered.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: dict[tuple[str, str], _A] = {}

    def get(self, text: str, work_out: Callable[[str], _A]) -> _A:
        """What was worked out of *text*, now or before."""
        key = (spoken(), text)
        if key in self._held:
            return self._held[key]
        found = self._held[key] = work_out(text)
        if len(self._held) > self._most:
            self._held.pop(next(iter(self._held)), None)
        return found
