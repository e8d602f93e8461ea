"""Taking a fact base out as files, and putting one in: all of it or nothing, after a look."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.core.claims import Claim, Entry, FactBase, Party
from bot.core.editing.batches import Batch, ClaimWrite, EntryWrite, SourceWrite
from bot.core.history.revisions import Revision, weighs
from bot.core.rules.headlines import headline_in
from bot.core.rules.vetting import vet
from bot.errors import Refused
from bot.services.answers import Workspaces
from bot.services.curation import Curation
from bot.services.ports import HistoryStore


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

    def __call__(self, base: FactBase, form: str, history: Sequence[Revision]) -> Sequence[File]:
        """The files; blocking."""
        ...


class Uploads(Protocol):
    """Reads an uploaded base."""

    def __call__(self, name: str, data: bytes) -> FactBase:
        """The base in a file, or one sentence on what to mend; blocking."""
        ...


@dataclass(frozen=True, slots=True)
class Import:
    """
    What an uploaded base would change.

    Attributes:
        claims: The state now (None for a new claim) and the state it would get, by number.
        findings: What `check` says about the base as it would be, one sentence each.
        kept: How many claims the file does not hold; they stay as they are.
    """

    batch: Batch
    claims: tuple[tuple[Claim | None, Claim], ...]
    entries: int
    sources: int
    findings: tuple[str, ...]
    kept: int


class Exchange:
    """Export and import."""

    def __init__(
        self, workspaces: Workspaces, curation: Curation, history: HistoryStore, export: Exporter, read: Uploads
    ) -> None:
        self._workspaces = workspaces
        self._curation = curation
        self._history = history
        self.export_files = export
        self.read = read

    async def revisions(self, workspace: int) -> list[Revision]:
        """Every revision of every claim."""
        base = (await self._workspaces.open(workspace)).base
        return [revision for number in base.claims for revision in await self._history.of(workspace, number)]

    async def plan(self, workspace: int, upload: FactBase) -> Import:
        """
        What *upload* would change, without changing anything.

        Raises:
            Refused: It changes nothing, or brings a name with a figure or a verdict in it.
        """
        base = (await self._workspaces.open(workspace)).base
        planned = _plan(base, upload, self._curation.commands)
        new_headlines = headlines(planned.batch)
        if new_headlines:
            raise Refused(
                f"{new_headlines[0]} names something with a figure or a verdict in it; names stand above claims, "
                "so choose other words and import the file again."
            )
        if not planned.batch:
            raise Refused("That file says just what the fact base says already; there is nothing to import.")
        return planned


def _plan(base: FactBase, upload: FactBase, commands: Collection[str]) -> Import:
    held, wanted = _entries(base), _entries(upload)
    entries = tuple(EntryWrite(held.get(key), entry) for key, entry in wanted.items() if held.get(key) != entry)
    sources = tuple(
        SourceWrite(base.sources.get(key), source)
        for key, source in upload.sources.items()
        if base.sources.get(key) != source
    )
    claims: list[tuple[Claim | None, Claim]] = []
    for number, claim in upload.claims.items():
        before = base.claims.get(number)
        after = replace(claim, version=before.version if before else 1)
        if before != after:
            claims.append((before, after))
    writes = tuple(
        ClaimWrite(after, before.version if before else 0, weighs(before, after)) for before, after in claims
    )
    after = replace(
        upload,
        **{name: {**getattr(base, name), **getattr(upload, name)} for name in _PARTS},
    )
    known = {finding.message for finding in vet(base, commands)}
    findings = tuple(
        f"{f'C{finding.key}' if finding.group == 'claims' else finding.key}: {finding.message}"
        for finding in vet(after, commands)
        if finding.message not in known
    )
    kept = len(base.claims.keys() - upload.claims.keys())
    return Import(
        Batch(writes, entries, sources, base.revision), tuple(claims), len(entries), len(sources), findings, kept
    )


def headlines(batch: Batch) -> list[str]:
    """Kind and key of every entry and source in *batch* that gets a name with a figure or a verdict in it."""
    entries = [
        f"The {write.after.kind} {write.after.key}"
        for write in batch.entries
        if _bare(write.after) - (_bare(write.before) if write.before else set())
    ]
    sources = [
        f"The source {write.after.key}"
        for write in batch.sources
        if headline_in(write.after.title) and (write.before is None or write.before.title != write.after.title)
    ]
    return [*entries, *sources]


def _bare(entry: Entry) -> set[str]:
    style = entry.style if isinstance(entry, Party) else ""
    return {text for text in (*entry.names, entry.about, style) if headline_in(text)}


_PARTS = ("claims", "topics", "places", "parties", "metrics", "sources")


def _entries(base: FactBase) -> dict[tuple[str, str], Entry]:
    return {(entry.kind, entry.key): entry for entry in (*base.commands(), *base.metrics.values())}
