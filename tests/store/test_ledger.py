"""A write happens whole, once, and on the version that its writer saw. A person can be forgotten, a change cannot."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.core.claims import Claim, FactBase, Wording
from bot.core.editing.batches import Batch, ClaimWrite, EntryWrite, one_claim
from bot.core.editing.queue import Challenge
from bot.core.editing.whole_bases import emptying
from bot.core.history.revisions import FORGOTTEN, Signature
from bot.errors import ConflictError, NotFound, Refused
from bot.store.claims import FactBases
from bot.store.database import Database
from bot.store.history import History
from bot.store.ledger import Ledger
from bot.store.queues import Queues
from tests.factories import a_base, a_claim, a_source, a_topic
from tests.store.conftest import NOW, Run, Seed

ONE, OTHER = "1001", "1002"
"""Two moderators."""

WRITERS = 20


@pytest.fixture
def ledger(database: Database) -> Ledger:
    """Writes to the test's database."""
    return Ledger(database)


@pytest.fixture
def queues(database: Database) -> Queues:
    """What waits in the test's database."""
    return Queues(database)


def signed(who: str = ONE, reason: str = "The source says so") -> Signature:
    """A signature at the tests' moment."""
    return Signature(who, reason, NOW)


def reworded(claim: Claim, statement: str, *, weighs: bool = False) -> ClaimWrite:
    """A write of *statement* on the version that *claim* is."""
    return ClaimWrite(replace(claim, statement=statement), claim.version, weighs)


async def held(database: Database, workspace: int = 1) -> FactBase:
    """The workspace as another reader finds it."""
    return await FactBases(database).load(workspace)


async def everything(run: Run) -> list[list[tuple[Any, ...]]]:
    """Every row that a write may touch."""
    tables = ("workspace", "claim", "revision", "entry", "entry_revision", "source", "review", "proposal")
    return [sorted(await run(f"SELECT * FROM {table}"), key=repr) for table in tables]  # noqa: S608  the names above


@pytest.mark.parametrize("overtaken", [False, True])
async def test_what_a_writer_has_in_memory_becomes_what_everybody_reads(
    database: Database, put: Seed, ledger: Ledger, *, overtaken: bool
) -> None:
    """A write costs the change: the base is not read again, unless somebody else wrote since."""
    await put(a_base([a_claim(1), a_claim(2), a_claim(4)]))
    seen = await held(database)
    if overtaken:
        await ledger.write(1, Batch((reworded(seen.claims[4], "Troops were seen."),)), signed())
    added, retired = replace(seen.claims[1], number=3), replace(seen.claims[1], retired="Said twice.")
    words = Wording((("hurt", "wounded"),))
    batch = Batch(
        (ClaimWrite(added, 0), ClaimWrite(retired, 1), reworded(seen.claims[2], "Troops were hurt.")), wording=words
    )

    after, now = await ledger.write(1, batch, signed(), seen), await held(database)

    assert after == now
    assert (list(after.claims), after.revision) == (list(now.claims), now.revision)
    assert [each.version for each in after.claims.values()] == [each.version for each in now.claims.values()]


async def test_a_write_is_one_version_one_revision_and_one_step_of_the_base(
    database: Database, put: Seed, ledger: Ledger
) -> None:
    """What the writer gets back is what everybody reads; the trail says what it was before, by whom and why."""
    await put(a_base([a_claim(1)]))
    before = await held(database)

    after = await ledger.write(1, Batch((reworded(before.claims[1], "Troops were wounded."),)), signed())

    assert after == await held(database)
    assert (after.claims[1].version, after.revision) == (2, before.revision + 1)
    first, second = await History(database).of(1, 1)
    assert (second.before, second.after) == (first.after, after.claims[1])
    assert (second.who, second.reason, second.made_at) == (ONE, "The source says so", NOW)


async def test_a_write_on_an_old_version_leaves_nothing(
    database: Database, put: Seed, ledger: Ledger, run: Run
) -> None:
    """The second of two who read the same version is told so, and not a row of theirs stays."""
    await put(a_base([a_claim(1)]))
    seen = (await held(database)).claims[1]
    await ledger.write(1, Batch((reworded(seen, "Troops were wounded."),)), signed())
    rows = await everything(run)

    with pytest.raises(ConflictError, match="it is at revision 2 now, not 1"):
        await ledger.write(1, Batch((reworded(seen, "Troops were captured.", weighs=True),)), signed(OTHER))

    assert await everything(run) == rows


async def test_two_new_claims_cannot_share_a_number(database: Database, put: Seed, ledger: Ledger) -> None:
    """Whoever comes second with a new claim's number does not write over the first."""
    await put(a_base([a_claim(1)]))
    await ledger.write(1, Batch((ClaimWrite(a_claim(2, "The first one."), 0),)), signed())

    with pytest.raises(ConflictError):
        await ledger.write(1, Batch((ClaimWrite(a_claim(2, "The second one."), 0),)), signed(OTHER))

    assert (await held(database)).claims[2].statement == "The first one."


@pytest.mark.parametrize("stale", ["claim", "entry", "source", "base"])
async def test_a_batch_is_all_or_nothing(database: Database, put: Seed, ledger: Ledger, run: Run, stale: str) -> None:
    """One part that is out of date keeps every other part of the batch out, wherever it stands in it."""
    await put(a_base([a_claim(1), a_claim(2), a_claim(3)]))
    base = await held(database)
    topic, source = base.topics["casualties"], base.sources["fox-2025-11-14"]
    rows = await everything(run)
    batch = Batch(
        claims=(
            reworded(base.claims[1], "One."),
            ClaimWrite(replace(base.claims[2], statement="Two."), 9 if stale == "claim" else 1),
            reworded(base.claims[3], "Three."),
        ),
        entries=(
            EntryWrite(None, a_topic("Losses")),
            EntryWrite(a_topic(about="Old.") if stale == "entry" else topic, replace(topic, aliases=("body count",))),
            EntryWrite(None, a_source("reuters-2025-11-15")),
            EntryWrite(a_source(title="Old") if stale == "source" else source, replace(source, title="New")),
        ),
        revision=base.revision + 1 if stale == "base" else base.revision,
    )

    with pytest.raises(ConflictError):
        await ledger.write(1, batch, signed())

    assert await everything(run) == rows


async def test_a_batch_is_one_step_of_the_base(database: Database, put: Seed, ledger: Ledger) -> None:
    """Claims, entries and sources that are written together arrive together, each with its revision."""
    await put(a_base([a_claim(1), a_claim(2)]))
    base = await held(database)
    topic, source = a_topic("Losses"), a_source("reuters-2025-11-15")
    batch = Batch(
        claims=(reworded(base.claims[1], "One."), ClaimWrite(a_claim(3, topics=(topic,), source=source), 0)),
        entries=(EntryWrite(None, topic), EntryWrite(None, source)),
        revision=base.revision,
    )

    after = await ledger.write(1, batch, signed())

    assert after.revision == base.revision + 1
    assert [(number, claim.version) for number, claim in after.claims.items()] == [(1, 2), (2, 1), (3, 1)]
    written = {line.what for line in await History(database).audit(1) if line.who == ONE}
    assert written == {"C1", "C3", "topic losses", "source reuters-2025-11-15"}


async def test_a_new_claim_brings_back_what_it_refers_to(database: Database, put: Seed, ledger: Ledger) -> None:
    """A file may refer to what was put away with the base since it was exported."""
    await put(a_base([a_claim(1)]))
    before = await held(database)
    await ledger.write(1, emptying(before), signed())
    assert not (await held(database)).topics

    after = await ledger.write(1, Batch((ClaimWrite(replace(before.claims[1], number=2), 0),)), signed())
    assert (after.topics, after.parties, after.sources) == (before.topics, before.parties, before.sources)


async def test_a_publisher_and_its_source_may_be_renamed_in_one_proposal(
    database: Database, put: Seed, queues: Queues
) -> None:
    """The source stands as it was seen, whatever its publisher is called by then."""
    await put(a_base([a_claim(1)]))
    source = (await held(database)).sources["fox-2025-11-14"]
    party = replace(source.publisher, name="Fox News")
    writes = (EntryWrite(source.publisher, party), EntryWrite(source, replace(source, title="As it was published")))
    proposal = await queues.propose(1, Batch(entries=writes), signed())

    assert not proposal.stale
    after = (await queues.approve(1, proposal.id, signed(OTHER))).sources[source.key]
    assert (after.publisher.name, after.title) == ("Fox News", "As it was published")


async def test_a_workspace_that_was_never_seeded_takes_no_write(ledger: Ledger, run: Run) -> None:
    """There is nothing to write to, and nothing is made up."""
    with pytest.raises(ConflictError, match="no fact base yet"):
        await ledger.write(7, Batch((ClaimWrite(a_claim(1), 0),)), signed())

    assert await run("SELECT * FROM claim") == []


@pytest.mark.parametrize("weighs", [True, False])
async def test_only_a_weighty_write_resets_the_review(
    database: Database, put: Seed, ledger: Ledger, queues: Queues, weighs: bool
) -> None:
    """After a change of what a claim says nobody has reviewed it, and it is due; a small change leaves that alone."""
    await put(a_base([a_claim(1), a_claim(2)]))
    today = NOW.date()
    for number in (1, 2):
        await queues.assign(1, number, OTHER, 30, today)
    reviewed = await queues.review(1, 1, 1, OTHER, today)
    untouched = await queues.review(1, 2, 1, OTHER, today)
    seen = (await held(database)).claims[1]

    await ledger.write(1, Batch((reworded(seen, "Troops were wounded.", weighs=weighs),)), signed())

    reset = replace(reviewed, reviewed_on=None, reviewed_by="", due_on=today)
    assert await queues.reviews(1) == {1: reset if weighs else reviewed, 2: untouched}


async def test_a_proposal_answers_nobody_before_another_moderator_approves_it(
    database: Database, put: Seed, queues: Queues
) -> None:
    """It is written as its proposer's, on the version it was made for, and resets the review."""
    await put(a_base([a_claim(1)]))
    seen = (await held(database)).claims[1]
    await queues.review(1, 1, 1, OTHER, NOW.date())
    proposed = await queues.propose(
        1, one_claim(seen, replace(seen, statement="Troops were wounded."), weighs=True), signed()
    )
    assert (await held(database)).claims[1] == seen

    after = await queues.approve(1, proposed.id, signed(OTHER))

    assert (after.claims[1].statement, after.claims[1].version) == ("Troops were wounded.", 2)
    newest = (await History(database).of(1, 1))[-1]
    assert (newest.who, newest.reason) == (ONE, "The source says so (approved by a second moderator)")
    assert (await queues.reviews(1))[1].reviewed_on is None
    assert await queues.proposals(1) == []


async def test_a_proposed_claim_gets_its_number_when_it_is_approved(
    database: Database, put: Seed, ledger: Ledger, queues: Queues
) -> None:
    """A claim that was added meanwhile under the number it was drafted with stays what it is."""
    await put(a_base([a_claim(1)]))
    proposed = await queues.propose(1, one_claim(None, a_claim(2, "Proposed first."), weighs=True), signed())
    await ledger.write(1, Batch((ClaimWrite(a_claim(2, "Added meanwhile."), 0),)), signed())

    after = await queues.approve(1, proposed.id, signed(OTHER))

    assert [claim.statement for claim in after.claims.values()][1:] == ["Added meanwhile.", "Proposed first."]


async def test_approving_is_refused_where_it_must_be(
    database: Database, put: Seed, ledger: Ledger, queues: Queues, run: Run
) -> None:
    """One's own, another server's, one whose claim moved on, a settled one: each leaves everything as it was."""
    await put(a_base([a_claim(1), a_claim(2)]))
    await put(a_base([a_claim(1), a_claim(2)]), workspace=2)
    first, second = (await held(database)).claims.values()
    waiting = await queues.propose(
        1, one_claim(first, replace(first, statement="Troops were wounded."), weighs=True), signed()
    )
    approved = await queues.propose(
        1, one_claim(second, replace(second, statement="Approved."), weighs=True), signed()
    )
    declined = await queues.propose(
        1, one_claim(second, replace(second, statement="Declined."), weighs=True), signed()
    )
    await queues.approve(1, approved.id, signed(OTHER))
    await queues.decline(1, declined.id, OTHER)

    async def refused(error: type[Exception], words: str, approving: Coroutine[Any, Any, FactBase]) -> None:
        rows = await everything(run)
        with pytest.raises(error, match=words):
            await approving
        assert await everything(run) == rows

    await refused(Refused, "Your own proposal", queues.approve(1, waiting.id, signed(ONE)))
    await refused(NotFound, "No proposal", queues.approve(2, waiting.id, signed(OTHER)))
    await refused(NotFound, "No proposal", queues.approve(1, 999_999, signed(OTHER)))
    await refused(Refused, "approved already", queues.approve(1, approved.id, signed(OTHER)))
    await refused(Refused, "declined already", queues.approve(1, declined.id, signed(OTHER)))
    await ledger.write(1, Batch((reworded(first, "It moved on."),)), signed(OTHER))
    await refused(ConflictError, "C1 was changed", queues.approve(1, waiting.id, signed(OTHER)))
    assert [proposal.stale for proposal in await queues.proposals(1)] == [True]


async def test_forgetting_a_person_leaves_a_tombstone_and_keeps_the_trail(
    database: Database, put: Seed, ledger: Ledger, queues: Queues, run: Run
) -> None:
    """Their id is nowhere in the workspace; what was changed, when and why stays, and so does everybody else's."""
    await put(a_base([a_claim(1)]))
    await put(a_base([a_claim(1)]), workspace=2)
    topic = a_topic()
    for workspace in (1, 2):
        seen = (await held(database, workspace)).claims[1]
        alias = EntryWrite(topic, replace(topic, aliases=("body count",)))
        await ledger.write(workspace, Batch((reworded(seen, "Troops were wounded."),), (alias,)), signed())
    seen = (await held(database)).claims[1]
    await ledger.write(1, Batch((reworded(seen, "Troops were captured."),)), signed(OTHER))
    await queues.assign(1, 1, ONE, 30, NOW.date())
    await queues.review(1, 1, 3, ONE, NOW.date())
    await queues.challenge(1, Challenge(0, 1, 1, ONE, NOW, "Says who?"))
    declined = await queues.propose(1, one_claim(seen, seen, weighs=True), signed(OTHER))
    await queues.decline(1, declined.id, ONE)
    before, elsewhere = await History(database).of(1, 1), await History(database).of(2, 1)

    places = await History(database).forget(1, ONE)

    assert places == 6
    after = await History(database).of(1, 1)
    assert [each.who for each in after[1:]] == [FORGOTTEN, OTHER]
    assert [replace(each, who="") for each in after] == [replace(each, who="") for each in before]
    assert await History(database).of(2, 1) == elsewhere
    left = await run(
        "SELECT who FROM revision WHERE workspace = 1 UNION SELECT who FROM entry_revision WHERE workspace = 1"
    )
    assert (ONE,) not in left
    assert (await queues.reviews(1))[1].reviewer == FORGOTTEN
    assert [challenge.who for challenge in await queues.challenges(1)] == [FORGOTTEN]
    assert await History(database).forget(1, ONE) == 0


async def test_twenty_writers_at_once_lose_nothing(database: Database, put: Seed, ledger: Ledger) -> None:
    """Each redoes its change on what the others left until it holds; in the end all twenty do."""
    await put(a_base([a_claim(1)]))
    start = await held(database)
    conflicts = 0

    async def write(mark: int) -> None:
        nonlocal conflicts
        seen = start.claims[1]
        while True:
            changed = replace(seen, editor_note=f"{seen.editor_note} {mark}".strip())
            try:
                await ledger.write(1, Batch((ClaimWrite(changed, seen.version),)), signed(str(mark)))
            except ConflictError:
                conflicts += 1
                seen = (await held(database)).claims[1]
            else:
                return

    await asyncio.gather(*(write(mark) for mark in range(WRITERS)))

    end, trail = await held(database), await History(database).of(1, 1)
    assert sorted(map(int, end.claims[1].editor_note.split())) == list(range(WRITERS))
    assert (end.claims[1].version, end.revision) == (1 + WRITERS, start.revision + WRITERS)
    assert [each.before for each in trail] == [None, *(each.after for each in trail[:-1])]
    assert trail[-1].after == end.claims[1]
    assert conflicts >= WRITERS - 1


async def test_of_one_proposal_approved_by_many_at_once_one_approval_counts(
    database: Database, put: Seed, queues: Queues
) -> None:
    """It is written once; everybody else hears that it was settled."""
    await put(a_base([a_claim(1)]))
    seen = (await held(database)).claims[1]
    proposed = await queues.propose(
        1, one_claim(seen, replace(seen, statement="Troops were wounded."), weighs=True), signed()
    )
    later = Signature(OTHER, "Approved", NOW + timedelta(hours=1))

    outcomes = await asyncio.gather(
        *(queues.approve(1, proposed.id, later) for _ in range(5)), return_exceptions=True
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["FactBase", *["Refused"] * 4]
    assert len(await History(database).of(1, 1)) == 2
