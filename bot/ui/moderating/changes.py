"""What changes look like: before and after as whole blocks, who, when and why; drafts and the audit log."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from bot.core.claims import WORD_KINDS, Claim, FactBase, Wording
from bot.core.dates import day_words
from bot.core.editing.batches import Batch
from bot.core.editing.previews import Draft
from bot.core.editing.queue import Proposal
from bot.core.history.revisions import AuditLine, Revision, changed, details_of
from bot.core.records import entry_record
from bot.core.rules.headlines import headline_in
from bot.core.wording import say
from bot.services.curation import Overtaken, Proposed, Saved
from bot.ui.kit.embeds import DESCRIPTION, TITLE, Page, card, packed_pages
from bot.ui.kit.text import bold, clip, escape, own_words, visible

_PLAIN, _ROOM = 1700, 1900
_LINES = 15
_REMARKS, _REMARK = 4, 140
_NAMES = 12
_HASH = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def person(who: str) -> str:
    """Somebody by id, as a name that pings nobody; "curated fact base" and "somebody forgotten" as they are."""
    return f"<@{who}>" if who.isdigit() else escape(say(who))


def reason_of(who: str, reason: str) -> str:
    """Why *who* changed something: a person's own words as they are, ours in the server's language."""
    return own_words(person(who), reason if who.isdigit() else say(reason))


def moment_words(at: datetime, zone: str = "UTC") -> str:
    """`3 Dec 2025, 10:00 UTC`, in the server's zone."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{day_words(local.date())}, {local:%H:%M} {local.tzname() if zone == 'UTC' else zone}"


def change_pages(
    title: str,
    before: Claim | None,
    after: Claim,
    *,
    intro: Sequence[str] = (),
    remarks: Sequence[str] = (),
    reason: str = "",
    who: str = "",
    plain: bool,
) -> list[Page]:
    """
    A change as two whole blocks, so that no figure of either side stands without who said it.

    Args:
        intro: Lines above, markdown-safe and without a figure of the claims.
        remarks: Lines inside the block after the change, as plain text; they may hold figures.
        reason: Why, in the words of *who*, whoever made the change; only for those who decide on it.
    """
    fields = changed(before, after)
    room = _PLAIN // 2 if plain else _ROOM
    cards: list[str] = []
    if before is not None:
        details = details_of(before, fields)
        cards.append(card(before, heading=say("revision {n}", n=before.version), details=details, room=room))
    heading = _heading(before, after)
    cards.append(card(after, heading=heading, details=(*details_of(after, fields), *remarks), room=room))
    names = (", ".join(map(say, fields)) or say("nothing")) if before else ""
    words = (reason_of(who, reason),) if reason else ()
    opening = "\n".join((*intro, *((f"{bold(say('Changed'))}: {names}",) if names else ()), *words))
    return packed_pages(title, cards, opening=opening, room=_PLAIN if plain else DESCRIPTION)


def saved_pages(outcome: Saved | Proposed, *, plain: bool) -> list[Page]:
    """What became of a change: in force, or waiting for a second moderator."""
    if isinstance(outcome, Saved):
        what = say("Saved") if outcome.before else say("Added")
        return change_pages(f"{what}: {outcome.after.ref}", outcome.before, outcome.after, plain=plain)
    proposal = outcome.proposal
    intro = [say("A second moderator must approve it before it answers anybody.")]
    title = f"{say('Proposal {id}', id=proposal.id)}: {proposal.subject}"
    return proposal_pages(title, proposal, intro=intro, plain=plain)


def overtaken_pages(overtaken: Overtaken, how: str, *, plain: bool) -> list[Page]:
    """What somebody else changed meanwhile, and *how* to redo one's own change on top of it."""
    intro = [f"{overtaken} {how}"]
    return change_pages(say("Changed meanwhile"), overtaken.seen, overtaken.now, intro=intro, plain=plain)


def proposal_pages(
    title: str, proposal: Proposal, *, intro: Sequence[str] = (), reason: bool = True, plain: bool
) -> list[Page]:
    """
    Everything that a proposal would change: names field by field, then each claim as two whole blocks.

    Args:
        intro: Lines above, markdown-safe and without a figure.
        reason: Whether to give why, in the words of whoever proposed it; only for those who decide on it.
    """
    why, who = (proposal.reason if reason else ""), proposal.who
    lines = list(_named_lines(proposal.batch))
    if not lines and len(proposal.claims) == 1:
        before, after = proposal.claims[0]
        return change_pages(title, before, after, intro=intro, reason=why, who=who, plain=plain)
    counted = say("It changes {subject}.", subject=proposal.subject)
    opening = "\n".join((*intro, *((reason_of(who, why),) if why else ()), counted))
    pages = packed_pages(title, lines, opening=opening, room=_PLAIN, most=_NAMES)
    for before, after in proposal.claims:
        pages += change_pages(clip(f"{title}: {after.ref}", TITLE), before, after, plain=plain)
    return pages


def _named_lines(batch: Batch) -> Iterator[str]:
    """What becomes of each entry and source, a line for each field that changes."""
    records = [
        (f"{say(each.after.kind)} {each.after.key}", each.record_before, entry_record(each.after))
        for each in batch.entries
    ]
    if batch.wording is not None:
        yield f"{bold(say('Words used for each other'))}: {_words(batch.wording, batch.wording_seen)}"
    for what, before, after in records:
        fields = [
            f"{name.replace('_', ' ')}: {_change_of(before[name], value) if before else _value(value)}"
            for name, value in after.items()
            if (before[name] != value if before else value)
        ]
        added = "" if before else f" ({say('new')})"
        yield f"{bold(escape(what))}{added}\n" + "\n".join(fields)


def _change_of(before: Any, after: Any) -> str:
    """What becomes of a field; of a list, what comes and what goes, so that none of it is cut off behind the rest."""
    if not isinstance(before, list) or not isinstance(after, list):
        return f"{_value(before)} → {_value(after)}"
    held, wanted = cast("list[Any]", before), cast("list[Any]", after)
    parts = {
        say("added"): [each for each in wanted if each not in held],
        say("taken out"): [each for each in held if each not in wanted],
    }
    told = (f"{verb} {', '.join(map(_value, each))}" for verb, each in parts.items() if each)
    return "; ".join(told) or say("in another order")


def _words(after: Wording, before: Wording | None) -> str:
    """What becomes of the words used for each other."""
    if before is None:
        return say("as in the file")
    groups = [
        (set(before.groups) - set(after.groups), say("before")),
        (set(after.groups) - set(before.groups), say("now")),
    ]
    said = [f"{when} {_value(list(group))}" for some, when in groups for group in sorted(some)]
    kinds = {called: (list(getattr(before, kind)), list(getattr(after, kind))) for kind, called in WORD_KINDS.items()}
    said += [f"{say(called)}: {_change_of(was, now)}" for called, (was, now) in kinds.items() if was != now]
    return "; ".join(said) or say("the order alone")


def _value(value: Any) -> str:
    """A field of an entry as text; what holds a figure or vouches for one is not repeated."""
    text: str = ", ".join(map(str, cast("list[Any]", value))) if isinstance(value, list) else str(value or "")
    if _HASH.fullmatch(text):
        return say("the hash of a text")
    if not _DAY.fullmatch(text) and headline_in(text):
        return say("words that hold a figure or vouch for one")
    return f"“{escape(clip(text, _REMARK))}”" if text else say("nothing")


def _heading(before: Claim | None, after: Claim) -> str:
    if before is None:
        return say("new")
    return say("revision {n}", n=after.version) if after.version != before.version else say("after this change")


def draft_pages(draft: Draft, base: FactBase, *, plain: bool) -> list[Page]:
    """A draft as members will see it, what is nearly the same, and what `check` finds."""
    preview = say("This is how members will see it. Nothing is saved yet.")
    waits = say("Saving proposes it: a second moderator has to approve it.")
    intro = [f"{preview} {waits}" if draft.proposes else preview]
    checks = [
        say("Check: {finding}", finding=clip(visible(finding), _REMARK)) for finding in draft.findings[:_REMARKS]
    ]
    if len(draft.findings) > _REMARKS:
        checks.append(say("Check: … and {n} more", n=len(draft.findings) - _REMARKS))
    title = say("Change of {ref}", ref=draft.after.ref) if draft.before else say("A new claim")
    pages = change_pages(title, draft.before, draft.after, intro=intro, remarks=checks, plain=plain)
    near = [card(claim, base, heading=say("says nearly the same")) for claim in draft.alike]
    room = _PLAIN if plain else DESCRIPTION
    return [*pages, *(packed_pages(say("Nearly the same"), near, room=room) if near else [])]


def history_pages(
    ref: str, revisions: Sequence[Revision], zone: str, *, named: bool = True, plain: bool
) -> list[Page]:
    """
    Every revision, the newest first, field by field.

    Args:
        named: Whether to say who made each, and why in their words; only for moderators.
    """
    pages: list[Page] = []
    for revision in reversed(revisions):
        number = revision.after.version
        by = [say("by {who}", who=person(revision.who))] if named else []
        made = " · ".join([say("revision {n}", n=number), moment_words(revision.made_at, zone), *by])
        pages += change_pages(
            say("History of {ref}: revision {n} of {total}", ref=ref, n=number, total=len(revisions)),
            revision.before,
            revision.after,
            intro=[made],
            reason=revision.reason if named else "",
            who=revision.who,
            plain=plain,
        )
    return pages


def audit_pages(lines: Sequence[AuditLine], zone: str) -> list[Page]:
    """The newest changes of anything, the newest first, each with the reason in its maker's words."""
    shown = [
        f"{bold(escape(line.what))} {line.how} · {moment_words(line.made_at, zone)} · "
        f"{say('by {who}', who=person(line.who))}\n"
        f"{escape(line.reason) if line.of_settings else reason_of(line.who, line.reason)}"
        for line in lines
    ]
    none = "" if shown else say("Nothing was changed yet.")
    return packed_pages(say("Audit log"), shown, opening=none, room=_PLAIN, most=_LINES, numbered=True)
