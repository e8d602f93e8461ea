"""What the words in a field of a claim stand for: entries by their names, figures, hops, caveats, lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz import fuzz, process

from bot.core.asking.reading.tokens import fold_word, word_stems
from bot.core.bounds import bounds_in, read_bounds
from bot.core.claims import (
    Caveat,
    Entry,
    FactBase,
    Hop,
    Link,
    Metric,
    Party,
    Quotation,
    Relation,
    Relay,
    Source,
    Status,
)
from bot.core.figures import Figure
from bot.core.rules.headlines import headline_in
from bot.core.wording import refused, say
from bot.errors import NotFound, Refused

EMPTY = "-"
"""What empties a field that may be empty."""
_STATUSES = {
    "not verified": Status.NOT_INDEPENDENTLY_VERIFIED,
    "unverified": Status.NOT_INDEPENDENTLY_VERIFIED,
    "none": Status.NONE_STATED,
    "silent": Status.NONE_STATED,
    "disputed": Status.CONTESTED,
    "no access": Status.ACCESS_REFUSED,
    "no source": Status.NO_SOURCE_GIVEN,
}
NEARLY = 60
"""From which likeness on, of 100, a name is offered for another that was typed."""
_SEVERAL = re.compile(r"\n|\|\|")
_LIST = re.compile(r"[\n,;]|\|\|")
_E = TypeVar("_E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Reader:
    base: FactBase

    def party(self, text: str) -> Party:
        return named(self.base.parties, text)

    def source(self, text: str) -> Source:
        wanted = folded(text)
        sources = self.base.sources
        found = [
            source
            for source in sources.values()
            if wanted in {folded(source.key), *map(folded, source.publisher.names), folded(source.title) or None}
        ]
        if len(found) == 1:
            return found[0]
        if found:
            raise refused(
                "Several sources answer to “{text}”: write one of {keys}.",
                text=text,
                keys=", ".join(each.key for each in found),
            )
        offered = ", ".join(sorted(sources)[:5])
        raise refused(
            "There is no source “{text}”. Known ones: {keys}; !source add makes a new one.", text=text, keys=offered
        )

    def hops(self, text: str) -> tuple[Hop, ...]:
        return tuple(Hop(self.party(name), how) for how, name in map(hop_of, several(text)))

    def figures(self, text: str) -> tuple[Figure, ...]:
        return tuple(self._figure(each) for each in several(text))

    def _figure(self, text: str) -> Figure:
        metric, subject, words, bounds, unit, of, *_ = [*map(str.strip, text.split("|")), "", "", "", "", ""]
        if not words:
            raise refused(
                "The figure “{text}” needs a metric, whom it counts and its words, "
                "like ‘killed | the unit's soldiers | more than 500 | 500..’.",
                text=text,
            )
        key = named(self.base.metrics, metric).key
        given = bounds_in(words)
        if given is None or bounds == EMPTY:
            low, high = read_bounds(bounds.removeprefix(EMPTY) if bounds == EMPTY else bounds)
        else:
            low, high = read_bounds(bounds) if bounds else (given.low, given.high)
        share = "share" if given is not None and given.share else "people"
        return Figure(key, subject, words, low, high, unit or share, of)

    def disputed(self, text: str) -> tuple[Relation, ...]:
        found: list[Relation] = []
        for each in listed(text):
            try:
                found.append(Relation(Link.DISPUTES, self.base.cited(each).number))
            except NotFound:
                raise refused("“{text}” is the id of no claim; ids look like C14.", text=each) from None
        return tuple(dict.fromkeys(found))


def hop_of(text: str) -> tuple[Relay, str]:
    """How a claim passed a hop, and the hop's name: `to Reuters`, `via Zvezda`, or the name alone."""
    how, _, name = text.partition(" ")
    return (Relay(how.casefold()), name.strip()) if name and how.casefold() in set(Relay) else (Relay.VIA, text)


def several(text: str) -> list[str]:
    return [part.strip() for part in _SEVERAL.split(text) if part.strip()]


def folded(text: str) -> str:
    """*text* as names are compared: case, accents, hyphens and runs of white space make no difference."""
    return " ".join(map(fold_word, text.replace("_", " ").replace("-", " ").split()))


def by_name(entries: Mapping[str, _E]) -> dict[str, _E]:
    """Each of *entries* by its key and all its names, folded."""
    return {name: entry for entry in entries.values() for name in map(folded, (entry.key, *entry.names))}


def named(entries: Mapping[str, _E], text: str) -> _E:
    """
    The entry that *text* names exactly, by key, name or alias, but for case and accents.

    Raises:
        Refused: None does; the sentence offers the nearest.
    """
    wanted, names = folded(text), by_name(entries)
    if wanted in names:
        return names[wanted]
    kind = next((entry.kind.value for entry in entries.values()), "entry")
    near = process.extractOne(wanted, names.keys(), scorer=fuzz.ratio, score_cutoff=NEARLY)
    if near:
        meant = names[near[0]].name
        there = say("There is no {kind} “{text}”; did you mean {name}?", kind=say(kind), text=text, name=meant)
    else:
        there = say(
            "There is no {kind} “{text}”; !{command} list shows them.", kind=say(kind), text=text, command=kind
        )
    raise Refused(f"{there} {say('!{command} add makes a new one.', command=kind)}")


def status_named(text: str) -> Status:
    wanted = folded(text)
    words = {folded(status.value): status for status in Status} | _STATUSES
    if wanted not in words:
        known = ", ".join(status.value.replace("_", " ") for status in Status)
        raise refused("“{text}” is no verification status; write one of {statuses}.", text=text, statuses=known)
    return words[wanted]


def caveats_in(text: str) -> tuple[Caveat, ...]:
    parts = [[*map(str.strip, each.split("|")), ""][:2] for each in several(text)]
    return tuple(Caveat(_unquoted(words), check_headline(by)) for words, by in parts)


def _unquoted(text: str) -> str:
    return text.strip('“”"„ ') if text[:1] in '“"„' else text


def quotations_in(text: str) -> tuple[Quotation, ...]:
    return tuple(Quotation(_unquoted(each)) for each in several(text))


def check_headline(text: str) -> str:
    """*text*, a name that stands above or before claims; raises `Refused` where it holds a figure or a verdict."""
    if found := headline_in(text):
        raise refused("“{text}” {found}; a name stands above claims, so leave that out.", text=text, found=say(found))
    return text


def check_meaning(base: FactBase, after: Entry) -> None:
    """Raise `Refused` where *after* is a metric that live figures of *base* count, called something else."""
    before = base.metrics.get(after.key) if isinstance(after, Metric) else None
    if before is None or before.name == after.name:
        return
    known = {stem for each in (before.key, *before.names) for _, stem in word_stems(each)}
    counted = any(figure.metric == before.key for claim in base.live for figure in claim.figures)
    if counted and known.isdisjoint(stem for _, stem in word_stems(after.name)):
        raise refused(
            "Figures of claims count {name}, and “{text}” has no word of it or its other names: add another metric, "
            "or keep a word.",
            name=before.name,
            text=after.name,
        )


def listed(text: str) -> list[str]:
    """The parts of *text* between commas, semicolons, `||` or line breaks."""
    return [part.strip() for part in _LIST.split(text) if part.strip()]
