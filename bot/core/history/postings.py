"""Messages that the bot goes back to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Live:
    """A briefing that is edited when the base changes; `revision` is the base's that it shows."""

    message: int
    workspace: int
    channel: int
    about: str
    revision: int
    edited_at: datetime
