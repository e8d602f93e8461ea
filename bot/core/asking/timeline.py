"""Claims in the order of the events they speak of."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.claims import Claim
from bot.core.dates import PartialDate

_UNDATED = PartialDate(9999)


def by_event_date(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """*claims* by event date, earliest first; what has none comes last, by number."""
    return tuple(sorted(claims, key=lambda claim: (claim.event_date or _UNDATED, claim.number)))


def event_words(claim: Claim) -> str:
    """When it happened, in words: `Aug 2024 (day not given)`, or that no date is given."""
    return claim.event_date.words if claim.event_date else "no date given"
