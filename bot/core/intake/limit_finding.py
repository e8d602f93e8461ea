"""The caveat that a sentence holds by its own words, seen with who is said in it to say something."""

from __future__ import annotations

from bot.core.intake.attributing import Attributions, Frame
from bot.core.intake.limits import Limit, limit_in, limiting, limits_from, limits_with
from bot.core.intake.naming import named
from bot.core.intake.passages import Passage
from bot.core.intake.proposals import Article, Span
from bot.core.intake.words import words

_PLEAS = words("reporting", "pleas")


def limit_of(article: Article, number: int, passage: Passage, found: Attributions) -> Limit | None:
    """The caveat that passage *number* is or holds; None where it holds none."""
    if _cannot_check(found, article):
        return limit_in(article.text, number, passage, article.publisher)
    says = (each for each in found.frames.values() if each.claimant and not _limits_itself(found, each))
    places = [place for frame in says for place in (frame.verb, *frame.claimant)]
    places += [mark for mark, _ in found.according]
    said = sorted(found.s.words[place].start for place in places)
    return limit_in(article.text, number, passage, article.publisher, said)


def _cannot_check(found: Attributions, article: Article) -> bool:
    """Whether an outlet says no more than that it could not check: "Reuters said it could not establish …"."""
    spoken = [frame for frame in found.frames.values() if frame.claimant]
    if len(spoken) != 1:
        return False
    who = spoken[0].claimant
    ours = found.outlet(who) or named(found, who).casefold() in article.publisher.casefold()
    return ours and limiting(found.text[found.s.words[spoken[0].verb].end : found.s.words[-1].end])


def _limits_itself(found: Attributions, frame: Frame) -> bool:
    """Whether the attribution is nothing but a caveat: "the party offered no proof"."""
    verb = found.s.words[frame.verb]
    whole = Span(found.s.words[0].start, found.s.words[-1].end)
    if verb.lemma.lower() in _PLEAS or limits_with(found.text, whole, verb.start):
        return True
    return frame.whole and limits_from(found.text, Span(verb.start, found.s.words[-1].end))
