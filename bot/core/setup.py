"""A server's settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

BRIEFINGS, CORRECTIONS, REMARKS = "briefings", "corrections", "remarks"
"""What may be posted in a channel without somebody there asking for it."""


@dataclass(frozen=True, slots=True)
class Setup:
    """
    What a server's managers decide.

    Attributes:
        moderators: Ids of the roles whose holders are moderators, beside everybody with Manage Server.
        review_channel: Id of the channel that hears of challenges and proposals; None: nowhere.
        zone: IANA name of the time zone that schedules take unless they name one.
        four_eyes: Whether changes wait for a second moderator.
        dates: Language of month names, as a code of two letters.
        language: Language of our own sentences in answers, as a code of two letters.
        corrections: Whether a correction is posted without asking when a claim that was shown changes.
        receipt_days: How long receipts of what was shown are kept.
        feed: Where changes are posted for people outside, an https address; empty: nowhere.
        muted: What is not posted where, as "channel:kind"; kinds are BRIEFINGS, CORRECTIONS and REMARKS.
    """

    moderators: tuple[int, ...] = ()
    review_channel: int | None = None
    zone: str = "UTC"
    four_eyes: bool = False
    dates: str = "en"
    language: str = "en"
    corrections: bool = False
    receipt_days: int = 90
    feed: str = ""
    muted: tuple[str, ...] = ()

    def loosens(self, after: Setup) -> bool:
        """Whether *after* would let one person alone change what two have to agree on."""
        return self.four_eyes and not after.four_eyes

    def mutes(self, channel: int, kind: str) -> bool:
        """Whether *kind* is not to be posted in *channel*."""
        return f"{channel}:{kind}" in self.muted

    def record(self) -> dict[str, Any]:
        """As plain data."""
        return {**asdict(self), "moderators": list(self.moderators), "muted": list(self.muted)}

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """From `record`; names it does not know are left out, names it lacks take their default."""
        known = {field.name for field in fields(cls)}
        values: dict[str, Any] = {name: value for name, value in record.items() if name in known}
        for name in ("moderators", "muted"):
            values[name] = tuple(values.get(name, ()))
        return cls(**values)
