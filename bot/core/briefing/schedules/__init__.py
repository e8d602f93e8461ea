"""When a scheduled briefing is due, and how people write that."""

from bot.core.briefing.schedules._reading import Asked, read_rhythm
from bot.core.briefing.schedules._rhythm import Rhythm, Weekday

__all__ = ["Asked", "Rhythm", "Weekday", "read_rhythm"]
