"""Pages with one purpose each: a claim in full, a comparison, a quotation to paste, the list of topics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from bot.core.asking.comparison import Panel
from bot.core.asking.summary import summary
from bot.core.block import block_of, reported_once
from bot.core.claims import Claim, Entry, FactBase
from bot.core.dates import day_words
from bot.core.figures import Figure
from bot.core.wording import later, say
from bot.ui.kit.embeds import (
    CONTENT,
    DESCRIPTION,
    FIELD_NAME,
    FIELD_VALUE,
    FIELDS,
    PLAIN,
    TITLE,
    Page,
    card,
    claim_pages,
    packed_pages,
    too_long,
)
from bot.ui.kit.text import bold, clip, escape, named_titles, visible

APART = later("Unlike figures stand apart and do not compare.")
_PARTS = 10
_ROOM = 5500


def claim_page(claim: Claim, base: FactBase, reviewed_on: date | None = None, *, plain: bool = False) -> Page:
    """
    One claim in full: what else is known of it stands inside its block.

    Args:
        reviewed_on: When a moderator last looked it over; that is about freshness, so it stands apart from whether
            anybody verified it.
    """
    grade, by_whom = claim.grade, later("{grade} by a moderator, who writes: “{reason}”")
    graded = [say(by_whom, grade=grade.code, reason=grade.rationale)] if grade else []
    details = (
        *_line(say("Figures"), (_figure_words(figure, base) for figure in claim.figures)),
        *_line(say("Event"), [claim.event_date.words] if claim.event_date else []),
        *_line(say("Said"), [claim.claim_date.words] if claim.claim_date else []),
        *_line(say("Places"), (place.name for place in claim.places)),
        *_line(say("About"), (party.name for party in claim.subjects)),
        *_line(say("Relations"), (f"{say(relation.link)} C{relation.number}" for relation in claim.relations)),
        *_line(say("Editor's note"), [claim.editor_note] if claim.editor_note else []),
        *_line(say("Graded"), graded),
    )
    reviewed = [say("reviewed {day}", day=day_words(reviewed_on))] if reviewed_on else []
    footer = " · ".join([say("revision {n}", n=claim.version), *reviewed])
    title = named_titles(topic.name for topic in claim.topics)
    shown = card(claim, base, details=details, room=PLAIN if plain else DESCRIPTION, read_at=True)
    return Page(title, shown, footer, claims=(claim,))


def _figure_words(figure: Figure, base: FactBase) -> str:
    metric = base.metrics[figure.metric].name if figure.metric in base.metrics else figure.metric
    return f"{metric}: {figure.counted}"


def _line(label: str, values: Iterable[str]) -> list[str]:
    words = "; ".join(values)
    return [f"{label}: {words}"] if words else []


def quote_text(claim: Claim) -> str:
    """A claim as a code block: nothing in it is markup or calls anybody, so it can be pasted whole, attributed."""
    source = f"({claim.ref}, {say('revision {n}', n=claim.version)})"
    text = block_of(claim).fit(CONTENT - len(f"```\n\n{source}\n```"), escape=_as_pasted)
    return too_long(claim) if text is None else f"```\n{text}\n{source}\n```"


def _as_pasted(text: str) -> str:
    return visible(text).replace("`", "'").replace("@", "@\u200b")


def comparison_pages(title: str, panels: Sequence[Panel], base: FactBase, *, plain: bool) -> list[Page]:
    """One part per metric, its claims side by side by claimant; as many parts on a page as it holds whole."""
    claims = list(dict.fromkeys(claim for panel in panels for claim in panel.claims))
    opening = bold(summary(claims, base.disputes)) if len(claims) > 1 else ""
    apart = say(APART) if len(panels) > 1 else ""
    counted: dict[tuple[Claim, ...], list[str]] = {}
    for panel in panels:
        counted.setdefault(panel.claims, []).append(panel.name)
    broad = not plain and all(_fits(_cards(group, base)) for group in counted)
    once = escape(reported_once(claims)) if broad else ""
    screens: list[list[Page]] = []
    for group, names in counted.items():
        metric = named_titles(names)
        cards = _cards(group, base, sourced=not once)
        if plain:
            heading, first = f"{title} — {metric}", [] if screens else [opening]
            screens += [
                [page] for page in claim_pages(heading, group, base=base, intro=first, small_print=apart, plain=True)
            ]
            continue
        for part in [_columns(metric, group, cards)] if _fits(cards) else claim_pages(metric, group, base=base):
            last = screens[-1] if screens else []
            if not last or len(last) == _PARTS or sum(each.length for each in last) + part.length > _ROOM:
                head = (opening, apart, once) if not screens else (apart, once)
                screens.append([Page(title, "\n".join(filter(None, head)))])
            screens[-1].append(part)
    return [replace(first, below=tuple(below)) for first, *below in screens]


def _cards(claims: Sequence[Claim], base: FactBase, *, sourced: bool = True) -> list[str]:
    return [card(claim, base, sourced=sourced, brief=True) for claim in claims]


def _fits(cards: Sequence[str]) -> bool:
    """Whether *cards* can stand side by side, as fields."""
    return len(cards) <= FIELDS and sum(map(len, cards)) <= _ROOM - TITLE and max(map(len, cards)) <= FIELD_VALUE


def _columns(heading: str, claims: tuple[Claim, ...], cards: Sequence[str]) -> Page:
    if len(cards) == 1:
        return Page(heading, cards[0], claims=claims)
    columns = tuple((clip(head, FIELD_NAME), block) for head, _, block in (each.partition("\n") for each in cards))
    return Page(heading, columns=columns, claims=claims)


def topic_pages(base: FactBase, prefix: str) -> list[Page]:
    """Topics, places and parties by name, with how many live claims each reaches; no figure of any claim."""
    sections = ((say("Topics"), base.topics), (say("Places"), base.places), (say("Parties"), base.parties))
    reached = _reached(base)
    pages: list[Page] = []
    for title, entries in sections:
        lines = [_entry_line(entry, reached.get((entry.kind, entry.key), 0)) for entry in entries.values()]
        lines = [line for line in lines if line]
        hint = say("Type {prefix}name for any of these, also misspelled", prefix=prefix)
        pages += packed_pages(title, lines, most=20, footer=hint) if lines else []
    return pages or [Page(say("Topics"), say("The fact base is empty."))]


def _entry_line(entry: Entry, claims: int) -> str:
    if not claims:
        return ""
    about = f" — {escape(clip(entry.about, 120))}" if entry.about else ""
    return f"{bold(escape(entry.name))} ({claims}){about}"


def _reached(base: FactBase) -> dict[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = {}
    for claim in base.live:
        parties = (claim.attribution.claimant, *claim.subjects, *(hop.party for hop in claim.attribution.relayed_by))
        for entry in {*claim.topics, *claim.places, *parties}:
            counts[entry.kind, entry.key] = counts.get((entry.kind, entry.key), 0) + 1
    return counts
