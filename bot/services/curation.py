"""Changing a fact base: draft, look, save; or, under four eyes, propose and have it approved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.core.claims import Claim, Entry, FactBase, Source, Wording
from bot.core.dates import day_words
from bot.core.editing.batches import Batch, EntryWrite, one_claim
from bot.core.editing.drafts import Fields, edited, new_claim
from bot.core.editing.previews import Draft, draft_of
from bot.core.editing.queue import Proposal
from bot.core.editing.visible import check_visible
from bot.core.history.events import changed_between
from bot.core.history.revisions import Signature, reason_words, weighs
from bot.core.wording import refused, say
from bot.errors import ConflictError
from bot.services.answers import Snapshot, Workspaces
from bot.services.consequences import Consequences
from bot.services.ports import Clock, LedgerStore, QueueStore
from bot.services.setups import Setups

REASON_LENGTH = 300
_TRIES = 5
_AHEAD = timedelta(days=366)
"""Less is left to whoever types it: an issue may bear the day on which it will be sold."""

Edit = Callable[[FactBase, Claim], Claim]
"""Makes a claim's new state out of its present one, so that it can be redone on a newer one."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A change that is in force."""

    before: Claim | None
    after: Claim


@dataclass(frozen=True, slots=True)
class Proposed:
    """A change that waits for a second moderator."""

    proposal: Proposal


@dataclass(eq=False, repr=False)
class Overtaken(ConflictError):
    """Somebody else changed the claim first; `edit` can be redone on how it stands `now`."""

    seen: Claim
    now: Claim
    edit: Edit = field(repr=False)

    def __str__(self) -> str:
        return say(
            "{ref} was changed by somebody else in the meantime: it is at revision {now} now, and you saw revision "
            "{seen}. Nothing of yours was saved.",
            ref=self.now.ref,
            now=self.now.version,
            seen=self.seen.version,
        )


@dataclass(eq=False, repr=False)
class Curation:
    """Changes fact bases, each change with its reason."""

    _workspaces: Workspaces
    _ledger: LedgerStore
    _queues: QueueStore
    _setups: Setups
    _clock: Clock
    commands: Collection[str]
    _consequences: Consequences

    async def snapshot(self, workspace: int) -> Snapshot:
        """The workspace as it answers now."""
        return await self._workspaces.open(workspace)

    async def base(self, workspace: int) -> FactBase:
        """The base as it stands."""
        return (await self._workspaces.open(workspace)).base

    async def claim(self, workspace: int, ref: str) -> Claim:
        """The claim that people cite as *ref*, retired or not; raises `NotFound`."""
        return (await self.base(workspace)).cited(ref)

    async def draft(self, workspace: int, fields: Fields) -> Draft:
        """A new claim to look at; raises `Refused` with what is missing or cannot be read."""
        base = await self.base(workspace)
        number = max(base.claims, default=0) + 1
        return await self._drafted(workspace, lambda: draft_of(base, None, new_claim(base, number, fields)))

    async def redraft(self, workspace: int, ref: str, edit: Edit) -> Draft:
        """A changed claim to look at; raises `Refused` when *edit* changes nothing."""
        before = await self.claim(workspace, ref)
        base = await self.base(workspace)
        return await self._drafted(workspace, lambda: draft_of(base, before, _changed(base, before, edit)))

    async def _drafted(self, workspace: int, make: Callable[[], Draft]) -> Draft:
        made = await asyncio.to_thread(make)
        self.check_days(one_claim(None, made.after, weighs=False))
        return replace(made, proposes=await self.waits(workspace))

    async def waits(self, workspace: int) -> bool:
        """Whether a second moderator has to approve of every change at this moment."""
        return (await self._setups.of(workspace)).four_eyes

    async def save(
        self, workspace: int, draft: Draft, edit: Edit, who: str, reason: str, *, where: int = 0
    ) -> Saved | Proposed:
        """
        Put *draft* in force, or propose it where four eyes are asked for.

        Args:
            where: Id of the channel in which *who* is told what follows.

        Raises:
            Overtaken: The claim is at another version than the draft was made for.
            Refused: No reason is given, or it is too long.
        """
        signed = self.signature(who, reason)
        if draft.before is None:
            return await self._add(workspace, draft.after, signed, where)
        batch = one_claim(draft.before, draft.after, weighs=weighs(draft.before, draft.after))
        try:
            written = await self.write(workspace, batch, signed, where=where)
        except ConflictError:
            await self._workspaces.refresh(workspace)
            raise Overtaken(draft.before, await self.claim(workspace, draft.after.ref), edit) from None
        return written if isinstance(written, Proposed) else Saved(draft.before, written.claims[draft.after.number])

    async def _add(self, workspace: int, claim: Claim, signed: Signature, where: int) -> Saved | Proposed:
        for attempt in range(_TRIES):
            base = await self.base(workspace)
            numbered = replace(claim, number=max(base.claims, default=0) + 1)
            try:
                batch = one_claim(None, numbered, weighs=True)
                written = await self.write(workspace, batch, signed, where=where)
            except ConflictError:  # somebody else took the number: take the next one
                if attempt == _TRIES - 1:
                    raise
                await self._workspaces.refresh(workspace)
            else:
                return written if isinstance(written, Proposed) else Saved(None, written.claims[numbered.number])
        raise AssertionError

    async def change(
        self, workspace: int, ref: str, edit: Edit, who: str, reason: str, *, where: int = 0
    ) -> Saved | Proposed:
        """Change a claim at once; raises like `save`."""
        draft = await self.redraft(workspace, ref, edit)
        return await self.save(workspace, draft, edit, who, reason, where=where)

    async def write(self, workspace: int, batch: Batch, signed: Signature, *, where: int = 0) -> FactBase | Proposed:
        """
        Apply *batch*, or propose it where four eyes are asked for; what follows is seen to.

        The one way in for everything that moderators change, by whatever route, and so the one place that decides
        whether a second moderator has to approve of it: of everything, as members read all of it.

        Args:
            where: Id of the channel in which whoever signed is told what follows.

        Raises:
            ConflictError: Something in it was changed by somebody else meanwhile.
        """
        self.check_days(batch)
        if await self.waits(workspace):
            return Proposed(await self._queues.propose(workspace, batch, signed))
        before = await self.base(workspace)
        base = await self._ledger.write(workspace, batch, signed, before)
        await self.followed(workspace, before, base, signed, where)
        return base

    def check_days(self, batch: Batch) -> None:
        """Raise `Refused` where *batch* dates a source, or what was said, years ahead, as in 2205 for 2025."""
        latest = (self._clock() + _AHEAD).date()
        if coming := next((day for day in batch.days if day > latest), None):
            raise refused("{day} is still to come: nothing was published or said then.", day=day_words(coming))

    async def followed(
        self, workspace: int, before: FactBase, after: FactBase, signed: Signature, where: int
    ) -> None:
        """Let everything follow that follows from the change between two bases."""
        changed = await asyncio.to_thread(changed_between, before, after, workspace, signed, where)
        await self._consequences.follow(changed)

    async def set_entry(
        self,
        workspace: int,
        before: Entry | Source | None,
        after: Entry | Source,
        who: str,
        reason: str,
        *,
        where: int = 0,
    ) -> FactBase | Proposed:
        """Add or change an entry or a source; raises `ConflictError` when it is not as it was seen."""
        if before == after:
            raise refused("That changes nothing.")
        return await self._write_fresh(workspace, Batch(entries=(EntryWrite(before, after),)), who, reason, where)

    async def set_words(
        self, workspace: int, before: Wording, after: Wording, who: str, reason: str, *, where: int = 0
    ) -> FactBase | Proposed:
        """Change the words used for each other; raises `ConflictError` when they are not as they were seen."""
        return await self._write_fresh(workspace, Batch(wording=after, wording_seen=before), who, reason, where)

    async def _write_fresh(
        self, workspace: int, batch: Batch, who: str, reason: str, where: int
    ) -> FactBase | Proposed:
        try:
            return await self.write(workspace, batch, self.signature(who, reason), where=where)
        except ConflictError:
            await self._workspaces.refresh(workspace)
            raise

    def signature(self, who: str, reason: str) -> Signature:
        """*who* signs now; raises `Refused` for a reason that is missing, too long or not visible."""
        text = reason_words(reason)
        if not any(map(str.isalnum, text)):
            raise refused("Every change needs a reason: say why, in a few words (reason: …).")
        if len(text) > REASON_LENGTH:
            raise refused("Keep the reason under {most} characters.", most=REASON_LENGTH)
        check_visible(text, "reason")
        return Signature(who, text, self._clock())


def because(reason: str, why: str) -> str:
    """*reason*, and why words and figures of a claim disagree, as far as a reason is long."""
    return say("{reason} (words and figures differ: {why})", reason=reason, why=why.strip())[:REASON_LENGTH]


def by_fields(fields: Fields) -> Edit:
    """The edit that puts typed *fields* in place of a claim's own."""
    return lambda base, claim: edited(base, claim, fields)


def _changed(base: FactBase, before: Claim, edit: Edit) -> Claim:
    after = edit(base, before)
    if after == before:
        raise refused("That changes nothing in {ref}.", ref=before.ref)
    return after
