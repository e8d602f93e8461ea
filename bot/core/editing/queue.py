"""What waits for a moderator: reviews that are due, proposals, challenges and unanswered questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from rapidfuzz import fuzz

from bot.core.asking.reading.tokens import tokens
from bot.core.claims import Claim
from bot.core.editing.batches import Batch
from bot.core.plurals import plural
from bot.core.wording import say

REVIEW_DAYS = 90
"""Days after which a claim is looked over again, unless a moderator sets another interval."""

_ALIKE = 85
_RAREST, _BEGINNING = 3, 3
"""Only questions are compared that share one of the rarest beginnings of words, each of so many letters."""


@dataclass(frozen=True, slots=True)
class Review:
    """
    When somebody last looked a claim over, and when that is due again. It says nothing about truth.

    Attributes:
        reviewer: Id of who should do it; empty where it is anybody's.
        reviewed_on: None while nobody has since the claim last changed in figure, claimant, quotation or status.
    """

    number: int
    due_on: date
    reviewer: str = ""
    interval_days: int = REVIEW_DAYS
    reviewed_on: date | None = None
    reviewed_by: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """
    A change that waits for a second moderator.

    Attributes:
        claims: Each claim that it changes, as it stands now and as it would be; a new one has no state now, and no
            number of its own yet unless it comes with a whole file.
        stale: Whether something of what it changes moved on since it was proposed.
    """

    id: int
    batch: Batch
    claims: tuple[tuple[Claim | None, Claim], ...]
    who: str
    made_at: datetime
    reason: str
    state: str = "open"
    stale: bool = False

    @property
    def subject(self) -> str:
        """What it changes: "C8", "a new claim", "party reuters", "3 claims, 2 names"."""
        if self.batch.clears:
            return say("the whole fact base")
        named = [f"{say(each.after.kind)} {each.after.key}" for each in self.batch.entries]
        if len(self.claims) == 1 and not named:
            before, _ = self.claims[0]
            return before.ref if before else say("a new claim")
        if len(named) == 1 and not self.claims:
            return named[0]
        counts = ((len(self.claims), "claim"), (len(named), "name"))
        said = [plural(count, what) for count, what in counts if count]
        return ", ".join(said) or say("the base's words")


class Outcome(StrEnum):
    """What came of a challenge."""

    UPHELD = "upheld"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Challenge:
    """
    A member's doubt about a claim.

    Attributes:
        version: The revision that was shown.
        asked: The question it was shown for; link: the message that showed it. Either may be empty.
    """

    id: int
    number: int
    version: int
    who: str
    made_at: datetime
    reason: str
    asked: str = ""
    link: str = ""
    state: str = "open"


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that got no claim."""

    id: int
    workspace: int
    asked: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class MissedQuestion:
    """Misses that ask nearly the same: the newest wording, and how often it was asked."""

    misses: tuple[Miss, ...]

    @property
    def asked(self) -> str:
        """Its newest wording."""
        return self.misses[0].asked

    @property
    def newest(self) -> int:
        """Id of its newest miss."""
        return self.misses[0].id


def grouped(misses: Iterable[Miss]) -> list[MissedQuestion]:
    """Near-duplicates together, what was asked most often first."""
    newest = sorted(misses, key=lambda each: (each.made_at, each.id), reverse=True)
    worded = [sorted(token.stem for token in tokens(miss.asked)) for miss in newest]
    often = Counter(start for words in worded for start in _starts(words))
    groups: list[tuple[str, list[Miss]]] = []
    same: dict[str, list[Miss]] = {}
    having: dict[str, list[int]] = {}
    for miss, words in zip(newest, worded, strict=True):
        text = " ".join(words)
        if text not in same:
            rarest = sorted(_starts(words), key=lambda start: (often[start], start))[:_RAREST]
            near = sorted({at for start in rarest for at in having.get(start, ())})
            members = next((groups[at][1] for at in near if fuzz.ratio(text, groups[at][0]) >= _ALIKE), None)
            if members is None:
                members = list[Miss]()
                for start in _starts(words):
                    having.setdefault(start, []).append(len(groups))
                groups.append((text, members))
            same[text] = members
        same[text].append(miss)
    found = [MissedQuestion(tuple(members)) for _, members in groups]
    return sorted(found, key=lambda question: -len(question.misses))


def _starts(words: Iterable[str]) -> frozenset[str]:
    """How the words begin: a typo is likelier further on."""
    return frozenset(word[:_BEGINNING] for word in words)


def overdue(
    claims: Sequence[Claim], reviews: Mapping[int, Review], entered: Mapping[int, date], today: date
) -> list[tuple[Claim, Review]]:
    """
    Live claims whose review is due, the longest overdue first.

    Args:
        entered: The day each claim was entered, from which a claim that has no review yet counts.
    """
    due = [(claim, review_of(claim, reviews, entered, today)) for claim in claims if not claim.retired]
    return sorted(
        ((claim, review) for claim, review in due if review.due_on <= today), key=lambda each: each[1].due_on
    )


def review_of(claim: Claim, reviews: Mapping[int, Review], entered: Mapping[int, date], today: date) -> Review:
    """The claim's review, or the one that every claim starts with."""
    start = entered.get(claim.number, today)
    return reviews.get(claim.number) or Review(claim.number, start + timedelta(days=REVIEW_DAYS))
