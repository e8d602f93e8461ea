"""The moderators' queue as pages: whoever's words have to be read stand whole, as theirs."""

from __future__ import annotations

from bot.core.dates import day_words
from bot.core.editing.queue import Challenge, MissedQuestion, Proposal, Review
from bot.core.plurals import plural
from bot.core.wording import say
from bot.services.reviewing import Queue
from bot.ui.kit.embeds import Page, pack
from bot.ui.kit.text import bold, escape, own_words
from bot.ui.moderating.changes import moment_words, person

_LINES, _ROOM = 12, 1600


def review_line(review: Review) -> str:
    """When a claim was reviewed and is due; *reviewed* is about freshness, never about truth."""
    last = (
        say("last reviewed {day}", day=day_words(review.reviewed_on))
        if review.reviewed_on
        else say("not reviewed yet")
    )
    by = f" {say('by {who}', who=person(review.reviewed_by))}" if review.reviewed_by else ""
    whose = f", {say('by {who}', who=person(review.reviewer))}" if review.reviewer else ""
    due = say("due {day}, every {n} days", day=day_words(review.due_on), n=review.interval_days)
    return f"C{review.number}: {last}{by} · {due}{whose}"


def queue_pages(queue: Queue, zone: str, prefix: str) -> list[Page]:
    """What waits, one kind after the other."""
    proposals = [_proposal(each, zone) for each in queue.proposals]
    challenges = [_challenge(each, zone) for each in queue.challenges]
    due = [review_line(review) for _, review in queue.overdue]
    missed = [_missed(each) for each in queue.missed]
    sections = (
        (say("Proposals"), proposals, say("{prefix}review proposal number shows one", prefix=prefix)),
        (say("Challenges"), challenges, say("{prefix}review uphold or dismiss", prefix=prefix)),
        (say("Reviews due"), due, say("{prefix}review done C14 notes one", prefix=prefix)),
        (say("Unanswered questions"), missed, say("{prefix}misses turns them into answers", prefix=prefix)),
    )
    counts = ", ".join(f"{title}: {len(lines)}" for title, lines, _ in sections)
    filled = [(title, lines, hint) for title, lines, hint in sections if lines]
    pages = [
        Page(title, f"{counts}\n\n" * (not at + part) + "\n".join(chunk), hint)
        for at, (title, lines, hint) in enumerate(filled)
        for part, chunk in enumerate(pack(lines, _ROOM, counts, _LINES))
    ]
    return pages or [Page(say("Review"), say("Nothing waits for a moderator."))]


def _proposal(proposal: Proposal, zone: str) -> str:
    stale = [say("stale: the claim moved on")] if proposal.stale else []
    named = f"{bold(say('Proposal {id}', id=proposal.id))}: {escape(proposal.subject)}"
    made = f"{named}, {moment_words(proposal.made_at, zone)}"
    head = " · ".join([made, say("by {who}", who=person(proposal.who)), *stale])
    return f"{head}\n{own_words(person(proposal.who), proposal.reason)}"


def _challenge(challenge: Challenge, zone: str) -> str:
    made = moment_words(challenge.made_at, zone)
    link = f" · {challenge.link}" if challenge.link else ""
    named = f"{bold(say('Challenge {id}', id=challenge.id))}: C{challenge.number}"
    head = ", ".join([named, say("revision {n}", n=challenge.version), made])
    lines = [f"{head} · {say('by {who}', who=person(challenge.who))}{link}"]
    if challenge.asked:
        asked = own_words(say("whoever asked"), challenge.asked)
        lines.append(f"{say('It was shown for a question.')} {asked}")
    return "\n".join([*lines, own_words(person(challenge.who), challenge.reason)])


def _missed(question: MissedQuestion) -> str:
    asked = say("Asked: {times}.", times=plural(len(question.misses), "time"))
    return f"{asked} {own_words(say('a member'), question.asked)}"
