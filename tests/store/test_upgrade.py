"""A database of the first released schema, with data in it, is brought to the newest one; nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, create_engine, insert

from bot.core.claims import FactBase
from bot.store.claims import FactBases
from bot.store.database import MIGRATIONS, open_database, upgrade
from bot.store.history import History
from bot.store.seed import seed
from tests.store.conftest import NOW

ROWS: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "first_release.json").read_text(encoding="utf-8")
)
"""Two servers with three claims each, of which a moderator reworded one, as the first release kept them."""
SERVER = 10**18


def _first_release(address: str) -> None:
    driver = address.replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(driver)
    with engine.begin() as connection:
        _migrate(connection)
        known = MetaData()
        known.reflect(connection)
        for table, rows in ROWS.items():
            connection.execute(insert(known.tables[table]), [_values(row) for row in rows])
    engine.dispose()


def _migrate(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")


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
    assert (seeded.kept, seeded.added) == (1, len(base.claims) - 3)
    await database.close()
