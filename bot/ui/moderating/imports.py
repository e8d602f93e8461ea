"""What an import would change, claim by claim."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.claims import Claim
from bot.core.history.revisions import changed
from bot.core.plurals import plural
from bot.core.wording import later, say
from bot.services.exchange import Import
from bot.ui.kit.embeds import DESCRIPTION, PLAIN, Page, packed_pages
from bot.ui.kit.text import bold, clip, escape, sentence
from bot.ui.moderating.changes import change_pages

_FINDINGS, _FINDING, _LINES, _NAMED, _FAULTS, _FAULT = 10, 300, 25, 12, 12, 1000

_LEFT = later("Changed here since the export and not in the file, so left: {names}.")
_MOVED = later("Changed here since the export and in the file, so put back: {names}.")
_BARED = later(
    "Left out, as words above claims hold no figure and no verdict: other names, descriptions or titles of {names}."
)
_PROPOSED = later("Four eyes are asked for here: applying proposes it, and another moderator has to approve it.")


def import_pages(planned: Import, *, four_eyes: bool, plain: bool) -> list[Page]:
    """An overview first, then every claim before and after."""
    new = sum(before is None for before, _ in planned.claims)
    counted = {
        "new": plural(new, "new claim"),
        "edited": plural(len(planned.claims) - new, "changed claim"),
        "names": plural(planned.entries, "name"),
        "sources": plural(planned.sources, "source"),
    }
    lines = [say("From the attached file: {new}, {edited}; added or changed: {names}, {sources}.", **counted)]
    if planned.kept:
        lines.append(say("Not in the file, so left as they are: {claims}.", claims=plural(planned.kept, "claim")))
    if planned.renumbered:
        given = ", ".join(f"C{old} → C{new}" for old, new in planned.renumbered[:_NAMED])
        lines.append(say("Ids that other claims have here: {ids}.", ids=given + _more(planned.renumbered)))
    lines += [
        say(text, names=_named(names))
        for names, text in zip((planned.left, planned.bared, planned.moved), (_LEFT, _BARED, _MOVED), strict=True)
        if names
    ]
    if four_eyes:
        lines.append(say(_PROPOSED))
    remarks = _remarks(planned)
    of_claims = {each for some in remarks.values() for each in some}
    others = [each for each in planned.findings if each not in of_claims]
    lines += [f"{bold(say('Check'))}: {clip(sentence(each), _FINDING)}" for each in others[:_FINDINGS]]
    if len(others) > _FINDINGS:
        lines.append(f"… {say('and {more}', more=plural(len(others) - _FINDINGS, 'more finding'))}")
    if of_claims:
        lines.append(
            f"{bold(say('Check'))}: "
            + say("{findings} in claims, said inside their blocks.", findings=plural(len(of_claims), "finding"))
        )
    lines += [_line(before, after) for before, after in planned.claims[:_LINES]]
    room = PLAIN if plain else DESCRIPTION
    pages = packed_pages(say("Import"), lines, room=room, most=len(lines), footer=say("Nothing is changed yet"))
    for before, after in planned.claims:
        pages += change_pages(after.ref, before, after, remarks=remarks.get(after.ref, ()), plain=plain)
    return pages


def _remarks(planned: Import) -> dict[str, tuple[str, ...]]:
    """What `check` finds in each claim, by its id; it may hold figures, so it stands inside the block."""
    found: dict[str, tuple[str, ...]] = {after.ref: () for _, after in planned.claims}
    for each in planned.findings:
        ref = each.partition(": ")[0]
        if ref in found:
            found[ref] += (each,)
    return found


def fault_pages(faults: Sequence[str]) -> list[Page]:
    """Everything that is wrong with a file, each on a line of its own."""
    shown = [clip(f"- {sentence(each)}", _FAULT) for each in faults]
    title = say("Import: {things} to mend", things=plural(len(faults), "thing"))
    return packed_pages(title, shown, most=_FAULTS, footer=say("Nothing is changed"))


def _named(names: Sequence[str]) -> str:
    return f"{', '.join(map(escape, names[:_NAMED]))}{_more(names)}"


def _more(names: Sequence[object]) -> str:
    return say(" and {names} more", names=len(names) - _NAMED) if len(names) > _NAMED else ""


def _line(before: Claim | None, after: Claim) -> str:
    return f"{after.ref}: {say('new') if before is None else ', '.join(map(say, changed(before, after)))}"
