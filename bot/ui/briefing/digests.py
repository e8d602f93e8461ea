"""What a schedule posts: what changed first, then the briefing; three messages at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.block import block_of
from bot.core.briefing.deliveries import Due, Schedule
from bot.core.history.changes import FIGURE, Change
from bot.core.history.postings import Live
from bot.core.history.revisions import details_of
from bot.core.setup import BRIEFINGS, Setup
from bot.services.briefings import Digest
from bot.ui.briefing.briefings import briefing_pages
from bot.ui.kit.embeds import CONTENT, DESCRIPTION, EMBED_TOTAL, Page, card, pack
from bot.ui.kit.text import bold, escape, sentence
from bot.ui.moderating.changes import moment_words

MESSAGES = 3
_PARTS = 10
_MARGIN = 300


def schedule_line(schedule: Schedule, subject: str, setup: Setup) -> str:
    """
    A schedule in a line: when, where, what, and when next; and if nothing may be posted there.

    Args:
        subject: What it is about, by names of entries; empty for the whole base.
    """
    about = _about(schedule.about, subject)
    skip = ", skipped when nothing changed" if schedule.skip_unchanged else ""
    state = f"next {moment_words(schedule.due_at, setup.zone)}"
    if schedule.state != "active":
        state = f"{schedule.state}{f': {sentence(schedule.why)}' if schedule.why else ''}"
    head = f"{bold(f'Schedule {schedule.id}')}: {schedule.rhythm.words}, in <#{schedule.channel}>"
    muted = " · briefings are switched off there by !setup channel"
    return f"{head}{about}{skip} · {state}{muted if setup.mutes(schedule.channel, BRIEFINGS) else ''}"


def _about(kept: str, subject: str) -> str:
    if not kept:
        return ""
    return f" about {escape(subject)}" if subject else " about something that the fact base no longer names"


def live_line(live: Live, subject: str) -> str:
    """A live briefing in a line: where, what (by names of entries), and where exactly."""
    about = _about(live.about, subject)
    link = f"https://discord.com/channels/{live.workspace}/{live.channel}/{live.message}"
    return f"{bold('Live')} in <#{live.channel}>{about}: {link}"


def digest_messages(digest: Digest, due: Due, now: datetime, zone: str, *, plain: bool) -> list[list[Page]]:
    """
    The messages of a slot, each as the pages it holds; every message bears the slot's stamp.

    Whatever does not fit three messages is left to `!brief`, which the last one says.
    """
    report = digest.report
    subject = report.briefing.subject
    pages = [*_change_pages(digest, zone, plain=plain), *briefing_pages(report.briefing, report.base, plain=plain)]
    pages[0] = replace(pages[0], body="\n".join((*_lateness(due, now, zone), pages[0].body)))
    messages = _messages(pages, plain=plain)
    left = sum(len(message) for message in messages[MESSAGES:])
    kept = messages[:MESSAGES]
    total = len(kept)
    stamped: list[list[Page]] = []
    for number, message in enumerate(kept, start=1):
        *others, last = message
        more = f" · {left} further pages: !brief {subject}".rstrip() if left and number == total else ""
        footer = " · ".join(filter(None, (last.footer, f"{due.stamp} · part {number} of {total}{more}")))
        stamped.append([*others, replace(last, footer=footer)])
    return stamped


def _lateness(due: Due, now: datetime, zone: str) -> list[str]:
    lines: list[str] = []
    if due.late(now):
        lines.append(f"{bold('Late')}: due {moment_words(due.slot, zone)}, posted {moment_words(now, zone)}")
    if due.folded:
        ones = "ones" if len(due.folded) > 1 else "one"
        are = "are" if len(due.folded) > 1 else "is"
        since = moment_words(min(due.folded), zone)
        lines.append(f"{len(due.folded)} earlier {ones} since {since} {are} folded into this briefing")
    return [f"{'; '.join(lines)}."] if lines else []


def _change_pages(digest: Digest, zone: str, *, plain: bool) -> list[Page]:
    if digest.since is None:
        return []
    since = moment_words(digest.since, zone)
    if not digest.changes:
        return [Page("What changed", f"No change since {since}.")]
    room = CONTENT - 260 if plain else DESCRIPTION
    opening = f"Since {since}: {len(digest.changes)} {'claim' if len(digest.changes) == 1 else 'claims'}."
    cards = [text for change in digest.changes for text in change_cards(change)]
    return [
        Page("What changed", "\n".join((*((opening,) if not at else ()), *body)))
        for at, body in enumerate(pack(cards, room, opening))
    ]


def change_cards(change: Change) -> list[str]:
    """Old and new, each a whole block, headed by what changed; with their figures where the words are the same."""
    kinds = ", ".join(change.kinds)
    if change.before is None:
        return [card(change.after, heading=kinds)]
    hidden = ("figures",) if block_of(change.before) == block_of(change.after) and FIGURE in change.kinds else ()
    why = (f"Retired: {change.after.retired}",) if change.after.retired else ()
    return [
        card(change.before, heading=f"{kinds} · was", details=details_of(change.before, hidden)),
        card(change.after, heading=f"{kinds} · now", details=(*details_of(change.after, hidden), *why)),
    ]


def _messages(pages: Sequence[Page], *, plain: bool) -> list[list[Page]]:
    """Pages shared out over messages, each within Discord's limits."""
    room = CONTENT - _MARGIN if plain else EMBED_TOTAL - _MARGIN
    messages: list[list[Page]] = []
    left = 0
    for page in pages:
        size = len(page.content()) + 1 if plain else page.length
        if not messages or size > left or len(messages[-1]) == _PARTS:
            messages.append([])
            left = room
        messages[-1].append(page)
        left -= size
    return messages
