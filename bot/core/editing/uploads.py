"""Fact bases as files: one to hand out, and what one that somebody uploads holds and says of where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.claims import FactBase
from bot.errors import Refused


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand out: its name and its content."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Stamp:
    """
    What an export says of the base that it was made of.

    Attributes:
        base: Names the workspace, without giving its id away.
        revision: The base's then.
        at: When it was made; aware, UTC.
    """

    base: str
    revision: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Upload:
    """
    What an uploaded file holds.

    Attributes:
        base: Its claims, by the number that it gives them or by one that is free; and its own entries and sources.
        unnumbered: Numbers of the claims to which it gives no id.
    """

    base: FactBase
    unnumbered: frozenset[int] = frozenset()
    stamp: Stamp | None = None


class FaultyUpload(Refused):
    """Everything that is wrong with an upload, each with its line and what to do; `str` is the first of it."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(faults[0])
        self.faults = faults
