"""Whether claims answer, are asked back, or neither: small models, fitted by benchmarks/fit_answering.py."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from enum import StrEnum, auto
from operator import mul
from typing import NamedTuple

from bot.core.asking.answering.fitted import NUMBERS, weights
from bot.core.asking.answering.meeting import FEATURES, Meeting
from bot.core.asking.answering.question import Question, Role, Unit
from bot.core.asking.answering.slots import side_by_side
from bot.core.claims import Claim
from bot.languages import english
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
    "unmet_wanted",
    "unmet_deed",
    "unmet_premise",
    "length",
    "margin",
    "doubted",
    "least_met",
    "most_met",
    "most_met_strictly",
    "least_met_strictly",
)
"""What of the question itself and of the two best claims tells whether the base can answer it; each 0 to 1."""

STANDING = ("covered_softly", "surely_near", "either_voted", "gist", "topic_gist", "nearest_back")
"""Features in which it tells something whether the best claim is best in each, and by how much: is it right?"""

_MET, _STRICTLY, _SAME, _SAID = 0.6, 0.75, 0.8, 0.95
_MOST, _LONGEST = 3, 16
_WIDEST = 3.0
"""How far the best claim stands above the next at most; a lone one stands as far."""

_BESIDE = 1.2
"""How far below the best claim another may stand and be shown with it, in the units of the order's logit."""

_SEVERAL = 2
"""How many units without a name in them the claim has to meet, where a base with a closed vocabulary asks back."""

_SEVERALLY = 0.55
"""From which nearness on each of them counts as met."""

_LIKELY = 0.62
"""From which likelihood on a base with a closed vocabulary asks back what its rules refused."""


class Bounds(NamedTuple):
    """How sure the models have to be: to answer, also where every side is asked for, and to ask back; each 0 to 1."""

    answered_at: float
    sides_at: float
    asked_at: float


FITTED = Bounds(NUMBERS["answered_at"], NUMBERS["sides_at"], NUMBERS["asked_at"])
JUDGED = (*FEATURES, *QUESTION_FEATURES)
"""What `features` gives, by name."""

AMONG = (*JUDGED, *(f"{name}: best" for name in STANDING), *(f"{name}: ahead" for name in STANDING), "topic's share")
"""What `features` and `standing` give together, by name."""

_RANKING = weights("ranking", FEATURES)
_ANSWERING, _ASKING = weights("answering", (*AMONG, "intercept")), weights("asking", (*JUDGED, "intercept"))


class Outcome(StrEnum):
    """What becomes of a question: claims answer it, it is asked back, or no claim is shown."""

    ANSWER = auto()
    ASK_BACK = auto()
    REFUSE = auto()


def ranked(meetings: Sequence[Meeting]) -> list[Meeting]:
    """The claims that no strict rule bars, the likeliest first."""
    return sorted(
        (each for each in meetings if not each.barred), key=lambda each: (-score(each), each.profile.claim.number)
    )


def score(each: Meeting) -> float:
    """How likely it is the right claim, as the logit that orders claims."""
    return _sum(_RANKING, each.values)


def decide(question: Question, ranking: Sequence[Meeting]) -> Outcome:
    """What becomes of *question*, by how the claims that come nearest meet it."""
    if not ranking:
        return Outcome.REFUSE
    scores = [score(each) for each in ranking]
    values = features(question, ranking, scores)
    right = _likelihood(_ANSWERING, (*values, *standing(ranking, scores)))
    return outcome(question, ranking[0], right, _likelihood(_ASKING, values), FITTED)


def outcome(question: Question, best: Meeting, right: float, answerable: float, bounds: Bounds) -> Outcome:
    """
    What becomes of *question*, by rule where one holds, else by the models.

    Args:
        right: How likely *best* is a right answer; answerable: how likely the base holds one. Each 0 to 1.
    """
    if question.empty or beside_the_point(question, best):
        return Outcome.REFUSE
    if only_names(question, best) or only_numbers(question) or own_word(question, best) or about_one(question, best):
        return Outcome.ANSWER
    sides = question.asks & {"compare", "conflict"} or side_by_side(question)
    if not best.doubted and right >= (bounds.sides_at if sides else bounds.answered_at):
        return Outcome.ANSWER
    if question.units and answerable >= bounds.asked_at:
        return Outcome.ASK_BACK
    return Outcome.REFUSE


def beside_the_point(question: Question, best: Meeting) -> bool:
    """Whether it is no question to a fact base, or some words of which the nearest claim meets none."""
    if question.idle or question.sentence or question.numbers or not best.levels:
        return question.idle
    return max(b for _, b in best.levels) < _SAME


def only_numbers(question: Question) -> bool:
    """Whether *question* is about a number and nothing else: "what is 212"; a claim that lacks it is barred."""
    return bool(question.numbers) and not question.units and not question.dates


def own_word(question: Question, best: Meeting) -> bool:
    """Whether *question* is one word as *best* says it, and no English one: nobody could mean anything else."""
    if len(question.tokens) != 1 or len(question.words) != 1 or question.corrections or best.doubted:
        return False
    return best.levels[0][0] >= _SAID and not english.known(question.tokens[0].word)


def only_names(question: Question, best: Meeting) -> bool:
    """Whether *question* is a list of names and nothing else, all of which *best* meets: "birds north shore"."""
    if question.sentence or question.asks or question.words or best.doubted or not question.units:
        return False
    return all(strict >= _MET for strict, _ in best.levels)


def about_one(question: Question, best: Meeting) -> bool:
    """Whether *question* names one thing that *best* meets, and asks no more: "about X", "what does X say"."""
    named = question.names
    if question.asks or best.doubted or len(named) != 1 or question.numbers or question.dates:
        return False
    if any(not unit.light for unit in question.words):
        return False
    met = zip(question.units, best.levels, strict=True)
    return all(strict >= _MET for unit, (strict, _) in met if unit.entries)


def likely(question: Question, ranking: Sequence[Meeting]) -> bool:
    """Whether the base is so likely to answer *question* that even stricter rules' refusal of it is asked back."""
    if not question.units or not ranking or beside_the_point(question, ranking[0]):
        return False
    met = [unit for unit, (_, soft) in zip(question.units, ranking[0].levels, strict=True) if soft >= _SEVERALLY]
    if len(met) < _SEVERAL and not any(unit.entries for unit in met):
        return False
    return _likelihood(_ASKING, features(question, ranking, [score(each) for each in ranking[:2]])) >= _LIKELY


def answers(question: Question, ranking: Sequence[Meeting]) -> list[Meeting]:
    """
    The claims shown where the best of *ranking* answers: those that answer nearly as well.

    A question that is nothing but names is about all there is on them, what a party says itself before what it is in.
    """
    best = ranking[0]
    sure = [each for each in ranking if not each.doubted]
    if not question.words and not question.numbers and not question.dates:
        least = [min(strict, _STRICTLY) for strict, _ in best.levels]
        whole = (each for each in sure if all(a >= b for (a, _), b in zip(each.levels, least, strict=True)))
        return sorted(whole, key=lambda each: -each.value("party"))
    return [each for each in sure if score(each) >= score(best) - _BESIDE]


def features(question: Question, ranking: Sequence[Meeting], scores: Sequence[float]) -> tuple[float, ...]:
    """`FEATURES` of the best claim, then `QUESTION_FEATURES`; *scores* are of the two best claims at least."""
    best = ranking[0]
    margin = min(scores[0] - scores[1], _WIDEST) if len(scores) > 1 else _WIDEST
    strict, soft = zip(*best.levels, strict=True) if best.levels else ((0.0,), (0.0,))
    met = (min(soft), max(soft), max(strict), min(strict))
    return (*best.values, *_of_question(question, best), margin / _WIDEST, float(bool(best.doubted)), *met)


def standing(ranking: Sequence[Meeting], scores: Sequence[float]) -> tuple[float, ...]:
    """How the best claim stands among the others: best in each of `STANDING`, by how much; its topic's share."""
    best, *others = ranking
    topic = best.profile.claim.topics[0].key
    ahead = [best.value(name) - max((each.value(name) for each in others), default=0.0) for name in STANDING]
    odds = [math.exp(score - scores[0]) for score in scores]
    same = sum(odd for odd, each in zip(odds, ranking, strict=True) if each.profile.claim.topics[0].key == topic)
    return (*(float(each >= 0) for each in ahead), *ahead, same / sum(odds))


def offers(claims: Iterable[Claim]) -> list[Claim]:
    """The first of *claims* of at most three topics and claimants: what stands on the buttons."""
    found: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        found.setdefault((claim.topics[0].key, claim.attribution.claimant.key), claim)
    return list(found.values())[:OFFERED]


def _of_question(question: Question, best: Meeting) -> tuple[float, ...]:
    """How vaguely it is put, and what of it the nearest claim does not meet."""
    language = languages()[0]
    words = [token.word for token in question.tokens]
    units = list(zip(question.units, best.levels, strict=True))
    unmet = [(unit, unit.weight * (1 - soft)) for unit, (_, soft) in units if soft < _MET]
    met = sum(strict >= _STRICTLY for _, (strict, _) in units)
    noun = max((lack * unit.noun for unit, lack in unmet if not unit.entries), default=0.0)
    agents = (unit.weight * (1 - soft) for unit, (_, soft) in units if unit.role in _DOERS and not unit.entries)
    after = {unit.end for unit in question.units if unit.role in _DOERS}
    deed = max((lack for unit, lack in unmet if unit.start in after and _tells_what(unit)), default=0.0)
    return (
        min(_MOST, sum(language.says("vague", word) for word in words)) / _MOST,
        min(_MOST, sum(language.says("particles", word) for word in words)) / _MOST,
        min(_MOST, met) / _MOST,
        float(any(unit.entries and strict >= _MET for unit, (strict, _) in units)),
        noun,
        noun * min(1.0, met / 2),
        min(_MOST, sum(lack for _, lack in unmet)) / _MOST,
        max(agents, default=0.0),
        max((unit.weight * (1 - soft) for unit, (_, soft) in units if unit.role is Role.WANTED), default=0.0),
        deed,
        deed if question.asks & _PREMISING else 0.0,
        min(_LONGEST, len(words)) / _LONGEST,
    )


def _tells_what(unit: Unit) -> bool:
    """Whether it says what somebody did: a verb, no name."""
    return not unit.entries and english.done(unit.phrase or unit.tokens[-1].word)


_DOERS = (Role.AGENT, Role.CLAIMANT)
_PREMISING = {"when", "why"}
"""What is only asked of what has happened: "why did they apologise"."""


def _likelihood(model: Sequence[float], values: Sequence[float]) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, _sum(model, (*values, 1.0))))))


def _sum(weights: Sequence[float], values: Sequence[float]) -> float:
    return sum(map(mul, weights, values))
