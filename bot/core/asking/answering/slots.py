"""How one claim meets one slot of a question, 0 to 1: its topic, places, figures, who says it, who takes part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.core.asking.answering.index import ClaimIndex
from bot.core.asking.answering.profile import Count, Profile
from bot.core.asking.answering.question import NOUN, Question, Role, Unit
from bot.core.claims import Kind
from bot.languages import english
from bot.languages.packs import languages

_LISTED = re.compile(r"\w ?[,/] ?\w")

NARROWER = 0.5
"""How near a figure comes that counts more than what is asked."""

_SAME = 0.87
"""From which cosine on two words are names of one thing: *companies* and *firms*, not *boys* and *girls*."""


def mean(values: Sequence[float]) -> float:
    """The mean; 0.5, neither met nor not, where there is nothing to meet."""
    return sum(values) / len(values) if values else 0.5


def side_by_side(question: Question) -> bool:
    """Whether several parties are named of whom a claim may be by either: "X or Y", "X, Y", "do X and Y agree"."""
    parties = [unit for unit in question.units if unit.of(Kind.PARTY)]
    if len(parties) < 2:
        return False
    if question.asks & {"conflict", "compare"}:
        return True
    if _LISTED.search(question.text) and any(first.end == last.start for first, last in pairwise(parties)):
        return True
    joints = {token.word for first, last in pairwise(parties) for token in question.tokens[first.end : last.start]}
    return any(languages()[0].says("joints", word) for word in joints)


def topic(each: Profile, unit: Unit) -> float:
    """Whether the claim is of the topic that is named, above all or beside others."""
    first = each.claim.topics[0].key
    return max(
        (1.0 if topic.key == first else 0.8 if topic.key in each.topics else 0.0) for topic in unit.of(Kind.TOPIC)
    )


def lies(each: Profile, unit: Unit) -> float:
    """Whether it is about the place that is named, or what lies in it."""
    return float(any(place.key in each.places for place in unit.of(Kind.PLACE)))


def measures(each: Profile, unit: Unit) -> float:
    """Whether it gives a figure of the metric that is named."""
    return float(any(metric.key in each.metrics for metric in unit.of(Kind.METRIC)))


def speaks(each: Profile, unit: Unit, index: ClaimIndex) -> float:
    """How the one who is asked to have said it stands to the claim: its claimant, a relay, or nobody."""
    claimant = each.claim.attribution.claimant
    if parties := unit.of(Kind.PARTY):
        keys = {party.key for party in parties}
        if claimant.key in keys:
            return 1.0
        return 0.9 if keys & each.said else 0.6 if keys & each.carried else 0.0
    own = {
        stem: level for token in unit.tokens[-1:] for stem, level in index.near(token).items() if stem in each.voice
    }
    return max(own.values(), default=0.0)


def takes_part(each: Profile, unit: Unit) -> float:
    """How near the party that is named stands to the claim: says it, is in it, was told it."""
    keys = {party.key for party in unit.of(Kind.PARTY)}
    if unit.role in (Role.AGENT, Role.OWNER):
        return _acts(each, unit, keys)
    if each.claim.attribution.claimant.key in keys:
        return 1.0
    return (
        0.9
        if keys & (each.said | each.about)
        else 0.7
        if keys & each.mentioned
        else 0.6
        if keys & each.carried
        else 0.0
    )


def _acts(each: Profile, unit: Unit, keys: set[str]) -> float:
    """How near the party of *keys* comes to who did or has what the claim speaks of; a leader stands for all."""
    whose = [count.parties for count in each.counts if count.parties]
    if unit.role is Role.OWNER and whose and not any(keys & parties for parties in whose):
        return 0.5 if each.claim.attribution.claimant.key in keys else 0.0
    claimant = each.claim.attribution.claimant
    if keys & (each.about | each.leading | {claimant.key, claimant.part_of}):
        return 1.0
    wholes = {party.part_of for party in unit.of(Kind.PARTY)}
    return 0.7 if wholes & each.about else 0.5 if keys & each.mentioned else 0.0


def has_number(each: Profile, question: Question) -> bool:
    """Whether it gives every number of the question."""
    return all(
        any(count.has(number) for count in each.counts) or any(number.equals(value) for value in each.numbers)
        for number in question.numbers
    )


def counts_another(each: Profile, question: Question) -> str:
    """What a number of the question is said to count, where the claim gives that number of something else."""
    by_start = {unit.start: unit for unit in question.units}
    for number in question.numbers:
        unit = by_start.get(number.end)
        if unit is None or unit.entries or number.share or not (unit.people or unit.noun >= NOUN):
            continue
        given = [count for count in each.counts if count.has(number)]
        if given and not any(_counts(count, each, unit) or count.people for count in given):
            return unit.text
    return ""


def counted(question: Question, each: Profile) -> float:
    """Whether a figure of the claim counts what "how many" asks about: its head noun, or a kind of it."""
    counted = question.counted
    if not counted:
        return 0.5
    whose = [unit for unit in counted[:-1] if unit.of(Kind.PARTY)]
    return max(
        (_counts(count, each, counted[-1]) for count in each.counts if all(_of_party(count, each, u) for u in whose)),
        default=0.0,
    )


def _of_party(count: Count, each: Profile, unit: Unit) -> bool:
    """Whether what is counted is that party's: "red ships" are not those of another party that Red speaks of."""
    keys = {party.key for party in unit.of(Kind.PARTY)}
    return bool(keys & (count.parties or each.about))


def _counts(count: Count, each: Profile, head: Unit) -> float:
    if head.people:
        return 1.0 if count.people else 0.0 if count.lasting else NARROWER
    if keys := {party.key for party in head.of(Kind.PARTY)}:
        if keys & (count.parties or each.about):
            return 1.0
        if count.parties:
            return 0.0
    if head.stems & count.stems or any(metric.key == count.figure.metric for metric in head.of(Kind.METRIC)):
        return 1.0
    asked = head.tokens[-1].word
    if any(english.is_kind_of(word, asked) for word in count.words):
        return 0.9
    if not english.thing(asked) and any(topic.key in each.topics for topic in head.of(Kind.TOPIC)):
        return 0.8
    return NARROWER if any(english.alike(word, asked) >= _SAME for word in count.words) else 0.0


def dates(each: Profile) -> float:
    """How well the claim tells when: by the day of what happened, or of when it was claimed."""
    return 1.0 if each.claim.event_date else 0.5 if each.claim.claim_date else 0.0


def answers(question: Question, each: Profile) -> float:
    """Whether the claim holds the kind of answer asked for: a place, a caveat, a span of time, another side."""
    claim, wants = each.claim, list[float]()
    if "where" in question.asks:
        wants.append(1.0 if each.places else 0.0)
    if "verified" in question.asks:
        wants.append(1.0 if claim.verification.caveats else 0.4)
    if "how_long" in question.asks:
        wants.append(1.0 if each.lasting else 0.2)
    if question.asks & {"conflict", "compare"}:
        wants.append(1.0 if claim.relations else 0.5)
    return mean(wants)


def pairs(question: Question, each: Profile) -> float:
    """The share of the question's neighbouring words that stand beside each other in the claim, too."""
    asked = [
        (first.tokens[-1].stem, second.tokens[0].stem)
        for first, second in pairwise(question.units)
        if first.end == second.start
    ]
    return sum(pair in each.pairs for pair in asked) / len(asked) if asked else 0.5
