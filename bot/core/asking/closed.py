"""Which claims answer a question to a base that closes its vocabulary: by strict rules, then in an order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, takewhile

from bot.core.asking.matching.candidates import Candidates
from bot.core.asking.matching.guard import Guard
from bot.core.asking.matching.numbers import with_numbers
from bot.core.asking.matching.profile import Profile, profile
from bot.core.asking.matching.ranking import Ranking
from bot.core.asking.question import Question, read
from bot.core.asking.reading.asks import Ask
from bot.core.asking.reading.lexicon import STATEMENT, is_function
from bot.core.asking.reading.names import Names
from bot.core.asking.reading.roles import Role
from bot.core.asking.reading.slots import Slot
from bot.core.asking.reading.tokens import tokens
from bot.core.asking.reading.vocabulary import Vocabulary
from bot.core.asking.results import Found, Nothing, Option, Result, Unsure
from bot.core.claims import Entry, FactBase, Kind
from bot.core.numbers import numbers_of
from bot.core.wording import later

_QUOTED = 3
_QUOTING = later("The question is words of the claims, in their order.")
_CHECKED = later("It asks what was checked: shown is every claim on whose verification a source says something.")
_NUMBERED = later(
    "It gives a number: claims that give that number for what is asked about come alone, where there are any."
)
_ELSEWHERE = later(
    "It gives a number that no matching claim gives for what is asked about: shown is who "
    "gives it for something else, or which figures there are instead."
)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """
    Where an answer ends and refusal begins; `python -m benchmarks.questions --fit` shows the choice.

    Attributes:
        covered: The least share, by rarity, of the question's words that a claim must have.
        relevant: The least share of the best claim's score for another claim to be shown with it.
        named: The same where a question is of names alone, which asks for all there is on them.
    """

    covered: float = 0.5
    relevant: float = 0.5
    named: float = 0.25


class ClosedSearch:
    """Answers from one base by strict rules; each part is made when it is first needed."""

    def __init__(self, base: FactBase, thresholds: Thresholds, previous: ClosedSearch | None = None) -> None:
        """
        Read *base*.

        Args:
            previous: The same of a base with the same names: what it knows of unchanged claims is taken over.
        """
        self._base = base
        self.thresholds = thresholds
        known = previous.__dict__ if previous else {}
        self._known_vocabulary: Vocabulary | None = known.get("vocabulary")
        self._known_profiles: tuple[Profile, ...] = known.get("profiles", ())
        self._held: tuple[Question | None, Sequence[Profile]] = (None, ())
        if "_names" in known:
            self._names = known["_names"]

    @cached_property
    def _names(self) -> Names:
        """The names of its entries."""
        return Names(self._base)

    @cached_property
    def guard(self) -> Guard:
        """The strict rules of a closed vocabulary, built when first asked."""
        return Guard(self._base, self.profiles)

    @cached_property
    def ranking(self) -> Ranking:
        """The order of what the guard admits, built when first asked."""
        return Ranking(self.profiles, self._base.disputes, self.vocabulary.synonyms)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Every name and word of the base, read when first needed; an open base needs it to check messages."""
        known, self._known_vocabulary = self._known_vocabulary, None
        return Vocabulary(self._base, known, self._names)

    @cached_property
    def _figures(self) -> frozenset[float]:
        """Every value that a claim gives."""
        return frozenset(
            value for claim in self._base.live for figure in claim.figures for value in numbers_of(figure)
        )

    @cached_property
    def candidates(self) -> Candidates:
        """What a large base looks claims up in, built when first asked."""
        return Candidates(self._base, self.profiles)

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """What each live claim can be asked about; a base that does not close its vocabulary seldom needs them."""
        before, self._known_profiles = self._known_profiles, ()
        held = {each.claim.number: each for each in before}
        return tuple(
            held[claim.number]
            if claim.number in held and held[claim.number].claim == claim
            else profile(claim, self.vocabulary)
            for claim in self._base.live
        )

    def readings(self, text: str) -> list[Question]:
        """Every way to read *text*, the likeliest first."""
        return read(text, self.vocabulary, self._figures)

    def admitted(self, readings: Sequence[Question]) -> set[int]:
        """Numbers of the claims that the rules let through in any of *readings*, whatever their words."""
        return {each.claim.number for way in readings for each in self._met(way, self.profiles)}

    def _met(self, question: Question, pool: Sequence[Profile]) -> Sequence[Profile]:
        """Those of *pool* that the rules let through; where all were held against it just now, as then."""
        if len(pool) < len(self.profiles):
            return [each for each in pool if self.guard.admits(each, question)]
        held, found = self._held
        if held is not question:
            found = [each for each in pool if self.guard.admits(each, question)]
            self._held = (question, found)
        return found

    def choose(self, text: str, readings: Sequence[Question]) -> Result:
        """What *text* is answered with in the first of its *readings*, or in all of them where they agree."""
        results = [(each, self._answer(each)) for each in readings]
        found = [(each, result) for each, result in results if isinstance(result, Found)]
        if not found:
            return results[0][1]
        if len({frozenset(result.claims) for _, result in found}) == 1:
            return found[0][1]
        options = [
            Option(", ".join(choice.read_as for choice in each.mended.choices), each.mended.text) for each, _ in found
        ]
        return Unsure(tuple(options), text)

    def _answer(self, question: Question) -> Result:
        if _asks_what_was_checked(question):
            return self._checked(question)
        pool = self.candidates.of(question)
        if verbatim := [each for each in pool if _quotes(question, each)]:
            return Found(tuple(each.claim for each in verbatim), how=_QUOTING).with_sides(self._base)
        if question.empty or question.unknown or question.idle:
            return _nothing(question)
        met = self._met(question, pool)
        if not met:
            met = [each for each in pool if self._says_all(each, question)]
        notes: tuple[str, ...] = ()
        if question.numbers:
            met, notes = with_numbers(met, pool, self.profiles, question, self.guard, self._base.metrics)
        scores = {each.claim.number: self.ranking.score(each, question, self.guard) for each in met}
        covered = [
            each for each in met if self.ranking.coverage(each, question, self.guard) >= self.thresholds.covered
        ]
        if not covered:
            return _nothing(question)
        best = max(scores[each.claim.number] for each in covered)
        share = self.thresholds.relevant if question.words else self.thresholds.named
        kept = [each for each in covered if notes or scores[each.claim.number] >= share * best]
        if not notes:
            kept.sort(key=lambda each: self.ranking.order(each, scores[each.claim.number]))
        found = Found(
            tuple(each.claim for each in kept),
            question.corrections,
            self._matched(kept[0], question),
            notes,
            asks=frozenset(question.asks),
            how="" if not question.numbers else _ELSEWHERE if notes else _NUMBERED,
        )
        if notes or not _lists(question):
            return found if notes else found.led(self._base)
        exact = takewhile(lambda each: any(self.ranking.literal(each, slot) for slot in question.slots), kept)
        conflicts = {self.ranking.conflict(each) for each in exact}
        own = [each.claim for each in kept if self.ranking.conflict(each) in conflicts]
        return found.led_by(own) if own else found

    def _says_all(self, each: Profile, question: Question) -> bool:
        """
        Whether the claim's own text has every word of a question that is words alone, no sentence: "12,000 russia".

        Who may be meant as counted is let through only as a country ("russia", not "russians") beside a number.
        """
        subjects = [slot for slot in question.slots if slot.role is Role.SUBJECT]
        if subjects and not (question.numbers and all(_by_its_name(slot, question) for slot in subjects)):
            return False
        return not any(map(is_function, question.tokens)) and self.ranking.has_all(each, question, self.guard)

    def _checked(self, question: Question) -> Result:
        """The claims on which somebody says how far they were checked: "which figures are verified?"."""
        claims = [each for each in self.profiles if each.claim.verification.caveats]
        claims.sort(key=lambda each: self.ranking.order(each, 0.0))
        found = tuple(each.claim for each in claims)
        return Found(found, how=_CHECKED) if found else _nothing(question)

    def _matched(self, best: Profile, question: Question) -> tuple[Entry, ...]:
        entries = [
            entry
            for slot in question.slots
            if self.guard.closeness(best, slot, question)
            for entry in slot.entries
            if entry.kind is not Kind.METRIC
        ]
        return tuple(dict.fromkeys(entries))


def _nothing(question: Question) -> Nothing:
    return Nothing(" ".join(question.unknown) or question.text, (), question.corrections)


def _asks_what_was_checked(question: Question) -> bool:
    stated = any(token.stem in STATEMENT for token in question.tokens)
    return question.empty and not question.unknown and Ask.VERIFIED in question.asks and stated


def _lists(question: Question) -> bool:
    """Whether it names one thing and asks no more of it than what there is: "casualties", "what does Fox say"."""
    parts = len({slot.entries for slot in question.slots}) + len(question.words) + len(question.numbers)
    return parts <= 1 and not question.counted and question.asks <= {Ask.WHAT, Ask.VERIFIED}


def _quotes(question: Question, each: Profile) -> bool:
    """Whether the question is nothing but words of the claim, in its order."""
    pairs = [(first.stem, second.stem) for first, second in pairwise(question.tokens)]
    return len(pairs) >= _QUOTED and all(pair in each.pairs for pair in pairs)


def _by_its_name(slot: Slot, question: Question) -> bool:
    """Whether a party is named by its name, not as a people: "russia"."""
    typed = [token.word for token in question.tokens[slot.start : slot.end]]
    return any(typed == [token.word for token in tokens(party.name)] for party in slot.of(Kind.PARTY))
