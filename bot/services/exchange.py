"""Taking a fact base out as files, and putting one in: all of it or nothing, after a look."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import count

from rapidfuzz import fuzz

from bot.core.claims import Claim, Entry, FactBase, Source, Wording
from bot.core.editing.bare_texts import without_headlines
from bot.core.editing.batches import Batch, ClaimWrite, EntryWrite
from bot.core.editing.relating import renumbered
from bot.core.editing.uploads import File, Stamp, Upload
from bot.core.history.revisions import Revision, weighs
from bot.core.records import claim_record, entry_record
from bot.core.rules.vetting import vet
from bot.core.wording import refused, say
from bot.services.answers import Workspaces
from bot.services.curation import Curation
from bot.services.ports import Clock, HistoryStore, PastStore

Export = Callable[[FactBase, str, Sequence[Revision], Stamp], Sequence[File]]
"""Writes a base and its history in the files of a format; blocking."""

Read = Callable[[str, bytes, FactBase], Upload]
"""What a file of a name and content holds for a base, or raises with what to mend in it; blocking."""


@dataclass(frozen=True, slots=True)
class Import:
    """
    What an uploaded base would change.

    Attributes:
        claims: The state now (None for a new claim) and the state it would get, by number.
        findings: What `check` says about the base as it would be, one sentence each.
        kept: How many claims the file does not hold; they stay as they are.
        renumbered: Claims whose id is another claim's here: the file's number, and the one they get.
        moved: What changed here since the file was exported and the file would put back, in words: "C8".
        left: What changed here since and the file did not touch; it stays as it is here.
        bared: What comes without its other names, description, style or title that hold a figure or a verdict.
    """

    batch: Batch
    claims: tuple[tuple[Claim | None, Claim], ...]
    entries: int
    sources: int
    findings: tuple[str, ...]
    kept: int
    renumbered: tuple[tuple[int, int], ...] = ()
    moved: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    bared: tuple[str, ...] = ()


@dataclass(eq=False, repr=False)
class Exchange:
    """Export and import."""

    _workspaces: Workspaces
    _curation: Curation
    _history: HistoryStore
    _past: PastStore
    _export: Export
    _read: Read
    _clock: Clock

    async def export(self, workspace: int, form: str, *, history: bool) -> tuple[FactBase, Sequence[File]]:
        """The workspace's base and its files in *form*, written off the event loop; with every revision if wanted."""
        base = (await self._workspaces.open(workspace)).base
        revisions = await self._history.all(workspace) if history else []
        stamp = Stamp(base_name(workspace), base.revision, self._clock())
        return base, await asyncio.to_thread(self._export, base, form, revisions, stamp)

    async def read(self, workspace: int, name: str, data: bytes) -> Upload:
        """
        What an uploaded file holds, read off the event loop.

        Raises:
            FaultyUpload: With everything that is wrong with it.
        """
        base = (await self._workspaces.open(workspace)).base
        return await asyncio.to_thread(self._read, name, data, base)

    async def plan(self, workspace: int, upload: Upload) -> Import:
        """
        What *upload* would change, without changing anything; worked out off the event loop.

        Raises:
            Refused: It changes nothing, or brings a name with a figure or a verdict in it.
        """
        base = (await self._workspaces.open(workspace)).base
        stamp, then = upload.stamp, None
        if stamp is not None and stamp.base == base_name(workspace):
            then = base if stamp.revision == base.revision else await self._past.base(workspace, stamp.at)
        planned = await asyncio.to_thread(_plan, base, upload, then, self._curation.commands)
        self._curation.check_days(planned.batch)
        if not planned.batch:
            raise refused("That file says just what the fact base says already; there is nothing to import.")
        return planned


def base_name(workspace: int) -> str:
    """What exports call a workspace: the same every time, and nobody can tell the server by it."""
    return sha256(f"caveat:{workspace}".encode()).hexdigest()[:16]


def _plan(base: FactBase, upload: Upload, then: FactBase | None, commands: Collection[str]) -> Import:
    """*then* is the base as it stood when the file was exported from it; None for any other file."""
    plain, bared = without_headlines(upload.base, base)
    upload = replace(upload, base=plain)
    numbers = _numbers(base, upload, then)
    moved: list[str] = []
    left: list[str] = []
    claims: list[tuple[Claim | None, Claim]] = []
    for number, claim in upload.base.claims.items():
        before = base.claims.get(numbers[number])
        after = replace(renumbered(claim, numbers), version=before.version if before else 1)
        record, held = claim_record(after), claim_record(before) if before else None
        if record == held:
            continue
        old = then.claims.get(number) if then else None
        if old is not None and held is not None and claim_record(old) != held:
            if record == claim_record(old):
                left.append(after.ref)
                continue
            moved.append(after.ref)
        claims.append((before, after))
    entries = _entry_writes(base, upload.base, then, moved, left)
    sources = sum(isinstance(each.after, Source) for each in entries)
    writes = tuple(
        ClaimWrite(after, before.version if before else 0, weighs(before, after)) for before, after in claims
    )
    return Import(
        Batch(writes, entries, base.revision, _wording(base, upload.base)),
        tuple(claims),
        len(entries) - sources,
        sources,
        _findings(base, base.having(*(after for _, after in claims), *(each.after for each in entries)), commands),
        len(base.claims.keys() - set(numbers.values())),
        tuple((old, new) for old, new in numbers.items() if old != new and old not in upload.unnumbered),
        tuple(moved),
        tuple(left),
        bared,
    )


def _wording(base: FactBase, upload: FactBase) -> Wording | None:
    """The file's vocabulary, where it has one and that is another."""
    return upload.wording if upload.wording not in (Wording(), base.wording) else None


def _numbers(base: FactBase, upload: Upload, then: FactBase | None) -> dict[int, int]:
    """
    The number here of each claim in the file.

    An id stands for the claim that has it here, unless that says something else altogether: then the file's claim is
    a new one and gets the next number. A claim without an id that is here already keeps the number it has here.
    """
    texts = {(claim.statement, claim.attribution.claimant.key): number for number, claim in base.claims.items()}
    following = count(max((*base.claims, *upload.base.claims), default=0) + 1)
    alike = _SAME if upload.stamp is None else _SAME_ELSEWHERE
    numbers: dict[int, int] = {}
    for number, claim in upload.base.claims.items():
        held = base.claims.get(number)
        if number in upload.unnumbered:
            numbers[number] = texts.get((claim.statement, claim.attribution.claimant.key), number)
        elif held is None or (then is not None and number in then.claims) or _same(held, claim, alike):
            numbers[number] = number
        else:
            known = texts.get((claim.statement, claim.attribution.claimant.key))
            numbers[number] = known if known is not None else next(following)
    return numbers


def _same(held: Claim, claim: Claim, alike: int) -> bool:
    return fuzz.token_sort_ratio(held.statement, claim.statement) >= alike


def _entry_writes(
    base: FactBase, upload: FactBase, then: FactBase | None, moved: list[str], left: list[str]
) -> tuple[EntryWrite, ...]:
    """What is to be written of the file's entries and sources; notes what changed here since it was exported."""
    writes: list[EntryWrite] = []
    for after in upload.references():
        write = EntryWrite(base.of_kind(after.kind).get(after.key), after)
        old: Entry | Source | None = then.of_kind(after.kind).get(after.key) if then else None
        record = entry_record(old) if old else None
        unchanged = record == entry_record(after)
        if write.stands(base) or (write.before is None and unchanged):
            continue
        if record is not None and write.before is not None and record != write.record_before:
            (left if unchanged else moved).append(f"{say(after.kind)} {after.key}")
            if unchanged:
                continue
        writes.append(write)
    return tuple(writes)


def _findings(base: FactBase, after: FactBase, commands: Collection[str]) -> tuple[str, ...]:
    """What `check` would say of the base after the import and does not say now."""
    known = {finding.message for finding in vet(base, commands)}
    return tuple(
        f"{f'C{finding.key}' if finding.group == 'claims' else finding.key}: {finding.message}"
        for finding in vet(after, commands)
        if finding.message not in known
    )


_SAME, _SAME_ELSEWHERE = 60, 88
"""
How alike (0 to 100) the statements under one id are at least, where nothing else tells that they are one claim; and
in the export of another base, whose ids are its own.
"""
