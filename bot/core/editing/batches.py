"""A change to a fact base before it is written: what becomes of which claims, entries and sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.core.claims import Claim, Entry, FactBase, Source, Wording
from bot.core.records import (
    Entries,
    Record,
    claim_of,
    claim_record,
    entry_of,
    entry_record,
    plain,
    source_of,
    source_record,
    wording_of,
    wording_record,
)


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
    """An entry's new state; `before` is what its writer saw, None for one that is new."""

    before: Entry | None
    after: Entry


@dataclass(frozen=True, slots=True)
class SourceWrite:
    """A source's new state; `before` is what its writer saw, None for one that is new."""

    before: Source | None
    after: Source


@dataclass(frozen=True, slots=True)
class Batch:
    """
    Writes that are applied together or not at all.

    Attributes:
        revision: The base's revision that they were made for, where the whole of it matters; None where only the
            versions of what is written do.
        wording: The base's words, where they change; wording_seen: what their writer saw, where that matters.
        clears: Whether it leaves a base of the server's own: what no live claim refers to then is put away.
    """

    claims: tuple[ClaimWrite, ...] = ()
    entries: tuple[EntryWrite, ...] = ()
    sources: tuple[SourceWrite, ...] = ()
    revision: int | None = None
    wording: Wording | None = None
    clears: bool = False
    wording_seen: Wording | None = None

    def __bool__(self) -> bool:
        return bool(self.claims or self.entries or self.sources or self.wording is not None or self.clears)


def one_claim(before: Claim | None, after: Claim, *, weighs: bool) -> Batch:
    """The batch that puts a claim's state *after* in place of the one *before*; None: it is new."""
    return Batch((ClaimWrite(after, before.version if before else 0, weighs),))


def applied(base: FactBase, batch: Batch) -> FactBase | None:
    """
    *base* as it stands once *batch* is written, at the cost of the batch alone.

    None where the whole has to be read: an entry or a source that changes may be in any claim, and a retired entry is
    not in the base; nor does the base say what a batch that clears it puts away.
    """
    if batch.entries or batch.sources or batch.clears:
        return None
    known = Entries.of(base)
    try:
        written = {
            each.claim.number: claim_of(claim_record(each.claim), known, each.expected + 1) for each in batch.claims
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
                "kind": each.after.kind.value,
                "key": each.after.key,
                "before": entry_record(each.before) if each.before else None,
                "after": entry_record(each.after),
            }
            for each in batch.entries
        ],
        "sources": [
            {
                "key": each.after.key,
                "before": plain(source_record(each.before)) if each.before else None,
                "after": plain(source_record(each.after)),
            }
            for each in batch.sources
        ],
        "revision": batch.revision,
        "wording": wording_record(batch.wording) if batch.wording is not None else None,
        "clears": batch.clears,
        "wording_seen": wording_record(batch.wording_seen) if batch.wording_seen is not None else None,
    }


def batch_of(record: Mapping[str, Any], entries: Entries) -> Batch:
    """
    The batch of a `batch_record`.

    Args:
        entries: What there is; the batch's own entries and sources come on top.
    """
    of_entries = tuple(
        EntryWrite(
            entry_of(each["kind"], each["key"], each["before"]) if each["before"] else None,
            entry_of(each["kind"], each["key"], each["after"]),
        )
        for each in record.get("entries", ())
    )
    known = entries.along_with(each.after for each in of_entries)
    of_sources = tuple(
        SourceWrite(
            source_of(each["key"], each["before"], known.parties) if each["before"] else None,
            source_of(each["key"], each["after"], known.parties),
        )
        for each in record.get("sources", ())
    )
    known = replace(known, sources={**known.sources, **{each.after.key: each.after for each in of_sources}})
    claims = tuple(
        ClaimWrite(claim_of(each["after"], known, each["expected"] + 1), each["expected"], each.get("weighs", True))
        for each in record.get("claims", ())
    )
    wording, seen = record.get("wording"), record.get("wording_seen")
    return Batch(
        claims,
        of_entries,
        of_sources,
        record.get("revision"),
        wording_of(wording) if wording is not None else None,
        bool(record.get("clears")),
        wording_of(seen) if seen is not None else None,
    )
