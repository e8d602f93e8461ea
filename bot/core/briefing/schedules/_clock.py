"""Times of day as people write them."""

from __future__ import annotations

import re
from datetime import time

from bot.core.wording import later, refused, say

HOURS = {"dawn": "06:00", "sunrise": "06:00", "morning": "08:00", "lunch": "12:00", "lunchtime": "12:00"} | {
    "afternoon": "15:00",
    "evening": "18:00",
    "dusk": "18:00",
    "sunset": "18:00",
    "night": "22:00",
    "tonight": "22:00",
}
"""Times of day that no clock shows, and one that is near."""
EXAMPLE = later("as in ‘daily 08:00 Europe/Kyiv’ and a topic")

_TIME = re.compile(
    r"(\d\d?)(?:[:.h]?(\d\d))?\s?(?:h|o['’]clock|uhr)?\s?"
    r"(?:([ap])\.?m\.?|in the (morning|afternoon|evening)|at (night))?",
    re.ASCII,
)
_NAMED_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0)}


def time_of_day(text: str, *, late: bool) -> time:
    """The time of day in *text*; *late*: it is said to be one after noon."""
    plain = " ".join(text.casefold().split())
    if plain in _NAMED_TIMES:
        return _NAMED_TIMES[plain]
    read = _TIME.fullmatch(plain)
    if read:
        hour, minute = int(read[1]), int(read[2] or 0)
        half = read[3] or ("" if not read[4] else "a" if read[4] == "morning" else "p")
        if read[5]:
            half = "p" if 5 <= hour < 12 else "a"
        half = half or ("p" if late and 1 <= hour < 12 else "")
        if minute < 60 and (1 <= hour <= 12 if half else hour < 24):
            return time(hour % 12 + 12 * (half == "p") if half else hour, minute)
    raise refused(
        "“{text}” is no time of day; write it like 08:00 or 8am, {example}.", text=text, example=say(EXAMPLE)
    )
