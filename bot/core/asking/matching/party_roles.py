"""How a claim stands to a party that a question names: as who says it, whom it is about, or who passed it on."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.asking.matching.hierarchy import Hierarchy
from bot.core.asking.matching.profile import Profile
from bot.core.asking.question import Question
from bot.core.asking.reading.asks import Ask
from bot.core.asking.reading.roles import Role
from bot.core.asking.reading.slots import Slot
from bot.core.claims import Kind

_OWN, _PART, _GROUP, _CARRIED, _PUBLISHED = 2.0, 0.9, 0.7, 0.5, 0.2
_CONCERNED, _NAMED = 0.9, 0.4
_ALSO, _IN_PASSING = 0.6, 0.5
"""How close a claim is to a party: its own words, those of a part of it or of a group with it, and so on down."""


class PartyRoles:
    """Tells how close a claim is to a party, in the role in which a question names it."""

    def __init__(self, kin: Hierarchy, profiles: Sequence[Profile]) -> None:
        self._kin = kin
        self._media = frozenset(key for each in profiles for key in (*each.relayers, each.publisher))
        self._owners: dict[str, set[str]] = {}
        for key, stem in (owned for each in profiles for owned in each.owns):
            self._owners.setdefault(stem, set()).add(key)

    def of(self, each: Profile, party: str, slot: Slot, question: Question) -> float:
        """How close the claim is to *party* in the role that *slot* gives it; 0 for not at all."""
        party = self.meant(party, slot, question)
        inside = self._kin.below(party)
        if Ask.VERIFIED in question.asks and party in each.checkers:
            return _OWN
        doers = inside | {self._kin.top(party)} if each.claimant == party else inside
        if slot.deed and not self._does(each, doers, slot):
            return 0.0
        match slot.role:
            case Role.CLAIMANT:
                return max(self._says(each, party), self._carries(each, inside))
            case Role.RELAYER:
                return self._carries(each, inside)
            case Role.SUBJECT:
                if slot.before_topic and not self._kin.above(party) and not self._owns(each, party, question, slot):
                    return self.speaks_itself(each, party, slot)
                return self._concerns(each, party, slot) or self.speaks_itself(each, party, slot)
            case Role.CONTEXT:
                soft = any(other is not slot and other.of(Kind.PARTY) for other in question.slots)
                return max(self._concerns(each, party, slot), self._named(each, inside), 0.1 if soft else 0.0)
            case Role.ANY if Ask.WHERE in question.asks or self._asks_its_number(party, question):
                return self._concerns(each, party, slot)
            case Role.ANY:
                return max(
                    self._says(each, party),
                    self._concerns(each, party, slot),
                    self._carries(each, inside),
                    self._named(each, inside),
                )

    def _asks_its_number(self, party: str, question: Question) -> bool:
        """Whether a number is asked for or given beside a country: then it is of that country, whoever says it."""
        return (Ask.HOW_MANY in question.asks or bool(question.numbers)) and len(self._kin.below(party)) > 1

    def meant(self, party: str, slot: Slot, question: Question) -> str:
        """The country where a person stands for it: "Kim's troops", "how many did Putin lose"."""
        acts = slot.agent and slot.then not in {"and", "or"}
        counted = acts and Ask.HOW_MANY in question.asks and self._kin.leads(party)
        return self._kin.top(party) if slot.of_soldiers or (counted and slot.role is not Role.CLAIMANT) else party

    def _does(self, each: Profile, inside: frozenset[str], slot: Slot) -> bool:
        """Whether the claim has the party do it; or, if nothing is done to a name, has at least nobody else do it."""
        doers = {key for key, stem in each.deeds if stem in self._kin.synonyms.wide(slot.deed)}
        return not doers.isdisjoint(inside) or (not doers and not slot.deed_to_somebody)

    def _owns(self, each: Profile, party: str, question: Question, slot: Slot) -> bool:
        """For "Ukrainian drones": whether the claim is on those of that very party."""
        after = [other for other in question.slots if other.start == slot.end]
        topics = [topic for other in after for topic in other.of(Kind.TOPIC)]
        called = {near for other in after for stem in other.stems for near in self._kin.synonyms.wide(stem)}
        inside = {key for key in self._kin.below(party) if not self._kin.trades.get(key)}
        for topic in topics:
            names = self._kin.called(topic.key)
            by_name = any(
                not called.isdisjoint(self._kin.synonyms.wide(stem)) for stem in self._kin.name_of(topic.key)
            )
            owners = {key for stem in called for key in self._owners.get(stem, ())} if by_name else set[str]()
            leading = each.claim.topics[0].key == topic.key and any(p.key in inside for p in each.claim.subjects[:1])
            if leading and any((key, stem) in each.deeds for key in inside for stem in names):
                return True  # "North Korean robots": they are Russian, and the claim says that North Koreans use them
            if owners and owners.isdisjoint(inside):
                continue
            if any((key, stem) in each.owns for key in inside for stem in names):
                return True
            if any(stem in slot.follows for _, stem in each.owns):
                continue
            if inside & each.subjects and each.claim.topics[0].key == topic.key:
                return True
            kindred = self._kin.kindred(f"{Kind.TOPIC} {topic.key}")
            if any(c.parties & inside and (topic.key in c.topics or c.figure.metric in kindred) for c in each.counts):
                return True
        return not topics

    def _says(self, each: Profile, party: str) -> float:
        if each.claimant == party:
            return _OWN
        if each.claimant in self._kin.below(party):
            return _PART
        return _GROUP if each.claimant in self._kin.groups(party) else 0.0

    @staticmethod
    def _carries(each: Profile, inside: frozenset[str]) -> float:
        if not inside.isdisjoint(each.relayers):
            return _CARRIED
        return _PUBLISHED if each.publisher in inside else 0.0

    def _concerns(self, each: Profile, party: str, slot: Slot) -> float:
        inside = self._kin.below(party)
        counted = {key for count in each.counts for key in count.parties}
        first = each.claim.subjects[0].key if each.claim.subjects else ""
        if first in inside or inside & counted:
            return _CONCERNED
        if inside & each.subjects or self.is_kind_of(each, party):
            return _ALSO
        if any((key, stem) in each.deeds for key in inside for stem in slot.follows):
            return _IN_PASSING
        return _IN_PASSING if any((key, slot.then) in each.acts for key in self._kin.above(party)) else 0.0

    def is_kind_of(self, each: Profile, party: str) -> bool:
        """For a party that is a part of a subject by its trade: the claim is on North Korea and on its sappers."""
        trades = self._kin.trades.get(party, frozenset())
        return not trades.isdisjoint(each.topics) and not self._kin.above(party).isdisjoint(each.subjects)

    @staticmethod
    def _named(each: Profile, inside: frozenset[str]) -> float:
        return _NAMED if inside & (each.mentioned | each.checkers) else 0.0

    def speaks_itself(self, each: Profile, party: str, slot: Slot) -> float:
        """For "losses zelensky": a person or an outlet is there as who says it, a country is not."""
        if slot.agent and each.claimant == party and self._kin.top(party) in each.subjects:
            return _GROUP
        if slot.agent or len(self._kin.below(party)) > 1 or not (self._kin.above(party) or party in self._media):
            return 0.0
        return _GROUP if each.claimant == party else _CARRIED if party in each.relayers else 0.0
