"""A change of a fact base as an event, whatever route it took: what was before and after, who made it and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.claims import GROUPS, Claim, Entry, FactBase, Source
from bot.core.history.changes import kinds
from bot.core.history.revisions import Signature, weighs


@dataclass(frozen=True, slots=True)
class Changed:
    """
    One change that is in force.

    Attributes:
        who: Id of who made it, or "curated fact base".
        at: Aware, UTC.
        claims: Every claim that was written, or that says something in other words because an entry was: as it was
            (None for a new one) and as it is.
        entries: Topics, places, parties, metrics and sources that were written, likewise.
        where: Id of the channel in which whoever made it is told what follows; 0 for none.
        base: The whole base after it, where whoever made it had it at hand.
    """

    workspace: int
    who: str
    reason: str
    at: datetime
    claims: tuple[tuple[Claim | None, Claim], ...] = ()
    entries: tuple[tuple[Entry | Source | None, Entry | Source], ...] = ()
    where: int = 0
    base: FactBase | None = field(default=None, repr=False, compare=False)

    @property
    def visible(self) -> tuple[int, ...]:
        """Numbers of the claims that were there before and are shown otherwise now."""
        return tuple(after.number for before, after in self.claims if before is not None and kinds(before, after))

    @property
    def lapsed(self) -> tuple[int, ...]:
        """Numbers of the claims that were there before and say something else now, so that nobody reviewed them."""
        return tuple(after.number for before, after in self.claims if before is not None and weighs(before, after))


def changed_between(before: FactBase, after: FactBase, workspace: int, signed: Signature, where: int = 0) -> Changed:
    """The event that led from one base to the other."""
    entries = tuple(_moved(before, after))
    keys = {(str(each.kind), each.key) for _, each in entries}
    claims = tuple(
        (old, claim)
        for number, claim in after.claims.items()
        if (old := before.claims.get(number)) is not claim
        and (old is None or old.version != claim.version or not keys.isdisjoint(_named(claim)))
    )
    return Changed(workspace, signed.who, signed.reason, signed.at, claims, entries, where, after)


def _moved(before: FactBase, after: FactBase) -> Iterator[tuple[Entry | Source | None, Entry | Source]]:
    for kind in GROUPS:
        old = before.of_kind(kind)
        for key, each in after.of_kind(kind).items():
            held = old.get(key)
            if held is not each and held != each:
                yield held, each


def _named(claim: Claim) -> Iterator[tuple[str, str]]:
    return ((str(each.kind), each.key) for each in claim.references())


def shown_keys(claim: Claim) -> frozenset[tuple[str, str]]:
    """Kind and key of the entries and the source whose words stand in the claim's attribution."""
    return frozenset((str(each.kind), each.key) for each in claim.attribution.references())
