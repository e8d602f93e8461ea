"""What of a sentence is one claim, and whose words it is."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.claims import Relay
from bot.core.intake.proposals import Span

Hops = tuple[tuple[tuple[int, ...], Relay], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """
    One assertion: where it stands, and who makes it.

    Attributes:
        anchor: Place of its predicate.
        claimant: Places of the claimant's name; empty where the sentence names nobody.
        lead: What the content leaves to an earlier part, to be read before it ("Instructors taught them").
        holes: Attributions put in between, which are not part of what is asserted.
        whole: Whether the claimant's own doing is the assertion.
        spoken: Whether it stands in quotation marks, so that somebody must have said it.
    """

    content: Span
    anchor: int
    claimant: tuple[int, ...] = ()
    hops: Hops = ()
    lead: Span | None = None
    holes: tuple[Span, ...] = ()
    whole: bool = False
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words something is: places of the claimant's name, and who carried it."""

    claimant: tuple[int, ...] = ()
    hops: Hops = ()
