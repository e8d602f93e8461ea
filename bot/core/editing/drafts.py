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

from bot.core.claims import Attribution, Claim, FactBase, Link, Verification
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
from bot.core.editing.visible import check_unlabelled, check_visible
from bot.core.wording import refused, say
from bot.errors import Refused

Fields = Mapping[str, str]
"""What was typed, by field; a field that was not typed is not there."""

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
        check_unlabelled(text, name)
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
    attribution, verification, others = _read(base, fields, missing(fields))
    return Claim(
        number=number, attribution=Attribution(**attribution), verification=Verification(**verification), **others
    )


def edited(base: FactBase, claim: Claim, typed: Fields) -> Claim:
    """
    *claim* with the fields of *typed* in place of its own.

    Raises:
        Faults: Fields are unknown, cannot be read, or must not be empty; a sentence for each.
    """
    attribution, verification, others = _read(base, checked(typed))
    if "relations" in others:
        kept = (each for each in claim.relations if each.link is not Link.DISPUTES)
        others["relations"] = (*kept, *others["relations"])
    return replace(
        claim,
        attribution=replace(claim.attribution, **attribution),
        verification=replace(claim.verification, **verification),
        **others,
    )


_Part = dict[str, Any]


def _read(base: FactBase, fields: Fields, lacking: Sequence[str] = ()) -> tuple[_Part, _Part, _Part]:
    """What *fields* say of a claim's attribution, of its verification, and of the rest; raises `Faults`."""
    readers = _readers(base)
    faults = [say("A claim needs {value}.", value=each) for each in lacking]
    faults += _faults(readers, fields)
    if faults:
        raise Faults(faults)
    parts: dict[type[Any], _Part] = {Attribution: {}, Verification: {}, Claim: {}}
    for name, text in fields.items():
        part, attribute, read = readers[name]
        parts[part][attribute] = read("" if text == EMPTY and name not in _NEVER_EMPTY else text)
    return parts[Attribution], parts[Verification], parts[Claim]


_NEVER_EMPTY = frozenset({"claimant", "source", "status"})


def _faults(readers: Mapping[str, _Reads], fields: Fields) -> list[str]:
    """What cannot be read of *fields*, each part of a value by itself, so that all of it is told at once."""
    found: list[str] = []
    for name, text in fields.items():
        if name not in readers:
            known = ", ".join(readers)
            found.append(say("A claim has no field “{name}”; its fields are {fields}.", name=name, fields=known))
            continue
        for part in _PARTED.get(name, _whole)(text) if text != EMPTY else ():
            try:
                readers[name][2](part)
            except Refused as error:
                found.append(str(error))
    return list(dict.fromkeys(found))


def _whole(text: str) -> list[str]:
    return [text]


_PARTED = {
    **dict.fromkeys(("topics", "about", "places", "disputes"), listed),
    **dict.fromkeys(("figures", "via", "caveat", "quotation"), several),
}

_Reads = tuple[type[Any], str, Callable[[str], Any]]


def _readers(base: FactBase) -> dict[str, _Reads]:
    """For each field, whether it is of a claim's attribution or verification, what it is called there, its reader."""
    reader = Reader(base)
    return {
        "statement": (Claim, "statement", str),
        "claimant": (Attribution, "claimant", reader.party),
        "speaker": (Attribution, "spoken_by", check_headline),
        "via": (Attribution, "relayed_by", reader.hops),
        "source": (Attribution, "source", reader.source),
        "status": (Verification, "status", status_named),
        "caveat": (Verification, "caveats", caveats_in),
        "topics": (Claim, "topics", lambda text: tuple(named(base.topics, each) for each in listed(text))),
        "about": (Claim, "subjects", lambda text: tuple(map(reader.party, listed(text)))),
        "places": (Claim, "places", lambda text: tuple(named(base.places, each) for each in listed(text))),
        "figures": (Claim, "figures", reader.figures),
        "quotation": (Claim, "quotations", quotations_in),
        "event": (Claim, "event_date", lambda text: PartialDate.parse(text) if text else None),
        "said": (Claim, "claim_date", lambda text: PartialDate.parse(text) if text else None),
        "note": (Claim, "editor_note", str),
        "disputes": (Claim, "relations", reader.disputed),
    }


FIELDS = tuple(_readers(FactBase()))
"""Fields of a claim that can be typed."""
