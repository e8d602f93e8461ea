"""The strict rules: by which a claim cannot answer a question, whatever else speaks for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.core.asking.answering.profile import Profile
from bot.core.asking.answering.question import NOUN, Question, Role, Unit
from bot.core.asking.answering.slots import NARROWER, counts_another, has_number
from bot.core.asking.reading.asked_dates import dated
from bot.core.claims import Kind
from bot.core.wording import say
from bot.languages import english
from bot.languages.packs import languages

MET = 0.55
"""From which nearness on a part counts as met."""

_ALIKE = 0.85
"""From which nearness on what is asked for is met: nearer than words of a like meaning come."""

_SYNONYM = 0.8
"""From which nearness on WordNet has a word for the same."""

_TELLING = 0.3
"""From which weight on a verb says what was done: "killed", not "got"."""

_HEARD = 0.4
"""Below which a speaker is somebody else."""


def barred(
    question: Question,
    each: Profile,
    levels: Sequence[tuple[float, float]],
    speakers: Sequence[float],
    parties: Sequence[float],
    counted: float,
    measured: Collection[int],
    *,
    beside: bool,
) -> str:
    """
    The strict rule by which a claim can neither answer nor be offered, in plain words; or nothing.

    Args:
        levels: How near it comes to each unit, strictly and softly; speakers: to each name that is asked to say it.
        measured: What `measured_in` gives of *question*; beside: whether any of the parties may be the one.
    """
    if question.unknown:
        return say("the base has nothing called {unknown}", unknown=", ".join(question.unknown))
    if speakers and max((*speakers, *(parties if beside else ()))) < _HEARD:
        return say("those who are asked about do not say it")
    if parties and not speakers and (max(parties) if beside else min(parties)) < _HEARD:
        return say("it has nothing to do with a party that is named")
    for unit, level in zip(question.units, levels, strict=True):
        if unit.of(Kind.PLACE) and not unit.of(Kind.PARTY) and level[0] < MET:
            return say("it is not about {text}", text=unit.text)
    if question.counted and counted < NARROWER:
        return say("it counts no {text}", text=question.counted[-1].text)
    for unit, level in zip(question.units, levels, strict=True):
        if not unit.phrase and unit.start in measured:
            people = not question.counted or question.counted[-1].people
            if (level[1] < _SYNONYM) if people else (level[0] < MET):
                return say("its figure is not said to be of those {text}", text=unit.text)
    if question.numbers and not has_number(each, question):
        return say("it gives another figure")
    if another := counts_another(each, question):
        return say("it counts no {text}", text=another)
    if not all(dated(each.claim, date) for date in question.dates) or (question.earlier and not each.earlier):
        return say("it is of another date")
    return ""


def _wanted(unit: Unit, each: Profile) -> float:
    """From which nearness on it is what is asked for: any place for a kind of place, what is alike for "money"."""
    word = unit.tokens[-1].word
    if english.field(word) == english.PLACE and each.places:
        return 0.0
    return _SYNONYM if languages()[0].says("sums", word) else _ALIKE


def measured_in(question: Question) -> frozenset[int]:
    """Where the units begin that say what those counted did or suffered; the same for every claim."""
    return frozenset(unit.start for unit in question.units if _is_measured(question, unit))


def _undergone(question: Question, unit: Unit) -> bool:
    """Whether it says what those did or suffered who are counted without a word: "how many were hurt"."""
    words = [token.word for token in question.tokens]
    counting = languages()[0].words["counting"]
    ends = (at + size for at in range(unit.start) if (size := counting.at(words, at)))
    end = next(ends, unit.start + 1)
    return end <= unit.start and all(languages()[0].says("auxiliary", word) for word in words[end : unit.start])


def _is_measured(question: Question, unit: Unit) -> bool:
    """Whether it is what "how many" people or things are said to have done or suffered, where those are named."""
    if "how_many" not in question.asks or unit.role is not Role.ANY or unit.light:
        return False
    if unit.start < question.counted[0].start if question.counted else not _undergone(question, unit):
        return False
    if any(each.of(Kind.METRIC) for each in question.counted[-1:]):
        return False  # it says itself what became of them: "how many losses did they suffer"
    if unit.of(Kind.PARTY) or unit.of(Kind.PLACE) or unit.weight < _TELLING:
        return False
    if any(each.start == unit.end and each.noun >= NOUN for each in question.units):
        return False  # it says of what kind those counted are: "wealthy clients"
    before = question.tokens[unit.start - 1].word if unit.start else ""
    if any(languages()[0].says(part, before) for part in ("prepositions", "asking", "aiming", "articles")):
        return False  # a noun, whatever it is elsewhere: "beyond repair"; what whoever asks does; or what it is for
    return english.done(unit.phrase or unit.tokens[-1].word)


def doubted(
    question: Question,
    each: Profile,
    levels: Sequence[tuple[float, float]],
    speakers: Sequence[float],
    parties: Sequence[tuple[Unit, float]],
    counted: float,
    measured: Collection[int],
) -> str:
    """Why a claim may be offered at most; nothing where it may answer."""
    if speakers and max(speakers) < MET:
        return say("nobody of that name says it")
    for unit, level in parties:
        if unit.role in (Role.AGENT, Role.OWNER) and level < MET and "verified" not in question.asks:
            return say("it is not about what {text} did or suffered", text=unit.text)
    for unit, level in zip(question.units, levels, strict=True):
        if speakers and unit.of(Kind.TOPIC) and not unit.of(Kind.PARTY) and level[1] < MET:
            return say("it is not about {text}", text=unit.text)
    if question.counted and counted <= NARROWER:
        return say("what it counts is more than {text}", text=question.counted[-1].text)
    if "how_many" in question.asks and not each.counts and not each.numbers:
        return say("it gives no figure")
    lasts, priced = "how_long" in question.asks and each.lasting, question.sums and each.priced
    for unit, level in zip(question.units, levels, strict=True):
        paced = unit.attribute and languages()[0].says("paces", unit.tokens[-1].word) and each.paced
        if unit.attribute and level[1] < MET and not lasts and not paced:
            return say("it does not say how {text} that is", text=unit.text)
        if unit.role is Role.AGENT and not unit.entries and level[1] < MET and "verified" not in question.asks:
            return say("it is of no {text}", text=unit.text)
        if unit.role is Role.WANTED and not unit.entries and not priced and level[1] < _wanted(unit, each):
            return say("it is of no {text}", text=unit.text)
        if unit.start in measured and level[0] < MET and level[1] < _SYNONYM:
            return say("its figure is not said to be of those {text}", text=unit.text)
    return ""
