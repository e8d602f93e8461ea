"""
Pages of claims within Discord's limits: the only place that knows them.

A page is built from cards, five at most. A card is one claim's block and is never split over two pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import discord

from bot.core.asking.comparison import conflict_words
from bot.core.block import block_of, reported_once
from bot.core.claims import Claim, FactBase
from bot.core.wording import say, spoken
from bot.ui.kit.text import bold, clip, escape, link, visible

CONTENT = 2000
PLAIN = CONTENT - 260
"""For the body of a page without embeds: title and small print need the rest."""
DESCRIPTION = 4096
TITLE = 256
FIELD_NAME = 256
FIELD_VALUE = 1024
FIELDS = 25
FOOTER = 2048
EMBED_TOTAL = 6000
LABEL = 80
CHOICE = 100
CLAIMS_PER_PAGE = 5
CARD = 1000
"""Characters one claim takes at most where its parts allow it, so that it also fits a field."""

_COLOUR = discord.Colour(0x4A6FA5)
_INTRO = 900
_CONFLICTS = 20


def too_long(*claims: Claim) -> str:
    """What stands in the place of blocks that no plain message holds whole: none is ever cut."""
    refs = ", ".join(each.ref for each in claims)
    return say("{refs}: longer than a message may be; !claim shows it where Caveat may use embeds.", refs=refs)


def ref_mark(ref: str) -> str:
    """How a claim's id stands above its block, wherever claims are shown: small, and apart from words."""
    return f"`{ref}`"


@dataclass(frozen=True, slots=True)
class Page:
    """
    One screen, as an embed or as plain text.

    Attributes:
        title: Our own words or escaped ones.
        body: Markdown, at most 4,096 characters.
        footer: Small print, plain text.
        columns: (heading, text) pairs shown side by side where there is room, each within a field's limits.
        below: Further parts of the same screen; together at most ten parts and 6,000 characters.
        claims: The claims that it shows, as receipts name them.
        more: Words of the button that leads on from it, where they are not "Next".
        begins: Titles of what begins on the screen, unescaped; a select under several pages leads to them.
    """

    title: str
    body: str = ""
    footer: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    below: tuple[Page, ...] = ()
    claims: tuple[Claim, ...] = ()
    more: str = ""
    begins: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[Claim, ...]:
        """Every claim on the screen."""
        return (*self.claims, *(claim for part in self.below for claim in part.shown))

    def embeds(self) -> list[discord.Embed]:
        """The page as embeds of one message."""
        embed = discord.Embed(title=self.title, description=self.body or None, colour=_COLOUR)
        for heading, text in self.columns:
            embed.add_field(name=heading, value=text, inline=True)
        if self.footer:
            embed.set_footer(text=visible(self.footer))
        return [embed, *(further for part in self.below for further in part.embeds())]

    def content(self) -> str:
        """The page as a plain message, where Caveat may not send embeds; what is too long is named."""
        columns = (f"{bold(heading)}\n{text}" for heading, text in self.columns)
        footer = f"-# {escape(self.footer)}" if self.footer else ""
        below = (part.content() for part in self.below)
        text = "\n".join(part for part in (bold(self.title), self.body, *columns, footer, *below) if part)
        return text if len(text) <= CONTENT else f"{bold(self.title)}\n{too_long(*self.shown)}"

    def message(self, *, plain: bool) -> dict[str, Any]:
        """The page as the content and embeds of a message, new or edited."""
        return {"content": self.content(), "embeds": []} if plain else {"content": None, "embeds": self.embeds()}

    @property
    def length(self) -> int:
        """Characters that count towards Discord's limit over all embeds of a message."""
        own = (self.title, self.body, self.footer, *(part for column in self.columns for part in column))
        return sum(map(len, own)) + sum(part.length for part in self.below)


def card(
    claim: Claim,
    base: FactBase | None = None,
    *,
    heading: str = "",
    details: tuple[str, ...] = (),
    room: int = CARD,
    sourced: bool = True,
    brief: bool = False,
    read_at: bool = False,
) -> str:
    """
    One claim's block with its id above, small, and beside the id what it conflicts with.

    Args:
        base: Where it stands, so that what it conflicts with can be named; None names nothing.
        heading: Our own words to put beside the id; no figure of the claim.
        details: Further lines inside the block.
        room: Characters at most; the statement is shortened to fit.
        sourced, brief, read_at: As in `block_of`.
    """
    beside = (heading, conflict_words(claim, base, _CONFLICTS) if base else "")
    head = " · ".join((ref_mark(claim.ref), *filter(None, beside)))
    return _card(head, claim, details, sourced, brief, read_at, room, spoken())


@lru_cache(maxsize=4096)
def _card(
    head: str,
    claim: Claim,
    details: tuple[str, ...],
    sourced: bool,
    brief: bool,
    read_at: bool,
    room: int,
    _language: str,
) -> str:
    block = block_of(claim, details, sourced=sourced, brief=brief, read_at=read_at)
    blocks = [replace(block, details=kept) for kept in _shorter(block.details)]
    fitted = (
        each.fit(most, escape=escape, label=bold, claimant=bold, link=link)
        for each in blocks
        for most in (room - len(head) - 1, PLAIN)
    )
    text = next(filter(None, fitted), None) or blocks[-1].text(escape=escape, label=bold, claimant=bold, link=link)
    return f"{head}\n{text}"


def _shorter(details: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """*details*, then fewer and fewer of them; a line is left out whole, so that no figure in it is cut."""
    yield details
    for kept in range(len(details) - 1, -1, -1):
        yield (*details[:kept], say("… (an export holds the rest)"))


def claim_pages(
    title: str,
    claims: Sequence[Claim],
    *,
    base: FactBase,
    intro: Iterable[str] = (),
    heading: Callable[[Claim], str] | None = None,
    details: Callable[[Claim], tuple[str, ...]] | None = None,
    small_print: str = "",
    plain: bool = False,
    direct: int | None = None,
    more: str = "",
) -> list[Page]:
    """
    *claims* in their order, at most five a page, each block whole; a publisher of them all is named once a page,
    or in the block of the one claim that answers.

    Args:
        title: Markdown-safe.
        intro: Lines above the first page's claims, markdown-safe.
        heading: Words beside a claim's id, without a figure of the claim.
        details: Further lines inside a claim's block.
        small_print: Ends every footer.
        plain: Fit plain messages instead of embeds.
        direct: How many of the claims answer; the others begin on a page of their own.
        more: What the button says that leads on to what does not answer; how many claims follow is added.
    """
    opening = clip("\n".join(intro), _INTRO)
    every = escape(reported_once(claims))
    alone = claims[0] if direct == 1 else None
    cards = [
        card(
            claim,
            base,
            heading=heading(claim) if heading else "",
            details=details(claim) if details else (),
            sourced=not every or claim is alone,
            brief=True,
        )
        for claim in claims
    ]
    room = (PLAIN if plain else DESCRIPTION) - len(every) - 1
    bodies = pack(cards[:direct], room, opening) + (pack(cards[direct:], room) if direct else [])
    shown = 0
    pages: list[Page] = []
    for number, of_page in enumerate(bodies, start=1):
        first, shown = shown + 1, shown + len(of_page)
        further = f"{more} ({len(claims) - shown})" if more and shown == direct else ""
        place = say("{span} of {total} claims", span=_span(first, shown), total=len(claims))
        place += "" if number == 1 and further else " · " + say("page {n} of {total}", n=number, total=len(bodies))
        footer = " · ".join(part for part in (place if len(bodies) > 1 else "", small_print) if part)
        once = "" if number == 1 and alone else every
        above = "\n".join(part for part in (opening if number == 1 else "", once) if part)
        body = "\n\n".join(part for part in (above, *of_page) if part)
        of_claims = tuple(claims[first - 1 : shown])
        pages.append(Page(clip(title, TITLE), body, clip(footer, FOOTER), claims=of_claims, more=further))
    return pages


def packed_pages(
    title: str,
    parts: Sequence[str],
    *,
    opening: str = "",
    room: int = PLAIN,
    most: int = CLAIMS_PER_PAGE,
    footer: str = "",
    numbered: bool = False,
) -> list[Page]:
    """
    *parts*, each whole, on as many pages as they take, below each other; without any, one page of the opening.

    Args:
        title: Markdown-safe.
        opening: Stands above the first ones.
        room: Characters of a page; unless told, what a plain message holds.
        most: How many on a page.
        footer: Ends every page.
        numbered: Whether the pages say which of how many they are.
    """
    bodies = pack(parts, room, opening, most)
    total = len(bodies)
    pages: list[Page] = []
    for number, body in enumerate(bodies or [[]], start=1):
        place = say("page {n} of {total}", n=number, total=total) if numbered and total else ""
        text = "\n".join((*((opening,) if opening and number == 1 else ()), *body))
        pages.append(Page(clip(title, TITLE), text, " · ".join(filter(None, (place, footer)))))
    return pages


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def pack(cards: Sequence[str], room: int, opening: str = "", most: int = CLAIMS_PER_PAGE) -> list[list[str]]:
    """Share *cards* out over pages of *room* characters, *most* at most each; *opening* goes above the first."""
    pages: list[list[str]] = []
    left = 0
    for text in cards:
        if not pages or len(pages[-1]) == most or len(text) + 2 > left:
            left = room - (len(opening) + 2 if not pages else 0)
            pages.append([])
        pages[-1].append(text)
        left -= len(text) + 2
    return pages
