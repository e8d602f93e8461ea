"""What a schedule posts: what changed first, then the briefing; three messages at most."""

from __future__ import annotations

from datetime import datetime

from bot.core.block import block_of
from bot.core.briefing.deliveries import Due, Schedule
from bot.core.history.changes import FIGURE, Change
from bot.core.history.postings import Live
from bot.core.history.revisions import details_of
from bot.core.plurals import plural
from bot.core.setup import BRIEFINGS, Setup
from bot.core.wording import later, say
from bot.services.briefings import Digest
from bot.ui.briefing.briefings import briefing_pages, heading
from bot.ui.briefing.layout import Part, Piece, footed, full, laid_out
from bot.ui.kit.embeds import Page, card
from bot.ui.kit.text import bold, escape, sentence
from bot.ui.moderating.changes import moment_words

MESSAGES = 3
_CHANGED = later("What changed")
_UNNAMED = later("about something that the fact base no longer names")


def schedule_line(schedule: Schedule, subject: str, setup: Setup) -> str:
    """
    A schedule in a line: when, where, what, and when next; and if nothing may be posted there.

    Args:
        subject: What it is about, by names of entries; empty for the whole base.
    """
    about = _about(schedule.about, subject)
    options = schedule.options
    how = [
        *([say("changes only")] if options.changes_only else []),
        *([say("skipped when nothing changed")] if options.skip_unchanged else []),
        *([say("for {role}", role=f"<@&{options.mention}>")] if options.mention else []),
    ]
    state = say("next {moment}", moment=moment_words(schedule.due_at, setup.zone))
    if schedule.state != "active":
        state = f"{say(schedule.state)}{f': {sentence(schedule.why)}' if schedule.why else ''}"
    muted = [say("briefings are switched off there by !setup channel")]
    where = say("{rhythm}, in {channel}", rhythm=schedule.rhythm.words, channel=f"<#{schedule.channel}>")
    head = f"{bold(say('Schedule {id}', id=schedule.id))}: {where}"
    line = ", ".join([f"{head}{about}", *how])
    return " · ".join([line, state, *(muted if setup.mutes(schedule.channel, BRIEFINGS) else [])])


def _about(kept: str, subject: str) -> str:
    if not kept:
        return ""
    named = say("about {subject}", subject=escape(subject)) if subject else say(_UNNAMED)
    return f", {named}"


def live_line(live: Live, subject: str) -> str:
    """A live briefing in a line: where, what (by names of entries), and where exactly."""
    about = _about(live.about, subject)
    link = f"https://discord.com/channels/{live.workspace}/{live.channel}/{live.message}"
    where = say("in {channel}", channel=f"<#{live.channel}>")
    return f"{bold(say('Live'))} {where}{about}: {link}"


def digest_messages(digest: Digest, due: Due, now: datetime, zone: str, *, plain: bool) -> list[Page]:
    """
    The messages of a slot; each bears the slot's stamp and says which part of them it is.

    Whatever does not fit three messages is left to `!brief`, which the last one says.
    """
    report = digest.report
    notes = _lateness(due, now, zone)
    changed = changes_part(digest, zone)
    alone = changed is not None and due.schedule.options.changes_only
    if changed is not None and alone:
        front = Part(heading(report.briefing), [Piece(note) for note in notes])
        pages = laid_out([front, changed], full(plain=plain))
    else:
        pages = briefing_pages(report.briefing, report.base, plain=plain, changed=changed, notes=notes, posted=True)
    kept = pages[:MESSAGES]
    command = f"!brief {report.briefing.subject}".rstrip()
    if len(pages) > MESSAGES:
        kept[-1] = footed(kept[-1], say("more than fits here: {command}", command=command))
    elif alone:
        kept[-1] = footed(kept[-1], say("the whole briefing: {command}", command=command))
    return [footed(page, f"{due.stamp} · part {number} of {len(kept)}") for number, page in enumerate(kept, start=1)]


def _lateness(due: Due, now: datetime, zone: str) -> list[str]:
    lines: list[str] = []
    if due.late(now):
        told = say("due {slot}, posted {now}", slot=moment_words(due.slot, zone), now=moment_words(now, zone))
        lines.append(f"{bold(say('Late'))}: {told}")
    if due.folded:
        earlier, since = plural(len(due.folded), "earlier one"), moment_words(min(due.folded), zone)
        lines.append(say("folded into this briefing: {earlier} since {since}", earlier=earlier, since=since))
    return [f"{'; '.join(lines)}."] if lines else []


def changes_part(digest: Digest, zone: str) -> Part | None:
    """What changed, each change as whole blocks; None where there is nothing to compare with."""
    if digest.since is None:
        return None
    since = moment_words(digest.since, zone)
    if not digest.changes:
        return Part(say(_CHANGED), [Piece(say("No change since {since}.", since=since))])
    pieces = [Piece(text, (change.after,)) for change in digest.changes for text in change_cards(change)]
    opening = say("Since {since}: {claims}.", since=since, claims=plural(len(digest.changes), "claim"))
    return Part(say(_CHANGED), [Piece(opening), *pieces])


def change_cards(change: Change) -> list[str]:
    """
    Old and new, each a whole block, headed by what changed; one where they read the same: of a retired claim.

    Where the words are the same and a figure changed, both have their figures.
    """
    kinds = ", ".join(map(say, change.kinds))
    same = change.before is None or block_of(change.before) == block_of(change.after)
    if change.before is None or (same and FIGURE not in change.kinds):
        return [card(change.after, heading=kinds)]
    hidden = ("figures",) if same else ()
    return [
        card(change.before, heading=say("{kinds} · was", kinds=kinds), details=details_of(change.before, hidden)),
        card(change.after, heading=say("{kinds} · now", kinds=kinds), details=details_of(change.after, hidden)),
    ]
