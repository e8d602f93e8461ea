"""
An intake as moderators go through it: every proposal in the notation of a claim's fields, and what was decided of it.

A proposal that names what the base lacks brings it along: `grown` is the base with it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from zlib import crc32

from bot.core.claims import NAME_LENGTH, Entry, FactBase, Kind, Source, Status
from bot.core.editing.batches import Batch, EntryWrite, SourceWrite
from bot.core.editing.drafts import EMPTY, Fields, listed, missing, named
from bot.core.editing.entry_drafts import entries_of, key_of, new_entry, with_alias
from bot.core.figures import Figure
from bot.core.intake.proposals import Intake, Named, NewEntry, Proposal, ProposedFigure, Span
from bot.core.rules.headlines import headline_in
from bot.core.rules.vetting import GROUPS
from bot.errors import InvalidClaim, Refused

_NAMING = {"topics": Kind.TOPIC, "about": Kind.PARTY, "places": Kind.PLACE}


class State(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    ACCEPTED = "accepted"
    PROPOSED = "proposed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Item:
    """
    One sentence to decide on.

    Attributes:
        fields: The claim as typed (`bot.core.editing.drafts`), without its source.
        faults: What the verifier found, where it did not pass a proposal; such a one has no fields until somebody
            writes them.
        notes: How relative dates were counted.
        spans: Figures and quotations that nothing holds if it is dropped.
        outcome: Number of the claim, or of the proposal that waits for a second moderator.
    """

    sentence: Span
    fields: Mapping[str, str] = field(default_factory=dict[str, str])
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    state: State = State.OPEN
    outcome: int = 0

    @property
    def seen(self) -> str:
        """Eight hexadecimal digits that tell what it says from what it said before."""
        return f"{crc32(repr(sorted(self.fields.items())).encode()):08x}"


@dataclass(frozen=True, slots=True)
class Session:
    """An article in the making; `items` is None until it was read."""

    text: str
    publisher: str = ""
    published_on: date | None = None
    title: str = ""
    items: tuple[Item, ...] | None = None
    entries: tuple[NewEntry, ...] = ()
    uncovered: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()
    id: int = 0

    @property
    def all(self) -> tuple[Item, ...]:
        """Its items; none before it was read."""
        return self.items or ()

    def next_open(self, after: int = -1) -> int:
        """Where the next undecided item stands, from the start again; the number of items where none is left."""
        order = [*range(after + 1, len(self.all)), *range(after + 1)]
        return next((at for at in order if at < len(self.all) and self.all[at].state is State.OPEN), len(self.all))

    def count(self, state: State) -> int:
        """How many items are in *state*."""
        return sum(item.state is state for item in self.all)

    @property
    def left(self) -> tuple[Span, ...]:
        """Figures and quotations that no claim holds, in the text's order."""
        dropped = (span for item in self.all if item.state is State.DROPPED for span in item.spans)
        return tuple(sorted({*self.uncovered, *dropped}))


def begun(session: Session, base: FactBase, intake: Intake, *, own_voice: bool) -> Session:
    """
    *session* with what was read.

    Args:
        own_voice: Whether a proposal without a claimant is the publisher's own; otherwise nobody knows whose it is.
    """
    publisher = intake.article.publisher if own_voice else ""
    proposed = [_item(base, each, session.text, publisher) for each in intake.proposals]
    suspects = [Item(each.sentence, faults=each.faults) for each in intake.suspects]
    return replace(
        session,
        publisher=intake.article.publisher,
        published_on=intake.article.published_on,
        title=intake.article.title,
        items=(*proposed, *suspects),
        entries=(*intake.entries, *_unlisted(intake)),
        uncovered=intake.uncovered,
        notes=intake.notes,
    )


def _item(base: FactBase, proposal: Proposal, text: str, publisher: str) -> Item:
    happened = next((each for each in proposal.dates if not each.said), None)
    said = next((each for each in proposal.dates if each.said), None)
    caveats = [f"{_line(each.span.of(text))} | {each.stated_by}".rstrip(" |") for each in proposal.caveats]
    fields = {
        "statement": _line(proposal.statement),
        "claimant": _party(base, proposal.claimant) if proposal.claimant else publisher,
        "via": "\n".join(f"{hop.how} {_party(base, hop.party)}" for hop in proposal.relayed_by),
        "status": (Status.NOT_INDEPENDENTLY_VERIFIED if caveats else Status.NONE_STATED).value,
        "caveat": "\n".join(caveats),
        **{name: ", ".join(map(_plain, getattr(proposal, of))) for name, of in _LISTS.items()},
        "figures": "\n".join(map(_figure, proposal.figures)),
        "quotation": "\n".join(_line(span.of(text)) for span in proposal.quotations),
        "event": happened.when.edtf if happened else "",
        "said": said.when.edtf if said else "",
    }
    return Item(
        proposal.sentence,
        {name: value for name, value in fields.items() if value},
        notes=tuple(each.note for each in proposal.dates if each.note),
        spans=(*(each.span for each in proposal.figures), *proposal.quotations),
    )


_LISTS = {"topics": "topics", "about": "subjects", "places": "places"}


def _party(base: FactBase, party: Named) -> str:
    held = base.parties.get(party.key or "")
    return held.name if held else re.sub(r"[|\n]+", " ", party.name)


def _line(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    """*text* without the marks that part values in the notation; a comma stays in digits ("more than 4,000")."""
    return _line(re.sub(r"[|\n;]+|,(?!\d)", " ", text))


def _figure(figure: ProposedFigure) -> str:
    bounds = ""
    with suppress(InvalidClaim):
        bounds = Figure("any", "any", "any", figure.low, figure.high).bounds
    parts = (figure.metric, figure.subject, figure.quantifier, bounds, figure.unit, figure.of)
    return " | ".join(map(_plain, parts)).rstrip(" |")


def _unlisted(intake: Intake) -> Iterator[NewEntry]:
    """Parties that a proposal names in full and the text otherwise: the text's form is another name."""
    parties: list[Named] = []
    for each in intake.proposals:
        parties += [hop.party for hop in each.relayed_by] + ([each.claimant] if each.claimant else [])
    known = {name for entry in intake.entries for name in (entry.name, *entry.aliases)}
    for each in dict.fromkeys(parties):
        if each.key is None and each.name not in known:
            yield NewEntry(Kind.PARTY, each.name, (each.span.of(intake.article.text),))


def filled_in(item: Item, typed: Fields) -> Item:
    """*item* with *typed* in place of its fields; a caveat brings its status along, and takes it along."""
    fields = {**item.fields, **typed}
    limited, silent = Status.NOT_INDEPENDENTLY_VERIFIED.value, Status.NONE_STATED.value
    has_caveat = bool(fields.get("caveat", "").strip(EMPTY + " "))
    if fields.get("status", "") in ("", silent if has_caveat else limited):
        fields["status"] = limited if has_caveat else silent
    return replace(item, fields={name: text.strip() for name, text in fields.items() if text.strip()})


def carried(session: Session, at: int) -> dict[str, str]:
    """Claimant and topics of the item before, for one that names none: a moderator sees them in the form."""
    own, before = session.all[at].fields, session.all[:at]
    found: dict[str, str] = {}
    for name in ("claimant", "topics"):
        if not own.get(name):
            found[name] = next((each.fields[name] for each in reversed(before) if each.fields.get(name)), "")
    return found


def lacks(fields: Fields) -> list[str]:
    """What a claim cannot be without and *fields* do not say, in words; its source is the intake's."""
    found = missing({**fields, "source": "the article"})
    for number, (metric, subject, *_) in enumerate(_figures(fields), start=1):
        if not metric:
            found.append(f"a metric for figure {number}: what it counts, such as arrested or cost")
        if not subject:
            found.append(f"whom or what figure {number} counts")
    return found


def _figures(fields: Fields) -> list[list[str]]:
    lines = re.split(r"\n|\|\|", fields.get("figures", "").removeprefix(EMPTY))
    return [[*map(str.strip, line.split("|")), "", ""] for line in lines if line.strip()]


def _names(fields: Fields) -> Iterator[tuple[Kind, str]]:
    """Everything that *fields* name, by kind."""
    yield Kind.PARTY, fields.get("claimant", "")
    for line in re.split(r"\n|\|\|", fields.get("via", "").removeprefix(EMPTY)):
        how, _, name = line.strip().partition(" ")
        yield Kind.PARTY, name if name and how.casefold() in ("to", "via") else line
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
        raise Refused("Say who published the article, and on what day.")
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
    source = Source(key, publisher, session.published_on, digest, title)
    return replace(base, sources={**base.sources, key: source}), source


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
    entries = entries_of(base, kind)
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
    return replace(base, **{GROUPS[kind]: {**entries, entry.key: entry}})


def _found(entries: Mapping[str, Entry], name: str) -> Entry | None:
    with suppress(Refused):
        return named(entries, name)
    return None


def brought(base: FactBase, after: FactBase) -> Batch:
    """The entries and sources of *after* that *base* has otherwise or not at all."""
    entries: list[EntryWrite] = []
    for group in GROUPS.values():
        held: Mapping[str, Entry] = getattr(base, group)
        changed = (each for key, each in getattr(after, group).items() if each is not held.get(key))
        entries += [EntryWrite(held.get(each.key), each) for each in changed]
    sources = [source for key, source in after.sources.items() if key not in base.sources]
    return Batch(entries=tuple(entries), sources=tuple(SourceWrite(None, each) for each in sources))


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
