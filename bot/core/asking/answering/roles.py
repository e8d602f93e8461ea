"""How each part of a question takes part in what is asked, by the words around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.core.asking.answering.question import NOUN, Role, Unit
from bot.core.asking.reading.tokens import Token
from bot.core.claims import Kind
from bot.languages import english
from bot.languages.packs import Language, languages

_LONGEST_SPEECH = 3


def in_roles(units: list[Unit], tokens: Sequence[Token], tongues: Sequence[Language]) -> list[Unit]:
    """The *units* of a question, each in the role that the words around it give it."""
    roles = {
        **_wanted(units, tokens),
        **_owners(units, tokens),
        **_agents(units, tokens, tongues),
        **_counted(units, tokens, tongues),
        **_speakers(units, tokens, tongues),
    }
    return [replace(unit, role=roles.get(unit.start, Role.ANY)) for unit in units]


def _wanted(units: Sequence[Unit], tokens: Sequence[Token]) -> dict[int, Role]:
    """The noun that "what is the" or "which" asks for: the last of those in a row."""
    words = [token.word for token in tokens]
    by_start = {unit.start: unit for unit in units}
    for at, word in enumerate(words):
        if not _is("wanting", word):
            continue
        row = _row(by_start, _past("linking", words, at + 1))
        if not row or _is("span", row[-1].tokens[-1].word) or _asks(words, row[-1].start):
            return {}
        return {row[-1].start: Role.WANTED}
    return {}


def _asks(words: Sequence[str], at: int) -> bool:
    """Whether the word asks, with those before it: "date" of "what date"."""
    return any(at in phrases.within(words) for phrases in languages()[0].asks.values())


def _speakers(units: Sequence[Unit], tokens: Sequence[Token], tongues: Sequence[Language]) -> dict[int, Role]:
    """Who is asked to have said something, and whom they told."""
    words = [token.word for token in tokens]
    by_end = {unit.end: unit for unit in units}
    roles: dict[int, Role] = {}
    for unit in units:
        before = words[unit.start - 1] if unit.start else ""
        at = unit.start - 2 if _is("articles", before) else unit.start - 1
        led = words[at] if at >= 0 else ""
        earlier = words[at - 1] if at > 0 else ""
        if (
            (led == "to" and earlier == "according")
            or (led == "per" and (unit.of(Kind.PARTY) or unit.somebody))
            or (_is("by", led) and _any(tongues, "saying", earlier) and _speaks(unit))
        ):
            roles[unit.start] = Role.CLAIMANT
        elif led == "told" or (led == "to" and earlier in {"told", "spoke", "said"}):
            roles[unit.start] = Role.RELAY
        elif (_is("by", led) or led == "of") and _any(tongues, "speech", earlier) and unit.of(Kind.PARTY):
            counts = _any(tongues, "counting", f"{earlier}_{led}") or any(other.start == unit.end for other in units)
            roles[unit.start] = Role.ANY if counts else Role.CLAIMANT
        near = words[unit.end : unit.end + _LONGEST_SPEECH]
        possessive = "'" in unit.tokens[-1].typed or "\u2019" in unit.tokens[-1].typed
        near = near if possessive else near[:1]
        if unit.of(Kind.PARTY) and any(_any(tongues, "speech", word) for word in near):
            roles[unit.start] = Role.CLAIMANT
    for at, word in enumerate(words):
        if not _any(tongues, "saying", word) or any(_is("particles", after) for after in words[at + 1 : at + 2]):
            continue
        back = at
        unit = next((unit for unit in units if unit.start <= at < unit.end), None)
        if unit and (not unit.light or not all(_is("speaking_of", after) for after in words[at + 1 : at + 2])):
            continue  # what was said, not that somebody said it
        while not unit and back > 0 and (_is("auxiliary", words[back - 1]) or _is("light_adverbs", words[back - 1])):
            back -= 1
        speaker = by_end.get(back)
        if speaker and _speaks(speaker) and roles.get(speaker.start) is not Role.RELAY:
            roles[speaker.start] = Role.CLAIMANT
    return roles


def _speaks(unit: Unit) -> bool:
    """Whether it is somebody: "warned by sirens" names no speaker."""
    return bool(unit.of(Kind.PARTY)) if unit.entries else unit.stranger or unit.somebody


def _is(part: str, word: str) -> bool:
    """Whether *word* belongs to *part* of English, whose order of words these rules follow."""
    return languages()[0].says(part, word)


def _past(part: str, words: Sequence[str], at: int) -> int:
    """The first place from *at* on whose word does not belong to *part*."""
    return next((place for place in range(at, len(words)) if not _is(part, words[place])), len(words))


def _any(tongues: Sequence[Language], part: str, word: str) -> bool:
    return any(each.says(part, word) for each in tongues)


def _counted(units: Sequence[Unit], tokens: Sequence[Token], tongues: Sequence[Language]) -> dict[int, Role]:
    """The noun after "how many", with what stands before it."""
    words = [token.word for token in tokens]
    by_start = {unit.start: unit for unit in units}
    for each in tongues:
        for start in range(len(words)):
            size = each.words["counting"].at(words, start)
            if not size:
                continue
            at, run = start + size, list[Unit]()
            while at < len(words) and (words[at] == "of" or _is("determiners", words[at])):
                at += 1
            at = _past_modifier(by_start, at)
            while (unit := by_start.get(at)) and _counts_on(unit, run):
                if run and _any(tongues, "saying", " ".join(words[unit.end : unit.end + 1])):
                    break  # who says so: "how many homes county says"
                run.append(unit)
                at = unit.end
            asked_of = start and len(run) == 1 and run[0].of(Kind.PARTY) and run[0].end == len(words)
            if run and not asked_of and not _one_side(run[-1], words):
                return {unit.start: Role.COUNTED for unit in run}
    return {}


def _past_modifier(by_start: Mapping[int, Unit], at: int) -> int:
    """Where what is counted begins, past a word that says of what kind: "armoured" of "armoured cars"."""
    first = by_start.get(at)
    if first is None or first.people or first.entries or first.noun >= NOUN:
        return at
    after = by_start.get(first.end)
    plural = after is not None and after.noun >= NOUN and after.tokens[-1].word.endswith("s")
    return first.end if plural and after and not after.of(Kind.PARTY) and not after.of(Kind.METRIC) else at


def _one_side(unit: Unit, words: Sequence[str]) -> bool:
    """Whether *unit* is a party that is set against another: "how many, police or union"."""
    beside = {*words[max(0, unit.start - 1) : unit.start], *words[unit.end : unit.end + 1]}
    return bool(unit.of(Kind.PARTY)) and any(_is("setting_against", word) for word in beside)


def _counts_on(unit: Unit, run: Sequence[Unit]) -> bool:
    """Whether *unit* goes on with what is counted: nouns and what stands before them, not the verb."""
    if not run:
        word = unit.tokens[-1].word
        return unit.people or bool(unit.entries) or unit.noun >= NOUN or word.endswith("s") or not english.known(word)
    counts = run[-1].noun >= NOUN or run[-1].of(Kind.METRIC) or run[-1].of(Kind.TOPIC)
    if run[-1].people or (unit.of(Kind.PARTY) and counts):
        return False
    return unit.noun >= NOUN and not unit.of(Kind.METRIC)


def _agents(units: Sequence[Unit], tokens: Sequence[Token], tongues: Sequence[Language]) -> dict[int, Role]:
    """Who is asked to have done something: what stands right after "did", "has" and the like."""
    words = [token.word for token in tokens]
    by_start = {unit.start: unit for unit in units}
    roles: dict[int, Role] = {}
    for at, word in enumerate(words):
        if not _is("auxiliary", word):
            continue
        row = _row(by_start, _past("determiners", words, at + 1))
        goes_on = _after(row[-1], by_start, words) if row else ""
        if not goes_on or row[-1].people or _is("prepositions", goes_on):
            continue
        if not _any(tongues, "saying", goes_on):
            row = _to_somebody(row)
        whole = row[-1:] if any(unit.entries for unit in row) else row
        roles |= dict.fromkeys((unit.start for unit in whole), Role.AGENT)
    return roles


def _row(by_start: Mapping[int, Unit], start: int) -> list[Unit]:
    """The names and nouns in a row from *start* on: "insurance company"."""
    row = list[Unit]()
    while (unit := by_start.get(start)) and (unit.entries or unit.stranger or unit.noun >= NOUN):
        row.append(unit)
        start = unit.end
    return row


def _to_somebody(row: Sequence[Unit]) -> Sequence[Unit]:
    """*row* up to the last of it that is somebody: "union leaders" of "union leaders sign"."""
    ends = (at for at, unit in enumerate(row, 1) if unit.of(Kind.PARTY) or unit.stranger or unit.somebody)
    return row[: max(ends, default=0)]


def _after(last: Unit, by_start: Mapping[int, Unit], words: Sequence[str]) -> str:
    """The word after *last*, or after what it is of where that has no name: "say" of "chamber of commerce say"."""
    at = last.end
    if words[at : at + 1] == ["of"] and not last.entries:
        at = _past("determiners", words, at + 1)
        row = _row(by_start, at)
        at = row[-1].end if row else at
    return words[at] if at < len(words) else ""


def _measured_in_row(units: Sequence[Unit], first: Unit) -> Unit | None:
    """The name of a metric that *first* is, or that stands after it and other names in a row."""
    row = {unit.start: unit for unit in units}
    unit: Unit | None = first
    while unit and unit.entries and not unit.of(Kind.METRIC):
        unit = row.get(unit.end)
    return unit if unit and unit.entries else None


def _owners(units: Sequence[Unit], tokens: Sequence[Token]) -> dict[int, Role]:
    """Whose figures are asked for: the party right before the name of a metric, or after it and "of"."""
    words = [token.word for token in tokens]
    roles: dict[int, Role] = {}
    for first, last in pairwise(units):
        between = words[first.end : last.start]
        if first.of(Kind.PARTY) and (measured := _measured_in_row(units, last)) and not between:
            roles[first.start] = Role.OWNER if measured is not last or last.noun >= NOUN else Role.AGENT
        elif first.of(Kind.METRIC) and last.of(Kind.PARTY) and between[:1] == ["of"] and len(between) <= 2:
            roles[last.start] = Role.OWNER
    return roles
