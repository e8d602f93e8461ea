"""Which claims answer a question: ranked, or a question back, or an honest no."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from bot.core.claims import Entry, FactBase, Kind
from bot.core.guard import Guard
from bot.core.lexicon import SYNONYMS
from bot.core.profile import Profile, profile
from bot.core.question import Question, read
from bot.core.results import Correction, Found, Nothing, Option, Result, Unsure
from bot.core.spelling import closest
from bot.core.tokens import fold_word, tokens
from bot.core.vocabulary import Vocabulary

__all__ = ["Correction", "Found", "Nothing", "Option", "Result", "Searcher", "Unsure"]

_ALIKE = 0.6
_NEAREST = 5


class Searcher:
    """Answers from one fact base as it was at one moment."""

    def __init__(self, base: FactBase) -> None:
        self._base = base
        self._vocabulary = Vocabulary(base)
        self._profiles = tuple(profile(claim, base, self._vocabulary) for claim in base.live)
        self._guard = Guard(base)
        seen = Counter(stem for each in self._profiles for stem in each.stems)
        self._idf = {stem: math.log(1 + len(self._profiles) / count) for stem, count in seen.items()}

    def ask(self, question: str) -> Result:
        """The claims that answer *question* in free words."""
        return self._answer(read(question, self._vocabulary))

    def about(self, text: str, kinds: frozenset[Kind]) -> Result:
        """The claims about the topic, place, party or figure named in *text*."""
        return self._answer(read(text, self._vocabulary))

    def alias_command(self, text: str) -> Result | None:
        """The claims for a topic's, place's or party's name that *text* opens with; None if it opens with none."""
        question = read(text, self._vocabulary)
        if not question.slots or question.slots[0].start:
            return None
        return self._answer(question)

    def complete(self, typed: str, kinds: frozenset[Kind], limit: int = 25) -> list[Entry]:
        """Entries of *kinds* for what was typed so far: names that start with it first, then likely typos."""
        start = "".join(token.word for token in tokens(typed))
        entries = [entry for entry in self._base.commands() if entry.kind in kinds]
        if not start:
            return entries[:limit]
        begins = [entry for entry in entries if any(fold_word(name).startswith(start) for name in entry.names)]
        slots = read(typed, self._vocabulary).slots
        meant = [entry for slot in slots for entry in slot.entries if entry.kind in kinds]
        return list(dict.fromkeys((*begins, *meant)))[:limit]

    def resembles(self, word: str, known: Sequence[str]) -> str | None:
        """The one of *known* that *word* clearly means, else None."""
        return closest(word, known)

    def _answer(self, question: Question) -> Result:
        if question.empty or question.unknown:
            return self._nothing(question)
        met = [each for each in self._profiles if self._guard.admits(each, question)]
        scored = sorted(((self._score(each, question), each) for each in met), key=self._order)
        best = [(score, each) for score, each in scored if score > 0 or question.numbers]
        if not best:
            return self._nothing(question)
        matched = [entry for slot in question.slots for entry in slot.entries if entry.kind is not Kind.METRIC]
        return Found(tuple(each.claim for _, each in best), question.corrections, tuple(dict.fromkeys(matched)), ())

    def _order(self, scored: tuple[float, Profile]) -> tuple[float, bool, bool, int]:
        score, each = scored
        number = each.claim.number
        return (-round(score, 1), not each.counts, number not in self._base.disputes, number)

    def _score(self, each: Profile, question: Question) -> float:
        score = sum(self._guard.closeness(each, slot) for slot in question.slots)
        if not question.words:
            return score
        for token in question.words:
            alike = {stem for group in SYNONYMS if token.stem in group for stem in group} - {token.stem}
            score += max(
                each.stems.get(token.stem, 0.0) * self._idf.get(token.stem, 0.0),
                *(_ALIKE * each.stems.get(stem, 0.0) * self._idf.get(stem, 0.0) for stem in alike),
                0.0,
            )
        return score

    def _nothing(self, question: Question) -> Nothing:
        named = [entry for slot in question.slots for entry in slot.of(Kind.TOPIC)]
        nearest = dict.fromkeys((*named, *self._base.topics.values()))
        return Nothing(" ".join(question.unknown) or question.text, tuple(nearest)[:_NEAREST], question.corrections)
