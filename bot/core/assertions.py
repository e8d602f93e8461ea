"""What a message asserts, held against the claims: whose figure it is, and whether anybody could check it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from bot.core.claims import Claim, Kind, Status
from bot.core.numerals import Number
from bot.core.profile import Count, Profile
from bot.core.question import Question, Role
from bot.core.results import Found
from bot.core.search import Searcher
from bot.core.tokens import stem_word

_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+|\n+")
_VOUCHING = frozenset(
    map(stem_word, ("confirmed", "confirms", "verified", "proven", "proved", "proof", "undisputed"))
)
_DENYING = frozenset(
    {"not", "never", "no", "nobody", "none", "cannot", "cant", "couldnt", "hasnt", "isnt", "unable", "without"}
)
_MOST_SENTENCES = 40
_MOST_CLAIMS = 5


class Bearing(StrEnum):
    """How the base bears on an assertion."""

    SAME_FIGURE = auto()
    OTHER_FIGURE = auto()
    NO_ATTRIBUTION = auto()
    VOUCHED = auto()
    ON_SUBJECT = auto()


@dataclass(frozen=True, slots=True)
class Assertion:
    """
    One sentence that touches the base.

    Attributes:
        text: The sentence as typed.
        bearings: What the base has to say about it, in a fixed order.
        claims: The claims behind it, those with the same figure first.
    """

    text: str
    bearings: tuple[Bearing, ...]
    claims: tuple[Claim, ...]


def assertions(message: str, searcher: Searcher) -> tuple[Assertion, ...]:
    """Every sentence of *message* (the first forty) on which the base holds claims, in order."""
    sentences = [part.strip() for part in _SENTENCE.split(message) if part.strip()]
    return tuple(found for sentence in sentences[:_MOST_SENTENCES] for found in _assertion(sentence, searcher))


def unattributed(message: str, searcher: Searcher) -> tuple[Claim, ...]:
    """Claims whose figure *message* repeats without saying whose it is."""
    claims = [
        claim
        for each in assertions(message, searcher)
        if Bearing.SAME_FIGURE in each.bearings and Bearing.NO_ATTRIBUTION in each.bearings
        for claim in each.claims[:1]
    ]
    return tuple(dict.fromkeys(claims))


def _assertion(sentence: str, searcher: Searcher) -> Iterator[Assertion]:
    question = searcher.read(sentence)
    if not question.slots:
        return
    same = [each for each in searcher.profiles if _gives(each, question, same=True)]
    other = [each for each in searcher.profiles if each not in same and _gives(each, question, same=False)]
    behind = same + other
    if not behind and not question.numbers:
        found = searcher.ask(sentence)
        behind = [each for each in searcher.profiles if isinstance(found, Found) and each.claim in found.claims[:2]]
    if not behind:
        return
    claims = tuple(each.claim for each in behind[:_MOST_CLAIMS])
    yield Assertion(sentence, tuple(_bearings(question, same, other, claims)), claims)


def _gives(each: Profile, question: Question, *, same: bool) -> bool:
    """Whether a figure of the claim counts what the sentence counts, with the same number or with another one."""
    if not question.numbers:
        return False
    metrics = {entry.key for slot in question.slots for entry in slot.of(Kind.METRIC)}
    topics = {entry.key for slot in question.slots for entry in slot.of(Kind.TOPIC)}
    for count in each.counts:
        on_subject = bool(topics & (each.topics | count.topics)) and not (metrics and topics <= set())
        counted_alike = count.figure.metric in metrics if metrics else on_subject
        if not _parties_met(each, count, question):
            continue
        has = any(count.has(number) for number in question.numbers)
        if (same and has and (counted_alike or on_subject)) or (not same and not has and counted_alike):
            return True
    return False


def _parties_met(each: Profile, count: Count, question: Question) -> bool:
    """Whether whoever the sentence says something about is whom the claim is about; claimants are no subjects."""
    about = [
        {entry.key for entry in slot.of(Kind.PARTY)}
        for slot in question.slots
        if slot.of(Kind.PARTY) and slot.role is not Role.CLAIMANT
    ]
    concerned = each.subjects | count.parties | each.mentioned | {each.claimant} | each.relayers
    return all(named & concerned for named in about)


def _bearings(
    question: Question, same: Sequence[Profile], other: Sequence[Profile], claims: Sequence[Claim]
) -> Iterator[Bearing]:
    if same:
        yield Bearing.SAME_FIGURE
    if other:
        yield Bearing.OTHER_FIGURE
    if question.numbers and not _attributed(question, claims):
        yield Bearing.NO_ATTRIBUTION
    if _vouches(question) and not any(claim.verification.status is Status.CORROBORATED for claim in claims):
        yield Bearing.VOUCHED
    if not question.numbers:
        yield Bearing.ON_SUBJECT


def _attributed(question: Question, claims: Sequence[Claim]) -> bool:
    """Whether the sentence says whose words these are: a claimant by role, or one of the claims' own voices."""
    named = {entry.key for slot in question.slots for entry in slot.of(Kind.PARTY)}
    if any(slot.role in (Role.CLAIMANT, Role.RELAYER) for slot in question.slots):
        return True
    voices = {
        party.key
        for claim in claims
        for party in (
            claim.attribution.claimant,
            claim.attribution.source.publisher,
            *(hop.party for hop in claim.attribution.relayed_by),
        )
    }
    return bool(named & voices)


def _vouches(question: Question) -> bool:
    words = [token.word for token in question.tokens]
    vouching = any(token.stem in _VOUCHING for token in question.tokens)
    return vouching and not _DENYING & set(words)


def numbers_of(assertion: Assertion, searcher: Searcher) -> tuple[Number, ...]:
    """The numbers in the sentence."""
    return searcher.read(assertion.text).numbers
