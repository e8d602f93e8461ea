"""
An intake as moderators go through it: every proposal in the notation of a claim's fields, and what was decided of it.

What a claim needs that the base lacks is in `bot.core.editing.needs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from zlib import crc32

from bot.core.claims import FactBase, Kind, Status
from bot.core.editing.drafts import Fields
from bot.core.editing.fields import EMPTY
from bot.core.figures import Figure
from bot.core.intake.proposals import Intake, Named, NewEntry, Proposal, ProposedFigure, Span
from bot.core.rules.headlines import uncounted
from bot.core.wording import say
from bot.errors import InvalidClaim


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
        notes: How relative dates were counted, and what bare numbers were taken to count.
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
    url: str = ""
    retrieved_on: date | None = None
    topic: str = ""
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
    proposed = [_about(_item(base, each, session.text, publisher), session.topic) for each in intake.proposals]
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
        notes=(
            *(each.note for each in proposal.dates if each.note),
            *(
                say("“{figure}” counts what “{other}” before it does", figure=each.quantifier, other=each.like)
                for each in proposal.figures
                if each.like
            ),
        ),
        spans=(*(each.span for each in proposal.figures), *proposal.quotations),
    )


def _about(item: Item, topic: str) -> Item:
    """*item* on the article's topic, where it names none that the base has."""
    if not topic or item.fields.get("topics"):
        return item
    return replace(item, fields={**item.fields, "topics": _plain(topic)})


_LISTS = {"topics": "topics", "about": "subjects", "places": "places"}


def _party(base: FactBase, party: Named) -> str:
    held = base.parties.get(party.key or "")
    if held:
        return held.name
    name = uncounted(re.sub(r"[|\n]+", " ", party.name))
    return name[:1].upper() + name[1:]


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
