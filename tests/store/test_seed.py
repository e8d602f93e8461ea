"""The curated base comes in, stays current, and never overwrites what a moderator did."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import get_ident
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select

from bot.core import records
from bot.core.claims import Claim, FactBase
from bot.store.claims import FactBases
from bot.store.database import Database, open_database
from bot.store.seed import CHANGED, LOADED, REMOVED, REPLACED, Seeded, seed
from bot.store.tables import RevisionRow
from tests.factories import a_base, a_claim, a_party, a_source, a_topic
from tests.store.conftest import NOW, Run, Seed


async def reasons(database: Database, workspace: int = 1) -> list[tuple[int, int, str]]:
    """Every revision of the workspace as claim number, version and reason."""
    async with database.session() as session:
        rows = await session.exec(select(RevisionRow).where(RevisionRow.workspace == workspace))
        return sorted((row.number, row.version, row.reason) for row in rows)


async def claim(database: Database, number: int) -> Claim:
    """The claim as workspace 1 has it."""
    return (await FactBases(database).load(1)).claims[number]


async def test_seeding_twice_is_seeding_once(database: Database, put: Seed) -> None:
    """A start with an unchanged file changes nothing and says so."""
    base = a_base([a_claim(1), a_claim(2)])

    assert await put(base) == Seeded(added=2)
    assert await put(base) == Seeded()
    assert await reasons(database) == [(1, 1, LOADED), (2, 1, LOADED)]


async def test_the_event_loop_is_free_while_a_base_is_made_rows_of(
    put: Seed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Records, and whether anything changed at all, are worked out in another thread."""
    threads: set[int] = set()
    for name in ("claim_record", "entry_record", "source_record"):
        done = getattr(records, name)

        def noting(it: Any, done: Callable[[Any], Any] = done) -> Any:
            threads.add(get_ident())
            return done(it)

        monkeypatch.setattr(f"bot.store.seed.{name}", noting)
    await put(a_base([a_claim()]))

    assert threads
    assert get_ident() not in threads


async def test_a_changed_claim_gets_a_new_version(database: Database, put: Seed) -> None:
    """What the file says anew replaces the old, with the old kept as a revision."""
    await put(a_base([a_claim(1, "As it was."), a_claim(2)]))

    assert await put(a_base([a_claim(1, "As it is."), a_claim(2), a_claim(3)])) == Seeded(added=1, updated=1)
    assert await claim(database, 1) == a_claim(1, "As it is.", version=2)
    async with database.session() as session:
        second = (await session.exec(select(RevisionRow).where(RevisionRow.version == 2))).one()
    assert second.before is not None
    assert (second.before["statement"], second.after["statement"]) == ("As it was.", "As it is.")
    assert second.reason == CHANGED


async def test_changed_entries_and_sources_are_brought_up_to_date(database: Database, put: Seed) -> None:
    """A corrected name reaches every claim that refers to it; no claim needs a revision for that."""
    await put(a_base([a_claim()]))
    named = a_party("Ukraine", aliases=("Україна",))
    titled = a_source(title="A headline")

    assert await put(a_base([a_claim(claimant=named, source=titled)])) == Seeded()
    assert (await claim(database, 1)).attribution == a_claim(claimant=named, source=titled).attribution


async def test_what_a_moderator_edited_is_left_alone(database: Database, put: Seed, run: Run) -> None:
    """The file changes; a claim, an entry and a source that a moderator changed do not."""
    base = a_base([a_claim(1, "As curated."), a_claim(2)])
    await put(base)
    await run("UPDATE claim SET statement = 'As a moderator put it.', version = 2, edited = TRUE WHERE number = 1")
    await run("UPDATE entry SET edited = TRUE")
    await run("UPDATE source SET title = 'By hand', edited = TRUE")
    changed = a_base(
        [
            a_claim(1, "As curated anew.", topics=(a_topic(about="Anew."),), source=a_source(title="Anew")),
            a_claim(2, source=a_source(title="Anew")),
        ]
    )

    assert await put(base) == Seeded()
    assert await put(changed) == Seeded()
    read = await claim(database, 1)
    assert (read.statement, read.version) == ("As a moderator put it.", 2)
    assert (read.topics[0].about, read.attribution.source.title) == ("", "By hand")


async def test_a_claim_that_left_the_file_is_retired(database: Database, put: Seed) -> None:
    """It answers no more, but keeps its number, words and history; it comes back when the file has it again."""
    both = a_base([a_claim(1), a_claim(2)])
    await put(both)

    assert await put(a_base([a_claim(1)])) == Seeded(updated=1)
    assert (await claim(database, 2)).retired == REMOVED
    assert await put(a_base([a_claim(1)])) == Seeded()
    assert await put(both) == Seeded(updated=1)
    assert await claim(database, 2) == a_claim(2, version=3)
    assert [each for each in await reasons(database) if each[0] == 2] == [
        (2, 1, LOADED),
        (2, 2, REMOVED),
        (2, 3, CHANGED),
    ]


async def test_a_claim_that_a_moderator_added_wins_its_number(database: Database, put: Seed, run: Run) -> None:
    """The base's newcomer of the same number is skipped, and what only the moderator has is never retired."""
    await put(a_base([a_claim(1), a_claim(5, "Added here."), a_claim(6, "Added here too.")]))
    await run("UPDATE claim SET edited = TRUE WHERE number > 4")

    assert await put(a_base([a_claim(1), a_claim(5, "The base's fifth.")])) == Seeded()
    live = {each.number: each.statement for each in (await FactBases(database).load(1)).live}
    assert (live[5], live[6]) == ("Added here.", "Added here too.")


async def test_an_entry_that_left_the_file_answers_no_more(database: Database, put: Seed) -> None:
    """A topic under a new key does not share its aliases with its old self; retired claims still know theirs."""
    old, new = a_topic("Sappers", aliases=("mines",)), a_topic("Engineers", aliases=("mines",))
    await put(a_base([a_claim(1, topics=(old,)), a_claim(2, topics=(old,))]))
    await put(a_base([a_claim(1, topics=(new,))]))

    read = await FactBases(database).load(1)
    assert list(read.topics) == ["engineers"]
    assert read.claims[2].topics == (old,)
    await put(a_base([a_claim(1, topics=(old,))]))
    assert list((await FactBases(database).load(1)).topics) == ["sappers"]


async def test_an_entry_that_a_moderators_claim_needs_goes_on_answering(
    database: Database, put: Seed, run: Run
) -> None:
    """The file dropping a topic or a party does not make a moderator's claim unfindable."""
    mines, zvezda = a_topic("Mines"), a_party("Zvezda")
    await put(a_base([a_claim(1), a_claim(2, topics=(mines,), relayed_by=(zvezda,))]))
    await run("UPDATE claim SET edited = TRUE WHERE number = 2")
    await put(a_base([a_claim(1)]))

    read = await FactBases(database).load(1)
    assert {"mines", "casualties"} == set(read.topics)
    assert "zvezda" in read.parties


async def test_a_seeding_that_fails_changes_nothing(database: Database, put: Seed) -> None:
    """One transaction: a base whose claim has no usable source leaves the workspace as it was."""
    good = a_base([a_claim(1)])
    await put(good)
    bad = a_base([a_claim(1, "Changed."), a_claim(2, source=a_source("other", sha256="short"))])

    with pytest.raises(SQLAlchemyError):
        await put(bad)
    assert await FactBases(database).load(1) == good


@pytest.mark.parametrize("earlier", [None, a_base([a_claim(1), a_claim(99)])])
async def test_processes_that_seed_at_once_neither_fail_nor_double(
    address: str, database: Database, put: Seed, earlier: FactBase | None
) -> None:
    """Four bots that start together with one database leave what one would have left, new workspace or old."""
    if earlier:
        await put(earlier)
    base = a_base(a_claim(number, f"Statement {number}.") for number in range(1, 40))
    others = [await open_database(address) for _ in range(4)]
    later = NOW + timedelta(hours=1)
    try:
        seeded = await asyncio.gather(*(seed(each, 1, base, now=later) for each in others))
    finally:
        for each in others:
            await each.close()

    assert sum(each.added for each in seeded) == (38 if earlier else 39)
    assert sum(each.updated for each in seeded) == (2 if earlier else 0)
    assert len(await reasons(database)) == (42 if earlier else 39)
    live = (await FactBases(database).load(1)).live
    assert [replace(each, version=1) for each in live] == list(base.claims.values())


async def test_ten_thousand_claims_are_seeded_in_few_statements(database: Database, put: Seed) -> None:
    """Bulk inserts: the number of round trips does not grow with the number of claims one by one."""
    asked: list[str] = []
    event.listen(database.engine.sync_engine, "before_cursor_execute", lambda *sent: asked.append(sent[2]))

    assert await put(a_base(a_claim(number) for number in range(1, 10_001))) == Seeded(added=10_000)
    assert len(asked) < 100


async def test_another_base_takes_the_place_of_the_old_one(database: Database, put: Seed, run: Run) -> None:
    """Also of what moderators changed in it; ids are not used again, and its updates find their claims."""
    await put(a_base([a_claim(1, "As curated."), a_claim(2)]))
    await run("UPDATE claim SET statement = 'As a moderator put it.', edited = TRUE WHERE number = 1")
    await run("UPDATE entry SET edited = TRUE")
    other = a_source("other", sha256="0f" * 32, publisher=a_party("Northline"))
    oil = a_topic("Oil")
    base = a_base([a_claim(number, "Oil escaped.", source=other, topics=(oil,)) for number in (1, 2)])

    await put(base)
    read = await FactBases(database).load(1)
    assert [each.number for each in read.live] == [3, 4]
    assert (list(read.topics), list(read.sources)) == (["oil"], ["other"])
    assert {each.retired for each in read.claims.values() if each.number < 3} == {REPLACED}
    assert await put(base) == Seeded()
    mended = a_base([a_claim(1, "Much oil escaped.", source=other, topics=(oil,)), base.claims[2]])
    assert await put(mended) == Seeded(updated=1)
    assert (await claim(database, 3)).statement == "Much oil escaped."


async def test_without_a_base_any_more_a_server_keeps_what_it_worked_on(
    database: Database, put: Seed, run: Run
) -> None:
    """One that changed nothing is empty, as is the base of direct messages."""
    for workspace in (0, 1, 2):
        await put(a_base([a_claim(1), a_claim(2)]), workspace)
    await run("UPDATE claim SET edited = TRUE WHERE number = 1 AND workspace < 2")
    for workspace in (0, 1, 2):
        await put(a_base(), workspace)

    live = [len((await FactBases(database).load(workspace)).live) for workspace in (0, 1, 2)]
    assert live == [1, 2, 0]
