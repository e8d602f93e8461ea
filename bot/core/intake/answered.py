"""A model's answer read into proposals: it quotes the text, and every quotation is looked up there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from bot.core.claims import FactBase, Relay
from bot.core.intake.days import dates
from bot.core.intake.naming import about, bare, entry_named
from bot.core.intake.passages import passages
from bot.core.intake.proposals import (
    Article,
    Named,
    Proposal,
    ProposedCaveat,
    ProposedFigure,
    ProposedHop,
    Span,
)
from bot.core.intake.quantities import quantities
from bot.core.intake.words import plain

NOWHERE = Span(0, 0)
"""Of words that the text does not have; the verifier passes no proposal with it."""

INSTRUCTIONS = """\
You read a news article into claims, one for each factually oriented assertion, the article's own included. \
Copy words from the article exactly, never mend or translate them. Answer with one JSON object: {"claims": [{
"sentence": the whole sentence, copied;
"content": the part of it that is asserted, copied;
"statement": the same in one neutral sentence, with the article's figures and qualifiers in its words;
"claimant": who asserts it, as the sentence names them, copied; null if the article itself does;
"means": who that is in full, in words of the article ("the ministry": "Odara's health ministry");
"relayed_by": [{"name": copied, "how": "to" if the claimant told them, "via" if they pass it on}];
"quotations": [words in quotation marks in the content, copied without the marks];
"figures": [{"quantifier": copied with its qualifier ("more than 4,000"), "unit": "people", "of": "", "subject": ""}];
"caveats": [{"text": what says that it could not be checked, copied; "stated_by": who says so, or ""}]
}]}"""


def proposals(answer: Mapping[str, Any], article: Article, base: FactBase) -> tuple[Proposal, ...]:
    """
    The claims of *answer*, in the text's order; fields that are missing or of another kind count as empty.

    A claim whose sentence the text does not have is left out: there is nothing to look at. Other words that the text
    does not have are placed `NOWHERE`.
    """
    claims = answer.get("claims")
    read = [_proposal(each, article, base) for each in _mappings(claims)]
    return tuple(sorted((each for each in read if each is not None), key=lambda each: (each.sentence, each.content)))


def _mappings(values: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(values, list):
        yield from (
            cast("Mapping[str, Any]", each) for each in cast("list[object]", values) if isinstance(each, dict)
        )


def _words(claim: Mapping[str, Any], name: str) -> str:
    value = claim.get(name)
    return value.strip() if isinstance(value, str) else ""


def _proposal(claim: Mapping[str, Any], article: Article, base: FactBase) -> Proposal | None:
    text, whole = article.text, Span(0, len(article.text))
    sentence = _found(_words(claim, "sentence"), text, whole)
    if sentence == NOWHERE:
        return None
    near = next(
        (each.sentence for each in passages(text) if each.sentence.start <= sentence.start < each.sentence.end),
        sentence,
    )
    claimant = _named(_words(claim, "claimant"), _words(claim, "means"), near, article, base)
    topics, places, subjects = about(base, near.of(text), claimant)
    quoted = claim.get("quotations")
    return Proposal(
        near,
        _found(_words(claim, "content"), text, near),
        _words(claim, "statement"),
        claimant,
        tuple(_hop(each, near, article, base) for each in _mappings(claim.get("relayed_by"))),
        tuple(
            _found(str(each), text, near) for each in cast("list[object]", quoted if isinstance(quoted, list) else [])
        ),
        tuple(_figure(each, near, text) for each in _mappings(claim.get("figures"))),
        tuple(dates(text, near, article.published_on)),
        tuple(
            ProposedCaveat(_after(_words(each, "text"), near, text), _words(each, "stated_by"))
            for each in _mappings(claim.get("caveats"))
        ),
        topics,
        places,
        subjects,
    )


def _found(words: str, text: str, within: Span) -> Span:
    """Where *words* stand in *within*, kinds of quotation marks, apostrophes and spaces aside."""
    at = _even(text).find(_even(words), within.start, within.end) if words else -1
    return Span(at, at + len(words)) if at >= 0 else NOWHERE


def _after(words: str, sentence: Span, text: str) -> Span:
    """Where a caveat stands: in the sentence or after it, else anywhere."""
    found = _found(words, text, Span(sentence.start, len(text)))
    return found if found != NOWHERE else _found(words, text, Span(0, len(text)))


def _even(text: str) -> str:
    return plain(text).translate({ord(mark): '"' for mark in "“”„«»"})


def _named(words: str, means: str, sentence: Span, article: Article, base: FactBase) -> Named | None:
    if not words:
        return None
    span = _found(words, article.text, sentence)
    if span == NOWHERE:
        before = _even(article.text).rfind(_even(words), 0, sentence.start)
        span = Span(before, before + len(words)) if before >= 0 else NOWHERE
    full = bare(means or words)
    entry = entry_named(list(base.parties.values()), words, full)
    return Named(span, entry.name if entry else full, entry.key if entry else None)


def _hop(hop: Mapping[str, Any], sentence: Span, article: Article, base: FactBase) -> ProposedHop:
    party = _named(_words(hop, "name"), "", sentence, article, base)
    return ProposedHop(party or Named(NOWHERE, ""), Relay.TO if _words(hop, "how") == "to" else Relay.VIA)


def _figure(figure: Mapping[str, Any], sentence: Span, text: str) -> ProposedFigure:
    """The figure with the bounds that its words give where they stand, whatever else the answer says."""
    quantifier = _words(figure, "quantifier")
    span = _found(quantifier, text, sentence)
    said = next((each for each in quantities(text, sentence) if each.span == span), None)
    low, high = (said.low, said.high) if said else (None, None)
    unit = "share" if said and said.share else _words(figure, "unit") or "people"
    return ProposedFigure(span, quantifier, low, high, unit, _words(figure, "of"), _words(figure, "subject"))
