"""What must hold in every database at every moment between two writes, read from the rows themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeVar

from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.records import plain
from bot.store.database import Database
from bot.store.moderation_tables import ProposalRow, ReviewRow
from bot.store.tables import ClaimRow, EntryRevisionRow, EntryRow, RevisionRow, SourceRow, WorkspaceRow

_R = TypeVar("_R", bound=SQLModel)
_K = TypeVar("_K")


@dataclass(frozen=True)
class Trail:
    """Everything that writes of one workspace leave behind, as one moment has it; oldest first."""

    revision: int
    claims: Sequence[ClaimRow]
    revisions: Sequence[RevisionRow]
    entries: Sequence[EntryRow]
    sources: Sequence[SourceRow]
    entry_revisions: Sequence[EntryRevisionRow]
    proposals: Sequence[ProposalRow]
    reviews: Sequence[ReviewRow]


async def read_trail(database: Database, workspace: int) -> Trail:
    """The workspace's trail."""
    async with database.session() as session:
        held = await session.get_one(WorkspaceRow, workspace)
        return Trail(
            held.revision,
            await _rows(session, ClaimRow, workspace, "number"),
            await _rows(session, RevisionRow, workspace, "id"),
            await _rows(session, EntryRow, workspace, "position"),
            await _rows(session, SourceRow, workspace, "key"),
            await _rows(session, EntryRevisionRow, workspace, "id"),
            await _rows(session, ProposalRow, workspace, "id"),
            await _rows(session, ReviewRow, workspace, "number"),
        )


async def _rows(session: AsyncSession, table: type[_R], workspace: int, order: str) -> Sequence[_R]:
    mine, by = col(getattr(table, "workspace")), col(getattr(table, order))  # noqa: B009  the type does not say so
    return (await session.exec(select(table).where(mine == workspace).order_by(by))).all()


def faults(trail: Trail) -> list[str]:
    """Sentences about what is broken in *trail*; none where nothing was lost or half written."""
    return [*_claim_faults(trail), *_entry_faults(trail)]


def _claim_faults(trail: Trail) -> Iterable[str]:
    claims = {row.number: row for row in trail.claims}
    revisions = _by(trail.revisions, lambda row: row.number)
    for number in sorted(claims.keys() ^ revisions.keys()):
        yield f"C{number} has {'no revision' if number in claims else 'revisions but is not there'}"
    for number in sorted(claims.keys() & revisions.keys()):
        claim, chain = claims[number], revisions[number]
        if [row.version for row in chain] != list(range(1, claim.version + 1)):
            yield f"C{number} is at version {claim.version} with revisions {[row.version for row in chain]}"
        if claim.model_dump(exclude={"workspace", "version", "edited"}) != chain[-1].after:
            yield f"C{number} is not what its newest revision says"
        yield from _breaks(f"C{number}", chain)
        if chain[0].before is not None:
            yield f"C{number} was something before its first revision"


def _entry_faults(trail: Trail) -> Iterable[str]:
    held: dict[tuple[str, str], Mapping[str, Any]] = {(row.kind, row.key): row.data for row in trail.entries}
    for row in trail.sources:
        held["source", row.key] = plain(row.model_dump(exclude={"workspace", "key", "edited", "retired"}))
    edited = {(row.kind, row.key) for row in trail.entries if row.edited}
    edited |= {("source", row.key) for row in trail.sources if row.edited}
    chains = _by(trail.entry_revisions, lambda row: (row.kind, row.key))
    for name in sorted(edited ^ chains.keys()):
        yield f"{name} was {'edited but has no revision' if name in edited else 'revised but never edited'}"
    for name in sorted(edited & chains.keys()):
        if held[name] != chains[name][-1].after:
            yield f"{name} is not what its newest revision says"
        yield from _breaks(str(name), chains[name])


def _breaks(name: str, chain: Sequence[RevisionRow] | Sequence[EntryRevisionRow]) -> Iterable[str]:
    for earlier, later in pairwise(chain):
        if later.before != earlier.after:
            yield f"{name}: revision {later.id} does not start from what revision {earlier.id} left"


def _by(rows: Sequence[_R], key: Callable[[_R], _K]) -> dict[_K, list[_R]]:
    found: defaultdict[_K, list[_R]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found
