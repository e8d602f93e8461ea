"""Answers questions over any base: claims, a question back, or an honest no, with no word of its subject in code."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.core.asking.answering.deciding import Outcome, answers, decide, likely, offers, ranked, score
from bot.core.asking.answering.index import ClaimIndex
from bot.core.asking.answering.interpreting import read
from bot.core.asking.answering.meeting import CANDIDATES, Meeting, meet
from bot.core.asking.answering.question import Question
from bot.core.asking.answering.references import Referring
from bot.core.asking.answering.spelling import ChatSpeller
from bot.core.asking.answering.vocabulary import Vocabulary
from bot.core.asking.matching.candidates import LARGE
from bot.core.asking.results import Found, Near, Nothing, Option, Result, Unsure
from bot.core.claims import Claim, Entry, FactBase, Kind
from bot.core.wording import say

MOST_CLAIMS = 400
"""Claims of a base with a closed vocabulary up to which its refused questions are asked back."""

_STRICTLY = 0.6


@dataclass(frozen=True, slots=True)
class Changes:
    """
    What became of the live claims between two moments of a base.

    Attributes:
        gone: Those that are not there any more as they were; come: those that are new, or otherwise than they were.
        same: Those that are equal, but other objects, as after everything was read anew.
    """

    gone: Sequence[Claim]
    come: Sequence[Claim]
    same: Sequence[Claim] = ()

    @classmethod
    def between(cls, before: FactBase, after: FactBase) -> Changes:
        """The changes that led from one base to the other."""
        held = before.claims
        others = [claim for claim in after.live if held.get(claim.number) is not claim]
        come = [claim for claim in others if held.get(claim.number) != claim]
        new = {claim.number for claim in come}
        there = after.claims
        gone = [
            claim
            for claim in before.live
            if (now := there.get(claim.number)) is not claim and (claim.number in new or now is None or now.retired)
        ]
        return cls(gone, come, [claim for claim in others if claim.number not in new])

    def few(self, base: FactBase) -> bool:
        """Whether taking them over costs less than reading *base* anew."""
        return len(self.gone) + len(self.come) <= len(base.live) // 2


class Finder:
    """Finds the claims that a question means, for one base as it was at one moment."""

    def __init__(self, base: FactBase, previous: Finder | None = None, changes: Changes | None = None) -> None:
        """
        Read *base*.

        Args:
            previous: The finder over the base before *changes*, where no names changed: what it knows of unchanged
                claims is taken over.
        """
        self._base = base
        if previous and changes and changes.few(base):
            self.vocabulary = previous.vocabulary.changed(changes.gone, changes.come)
            self.index = previous.index.changed(changes.gone, changes.come)
            self.index.hold(changes.same)
            return
        self.vocabulary = Vocabulary(base, previous.vocabulary.names if previous else None)
        large, referring = len(base.live) > LARGE, Referring(base, self.vocabulary.names)
        claims = ((claim, self.vocabulary.read(claim)) for claim in base.live)
        self.index = ClaimIndex(claims, referring, whole=large)

    @property
    def speller(self) -> ChatSpeller:
        """Corrects words into those of the base."""
        return self.vocabulary.speller

    def readings(self, text: str) -> list[Question]:
        """Every way to read *text*, the likeliest first."""
        return read(text, self.vocabulary, self.index)

    def meet(self, text: str) -> tuple[Question, list[Meeting]]:
        """*text* in its likeliest reading, and the claims held against it."""
        question = self.readings(text)[0]
        return question, self.held_against(question)

    def held_against(self, question: Question) -> list[Meeting]:
        """The claims held against *question*."""
        return meet(question, self.index)

    def ask(self, text: str) -> Result:
        """
        The claims that answer *text*; or a question back with at most three of them; or neither.

        Never a claim that a strict rule bars: a name, a place, a counted thing, a number or a date that it does not
        meet. Nothing for opinions, instructions and greetings.
        """
        readings = self.readings(text)
        if checked := self._checked(readings[0]):
            return checked
        judged = [self._judged(each) for each in readings]
        found = [(question, ranking) for question, ranking, outcome in judged if outcome is Outcome.ANSWER]
        if found:
            results = [(question, self._found(question, ranking)) for question, ranking in found]
            if len({result.claims for _, result in results}) == 1:
                return results[0][1]
            return Unsure(
                tuple(
                    Option(", ".join(choice.read_as for choice in question.mended.choices), question.mended.text)
                    for question, _ in results
                ),
                text,
            )
        for _, ranking, outcome in judged:
            if outcome is Outcome.ASK_BACK:
                return self._asked_back(text, ranking)
        question = judged[0][0]
        return Nothing(" ".join(question.unknown) or text, corrections=question.corrections)

    def _checked(self, question: Question) -> Found | None:
        """The claims on which somebody says how far they were checked: "which figures are verified?"."""
        if not question.empty or question.idle or "verified" not in question.asks:
            return None
        claims = tuple(claim for claim in self._base.live if claim.verification.caveats)
        return Found(claims[:CANDIDATES], asks=question.asks) if claims else None

    def sharing(self, text: str, least: float) -> list[Claim]:
        """The claims that share most with *text*, and at least a share of its words, by rarity; ten at most."""
        return self.index.sharing(self.vocabulary.content(text), least)

    def offer(self, text: str, admitted: Collection[int]) -> Unsure | None:
        """
        What *text* may mean where stricter rules than these refused it, three options at most; or None.

        Args:
            admitted: Numbers of the claims that those rules let through in all but their wording.
        """
        question = self.readings(text)[0]
        if question.unknown or question.idle:  # no claim can be offered, whichever is held against it
            return None
        ranking = ranked(meet(question, self.index, admitted))
        return self._asked_back(text, ranking) if likely(question, ranking) else None

    def _asked_back(self, text: str, ranking: Sequence[Meeting]) -> Unsure:
        """The best of *ranking* as buttons *topic — claimant*; each leads to a claim and all that dispute it."""
        near = tuple(Near(each.profile.claim, score(each)) for each in ranking)
        options = tuple(Option.leading_to(claim, self._base) for claim in offers(each.claim for each in near))
        return Unsure(options, text, offered=True, near=near)

    def _judged(self, question: Question) -> tuple[Question, list[Meeting], Outcome]:
        ranking = ranked(self.held_against(question))
        return question, ranking, decide(question, ranking)

    def _found(self, question: Question, ranking: list[Meeting]) -> Found:
        shown = answers(question, ranking)
        claims = tuple(each.profile.claim for each in shown)
        cut: tuple[str, ...] = ()
        if len(shown) == len(ranking) and len(self.index) > CANDIDATES <= len(shown):
            cut = (say("More claims match than are shown; another name or word narrows them down."),)
        found = Found(claims, question.corrections, _matched(question, shown[0]), cut, asks=question.asks)
        return found.led(self._base) if question.words or question.asks else found


def _matched(question: Question, best: Meeting) -> tuple[Entry, ...]:
    """The entries that the question names and the best claim meets."""
    met = zip(question.units, best.levels, strict=True)
    entries = [entry for unit, (strict, _) in met if strict >= _STRICTLY for entry in unit.entries]
    return tuple(dict.fromkeys(entry for entry in entries if entry.kind is not Kind.METRIC))
