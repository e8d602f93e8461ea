"""A briefing as a file: Markdown, and a PDF with text that can be selected. Each claim stands whole in its block."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.core.asking.comparison import conflict_words, panels
from bot.core.block import block_of, reported_once
from bot.core.briefing.briefings import Briefing
from bot.core.claims import Claim, FactBase
from bot.core.wording import say
from bot.ui.asking.charts import comparison_cards
from bot.ui.asking.single_pages import APART
from bot.ui.briefing.briefings import closing_lines, heading, opening_lines
from bot.ui.briefing.paper import Paper
from bot.ui.kit.text import bold, escape, link

_CONFLICTS = 60
_ABOVE = 120
"""Characters of a line at the head of each page."""


def markdown_of(briefing: Briefing, base: FactBase) -> str:
    """The briefing as a CommonMark document; stored text in it is text, never markup."""
    parts = [f"# {_escaped(heading(briefing))}", _listed(opening_lines(briefing))]
    for section in briefing.sections:
        parts.append(f"## {_escaped(section.title)}")
        for claim in section.claims:
            # Two spaces at a line's end keep the parts on lines of their own inside one paragraph.
            block = block_of(claim, read_at=True).text(escape=_escaped, label=bold, link=link).replace("\n", "  \n")
            parts += [f"### {_claim_heading(claim, base)}", block]
    for title, lines in closing_lines(briefing):
        parts += [f"## {title}", _listed(lines)]
    return "\n\n".join(parts) + "\n"


def _claim_heading(claim: Claim, base: FactBase) -> str:
    words = conflict_words(claim, base, _CONFLICTS)
    return f"{claim.ref} · {words}" if words else claim.ref


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(f"- {_escaped(line)}" for line in lines)


def _escaped(text: str) -> str:
    """*text* on one line, as CommonMark shows it; a file pings nobody, so at-signs stay as they are."""
    return escape(text).replace("\u200b", "")


def pdf_of(briefing: Briefing, base: FactBase) -> bytes:
    """The briefing as a PDF; the same bytes for the same briefing. Takes its time: not for the event loop."""
    with TemporaryDirectory() as folder:
        once = reported_once(briefing.claims)
        once = once if len(once) <= _ABOVE else ""
        paper = Paper(heading(briefing), briefing.today, markdown_of(briefing, base), Path(folder), above=once)
        paper.headline(heading(briefing))
        paper.lines(opening_lines(briefing))
        for number, section in enumerate(briefing.sections):
            for position, claim in enumerate(section.claims):
                block = block_of(claim, sourced=not once, brief=True, read_at=True)
                paper.claim(block, _claim_heading(claim, base), "" if position else section.title)
            if not number:
                cards = comparison_cards(panels(briefing.claims, base.metrics), sourced=not once)
                paper.cards(cards, say(APART))
        if briefing.sections:
            contents = [
                say("{title}: page {n}", title=section.title, n=paper.begun(section.title))
                for section in briefing.sections
            ]
            paper.heading(say("Contents"))
            paper.lines(contents)
        for title, lines in closing_lines(briefing):
            paper.heading(title)
            paper.lines(lines)
        return paper.finished()
