"""Schedules of briefings and what became of their slots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.briefing.options import Options
from bot.core.briefing.schedules import Rhythm

LATE_AFTER = timedelta(minutes=5)
"""A briefing posted later than this after its slot says so."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """
    When a channel gets a briefing about something.

    Attributes:
        about: As typed; empty for the whole base.
        state: "active", "paused" or "cancelled"; why: what paused it.
        due_at: The next slot, UTC.
    """

    id: int
    workspace: int
    channel: int
    about: str
    rhythm: Rhythm
    due_at: datetime
    options: Options = field(default_factory=Options)
    state: str = "active"
    why: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """What the last briefing of a schedule showed: the version of each claim, and when it was composed."""

    at: datetime
    shown: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Due:
    """
    A slot that is to be posted now, by us alone.

    Attributes:
        slot: When it was due, UTC; the newest of those that are.
        folded: Earlier slots that were missed and go into this one.
        resumed: Whether somebody began it before and may have posted it.
        last: What was posted there last; None for the first one.
    """

    schedule: Schedule
    slot: datetime
    folded: tuple[datetime, ...] = ()
    resumed: bool = False
    last: Posted | None = field(default=None)

    @property
    def stamp(self) -> str:
        """
        Stands in every message of the slot, so that a resend finds what is there already.

        To the second where the slot has seconds: one run by hand is another than the one due in that minute.
        """
        moment = self.slot.strftime("%Y-%m-%d %H:%M:%S" if self.slot.second else "%Y-%m-%d %H:%M")
        return f"briefing {self.schedule.id} · slot {moment} UTC"

    def nonce(self, part: int) -> str:
        """The same for every attempt to post a part, so that Discord drops a repeat; at most 25 characters."""
        return f"b{self.schedule.id}-{int(self.slot.timestamp()):x}-{part}"[:25]

    def late(self, now: datetime) -> bool:
        """Whether it is posted noticeably after its slot."""
        return now - self.slot > LATE_AFTER
