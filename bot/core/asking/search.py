"""Which claims answer a question: ranked, or a question back, or an honest no."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, pairwise

from bot.core.asking.answering.finding import MOST_CLAIMS, Changes, Finder
from bot.core.asking.either import one_each
from bot.core.asking.matching.candidates import LARGE, Candidates
from bot.core.asking.matching.guard import Guard
from bot.core.asking.matching.numbers import with_numbers
from bot.core.asking.matching.profile import Profile, profile
from bot.core.asking.matching.ranking import Ranking
from bot.core.asking.question import Question, read
from bot.core.asking.reading.asked_dates import asked_dates, dated
from bot.core.asking.reading.asks import Ask
from bot.core.asking.reading.lexicon import STATEMENT, is_function
from bot.core.asking.reading.names import Names
from bot.core.asking.reading.roles import Role
from bot.core.asking.reading.slots import Slot
from bot.core.asking.reading.spelling import begins_like, closest
from bot.core.asking.reading.tokens import Token, fold_word, tokens
from bot.core.asking.reading.vocabulary import Vocabulary
from bot.core.asking.reasons import asks_for_account
from bot.core.asking.remembered import Remembered
from bot.core.asking.results import Correction, Found, Nothing, Option, Result, Unsure
from bot.core.claims import Claim, Entry, FactBase, Kind, parse_ref
from bot.core.numbers import numbers_of
from bot.core.retrieval import Document, TextIndex
from bot.core.wording import later
from bot.languages.packs import languages

__all__ = ["Correction", "Found", "Nothing", "Option", "Result", "Searcher", "Thresholds", "Unsure"]

_NEAREST = 3
_NEAR = 0.2
"""The least share of a question's words, by rarity, that a claim has whose topic is near."""
_SHARED = 0.5
"""The same in a large base, where many claims share a word or two with anything."""
_QUOTED = 3
_BETWEEN_IDS = re.compile(r"[\s,;/&+]+(?:and\s+)?")
_CITED = later("The claims are named by their ids; nothing else was looked for.")
_QUOTING = later("The question is words of the claims, in their order.")
_CHECKED = later("It asks what was checked: shown is every claim on whose verification a source says something.")
_NUMBERED = later(
    "It gives a number: claims that give that number for what is asked about come alone, where there are any."
)
_ELSEWHERE = later(
    "It gives a number that no matching claim gives for what is asked about: shown is who "
    "gives it for something else, or which figures there are instead."
)
_NO_REASON = later("Claims match, but none of them states a purpose or a cause, and it was asked why.")
"""How answers come about that no rank explains, for `!why`."""

_HINTED, _SHORTEST = 2, 3
"""Words at most that are asked back after the prefix, and letters at least that each of them has."""
_REMEMBERED = 256
_OF_NAMES = ("_folded", "_name_words", "_names", "_names_of_several")


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


class Searcher:
    """Answers from one fact base as it was at one moment."""

    def __init__(
        self, base: FactBase, thresholds: Thresholds | None = None, previous: Searcher | None = None
    ) -> None:
        """
        Read *base*.

        Args:
            previous: The searcher over the base before a change: what it knows of unchanged claims is taken over,
                unless names of entries changed.
        """
        known = previous if previous is not None and _same_names(previous.base, base) else None
        self.anew = known is None
        self.base = self._base = base
        self._thresholds = thresholds or Thresholds()
        self.thresholds = self._thresholds if base.wording.closed else None
        self._known_finder: Finder | None = known.__dict__.get("finder") if known else None
        self._known_uses: Counter[tuple[Kind, str]] | None = known.__dict__.get("_uses") if known else None
        self._changes = Changes.between(known.base, base) if known else Changes((), base.live)
        if known:  # what names alone decide
            self.__dict__ |= {part: known.__dict__[part] for part in _OF_NAMES if part in known.__dict__}
        self._asked = Remembered[Result](_REMEMBERED)
        self._opened = Remembered[Result | None](_REMEMBERED)
        self._known_vocabulary: Vocabulary | None = known.__dict__.get("vocabulary") if known else None
        self._known_profiles: tuple[Profile, ...] = known.__dict__.get("profiles", ()) if known else ()

    def build(self) -> None:
        """
        Make at once what the first question would make.

        Of a closed base, what the first one that is refused would; of a large one, what the first name alone would.
        """
        if self._base.wording.closed:
            _ = self.guard, self.ranking, self.candidates, self._texts
        if not self._base.wording.closed or len(self._base.live) <= MOST_CLAIMS:
            _ = self.finder
        if len(self._base.live) > LARGE and not self._base.wording.closed:
            _ = self.finder.speller, self._base.disputes, self._name_words, self._names_of_several
        if self._base.wording.closed or len(self._base.claims) > LARGE:
            self.complete("a", frozenset(Kind), 1)

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
    def _names(self) -> Names:
        """The names of its entries."""
        return Names(self._base)

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

    def ask(self, question: str) -> Result:
        """The claims that answer *question* in free words."""
        return self._asked.get(question, self._ask)

    def _ask(self, question: str) -> Result:
        return self._cited(question) or self._whole(self._found(question), question)

    def _whole(self, result: Result, question: str) -> Result:
        """*result* with every side of a conflict; of who asks why, what gives no reason is kept back."""
        if not isinstance(result, Found):
            return result
        reasons = result.giving_reasons() if "why" in result.asks and not asks_for_account(question) else result
        if reasons is None:
            topics = dict.fromkeys(topic for claim in result.claims[: result.direct] for topic in claim.topics[:1])
            return Nothing("", tuple(topics)[:_NEAREST], result.corrections, _NO_REASON)
        listed = reasons.direct is None and not reasons.notes  # all there is on a name: "what does Zelensky say"
        return reasons if listed else reasons.with_sides(self._base)

    def _found(self, question: str) -> Result:
        if not self._base.wording.closed:
            return self._either(question) or self._with_nearest(self.finder.ask(question))
        readings = read(question, self.vocabulary, self._figures)
        result = self._choose(question, readings)
        return self._offered(question, readings) or result if isinstance(result, Nothing) else result

    def _offered(self, question: str, readings: Sequence[Question]) -> Unsure | None:
        """A question back, where none may answer but some claims are let through by all that is strict."""
        if len(self._base.live) > MOST_CLAIMS or any(each.idle for each in readings):
            return None
        admitted = {
            each.claim.number for each in self.profiles if any(self.guard.admits(each, way) for way in readings)
        }
        options = self.finder.offer(question, admitted) if admitted else ()
        return Unsure(options, question, offered=True) if options else None

    def _either(self, question: str) -> Found | None:
        """The claims that give one of the numbers which *question* sets against each other, with every side."""
        results = [self.finder.ask(each) for each in one_each(question)]
        found = [result for result in results if isinstance(result, Found)]
        claims = tuple(dict.fromkeys(claim for result in found for claim in result.claims[: result.direct]))
        return Found(claims, direct=len(claims)).with_sides(self._base) if claims else None

    def _with_nearest(self, result: Result) -> Result:
        """A refusal with the topics that its words come nearest to."""
        if not isinstance(result, Nothing):
            return result
        return replace(result, nearest=self._near(result.asked, ()))

    @cached_property
    def finder(self) -> Finder:
        """Answers where the base does not close its vocabulary; elsewhere asks back what was refused."""
        known, self._known_finder = self._known_finder, None
        return Finder(self._base, known, self._changes)

    def about(self, text: str, kinds: frozenset[Kind]) -> Result:
        """The claims about what *text* names: an entry of one of *kinds*, a figure, or else free words."""
        result = self.ask(text)
        named = isinstance(result, Found) and result.matched
        if named and not any(entry.kind in kinds for entry in named):
            return Nothing(text, self._near(text, ()))
        return result

    def alias_command(self, text: str) -> Result | None:
        """
        The claims for a topic's, place's or party's name that *text* opens with; None if it opens with none.

        A name that was only guessed from a misspelling must be all there is, or be followed by what the base knows:
        other bots have commands too.
        """
        return self._opened.get(text, self._alias_command)

    def _alias_command(self, text: str) -> Result | None:
        if cited := self._cited(text):
            return cited
        if self._base.wording.closed:
            readings = [each for each in self.readings(text) if _opens_with_name(each)]
            result = self._whole(self._choose(text, readings), text) if readings else None
        else:
            readings = [each for each in self.finder.readings(text) if each.opens_with_name]
            result = self.ask(text) if readings else None
        guessed = any(each.corrections and each.corrections[0].typed == tokens(text)[0].typed for each in readings)
        return None if isinstance(result, Nothing) and guessed else result

    def hinted(self, text: str) -> Unsure | None:
        """
        What *text* is asked back with, where it is a few words that are no name but of names, or a date of claims.

        Anything else may be meant for another bot.
        """
        words = [token for token in tokens(text) if token.word not in languages()[0].function]
        if not 0 < len(words) <= _HINTED or not all(map(self._hints, words)):
            return None
        found = self.ask(text)
        if isinstance(found, Unsure):
            return found
        dates = asked_dates(words)
        claims: Sequence[Claim] = ()
        if isinstance(found, Found) and not found.corrections:
            claims = found.claims
        elif dates and all(asked_dates([token]) for token in words):
            claims = [claim for claim in self._base.live if all(dated(claim, date) for date in dates)]
        if not claims:
            return None
        options = dict.fromkeys(Option.leading_to(claim, self._base) for claim in claims)
        by_label = {option.label: option for option in reversed(options)}
        return Unsure(tuple(reversed(by_label.values()))[:_NEAREST], text, offered=True)

    def _hints(self, token: Token) -> bool:
        """Whether the word is part of a name, or a month or year of a claim."""
        dates = asked_dates([token])
        if token.word in self._name_words:
            return True
        return any(dated(claim, date) for date in dates for claim in self._base.live)

    @cached_property
    def _name_words(self) -> frozenset[str]:
        """The words of all names, those that only hold a sentence together left out."""
        entries = tuple(self._base.entries())
        words = (token.word for entry in entries for name in entry.names for token in tokens(name))
        return frozenset(word for word in words if word not in languages()[0].function and len(word) >= _SHORTEST)

    def opening_name(self, text: str) -> int:
        """How many tokens the longest name of a topic, place or party has that *text* opens with word for word."""
        typed = tuple(token.word for token in tokens(text))
        names = self._names_of_several.get(typed[0], ()) if typed else ()
        return max((len(name) for name in names if typed[: len(name)] == name), default=0)

    @cached_property
    def _names_of_several(self) -> dict[str, list[tuple[str, ...]]]:
        """The names that have more than one word, folded, by the first."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for name in (name for entry in self._base.commands() for name in entry.names):
            words = tuple(token.word for token in tokens(name))
            if len(words) > 1:
                found.setdefault(words[0], []).append(words)
        return found

    def _cited(self, text: str) -> Found | None:
        """The live claims whose ids are all there is: `C14`, or `C14 C15`."""
        parts = [text] if parse_ref(text, bare=False) else [*filter(None, _BETWEEN_IDS.split(text))]
        numbers = [parse_ref(part, bare=False) or 0 for part in parts]
        claims = [claim for number in numbers if (claim := self._base.claims.get(number)) and not claim.retired]
        whole = bool(claims) and len(claims) == len(parts)
        return Found(tuple(dict.fromkeys(claims)), how=_CITED) if whole else None

    def cites(self, text: str) -> bool:
        """Whether *text* is ids of claims and nothing else."""
        return self._cited(text) is not None

    def complete(self, typed: str, kinds: frozenset[Kind], limit: int = 25) -> list[Entry]:
        """Entries of *kinds* for what was typed so far: names that start with it first, then likely typos."""
        start = "".join(token.word for token in tokens(typed))
        entries = [entry for entry in self._most_used if entry.kind in kinds]
        if not start:
            return entries[:limit]
        begins = [
            entry for entry in entries if any(name.startswith(start) for name in self._folded[entry.kind, entry.key])
        ]
        named = (each.slots for each in self.readings(typed)) if self._base.wording.closed else ()
        free = (each.names for each in self.finder.readings(typed)) if not self._base.wording.closed else ()
        meant = (entry for names in (*named, *free) for name in names for entry in name.entries)
        found = list(dict.fromkeys((*begins, *(entry for entry in meant if entry.kind in kinds))))
        if not found:
            found = [
                entry
                for entry in entries
                if any(begins_like(name, start) for name in self._folded[entry.kind, entry.key])
            ]
        return found[:limit]

    @cached_property
    def _texts(self) -> TextIndex:
        """Statements, quotations and topics as plain texts: what a refused question comes nearest to."""
        return TextIndex(
            Document(
                claim.number, " ".join((claim.statement, *(name for topic in claim.topics for name in topic.names)))
            )
            for claim in self._base.live
        )

    @cached_property
    def _folded(self) -> dict[tuple[Kind, str], tuple[str, ...]]:
        return {(each.kind, each.key): tuple(map(fold_word, each.names)) for each in self._base.commands()}

    @cached_property
    def _most_used(self) -> Sequence[Entry]:
        """Entries by how many claims refer to them; topics before places before parties where it is the same."""
        return sorted(self._base.commands(), key=lambda entry: -self._uses[entry.kind, entry.key])

    @cached_property
    def _uses(self) -> Counter[tuple[Kind, str]]:
        """How many claims refer to each entry, by its kind and key."""
        known, self._known_uses = self._known_uses, None
        changes = self._changes if known else Changes((), self._base.live)
        uses: Counter[tuple[Kind, str]] = Counter()
        uses.update(known or {})
        uses.update(chain.from_iterable(map(_used, changes.come)))
        uses.subtract(chain.from_iterable(map(_used, changes.gone)))
        return uses

    def resembles(self, word: str, known: Sequence[str]) -> str | None:
        """The one of *known* that *word* clearly means, else None."""
        return closest(word, known)

    def _choose(self, text: str, readings: Sequence[Question]) -> Result:
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
            return self._nothing(question)
        met = [each for each in pool if self.guard.admits(each, question)]
        if not met:
            met = [each for each in pool if self._says_all(each, question)]
        notes: tuple[str, ...] = ()
        if question.numbers:
            met, notes = with_numbers(met, pool, self.profiles, question, self.guard, self._base.metrics)
        scores = {each.claim.number: self.ranking.score(each, question, self.guard) for each in met}
        covered = [
            each for each in met if self.ranking.coverage(each, question, self.guard) >= self._thresholds.covered
        ]
        if not covered:
            return self._nothing(question)
        best = max(scores[each.claim.number] for each in covered)
        share = self._thresholds.relevant if question.words else self._thresholds.named
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
        return found if notes or _lists(question) else found.led(self._base)

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
        return Found(found, how=_CHECKED) if found else self._nothing(question)

    def _matched(self, best: Profile, question: Question) -> tuple[Entry, ...]:
        entries = [
            entry
            for slot in question.slots
            if self.guard.closeness(best, slot, question)
            for entry in slot.entries
            if entry.kind is not Kind.METRIC
        ]
        return tuple(dict.fromkeys(entries))

    def _nothing(self, question: Question) -> Nothing:
        named = [entry for slot in question.slots for entry in slot.of(Kind.TOPIC)]
        nearest = self._near(question.text, named)
        return Nothing(" ".join(question.unknown) or question.text, nearest, question.corrections)

    def _near(self, text: str, named: Sequence[Entry]) -> tuple[Entry, ...]:
        """Topics that *text* names, or whose claims have some of its words as typed; at most three, often none."""
        if len(self._base.live) > LARGE and not self._base.wording.closed:
            near = self.finder.sharing(text, _SHARED)
        else:
            hits = (hit for hit in self._texts.search(text) if hit.covered >= _NEAR and not hit.corrected)
            near = [self._base.claims[hit.number] for hit in hits]
        close = (topic for claim in near for topic in claim.topics)
        return tuple(dict.fromkeys((*named, *close)))[:_NEAREST]


def _used(claim: Claim) -> Iterator[tuple[Kind, str]]:
    """The entries that *claim* refers to, each once."""
    yield from ((Kind.TOPIC, topic.key) for topic in claim.topics)
    yield from ((Kind.PLACE, place.key) for place in claim.places)
    yield from ((Kind.PARTY, key) for key in {claim.attribution.claimant.key, *(p.key for p in claim.subjects)})


def _same_names(one: FactBase, other: FactBase) -> bool:
    """Whether two bases have the same entries, so that the same words name the same things."""
    parts = ("topics", "places", "parties", "metrics", "wording")
    return all(getattr(one, part) == getattr(other, part) for part in parts)


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


def _opens_with_name(question: Question) -> bool:
    """Whether a name that is a command opens it, perhaps after an article or a figure: "6k engineers"."""
    start = 1 if question.tokens and question.tokens[0].word in {"the", "a", "an"} else 0
    start = next((number.end for number in question.numbers if number.start == start), start)
    return any(
        slot.start == start and any(entry.kind is not Kind.METRIC for entry in slot.entries)
        for slot in question.slots
    )
