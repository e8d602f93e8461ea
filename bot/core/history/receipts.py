"""What a message was based on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """Claims that a message has just shown: (number, version) of each; *instead* of all it showed before, if so."""

    workspace: int
    channel: int
    message: int
    asked: str
    at: datetime
    claims: tuple[tuple[int, int], ...]
    instead: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a message showed: the version of each claim, by number."""

    message: int
    channel: int
    asked: str
    at: datetime
    claims: Mapping[int, int]
