"""What some claims are, in one sentence without a figure of theirs: how many, by whom, disputed, checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from bot.core.claims import Claim, Status
from bot.core.plurals import plural
from bot.core.wording import later, say

_COUNTED = {
    Status.CORROBORATED: later("corroborated"),
    Status.CONTESTED: later("contested"),
    Status.REFUTED: later("refuted"),
    Status.RETRACTED: later("retracted"),
}
_TRIED = frozenset({Status.NOT_INDEPENDENTLY_VERIFIED, Status.ACCESS_REFUSED})
UNCHECKED = frozenset({*_TRIED, Status.NONE_STATED, Status.NO_SOURCE_GIVEN})
"""What is said of claims that nobody verified."""


def summary(claims: Sequence[Claim], disputes: Mapping[int, Collection[int]]) -> str:
    """
    `Disputed: 3 claims by 2 claimants; nobody could verify any.`

    Args:
        claims: At least one.
        disputes: For each claim's number, those in conflict with it.
    """
    claimants = len({claim.attribution.claimant.key for claim in claims})
    disputed = any(disputes.get(claim.number) for claim in claims)
    counted = say(
        "{claims} by {claimants}; {checked}.",
        claims=plural(len(claims), "claim"),
        claimants=plural(claimants, "claimant"),
        checked=checked_words(claims),
    )
    return say("Disputed: {counted}", counted=counted) if disputed else counted


def checked_words(claims: Sequence[Claim]) -> str:
    """How far anybody checked *claims*, by their sources' account: `nobody could verify any`, `1 corroborated`."""
    statuses = Counter(claim.verification.status for claim in claims)
    one = len(claims) == 1
    if statuses.keys() <= _TRIED:
        return say("nobody could verify it") if one else say("nobody could verify any")
    if statuses.keys() <= {Status.NONE_STATED}:
        return say("no independent verification is stated")
    if statuses.keys() <= UNCHECKED:
        return say("none independently verified")
    return ", ".join(f"{statuses[status]} {say(words)}" for status, words in _COUNTED.items() if statuses[status])
