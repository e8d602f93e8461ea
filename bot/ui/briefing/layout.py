"""Parts of a briefing shared out over messages: each piece whole, each part under its title, each page full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.core.claims import Claim
from bot.core.plurals import plural
from bot.core.wording import say
from bot.ui.kit.embeds import CONTENT, DESCRIPTION, EMBED_TOTAL, Page
from bot.ui.kit.text import bold, escape, visible

_MARGIN = 300
"""Characters kept free for a message's small print."""
_CALM = 4000
_EMBEDS, _PIECES, _BREAK = 10, 30, 2
_TITLE = 90


@dataclass(frozen=True, slots=True)
class Piece:
    """Markdown that is never split: a claim's block under its id, or a line; and the claims it shows."""

    text: str
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """
    What stands under one title.

    Attributes:
        title: As stored.
        counted: Whether its pieces are the claims that the small print counts.
        above: Markdown that stands above its pieces on every page.
    """

    title: str
    pieces: Sequence[Piece] = ()
    counted: bool = False
    above: str = ""


@dataclass(slots=True)
class _Sheet:
    """A message being filled, as embeds below each other."""

    left: int
    embeds: list[Page] = field(default_factory=list[Page])
    pieces: int = 0
    begun: list[str] = field(default_factory=list[str])
    counted: int = 0


def full(*, plain: bool) -> int:
    """Characters of a message that is to hold as much as it can."""
    return (CONTENT if plain else EMBED_TOTAL) - _MARGIN


def calm(*, plain: bool) -> int:
    """Characters of a page that is read by leafing."""
    return min(_CALM, full(plain=plain))


def room(*, plain: bool) -> int:
    """Characters that a piece may have at most: with its title it fits every page."""
    return calm(plain=plain) - _MARGIN


def laid_out(parts: Sequence[Part], most: int) -> list[Page]:
    """
    *parts* on as few messages as they need, in their order; a title is never parted from what follows it.

    Each page's small print says which of the counted claims it shows, and `begins` which parts begin on it.
    """
    sheets = [_Sheet(most)]
    for part in parts:
        _begin(sheets, part, most)
        for piece in part.pieces[1:]:
            _go_on(sheets, part, piece, most)
    total = sum(len(part.pieces) for part in parts if part.counted)
    pages: list[Page] = []
    before = 0
    for sheet in sheets:
        pages.append(footed(_page(sheet), _span(before, sheet.counted, total)))
        before += sheet.counted
    return pages


def short(text: str) -> str:
    """*text* escaped, in so few characters that titles and lists of names keep their limits."""
    keep = text = visible(text)
    while len(escape(text)) > _TITLE:
        keep = keep[:-1]
        text = f"{keep.rstrip()}…"
    return escape(text)


def footed(page: Page, *small_print: str) -> Page:
    """*page* with words added to the small print at its very end."""
    if page.below:
        return replace(page, below=(*page.below[:-1], footed(page.below[-1], *small_print)))
    return replace(page, footer=" · ".join(filter(None, (page.footer, *small_print))))


def _begin(sheets: list[_Sheet], part: Part, most: int) -> None:
    first = part.pieces[0] if part.pieces else Piece("")
    title = short(part.title)
    sheet = sheets[-1]
    if sheet.embeds and (
        len(title + part.above + first.text) + 2 * _BREAK > sheet.left or len(sheet.embeds) == _EMBEDS
    ):
        sheet = _turn(sheets, most)
    sheet.begun.append(part.title)
    _open(sheet, part, title, first)


def _go_on(sheets: list[_Sheet], part: Part, piece: Piece, most: int) -> None:
    sheet = sheets[-1]
    body = sheet.embeds[-1].body
    full = len(body) + len(piece.text) + _BREAK > DESCRIPTION or sheet.pieces == _PIECES
    if full or len(piece.text) + _BREAK > sheet.left:
        _open(_turn(sheets, most), part, say("{title} (continued)", title=short(part.title)), piece)
        return
    last, gap = sheet.embeds[-1], "\n\n" if piece.claims else "\n"
    sheet.embeds[-1] = replace(last, body=f"{body}{gap}{piece.text}", claims=(*last.claims, *piece.claims))
    _account(sheet, part, piece)


def _open(sheet: _Sheet, part: Part, title: str, piece: Piece) -> None:
    body = "\n\n".join(filter(None, (part.above, piece.text)))
    sheet.embeds.append(Page(title, body, claims=piece.claims))
    sheet.pieces = 0
    sheet.left -= len(bold(title)) + len(body) - len(piece.text)
    if part.pieces:
        _account(sheet, part, piece)


def _account(sheet: _Sheet, part: Part, piece: Piece) -> None:
    sheet.left -= len(piece.text) + _BREAK
    sheet.pieces += 1
    sheet.counted += part.counted


def _turn(sheets: list[_Sheet], most: int) -> _Sheet:
    sheets.append(_Sheet(most))
    return sheets[-1]


def _page(sheet: _Sheet) -> Page:
    first, *below = sheet.embeds
    return replace(first, below=tuple(below), begins=tuple(sheet.begun))


def _span(before: int, here: int, total: int) -> str:
    claims = plural(total, "claim")
    if not here or here == total:
        return claims if here else ""
    first, last = before + 1, before + here
    return say("{span} of {claims}", span=first if first == last else f"{first}–{last}", claims=claims)
