"""Whether a claim meets what a question names, each in its role."""

from __future__ import annotations

from bot.core.claims import FactBase, Kind
from bot.core.profile import Kinship, Profile
from bot.core.question import Ask, Question, Role, Slot


class Guard:
    """Holds claims against questions; a slot that a question names must be met by the claim, in its role."""

    def __init__(self, base: FactBase) -> None:
        self._kin = Kinship(base)

    def admits(self, each: Profile, question: Question) -> bool:
        """Whether every slot of *question* is met by the claim."""
        if not all(self.closeness(each, slot) for slot in question.slots):
            return False
        if question.numbers and not any(count.has(number) for count in each.counts for number in question.numbers):
            return False
        return Ask.HOW_MANY not in question.asks or bool(each.counts)

    def closeness(self, each: Profile, slot: Slot) -> float:
        """How well the claim meets *slot*: 0 for not at all, 1 for in the very role."""
        return max(
            *(0.9 for topic in slot.of(Kind.TOPIC) if topic.key in each.topics),
            *(1.0 for place in slot.of(Kind.PLACE) if self._kin.places(place.key) & each.places),
            *(
                1.0
                for metric in slot.of(Kind.METRIC)
                if any(count.figure.metric == metric.key for count in each.counts)
            ),
            *(self._party(each, party.key, slot.role) for party in slot.of(Kind.PARTY)),
            0.0,
            0.0,
        )

    def _party(self, each: Profile, party: str, role: Role) -> float:
        inside = self._kin.below(party)
        counted = frozenset(key for count in each.counts for key in count.parties)
        says = 1.0 if each.claimant in inside else 0.7 if each.claimant in self._kin.groups(party) else 0.0
        carries = 0.5 if inside & each.relayers else 0.2 if each.publisher in inside else 0.0
        concerns = 0.9 if inside & (each.subjects | counted) else 0.0
        match role:
            case Role.CLAIMANT | Role.RELAYER:
                return max(says, carries)
            case Role.SUBJECT:
                return concerns
            case Role.ANY:
                return max(says, concerns, carries, 0.4 if inside & each.mentioned else 0.0)
