"""Who wants to hear when claims change: about what, what waits to be told, and when it may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.claims import Claim
from bot.core.history.changes import Change

CLAIM, EVERYTHING = "claim", "everything"
"""What may be followed beside topics, places and parties: one claim, by its number; the whole base."""

FEED = "feed"
"""Who follows everything for people outside: the server's feed, which has no person's id."""

GATHERED = timedelta(minutes=5)
"""How long a first change waits for others, so that one message tells of them all."""

BETWEEN = {False: timedelta(days=1), True: timedelta(minutes=1)}
"""The least time between two messages: to a person, and (True) to a feed."""


@dataclass(frozen=True, slots=True)
class Follow:
    """
    What somebody in a server follows.

    Attributes:
        id: 0 before it is kept.
        person: Their id, or FEED.
        kind: Of an entry, CLAIM or EVERYTHING.
        key: Of the entry, or the claim's number; empty for everything.
    """

    id: int
    workspace: int
    person: str
    kind: str
    key: str

    def concerns(self, claim: Claim) -> bool:
        """Whether *claim* is one of those followed."""
        if self.kind in (CLAIM, EVERYTHING):
            return self.kind == EVERYTHING or self.key == str(claim.number)
        return any((each.kind, each.key) == (self.kind, self.key) for each in claim.references())


@dataclass(frozen=True, slots=True)
class Noted:
    """
    One change as followers are to hear of it.

    Attributes:
        claims: Claims that are new or shown otherwise, as they were (None for a new one) and as they are.
        feed: Whether the server has a feed.
    """

    workspace: int
    at: datetime
    claims: tuple[tuple[Claim | None, Claim], ...]
    feed: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """
    What a person or a feed is to be told now.

    Attributes:
        follows: What they follow of which something changed.
        versions: By number of the claim, the version that they know; 0 for a claim they do not know.
        since: When the first of the changes was made; aware, UTC.
    """

    workspace: int
    person: str
    follows: tuple[Follow, ...]
    versions: Mapping[int, int]
    since: datetime


@dataclass(frozen=True, slots=True)
class News:
    """What somebody is told: the changes that stand, and because of which of the things they follow."""

    owed: Owed
    changes: tuple[Change, ...]
