"""What a message asserts, held against the claims: whose figure it is, and whether anybody could check it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from bot.core.asking.matching.hierarchy import Hierarchy
from bot.core.asking.matching.profile import Count, Profile
from bot.core.asking.question import Question
from bot.core.asking.reading.lexicon import ACCORDING, AUXILIARY, SAY
from bot.core.asking.reading.roles import Role
from bot.core.asking.reading.tokens import stem_word
from bot.core.asking.results import Found
from bot.core.asking.search import Searcher
from bot.core.claims import Claim, FactBase, Kind, Status
from bot.core.rules.stated_figures import stated

_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+|\n+")
_VOUCHING = frozenset(
    map(stem_word, ("confirmed", "verified", "proven", "proved", "proof", "undisputed", "established"))
)
_DENYING = frozenset(
    ("not", "never", "no", "nobody", "none", "cannot", "cant", "couldnt", "hasnt", "isnt", "unable", "without")
)
_LINK = re.compile(r"https?://\S")
_PERSONAL = frozenset(("i", "we", "us", "you", "me", "my", "our", "your", "im", "weve", "ive", "lets"))
_NOBODY = frozenset(("they", "people", "some", "everybody", "everyone", "it", "one", "many", "and"))
_MOST_SENTENCES = 40
_MOST_CLAIMS = 5
_ON_SUBJECT = 2


class Bearing(StrEnum):
    """What the base has to say about an assertion."""

    SAME_FIGURE = auto()
    OTHER_CLAIMANT = auto()
    OTHER_METRIC = auto()
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
        bearings: What the base has to say about it, in the order of `Bearing`.
        claims: The claims behind it, those with the same figure first; five at most.
    """

    text: str
    bearings: tuple[Bearing, ...]
    claims: tuple[Claim, ...]


class Checker:
    """Holds messages against one fact base. It states what the base holds and never says that anybody is wrong."""

    def __init__(self, base: FactBase, searcher: Searcher) -> None:
        self._searcher = searcher
        self._kin = Hierarchy(base)

    def assertions(self, message: str) -> tuple[Assertion, ...]:
        """Every sentence of *message* (the first forty) that touches the base, in order."""
        return tuple(found for sentence in _sentences(message) for found in self._assertion(sentence))

    def unattributed(self, message: str) -> tuple[Claim, ...]:
        """Claims whose figure *message* repeats without saying whose it is."""
        claims = (
            claim
            for each in self.assertions(message)
            if {Bearing.SAME_FIGURE, Bearing.NO_ATTRIBUTION} <= set(each.bearings)
            for claim in each.claims[:1]
        )
        return tuple(dict.fromkeys(claims))

    def unsourced(self, message: str) -> tuple[float, ...]:
        """Values that *message* gives for something of the base, that no claim gives for it, and that nobody says."""
        if _LINK.search(message):
            return ()
        values = (value for sentence in _sentences(message) for value in self._unsourced(sentence))
        return tuple(dict.fromkeys(values))

    def _unsourced(self, sentence: str) -> Iterator[float]:
        """None of a question, of what people say of themselves, or of a sentence that tells whose words it is."""
        figures = {each.number.value for each in stated(sentence) if each.number}
        if not figures or "?" in sentence:
            return
        question = self._searcher.closed.readings(sentence)[0]
        if not question.slots or any(token.word in _PERSONAL for token in question.tokens) or _sourced(question):
            return
        if self._attributed(question, ()):
            return
        if not any(self._gives(each, question, asked_metric=True) for each in self._searcher.closed.profiles):
            yield from (number.value for number in question.numbers if number.value in figures)

    def _assertion(self, sentence: str) -> Iterator[Assertion]:
        question = self._searcher.closed.readings(sentence)[0]
        if not question.slots:
            return
        same = [each for each in self._searcher.closed.profiles if self._gives(each, question, asked_metric=True)]
        elsewhere = [] if same else self._given_elsewhere(question)
        other = [each for each in self._searcher.closed.profiles if each not in same and self._rivals(each, question)]
        behind = [*same, *elsewhere, *(each for each in other if each not in elsewhere)]
        if not behind and not question.numbers:
            behind = self._on_subject(sentence)
        if not behind:
            return
        claims = self._with_sides([each.claim for each in behind])[:_MOST_CLAIMS]
        bearings = {
            Bearing.SAME_FIGURE: bool(same),
            Bearing.OTHER_CLAIMANT: bool(same) and not self._says_whose(question, same),
            Bearing.OTHER_METRIC: bool(elsewhere),
            Bearing.OTHER_FIGURE: bool(other),
            Bearing.NO_ATTRIBUTION: bool(question.numbers) and not self._attributed(question, claims),
            Bearing.VOUCHED: _vouches(question) and all(_unchecked(claim) for claim in claims),
            Bearing.ON_SUBJECT: not question.numbers,
        }
        yield Assertion(sentence, tuple(bearing for bearing, holds in bearings.items() if holds), claims)

    def _gives(self, each: Profile, question: Question, *, asked_metric: bool) -> bool:
        """Whether a figure of the claim has a number of the sentence, for the metric or topic that it names."""
        return any(
            any(count.has(number) for number in question.numbers)
            and (not asked_metric or _counts_alike(each, count, question))
            and self._concerned(each, count, question)
            for count in each.counts
        )

    def _given_elsewhere(self, question: Question) -> list[Profile]:
        """Claims that give the number for another metric than the sentence does."""
        if not question.named(Kind.METRIC):
            return []
        return [each for each in self._searcher.closed.profiles if self._gives(each, question, asked_metric=False)]

    def _rivals(self, each: Profile, question: Question) -> bool:
        """Whether the claim gives another figure for the same metric."""
        return bool(question.numbers) and any(
            not any(count.has(number) for number in question.numbers)
            and count.figure.metric in question.named(Kind.METRIC)
            and self._concerned(each, count, question)
            for count in each.counts
        )

    def _concerned(self, each: Profile, count: Count, question: Question) -> bool:
        """Whether the claim is about everybody whom the sentence says something of; who says it is no subject."""
        for slot in question.slots:
            if slot.role in (Role.CLAIMANT, Role.RELAYER, Role.CONTEXT):
                continue
            for party in slot.of(Kind.PARTY):
                inside = self._kin.below(party.key)
                speaks = len(inside) == 1 and inside & {each.claimant, *each.relayers}
                if not speaks and not inside & (each.subjects | count.parties):
                    return False
        return True

    def _with_sides(self, claims: Sequence[Claim]) -> tuple[Claim, ...]:
        """*claims*, then all that dispute the first of them."""
        first, base = claims[0], self._searcher.base
        sides = (base.claims[number] for number in base.disputes.get(first.number, ()))
        return tuple(dict.fromkeys((*claims, *sides)))

    def _says_whose(self, question: Question, same: Sequence[Profile]) -> bool:
        """Whether those who are said to give a figure do, or pass it on; also where nobody is named."""
        named = [
            self._kin.below(party.key)
            for slot in question.slots
            if slot.role is Role.CLAIMANT
            for party in slot.of(Kind.PARTY)
        ]
        voices = {
            key
            for each in same
            for key in (
                each.claimant,
                *each.claim.attribution.claimant.members,
                *each.relayers,
                each.claim.attribution.source.publisher.key,
            )
        }
        return not named or any(inside & voices for inside in named)

    def _on_subject(self, sentence: str) -> list[Profile]:
        result = self._searcher.ask(sentence)
        found = result.claims[:_ON_SUBJECT] if isinstance(result, Found) else ()
        return [each for each in self._searcher.closed.profiles if each.claim in found]

    def _attributed(self, question: Question, claims: Sequence[Claim]) -> bool:
        """Whether the sentence names whose words these are, or through whom they came."""
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
        return bool(question.named(Kind.PARTY) & voices)


def _sentences(message: str) -> list[str]:
    return [part.strip() for part in _SENTENCE.split(message) if part.strip()][:_MOST_SENTENCES]


def _sourced(question: Question) -> bool:
    """Whether somebody is named for what is said, known to the base or not: "officials say", but not "they say"."""
    words = question.tokens
    for at, token in enumerate(words):
        if token.word in ACCORDING:
            return True
        if token.stem not in SAY:
            continue
        before = at - 1
        while before >= 0 and words[before].word in AUXILIARY:
            before -= 1
        if before >= 0 and words[before].word not in _NOBODY and not words[before].numeric:
            return True
    return False


def _counts_alike(each: Profile, count: Count, question: Question) -> bool:
    metrics, topics = question.named(Kind.METRIC), question.named(Kind.TOPIC)
    if metrics:
        return count.figure.metric in metrics
    return not topics or bool(topics & (each.topics | count.topics))


def _vouches(question: Question) -> bool:
    vouching = any(token.stem in _VOUCHING for token in question.tokens)
    return vouching and not any(token.word in _DENYING for token in question.tokens)


def _unchecked(claim: Claim) -> bool:
    return claim.verification.status is not Status.CORROBORATED
