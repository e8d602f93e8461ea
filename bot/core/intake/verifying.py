"""The one verifier: whatever proposes, a proposal is a draft only if the text itself bears every part of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from bot.core.asking.reading.tokens import tokens
from bot.core.intake.days import dates
from bot.core.intake.limits import may_limit
from bot.core.intake.passages import passages
from bot.core.intake.proposals import Article, Named, Proposal, ProposedCaveat, ProposedFigure, Span
from bot.core.intake.quantities import Quantity, quantities
from bot.core.intake.words import pattern, plain, words
from bot.core.wording import say

_NEGATIONS, _DENIALS = words("negation", "words"), words("negation", "denials")
_WHOLE_TEXT = pattern("caveats", "whole_text")
_ATTRIBUTED = pattern("reporting", "attributed")
_LIGHT = words("speakers", "light")
_TOLD = re.compile(r"\b(?:told|tells|telling|informed)\s+(?:the\s+)?\Z")
_PRONOUN = re.compile(r"(?:its?|they|their|he|his|she|her)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\s?\[[^\]]*\]")
_REACH = 3
"""How many paragraphs after a claim a caveat may still stand, unless it speaks of the whole text."""


def faults(proposal: Proposal, article: Article) -> tuple[str, ...]:
    """
    What of *proposal* the text does not bear, one sentence each; empty for a proposal that may be shown as a draft.

    A span outside the text ends the search: nothing else can be looked up then.
    """
    text = article.text
    spans = tuple(_spans(proposal))
    if not all(0 <= span.start < span.end <= len(text) for span in spans):
        return (say("A part of it lies outside the text."),)
    return tuple(
        fault
        for look in (_placed, _claimant, _relays, _quotations, _figures, _worded, _negated, _limited, _dated)
        for fault in look(proposal, article)
    )


def _spans(proposal: Proposal) -> Iterator[Span]:
    yield from (proposal.sentence, proposal.content, *proposal.quotations)
    if proposal.claimant:
        yield proposal.claimant.span
    yield from (hop.party.span for hop in proposal.relayed_by)
    for parts in (proposal.figures, proposal.dates, proposal.caveats):
        yield from (part.span for part in parts)


def _placed(proposal: Proposal, article: Article) -> Iterator[str]:
    if not proposal.content.within(proposal.sentence):
        yield say("What is asserted does not stand in its sentence.")
    if not any(proposal.sentence.within(span) for span in _sentences(article.text)):
        yield say("Its sentence is not one sentence of the text.")


def _claimant(proposal: Proposal, article: Article) -> Iterator[str]:
    text, who = article.text, proposal.claimant
    if who is None:
        if proposal.content != proposal.sentence and _attributed_beside(proposal, text):
            yield say("Its sentence names a speaker, whom it leaves out.")
        return
    yield from _named(who, text, "claimant")
    if who.span.within(proposal.sentence):
        before = plain(text[proposal.sentence.start : who.span.start])
        if who.span.within(proposal.content) and _holds(proposal.statement, who.span.of(text)):
            yield say("“{text}” stands in what is asserted, not as who asserts it.", text=who.span.of(text))
        elif (
            who.span.start >= proposal.content.end
            and proposal.statement.startswith(who.name)
            and not _holds(proposal.content.of(text), who.name)
            and not _PRONOUN.match(proposal.content.of(text))
        ):
            yield say("The statement makes “{name}”, who says it, the one who did it.", name=who.name)
        elif _TOLD.search(before):
            yield say("“{text}” was told it, and does not tell it.", text=who.span.of(text))
    elif who.span.start > proposal.sentence.end or _paragraphs_between(text, who.span, proposal.sentence) > 1:
        yield say("“{text}” is not named where this is said.", text=who.span.of(text))
    elif _ATTRIBUTED.search(_around(proposal, text)) or not any(
        proposal.content.overlaps(each) for each in _marked(text)
    ):
        yield say("Its sentence does not have it from “{name}”.", name=who.name)


def _around(proposal: Proposal, text: str) -> str:
    """The sentence without what is asserted and without what stands in quotation marks."""
    sentence, content = proposal.sentence, proposal.content
    around = f"{text[sentence.start : content.start]} … {text[content.end : sentence.end]}"
    return plain(re.sub(r"[\"“«][^\"”»]*[\"”»]", " ", around))


def _attributed_beside(proposal: Proposal, text: str) -> bool:
    """Whether a speaker is named beside what is asserted; not one of whom it is told, and who goes on to say more."""
    before = plain(text[proposal.sentence.start : proposal.content.start])
    after = plain(text[proposal.content.end : proposal.sentence.end])
    goes_on = re.match(r"\W*(?:and|but)\s(?:also\s|later\s|then\s)?\w+", after)
    joined = goes_on is not None and _ATTRIBUTED.search(goes_on[0]) is not None
    return bool(_ATTRIBUTED.search(before if joined else _around(proposal, text)))


def _named(who: Named, text: str, what: str) -> Iterator[str]:
    met = {token.word for token in tokens(text)}
    if who.key is None and not {token.word for token in tokens(who.name)} <= met | _LIGHT:
        yield say("The text does not name “{name}” ({role}).", role=say(what), name=who.name)
    if not re.search(r"\w", who.span.of(text)) or not who.span.whole_words(text):
        yield say("The name “{name}” ({role}) is cut.", role=say(what), name=who.name)


def _relays(proposal: Proposal, article: Article) -> Iterator[str]:
    for hop in proposal.relayed_by:
        yield from _named(hop.party, article.text, "hop")
        if proposal.claimant is None:
            yield say("It came by {name}, yet nobody is named who said it.", name=hop.party.name)
        elif _paragraphs_between(article.text, hop.party.span, proposal.sentence) > 1:
            yield say("“{name}” is not named where this is said.", name=hop.party.name)


def _quotations(proposal: Proposal, article: Article) -> Iterator[str]:
    quoted = _marked(article.text)
    for span in proposal.quotations:
        if not any(span.within(each) for each in quoted):
            yield say("“{text}” does not stand in quotation marks.", text=span.of(article.text))
        elif not any(
            span.overlaps(each) for each in (proposal.sentence, *(caveat.span for caveat in proposal.caveats))
        ):
            yield say("“{text}” stands in another sentence.", text=span.of(article.text))


def _figures(proposal: Proposal, article: Article) -> Iterator[str]:
    said = {each.span: each for each in quantities(article.text, proposal.sentence)}
    shown = plain(" ".join((proposal.statement, *(span.of(article.text) for span in proposal.quotations))))
    for figure in proposal.figures:
        yield from _figure(figure, said, article.text)
        if plain(figure.quantifier) not in shown:
            yield say("The figure “{quantifier}” is lost in the statement.", quantifier=figure.quantifier)


def _figure(figure: ProposedFigure, said: dict[Span, Quantity], text: str) -> Iterator[str]:
    if plain(figure.quantifier) != plain(figure.span.of(text)):
        yield say(
            "“{quantifier}” does not stand there; the text says “{text}”.",
            quantifier=figure.quantifier,
            text=figure.span.of(text),
        )
        return
    meant = said.get(figure.span)
    if meant is None:
        whole = next((each for each in said if each.overlaps(figure.span)), None)
        told = (
            say("the text says “{text}”", text=whole.of(text)) if whole else say("its sentence gives no such figure")
        )
        yield say("“{quantifier}” is not the whole figure: {told}.", quantifier=figure.quantifier, told=told)
    elif not (_near(figure.low, meant.low) and _near(figure.high, meant.high)):
        yield say("The bounds do not follow from “{quantifier}”.", quantifier=figure.quantifier)
    if figure.of and plain(figure.of) not in plain(text):
        yield say("“{text}” does not stand in the text.", text=figure.of)


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 0.005 * max(abs(other), 1) if abs(other) < 1 else one == other


def _worded(proposal: Proposal, article: Article) -> Iterator[str]:
    """The statement's own figures and names, which whoever reads it takes for the text's."""
    text, statement = article.text, _without_brackets(proposal.statement)
    for added in _BRACKETS.findall(proposal.statement):
        if not _borne(added, text):
            yield say("The statement says “{text}”, which its sentence does not.", text=added)
    said = [_folded(each.span.of(text)) for each in quantities(text, proposal.sentence)]
    for each in quantities(statement, Span(0, len(statement))):
        words_ = _folded(each.span.of(statement))
        bare = _holds(proposal.sentence.of(text), words_) and not any(words_ in each for each in said)
        if words_ not in said and not bare and not (proposal.claimant and words_ in _folded(proposal.claimant.name)):
            yield say("The statement says “{text}”, which its sentence does not.", text=each.span.of(statement))
    for name in re.findall(r"(?<=[\w,] )[A-Z][\w’'-]+", statement):
        if not all(_holds(text, token.word) for token in tokens(name)):
            yield say("The statement names “{name}”, whom the text does not.", name=name)
    if not statement.strip():
        yield say("It has no statement.")


def _without_brackets(statement: str) -> str:
    return _BRACKETS.sub("", statement)


def _borne(added: str, text: str) -> bool:
    """Whether brackets hold words of the text as they stand there, or at least no number and no "not"."""
    words_ = added.strip(" …[]")
    return _holds(text, words_) or not (_negations(words_) or quantities(words_, Span(0, len(words_))))


def _holds(text: str, words_: str) -> bool:
    """Whether *words_* stand in *text* as words of their own."""
    return f" {_folded(words_)} " in f" {_folded(text)} "


@lru_cache(maxsize=4096)
def _folded(words_: str) -> str:
    return " ".join(token.word for token in tokens(words_))


def _negated(proposal: Proposal, article: Article) -> Iterator[str]:
    text = article.text
    stated_ = _without_brackets(proposal.statement)
    stated_ = stated_.replace(proposal.claimant.name, " ") if proposal.claimant else stated_
    asserted, stated = _negations(_without_brackets(proposal.content.of(text))), _negations(stated_)
    denied = _DENIALS & set(re.findall(r"\w+", _around(proposal, text)))
    if asserted - stated:
        yield say("The statement drops “{text}”.", text=next(iter(asserted - stated)))
    elif stated - asserted - _negations(proposal.sentence.of(text)) or (
        sum(stated.values()) > sum(asserted.values()) and not denied
    ):
        yield say("The statement denies what the text does not.")
    if denied and not stated and _denies_before(proposal, text):
        yield say("It was “{text}”, which the statement does not say.", text=next(iter(denied)))


def _denies_before(proposal: Proposal, text: str) -> bool:
    before = plain(text[proposal.sentence.start : proposal.content.start])
    if re.search(r"\b(?:and|but)\s+\Z", before) and not re.match(r"\w+ing\b", text[proposal.content.start :]):
        return False
    joined = re.split(r"\b(?:and|but)\b", before)
    if len(joined) > 1 and _ATTRIBUTED.search(joined[-1]) and not _DENIALS & set(joined[-1].split()):
        return False  # "denied this and said": what follows is not what was denied
    last = re.findall(r"\w+", before)[-4:]
    return bool(_DENIALS & set(last))


def _negations(words_: str) -> Counter[str]:
    return Counter(
        "not" if word in {"n't", "cannot"} else word
        for word in re.findall(r"n't\b|\w+", re.sub(r"(?<=\w)n't\b", " n't", plain(words_)))
        if word in _NEGATIONS
    )


def _limited(proposal: Proposal, article: Article) -> Iterator[str]:
    for caveat in proposal.caveats:
        yield from _caveat(caveat, proposal, article)


def _caveat(caveat: ProposedCaveat, proposal: Proposal, article: Article) -> Iterator[str]:
    text, said = article.text, caveat.span.of(article.text)
    if not may_limit(said):
        yield say("“{text}” limits nothing.", text=said)
    if not caveat.span.whole_words(text) or not _clause(caveat.span, text):
        yield say("The caveat “{text}” is cut.", text=said)
    elif not any(caveat.span.within(sentence) for sentence in _sentences(text)):
        yield say("The caveat “{text}” is more than one sentence.", text=said)
    apart = _paragraphs_between(text, proposal.sentence, caveat.span)
    if not _WHOLE_TEXT.search(plain(said)) and (caveat.span.end <= proposal.sentence.start or apart > _REACH):
        yield say("The caveat “{text}” does not stand near what it is put to.", text=said)
    if caveat.stated_by and plain(caveat.stated_by) != plain(article.publisher):
        near = next((span for span in _sentences(text) if span.overlaps(caveat.span)), caveat.span)
        himself = proposal.claimant is not None and proposal.claimant.name == caveat.stated_by
        if plain(caveat.stated_by) not in plain(near.of(text)) and not himself:
            yield say("“{name}” does not state the caveat.", name=caveat.stated_by)


def _clause(span: Span, text: str) -> bool:
    """Whether *span* is a sentence of the text, or begins and ends where a clause may."""
    before, after = text[: span.start].rstrip(), text[span.end :].lstrip()
    begins = not before or before[-1] in ".!?,;:—–-\"”'’\n)" or re.search(r"\b(?:and|but|though|although)\Z", before)
    opens = text[span.start : span.start + 8].startswith(("which", "without"))
    ends = (
        not after or after[0] in '.!?,;:—–-"”\n' or text[span.end - 1] in '.!?"”' or re.match(r"(?:and|but)\b", after)
    )
    return bool((begins or opens) and ends)


def _dated(proposal: Proposal, article: Article) -> Iterator[str]:
    given = {each.span: each.when for each in dates(article.text, proposal.sentence, article.published_on)}
    for each in proposal.dates:
        if given.get(each.span) != each.when:
            yield say("“{text}” does not give the date {date}.", text=each.span.of(article.text), date=each.when.edtf)


def _marked(text: str) -> list[Span]:
    """What stands in quotation marks."""
    return [span for each in passages(text) for span in each.quoted]


def _sentences(text: str) -> list[Span]:
    return [each.sentence for each in passages(text)]


def _paragraphs_between(text: str, one: Span, other: Span) -> int:
    low, high = sorted((one.start, other.start))
    return len(re.findall(r"\n\s*", text[low:high]))
