"""A briefing on the screen: what is disputed, the other claims by question, what is unknown, when and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from bot.core.asking.comparison import conflict_words
from bot.core.asking.overview import voices
from bot.core.asking.summary import UNCHECKED, summary
from bot.core.asking.timeline import dated_words
from bot.core.block import block_of, reported_once, status_words
from bot.core.briefing.briefings import Briefing, Section
from bot.core.claims import Claim, FactBase
from bot.core.dates import day_words
from bot.core.plurals import plural
from bot.core.wording import say
from bot.ui.briefing.layout import Part, Piece, calm, footed, full, laid_out, room, short
from bot.ui.kit.embeds import CARD, Page, card, too_long
from bot.ui.kit.text import bold, clip, escape, link, visible

_LINE = 800
_REFS = 30
_LISTED = 20
_CONFLICTS = 12
_HEAD = 300
"""Most characters above a block: its id, and what it is in conflict with."""


def briefing_pages(
    briefing: Briefing,
    base: FactBase,
    *,
    plain: bool,
    changed: Part | None = None,
    notes: Sequence[str] = (),
    posted: bool = False,
) -> list[Page]:
    """
    The whole briefing, page by page; every claim in its block, no figure outside one.

    Claims come first: what changed, what is disputed, then the rest by question. What it all is made of comes last.

    Args:
        plain: Fit plain messages instead of embeds.
        changed: What changed since the last one.
        notes: Safe markdown for the very top.
        posted: Leave out the contents and the count of pages, for messages that are posted only in part.
    """
    claims = [
        Part(heading(briefing), [*map(Piece, notes), *(Piece(escape(line)) for line in opening_lines(briefing))]),
        *([changed] if changed else []),
        *(_section(section, base, plain=plain) for section in briefing.sections),
    ]
    closing = [
        Part(title, [Piece(line) for line in _shortened(map(_shown, lines), plain=plain)])
        for title, lines in closing_lines(briefing)
    ]
    if posted:
        return laid_out([*claims, *closing], full(plain=plain))
    pages = laid_out([*claims, *closing], calm(plain=plain))
    if len(pages) == 1:
        return pages
    before = laid_out(claims, calm(plain=plain))
    contents = Part(say("Contents"), [Piece(escape(line)) for line in _contents(briefing, before)])
    pages = laid_out([*claims, *([contents] if briefing.sections else []), *closing], calm(plain=plain))
    own = short(heading(briefing))
    counts = [say("page {n} of {total}", n=number, total=len(pages)) for number in range(1, len(pages) + 1)]
    return [footed(page, own if at else "", counts[at]) for at, page in enumerate(pages)]


def heading(briefing: Briefing) -> str:
    """What the briefing is called, as stored text."""
    return say("Briefing: {subject}", subject=briefing.subject or say("the whole fact base"))


def opening_lines(briefing: Briefing) -> list[str]:
    """What a reader must know before the first claim: how fresh it is and whether anybody checked; unescaped."""
    if not briefing.claims:
        if not briefing.subject:
            return [say("The fact base holds no claim.")]
        return [say("No claim in the fact base is about {subject}.", subject=briefing.subject)]
    unchecked = all(status in UNCHECKED for status, _ in briefing.statuses)
    return [_newest(briefing), *([say("No source says that anybody verified any claim below.")] if unchecked else [])]


def _newest(briefing: Briefing) -> str:
    if briefing.newest_source is None:
        return ""
    age = (briefing.today - briefing.newest_source).days
    if age > 0:
        old = say("{days} old", days=plural(age, "day"))
    else:  # somewhere it is a day later already
        old = say("published today") if age >= -1 else say("not out yet")
    return say("Newest source: {day}, {old}.", day=day_words(briefing.newest_source), old=old)


def closing_lines(briefing: Briefing) -> list[tuple[str, Sequence[str]]]:
    """What follows the claims, unescaped: titles of our own, each with its lines; counts and methods at the end."""
    made = say(
        "Made on {day} from revision {n} of the fact base.", day=day_words(briefing.today), n=briefing.revision
    )
    statuses = [f"{plural(count, 'claim')}: {status_words(status)}" for status, count in briefing.statuses]
    every = say("Nothing that the fact base counts lacks a claim that gives a figure.")
    parts: list[tuple[str, Sequence[str]]] = [
        (say("Unknown"), briefing.unknown or [every]),
        (say("Open challenges"), briefing.challenges),
        (say("Timeline"), timeline_lines(briefing)),
        (say("Sources"), voice_lines(briefing.claims)),
        (say("How this was made"), [*statuses, made]),
    ]
    return [(title, lines) for title, lines in parts if lines]


def timeline_lines(briefing: Briefing) -> list[str]:
    """Each date with the claims that speak of it, by id alone."""
    lines: list[str] = []
    for when, claims in groupby(briefing.timeline, dated_words):
        refs = [claim.ref for claim in claims]
        lines += [f"{when}: {', '.join(refs[start : start + _REFS])}" for start in range(0, len(refs), _REFS)]
    return lines


def voice_lines(claims: Sequence[Claim]) -> list[str]:
    """Who says any of *claims*, how it reached us, and how many there are of each; unescaped."""
    if not claims:
        return []
    lines = [summary(claims, {}), *filter(None, [reported_once(claims)])]
    for voice in voices(claims):
        through = clip("; ".join(voice.through), _LINE // 2)
        lines.append(f"{voice.claimant}{' — ' if through else ''}{through}: {voice.counted}")
    return lines


def _section(section: Section, base: FactBase, *, plain: bool) -> Part:
    once = escape(reported_once(section.claims))
    most = room(plain=plain) - len(once)
    pieces = [Piece(_card(claim, base, most, sourced=not once), (claim,)) for claim in section.claims]
    return Part(section.title, pieces, counted=True, above=once)


def _card(claim: Claim, base: FactBase, most: int, *, sourced: bool) -> str:
    """The claim's block; as short as usual where that keeps every part, else as long as a page."""
    words = conflict_words(claim, base, _CONFLICTS)
    block = block_of(claim, sourced=sourced, brief=True, read_at=True)
    for length in (CARD, most):
        if block.fit(length - _HEAD, escape=escape, label=bold, claimant=bold, link=link):
            return card(claim, heading=words, room=length, sourced=sourced, brief=True, read_at=True)
    return too_long(claim)


def _contents(briefing: Briefing, pages: Sequence[Page]) -> list[str]:
    """The sections, each with the page that it begins on; unescaped."""
    begins = [number for number, page in enumerate(pages, start=1) for _ in page.begins][-len(briefing.sections) :]
    lines = [
        say(
            "{title}: {claims}, page {n}", title=visible(part.title), claims=plural(len(part.claims), "claim"), n=page
        )
        for part, page in zip(briefing.sections[:_LISTED], begins, strict=False)
    ]
    more = len(briefing.sections) - _LISTED
    return [*lines, *([say("and {sections}", sections=plural(more, "more section"))] if more > 0 else [])]


def _shortened(lines: Iterable[str], *, plain: bool) -> list[str]:
    return [
        line if len(line) <= room(plain=plain) else say("A line too long to be shown whole here.") for line in lines
    ]


def _shown(text: str) -> str:
    return escape(visible(text))
