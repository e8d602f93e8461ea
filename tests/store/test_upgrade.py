"""A database of the first released schema, with data in it, is brought to the newest one; nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, Table, create_engine, insert

from bot.core.claims import FactBase
from bot.core.history.revisions import Signature
from bot.store.claims import FactBases
from bot.store.copying import upgrade
from bot.store.database import MIGRATIONS, open_database
from bot.store.history import History
from bot.store.queues import Queues
from bot.store.seed import seed
from tests.store.conftest import NOW

ROWS: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "first_release.json").read_text(encoding="utf-8")
)
"""Two servers with three claims each, of which a moderator reworded one, as the first release kept them."""
SERVER = 10**18


def _first_release(address: str, upto: str = "0001", proposal: dict[str, Any] | None = None) -> None:
    """What the first release kept, as the schema *upto* keeps it, with a *proposal* in it."""
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        _migrate(connection, "0001")
        for table, rows in ROWS.items():
            connection.execute(insert(_table(connection, table)), [_values(row) for row in rows])
        _migrate(connection, upto)
        if proposal is not None:
            connection.execute(insert(_table(connection, "proposal")), proposal)
    engine.dispose()


def _table(connection: Connection, name: str) -> Table:
    return Table(name, MetaData(), autoload_with=connection)


def _migrate(connection: Connection, upto: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, upto)


_READ: dict[str, Callable[[str], Any]] = {
    "joined_at": datetime.fromisoformat,
    "made_at": datetime.fromisoformat,
    "published_on": date.fromisoformat,
}


def _values(row: dict[str, Any]) -> dict[str, Any]:
    """What is inserted for a row; its number in a sequence comes from the database."""
    numbered = {} if "joined_at" in row else {"id": None}
    return {name: _READ.get(name, _as_it_is)(value) for name, value in row.items() if name not in numbered}


def _as_it_is(value: Any) -> Any:
    return value


async def test_the_first_release_upgrades_and_says_what_it_did(address: str, base: FactBase) -> None:
    """Each step is a sentence; claims, versions and history stand as they stood; an upgrade twice does nothing."""
    _first_release(address)

    done = await upgrade(address)
    assert done.before == "0001"
    assert len(done.steps) >= 10
    assert all(step.endswith(".") for step in done.steps)
    assert (await upgrade(address)).steps == ()

    database = await open_database(address)
    held = await FactBases(database).load(SERVER)
    kept = {row["number"]: (row["statement"], row["version"]) for row in ROWS["claim"] if row["workspace"] == SERVER}
    assert {claim.number: (claim.statement, claim.version) for claim in held.claims.values()} == kept
    trail = await History(database).all(SERVER)
    assert [each.reason for each in trail] == [
        row["reason"]
        for row in sorted(ROWS["revision"], key=lambda row: (row["number"], row["version"]))
        if row["workspace"] == SERVER
    ]
    seeded = await seed(database, SERVER, base, now=NOW)
    reworded = next(row for row in ROWS["claim"] if row["workspace"] == SERVER and row["edited"])
    stands = (await FactBases(database).load(SERVER)).claims[reworded["number"]].statement
    assert (seeded.added, stands) == (len(base.claims) - 3, reworded["statement"])
    await database.close()


async def test_a_proposal_of_an_older_schema_can_be_approved(address: str) -> None:
    """It was of one claim; it is a batch with that claim."""
    held = next(row for row in ROWS["claim"] if row["workspace"] == SERVER)
    after = {name: value for name, value in held.items() if name not in ("workspace", "version", "edited")}
    asked = {
        "workspace": SERVER,
        "number": held["number"],
        "version": held["version"],
        "who": "1",
        "reason": "Worded",
    }
    asked |= {
        "after": {**after, "statement": "Troops were wounded."},
        "made_at": NOW,
        "state": "open",
        "decided_by": "",
    }
    _first_release(address, "0007", asked)

    database = await open_database(address)
    (made,) = await Queues(database).proposals(SERVER)
    base = await Queues(database).approve(SERVER, made.id, Signature("2", "Approved", NOW))
    assert base.claims[held["number"]].statement == "Troops were wounded."
    assert base.claims[held["number"]].version == held["version"] + 1
    await database.close()
