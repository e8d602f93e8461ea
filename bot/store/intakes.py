"""Articles that moderators go through, with what was decided; an acceptance and its claims are one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.claims import Claim, FactBase
from bot.core.editing.batches import Batch, ClaimWrite
from bot.core.editing.intakes import Item, Session, State
from bot.core.editing.queue import Proposal
from bot.core.history.revisions import Signature
from bot.core.wording import say
from bot.errors import ConflictError, NotFound
from bot.store.claims import read_base
from bot.store.database import Store
from bot.store.ledger import apply, locked, next_number
from bot.store.moderation_tables import IntakeRow
from bot.store.queues import proposed
from bot.store.tables import Json

KEPT = timedelta(days=30)
_SESSIONS = TypeAdapter(Session)


class Intakes(Store):
    """Keeps every workspace's open intakes."""

    async def add(self, workspace: int, begun: Session, who: str, now: datetime) -> Session:
        """Keep a new one; its id is given."""
        async with self._database.begin() as session:
            await locked(session, workspace)
            row = IntakeRow(workspace=workspace, who=who, made_at=now, session=_record(begun))
            session.add(row)
            await session.flush()
            return replace(begun, id=row.id or 0)

    async def of(self, workspace: int, now: datetime) -> list[Session]:
        """Those that nobody finished, the newest first."""
        async with self._database.session() as session:
            rows = await session.exec(
                select(IntakeRow)
                .where(IntakeRow.workspace == workspace, IntakeRow.made_at >= now - KEPT)
                .order_by(col(IntakeRow.id).desc())
            )
            return [_session(row) for row in rows]

    async def get(self, workspace: int, intake: int) -> Session:
        """One of the workspace's; raises `NotFound`."""
        async with self._database.session() as session:
            return _session(await _row(session, workspace, intake, lock=False))

    async def begin(self, workspace: int, begun: Session) -> Session:
        """Put in what was read, unless somebody was first; what is there now."""
        async with self._database.begin() as session:
            row = await _row(session, workspace, begun.id)
            held = _session(row)
            if held.items is None:
                row.session, held = _record(begun), begun
            return held

    async def change(self, workspace: int, intake: int, at: int, before: Item, after: Item) -> Session:
        """Put another state of an item in place of *before*; raises `ConflictError` when it is not as it was seen."""
        async with self._database.begin() as session:
            row = await _row(session, workspace, intake)
            changed = _with(_session(row), {at: (before, after)})
            row.session = _record(changed)
            return changed

    async def accept(
        self,
        workspace: int,
        intake: int,
        accepted: Mapping[int, tuple[Item, Claim]],
        batch: Batch,
        signed: Signature,
        *,
        propose: bool,
    ) -> tuple[FactBase, Session, Proposal | None]:
        """
        Write the claims of open items, and what they bring along, as one; or keep all of it for a second moderator.

        Args:
            accepted: By the item's place: the item as it was seen, and its claim, which gets the next number.
            batch: The entries and sources that the claims need.

        Returns:
            The base and the intake after it; the proposal, where *propose* asks for one.

        Raises:
            ConflictError: An item is not as it was seen, or something else was changed meanwhile. Nothing is written.
        """
        async with self._database.begin() as session:
            held = await locked(session, workspace)
            row = await _row(session, workspace, intake)
            first = await next_number(session, workspace)
            claims = [replace(claim, number=first + at) for at, (_, claim) in enumerate(accepted.values())]
            batch = replace(batch, claims=tuple(ClaimWrite(claim, 0, weighs=True) for claim in claims))
            proposal = await proposed(session, workspace, batch, signed) if propose else None
            if proposal is None:
                await apply(session, held, batch, signed)
            outcomes = [proposal.id if proposal else claim.number for claim in claims]
            state = State.PROPOSED if proposal else State.ACCEPTED
            decided = {
                at: (item, replace(item, state=state, outcome=outcome))
                for (at, (item, _)), outcome in zip(accepted.items(), outcomes, strict=True)
            }
            after = _with(_session(row), decided)
            row.session = _record(after)
            await session.flush()
            return await read_base(session, workspace), after, proposal

    async def finish(self, workspace: int, intake: int) -> Session:
        """Let an intake go, with its text; what it was."""
        async with self._database.begin() as session:
            row = await _row(session, workspace, intake)
            await session.delete(row)
            return _session(row)

    async def purge(self, now: datetime) -> None:
        """Let go of what is older than 30 days."""
        async with self._database.begin() as session:
            await session.exec(delete(IntakeRow).where(col(IntakeRow.made_at) < now - KEPT))


async def _row(session: AsyncSession, workspace: int, intake: int, *, lock: bool = True) -> IntakeRow:
    row = await session.get(IntakeRow, intake, with_for_update=lock)
    if row is None or row.workspace != workspace:
        raise NotFound(say("That intake is finished, or older than 30 days. !intake shows the open ones."))
    return row


def _with(held: Session, changes: Mapping[int, tuple[Item, Item]]) -> Session:
    items = list(held.all)
    for at, (before, after) in changes.items():
        if at >= len(items) or items[at] != before:
            raise ConflictError(say("Somebody else decided or changed that in the meantime; look again."))
        items[at] = after
    return replace(held, items=tuple(items))


def _record(session: Session) -> Json:
    return _SESSIONS.dump_python(session, mode="json", exclude={"id"})


def _session(row: IntakeRow) -> Session:
    return replace(_SESSIONS.validate_python(row.session), id=row.id or 0)
