"""Whether to ask back, and with which claims: two models of few features, fitted by benchmarks/fit_offering.py."""

from __future__ import annotations

import math
from collections.abc import Sequence

from bot.core.asking.offering._weights import ASKING, INTERCEPT, RANKING, THRESHOLD
from bot.core.asking.offering.meeting import Meeting
from bot.core.asking.offering.question import Question, Role
from bot.languages.packs import languages

OFFERED = 3
"""Claims that a question back offers at most."""

QUESTION_FEATURES = (
    "vague",
    "particles",
    "met",
    "named",
    "unmet_noun",
    "unmet_noun_beside_met",
    "unmet",
    "unmet_agent",
)
"""What of the question itself tells whether the base can answer it, each from 0 to 1."""

_MET, _STRICTLY = 0.6, 0.75
_MOST = 3


def ranked(meetings: Sequence[Meeting]) -> list[Meeting]:
    """The claims that no strict rule bars, the likeliest first."""
    return sorted(
        (each for each in meetings if not each.barred),
        key=lambda each: (-_sum(RANKING, each.values), each.profile.claim.number),
    )


def likely(question: Question, best: Meeting) -> bool:
    """Whether the base is likely to answer *question*, by how the claim that comes nearest meets it."""
    values = (*best.values, *question_features(question, best))
    return 1 / (1 + math.exp(-_sum(ASKING, values) - INTERCEPT)) >= THRESHOLD


def offers(ranking: Sequence[Meeting]) -> list[Meeting]:
    """The best claims of at most three topics and claimants: what stands on the buttons."""
    found: dict[tuple[str, str], Meeting] = {}
    for each in ranking:
        claim = each.profile.claim
        found.setdefault((claim.topics[0].key, claim.attribution.claimant.key), each)
    return list(found.values())[:OFFERED]


def question_features(question: Question, best: Meeting) -> tuple[float, ...]:
    """The values of `QUESTION_FEATURES`: how vaguely it is put, and what of it the nearest claim does not meet."""
    language = languages()[0]
    words = [token.word for token in question.tokens]
    units = list(zip(question.units, best.levels, strict=True))
    unmet = [(unit, unit.weight * (1 - soft)) for unit, (_, soft) in units if soft < _MET]
    met = sum(strict >= _STRICTLY for _, (strict, _) in units)
    noun = max((lack * unit.noun for unit, lack in unmet if not unit.entries), default=0.0)
    agents = (unit.weight * (1 - soft) for unit, (_, soft) in units if unit.role in _DOERS and not unit.entries)
    return (
        min(_MOST, sum(language.says("vague", word) for word in words)) / _MOST,
        min(_MOST, sum(language.says("particles", word) for word in words)) / _MOST,
        min(_MOST, met) / _MOST,
        float(any(unit.entries and strict >= _MET for unit, (strict, _) in units)),
        noun,
        noun * min(1.0, met / 2),
        min(_MOST, sum(lack for _, lack in unmet)) / _MOST,
        max(agents, default=0.0),
    )


_DOERS = (Role.AGENT, Role.CLAIMANT)


def _sum(weights: Sequence[float], values: Sequence[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))
