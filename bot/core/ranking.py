"""How well a claim that meets a question's names answers it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from bot.core.guard import Guard
from bot.core.lexicon import is_function, is_glue
from bot.core.profile import Profile
from bot.core.question import Ask, Question
from bot.core.thesaurus import alike
from bot.core.tokens import Token

_ALIKE = 0.6
_LIGHT = 0.3
_IN_NAME = 0.4
_PAIR = 0.3
_DATED = 0.5
_PURPOSE = 0.5
_PURPOSES = frozenset({"aim", "becaus", "purpos", "reduc", "sign"})


class Ranking:
    """Scores claims by the words they share with a question, rare words first."""

    def __init__(self, profiles: Sequence[Profile], disputes: Mapping[int, Sequence[int]]) -> None:
        seen = Counter(stem for each in profiles for stem in each.stems)
        self._idf = {stem: math.log(1 + len(profiles) / count) for stem, count in seen.items()}
        self._most = math.log(1 + max(1, len(profiles)))
        self._cluster = _clusters(disputes)

    def score(self, each: Profile, question: Question, guard: Guard) -> float:
        """The relevance of a claim; for a question of names alone, how well it meets them."""
        score = sum(guard.closeness(each, slot, question) for slot in question.slots)
        if Ask.WHEN in question.asks and (each.claim.event_date or each.claim.claim_date):
            score += _DATED
        if not question.words and not _asks_more(question):
            return score
        score += sum(
            self._word(each, token, _IN_NAME if self._named(question, at) else 1.0)
            for at, token in enumerate(question.tokens)
        )
        pairs = pairwise(question.tokens)
        score += _PAIR * sum((first.stem, second.stem) in each.pairs for first, second in pairs)
        if Ask.WHY in question.asks and not _PURPOSES.isdisjoint(each.stems):
            score += _PURPOSE
        return score

    def coverage(self, each: Profile, question: Question) -> float:
        """The share, by rarity, of the question's words beside names that the claim has; 1 without any."""
        weights = [(token, self._idf.get(token.stem, self._most)) for token in question.words]
        total = sum(weight for _, weight in weights)
        met = sum(weight for token, weight in weights if self._has(each, token))
        return met / total if total else 1.0

    def order(self, each: Profile, score: float) -> tuple[float, bool, bool, int, int]:
        """Sort key: relevance, then claims with figures, then those in conflict, side by side."""
        number = each.claim.number
        cluster = self._cluster.get(number, 0)
        return (-round(score, 1), not each.counts, not cluster, cluster, number)

    @staticmethod
    def _named(question: Question, at: int) -> bool:
        return any(slot.start <= at < slot.end for slot in question.slots)

    @staticmethod
    def _has(each: Profile, token: Token) -> bool:
        return token.stem in each.stems or not alike(token.stem).isdisjoint(each.stems)

    def _word(self, each: Profile, token: Token, weight: float) -> float:
        if is_function(token) or token.numeric:
            return 0.0
        if is_glue(token):
            weight *= _LIGHT
        exact = each.stems.get(token.stem, 0.0) * self._idf.get(token.stem, 0.0)
        near = (_ALIKE * each.stems[stem] * self._idf[stem] for stem in alike(token.stem) if stem in each.stems)
        return weight * max(exact, max(near, default=0.0))


def _asks_more(question: Question) -> bool:
    """Whether the words beside the names say more than which names are meant."""
    return len(question.tokens) > sum(slot.end - slot.start for slot in question.slots) + 2


def _clusters(disputes: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """For each claim in conflict, the lowest number among those it is in conflict with, directly or not."""
    cluster: dict[int, int] = {}
    for number in sorted(disputes):
        waiting = [number] if number not in cluster else []
        while waiting:
            current = waiting.pop()
            if current not in cluster:
                cluster[current] = number
                waiting.extend(disputes.get(current, ()))
    return cluster
