"""What a search gives back: claims, a question back, or an honest no."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.claims import Claim, Entry


@dataclass(frozen=True, slots=True)
class Correction:
    """A typed word that was read as another, shown to the member: Showing *casualties* for “casulties”."""

    typed: str
    read_as: str


@dataclass(frozen=True, slots=True)
class Found:
    """
    Claims that answer, best first.

    Attributes:
        claims: At least one, none retired.
        corrections: Typos that were mended on the way.
        matched: Entries the question named and the claims meet ("matched: topic casualties").
        notes: Sentences the reply must open with ("14,000 is what was *sent*, not killed"); no bare figure
            in them that the question did not itself contain.
    """

    claims: tuple[Claim, ...]
    corrections: tuple[Correction, ...] = ()
    matched: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One reading offered to the member."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """
    The member chooses. Labels hold no figures beyond the member's own.

    Attributes:
        options: Ways to read what was asked, equally likely; or, where *offered*, claims that it may mean.
        offered: Whether no claim answers as asked, and only wording stands between: labels are *topic — claimant*.
    """

    options: tuple[Option, ...]
    asked: str = ""
    offered: bool = False


@dataclass(frozen=True, slots=True)
class Nothing:
    """
    No claim answers.

    Attributes:
        asked: What could not be met, in the member's words.
        nearest: The nearest topics, by name; at most five.
    """

    asked: str
    nearest: tuple[Entry, ...] = ()
    corrections: tuple[Correction, ...] = ()


Result = Found | Unsure | Nothing
