"""Taking a fact base out as files, and putting one in: all of it or nothing, after a look."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import count
from typing import Any, Protocol

from rapidfuzz import fuzz

from bot.core.claims import Claim, Entry, FactBase, Wording
from bot.core.editing.bare_texts import without_headlines
from bot.core.editing.batches import Batch, ClaimWrite, EntryWrite, SourceWrite
from bot.core.editing.relating import renumbered
from bot.core.editing.uploads import Stamp, Upload
from bot.core.history.revisions import Revision, weighs
from bot.core.records import GROUPS, claim_record, source_record
from bot.core.rules.vetting import vet
from bot.core.wording import say
from bot.errors import Refused
from bot.services.answers import Workspaces
from bot.services.curation import Curation
from bot.services.ports import Clock, HistoryStore, PastStore


class File(Protocol):
    """A file to attach."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def data(self) -> bytes:
        """Its content."""
        ...


class Exporter(Protocol):
    """Writes a base in a format's files."""

    def __call__(self, base: FactBase, form: str, history: Sequence[Revision], stamp: Stamp) -> Sequence[File]:
        """The files; blocking."""
        ...


class Uploads(Protocol):
    """Reads an uploaded base."""

    def __call__(self, name: str, data: bytes, held: FactBase | None = None) -> Upload:
        """What a file holds, or what to mend in it; blocking."""
        ...


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


class Exchange:
    """Export and import."""

    def __init__(
        self,
        workspaces: Workspaces,
        curation: Curation,
        history: HistoryStore,
        past: PastStore,
        export: Exporter,
        read: Uploads,
        clock: Clock,
    ) -> None:
        self._workspaces = workspaces
        self._curation = curation
        self._history = history
        self._past = past
        self._export = export
        self._read = read
        self._clock = clock

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
        if not planned.batch:
            raise Refused(say("That file says just what the fact base says already; there is nothing to import."))
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
    entries, sources = _entry_writes(base, upload.base, then, moved, left)
    writes = tuple(
        ClaimWrite(after, before.version if before else 0, weighs(before, after)) for before, after in claims
    )
    return Import(
        Batch(writes, entries, sources, base.revision, _wording(base, upload.base)),
        tuple(claims),
        len(entries),
        len(sources),
        _findings(base, claims, entries, sources, commands),
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
    numbers: dict[int, int] = {}
    for number, claim in upload.base.claims.items():
        held = base.claims.get(number)
        if number in upload.unnumbered:
            numbers[number] = texts.get((claim.statement, claim.attribution.claimant.key), number)
        elif held is None or _same(held, claim, exported=then is not None and number in then.claims):
            numbers[number] = number
        else:
            known = texts.get((claim.statement, claim.attribution.claimant.key))
            numbers[number] = known if known is not None else next(following)
    return numbers


def _same(held: Claim, claim: Claim, *, exported: bool) -> bool:
    if exported or held.statement == claim.statement:
        return True
    return fuzz.token_sort_ratio(held.statement, claim.statement) >= _SAME


def _entry_writes(
    base: FactBase, upload: FactBase, then: FactBase | None, moved: list[str], left: list[str]
) -> tuple[tuple[EntryWrite, ...], tuple[SourceWrite, ...]]:
    held, wanted, old = _entries(base), _entries(upload), _entries(then) if then else {}
    entries: list[EntryWrite] = []
    for key, entry in wanted.items():
        before = held.get(key)
        if before == entry or (before is None and key in old and old[key] == entry):
            continue
        if _moved_on(before, entry, old.get(key), f"{entry.kind} {entry.key}", moved, left):
            entries.append(EntryWrite(before, entry))
    sources: list[SourceWrite] = []
    for key, source in upload.sources.items():
        before = base.sources.get(key)
        if before is not None and source_record(before) == source_record(source):
            continue
        then_source = then.sources.get(key) if then else None
        if _moved_on(before, source, then_source, f"{say('source')} {key}", moved, left, source_record):
            sources.append(SourceWrite(before, source))
    return tuple(entries), tuple(sources)


def _moved_on(
    before: Any,
    after: Any,
    old: Any,
    name: str,
    moved: list[str],
    left: list[str],
    record: Callable[[Any], Any] = lambda each: each,
) -> bool:
    """Whether the file's state is to be written; notes what changed here since the file was exported."""
    if old is None or before is None or record(old) == record(before):
        return True
    if record(after) == record(old):
        left.append(name)
        return False
    moved.append(name)
    return True


def _findings(
    base: FactBase,
    claims: Sequence[tuple[Claim | None, Claim]],
    entries: Sequence[EntryWrite],
    sources: Sequence[SourceWrite],
    commands: Collection[str],
) -> tuple[str, ...]:
    """What `check` would say of the base after the import and does not say now."""
    groups: dict[str, Any] = {name: dict(getattr(base, name)) for name in _PARTS}
    groups["claims"] |= {after.number: after for _, after in claims}
    groups["sources"] |= {each.after.key: each.after for each in sources}
    for each in entries:
        groups[GROUPS[each.after.kind]][each.after.key] = each.after
    known = {finding.message for finding in vet(base, commands)}
    return tuple(
        f"{f'C{finding.key}' if finding.group == 'claims' else finding.key}: {finding.message}"
        for finding in vet(FactBase(**groups), commands)
        if finding.message not in known
    )


_PARTS = ("claims", "topics", "places", "parties", "metrics", "sources")
_SAME = 60
"""How alike (0 to 100) the statements under one id are at least, where nothing else tells that they are one claim."""


def _entries(base: FactBase) -> dict[tuple[str, str], Entry]:
    return {(entry.kind, entry.key): entry for entry in base.entries()}
