"""Entries and sources that no live claim refers to are put away: they answer no more, but history knows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.claims import Claim, Kind, Source
from bot.store.tables import ClaimRow, EntryRow, SourceRow

Named = tuple[str, str]
"""Kind and key of an entry or a source."""


async def put_away(session: AsyncSession, workspace: int, which: Callable[[Named, bool], bool]) -> None:
    """
    Silence what no live claim needs, so that a renamed entry, say, does not share its aliases with its old self.

    Args:
        which: Given kind and key of an entry or a source, and whether a moderator edited it: whether it may go.
    """
    named = await _named(session, workspace)
    going = [(row, name) for row, name in named if which(name, row.edited)]
    if not going:
        return
    claims = await session.exec(select(ClaimRow).where(ClaimRow.workspace == workspace, col(ClaimRow.retired) == ""))
    needed = {reference for row in claims for reference in _references(row)}
    for row, name in going:
        if name[0] == Source.kind:
            row.retired = name not in needed
    needed |= {
        (Kind.PARTY.value, row.publisher) for row, _ in named if isinstance(row, SourceRow) and not row.retired
    }
    for row, name in going:
        row.retired = name not in needed


async def bring_back(session: AsyncSession, workspace: int, claims: Iterable[Claim]) -> None:
    """Let what *claims* refer to answer again, as far as they are live."""
    named = await _named(session, workspace, col(EntryRow.retired).is_(True))
    if not any(row.retired for row, _ in named):
        return
    needed: set[Named] = set()
    for claim in claims:
        if not claim.retired:
            needed |= {(str(each.kind), each.key) for each in claim.references()}
            needed |= {(Kind.METRIC.value, figure.metric) for figure in claim.figures}
    for row, name in named:
        if name in needed:
            row.retired = False


async def _named(
    session: AsyncSession, workspace: int, *which: ColumnElement[bool]
) -> list[tuple[EntryRow | SourceRow, Named]]:
    """Entries, those alone that *which* says, and every source."""
    entries = await session.exec(select(EntryRow).where(EntryRow.workspace == workspace, *which))
    sources = await session.exec(select(SourceRow).where(SourceRow.workspace == workspace))
    return [*((row, (row.kind, row.key)) for row in entries), *((row, (Source.kind, row.key)) for row in sources)]


def _references(row: ClaimRow) -> Iterator[Named]:
    yield Source.kind, row.source
    yield from ((Kind.TOPIC.value, key) for key in row.topics)
    yield from ((Kind.PLACE.value, key) for key in row.places)
    yield from ((Kind.METRIC.value, figure["metric"]) for figure in row.figures)
    parties = (row.claimant, *row.subjects, *(hop["party"] for hop in row.relayed_by))
    yield from ((Kind.PARTY.value, key) for key in parties)
