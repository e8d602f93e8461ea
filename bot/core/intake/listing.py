"""What an intake found, for programs and for people: the format of the benchmark, and a listing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.core.intake.proposals import Intake, Named, Proposal, ProposedFigure, Span


def as_data(intake: Intake, name: str) -> dict[str, Any]:
    """
    The proposals as plain data, spans as `[start, end]` in code points of the text.

    Args:
        name: What the article is called, usually its file's name.
    """
    article = intake.article
    return {
        "article": name,
        "published": article.published_on.isoformat(),
        "outlet": article.publisher,
        "claims": [
            {"id": f"C{number}", **_claim(proposal, article.text)}
            for number, proposal in enumerate(intake.proposals, start=1)
        ],
        "suspects": [{"sentence": _pair(each.sentence), "faults": list(each.faults)} for each in intake.suspects],
        "uncovered": [_pair(span) for span in intake.uncovered],
        "entries": [
            {"kind": str(each.kind), "name": each.name, "aliases": list(each.aliases)} for each in intake.entries
        ],
        "notes": list(intake.notes),
    }


def _claim(proposal: Proposal, text: str) -> dict[str, Any]:
    return {
        "sentence": _pair(proposal.sentence),
        "content": _pair(proposal.content),
        "claimant": _named(proposal.claimant, text) if proposal.claimant else None,
        "relayed_by": [{**_placed(hop.party.span, text), "how": str(hop.how)} for hop in proposal.relayed_by],
        "quotations": [_pair(span) for span in proposal.quotations],
        "figures": [_figure(figure) for figure in proposal.figures],
        "dates": [{"date": each.when.edtf, "said": each.said, "note": each.note} for each in proposal.dates],
        "caveats": [
            {"a": each.span.start, "b": each.span.end, "stated_by": each.stated_by or None}
            for each in proposal.caveats
        ],
        "statement": proposal.statement,
        "topics": list(proposal.topics),
        "places": list(proposal.places),
        "subjects": list(proposal.subjects),
    }


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _placed(span: Span, text: str) -> dict[str, Any]:
    return {"text": span.of(text), "a": span.start, "b": span.end}


def _named(named: Named, text: str) -> dict[str, Any]:
    return {**_placed(named.span, text), "means": named.name}


def _figure(figure: ProposedFigure) -> dict[str, Any]:
    return {
        "a": figure.span.start,
        "b": figure.span.end,
        "quantifier": figure.quantifier,
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "of": figure.of or None,
        "subject": figure.subject,
        "metric": figure.metric,
    }


def lines(intake: Intake) -> Iterator[str]:
    """The proposals for people, each under the sentence that it was read from."""
    text, shown = intake.article.text, None
    for note in intake.notes:
        yield f"! {note}"
    for number, proposal in enumerate(intake.proposals, start=1):
        if proposal.sentence != shown:
            yield f"\n“{proposal.sentence.of(text)}”"
            shown = proposal.sentence
        yield f"  {number}. {proposal.statement}"
        yield f"     claimant: {_who(proposal, intake.article.publisher)}"
        yield from (f"     quotation: “{span.of(text)}”" for span in proposal.quotations)
        yield from (f"     figure: {_counted(figure)}" for figure in proposal.figures)
        yield from (f"     date: {each.when.edtf}{f' ({each.note})' if each.note else ''}" for each in proposal.dates)
        yield from (
            f"     caveat: {each.span.of(text)}{f' ({each.stated_by})' if each.stated_by else ''}"
            for each in proposal.caveats
        )
    yield from (f"\n? “{each.sentence.of(text)}”\n  {' '.join(each.faults)}" for each in intake.suspects)
    if intake.uncovered:
        yield f"\nIn no claim: {'; '.join(f'“{span.of(text)}”' for span in intake.uncovered)}"
    if intake.entries:
        yield f"\nNew names: {'; '.join(f'{each.name} ({each.kind})' for each in intake.entries)}"


def _who(proposal: Proposal, publisher: str) -> str:
    if proposal.claimant is None:
        return f"{publisher} itself"
    hops = "".join(f", {hop.how} {hop.party.name}" for hop in proposal.relayed_by)
    return f"{proposal.claimant.name}{hops}"


def _counted(figure: ProposedFigure) -> str:
    bounds = "no bounds" if figure.low is figure.high is None else f"{figure.low or ''}..{figure.high or ''}"
    return f"{figure.quantifier} [{bounds}] {figure.unit}{f' of {figure.of}' if figure.of else ''}"
