"""A database that cannot be used is one clear line, without the password; one that can is brought up to date."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from bot.errors import StartupError, Unavailable
from bot.store.claims import FactBases
from bot.store.database import MIGRATIONS, Database, open_database
from bot.store.seed import Seeded, seed
from tests.factories import a_base, a_claim
from tests.store.conftest import NOW, Run


async def refusal(url: str) -> str:
    """The one line that opening *url* ends in."""
    with pytest.raises(StartupError) as caught:
        await open_database(url)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("url", ["mysql://root:hunter2@host/x", "https://host/x"])
async def test_an_unknown_scheme_is_refused(url: str) -> None:
    """The line names what is known."""
    line = await refusal(url)
    assert line.endswith("Caveat knows sqlite and postgresql.")
    assert "hunter2" not in line


@pytest.mark.parametrize("url", ["", "caveat.db", "postgresql://root:hunter2@host:port/x"])
async def test_what_is_no_address_is_refused(url: str) -> None:
    """The line shows how an address is written, and repeats nothing of what may be secret."""
    line = await refusal(url)
    assert line.startswith("DATABASE_URL is not a database address; write sqlite:///path or postgresql://")
    assert "hunter2" not in line


async def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    """The host helps; the password would end up in a log."""
    line = await refusal("postgres://caveat:hunter2@127.0.0.1:1/facts")
    assert line.startswith("The database postgresql://caveat:***@127.0.0.1:1/facts cannot be used: ")
    assert "refused" in line
    assert "hunter2" not in line


async def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    """A path mistyped onto some other file does no harm to it."""
    notes = tmp_path / "notes.txt"
    notes.write_text("Nothing here is a database. " * 100)
    before = notes.read_bytes()

    assert "file is not a database" in await refusal(f"sqlite:///{notes}")
    assert notes.read_bytes() == before


async def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    """A file in the way of the folder is named, with the reason."""
    (tmp_path / "var").write_text("")

    line = await refusal(f"sqlite:///{tmp_path}/var/deep/caveat.db")
    assert f"{tmp_path}/var/deep/caveat.db cannot be used: " in line
    assert line.endswith("Check DATABASE_URL.")


async def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    """SQLite's own words, in one line."""
    assert "unable to open database file" in await refusal(f"sqlite:///{tmp_path}")


async def test_a_read_only_database_is_refused(tmp_path: Path) -> None:
    """A bot that could not keep what moderators say must not start."""
    await (await open_database(f"sqlite:///{tmp_path}/caveat.db")).close()

    line = await refusal(f"sqlite:///file:{tmp_path}/caveat.db?mode=ro&uri=true")
    assert "readonly database" in line


async def test_a_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    """SQLite would notice when it comes to what is missing, or never; nothing is changed."""
    file = tmp_path / "caveat.db"
    await (await open_database(f"sqlite:///{file}")).close()
    with file.open("r+b") as held:
        held.truncate(file.stat().st_size // 2)
    before = file.read_bytes()

    assert "is cut off. Nothing was changed; restore a backup." in await refusal(f"sqlite:///{file}")
    assert file.read_bytes() == before


async def test_a_newer_schema_is_refused(address: str, database: Database, run: Run) -> None:
    """An old bot on a new database would lose what it does not know of."""
    await run("UPDATE alembic_version SET version_num = '9999'")

    assert "its schema is newer than this version of Caveat" in await refusal(address)


async def test_the_folder_of_the_file_is_made(tmp_path: Path) -> None:
    """The default database lies in a folder that a fresh clone does not have."""
    opened = await open_database(f"sqlite:///{tmp_path}/var/deep/caveat.db")
    await opened.close()

    with sqlite3.connect(tmp_path / "var/deep/caveat.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


async def test_what_was_stored_is_there_after_a_restart(address: str, database: Database) -> None:
    """Opening a database again migrates nothing and loses nothing."""
    await seed(database, 0, a_base([a_claim()]), now=NOW)
    again = await open_database(address)

    assert await FactBases(again).load(0) == a_base([a_claim()])
    assert await seed(again, 0, a_base([a_claim()]), now=NOW) == Seeded()
    await again.close()


async def test_a_database_in_memory_serves_many_at_once() -> None:
    """It has one connection; readers and writers queue for it."""
    opened = await open_database("sqlite://")
    bases = FactBases(opened)
    await asyncio.gather(*(seed(opened, workspace, a_base([a_claim()]), now=NOW) for workspace in range(10)))
    read = await asyncio.gather(*map(bases.load, range(10)))
    assert all(base == a_base([a_claim()]) for base in read)
    await opened.close()


async def test_foreign_keys_hold_after_migrating(database: Database, run: Run) -> None:
    """SQLite switches them off for a migration; they are back on in the same connection."""
    if database.engine.dialect.name == "sqlite":
        assert await run("PRAGMA foreign_keys") == [(1,)]
    else:
        assert await run("SHOW session_replication_role") == [("origin",)]


async def test_processes_that_open_a_new_database_at_once_all_succeed(address: str) -> None:
    """One migrates, the others wait for it."""
    script = (
        "import asyncio, sys; from bot.store.database import open_database\n"
        "async def main(): await (await open_database(sys.argv[1])).close()\n"
        "asyncio.run(main())"
    )
    started = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", script, address, stderr=asyncio.subprocess.PIPE)
        for _ in range(3)
    ]
    ended = await asyncio.gather(*(each.communicate() for each in started))
    assert [each.returncode for each in started] == [0, 0, 0], [errors.decode() for _, errors in ended]


async def test_the_migrations_make_the_tables_that_the_code_declares(database: Database) -> None:
    """No drift: autogenerate finds nothing to add to the versions."""

    def check(connection: Connection) -> None:
        command.check(_config(connection))

    async with database.engine.connect() as connection:
        await connection.run_sync(check)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


@pytest.mark.parametrize(
    ("broke", "told"), [(True, "Look whether what you did was saved"), (False, "Nothing was changed")]
)
async def test_nobody_is_told_that_nothing_was_changed_where_nobody_knows(
    database: Database, *, broke: bool, told: str
) -> None:
    """What was sent when the connection broke may have arrived."""
    with pytest.raises(Unavailable, match=told):
        async with database.begin():
            raise OperationalError("COMMIT", None, OSError("gone"), connection_invalidated=broke)
