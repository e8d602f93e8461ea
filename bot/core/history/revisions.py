"""What changed between two states of a claim, field by field; and which changes weigh."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.block import party_words
from bot.core.claims import Claim
from bot.core.rules.stated_figures import stated
from bot.core.wording import later, say

FORGOTTEN = later("somebody forgotten")
"""What stands in place of the id of somebody who was forgotten."""


_LABEL = re.compile(r"\s*reason\s*:", re.IGNORECASE)


def reason_words(typed: str) -> str:
    """A reason without the label that other commands want before it: `reason: a slip` is "a slip"."""
    return _LABEL.sub("", typed, count=1).strip() if _LABEL.match(typed) else typed.strip()


@dataclass(frozen=True, slots=True)
class Signature:
    """Who changes something, why, and when (aware, UTC)."""

    who: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Revision:
    """
    One immutable change of one claim.

    Attributes:
        before: None for the claim's first state.
        who: Id of the user who made it, "curated fact base", or the tombstone of somebody forgotten.
        made_at: Aware, UTC.
    """

    before: Claim | None
    after: Claim
    who: str
    made_at: datetime
    reason: str

    @property
    def changed(self) -> tuple[str, ...]:
        """Names of the fields that differ."""
        return changed(self.before, self.after)


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One change of anything in a workspace: what ("C14", "topic mines"), how, by whom, when, why."""

    what: str
    how: str
    who: str
    made_at: datetime
    reason: str

    @property
    def of_settings(self) -> bool:
        """Whether it says how a server uses the bot, and nothing of the news."""
        return self.what.startswith("settings")


_VALUES: dict[str, Callable[[Claim], Any]] = {
    "statement": lambda claim: claim.statement,
    "claimant": lambda claim: (claim.attribution.claimant.key, party_words(claim.attribution.claimant)),
    "speaker": lambda claim: claim.attribution.spoken_by,
    "relayed by": lambda claim: [(hop.how, hop.party.key, hop.party.name) for hop in claim.attribution.relayed_by],
    "source": lambda claim: claim.attribution.source.key,
    "status": lambda claim: claim.verification.status,
    "caveats": lambda claim: claim.verification.caveats,
    "figures": lambda claim: claim.figures,
    "quotations": lambda claim: claim.quotations,
    "topics": lambda claim: [topic.key for topic in claim.topics],
    "about": lambda claim: [party.key for party in claim.subjects],
    "places": lambda claim: [place.key for place in claim.places],
    "event date": lambda claim: claim.event_date,
    "claim date": lambda claim: claim.claim_date,
    "relations": lambda claim: claim.relations,
    "editor's note": lambda claim: claim.editor_note,
    "grade": lambda claim: claim.grade,
    "retired": lambda claim: claim.retired,
}

_WORDS: dict[str, Callable[[Claim], str]] = {
    "figures": lambda claim: "; ".join(figure.words for figure in claim.figures),
    "topics": lambda claim: ", ".join(topic.name for topic in claim.topics),
    "about": lambda claim: ", ".join(party.name for party in claim.subjects),
    "places": lambda claim: ", ".join(place.name for place in claim.places),
    "event date": lambda claim: claim.event_date.words if claim.event_date else "",
    "claim date": lambda claim: claim.claim_date.words if claim.claim_date else "",
    "relations": lambda claim: ", ".join(f"{each.link} C{each.number}" for each in claim.relations),
    "editor's note": lambda claim: claim.editor_note,
    "grade": lambda claim: f"{claim.grade.code}: {claim.grade.rationale}" if claim.grade else "",
    "retired": lambda claim: "yes" if claim.retired else "no",
}
"""Fields that a claim's block does not show, in words."""

WEIGHTY = frozenset({"claimant", "figures", "quotations", "caveats", "status"})
"""A change of one of these makes the claim say something else: it resets the review."""


def changed(before: Claim | None, after: Claim) -> tuple[str, ...]:
    """Names of the fields in which two states differ; of a new claim, those that are filled in."""
    if before is None:
        return tuple(name for name, value in _VALUES.items() if value(after))
    return tuple(name for name, value in _VALUES.items() if value(before) != value(after))


def weighs(before: Claim | None, after: Claim) -> bool:
    """
    Whether the change is one of figure, claimant, quotation, caveat or status.

    A figure changes, too, where other numbers stand in the statement. A new claim always weighs.
    """
    if before is None or not WEIGHTY.isdisjoint(changed(before, after)):
        return True
    return _numbers(before.statement) != _numbers(after.statement)


def _numbers(statement: str) -> list[str]:
    return sorted(str(each.number.value) if each.number else each.typed for each in stated(statement))


def details_of(claim: Claim, fields: tuple[str, ...]) -> tuple[str, ...]:
    """Lines for those of *fields* that the claim's block does not show by itself: `Topics: Casualties`."""
    lines = ((name, _WORDS[name](claim)) for name in fields if name in _WORDS)
    return tuple(f"{say(name).capitalize()}: {words or say('none')}" for name, words in lines)
