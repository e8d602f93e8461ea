"""Whether a claim meets what a question names, each in its role."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.asking.matching.hierarchy import Hierarchy
from bot.core.asking.matching.party_roles import PartyRoles
from bot.core.asking.matching.profile import Count, Profile
from bot.core.asking.question import Question
from bot.core.asking.reading.asked_dates import dated
from bot.core.asking.reading.asks import Ask
from bot.core.asking.reading.lexicon import COMPARED, SPANS
from bot.core.asking.reading.roles import Role
from bot.core.asking.reading.slots import Slot
from bot.core.asking.reading.synonyms import Synonyms
from bot.core.claims import Entry, FactBase, Kind

_SPEAKS, _FIRST, _ALSO, _IN_PASSING = 2.0, 0.9, 0.6, 0.5
_SOLDIERS = 0.2
_COUNTED, _ALSO_VERB = 1.5, 0.7
_IN_TEXT = 0.9
"""How close a claim is to a topic or a metric: said by those it is of, mostly about it, and so on down."""


class Guard:
    """Holds claims against questions: a slot that a question names must be met by the claim, in its role."""

    def __init__(self, base: FactBase, profiles: Sequence[Profile]) -> None:
        self._kin = Hierarchy(base)
        self.synonyms = self._kin.synonyms
        self._trades = self._kin.trades
        self._roles = PartyRoles(self._kin, profiles)
        self._countable = frozenset(topic for each in profiles for count in each.counts for topic in count.topics)

    def admits(self, each: Profile, question: Question) -> bool:
        """Whether the claim meets every name and date of *question*; numbers apart."""
        unmet = [slot for slot in question.slots if not self.closeness(each, slot, question)]
        unmet = [slot for slot in unmet if not self._other_speaks(each, slot, question)]
        met = [slot for slot in question.slots if slot not in unmet and not slot.of(Kind.PLACE)]
        if Ask.WHY in question.asks and each.purposeful and met:
            unmet = [slot for slot in unmet if not _needs_no_repeating(slot, self.synonyms)]
        if unmet and not self._forgives(unmet, question):
            return False
        if not all(dated(each.claim, date) for date in question.dates):
            return False
        if not self._answers_when_and_where(each, question):
            return False
        return not self._counts(each, question) or any(self._fits(count, each, question) for count in each.counts)

    @staticmethod
    def _answers_when_and_where(each: Profile, question: Question) -> bool:
        if Ask.WHEN in question.asks and not (each.claim.event_date or each.claim.claim_date):
            return False
        if Ask.HOW_LONG in question.asks and each.words.isdisjoint(SPANS):
            return False
        return Ask.WHERE not in question.asks or bool(each.places)

    def _forgives(self, unmet: Sequence[Slot], question: Question) -> bool:
        """One topic, if of people, may go unmet where other words say what is asked: "do the soldiers sing"."""
        return (
            len(unmet) == 1
            and all(entry.kind is Kind.TOPIC and entry.key in self._kin.people for entry in unmet[0].entries)
            and bool(question.words)
            and not any(slot.role is Role.SUBJECT for slot in question.slots)
            and not question.numbers
            and Ask.HOW_MANY not in question.asks
        )

    def _other_speaks(self, each: Profile, slot: Slot, question: Question) -> bool:
        """Whether the claim is by the other of two who are compared: "Zelensky and the sources on deaths"."""
        if not slot.of(Kind.PARTY) or slot.role not in {Role.ANY, Role.CLAIMANT}:
            return False
        return any(
            party.key in {each.claimant, *each.relayers} and _set_against(slot, other, question)
            for other in question.slots
            for party in other.of(Kind.PARTY)
        )

    def names_whole(self, topic: str, stems: frozenset[str]) -> bool:
        """Whether *stems* hold the name that *topic* is shown by: the "Kursk incursion" is all of it."""
        return self._kin.name_of(topic) <= stems

    def gives(self, each: Profile, question: Question) -> bool:
        """Whether the claim gives a number of *question* for the metric asked about: losses are not killed."""
        slots = [slot for slot in question.slots if slot.of(Kind.METRIC)]
        return any(
            count.has(number) and (not slots or any(self._is_for(count, slot) for slot in slots))
            for count in each.counts
            for number in question.numbers
        )

    def _is_for(self, count: Count, slot: Slot) -> bool:
        """Whether the figure is of a metric named there, or of any that the topic called just so covers."""
        metric = count.figure.metric
        whole = [topic for topic in slot.of(Kind.TOPIC) if slot.stems == self._kin.name_of(topic.key)]
        return any(self._kin.same(metric, other.key) for other in slot.of(Kind.METRIC)) or any(
            metric in self._kin.kindred(f"{Kind.TOPIC} {topic.key}") for topic in whole
        )

    def admits_but_for_metric(self, each: Profile, question: Question) -> bool:
        """Whether the claim meets what *question* names besides what is counted: 14,000 *sent*, asked as killed."""
        others = [slot for slot in question.slots if not slot.of(Kind.METRIC)]
        counts = [count for count in each.counts if any(count.has(number) for number in question.numbers)]
        return (
            all(self.closeness(each, slot, question) for slot in others)
            and all(dated(each.claim, date) for date in question.dates)
            and any(all(self._slot_fits(count, each, slot, question) for slot in others) for count in counts)
        )

    def closeness(self, each: Profile, slot: Slot, question: Question) -> float:
        """How well the claim meets *slot*: 0 for not at all, 1 for in the very role."""
        return max((self._meets(each, entry, slot, question) for entry in slot.entries), default=0.0)

    def _meets(self, each: Profile, entry: Entry, slot: Slot, question: Question) -> float:
        match entry.kind:
            case Kind.TOPIC:
                return self._topic(each, entry.key, slot, question)
            case Kind.PLACE:
                return float(not self._kin.within(entry.key).isdisjoint(each.places))
            case Kind.METRIC:
                return self._metric(each, entry.key, slot, question)
            case _:
                return self._roles.of(each, entry.key, slot, question)

    def _topic(self, each: Profile, topic: str, slot: Slot, question: Question) -> float:
        """The topic that a claim gives first is what it is mostly about."""
        if slot.role is Role.CLAIMANT and topic in self._trades.get(each.claimant, ()):
            return _SPEAKS
        if topic == each.claim.topics[0].key:
            return _FIRST
        if topic in each.topics:
            return _ALSO
        ahead = [other for other in question.slots if other.end == slot.start]
        owners = {key for other in ahead for party in other.of(Kind.PARTY) for key in self._kin.below(party.key)}
        owned = any(key in owners and stem in self._kin.called(topic) for key, stem in each.owns)
        named = topic in each.touched or owned or all(written(each, stem, self.synonyms) for stem in slot.stems)
        if not named and slot.of_soldiers and each.subjects:
            return _SOLDIERS
        return _IN_PASSING if named else 0.0

    def _metric(self, each: Profile, metric: str, slot: Slot, question: Question) -> float:
        """A metric's word is as often just a verb; it weighs as a metric where a figure is asked for or given."""
        metrics = {count.figure.metric for count in each.counts}
        if metric in metrics:
            return _COUNTED if question.about_figures else _ALSO_VERB
        if not self._kin.kindred(metric).isdisjoint(metrics):
            return 0.6
        said = any(each.stems.get(stem, 0.0) >= _IN_TEXT for stem in slot.stems | self._kin.named(metric))
        return _IN_PASSING if said else 0.0

    def _counts(self, each: Profile, question: Question) -> bool:
        """Whether a figure is asked for, or a party is named as what a metric counts, and not in words alone."""
        subjects = {
            key
            for slot in question.slots
            if slot.role is Role.SUBJECT
            for party in slot.of(Kind.PARTY)
            for key in self._kin.below(party.key)
        }
        metrics = {stem for slot in question.slots if slot.of(Kind.METRIC) for stem in slot.stems}
        in_words = any(key in subjects and stem in metrics for key, stem in each.owns)
        in_words = in_words or not (
            each.counts or subjects.isdisjoint(each.subjects) or metrics.isdisjoint(each.words)
        )
        if Ask.HOW_MANY in question.asks:
            return True
        told_why = each.purposeful and Ask.WHY in question.asks
        return bool(subjects) and bool(metrics or question.numbers) and not in_words and not told_why

    def _fits(self, count: Count, each: Profile, question: Question) -> bool:
        metrics = [slot for slot in question.slots if slot.of(Kind.METRIC)][-1:]
        others = [slot for slot in question.slots if not slot.of(Kind.METRIC)]
        return all(self._slot_fits(count, each, slot, question) for slot in (*others, *metrics)) and all(
            not count.stems.isdisjoint(self.synonyms.wide(stem)) for stem in question.counted
        )

    def _slot_fits(self, count: Count, each: Profile, slot: Slot, question: Question) -> bool:
        metrics, topics = slot.of(Kind.METRIC), slot.of(Kind.TOPIC)
        if metrics:
            near = {key for metric in metrics for key in (metric.key, *self._kin.kindred(metric.key))}
            near |= {key for topic in topics for key in self._kin.kindred(f"{Kind.TOPIC} {topic.key}")}
            return count.figure.metric in near
        if slot.role is Role.SUBJECT:
            parties = count.parties or each.subjects
            return any(
                self._roles.speaks_itself(each, party.key, slot)
                or self._roles.is_kind_of(each, party.key)
                or any((key, slot.then) in each.acts for key in self._kin.above(party.key))
                or not self._kin.below(self._roles.meant(party.key, slot, question)).isdisjoint(parties)
                for party in slot.of(Kind.PARTY)
            )
        if slot.counted and topics:
            if self._countable & {topic.key for topic in topics}:
                return any(topic.key in (count.topics or each.topics | each.touched) for topic in topics)
            kindred = {key for topic in topics for key in self._kin.kindred(f"{Kind.TOPIC} {topic.key}")}
            kindred |= {other for key in kindred for other in self._kin.kindred(key)}
            words = count.stems | self._kin.words(count.figure.metric)
            return count.figure.metric in kindred and not slot.stems.isdisjoint(words)
        return True


def _set_against(slot: Slot, other: Slot, question: Question) -> bool:
    """Whether nothing but "and", "or" or "vs" stands between two names, numbers apart."""
    first, last = sorted((slot, other), key=lambda each: each.start)
    between = question.tokens[first.end : last.start]
    return (
        bool(between)
        and sum(not token.numeric for token in between) == 1
        and any(token.word in COMPARED for token in between)
    )


def _needs_no_repeating(slot: Slot, synonyms: Synonyms) -> bool:
    """Whether a claim on the purpose of people may leave it out: that they came, or one thing they do."""
    return any(map(synonyms.comes, slot.stems)) or {entry.kind for entry in slot.entries} == {Kind.TOPIC}


def written(each: Profile, stem: str, synonyms: Synonyms) -> bool:
    """Whether the claim's own text has *stem*, or a word used for it."""
    return any(each.stems.get(other, 0.0) >= _IN_TEXT for other in synonyms.wide(stem))
