"""What changes look like: before and after as whole blocks, who, when and why; drafts and the audit log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.claims import Claim
from bot.core.dates import day_words
from bot.core.history.revisions import AuditLine, Revision, changed, details_of
from bot.services.curation import Draft
from bot.ui.kit.embeds import DESCRIPTION, TITLE, Page, card, pack
from bot.ui.kit.text import bold, clip, escape, own_words, visible

_PLAIN, _ROOM = 1700, 1900
_LINES = 15
_REMARKS, _REMARK = 4, 140


def person(who: str) -> str:
    """Somebody by id, as a name that pings nobody; "curated fact base" and "somebody forgotten" as they are."""
    return f"<@{who}>" if who.isdigit() else escape(who)


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
    footer: str = "",
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
        cards.append(card(before, heading=f"revision {before.version}", details=details, room=room))
    heading = _heading(before, after)
    cards.append(card(after, heading=heading, details=(*details_of(after, fields), *remarks), room=room))
    names = (", ".join(fields) or "nothing") if before else ""
    words = (own_words(person(who), reason),) if reason else ()
    opening = "\n".join((*intro, *((f"{bold('Changed')}: {names}",) if names else ()), *words))
    bodies = pack(cards, _PLAIN if plain else DESCRIPTION, opening)
    return [
        Page(clip(title, TITLE), "\n".join((*((opening,) if not at and opening else ()), *body)), footer)
        for at, body in enumerate(bodies)
    ]


def _heading(before: Claim | None, after: Claim) -> str:
    if before is None:
        return "new"
    return f"revision {after.version}" if after.version != before.version else "after this change"


def draft_pages(draft: Draft, disputes: Mapping[int, tuple[int, ...]], *, plain: bool) -> list[Page]:
    """A draft as members will see it, what is nearly the same, and what `check` finds."""
    saving = " Saving proposes it: a second moderator has to approve it." if draft.proposes else ""
    intro = [f"This is how members will see it. Nothing is saved yet.{saving}"]
    checks = [f"Check: {clip(visible(finding), _REMARK)}" for finding in draft.findings[:_REMARKS]]
    if len(draft.findings) > _REMARKS:
        checks.append(f"Check: … and {len(draft.findings) - _REMARKS} more")
    title = f"Change of {draft.after.ref}" if draft.before else "A new claim"
    first, *rest = change_pages(title, draft.before, draft.after, intro=intro, remarks=checks, plain=plain)
    if not draft.alike:
        return [first, *rest]
    near = [card(claim, disputes.get(claim.number, ()), heading="says nearly the same") for claim in draft.alike]
    further = [Page("Nearly the same", "\n".join(body)) for body in pack(near, _PLAIN if plain else DESCRIPTION, "")]
    return [first, *rest, *further]


def history_pages(ref: str, revisions: Sequence[Revision], zone: str, *, plain: bool) -> list[Page]:
    """Every revision, the newest first, field by field."""
    pages: list[Page] = []
    for revision in reversed(revisions):
        number = revision.after.version
        made = f"revision {number} · {moment_words(revision.made_at, zone)} · by {person(revision.who)}"
        pages += change_pages(
            f"History of {ref}: revision {number} of {len(revisions)}",
            revision.before,
            revision.after,
            intro=[made],
            reason=revision.reason,
            who=revision.who,
            plain=plain,
        )
    return pages


def audit_pages(lines: Sequence[AuditLine], zone: str) -> list[Page]:
    """The newest changes of anything, the newest first, each with the reason in its maker's words."""
    shown = [
        f"{bold(escape(line.what))} {line.how} · {moment_words(line.made_at, zone)} · by {person(line.who)}\n"
        f"{escape(line.reason) if line.of_settings else own_words(person(line.who), line.reason)}"
        for line in lines
    ]
    chunks = pack(shown, _PLAIN, most=_LINES)
    return [
        Page("Audit log", "\n".join(chunk), f"page {number} of {len(chunks)}")
        for number, chunk in enumerate(chunks, start=1)
    ] or [Page("Audit log", "Nothing was changed yet.")]
