"""Claims in the order of the events they speak of."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.claims import Claim
from bot.core.dates import PartialDate
from bot.core.wording import say

_UNDATED = PartialDate(9999)


def by_date(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """*claims* by when it happened, or else was said, earliest first; what has neither comes last, by number."""
    return tuple(sorted(claims, key=lambda claim: (claim.event_date or claim.claim_date or _UNDATED, claim.number)))


def dated_words(claim: Claim) -> str:
    """When, and which date that is: `Aug 2024 (day not given)`, `said 14 Nov 2025`, or that no date is given."""
    if claim.event_date:
        return claim.event_date.words
    return say("said {date}", date=claim.claim_date.words) if claim.claim_date else say("no date given")
