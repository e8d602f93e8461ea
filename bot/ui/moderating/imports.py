"""What an import would change, claim by claim."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.claims import Claim
from bot.core.history.revisions import changed
from bot.core.plurals import plural
from bot.services.exchange import Import
from bot.ui.kit.embeds import DESCRIPTION, Page
from bot.ui.kit.text import bold, clip, escape, sentence
from bot.ui.moderating.changes import change_pages

_FINDINGS, _FINDING, _LINES, _NAMED, _FAULTS = 10, 300, 25, 12, 12


def import_pages(planned: Import, *, four_eyes: bool, plain: bool) -> list[Page]:
    """An overview first, then every claim before and after."""
    new = sum(before is None for before, _ in planned.claims)
    edited = len(planned.claims) - new
    names = f"{plural(planned.entries, 'name')} and {plural(planned.sources, 'source')} added or changed"
    lines = [f"From the attached file: {plural(new, 'new claim')}, {edited} changed, {names}."]
    if planned.kept:
        lines.append(f"Not in the file, so left as they are: {plural(planned.kept, 'claim')}.")
    if planned.renumbered:
        given = ", ".join(f"C{old} becomes C{new}" for old, new in planned.renumbered[:_NAMED])
        more = _more(planned.renumbered)
        lines.append(f"Ids that other claims have here: {given}{more}.")
    if planned.left:
        lines.append(f"Changed here since the export and not in the file, so left: {_named(planned.left)}.")
    if planned.bared:
        lines.append(
            "Left out, as words above claims hold no figure and no verdict: "
            f"other names, descriptions or titles of {_named(planned.bared)}."
        )
    if planned.moved:
        lines.append(f"Changed here since the export and in the file, so put back: {_named(planned.moved)}.")
    if four_eyes:
        lines.append("Four eyes are asked for here: applying proposes it, and another moderator has to approve it.")
    remarks = _remarks(planned)
    of_claims = {each for some in remarks.values() for each in some}
    others = [each for each in planned.findings if each not in of_claims]
    lines += [f"{bold('Check')}: {clip(sentence(each), _FINDING)}" for each in others[:_FINDINGS]]
    if len(others) > _FINDINGS:
        lines.append(f"… and {len(others) - _FINDINGS} findings more.")
    if of_claims:
        lines.append(f"{bold('Check')} finds {plural(len(of_claims), 'thing')} in claims, said inside their blocks.")
    lines += [_line(before, after) for before, after in planned.claims[:_LINES]]
    pages = [Page("Import", "\n".join(lines), "Nothing is changed yet")]
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
    shown = [f"- {sentence(each)}" for each in faults]
    chunks = [shown[start : start + _FAULTS] for start in range(0, len(shown), _FAULTS)]
    return [
        Page(
            f"Import: {plural(len(faults), 'thing')} to mend",
            clip("\n".join(chunk), DESCRIPTION),
            "Nothing is changed",
        )
        for chunk in chunks
    ]


def _named(names: Sequence[str]) -> str:
    return f"{', '.join(map(escape, names[:_NAMED]))}{_more(names)}"


def _more(names: Sequence[object]) -> str:
    return f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""


def _line(before: Claim | None, after: Claim) -> str:
    return f"{after.ref}: {'new' if before is None else ', '.join(changed(before, after))}"
