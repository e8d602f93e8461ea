"""What goes into the database comes out of it the same."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from sqlalchemy import event

from bot.core.claims import FactBase, Hop, Link, Relation, Relay, Status
from bot.services.ports import FactBaseReader
from bot.store.claims import FactBases
from bot.store.database import Database
from bot.store.seed import seed
from tests.factories import a_base, a_claim, a_figure, a_party, a_place, fact_bases
from tests.store.conftest import NOW, Seed

_workspaces = itertools.count(1)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(base=fact_bases())
async def test_any_base_is_read_as_it_was_seeded(database: Database, base: FactBase) -> None:
    """Every field of every claim, entry and source survives, on either server."""
    workspace = next(_workspaces)
    await seed(database, workspace, base, now=NOW)

    read = await FactBases(database).load(workspace)
    assert read == base
    assert [list(entries) for entries in (read.topics, read.places, read.parties, read.metrics)] == [
        list(entries) for entries in (base.topics, base.places, base.parties, base.metrics)
    ]


async def test_a_claim_keeps_its_hops_caveat_figure_and_relations(database: Database, put: Seed) -> None:
    """The parts of a claim that a row holds as JSON come back as the types they were."""
    claim = a_claim(
        2,
        relayed_by=(Hop(a_party("Reuters"), Relay.TO), a_party("Zvezda")),
        status=Status.NOT_INDEPENDENTLY_VERIFIED,
        caveats=("The numbers could not be independently verified.",),
        figures=(a_figure("more than 6,000", low=6000),),
        places=(a_place("Kursk", aliases=("Курск",)),),
        relations=(Relation(Link.DISPUTES, 1),),
    )
    await put(a_base([a_claim(1), claim]))

    assert (await FactBases(database).load(1)).claims[2] == claim


async def test_a_workspace_is_read_in_as_many_queries_whatever_its_size(database: Database, put: Seed) -> None:
    """Four queries serve one claim and five hundred."""
    asked: list[str] = []
    event.listen(database.engine.sync_engine, "before_cursor_execute", lambda *sent: asked.append(sent[2]))
    counts: list[int] = []
    for workspace, size in ((1, 1), (2, 500)):
        await put(a_base(a_claim(number) for number in range(1, size + 1)), workspace)
        asked.clear()
        await FactBases(database).load(workspace)
        counts.append(sum("SELECT" in statement for statement in asked))
    assert counts == [4, 4]


async def test_a_workspace_nobody_seeded_is_empty(database: Database) -> None:
    """Reading an unknown workspace is no error and makes none."""
    reader: FactBaseReader = FactBases(database)

    assert await reader.load(404) == FactBase()
    assert await FactBases(database).workspaces() == []


async def test_one_workspace_never_reads_another(database: Database, put: Seed) -> None:
    """The same claim number in two servers is two claims."""
    here, there = a_base([a_claim(1, "Said here.")]), a_base([a_claim(1, "Said there.", claimant="Russia")])
    await put(here, 111111111111111111)
    await put(there, 2)
    await put(a_base([replace(a_claim(1), statement="Said here later.")]), 111111111111111111)

    bases = FactBases(database)
    assert await bases.load(2) == there
    assert (await bases.load(111111111111111111)).claims[1].statement == "Said here later."
    assert await bases.workspaces() == [2, 111111111111111111]
