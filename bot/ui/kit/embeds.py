"""
Pages of claims within Discord's limits: the only place that knows them.

A page is built from cards, five at most. A card is one claim's block and is never split over two pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import discord

from bot.core.block import block_of
from bot.core.claims import Claim
from bot.core.dates import LANGUAGE
from bot.ui.kit.text import bold, clip, escape, visible

CONTENT = 2000
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
_TEXT_BODY = CONTENT - 260


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
    """

    title: str
    body: str = ""
    footer: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    below: tuple[Page, ...] = ()
    claims: tuple[Claim, ...] = ()

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
        """The page as a plain message, for channels in which Caveat may not send embeds."""
        columns = (f"{bold(heading)}\n{text}" for heading, text in self.columns)
        footer = f"-# {escape(self.footer)}" if self.footer else ""
        below = (part.content() for part in self.below)
        return "\n".join(part for part in (bold(self.title), self.body, *columns, footer, *below) if part)

    @property
    def length(self) -> int:
        """Characters that count towards Discord's limit over all embeds of a message."""
        own = (self.title, self.body, self.footer, *(part for column in self.columns for part in column))
        return sum(map(len, own)) + sum(part.length for part in self.below)


def card(
    claim: Claim,
    disputes: tuple[int, ...] = (),
    *,
    heading: str = "",
    details: tuple[str, ...] = (),
    room: int = CARD,
) -> str:
    """
    One claim's block with its id above, and beside the id what it conflicts with.

    Args:
        disputes: Numbers of the claims in conflict with it.
        heading: Our own words to put beside the id; no figure of the claim.
        details: Further lines inside the block.
        room: Characters at most; the statement is shortened to fit.
    """
    return _card(claim, disputes, heading, details, room, LANGUAGE.get())


@lru_cache(maxsize=4096)
def _card(
    claim: Claim, disputes: tuple[int, ...], heading: str, details: tuple[str, ...], room: int, _language: str
) -> str:
    head = f"### {claim.ref}"
    if heading:
        head += f" · {heading}"
    if disputes:
        head += f" · conflicts with {conflict_words(disputes)}"
    blocks = [block_of(claim, kept) for kept in _shorter(details)]
    fitted = (
        block.fit(most, escape=escape, label=bold) for block in blocks for most in (room - len(head) - 1, _TEXT_BODY)
    )
    return f"{head}\n{next(filter(None, fitted), None) or blocks[-1].text(escape=escape, label=bold)}"


def conflict_words(disputes: tuple[int, ...], most: int = _CONFLICTS) -> str:
    """The ids of claims in conflict, *most* at most: `C7, C20 and 5 more`."""
    more = f" and {len(disputes) - most} more" if len(disputes) > most else ""
    return ", ".join(f"C{number}" for number in disputes[:most]) + more


def _shorter(details: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """*details*, then fewer and fewer of them; a line is left out whole, so that no figure in it is cut."""
    yield details
    for kept in range(len(details) - 1, -1, -1):
        yield (*details[:kept], "… (an export holds the rest)")


def claim_pages(
    title: str,
    claims: Sequence[Claim],
    *,
    disputes: Mapping[int, tuple[int, ...]],
    intro: Iterable[str] = (),
    heading: Callable[[Claim], str] | None = None,
    small_print: str = "",
    preceding: int = 0,
    plain: bool = False,
) -> list[Page]:
    """
    *claims* in their order, at most five a page, each block whole.

    Args:
        title: Markdown-safe.
        intro: Lines above the first page's claims, markdown-safe.
        heading: Words beside a claim's id, without a figure of the claim.
        small_print: Ends every footer.
        preceding: Pages that come before these; they count in "page 2 of 6".
        plain: Fit plain messages instead of embeds.
    """
    room = _TEXT_BODY if plain else DESCRIPTION
    opening = clip("\n".join(intro), _INTRO)
    cards = [
        card(claim, disputes.get(claim.number, ()), heading=heading(claim) if heading else "") for claim in claims
    ]
    bodies = pack(cards, room, opening)
    shown = 0
    pages: list[Page] = []
    total = preceding + len(bodies)
    for number, of_page in enumerate(bodies, start=preceding + 1):
        first, shown = shown + 1, shown + len(of_page)
        counted = f"{_span(first, shown)} of {len(claims)} claims" if len(bodies) > 1 else _count(len(claims))
        place = f"page {number} of {total}" if total > 1 else ""
        footer = " · ".join(part for part in (counted, place, small_print) if part)
        body = "\n".join((*((opening,) if first == 1 and opening else ()), *of_page))
        of_claims = tuple(claims[first - 1 : shown])
        pages.append(Page(clip(title, TITLE), body, clip(footer, FOOTER), claims=of_claims))
    return pages


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _count(claims: int) -> str:
    return "1 claim" if claims == 1 else f"{claims} claims"


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
