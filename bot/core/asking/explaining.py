"""Why a question got the answer it got: how it was read, what matched with which score, and what was refused."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.asking.answering.deciding import ranked, score
from bot.core.asking.answering.finding import Finder
from bot.core.asking.answering.question import Question as FreeQuestion
from bot.core.asking.matching.profile import Profile
from bot.core.asking.question import Question
from bot.core.asking.reading.asked_dates import dated
from bot.core.asking.reading.asks import Ask
from bot.core.asking.reading.slots import Slot
from bot.core.asking.results import Correction, Found, Result
from bot.core.asking.search import Searcher
from bot.core.claims import Claim, Kind
from bot.core.wording import say

_MATCHED, _REFUSED = 8, 5


@dataclass(frozen=True, slots=True)
class Named:
    """A name that the question holds: what it was taken for, and in which role."""

    typed: str
    entries: str
    role: str


@dataclass(frozen=True, slots=True)
class Match:
    """A claim that met the question: its score, the share of the words it has, whether it was shown."""

    claim: Claim
    score: float
    covered: float
    shown: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """A claim that the words alone would have brought, and why it was kept back."""

    claim: Claim
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """
    One way to read the question.

    Attributes:
        asks: What kind of answer it wants, in words.
        unknown: Words that the base does not know, which is a reason to refuse.
        idle: Whether it is no question to a fact base.
    """

    text: str
    corrections: tuple[Correction, ...]
    asks: tuple[str, ...]
    names: tuple[Named, ...]
    numbers: tuple[str, ...]
    unknown: tuple[str, ...]
    idle: bool
    matches: tuple[Match, ...]
    refusals: tuple[Refusal, ...]


def explain(searcher: Searcher, question: str) -> tuple[Result, tuple[Reading, ...]]:
    """What *question* gives, and every way it was read."""
    result = searcher.ask(question)
    shown = {claim.number for claim in result.claims} if isinstance(result, Found) else set[int]()
    if searcher.cites(question):
        return result, ()
    if not searcher.base.wording.closed:
        return result, tuple(
            _free_reading(searcher.finder, each, shown) for each in searcher.finder.readings(question)
        )
    return result, tuple(_reading(searcher, each, shown) for each in searcher.closed.readings(question))


def _free_reading(finder: Finder, question: FreeQuestion, shown: set[int]) -> Reading:
    """A reading where the base does not close its vocabulary."""
    meetings = finder.held_against(question)
    ranking = ranked(meetings)
    barred = sorted((each for each in meetings if each.barred), key=lambda each: -each.value("covered"))
    return Reading(
        question.mended.text,
        question.corrections,
        tuple(ask.replace("_", " ") for ask in sorted(question.asks)),
        tuple(
            Named(unit.text, ", ".join(f"{say(entry.kind)} {entry.name}" for entry in unit.entries), unit.role)
            for unit in question.names
        ),
        tuple(number.typed for number in question.numbers),
        question.unknown,
        question.idle,
        tuple(
            Match(claim, score(each), each.value("covered_softly"), claim.number in shown)
            for each in ranking[:_MATCHED]
            if (claim := each.profile.claim)
        ),
        tuple(
            Refusal(each.profile.claim, each.barred) for each in barred[:_REFUSED] if each.value("covered_softly") > 0
        ),
    )


def _reading(searcher: Searcher, question: Question, shown: set[int]) -> Reading:
    pool = searcher.closed.candidates.of(question)
    admitted = {each.claim.number for each in pool if searcher.closed.guard.admits(each, question)}
    scored = [(searcher.closed.ranking.score(each, question, searcher.closed.guard), each) for each in pool]
    scored.sort(key=lambda each: (-each[0], each[1].claim.number))
    matches = [
        Match(
            each.claim,
            score,
            searcher.closed.ranking.coverage(each, question, searcher.closed.guard),
            each.claim.number in shown,
        )
        for score, each in scored
        if each.claim.number in admitted | shown
    ]
    matches.sort(key=lambda match: not match.shown)
    refusals = [
        Refusal(each.claim, _why(searcher, each, question))
        for score, each in scored
        if each.claim.number not in admitted | shown and score > 0
    ]
    return Reading(
        question.mended.text,
        question.corrections,
        tuple(ask.name.lower().replace("_", " ") for ask in sorted(question.asks, key=lambda ask: ask.name)),
        tuple(_named(slot, question) for slot in question.slots),
        tuple(number.typed for number in question.numbers),
        question.unknown,
        question.idle,
        tuple(matches[:_MATCHED]),
        tuple(refusals[:_REFUSED]),
    )


def _named(slot: Slot, question: Question) -> Named:
    typed = " ".join(token.typed for token in question.tokens[slot.start : slot.end])
    entries = ", ".join(f"{say(entry.kind)} {entry.name}" for entry in slot.entries)
    return Named(typed, entries, slot.role.name.lower() if slot.of(Kind.PARTY) else "")


def _why(searcher: Searcher, each: Profile, question: Question) -> str:
    """The first thing of the question that the claim does not meet."""
    for slot in question.slots:
        if not searcher.closed.guard.closeness(each, slot, question):
            named = _named(slot, question)
            if not named.role or named.role == "any":
                return say("does not meet {entries}", entries=named.entries)
            return say("does not meet {entries} as {role}", entries=named.entries, role=say(named.role))
    if not all(dated(each.claim, date) for date in question.dates):
        return say("is of another date")
    if Ask.WHEN in question.asks and not (each.claim.event_date or each.claim.claim_date):
        return say("has no date")
    if Ask.WHERE in question.asks and not each.places:
        return say("names no place")
    return say("gives no figure for that word") if question.unknown else say("gives no figure for what is counted")
