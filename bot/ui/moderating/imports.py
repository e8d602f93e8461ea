"""What an import would change, claim by claim."""

from __future__ import annotations

from bot.core.claims import Claim
from bot.core.history.revisions import changed
from bot.services.exchange import Import
from bot.ui.kit.embeds import Page
from bot.ui.kit.text import bold, echo
from bot.ui.moderating.changes import change_pages

_FINDINGS, _LINES = 10, 25


def import_pages(planned: Import, name: str, *, four_eyes: bool, plain: bool) -> list[Page]:
    """An overview first, then every claim before and after."""
    new = sum(before is None for before, _ in planned.claims)
    edited = len(planned.claims) - new
    others = f"{planned.entries} names and {planned.sources} sources added or changed"
    lines = [f"From “{echo(name)}”: {new} new claims, {edited} changed ones, {others}."]
    if planned.kept:
        lines.append(f"{planned.kept} claims that the file does not hold stay as they are.")
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


def _line(before: Claim | None, after: Claim) -> str:
    return f"{after.ref}: {'new' if before is None else ', '.join(changed(before, after))}"
