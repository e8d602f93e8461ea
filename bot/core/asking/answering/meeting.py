"""How each claim meets a question: which part of it, in which role; one value for each question and claim."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.core.asking.answering import barring, slots
from bot.core.asking.answering.index import ClaimIndex
from bot.core.asking.answering.meanings import MEANINGS
from bot.core.asking.answering.profile import Profile
from bot.core.asking.answering.question import Question, Role, Unit
from bot.core.asking.answering.slots import mean, side_by_side
from bot.core.claims import Kind

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


def meet(question: Question, index: ClaimIndex, among: Collection[int] | None = None) -> list[Meeting]:
    """
    The claims that share most with *question*, each held against it; in no order.

    Args:
        among: Numbers of those that are wanted of them.
    """
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
        {kind: [unit for unit in question.units if unit.of(kind)] for kind in Kind},
        barring.measured_in(question),
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
        if among is None or index.claims[slot].number in among
    ]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, and what of its units is the same for every claim."""

    question: Question
    weights: Sequence[float]
    nouns: Sequence[float]
    somebody: Sequence[bool]
    beside: bool
    naming: Mapping[Kind, Sequence[Unit]]
    measured: frozenset[int]


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
    heard = [(unit, slots.speaks(each, unit, index)) for unit in units if unit.role is Role.CLAIMANT]
    speakers = [level for _, level in heard]
    taking = [
        (unit, slots.takes_part(each, unit)) for unit in asked.naming[Kind.PARTY] if unit.role is not Role.CLAIMANT
    ]
    parties = [level for _, level in taking]
    counted, beside = slots.counted(question, each), asked.beside
    values = {
        "covered": covered[0],
        "covered_softly": covered[1],
        "missed": max((w * (1 - a) for w, (a, _) in zip(asked.weights, levels, strict=True)), default=0.0),
        "missed_softly": max(lacks, default=0.0),
        "names": mean([a for unit, (a, _) in zip(units, levels, strict=True) if unit.entries]),
        "topic": mean([slots.topic(each, unit) for unit in asked.naming[Kind.TOPIC]]),
        "claimant": max((*speakers, *(parties if beside else ())), default=0.5),
        "party": max(parties, default=0.5) if beside else mean(parties),
        "place": mean([slots.lies(each, unit) for unit in asked.naming[Kind.PLACE]]),
        "metric": mean([slots.measures(each, unit) for unit in asked.naming[Kind.METRIC]]),
        "counted": counted,
        "number": float(slots.has_number(each, question)) if question.numbers else 0.5,
        "figure": (1.0 if each.counts else 0.0) if "how_many" in question.asks else 0.5,
        "answers": slots.answers(question, each),
        "reason": each.purposeful if "why" in question.asks else 0.5,
        "date": slots.dates(each) if "when" in question.asks else 0.5,
        "sum": float(each.priced) if question.sums else 0.5,
        "pairs": slots.pairs(question, each),
        "mean": sum(b for _, b in levels) / len(levels) if levels else 0.0,
        "relative": covered[2],
        **dict(zip(MEANINGS, map(float, meant), strict=True)),
        "brevity": 1.0 / (1.0 + each.length / 15.0),
        "missed_noun": max((lack * noun for noun, _, lack in plain), default=0.0),
        "missed_somebody": max((lack for _, somebody, lack in plain if somebody), default=0.0),
        "missed_verb": max((lack * (1 - noun) for noun, _, lack in plain), default=0.0),
        "missed_share": sum(b < barring.MET for _, b in levels) / len(levels) if levels else 0.0,
        "slots": min(1.0, len(units) / 6),
    }
    named = [level for unit, level in heard if unit.entries]
    barred = barring.barred(question, each, levels, named, parties, counted, asked.measured, beside=beside)
    speaking = (*speakers, *(parties if beside else ()))
    doubted = barring.doubted(question, each, levels, speaking, () if beside else taking, counted, asked.measured)
    return Meeting(each, slot, tuple(values[name] for name in FEATURES), barred, doubted, levels)
