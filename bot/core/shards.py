"""Which of Discord's servers this process is connected to, where several processes share them out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WITHIN_AN_ID = 22
"""Bits of a server's id that say nothing about its shard; Discord's own rule."""


@dataclass(frozen=True)
class Shards:
    """
    The shards of one process, of how many there are in all; all of them unless told otherwise.

    Attributes:
        ids: None where one process has them all, however many Discord wants.
    """

    ids: frozenset[int] | None = None
    count: int = 1

    def has(self, server: int) -> bool:
        """Whether *server* is of one of them. Direct messages (0) are of the first."""
        return self.ids is None or (server >> WITHIN_AN_ID) % self.count in self.ids

    @property
    def words(self) -> str:
        """How they are named in the log."""
        return "all shards" if self.ids is None else f"{listed(self.ids)} of {self.count} shards"


def listed(numbers: Iterable[int]) -> str:
    """Numbers in a line, in order."""
    return ", ".join(map(str, sorted(numbers)))


def read_ids(text: str) -> frozenset[int]:
    """Numbers out of `0,2-5`; raises ValueError for what is no such list."""
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)
