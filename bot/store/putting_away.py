"""Entries and sources that no live claim refers to are put away: they answer no more, but history knows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.claims import Kind, Source
from bot.store.tables import ClaimRow, EntryRow, SourceRow

Named = tuple[str, str]
"""Kind and key of an entry or a source."""


async def put_away(session: AsyncSession, workspace: int, which: Callable[[Named, bool], bool]) -> None:
    """
    Silence what no live claim needs, so that a renamed entry, say, does not share its aliases with its old self.

    Args:
        which: Given kind and key of an entry or a source, and whether a moderator edited it: whether it may go.
    """
    entries = (await session.exec(select(EntryRow).where(EntryRow.workspace == workspace))).all()
    sources = (await session.exec(select(SourceRow).where(SourceRow.workspace == workspace))).all()
    named: list[tuple[EntryRow | SourceRow, Named]] = [(row, (row.kind, row.key)) for row in entries]
    named += [(row, (Source.kind, row.key)) for row in sources]
    going = [(row, name) for row, name in named if which(name, row.edited)]
    if not going:
        return
    claims = await session.exec(select(ClaimRow).where(ClaimRow.workspace == workspace, col(ClaimRow.retired) == ""))
    needed = {reference for row in claims for reference in _references(row)}
    for row, name in going:
        if name[0] == Source.kind:
            row.retired = name not in needed
    needed |= {(Kind.PARTY.value, row.publisher) for row in sources if not row.retired}
    for row, name in going:
        row.retired = name not in needed


async def bring_back(session: AsyncSession, workspace: int, claims: Iterable[int]) -> None:
    """Let what *claims*, by number, refer to answer again, as far as they are live."""
    entries = await session.exec(select(EntryRow).where(EntryRow.workspace == workspace, col(EntryRow.retired)))
    sources = (await session.exec(select(SourceRow).where(SourceRow.workspace == workspace))).all()
    away: list[tuple[EntryRow | SourceRow, Named]] = [(row, (row.kind, row.key)) for row in entries]
    away += [(row, (Source.kind, row.key)) for row in sources if row.retired]
    if not away:
        return
    rows = await session.exec(
        select(ClaimRow).where(
            ClaimRow.workspace == workspace, col(ClaimRow.number).in_(list(claims)), col(ClaimRow.retired) == ""
        )
    )
    publishers = {row.key: row.publisher for row in sources}
    needed = {named for row in rows for named in (*_references(row), (Kind.PARTY.value, publishers[row.source]))}
    for row, name in away:
        if name in needed:
            row.retired = False


def _references(row: ClaimRow) -> Iterator[Named]:
    yield Source.kind, row.source
    yield from ((Kind.TOPIC.value, key) for key in row.topics)
    yield from ((Kind.PLACE.value, key) for key in row.places)
    yield from ((Kind.METRIC.value, figure["metric"]) for figure in row.figures)
    parties = (row.claimant, *row.subjects, *(hop["party"] for hop in row.relayed_by))
    yield from ((Kind.PARTY.value, key) for key in parties)
