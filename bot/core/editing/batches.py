"""A change to a fact base before it is written: what becomes of which claims, entries and sources."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.claims import Claim, Entry, Source, Wording


@dataclass(frozen=True, slots=True)
class ClaimWrite:
    """
    A claim's new state.

    Attributes:
        expected: The version that its writer saw, 0 for a claim that is new.
        weighs: Whether it says something else now, so that nobody has reviewed it.
    """

    claim: Claim
    expected: int
    weighs: bool = False


@dataclass(frozen=True, slots=True)
class EntryWrite:
    """An entry's new state; `before` is what its writer saw, None for one that is new."""

    before: Entry | None
    after: Entry


@dataclass(frozen=True, slots=True)
class SourceWrite:
    """A source's new state; `before` is what its writer saw, None for one that is new."""

    before: Source | None
    after: Source


@dataclass(frozen=True, slots=True)
class Batch:
    """
    Writes that are applied together or not at all.

    Attributes:
        revision: The base's revision that they were made for, where the whole of it matters; None where only the
            versions of what is written do.
        wording: The base's words, where they change.
    """

    claims: tuple[ClaimWrite, ...] = ()
    entries: tuple[EntryWrite, ...] = ()
    sources: tuple[SourceWrite, ...] = ()
    revision: int | None = None
    wording: Wording | None = None

    def __bool__(self) -> bool:
        return bool(self.claims or self.entries or self.sources or self.wording is not None)
