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

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.core.claims import (
    Attribution,
    Caveat,
    Claim,
    FactBase,
    Link,
    Verification,
)
from bot.core.dates import PartialDate
from bot.core.editing.fields import (
    EMPTY,
    Reader,
    caveats_in,
    check_headline,
    listed,
    named,
    quotations_in,
    several,
    status_named,
)
from bot.core.editing.visible import check_visible
from bot.core.wording import refused, say
from bot.errors import InvalidClaim, Refused

Fields = Mapping[str, str]
"""What was typed, by field; a field that was not typed is not there."""

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

_LINED = frozenset({"via", "caveat", "topics", "about", "places", "figures", "quotation", "aliases", "members"})
"""Fields in which a line break parts one value from the next; in the others it is folded."""


class Faults(Refused):
    """Everything that is wrong with what was typed, a sentence each."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = tuple(faults)


def checked(fields: Fields) -> dict[str, str]:
    """
    *fields* without surrounding white space; fields left blank are dropped.

    Raises:
        Refused: One holds a character that cannot be seen or turns text around; the sentence names it.
    """
    for name, text in fields.items():
        check_visible(text, name)
    kept = {name: text.strip() for name, text in fields.items() if text.strip()}
    return {name: text if name in _LINED else " ".join(text.split()) for name, text in kept.items()}


def check_start(typed: str, names: Collection[str]) -> None:
    """Raise `Refused` unless *typed* is blank or opens with one of *names* and a colon."""
    head, colon, _ = typed.strip().partition(":")
    if typed.strip() and not (colon and head.strip().casefold() in names):
        raise refused(
            "“{typed}” is no field; write them like ‘statement: …’. They are {fields}.",
            typed=typed.strip()[:40],
            fields=", ".join(names),
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
    reader = Reader(base)
    faults = [*(say("A claim needs {value}.", value=each) for each in missing(fields)), *_faults(reader, fields)]
    if faults:
        raise Faults(faults)
    with_defaults = {"caveat": EMPTY, **fields}
    try:
        blank = Claim(
            number,
            fields["statement"],
            Attribution(reader.party(fields["claimant"]), reader.source(fields["source"])),
            Verification(status_named(fields["status"]), _read_caveats(with_defaults)),
            tuple(named(base.topics, each) for each in listed(fields["topics"])),
        )
    except InvalidClaim as error:
        raise Refused(str(error)) from None
    done = {"statement", "claimant", "source", "status", "caveat", "topics"}
    return edited(base, blank, {name: text for name, text in fields.items() if name not in done})


def _read_caveats(fields: Fields) -> tuple[Caveat, ...]:
    return () if fields["caveat"] == EMPTY else caveats_in(fields["caveat"])


def edited(base: FactBase, claim: Claim, typed: Fields) -> Claim:
    """
    *claim* with the fields of *typed* in place of its own.

    Raises:
        Faults: Fields are unknown, cannot be read, or must not be empty; a sentence for each.
    """
    fields = checked(typed)
    reader = Reader(base)
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


def _faults(reader: Reader, fields: Fields) -> list[str]:
    """What cannot be read of *fields*, each read by itself, so that all of it is told at once."""
    readers: dict[str, Callable[[str], Any]] = {
        "claimant": reader.party,
        "speaker": check_headline,
        "source": reader.source,
        "via": reader.hops,
        "status": status_named,
        "caveat": caveats_in,
        "disputes": reader.disputed,
    }
    found: list[str] = []
    for name, text in fields.items():
        parts = [text]
        if name in _PARTED:
            parts = listed(text)
        elif name in ("figures", "via", "caveat", "quotation"):
            parts = several(text)
        for part in parts if text != EMPTY else ():
            try:
                readers[name](part) if name in readers else _change(reader, name, part)
            except (Refused, InvalidClaim) as error:
                found.append(str(error))
    return list(dict.fromkeys(found))


_PARTED = frozenset({"topics", "about", "places", "disputes"})


def _verification(verification: Verification, fields: Fields) -> Verification:
    """Both parts at once: a status may need the very caveat that is typed beside it."""
    status = status_named(fields["status"]) if "status" in fields else verification.status
    caveats = _read_caveats(fields) if "caveat" in fields else verification.caveats
    return Verification(status, caveats)


def _change(reader: Reader, name: str, value: str) -> dict[str, Any]:
    base = reader.base
    readers: dict[str, tuple[str, Callable[[str], Any]]] = {
        "statement": ("statement", str),
        "topics": ("topics", lambda text: tuple(named(base.topics, each) for each in listed(text))),
        "about": ("subjects", lambda text: tuple(reader.party(each) for each in listed(text))),
        "places": ("places", lambda text: tuple(named(base.places, each) for each in listed(text))),
        "figures": ("figures", reader.figures),
        "quotation": ("quotations", quotations_in),
        "event": ("event_date", lambda text: PartialDate.parse(text) if text else None),
        "said": ("claim_date", lambda text: PartialDate.parse(text) if text else None),
        "note": ("editor_note", str),
    }
    if name not in readers:
        raise refused("A claim has no field “{name}”; its fields are {fields}.", name=name, fields=", ".join(FIELDS))
    field, read = readers[name]
    return {field: read(value)}
