"""An entry or a source from what a moderator typed; notation as in `bot.core.editing.drafts`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from anyascii import anyascii

from bot.core.claims import Entry, FactBase, Kind, Metric, Party, Place, Source, Topic
from bot.core.editing.drafts import Fields, checked
from bot.core.editing.fields import EMPTY, check_headline, check_meaning, listed, named
from bot.core.rules.claim_rules import fold
from bot.core.rules.vetting import vet_names
from bot.core.wording import later, refused, say
from bot.errors import Refused

_TYPES: dict[Kind, type[Entry]] = {Kind.TOPIC: Topic, Kind.PLACE: Place, Kind.PARTY: Party, Kind.METRIC: Metric}
_Reads = tuple[str, Callable[[str], Any]]
"""What a field is called in the entry, and what reads it."""
_KEY_LENGTH = 60
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


def any_named(base: FactBase, text: str) -> Entry:
    """The topic, place, party or metric that *text* names exactly, in this order; raises `Refused`."""
    for kind in (Kind.TOPIC, Kind.PLACE, Kind.PARTY, Kind.METRIC):
        try:
            return named(base.of_kind(kind), text)
        except Refused:
            continue
    raise refused("“{text}” names no topic, place, party or metric; !topics lists everything there is.", text=text)


def new_entry(base: FactBase, kind: Kind, typed: Fields, commands: Collection[str]) -> Entry:
    """
    The entry that *typed* describes.

    Args:
        commands: Names of the bot's own commands, which an entry must not take.

    Raises:
        Refused: A field is missing, or a name is taken; one sentence.
    """
    fields = checked(typed)
    if "name" not in fields:
        raise refused("A {kind} needs a name.", kind=say(kind))
    key = key_of(fields["name"])
    if not key:
        raise refused("“{name}” has no letter or digit to ask by; choose another name.", name=fields["name"])
    if key in base.of_kind(kind):
        there = say("There is a {kind} “{key}” already;", kind=say(kind), key=key)
        raise Refused(f"{there} {say('!{command} edit {key} changes it.', command=kind, key=key)}")
    return edited_entry(base, _TYPES[kind](key, key), fields, commands)


def key_of(name: str) -> str:
    """A stable identifier for *name*: its letters and digits in ASCII, lower case, joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")[:_KEY_LENGTH].strip("-")


def edited_entry(base: FactBase, entry: Entry, typed: Fields, commands: Collection[str]) -> Entry:
    """*entry* with the fields of *typed* in place of its own; raises like `new_entry`."""
    entries: Mapping[str, Entry] = base.of_kind(entry.kind)
    readers: dict[str, _Reads] = {
        "name": ("name", str),
        "aliases": ("aliases", lambda text: tuple(dict.fromkeys(listed(text)))),
        "description": ("about", str),
        "part_of": ("part_of", lambda text: named(entries, text).key if text else None),
    }
    if isinstance(entry, Party):
        readers["style"] = ("style", str)
        readers["members"] = ("members", lambda text: tuple(named(entries, each).key for each in listed(text)))
    after = replace(entry, **_changes(readers, checked(typed), entry.kind))
    check_names(base, after, commands)
    return after


def _changes(readers: Mapping[str, _Reads], fields: Fields, kind: str) -> dict[str, Any]:
    """What *fields* change; raises `Refused` for one that a *kind* has not."""
    if unknown := [name for name in fields if name not in readers]:
        raise refused("A {kind} has no field “{name}”.", kind=say(kind), name=unknown[0])
    read = {name: "" if text == EMPTY else text for name, text in fields.items()}
    return {readers[name][0]: readers[name][1](text) for name, text in read.items()}


def check_names(base: FactBase, after: Entry, commands: Collection[str]) -> None:
    """Raise `Refused` with the first thing wrong with the entry's names that was not wrong before."""
    before: Entry | None = base.of_kind(after.kind).get(after.key)
    new = {name.casefold() for name in after.names} - {name.casefold() for name in (before.names if before else ())}
    others = () if after.kind is Kind.METRIC else (each for each in base.commands() if each != before)
    taken = {fold(name): other for other in others for name in other.names}
    for name in new:
        if other := taken.get(fold(name)):
            raise refused(
                "“{text}” names {kind} {name} already; choose other words.",
                text=name,
                kind=say(other.kind),
                name=other.name,
            )
    known = {finding.message for finding in vet_names(base, commands)}
    for finding in vet_names(base.having(after), commands):
        if finding.message not in known:
            raise Refused(finding.message)
    check_meaning(base, after)


def with_alias(base: FactBase, entry: Entry, alias: str, commands: Collection[str]) -> Entry:
    """*entry* answering to *alias* too; raises `Refused` when the alias is taken or would hide a command."""
    text = checked({"alias": alias}).get("alias", "")
    if not text:
        raise refused("An alias needs a word.")
    if text.casefold() in map(str.casefold, entry.names):
        raise refused("“{text}” names {kind} {name} already.", text=text, kind=say(entry.kind), name=entry.name)
    after = replace(entry, aliases=(*entry.aliases, text))
    check_names(base, after, commands)
    return after


def without_alias(entry: Entry, alias: str) -> Entry:
    """*entry* no longer answering to *alias*; raises `Refused` when it never did."""
    kept = tuple(each for each in entry.aliases if each.casefold() != alias.strip().casefold())
    if len(kept) == len(entry.aliases):
        kind = say(entry.kind)
        raise refused("“{text}” is no alias of {kind} {name}.", text=alias, kind=kind, name=entry.name)
    return replace(entry, aliases=kept)


def source_of(base: FactBase, before: Source | None, key: str, typed: Fields) -> Source:
    """The source that *typed* describes, new or changed; raises `Refused` for what is missing or cannot be read."""
    fields = checked(typed)
    for needed, lacking in (
        ("publisher", later("A source needs a publisher.")),
        ("published", later("A source needs its date.")),
        ("sha256", later("A source needs its text attached, which is hashed and not kept, or its sha256.")),
    ):
        if before is None and needed not in fields:
            raise refused(lacking)
    readers: dict[str, _Reads] = {
        "publisher": ("publisher", lambda text: named(base.parties, text)),
        "published": ("published_on", day_of),
        "title": ("title", lambda text: text if before and text == before.title else check_headline(text)),
        "sha256": ("sha256", _digest),
        "url": ("url", str),
        "retrieved": ("retrieved_on", lambda text: day_of(text) if text else None),
    }
    changes = _changes(readers, fields, Source.kind)
    return replace(before, **changes) if before else Source(check_headline(key), **changes)


def _digest(text: str) -> str:
    if not _SHA256.match(text.lower()):
        raise refused("A sha256 is 64 digits and letters a to f; attach the text instead and it is worked out.")
    return text.lower()


def day_of(text: str) -> date:
    """The day that *text* writes like 2025-11-14; raises `Refused`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise refused("“{text}” is no day; write it like 2025-11-14.", text=text) from None
