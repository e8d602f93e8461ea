"""A change to a fact base before it is written: what becomes of which claims, entries and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.core.claims import Claim, Entry, FactBase, Source, Wording
from bot.core.records import Record, claim_of, claim_record, entry_record, referred_to, wording_of, wording_record


@dataclass(frozen=True, slots=True)
class ClaimWrite:
    """
    A claim's new state.

    Attributes:
        expected: The version that its writer saw, 0 for a claim that is new.
        weighs: Whether it says something else now, so that nobody has reviewed it.
    """

    claim: Claim
    expected: int
    weighs: bool = False


@dataclass(frozen=True, slots=True)
class EntryWrite:
    """The new state of an entry or a source; `before` is what its writer saw, None for one that is new."""

    before: Entry | Source | None
    after: Entry | Source

    @property
    def record_before(self) -> Record | None:
        """What its writer saw, as plain data."""
        return entry_record(self.before) if self.before else None

    def finds(self, base: FactBase) -> bool:
        """Whether it stands in *base* as its writer saw it; a source is the same whatever its publisher is called."""
        return _record_in(base, self.after) == self.record_before

    def stands(self, base: FactBase) -> bool:
        """Whether *base* has it already as it is to be."""
        return _record_in(base, self.after) == entry_record(self.after)


def _record_in(base: FactBase, entry: Entry | Source) -> Record | None:
    held = base.of_kind(entry.kind).get(entry.key)
    return entry_record(held) if held else None


@dataclass(frozen=True, slots=True)
class Batch:
    """
    Writes that are applied together or not at all.

    Attributes:
        entries: Topics, places, parties, metrics and sources.
        revision: The base's revision that they were made for, where the whole of it matters; None where only the
            versions of what is written do.
        wording: The base's words, where they change; wording_seen: what their writer saw, where that matters.
        clears: Whether it leaves a base of the server's own: what no live claim refers to then is put away.
    """

    claims: tuple[ClaimWrite, ...] = ()
    entries: tuple[EntryWrite, ...] = ()
    revision: int | None = None
    wording: Wording | None = None
    clears: bool = False
    wording_seen: Wording | None = None

    @property
    def days(self) -> Iterator[date]:
        """When what it writes was published or said, as far back as that may be."""
        yield from (each.after.published_on for each in self.entries if isinstance(each.after, Source))
        yield from (each.claim.claim_date.first for each in self.claims if each.claim.claim_date)

    def __bool__(self) -> bool:
        return bool(self.claims or self.entries or self.wording is not None or self.clears)


def one_claim(before: Claim | None, after: Claim, *, weighs: bool) -> Batch:
    """The batch that puts a claim's state *after* in place of the one *before*; None: it is new."""
    return Batch((ClaimWrite(after, before.version if before else 0, weighs),))


def applied(base: FactBase, batch: Batch) -> FactBase | None:
    """
    *base* as it stands once *batch* is written, at the cost of the batch alone.

    None where the whole has to be read: an entry or a source that changes may be in any claim, and a retired entry is
    not in the base; nor does the base say what a batch that clears it puts away.
    """
    if batch.entries or batch.clears:
        return None
    try:
        written = {
            each.claim.number: claim_of(claim_record(each.claim), base, each.expected + 1) for each in batch.claims
        }
    except KeyError:
        return None
    claims = {**base.claims, **written}
    if written.keys() - base.claims.keys():
        claims = dict(sorted(claims.items()))
    wording = base.wording if batch.wording is None else batch.wording
    return replace(base, claims=claims, wording=wording, revision=base.revision + 1)


def batch_record(batch: Batch) -> Record:
    """*batch* as plain data, to be kept until somebody approves it."""
    return {
        "claims": [
            {"after": claim_record(each.claim), "expected": each.expected, "weighs": each.weighs}
            for each in batch.claims
        ],
        "entries": [
            {
                "kind": str(each.after.kind),
                "key": each.after.key,
                "before": each.record_before,
                "after": entry_record(each.after),
            }
            for each in batch.entries
        ],
        "revision": batch.revision,
        "wording": wording_record(batch.wording) if batch.wording is not None else None,
        "clears": batch.clears,
        "wording_seen": wording_record(batch.wording_seen) if batch.wording_seen is not None else None,
    }


def batch_of(record: Mapping[str, Any], base: FactBase) -> Batch:
    """
    The batch of a `batch_record`.

    Args:
        base: What there is; the batch's own entries and sources come on top.
    """
    older = [{**each, "kind": Source.kind} for each in record.get("sources", ())]  # they had a place of their own
    entries: list[EntryWrite] = []
    for of_sources in (False, True):  # who publishes a source may come with it
        some = [each for each in (*record.get("entries", ()), *older) if (each["kind"] == Source.kind) is of_sources]
        entries += [_entry_write(each, base) for each in some]
        base = base.having(*(each.after for each in entries))
    claims = tuple(
        ClaimWrite(claim_of(each["after"], base, each["expected"] + 1), each["expected"], each.get("weighs", True))
        for each in record.get("claims", ())
    )
    wording, seen = record.get("wording"), record.get("wording_seen")
    return Batch(
        claims,
        tuple(entries),
        record.get("revision"),
        wording_of(wording) if wording is not None else None,
        bool(record.get("clears")),
        wording_of(seen) if seen is not None else None,
    )


def _entry_write(record: Mapping[str, Any], base: FactBase) -> EntryWrite:
    before, after = (
        state and referred_to(record["kind"], record["key"], state, base.parties)
        for state in (record["before"], record["after"])
    )
    return EntryWrite(before or None, after)
