"""What claims are about, by names of the base's entries: for titles, pictures and schedules, never words typed."""

from __future__ import annotations

from collections import Counter

from bot.core.asking.results import Found
from bot.core.claims import Entry

_MOST = 2


def subjects(found: Found) -> tuple[Entry, ...]:
    """The entries that were asked for; where none was named, the topics that most of the claims have."""
    if found.matched:
        return found.matched
    topics = Counter(topic for claim in found.claims for topic in claim.topics)
    shared = [topic for topic, count in topics.most_common() if count == len(found.claims)]
    return tuple(shared or [topic for topic, _ in topics.most_common(_MOST)])[:_MOST]


def names_of(found: Found) -> str:
    """The names of its subjects, for places without markup."""
    return " · ".join(dict.fromkeys(entry.name for entry in subjects(found)))
