"""
What a claim out of an article needs, and the base with it: new entries, once, and the article as a source, once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256

from rapidfuzz import fuzz, process

from bot.core.claims import GROUPS, NAME_LENGTH, Entry, FactBase, Kind, Source
from bot.core.editing.batches import Batch, EntryWrite
from bot.core.editing.drafts import Fields, missing
from bot.core.editing.entry_drafts import key_of, new_entry, with_alias
from bot.core.editing.fields import EMPTY, hop_of, listed, named, several
from bot.core.editing.intakes import Item, Session, State
from bot.core.intake.proposals import NewEntry
from bot.core.rules.headlines import headline_in
from bot.core.wording import refused, say
from bot.errors import Refused

_NAMING = {"topics": Kind.TOPIC, "about": Kind.PARTY, "places": Kind.PLACE}
_NEAR = 80
"""How alike (0 to 100) a new name and one of the base are, where it may be a slip."""


def lacks(fields: Fields) -> list[str]:
    """What a claim cannot be without and *fields* do not say, in words; its source is the intake's."""
    found = missing({**fields, "source": say("the article")})
    for number, (metric, subject, *_) in enumerate(_figures(fields), start=1):
        if not metric:
            found.append(say("a metric for figure {n}: what it counts, such as arrested or cost", n=number))
        if not subject:
            found.append(say("whom or what figure {n} counts", n=number))
    return found


def _figures(fields: Fields) -> list[list[str]]:
    return [
        [*map(str.strip, line.split("|")), "", ""] for line in several(fields.get("figures", "").removeprefix(EMPTY))
    ]


def _names(fields: Fields) -> Iterator[tuple[Kind, str]]:
    """Everything that *fields* name, by kind."""
    yield Kind.PARTY, fields.get("claimant", "")
    yield from ((Kind.PARTY, hop_of(line)[1]) for line in several(fields.get("via", "").removeprefix(EMPTY)))
    for part, kind in _NAMING.items():
        yield from ((kind, name) for name in listed(fields.get(part, "").removeprefix(EMPTY)))
    yield from ((Kind.METRIC, metric) for metric, *_ in _figures(fields))


def with_source(base: FactBase, session: Session, commands: Collection[str]) -> tuple[FactBase, Source]:
    """
    The base with the article as a source, which is made once: a source of the same text and publisher is the same.

    Raises:
        Refused: Its publisher's name cannot be an entry's; one sentence.
    """
    if session.published_on is None or not session.publisher.strip():
        raise refused("Say who published the article, and on what day.")
    base = _having(base, Kind.PARTY, session.publisher, (), commands)
    publisher = named(base.parties, session.publisher)
    digest = sha256(session.text.encode()).hexdigest()
    for source in base.sources.values():
        if (source.sha256, source.publisher.key) == (digest, publisher.key):
            return base, source
    key = stem = f"{publisher.key}-{session.published_on}"
    number = 1
    while key in base.sources:
        key, number = f"{stem}-{number + 1}", number + 1
    title = "" if headline_in(session.title) else session.title[:NAME_LENGTH]
    retrieved = session.retrieved_on if session.url else None
    source = Source(key, publisher, session.published_on, digest, title, session.url, retrieved)
    return base.having(source), source


def grown(base: FactBase, session: Session, fields: Fields, commands: Collection[str]) -> tuple[FactBase, Source]:
    """The base with everything that a claim of *fields* needs, and the article as its source; raises `Refused`."""
    base, source = with_source(base, session, commands)
    for kind, name in _names(fields):
        if name.strip():
            base = _having(base, kind, name.strip(), session.entries, commands)
    return base, source


def _having(
    base: FactBase, kind: Kind, name: str, offered: tuple[NewEntry, ...], commands: Collection[str]
) -> FactBase:
    """The base with an entry that answers to *name*, if need be the one *offered* under it, with its other forms."""
    entries: Mapping[str, Entry] = base.of_kind(kind)
    if _found(entries, name):
        return base
    words = key_of(name)
    forms = (each for each in offered if each.kind is kind and words in map(key_of, (each.name, *each.aliases)))
    new = next(forms, NewEntry(kind, name))
    entry = _found(entries, new.name) or new_entry(base, kind, {"name": new.name}, commands)
    if name.casefold() != entry.name.casefold():
        entry = with_alias(base, entry, name, commands)
    for alias in new.aliases:
        with suppress(Refused):  # a form that the text has and something else goes by already
            entry = with_alias(base, entry, alias, commands)
    return base.having(entry)


def _found(entries: Mapping[str, Entry], name: str) -> Entry | None:
    with suppress(Refused):
        return named(entries, name)
    return None


def brought(base: FactBase, after: FactBase) -> Batch:
    """The entries and sources of *after* that *base* has otherwise or not at all."""
    entries: list[EntryWrite] = []
    for kind in GROUPS:
        held = base.of_kind(kind)
        changed = (each for key, each in after.of_kind(kind).items() if each is not held.get(key))
        entries += [EntryWrite(held.get(each.key), each) for each in changed]
    return Batch(entries=tuple(entries))


def news(base: FactBase, after: FactBase) -> tuple[tuple[Entry | None, Entry, str], ...]:
    """Entries that *after* has more: as they were, as they are, and the nearest name in *base*, perhaps meant."""
    found: list[tuple[Entry | None, Entry, str]] = []
    for each in after.entries():
        before: Entry | None = base.of_kind(each.kind).get(each.key)
        if each is before:
            continue
        names = [name for entry in base.of_kind(each.kind).values() for name in entry.names]
        near = process.extractOne(each.name, names, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_NEAR)
        found.append((before, each, near[0] if near and before is None else ""))
    return tuple(found)


def same_claimant(base: FactBase, session: Session, at: int) -> list[int]:
    """Where the open items stand whose claimant is that of item *at*."""
    wanted = _who(base, session.all[at])
    return [
        number
        for number, item in enumerate(session.all)
        if item.state is State.OPEN and item.fields.get("claimant") and _who(base, item) == wanted
    ]


def _who(base: FactBase, item: Item) -> str:
    name = item.fields.get("claimant", "")
    party = _found(base.parties, name)
    return party.key if party else key_of(name)
