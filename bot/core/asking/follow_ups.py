"""What is asked of claims that were just shown: "and who said that?", "is that verified?", "when?", "why?"."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum, auto

from bot.core.asking.reading.tokens import tokens
from bot.core.asking.reading.tongues import tongues
from bot.core.asking.reasons import gives_reason
from bot.core.asking.results import Found, Nothing, Result
from bot.core.asking.summary import checked_words
from bot.core.block import party_words
from bot.core.claims import Claim, FactBase
from bot.core.wording import say
from bot.languages.packs import Language

_MOST_WORDS = 12
_VOICES = 3


class Wanted(StrEnum):
    """What somebody wants to know of claims that they see."""

    WHO = auto()
    VERIFIED = auto()
    WHEN = auto()
    WHERE = auto()
    WHY = auto()
    SIDES = auto()


def wanted(text: str) -> frozenset[Wanted]:
    """
    What *text* asks of claims that it does not name; nothing where it names something of its own, or asks nothing.

    Each language is tried by itself: all words have to be its own.
    """
    typed = tokens(text)
    words = [token.word for token in typed]
    if not 0 < len(words) <= _MOST_WORDS:
        return frozenset()
    for each in tongues(typed):
        if each.holds_nothing(words) and (found := _in(each, words)):
            return found
    return frozenset()


def says_nothing(text: str) -> bool:
    """Whether *text* names nothing that a claim could hold: "this", "please", "is this true?"."""
    typed = tokens(text)
    return any(each.holds_nothing([token.word for token in typed]) for each in tongues(typed))


def _in(language: Language, words: Sequence[str]) -> frozenset[Wanted]:
    asks = language.asking(words)
    cues = {
        Wanted.SIDES: asks & {"conflict", "compare"} or language.has("sides", words),
        Wanted.WHO: "who" in asks or language.has("source", words),
        Wanted.VERIFIED: "verified" in asks or language.has("truth", words),
        Wanted.WHEN: "when" in asks,
        Wanted.WHERE: "where" in asks and not language.has("source", words),
        Wanted.WHY: "why" in asks,
    }
    return frozenset(each for each, asked in cues.items() if asked)


def about(shown: Sequence[Claim], asked: frozenset[Wanted], base: FactBase, text: str) -> Result:
    """
    What *base* says on that of the claims *shown*, as they stand now.

    Args:
        shown: At least one, all live.
        text: As typed.
    """
    claims = tuple(shown)
    if Wanted.SIDES in asked:
        rivals = (base.claims[number] for claim in shown for number in base.disputes.get(claim.number, ()))
        claims = tuple(dict.fromkeys((*claims, *rivals)))
    if Wanted.WHY in asked:
        claims = tuple(claim for claim in shown if gives_reason(claim))
    if not claims:
        return Nothing(text, tuple(dict.fromkeys(claim.topics[0] for claim in shown))[:_VOICES])
    return Found(claims, notes=tuple(_notes(claims, asked, base)), asks=frozenset(map(str, asked)))


def _notes(claims: Sequence[Claim], asked: frozenset[Wanted], base: FactBase) -> list[str]:
    """What is said first, where the claims do not begin with it: who says it, how far it was checked."""
    notes: list[str] = []
    if Wanted.WHO in asked:
        voices = list(dict.fromkeys(party_words(claim.attribution.claimant) for claim in claims))
        more = say(" and {n} more", n=len(voices) - _VOICES) if len(voices) > _VOICES else ""
        notes.append(say("Said by: {voices}.", voices="; ".join(voices[:_VOICES]) + more))
    if len(claims) == 1 and Wanted.VERIFIED in asked:
        notes.append(f"{checked_words(claims).capitalize()}.")
    if len(claims) == 1 and Wanted.SIDES in asked:
        notes.append(say("No claim in the fact base disputes it."))
    return notes
