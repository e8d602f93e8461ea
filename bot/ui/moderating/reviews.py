"""The moderators' queue as pages: whoever's words have to be read stand whole, as theirs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.claims import Claim
from bot.core.dates import day_words
from bot.core.editing.queue import Challenge, MissedQuestion, Proposal, Review
from bot.services.reviewing import Queue
from bot.ui.kit.embeds import Page, pack
from bot.ui.kit.text import bold, escape, own_words
from bot.ui.moderating.changes import moment_words, person

_LINES, _ROOM = 12, 1600


def review_line(review: Review) -> str:
    """When a claim was reviewed and is due; *reviewed* is about freshness, never about truth."""
    last = f"last reviewed {day_words(review.reviewed_on)}" if review.reviewed_on else "not reviewed yet"
    by = f" by {person(review.reviewed_by)}" if review.reviewed_by else ""
    whose = f", by {person(review.reviewer)}" if review.reviewer else ""
    every = f"every {review.interval_days} days"
    return f"C{review.number}: {last}{by} · due {day_words(review.due_on)}, {every}{whose}"


def queue_pages(queue: Queue, zone: str, prefix: str) -> list[Page]:
    """What waits, one kind after the other."""
    sections = (
        (
            "Proposals",
            [_proposal(each, zone) for each in queue.proposals],
            f"{prefix}review proposal number shows one",
        ),
        ("Challenges", [_challenge(each, zone) for each in queue.challenges], f"{prefix}review uphold or dismiss"),
        ("Reviews due", [_due(*each) for each in queue.overdue], f"{prefix}review done C14 notes one"),
        ("Unanswered questions", [_missed(each) for each in queue.missed], f"{prefix}misses turns them into answers"),
    )
    counts = ", ".join(f"{title.lower()}: {len(lines)}" for title, lines, _ in sections)
    filled = [(title, lines, hint) for title, lines, hint in sections if lines]
    pages = [
        Page(title, f"{counts}\n\n" * (not at + part) + "\n".join(chunk), hint)
        for at, (title, lines, hint) in enumerate(filled)
        for part, chunk in enumerate(pack(lines, _ROOM, counts, _LINES))
    ]
    return pages or [Page("Review", "Nothing waits for a moderator.")]


def _proposal(proposal: Proposal, zone: str) -> str:
    stale = " · stale: the claim moved on" if proposal.stale else ""
    head = f"{bold(f'Proposal {proposal.id}')}: {escape(proposal.subject)}, {moment_words(proposal.made_at, zone)}"
    return f"{head} · by {person(proposal.who)}{stale}\n{own_words(person(proposal.who), proposal.reason)}"


def _challenge(challenge: Challenge, zone: str) -> str:
    made = moment_words(challenge.made_at, zone)
    link = f" · {challenge.link}" if challenge.link else ""
    head = f"{bold(f'Challenge {challenge.id}')}: C{challenge.number}, revision {challenge.version}, {made}"
    asked = f"\nIt was shown for a question. {own_words('whoever asked', challenge.asked)}" if challenge.asked else ""
    return f"{head} · by {person(challenge.who)}{link}{asked}\n{own_words(person(challenge.who), challenge.reason)}"


def _due(claim: Claim, review: Review) -> str:
    return review_line(review)


def _missed(question: MissedQuestion) -> str:
    return f"Asked {_times(question.misses)}. {own_words('a member', question.asked)}"


def _times(misses: Sequence[object]) -> str:
    return "once" if len(misses) == 1 else f"{len(misses)} times"
