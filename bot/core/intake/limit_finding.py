"""The caveat that a sentence holds, seen with who is said in it to say something."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.core.asking.reading.tokens import tokens
from bot.core.intake.attributing import Attributions, Frame
from bot.core.intake.limits import Limit, limit_in, limiting, limits_from, limits_with, of_itself
from bot.core.intake.naming import named
from bot.core.intake.passages import Passage
from bot.core.intake.proposals import Article, Proposal, ProposedCaveat, Span
from bot.core.intake.words import words

_LATER = re.compile(r",\s(?:although|though|but)\s")
_PLEAS, _LIGHT = words("reporting", "pleas"), words("speakers", "light")


class LimitFinder:
    """
    Looks for what limits claims in *article*.

    Args:
        full_name: Who the name at some places of a sentence is, in full.
    """

    def __init__(
        self,
        article: Article,
        passages: Sequence[Passage],
        full_name: Callable[[Attributions, tuple[int, ...]], str],
    ) -> None:
        self._text, self._publisher, self._passages = article.text, article.publisher, passages
        self._full_name = full_name

    def of(self, number: int, passage: Passage, found: Attributions, made: Sequence[Proposal]) -> Limit | None:
        """The caveat of passage *number*, if it holds one; *made* are the claims before it."""
        if self._cannot_check(found):
            return limit_in(self._text, number, passage, self._publisher)
        owner = self._owner(passage, found, made)
        if owner:
            return Limit(ProposedCaveat(passage.span, owner), number, whole=True, owner=owner)
        aside = self._aside(passage, found)
        if aside is not None:
            return Limit(aside, number, whole=False, alone=False)
        says = (each for each in found.frames.values() if each.claimant and not self._limits_itself(found, each))
        places = [place for frame in says for place in (frame.verb, *frame.claimant)]
        places += [mark for mark, _ in found.according]
        said = sorted(found.s.words[place].start for place in places)
        return limit_in(self._text, number, passage, self._publisher, said)

    def _owner(self, passage: Passage, found: Attributions, made: Sequence[Proposal]) -> str:
        """Who limits in this sentence what he said before it in its paragraph: "It stressed that it had no …"."""
        frames = [frame for frame in found.frames.values() if frame.claimant]
        if len(frames) != 1 or frames[0].whole or found.according:
            return ""
        if _LATER.search(self._text, passage.span.start, found.s.words[frames[0].verb].start):
            return ""
        verb = found.s.words[frames[0].verb]
        if not of_itself(verb.text, self._text[verb.end : passage.span.end]):
            return ""
        start = next(each.span.start for each in self._passages if each.paragraph == passage.paragraph)
        speakers = [each.claimant.name for each in made if each.claimant and each.sentence.start >= start]
        name = self._full_name(found, frames[0].claimant)
        return next((each for each in reversed(speakers) if _kin(name, each)), "")

    def _aside(self, passage: Passage, found: Attributions) -> ProposedCaveat | None:
        """What somebody adds that limits what he says first: "…, though it stressed that its data do not show …"."""
        frames = sorted((each for each in found.frames.values() if each.claimant), key=lambda each: each.verb)
        if not frames:
            return None
        verb = found.s.words[frames[-1].verb]
        first = frames[0].claimant
        if len(frames) == 1:
            subject = found.s.subject(verb.head)
            first = found.name(subject) if subject is not None and verb.dep == "advcl" else first
        names = [self._full_name(found, each) for each in (first, frames[-1].claimant)]
        if named(found, frames[-1].claimant).lower() not in {"it", "he", "she", "they"} and names[0] != names[1]:
            return None
        shared = frames[-1].claimant == first
        last = frames[-1].verb if shared else frames[-1].claimant[0]
        joints = {"though", "although", "but", "while", *([] if shared else ["and"])}
        joined = last > 0 and found.s.words[last - 1].low in joints
        if not joined or not of_itself(verb.text, self._text[verb.end : passage.span.end]):
            return None
        span = Span(found.s.words[last].start, found.s.words[-1].end)
        return ProposedCaveat(span, names[0])

    def _cannot_check(self, found: Attributions) -> bool:
        """Whether an outlet says no more than that it could not check: "Reuters said it could not establish …"."""
        spoken = [frame for frame in found.frames.values() if frame.claimant]
        return (
            len(spoken) == 1
            and self._ours(found, spoken[0])
            and limiting(self._text[found.s.words[spoken[0].verb].end : found.s.words[-1].end])
        )

    def _ours(self, found: Attributions, frame: Frame) -> bool:
        return found.outlet(frame.claimant) or named(found, frame.claimant).casefold() in self._publisher.casefold()

    def _limits_itself(self, found: Attributions, frame: Frame) -> bool:
        """Whether the attribution is nothing but a caveat: "the party offered no proof"."""
        verb = found.s.words[frame.verb]
        whole = Span(found.s.words[0].start, found.s.words[-1].end)
        if verb.lemma.lower() in _PLEAS or limits_with(self._text, whole, verb.start):
            return True
        return frame.whole and limits_from(self._text, Span(verb.start, found.s.words[-1].end))


def _kin(name: str, other: str) -> bool:
    """Whether they are one, or one is the other's: "the league's economist" and "Consumer League"."""
    owner = {token.stem for token in tokens(re.split(r"['’]s?\s", name)[0])}
    return name == other or bool(owner & {token.stem for token in tokens(other)} - _LIGHT)
