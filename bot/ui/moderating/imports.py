"""What an import would change, claim by claim."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core.claims import Claim
from bot.core.history.revisions import changed
from bot.services.exchange import Import
from bot.ui.kit.embeds import DESCRIPTION, Page
from bot.ui.kit.text import bold, clip, echo, escape
from bot.ui.moderating.changes import change_pages

_FINDINGS, _LINES, _NAMED, _FAULTS = 10, 25, 12, 12
_QUOTED = re.compile(r"“([^”]*)”")


def import_pages(planned: Import, name: str, *, four_eyes: bool, plain: bool) -> list[Page]:
    """An overview first, then every claim before and after."""
    new = sum(before is None for before, _ in planned.claims)
    edited = len(planned.claims) - new
    others = f"{planned.entries} names and {planned.sources} sources added or changed"
    lines = [f"From “{echo(name)}”: {new} new claims, {edited} changed ones, {others}."]
    if planned.kept:
        lines.append(f"{planned.kept} claims that the file does not hold stay as they are.")
    if planned.renumbered:
        given = ", ".join(f"C{old} becomes C{new}" for old, new in planned.renumbered[:_NAMED])
        more = _more(planned.renumbered)
        lines.append(f"Ids that other claims have here: {given}{more}.")
    if planned.left:
        lines.append(f"Changed here since the export and not in the file, so left: {_named(planned.left)}.")
    if planned.moved:
        lines.append(f"Changed here since the export and in the file, so put back: {_named(planned.moved)}.")
    if four_eyes:
        lines.append("Four eyes are asked for here: another moderator has to press the button.")
    lines += [f"{bold('Check')}: {echo(each, 160)}" for each in planned.findings[:_FINDINGS]]
    if len(planned.findings) > _FINDINGS:
        lines.append(f"… and {len(planned.findings) - _FINDINGS} findings more.")
    lines += [_line(before, after) for before, after in planned.claims[:_LINES]]
    pages = [Page("Import", "\n".join(lines), "Nothing is changed yet")]
    for before, after in planned.claims:
        pages += change_pages(after.ref, before, after, plain=plain)
    return pages


def fault_pages(faults: Sequence[str]) -> list[Page]:
    """Everything that is wrong with a file, each on a line of its own."""
    shown = [f"- {_QUOTED.sub(lambda found: f'“{echo(found[1])}”', each)}" for each in faults]
    chunks = [shown[start : start + _FAULTS] for start in range(0, len(shown), _FAULTS)]
    what = "1 thing" if len(faults) == 1 else f"{len(faults)} things"
    return [
        Page(f"Import: {what} to mend", clip("\n".join(chunk), DESCRIPTION), "Nothing is changed") for chunk in chunks
    ]


def _named(names: Sequence[str]) -> str:
    return f"{', '.join(map(escape, names[:_NAMED]))}{_more(names)}"


def _more(names: Sequence[object]) -> str:
    return f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""


def _line(before: Claim | None, after: Claim) -> str:
    return f"{after.ref}: {'new' if before is None else ', '.join(changed(before, after))}"
