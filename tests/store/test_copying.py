"""A whole database: backed up while others write, restored, moved and compared."""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path

import pytest
from sqlmodel import SQLModel, func, select

from bot.core.claims import FactBase
from bot.errors import StartupError
from bot.store.claims import FactBases
from bot.store.copying import back_up, move, restore
from bot.store.database import Database, open_database
from bot.store.portable import export_all, import_all
from tests.store.conftest import Seed


async def _base(url: str, workspace: int = 1) -> FactBase:
    database = await open_database(url)
    try:
        return await FactBases(database).load(workspace)
    finally:
        await database.close()


async def test_a_backup_is_whole_private_and_can_be_put_back(
    database: Database, address: str, put: Seed, base: FactBase, tmp_path: Path
) -> None:
    """On both kinds of database; made while it is open, without a word to the bot."""
    await put(base)
    backup = tmp_path / "kept" / "backup.db"
    rows = await back_up(address, backup)

    assert rows > len(base.claims)
    assert backup.stat().st_mode & 0o077 == 0
    assert await _base(f"sqlite:///{backup}") == base
    await put(base, 2)
    target = address if address.startswith("sqlite") else f"sqlite:///{tmp_path}/other.db"
    assert await restore(target, backup) == rows
    assert await _base(target) == base
    assert not (await _base(target, 2)).claims


async def test_a_move_brings_every_row_there_and_back(
    database: Database, address: str, put: Seed, base: FactBase, tmp_path: Path
) -> None:
    """From either kind of database to SQLite, and back into an empty one; PostgreSQL counts on after it."""
    await put(base)
    there = f"sqlite:///{tmp_path}/there.db"
    rows = await move(address, there)
    assert await _base(there) == base

    async with database.begin() as session:
        for table in reversed(SQLModel.metadata.sorted_tables):
            assert await session.scalar(select(func.count()).select_from(table)) is not None
    back = f"sqlite:///{tmp_path}/back.db"
    assert await move(there, back) == rows
    with pytest.raises(StartupError, match="not empty"):
        await move(there, back)


@pytest.mark.parametrize("name", ["all.jsonl", "all.jsonl.gz"])
async def test_an_export_of_everything_comes_back_as_it_was(
    database: Database, address: str, put: Seed, base: FactBase, tmp_path: Path, name: str
) -> None:
    """From either kind of database into either; a file that is cut off changes nothing."""
    await put(base)
    await put(base, 2)
    file, again = tmp_path / name, tmp_path / f"again-{name}"
    rows = await export_all(address, file)
    assert file.stat().st_mode & 0o077 == 0
    there = f"sqlite:///{tmp_path}/there.db"
    assert await import_all(there, file) == rows
    assert await _base(there, 2) == base
    assert await export_all(there, again) == rows
    lines, lines_again = (_unpacked(each) for each in (file, again))
    assert lines == lines_again
    with pytest.raises(StartupError, match="not empty"):
        await import_all(there, file)
    cut = tmp_path / "cut.jsonl"
    cut.write_text("".join(lines[:-1]))
    for whole in (cut, tmp_path / "nowhere.jsonl"):
        with pytest.raises(StartupError, match="Nothing was written"):
            await import_all(f"sqlite:///{tmp_path}/empty.db", whole)
    assert not (await _base(f"sqlite:///{tmp_path}/empty.db")).claims


def _unpacked(file: Path) -> list[str]:
    held = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    return held.decode().splitlines(keepends=True)


async def test_what_is_no_backup_changes_nothing(
    database: Database, address: str, put: Seed, base: FactBase, tmp_path: Path
) -> None:
    """A text, another program's database, nothing at all; and no backup overwrites a file."""
    await put(base)
    text, other = tmp_path / "text.db", tmp_path / "other-program.db"
    text.write_text("no database at all, but long enough to look at. " * 40)
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE thing (id INTEGER)")
    connection.close()
    target = f"sqlite:///{tmp_path}/held.db"
    await move(address, target)
    for file in (text, other, tmp_path / "nowhere.db"):
        with pytest.raises(StartupError):
            await restore(target, file)
    assert await _base(target) == base
    with pytest.raises(StartupError, match="exists already"):
        await back_up(target, text)
