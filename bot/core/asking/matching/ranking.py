"""How well a claim that meets a question's names answers it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from bot.core.asking.matching.guard import Guard, written
from bot.core.asking.matching.literal import says, share
from bot.core.asking.matching.profile import Count, Profile
from bot.core.asking.question import Question
from bot.core.asking.reading.asks import Ask
from bot.core.asking.reading.lexicon import OUTLETS, is_asking, is_function
from bot.core.asking.reading.slots import Slot
from bot.core.asking.reading.synonyms import Synonyms
from bot.core.asking.reading.tokens import Token, tokens
from bot.core.claims import Kind

_ALIKE = 0.6
_LIGHT = 0.2
_LITERAL = 0.5
_UNMET = 0.5
_NAMED = 1.5
_IN_NAME = 0.4
_PAIR = 0.3
_EVENT_MONTH, _EVENT_YEAR, _SAID = 2.0, 0.8, 0.4
_SHARE = "share"
_GIVEN, _NOT_A_NUMBER = 1.0, 0.5
_PURPOSE, _CLOSE = 3.0, 0.6
_WORD_FOR_WORD = 1.5


class Ranking:
    """Scores claims by the words they share with a question, rare words first."""

    def __init__(
        self, profiles: Sequence[Profile], disputes: Mapping[int, Sequence[int]], synonyms: Synonyms
    ) -> None:
        self._synonyms = synonyms
        self._profiles = profiles
        self._literals: dict[tuple[str, frozenset[str]], frozenset[int]] = {}
        self._largest = max(
            (value for each in profiles for count in each.counts for value in count.values), default=1.0
        )
        self._sizes = Counter(topic for each in profiles for topic in each.topics)
        seen = Counter(stem for each in profiles for stem in each.stems)
        self._idf = {stem: math.log(1 + len(profiles) / count) for stem, count in seen.items()}
        self._most = math.log(1 + max(1, len(profiles)))
        self._cluster = _clusters(disputes)

    def score(self, each: Profile, question: Question, guard: Guard) -> float:
        """The relevance of a claim; for a question of names alone, how well it meets them."""
        score = sum(guard.closeness(each, slot, question) + self.literal(each, slot) for slot in question.slots)
        if (Ask.WHEN in question.asks and self._of_that(each, question, guard)) or question.dates:
            score += _dated(each)
        if Ask.HOW_MANY in question.asks and not question.named(Kind.METRIC):
            score += self._size(each)
        if question.about_figures and each.counts:
            score += _GIVEN
        if Ask.HOW_MANY in question.asks and not any(map(_is_number, each.counts)):
            score -= _NOT_A_NUMBER
        if Ask.WHY in question.asks and each.purposeful:
            acting = [slot for slot in question.slots if not all(map(self._synonyms.comes, slot.stems))]
            of_others = any(0 < guard.closeness(each, slot, question) < _CLOSE for slot in acting)
            score += 0.0 if of_others else _PURPOSE
        score += _medium(each, question)
        score += _WORD_FOR_WORD * share(each, question, guard, self._rarity)
        if not question.words and not _asks_more(question):
            return score
        score -= _UNMET * sum(guard.closeness(each, slot, question) == 0 for slot in question.slots)
        score += sum(
            self._word(each, token, _IN_NAME if self._named(question, at) else 1.0)
            for at, token in enumerate(question.tokens)
        )
        little = self._synonyms.says_little
        pairs = [(a.stem, b.stem) for a, b in pairwise(question.tokens) if not (little(a) and little(b))]
        score += _PAIR * sum(pair in each.pairs for pair in pairs)
        return score

    def has_all(self, each: Profile, question: Question, guard: Guard) -> bool:
        """Whether the claim's text has all words, names and numbers of the question, at least two."""
        return says(question) > 1 and share(each, question, guard, self._rarity) == 1.0

    def _rarity(self, stem: str) -> float:
        return self._idf.get(stem, self._most)

    def _size(self, each: Profile) -> float:
        """Where it is not said what of, the number of all of them is asked for, not that of a part."""
        return max((value for count in each.counts for value in count.values), default=0.0) / self._largest

    def literal(self, each: Profile, slot: Slot) -> float:
        """
        A bonus for having the very alias of a topic that the question names, or a word used for it.

        Only where it tells the topic's claims apart: "flag" is an alias of images, and few of those show one.
        """
        for topic in slot.of(Kind.TOPIC) if not slot.of_soldiers else ():
            having = self._having(topic.key, slot.stems)
            if each.claim.number in having and 2 * len(having) <= self._sizes[topic.key]:
                return _LITERAL
        return 0.0

    def _of_that(self, each: Profile, question: Question, guard: Guard) -> bool:
        """Whether its date is that of what happened: of being pushed out, not of another part of the incursion."""
        return all(
            each.claim.number in having
            for slot in question.slots
            for topic in slot.of(Kind.TOPIC)
            if not guard.names_whole(topic.key, slot.stems) and (having := self._having(topic.key, slot.stems))
        )

    def _having(self, topic: str, stems: frozenset[str]) -> frozenset[int]:
        """Numbers of the claims on *topic* in whose text every one of *stems* stands."""
        key = (topic, stems)
        if key not in self._literals:
            on_topic = [each for each in self._profiles if topic in each.topics]
            exact = [each for each in on_topic if all(stem in each.words for stem in stems)]
            near = [each for each in on_topic if all(written(each, stem, self._synonyms) for stem in stems)]
            self._literals[key] = frozenset(each.claim.number for each in exact or near)
        return self._literals[key]

    def coverage(self, each: Profile, question: Question, guard: Guard) -> float:
        """The share, by rarity, of the question's words beside names that the claim has; 1 without any."""
        weights = [(token, self._idf.get(token.stem, self._most)) for token in question.words]
        counting = [slot for slot in question.slots if slot.of(Kind.TOPIC) or slot.of(Kind.METRIC)]
        named = _NAMED * sum(guard.closeness(each, slot, question) > 0 for slot in counting)
        named += _NAMED * any(count.has(number) for number in question.numbers for count in each.counts)
        total = sum(weight for _, weight in weights)
        met = sum(weight for token, weight in weights if self._has(each, token))
        return (met + named) / (total + named) if total else 1.0

    def order(self, each: Profile, score: float) -> tuple[float, bool, bool, int, float, int]:
        """Sort key: relevance, then claims with figures, then those in conflict side by side, then dated events."""
        number = each.claim.number
        cluster = max(0, self.conflict(each))
        return (-round(score, 1), not each.counts, not cluster, cluster, -_dated(each), number)

    def conflict(self, each: Profile) -> int:
        """Of which conflict the claim is one side, by the lowest number in it; else its own number, negative."""
        return self._cluster.get(each.claim.number, -each.claim.number)

    @staticmethod
    def _named(question: Question, at: int) -> bool:
        return any(slot.start <= at < slot.end for slot in question.slots)

    def _has(self, each: Profile, token: Token) -> bool:
        return token.stem in each.stems or not self._synonyms.alike(token.stem).isdisjoint(each.stems)

    def _word(self, each: Profile, token: Token, weight: float) -> float:
        if is_function(token) or is_asking(token) or token.numeric:
            return 0.0
        if self._synonyms.says_little(token):
            weight *= _LIGHT
        exact = each.stems.get(token.stem, 0.0) * self._idf.get(token.stem, 0.0)
        near = (
            _ALIKE * each.stems[stem] * self._idf[stem]
            for stem in self._synonyms.alike(token.stem)
            if stem in each.stems
        )
        return weight * max(exact, max(near, default=0.0))


def _is_number(count: Count) -> bool:
    """Whether the figure is a number of something, not a share of it or a word like "thousands"."""
    return bool(count.values) and count.figure.unit != _SHARE


def _dated(each: Profile) -> float:
    event = each.claim.event_date
    if event:
        return _EVENT_MONTH if event.month else _EVENT_YEAR
    return _SAID if each.claim.claim_date else 0.0


def _medium(each: Profile, question: Question) -> float:
    """A bonus for being by a medium of the kind that is asked for: "which news agency reported …"."""
    kinds = {token.stem for token in question.tokens if token.word in OUTLETS}
    if not kinds:
        return 0.0
    claimant = each.claim.attribution.claimant
    called = {token.stem for token in tokens(f"{claimant.name} {claimant.style} {claimant.about}")}
    return _NAMED if kinds & called else 0.0


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
