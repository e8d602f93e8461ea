"""The pages of an answer: what it is in one sentence, then the claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.core.asking.results import Correction, Found
from bot.core.asking.summary import summary
from bot.core.asking.timeline import dated_words
from bot.core.briefing.subjects import subjects
from bot.core.claims import Claim, Entry, Kind
from bot.core.rules.headlines import figure_in
from bot.core.wording import say
from bot.services.answers import Snapshot
from bot.ui.kit.embeds import Page, claim_pages
from bot.ui.kit.text import bold, escape, mended_word, named_titles, note


def corrected(corrections: Iterable[Correction], matched: Sequence[Entry] = ()) -> list[str]:
    """What was mended, word by word; a word with a digit is never repeated."""
    shown = ((mended_word(each.typed), escape(_shown(each.read_as, matched)), each.read_as) for each in corrections)
    return [
        say("Showing *{name}* for “{typed}”.", name=name, typed=typed)
        for typed, name, read_as in shown
        if typed and not figure_in(read_as)
    ]


def _shown(read_as: str, matched: Sequence[Entry]) -> str:
    """A party or place by the name it is shown with, rather than by the spelling that was nearest to the typo."""
    for entry in matched:
        if entry.kind in (Kind.PARTY, Kind.PLACE) and read_as.casefold() in map(str.casefold, entry.aliases):
            return entry.name
        if entry.kind is Kind.TOPIC and read_as in entry.names:
            return read_as.casefold()
    return read_as


def found_pages(snapshot: Snapshot, found: Found, title: str, *, plain: bool) -> list[Page]:
    """
    What this is, in a sentence; what was corrected; what answers; then, on pages of its own, the rest.

    After all there is on a name, the rest is what conflicts with it.
    """
    answering = found.claims[: found.direct]
    claims = found.with_sides(snapshot.base).claims if found.direct is None else found.claims
    opening = [bold(summary(answering, snapshot.base.disputes))] if len(answering) > 1 else []
    return claim_pages(
        title,
        claims,
        base=snapshot.base,
        intro=[*opening, *map(note, found.notes), *corrected(found.corrections, found.matched)],
        details=lambda claim: _asked_for(claim, found.asks),
        plain=plain,
        direct=len(answering) if len(claims) > len(answering) else None,
        more=say("More on {subject}", subject=title_of(found)) if found.direct else say("In conflict with this"),
    )


def _asked_for(claim: Claim, asks: frozenset[str]) -> tuple[str, ...]:
    """When and where, for a question that asks for it; that no source says so, where none does."""
    lines: list[str] = []
    if "when" in asks:
        lines.append(say("When: {date}", date=dated_words(claim)))
    if "where" in asks:
        places = ", ".join(place.name for place in claim.places) or say("no place given")
        lines.append(say("Where: {places}", places=places))
    return tuple(lines)


def title_of(found: Found) -> str:
    """What the claims found are about, by names of entries, markdown-safe: a page's title."""
    return named_titles(entry.name for entry in subjects(found))
