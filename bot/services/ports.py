"""What services ask of the outside world; the store satisfies these."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.briefing.deliveries import Due, Posted, Schedule
from bot.core.briefing.options import Options
from bot.core.briefing.schedules import Rhythm
from bot.core.claims import Claim, FactBase
from bot.core.editing.batches import Batch
from bot.core.editing.intakes import Item, Session
from bot.core.editing.queue import Challenge, Miss, Missed, Outcome, Proposal, Review
from bot.core.history.following import Follow, Noted, Owed
from bot.core.history.postings import Live
from bot.core.history.receipts import Receipt, Shown
from bot.core.history.revisions import AuditLine, Revision, Signature
from bot.core.setup import Setup

Clock = Callable[[], datetime]
"""Gives the present, aware, in UTC."""

Prepare = Callable[[int], Awaitable[None]]
"""Gives a workspace its copy of the curated base, or brings it up to date; cheap when nothing changed."""


class FactBaseReader(Protocol):
    """Reads whole fact bases."""

    async def load(self, workspace: int) -> FactBase:
        """Everything *workspace* holds now; an empty base for a workspace nobody has seeded."""
        ...

    async def revisions(self, workspaces: Collection[int] | None = None) -> dict[int, int]:
        """How many changes each workspace has seen; or those of some."""
        ...


class WatchStore(Protocol):
    """Keeps which channels are watched and what was said there."""

    async def channels(self) -> frozenset[int]:
        """Ids of all watched channels."""
        ...

    async def switch(self, workspace: int, channel: int, *, on: bool) -> None:
        """Watch a channel, or stop."""
        ...

    async def claim_note(self, workspace: int, channel: int, number: int, day: date) -> bool:
        """Take the day's one reply for a claim in a channel; False when it is taken already."""
        ...


class LedgerStore(Protocol):
    """Writes fact bases."""

    async def write(self, workspace: int, batch: Batch, signed: Signature, seen: FactBase | None = None) -> FactBase:
        """Apply *batch* whole and give the base after it, or raise `ConflictError` and leave everything."""
        ...


class HistoryStore(Protocol):
    """Reads what was changed."""

    async def of(self, workspace: int, number: int) -> list[Revision]:
        """Every revision of a claim, the first one first."""
        ...

    async def all(self, workspace: int) -> list[Revision]:
        """Every revision of every claim, by number, the first one first."""
        ...

    async def rewordings(
        self, workspace: int, keys: Collection[tuple[str, str]], since: datetime
    ) -> list[tuple[datetime, str]]:
        """When and why entries and sources with these kinds and keys got other words since then."""
        ...

    async def audit(self, workspace: int) -> list[AuditLine]:
        """The newest changes, the newest first."""
        ...

    async def forget(self, workspace: int, person: str) -> int:
        """Put a tombstone in place of a person's id; in how many places."""
        ...


class ChangeFeed(Protocol):
    """Tells what any process on the database writes, soon after it was written."""

    def changes(self) -> AsyncGenerator[Collection[int] | None, None]:
        """The workspaces of which something changed; None: perhaps any, as nothing was heard for a while."""
        ...


class SetupStore(Protocol):
    """Keeps settings."""

    async def load(self, workspace: int) -> Setup:
        """The settings in force."""
        ...

    async def load_all(self, workspaces: Collection[int]) -> dict[int, Setup]:
        """The settings in force in several workspaces."""
        ...

    async def change(self, workspace: int, edit: Callable[[Setup], Setup], signed: Signature) -> Setup:
        """Put in force what *edit* makes of the settings in force, and give it."""
        ...


class QueueStore(Protocol):
    """Keeps what waits for moderators. Ids of another workspace are not found."""

    async def reviews(self, workspace: int) -> dict[int, Review]:
        """Reviews that differ from the default, by claim."""
        ...

    async def entered(self, workspace: int) -> dict[int, date]:
        """The day each claim was entered."""
        ...

    async def review(self, workspace: int, number: int, version: int, who: str, today: date) -> Review:
        """Note a review of that version."""
        ...

    async def assign(self, workspace: int, number: int, reviewer: str, days: int, today: date) -> Review:
        """Say who reviews a claim, and how often."""
        ...

    async def lapse(self, workspace: int, numbers: Collection[int], today: date) -> None:
        """Note that nobody has reviewed claims as they stand now."""
        ...

    async def propose(self, workspace: int, batch: Batch, signed: Signature) -> Proposal:
        """Keep a change for a second moderator."""
        ...

    async def proposals(self, workspace: int) -> list[Proposal]:
        """Open ones."""
        ...

    async def proposal(self, workspace: int, proposal: int) -> Proposal:
        """One of them, open or not."""
        ...

    async def approve(self, workspace: int, proposal: int, signed: Signature) -> FactBase:
        """Write a proposed change."""
        ...

    async def decline(self, workspace: int, proposal: int, who: str) -> None:
        """Set a proposal aside."""
        ...

    async def challenge(self, workspace: int, challenge: Challenge) -> Challenge:
        """Put a challenge into the queue."""
        ...

    async def challenges(self, workspace: int) -> list[Challenge]:
        """Open ones."""
        ...

    async def settle(self, workspace: int, challenge: int, outcome: Outcome, who: str, words: str) -> Challenge:
        """Close a challenge."""
        ...


class IntakeStore(Protocol):
    """Keeps articles that moderators go through. Ids of another workspace are not found."""

    async def add(self, workspace: int, begun: Session, who: str, now: datetime) -> Session:
        """Keep a new one."""
        ...

    async def of(self, workspace: int, now: datetime) -> list[Session]:
        """Open ones, the newest first."""
        ...

    async def get(self, workspace: int, intake: int) -> Session:
        """One of them."""
        ...

    async def begin(self, workspace: int, begun: Session) -> Session:
        """Put in what was read, unless somebody was first."""
        ...

    async def change(self, workspace: int, intake: int, at: int, before: Item, after: Item) -> Session:
        """Put another state of an item in place of the one that was seen."""
        ...

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
        """Write the claims of items, or keep them for a second moderator, in the transaction that decides them."""
        ...

    async def finish(self, workspace: int, intake: int) -> Session:
        """Let one go."""
        ...

    async def purge(self, now: datetime) -> None:
        """Let go of the old ones."""
        ...


class MissStore(Protocol):
    """Keeps questions that got no claim."""

    async def add(self, misses: Sequence[Missed]) -> None:
        """Keep some."""
        ...

    async def purge(self, now: datetime) -> int:
        """Let go of some of the old ones; how many, 0 when none is left."""
        ...

    async def all(self, workspace: int, now: datetime) -> list[Miss]:
        """All that are kept."""
        ...

    async def drop(self, workspace: int, misses: list[int], *, but_awaited: bool = False) -> None:
        """Take some off the list."""
        ...

    async def wait(self, workspace: int, miss: int, person: str) -> bool:
        """Tell a person when it can be answered."""
        ...

    async def awaited(self, workspace: int) -> list[tuple[Miss, str]]:
        """Every question somebody waits for, with who does."""
        ...


class FollowStore(Protocol):
    """Keeps who follows what, and what they are to be told."""

    async def of(self, workspace: int, person: str) -> list[Follow]:
        """What a person follows in a workspace."""
        ...

    async def add(self, follow: Follow, most: int, now: datetime) -> bool:
        """Keep one, unless the person has so many already."""
        ...

    async def stop(self, person: str, follow: int | None, workspace: int | None) -> int:
        """Let go of one of a person's, or of all of them; how many."""
        ...

    async def note(self, changes: Sequence[Noted]) -> None:
        """Write down what followers are to hear of."""
        ...

    async def next_due(self) -> datetime | None:
        """When somebody is to be told next."""
        ...

    async def take(self, now: datetime) -> list[Owed]:
        """What is due, given to one process only."""
        ...

    async def give_back(self, owed: Owed, due_at: datetime) -> None:
        """Put back what could not be told."""
        ...


class ReceiptStore(Protocol):
    """Keeps what messages showed."""

    async def add(self, shown: Iterable[Shown]) -> None:
        """Keep what was shown."""
        ...

    async def of(self, workspace: int, message: int) -> Receipt | None:
        """What a message showed."""
        ...

    async def showing(self, workspace: int, number: int, since: datetime) -> list[Receipt]:
        """Messages that showed a claim since then, the newest first."""
        ...

    async def shown(self, workspace: int, since: datetime) -> frozenset[int]:
        """Numbers of the claims that any message showed since then."""
        ...

    async def oldest(self) -> dict[int, datetime]:
        """When the oldest receipt of each workspace was made."""
        ...

    async def purge(self, workspace: int, before: datetime) -> int:
        """Let go of some of the old ones; how many, 0 when none is left."""
        ...


class PastStore(Protocol):
    """Reads earlier states."""

    async def base(self, workspace: int, at: datetime) -> FactBase:
        """Everything the workspace held at that moment."""
        ...

    async def written(self, workspace: int) -> tuple[datetime, datetime] | None:
        """When the first and the newest change were written."""
        ...

    async def claims(self, workspace: int, versions: Mapping[int, int], at: datetime) -> dict[int, Claim]:
        """Claims in given versions, worded as at that moment."""
        ...


class ScheduleStore(Protocol):
    """Keeps schedules; each slot is one process's at a time, and settled once."""

    async def add(
        self,
        workspace: int,
        channel: int,
        about: str,
        rhythm: Rhythm,
        *,
        options: Options,
        who: str,
        now: datetime,
    ) -> Schedule:
        """Keep a new one."""
        ...

    async def of(self, workspace: int) -> list[Schedule]:
        """Those that were not cancelled."""
        ...

    async def get(self, workspace: int, schedule: int) -> Schedule:
        """One of them."""
        ...

    async def switch(self, workspace: int, schedule: int, state: str, why: str, now: datetime) -> Schedule:
        """Pause, resume or cancel."""
        ...

    async def next_due(self) -> datetime | None:
        """When something is to be done next."""
        ...

    async def take(self, now: datetime, owner: str) -> list[Due]:
        """Slots that are due, leased to *owner*."""
        ...

    async def take_now(self, schedule: Schedule, now: datetime, owner: str) -> Due:
        """A slot at this very moment."""
        ...

    async def held(self, due: Due, owner: str, now: datetime) -> bool:
        """Whether *owner* still has the slot; it is renewed."""
        ...

    async def settle(
        self,
        due: Due,
        owner: str,
        state: str,
        now: datetime,
        *,
        why: str = "",
        messages: Sequence[int] = (),
        shown: Mapping[int, int] | None = None,
    ) -> None:
        """Note what became of a slot, and go on to the next."""
        ...

    async def last(self, schedule: int) -> Posted | None:
        """What was posted last."""
        ...


class DepartureStore(Protocol):
    """Keeps which servers the bot is no longer in."""

    async def everybody(self) -> dict[int, datetime | None]:
        """Every server, and when the bot left it."""
        ...

    async def mark(self, workspaces: Collection[int], left_at: datetime | None) -> None:
        """Note when the bot left servers, or that it is in them."""
        ...

    async def remove(self, workspace: int, before: datetime) -> bool:
        """Delete all that belongs to a server that the bot left before then."""
        ...


class BeginningStore(Protocol):
    """Keeps how servers begin."""

    async def introduce(self, workspace: int, now: datetime) -> bool:
        """Whether nobody has introduced the bot to a server yet; from now on somebody has."""
        ...

    async def begin_empty(self, workspace: int, now: datetime) -> bool:
        """Let a server begin with an empty base of its own; False where it has a base already."""
        ...


class PostingStore(Protocol):
    """Keeps messages that the bot goes back to."""

    async def pin(self, live: Live) -> None:
        """Keep a live briefing."""
        ...

    async def live(self, workspace: int | None = None) -> list[Live]:
        """Live briefings."""
        ...

    async def edited(self, message: int, revision: int, at: datetime) -> None:
        """Note what one shows now."""
        ...

    async def unpin(self, message: int) -> None:
        """Let one go."""
        ...

    async def corrected(self, workspace: int, number: int, since: datetime) -> frozenset[int]:
        """Channels that had a correction of a claim since then."""
        ...

    async def claim_correction(
        self, workspace: int, channel: int, number: int, version: int, since: datetime, at: datetime
    ) -> bool:
        """Take the one correction of a channel for what became of a claim at *since*."""
        ...
