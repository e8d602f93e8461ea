"""Services out of a database: the one place that knows which store serves which port."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace

from bot.checking import COMMANDS
from bot.core.asking.meaning import Meaning
from bot.core.claims import FactBase
from bot.core.editing.uploads import File
from bot.core.history.events import Changed, changed_between
from bot.core.history.revisions import Signature
from bot.core.intake.proposals import Proposer
from bot.files.archive import write_all
from bot.files.exports import export
from bot.files.uploads import read_upload
from bot.services.answers import Workspaces
from bot.services.bases import Bases, Sample
from bot.services.briefings import Briefings, Deliveries
from bot.services.consequences import Consequence, Consequences
from bot.services.corrections import Corrections
from bot.services.curation import Curation
from bot.services.departures import Departures
from bot.services.exchange import Exchange
from bot.services.following import Following
from bot.services.intakes import Intakes
from bot.services.missed import Missed
from bot.services.ports import Clock, Prepare
from bot.services.receipts import Receipts
from bot.services.reviewing import Reviewing
from bot.services.services import Services
from bot.services.setups import Setups
from bot.services.watch import Watch
from bot.services.write_queue import WriteQueue
from bot.settings import Settings
from bot.store import (
    departures,
    follows,
    intakes,
    ledger,
    misses,
    past,
    postings,
    queues,
    receipts,
    schedules,
    setups,
    watches,
)
from bot.store.bases import Beginnings
from bot.store.claims import FactBases
from bot.store.database import Database
from bot.store.history import History
from bot.store.seed import CHANGED, CURATED_BY, digest_of, seed


def services(
    database: Database,
    base: FactBase,
    clock: Clock,
    settings: Settings,
    proposer: Proposer | None = None,
    sample: Sample | None = None,
    meaning: Meaning | None = None,
) -> Services:
    """
    The services over *database*; every workspace starts with a copy of *base*.

    Args:
        proposer: Who proposes claims out of an article; None: its sentences with figures or quotations, nobody named.
        sample: What servers may start with; None: *base*.
        meaning: What orders questions back by meaning; None: their words alone.
    """
    consequences, backups = Consequences(), settings.backup_dir
    workspaces = Workspaces(
        FactBases(database), _seeder(database, base, clock, consequences), settings.snapshot_megabytes, meaning
    )
    trail, earlier, posted = History(database), past.Past(database), postings.Postings(database, settings.shards)
    queue, missed, kept = queues.Queues(database), misses.Misses(database), receipts.Receipts(database)
    due = schedules.Schedules(database, shards=settings.shards)
    its_setups = Setups(workspaces, setups.Setups(database), clock)
    writes = WriteQueue()
    answered = Receipts(kept, writes, clock)
    unanswered = Missed(workspaces, missed, writes, clock)
    following = Following(workspaces, follows.Follows(database), earlier, its_setups, writes, clock)
    curation = Curation(workspaces, ledger.Ledger(database), queue, its_setups, clock, COMMANDS, consequences)

    async def answer(changed: Changed) -> None:
        if changed.base is not None:
            await workspaces.replace(changed.workspace, changed.base)
        elif workspaces.opened(changed.workspace) is not None:
            await workspaces.refresh(changed.workspace)

    async def lapse(changed: Changed) -> None:
        await queue.lapse(changed.workspace, changed.lapsed, changed.at.date())

    async def write_down(_: Changed) -> None:
        await answered.flush()

    def archive(workspace: int, files: Sequence[File]) -> None:
        if backups is not None:
            write_all(backups / "left" / f"{workspace}-{clock():%Y-%m-%d}", files)

    exchange = Exchange(workspaces, curation, trail, earlier, export, read_upload, clock)
    consequences.done_by(Consequence.SNAPSHOT, answer)
    consequences.done_by(Consequence.REVIEWS, lapse)
    consequences.done_by(Consequence.RECEIPTS, write_down)
    return Services(
        clock=clock,
        writes=writes,
        consequences=consequences,
        workspaces=workspaces,
        watch=Watch(workspaces, watches.WatchedChannels(database), clock),
        setups=its_setups,
        bases=Bases(
            workspaces, curation, Beginnings(database), sample or Sample("", lambda: base, default=True), clock
        ),
        receipts=answered,
        curation=curation,
        reviewing=Reviewing(workspaces, curation, queue, trail, unanswered, clock),
        missed=unanswered,
        following=following,
        exchange=exchange,
        intakes=Intakes(workspaces, curation, intakes.Intakes(database), clock, proposer),
        departures=Departures(
            workspaces, exchange, its_setups, departures.Departures(database), archive if backups else None, clock
        ),
        briefings=Briefings(workspaces, due, earlier, queue, its_setups, clock),
        deliveries=Deliveries(due, clock, secrets.token_hex(8)),
        corrections=Corrections(workspaces, answered, kept, earlier, trail, posted, its_setups, clock),
        history=trail,
        past=earlier,
        postings=posted,
    )


def _seeder(database: Database, base: FactBase, clock: Clock, consequences: Consequences) -> Prepare:
    digest = digest_of(base)

    async def seed_workspace(workspace: int) -> None:
        now = clock()
        seeded = await seed(database, workspace, base, now=now, digest=digest)
        if seeded.before is not None and seeded.after is not None:
            signed = Signature(CURATED_BY, CHANGED, now)
            changed = changed_between(seeded.before, seeded.after, workspace, signed)
            await consequences.follow(replace(changed, base=None))  # whoever opens the workspace reads it next

    return seed_workspace
