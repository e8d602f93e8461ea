"""What a question may have meant where no claim may answer it."""

from __future__ import annotations

from collections.abc import Collection

from bot.core.asking.offering.deciding import likely, offers, ranked
from bot.core.asking.offering.index import ClaimIndex
from bot.core.asking.offering.meeting import Meeting, meet
from bot.core.asking.offering.profile import profile
from bot.core.asking.offering.question import Question, read
from bot.core.asking.offering.vocabulary import Vocabulary
from bot.core.claims import Claim, FactBase

MOST_CLAIMS = 400
"""Claims of a base up to which questions are asked back: every claim is held against every question."""


class Finder:
    """Finds the claims that a question comes near to, for one base as it was at one moment."""

    def __init__(self, base: FactBase) -> None:
        self._vocabulary = Vocabulary(base)
        for claim in base.live:
            self._vocabulary.read(claim)
        profiles = [profile(claim, base, self._vocabulary) for claim in base.live]
        self._index = ClaimIndex(profiles)
        self._figures = frozenset(value for each in profiles for count in each.counts for value in count.values)

    def read(self, text: str) -> Question:
        """The likeliest way to read *text*."""
        return read(text, self._vocabulary, self._figures)[0]

    def meet(self, text: str) -> tuple[Question, list[Meeting]]:
        """*text* as read, and every claim held against it."""
        question = self.read(text)
        return question, meet(question, self._index)

    def offer(self, text: str, admitted: Collection[int]) -> tuple[Claim, ...]:
        """
        The claims that *text* may mean, the likeliest first, three at most; none where it is likelier none is meant.

        Args:
            admitted: Numbers of the claims that meet every name of the question in its role.

        Never a claim that a strict rule bars: a name, a place, a counted thing, a number or a date that it does not
        meet. Nothing for opinions, instructions and greetings.
        """
        question, meetings = self.meet(text)
        ranking = [each for each in ranked(meetings) if each.profile.claim.number in admitted]
        if question.idle or question.empty or not question.units or not ranking or not likely(question, ranking[0]):
            return ()
        return tuple(each.profile.claim for each in offers(ranking))
