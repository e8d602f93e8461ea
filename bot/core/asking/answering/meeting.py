"""How each claim meets a question: which part of it, in which role; one value for each question and claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from bot.core.asking.answering.index import MEANINGS, ClaimIndex
from bot.core.asking.answering.profile import Count, Profile
from bot.core.asking.answering.question import Question, Role, Unit
from bot.core.asking.reading.asked_dates import dated
from bot.core.claims import Kind
from bot.core.wording import say
from bot.languages import english
from bot.languages.packs import languages

CANDIDATES = 48
"""Claims that are held against a question at most, those that share its rarest names and words."""

FEATURES = (
    "covered",
    "covered_softly",
    "missed",
    "missed_softly",
    "names",
    "topic",
    "claimant",
    "party",
    "place",
    "metric",
    "counted",
    "number",
    "figure",
    "answers",
    "reason",
    "date",
    "sum",
    "pairs",
    "mean",
    "relative",
    "brevity",
    *MEANINGS,
    "missed_noun",
    "missed_somebody",
    "missed_verb",
    "missed_share",
    "slots",
)
"""What the decision is made of, each from 0 to 1 (docs/search.md explains them)."""

_MET = 0.55
"""From which nearness on a part counts as met."""

_ALIKE = 0.85
"""From which nearness on what is asked for is met: nearer than words of a like meaning come."""

_SYNONYM = 0.8
"""From which nearness on WordNet has a word for the same."""

_TELLING = 0.3
"""From which weight on a verb says what was done: "killed", not "got"."""

_HEARD, _NARROWER = 0.4, 0.5
"""Below which a speaker is somebody else; how near a figure comes that counts more than what is asked."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """
    One claim held against one question.

    Attributes:
        values: In the order of `FEATURES`.
        barred: The strict rule by which the claim can neither answer nor be offered, in plain words; or empty.
        doubted: Why it may be offered at most; empty where it may answer.
        levels: How near it comes to each unit of the question, strictly and softly.
    """

    profile: Profile
    slot: int
    values: tuple[float, ...]
    barred: str
    doubted: str
    levels: tuple[tuple[float, float], ...]

    def value(self, name: str) -> float:
        """One feature."""
        return self.values[FEATURES.index(name)]


def meet(question: Question, index: ClaimIndex) -> list[Meeting]:
    """The claims that share most with *question*, each held against it; in no order."""
    if not len(index):
        return []
    met = [index.meets(unit) for unit in question.units]
    weights = np.array([_weight(unit, index) for unit in question.units], dtype=np.float32)
    total = float(weights.sum()) or 1.0
    size = index.size
    strict = np.array([each.strict for each in met]) if met else np.zeros((0, size))
    soft = np.array([each.soft for each in met]) if met else np.zeros((0, size))
    covered, softly = weights @ strict / total, weights @ soft / total
    near = covered + softly + (index.giving(question.numbers) if question.numbers else 0.0)
    near[index.empty] = -1.0
    most = range(size) if size <= CANDIDATES else np.argpartition(-near, CANDIDATES)[:CANDIDATES]
    chosen = [int(slot) for slot in most if near[slot] >= 0]
    best = float(softly.max()) or 1.0
    meant = index.meanings([word for unit in question.units for word in unit.meaning], chosen)
    asked = _Asked(
        question,
        [float(weight) for weight in weights],
        [unit.noun for unit in question.units],
        [unit.somebody for unit in question.units],
        side_by_side(question),
    )
    levels: list[list[list[float]]] = np.stack([strict, soft], axis=-1).swapaxes(0, 1)[chosen].tolist() if met else []
    return [
        _meeting(
            asked,
            index,
            slot,
            tuple((a, b) for a, b in levels[at]) if met else (),
            (float(covered[slot]), float(softly[slot]), float(softly[slot]) / best),
            meant[at],
        )
        for at, slot in enumerate(chosen)
    ]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, and what of its units is the same for every claim."""

    question: Question
    weights: Sequence[float]
    nouns: Sequence[float]
    somebody: Sequence[bool]
    beside: bool


def _weight(unit: Unit, index: ClaimIndex) -> float:
    """How much *unit* tells: a rare word more than a common one; of the base's words, one that tells claims apart."""
    if unit.entries:
        return unit.weight
    known = max((index.rarity(stem) for stem in unit.stems), default=1.0)
    return unit.weight * (0.4 + 0.6 * known)


def _meeting(
    asked: _Asked,
    index: ClaimIndex,
    slot: int,
    levels: tuple[tuple[float, float], ...],
    covered: tuple[float, float, float],
    meant: Any,
) -> Meeting:
    question, each = asked.question, index.profile(slot)
    units = question.units
    lacks = [weight * (1 - b) for weight, (_, b) in zip(asked.weights, levels, strict=True)]
    plain = [
        (noun, somebody, lack)
        for unit, noun, somebody, lack in zip(units, asked.nouns, asked.somebody, lacks, strict=True)
        if not unit.entries
    ]
    speakers = [_speaks(each, unit, index) for unit in units if unit.role is Role.CLAIMANT]
    parties = [_takes_part(each, unit) for unit in units if unit.of(Kind.PARTY) and unit.role is not Role.CLAIMANT]
    counted, beside = _counted(question, each), asked.beside
    values = {
        "covered": covered[0],
        "covered_softly": covered[1],
        "missed": max((w * (1 - a) for w, (a, _) in zip(asked.weights, levels, strict=True)), default=0.0),
        "missed_softly": max(lacks, default=0.0),
        "names": _mean([a for unit, (a, _) in zip(units, levels, strict=True) if unit.entries]),
        "topic": _mean([_topic(each, unit) for unit in units if unit.of(Kind.TOPIC)]),
        "claimant": max((*speakers, *(parties if beside else ())), default=0.5),
        "party": max(parties, default=0.5) if beside else _mean(parties),
        "place": _mean([_lies(each, unit) for unit in units if unit.of(Kind.PLACE)]),
        "metric": _mean([_measures(each, unit) for unit in units if unit.of(Kind.METRIC)]),
        "counted": counted,
        "number": float(_has_number(each, question)) if question.numbers else 0.5,
        "figure": (1.0 if each.counts else 0.0) if "how_many" in question.asks else 0.5,
        "answers": _answers(question, each),
        "reason": each.purposeful if "why" in question.asks else 0.5,
        "date": _dates(each) if "when" in question.asks else 0.5,
        "sum": float(each.priced) if question.sums else 0.5,
        "pairs": _pairs(question, each),
        "mean": sum(b for _, b in levels) / len(levels) if levels else 0.0,
        "relative": covered[2],
        **dict(zip(MEANINGS, map(float, meant), strict=True)),
        "brevity": 1.0 / (1.0 + each.length / 15.0),
        "missed_noun": max((lack * noun for noun, _, lack in plain), default=0.0),
        "missed_somebody": max((lack for _, somebody, lack in plain if somebody), default=0.0),
        "missed_verb": max((lack * (1 - noun) for noun, _, lack in plain), default=0.0),
        "missed_share": sum(b < _MET for _, b in levels) / len(levels) if levels else 0.0,
        "slots": min(1.0, len(units) / 6),
    }
    named = [_speaks(each, unit, index) for unit in units if unit.role is Role.CLAIMANT and unit.entries]
    barred = _barred(asked, each, levels, named, parties, counted)
    doubted = _doubted(question, each, levels, (*speakers, *(parties if beside else ())), counted)
    return Meeting(each, slot, tuple(values[name] for name in FEATURES), barred, doubted, levels)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.5


def side_by_side(question: Question) -> bool:
    """Whether several parties are named of whom a claim may be by either: "X or Y", "X vs Y", "do X and Y agree"."""
    parties = [unit for unit in question.units if unit.of(Kind.PARTY)]
    if len(parties) < 2:
        return False
    if question.asks & {"conflict", "compare"}:
        return True
    joints = {token.word for first, last in pairwise(parties) for token in question.tokens[first.end : last.start]}
    return not joints.isdisjoint(_JOINTS)


_JOINTS = frozenset({"and", "or", "vs", "versus", "against", "both", "each", "nor"})


def _topic(each: Profile, unit: Unit) -> float:
    first = each.claim.topics[0].key
    return max(
        (1.0 if topic.key == first else 0.8 if topic.key in each.topics else 0.0) for topic in unit.of(Kind.TOPIC)
    )


def _lies(each: Profile, unit: Unit) -> float:
    return float(any(place.key in each.places for place in unit.of(Kind.PLACE)))


def _measures(each: Profile, unit: Unit) -> float:
    return float(any(metric.key in each.metrics for metric in unit.of(Kind.METRIC)))


def _speaks(each: Profile, unit: Unit, index: ClaimIndex) -> float:
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


def _takes_part(each: Profile, unit: Unit) -> float:
    keys = {party.key for party in unit.of(Kind.PARTY)}
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


def _has_number(each: Profile, question: Question) -> bool:
    return all(
        any(count.has(number) for count in each.counts) or any(number.equals(value) for value in each.numbers)
        for number in question.numbers
    )


def _counted(question: Question, each: Profile) -> float:
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
        return 1.0 if count.people else _NARROWER
    if head.stems & count.stems or any(metric.key == count.figure.metric for metric in head.of(Kind.METRIC)):
        return 1.0
    parties = head.of(Kind.PARTY)
    if any(party.key in count.parties or (not count.parties and party.key in each.about) for party in parties):
        return 1.0
    asked = head.tokens[-1].word
    if any(english.is_kind_of(word, asked) for word in count.words):
        return 0.9
    if not english.thing(asked) and any(topic.key in each.topics for topic in head.of(Kind.TOPIC)):
        return 0.8
    return 0.0


def _dates(each: Profile) -> float:
    """How well the claim tells when: by the day of what happened, or of when it was claimed."""
    return 1.0 if each.claim.event_date else 0.5 if each.claim.claim_date else 0.0


def _answers(question: Question, each: Profile) -> float:
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
    return _mean(wants)


def _pairs(question: Question, each: Profile) -> float:
    """The share of the question's neighbouring words that stand beside each other in the claim, too."""
    asked = [
        (first.tokens[-1].stem, second.tokens[0].stem)
        for first, second in pairwise(question.units)
        if first.end == second.start
    ]
    return sum(pair in each.pairs for pair in asked) / len(asked) if asked else 0.5


def _barred(
    asked: _Asked,
    each: Profile,
    levels: Sequence[tuple[float, float]],
    speakers: Sequence[float],
    parties: Sequence[float],
    counted: float,
) -> str:
    question = asked.question
    if question.unknown:
        return say("the base has nothing called {unknown}", unknown=", ".join(question.unknown))
    if speakers and max((*speakers, *(parties if asked.beside else ()))) < _HEARD:
        return say("those who are asked about do not say it")
    if parties and not speakers and (max(parties) if asked.beside else min(parties)) < _HEARD:
        return say("it has nothing to do with a party that is named")
    for unit, level in zip(question.units, levels, strict=True):
        lasts = "how_long" in question.asks and each.lasting
        if unit.attribute and level[1] < _MET and not lasts:
            return say("it does not say how {text} that is", text=unit.text)
        if unit.of(Kind.PLACE) and not unit.of(Kind.PARTY) and level[0] < _MET:
            return say("it is not about {text}", text=unit.text)
    if question.counted and counted < _NARROWER:
        return say("it counts no {text}", text=question.counted[-1].text)
    for unit, level in zip(question.units, levels, strict=True):
        if not unit.phrase and _measured(question, unit):
            people = question.counted[-1].people
            if (level[1] < _SYNONYM) if people else (level[0] < _MET):
                return say("its figure is not said to be of those {text}", text=unit.text)
    if question.numbers and not _has_number(each, question):
        return say("it gives another figure")
    if not all(dated(each.claim, date) for date in question.dates):
        return say("it is of another date")
    return ""


def _measured(question: Question, unit: Unit) -> bool:
    """Whether it is what "how many" people or things are said to have done or suffered, where those are named."""
    if "how_many" not in question.asks or not question.counted or unit.role is not Role.ANY:
        return False
    if unit.of(Kind.PARTY) or unit.of(Kind.PLACE) or unit.weight < _TELLING:
        return False
    if unit.start and languages()[0].says("prepositions", question.tokens[unit.start - 1].word):
        return False  # a noun, whatever it is elsewhere: "beyond repair"
    return english.done(unit.phrase or unit.tokens[-1].word)


def _doubted(
    question: Question,
    each: Profile,
    levels: Sequence[tuple[float, float]],
    speakers: Sequence[float],
    counted: float,
) -> str:
    if speakers and max(speakers) < _MET:
        return say("nobody of that name says it")
    if question.counted and counted <= _NARROWER:
        return say("what it counts is more than {text}", text=question.counted[-1].text)
    if "how_many" in question.asks and not each.counts and not each.numbers:
        return say("it gives no figure")
    for unit, level in zip(question.units, levels, strict=True):
        priced = question.sums and each.priced
        if unit.role is Role.WANTED and not unit.entries and not priced and level[1] < _ALIKE:
            return say("it is of no {text}", text=unit.text)
        if _measured(question, unit) and level[0] < _MET:
            return say("its figure is not said to be of those {text}", text=unit.text)
    return ""
