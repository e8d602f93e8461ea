"""A briefing on the screen: what stands where, then the claims by question, when, by whom, and what is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from bot.core.asking.overview import Voice
from bot.core.asking.timeline import dated_words
from bot.core.block import block_of, status_words
from bot.core.briefing.briefings import Briefing, Section
from bot.core.claims import Claim, FactBase
from bot.core.dates import day_words
from bot.ui.kit.embeds import CARD, CONTENT, DESCRIPTION, Page, card, pack
from bot.ui.kit.text import bold, escape, visible

_PLAIN = CONTENT - 260
_NAME = 90
_LINE = 800
_LINES = 40
_REFS = 30
_LISTED = 20
_CONFLICTS = 12
_HEAD = 260
"""Most characters above a block: its id, and that many ids of claims in conflict with it."""


def briefing_pages(briefing: Briefing, base: FactBase, *, plain: bool, opening: Sequence[str] = ()) -> list[Page]:
    """
    The whole briefing, page by page; every claim in its block, no figure outside one.

    Args:
        plain: Fit plain messages instead of embeds.
        opening: Safe markdown for the top of the first page, kept whole part by part; what does not fit goes on
            to further pages before the claims, and a part that fits no page is named as left out.
    """
    room = _PLAIN if plain else DESCRIPTION
    sections = [_section_pages(briefing, section, base, room) for section in briefing.sections]
    top = [_whole(part, room, "A part of this page is too long to be shown whole here.") for part in opening]
    front: list[Page] = []
    for _ in range(2):  # the contents name pages, and how many pages come first shows only when they are laid out
        contents = _contents(briefing, list(map(len, sections)), preceding=max(1, len(front)))
        lines = [*top, *map(_shown, head_lines(briefing)), *contents]
        front = _text_pages(_title(briefing), lines, room)
    pages = [*front, *(page for of_section in sections for page in of_section), *_closing(briefing, room)]
    return [
        replace(page, footer=" · ".join(filter(None, (page.footer, f"page {number} of {len(pages)}"))))
        for number, page in enumerate(pages, start=1)
    ]


def heading(briefing: Briefing) -> str:
    """What the briefing is called, as stored text."""
    return f"Briefing: {briefing.subject or 'the whole fact base'}"


def head_lines(briefing: Briefing) -> list[str]:
    """How many claims have which status, how old the newest source is, and what it was made from; unescaped."""
    if briefing.claims:
        lines = [f"{_counted(count)}: {status_words(status)}" for status, count in briefing.statuses]
    else:
        about = f"No claim in the fact base is about {briefing.subject}." if briefing.subject else ""
        lines = [about or "The fact base holds no claim."]
    if briefing.newest_source:
        age = (briefing.today - briefing.newest_source).days
        old = "published today" if age < 1 else f"{age} {'day' if age == 1 else 'days'} old"
        lines.append(f"Newest source: {day_words(briefing.newest_source)}, {old}.")
    return [*lines, f"Made on {day_words(briefing.today)} from revision {briefing.revision} of the fact base."]


def timeline_lines(briefing: Briefing) -> list[str]:
    """Each date with the claims that speak of it, by id alone."""
    lines: list[str] = []
    for when, claims in groupby(briefing.timeline, dated_words):
        refs = [claim.ref for claim in claims]
        lines += [f"{when}: {', '.join(refs[start : start + _REFS])}" for start in range(0, len(refs), _REFS)]
    return lines


def voices_words(briefing: Briefing) -> str:
    """How many claimants there are, in a sentence."""
    voices = len(briefing.overview.voices)
    by = "1 claimant" if voices == 1 else f"{voices} claimants"
    return f"{_counted(briefing.overview.claims)} by {by}; {briefing.overview.verified} verified by anybody."


def voice_words(voice: Voice) -> str:
    """How one claimant's claims reached us and how many there are, to stand after its name; unescaped."""
    ways: list[str] = []
    for way in voice.through:
        if sum(map(len, ways)) + len(way) > _LINE // 2:
            break
        ways.append(way)
    more = len(voice.through) - len(ways)
    through = "; ".join([*ways, *([f"{more} more ways"] if more else [])])
    return f"{through}: {_counted(voice.claims)}, {voice.verified} verified by anybody"


def unknown_lines(briefing: Briefing) -> tuple[str, ...]:
    """What nobody has given a figure for; unescaped."""
    return briefing.unknown or ("The fact base names nothing here that lacks a figure.",)


def challenge_lines(briefing: Briefing) -> tuple[str, ...]:
    """The open challenges of the claims shown."""
    return briefing.challenges or ("No claim shown has an open challenge.",)


def _contents(briefing: Briefing, sizes: Sequence[int], *, preceding: int) -> list[str]:
    lines: list[str] = [bold("Contents")] if sizes else []
    page = preceding + 1
    for section, size in zip(briefing.sections[:_LISTED], sizes, strict=False):
        lines.append(f"{_short(section.title)}: {_counted(len(section.claims))}, page {page}")
        page += size
    if len(sizes) > _LISTED:
        lines.append(f"and {len(sizes) - _LISTED} more sections")
    return lines


def _section_pages(briefing: Briefing, section: Section, base: FactBase, room: int) -> list[Page]:
    cards = [_card(claim, base.disputes.get(claim.number, ()), room) for claim in section.claims]
    title = _title(briefing, section.title)
    pages: list[Page] = []
    shown = 0
    for of_page in pack(cards, room, ""):
        first, shown = shown + 1, shown + len(of_page)
        span = str(first) if first == shown else f"{first}–{shown}"
        claims = section.claims[first - 1 : shown]
        pages.append(Page(title, "\n".join(of_page), f"{span} of {_counted(len(cards))}", claims=claims))
    return pages


def _card(claim: Claim, disputes: tuple[int, ...], room: int) -> str:
    """The claim's block; as short as usual where that keeps every part, else as long as a page."""
    many = "in conflict with more claims than are listed" if len(disputes) > _CONFLICTS else ""
    block = block_of(claim)
    for most in (CARD, room):
        if block.fit(most - _HEAD, escape=escape, label=bold):
            return card(claim, disputes[:_CONFLICTS], heading=many, room=most)
    return f"The block of {claim.ref} is too long to be shown whole here; the briefing as a file has it."


def _closing(briefing: Briefing, room: int) -> list[Page]:
    pages: list[Page] = []
    if briefing.timeline:
        pages += _text_pages(_title(briefing, "Timeline"), timeline_lines(briefing), room)
    if briefing.overview.voices:
        voices = (
            f"{bold(_shown(voice.claimant))} — {_shown(voice_words(voice))}" for voice in briefing.overview.voices
        )
        pages += _text_pages(_title(briefing, "Sources"), [_shown(voices_words(briefing)), "", *voices], room)
    unknown = [bold("Unknown"), *map(_shown, unknown_lines(briefing))]
    challenges = ["", bold("Open challenges"), *challenge_lines(briefing)]
    return [*pages, *_text_pages(_title(briefing, "Unknown and challenged"), [*unknown, *challenges], room)]


def _text_pages(title: str, parts: Iterable[str], room: int) -> list[Page]:
    """*parts* below each other, each whole, on as many pages as they need."""
    bodies: list[list[str]] = [[]]
    left = room
    for part in parts:
        if bodies[-1] and (len(part) + 1 > left or len(bodies[-1]) == _LINES):
            bodies.append([])
            left = room
        bodies[-1].append(part)
        left -= len(part) + 1
    return [Page(title, "\n".join(body)) for body in bodies]


def _whole(text: str, room: int, instead: str) -> str:
    return text if len(text) <= room else instead


def _title(briefing: Briefing, part: str = "") -> str:
    own = _short(heading(briefing))
    return f"{own} — {_short(part)}" if part else own


def _short(text: str) -> str:
    """*text* escaped, in so few characters that titles and lists of names keep their limits."""
    keep = text = visible(text)
    while len(escape(text)) > _NAME:
        keep = keep[:-1]
        text = f"{keep.rstrip()}…"
    return escape(text)


def _shown(text: str) -> str:
    return escape(visible(text))


def _counted(claims: int) -> str:
    return "1 claim" if claims == 1 else f"{claims} claims"
