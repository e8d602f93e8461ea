"""docs/operations.md: whoever has never seen Caveat can do what stands there, as it stands there."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from bot.cli import main
from bot.files.factfile import load
from bot.store.database import open_database
from bot.store.seed import seed
from tests.conftest import ROOT
from tests.proofs.servers import new_database
from tests.store.conftest import NOW

PAGE, _, TABLE = (
    (ROOT / "docs" / "operations.md").read_text(encoding="utf-8").partition("## What runs these commands")
)
PROGRAM = re.compile(r"^(?:[A-Z_]+=\S+ )*(?:python3? |docker |\.venv/bin/pip )")
BLOCKS = [line.strip() for line in PAGE.splitlines() if line.startswith("    ") and PROGRAM.match(line.strip())]
INLINE = [each for each in re.findall(r"`([^`\n]+)`", PAGE) if PROGRAM.match(each)]
BY_OTHERS = set(re.findall(r"^\| `([^`]+)` \|", TABLE, re.MULTILINE))
RUN = [each for each in BLOCKS if each not in BY_OTHERS]


def test_every_command_of_the_page_is_run_by_something() -> None:
    """Here, in the page's order; or by the test or make target that its last section names, and that exists."""
    make = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"`make (\w+)`", TABLE)
    tests = [each for each in re.findall(r"`((?:\w+/)?test_\w+)`", TABLE) if each != "store/test_operations"]

    assert {*BLOCKS, *INLINE} >= BY_OTHERS
    assert all(f"\n{each}:" in make for each in targets)
    assert all((ROOT / "tests" / f"{each}.py").exists() for each in tests)
    known = {*RUN, *BY_OTHERS, "python bot.py doctor"}
    assert [each for each in INLINE if each not in known] == []
    assert {each.split()[2] for each in RUN} >= {"doctor", "backup", "restore", "export", "import", "upgrade", "move"}


def test_the_commands_do_what_the_page_says(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One after the other on a database of their own, SQLite first, then moved to PostgreSQL and back."""
    monkeypatch.chdir(tmp_path)
    server = new_database(postgres)
    for name, value in {"FACT_BASE": str(ROOT / "data"), "DATABASE_URL": "sqlite:///var/caveat.db"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    asyncio.run(_live("sqlite:///var/caveat.db"))
    said: dict[str, str] = {}
    for command in RUN:
        words = command.replace("postgresql://caveat:password@host/caveat", server).split()
        assert words[:2] == ["python", "bot.py"], command
        if words[2] == "import" or words[-1] == "sqlite:///var/caveat.db":
            _begin_anew(tmp_path, monkeypatch, server, back=words[2] == "move")
        assert main(words[2:]) == 0, (command, capsys.readouterr())
        said[command] = capsys.readouterr().out
    silent = [each for each, out in said.items() if not out.strip()]
    assert silent == ["python bot.py check facts.yaml"]  # it speaks of findings
    assert any("rows, each the same in both" in out for out in said.values())


async def _live(address: str) -> None:
    """A database in which something stands."""
    database = await open_database(address)
    await seed(database, 1, load(ROOT / "data").base, now=NOW)
    await database.close()


def _begin_anew(folder: Path, monkeypatch: pytest.MonkeyPatch, server: str, *, back: bool) -> None:
    """Take the database away: what is put back needs an empty one. *back*: from PostgreSQL."""
    for file in (folder / "var").glob("caveat.db*"):
        file.unlink()
    if back:
        monkeypatch.setenv("DATABASE_URL", server)
