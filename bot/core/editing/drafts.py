"""
A claim from what a moderator typed: one field a name, the same for text commands, slash options and forms.

Several values of a field stand on lines of their own or between `||`; the parts of one value between `|`:

    caveat:  The figures could not be verified. | Reuters
    figures: killed | North Korean troops | more than 6,000 | 6000..
             killed | North Korean troops | more than 6,000     (bounds and share follow from the words; - for none)
    via:     to Reuters || via Zvezda
    topics:  casualties, troops

A bare `-` empties a field that may be empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from rapidfuzz import fuzz, process

from bot.core.asking.reading.tokens import fold_word
from bot.core.bounds import bounds_in, read_bounds
from bot.core.claims import (
    Attribution,
    Caveat,
    Claim,
    Entry,
    FactBase,
    Hop,
    Link,
    Party,
    Quotation,
    Relation,
    Relay,
    Source,
    Status,
    Verification,
)
from bot.core.dates import PartialDate
from bot.core.editing.visible import hidden_characters
from bot.core.figures import Figure
from bot.core.rules.headlines import headline_in
from bot.core.wording import say
from bot.errors import InvalidClaim, NotFound, Refused

Fields = Mapping[str, str]
"""What was typed, by field; a field that was not typed is not there."""

EMPTY = "-"
FIELDS = (
    "statement",
    "claimant",
    "speaker",
    "via",
    "source",
    "status",
    "caveat",
    "topics",
    "about",
    "places",
    "figures",
    "quotation",
    "event",
    "said",
    "note",
    "disputes",
)
"""Fields of a claim that can be typed."""

_STATUSES = {
    "not verified": Status.NOT_INDEPENDENTLY_VERIFIED,
    "unverified": Status.NOT_INDEPENDENTLY_VERIFIED,
    "none": Status.NONE_STATED,
    "silent": Status.NONE_STATED,
    "disputed": Status.CONTESTED,
    "no access": Status.ACCESS_REFUSED,
    "no source": Status.NO_SOURCE_GIVEN,
}
_NEARLY = 60
_LINED = frozenset({"via", "caveat", "topics", "about", "places", "figures", "quotation", "aliases", "members"})
"""Fields in which a line break parts one value from the next; in the others it is folded."""

_SEVERAL = re.compile(r"\n|\|\|")
_LIST = re.compile(r"[\n,;]|\|\|")
_E = TypeVar("_E", bound=Entry)


class Faults(Refused):
    """Everything that is wrong with what was typed, a sentence each."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class _Reader:
    base: FactBase

    def party(self, text: str) -> Party:
        return named(self.base.parties, text)

    def source(self, text: str) -> Source:
        wanted = _folded(text)
        sources = self.base.sources
        found = [
            source
            for source in sources.values()
            if wanted in {_folded(source.key), *map(_folded, source.publisher.names), _folded(source.title) or None}
        ]
        if len(found) == 1:
            return found[0]
        if found:
            raise Refused(
                say(
                    "Several sources answer to “{text}”: write one of {keys}.",
                    text=text,
                    keys=", ".join(each.key for each in found),
                )
            )
        offered = ", ".join(sorted(sources)[:5])
        raise Refused(
            say(
                "There is no source “{text}”. Known ones: {keys}; !source add makes a new one.",
                text=text,
                keys=offered,
            )
        )

    def hops(self, text: str) -> tuple[Hop, ...]:
        return tuple(self._hop(each) for each in _several(text))

    def _hop(self, text: str) -> Hop:
        how, _, name = text.partition(" ")
        if name and how.casefold() in set(Relay):
            return Hop(self.party(name), Relay(how.casefold()))
        return Hop(self.party(text))

    def figures(self, text: str) -> tuple[Figure, ...]:
        return tuple(self._figure(each) for each in _several(text))

    def _figure(self, text: str) -> Figure:
        metric, subject, words, bounds, unit, of, *_ = [*map(str.strip, text.split("|")), "", "", "", "", ""]
        if not words:
            raise Refused(
                say(
                    "The figure “{text}” needs a metric, whom it counts and its words, "
                    "like ‘killed | the unit's soldiers | more than 500 | 500..’.",
                    text=text,
                )
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
                raise Refused(say("“{text}” is the id of no claim; ids look like C14.", text=each)) from None
        return tuple(dict.fromkeys(found))


def _several(text: str) -> list[str]:
    return [part.strip() for part in _SEVERAL.split(text) if part.strip()]


def _folded(text: str) -> str:
    return " ".join(map(fold_word, text.replace("_", " ").replace("-", " ").split()))


def named(entries: Mapping[str, _E], text: str) -> _E:
    """
    The entry that *text* names exactly, by key, name or alias, but for case and accents.

    Raises:
        Refused: None does; the sentence offers the nearest.
    """
    wanted = _folded(text)
    names = {name: entry for entry in entries.values() for name in map(_folded, (entry.key, *entry.names))}
    if wanted in names:
        return names[wanted]
    kind = next((entry.kind.value for entry in entries.values()), "entry")
    near = process.extractOne(wanted, names.keys(), scorer=fuzz.ratio, score_cutoff=_NEARLY)
    if near:
        meant = names[near[0]].name
        there = say("There is no {kind} “{text}”; did you mean {name}?", kind=say(kind), text=text, name=meant)
    else:
        there = say(
            "There is no {kind} “{text}”; !{command} list shows them.", kind=say(kind), text=text, command=kind
        )
    raise Refused(f"{there} {say('!{command} add makes a new one.', command=kind)}")


def _status(text: str) -> Status:
    wanted = _folded(text)
    words = {_folded(status.value): status for status in Status} | _STATUSES
    if wanted not in words:
        known = ", ".join(status.value.replace("_", " ") for status in Status)
        raise Refused(say("“{text}” is no verification status; write one of {statuses}.", text=text, statuses=known))
    return words[wanted]


def _caveats(text: str) -> tuple[Caveat, ...]:
    parts = [[*map(str.strip, each.split("|")), ""][:2] for each in _several(text)]
    return tuple(Caveat(_unquoted(words), check_headline(by)) for words, by in parts)


def _unquoted(text: str) -> str:
    return text.strip('“”"„ ') if text[:1] in '“"„' else text


def _quotations(text: str) -> tuple[Quotation, ...]:
    return tuple(Quotation(_unquoted(each)) for each in _several(text))


def checked(fields: Fields) -> dict[str, str]:
    """
    *fields* without surrounding white space; fields left blank are dropped.

    Raises:
        Refused: One holds a character that cannot be seen or turns text around; the sentence names it.
    """
    for name, text in fields.items():
        if hidden := hidden_characters(text):
            raise Refused(
                say(
                    "{field} holds {hidden}, which nobody can see; take it out.",
                    field=name,
                    hidden=", ".join(hidden[:3]),
                )
            )
    kept = {name: text.strip() for name, text in fields.items() if text.strip()}
    return {name: text if name in _LINED else " ".join(text.split()) for name, text in kept.items()}


def check_headline(text: str) -> str:
    """*text*, a name that stands above or before claims; raises `Refused` where it holds a figure or a verdict."""
    if found := headline_in(text):
        raise Refused(
            say("“{text}” {found}; a name stands above claims, so leave that out.", text=text, found=say(found))
        )
    return text


def check_start(typed: str, names: Collection[str]) -> None:
    """Raise `Refused` unless *typed* is blank or opens with one of *names* and a colon."""
    head, colon, _ = typed.strip().partition(":")
    if typed.strip() and not (colon and head.strip().casefold() in names):
        raise Refused(
            say(
                "“{typed}” is no field; write them like ‘statement: …’. They are {fields}.",
                typed=typed.strip()[:40],
                fields=", ".join(names),
            )
        )


def missing(fields: Fields) -> list[str]:
    """The parts that a new claim cannot be without and that *fields* lacks, in words."""
    needed = {
        "statement": say("a statement: the claim in one neutral sentence"),
        "claimant": say("a claimant: who says it"),
        "source": say("a source: where it was read"),
        "status": say("a verification: a status, such as ‘not independently verified’, and who says so"),
        "topics": say("a topic, or nobody would find it"),
    }
    return [words for name, words in needed.items() if not fields.get(name, "").strip(EMPTY + " ")]


def new_claim(base: FactBase, number: int, typed: Fields) -> Claim:
    """
    The claim that *typed* describes.

    Raises:
        Faults: Parts are missing or cannot be read; a sentence for each.
    """
    fields = checked(typed)
    reader = _Reader(base)
    faults = [*(say("A claim needs {value}.", value=each) for each in missing(fields)), *_faults(reader, fields)]
    if faults:
        raise Faults(faults)
    with_defaults = {"caveat": EMPTY, **fields}
    try:
        blank = Claim(
            number,
            fields["statement"],
            Attribution(reader.party(fields["claimant"]), reader.source(fields["source"])),
            Verification(_status(fields["status"]), _read_caveats(with_defaults)),
            tuple(named(base.topics, each) for each in listed(fields["topics"])),
        )
    except InvalidClaim as error:
        raise Refused(str(error)) from None
    done = {"statement", "claimant", "source", "status", "caveat", "topics"}
    return edited(base, blank, {name: text for name, text in fields.items() if name not in done})


def _read_caveats(fields: Fields) -> tuple[Caveat, ...]:
    return () if fields["caveat"] == EMPTY else _caveats(fields["caveat"])


def listed(text: str) -> list[str]:
    """The parts of *text* between commas, semicolons, `||` or line breaks."""
    return [part.strip() for part in _LIST.split(text) if part.strip()]


def edited(base: FactBase, claim: Claim, typed: Fields) -> Claim:
    """
    *claim* with the fields of *typed* in place of its own.

    Raises:
        Faults: Fields are unknown, cannot be read, or must not be empty; a sentence for each.
    """
    fields = checked(typed)
    reader = _Reader(base)
    if faults := _faults(reader, fields):
        raise Faults(faults)
    attribution, verification = claim.attribution, claim.verification
    changes: dict[str, Any] = {}
    try:
        for name, text in fields.items():
            value = "" if text == EMPTY else text
            match name:
                case "claimant":
                    attribution = replace(attribution, claimant=reader.party(text))
                case "source":
                    attribution = replace(attribution, source=reader.source(text))
                case "speaker":
                    attribution = replace(attribution, spoken_by=value)
                case "via":
                    attribution = replace(attribution, relayed_by=reader.hops(value))
                case "disputes":
                    others = (each for each in claim.relations if each.link is not Link.DISPUTES)
                    changes["relations"] = (*others, *reader.disputed(value))
                case "status" | "caveat":
                    verification = _verification(verification, fields)
                case _:
                    changes |= _change(reader, name, value)
        return replace(claim, attribution=attribution, verification=verification, **changes)
    except InvalidClaim as error:
        raise Refused(str(error)) from None


def _faults(reader: _Reader, fields: Fields) -> list[str]:
    """What cannot be read of *fields*, each read by itself, so that all of it is told at once."""
    readers: dict[str, Callable[[str], Any]] = {
        "claimant": reader.party,
        "speaker": check_headline,
        "source": reader.source,
        "via": reader.hops,
        "status": _status,
        "caveat": _caveats,
        "disputes": reader.disputed,
    }
    found: list[str] = []
    for name, text in fields.items():
        parts = [text]
        if name in _PARTED:
            parts = listed(text)
        elif name in ("figures", "via", "caveat", "quotation"):
            parts = _several(text)
        for part in parts if text != EMPTY else ():
            try:
                readers[name](part) if name in readers else _change(reader, name, part)
            except (Refused, InvalidClaim) as error:
                found.append(str(error))
    return list(dict.fromkeys(found))


_PARTED = frozenset({"topics", "about", "places", "disputes"})


def _verification(verification: Verification, fields: Fields) -> Verification:
    """Both parts at once: a status may need the very caveat that is typed beside it."""
    status = _status(fields["status"]) if "status" in fields else verification.status
    caveats = _read_caveats(fields) if "caveat" in fields else verification.caveats
    return Verification(status, caveats)


def _change(reader: _Reader, name: str, value: str) -> dict[str, Any]:
    base = reader.base
    readers: dict[str, tuple[str, Callable[[str], Any]]] = {
        "statement": ("statement", str),
        "topics": ("topics", lambda text: tuple(named(base.topics, each) for each in listed(text))),
        "about": ("subjects", lambda text: tuple(reader.party(each) for each in listed(text))),
        "places": ("places", lambda text: tuple(named(base.places, each) for each in listed(text))),
        "figures": ("figures", reader.figures),
        "quotation": ("quotations", _quotations),
        "event": ("event_date", lambda text: PartialDate.parse(text) if text else None),
        "said": ("claim_date", lambda text: PartialDate.parse(text) if text else None),
        "note": ("editor_note", str),
    }
    if name not in readers:
        raise Refused(
            say("A claim has no field “{name}”; its fields are {fields}.", name=name, fields=", ".join(FIELDS))
        )
    field, read = readers[name]
    return {field: read(value)}
