"""The house: who may import whom, and rules that hold for every file."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("cogs/**/*.py"), ROOT / "bot.py"])
PURE = {"rapidfuzz", "anyascii", "snowballstemmer", "text_to_num", "tantivy", "numpy"}
SQL = {"sqlalchemy", "sqlmodel", "alembic", "aiosqlite", "psycopg", "sqlite3"}

OURS = {
    "bot/languages": {"bot.languages"},
    "bot/core": {"bot.core", "bot.languages", "bot.errors"},
    "bot/services": {"bot.services", "bot.core", "bot.errors"},
    "bot/store": {"bot.store", "bot.core", "bot.errors"},
    "bot/files": {"bot.files", "bot.core", "bot.errors"},
    "bot/intake": {"bot.intake", "bot.core", "bot.errors"},
    "bot/ui": {"bot.ui", "bot.services", "bot.core", "bot.errors"},
    "bot/background": {"bot.background", "bot.ui", "bot.services", "bot.core", "bot.errors"},
    "cogs": {"bot.services", "bot.core", "bot.ui", "bot.background", "bot.errors"},
}
"""What each layer may import of ours; the files beside the layers compose and may import all."""

FOREIGN = {
    "bot/services": {"discord", *SQL},
    "bot/store": {"discord"},
    "bot/files": {"discord", *SQL},
    "bot/intake": {"discord", *SQL},
    "bot/background": SQL,
    "bot/languages": {"discord", *SQL},
    "bot/ui": SQL,
    "cogs": SQL,
}
"""Libraries a layer must do without."""


def _imports(path: Path) -> Iterator[str]:
    """Full names of the modules that the file at *path* imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield node.module or ""


def _in(layer: str) -> list[Path]:
    return [path for path in SOURCES if path.is_relative_to(ROOT / layer)]


def _within(module: str, packages: set[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("layer", OURS)
def test_a_layer_imports_only_the_layers_below_it(layer: str) -> None:
    """A dependency the other way round would tie what is pure to what is not, or one cog to another."""
    files = _in(layer)
    assert files

    astray = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in files
        for module in _imports(path)
        if _within(module, {"bot", "cogs"}) and not _within(module, OURS[layer])
    ]
    assert not astray, "\n".join(astray)


@pytest.mark.parametrize("layer", FOREIGN)
def test_discord_and_sql_stay_in_their_layers(layer: str) -> None:
    """Only the store speaks SQL; use cases know neither it nor Discord."""
    astray = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in _in(layer)
        for module in _imports(path)
        if _within(module, FOREIGN[layer])
    ]
    assert not astray, "\n".join(astray)


def test_the_core_is_pure() -> None:
    """The standard library and a few functions of their arguments; no clock."""
    for path in _in("bot/core"):
        outside = {
            module.split(".")[0]
            for module in _imports(path)
            if not _within(module, {"bot", "__future__"}) and module.split(".")[0] not in sys.stdlib_module_names
        }
        assert outside <= PURE, f"{path.relative_to(ROOT)} imports {outside - PURE}"
        calls = {
            node.func.attr
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        assert not calls & {"now", "utcnow", "today", "monotonic", "perf_counter"}, path


def test_only_the_renderer_words_a_claim() -> None:
    """The labels of the contract are written in one place, so that no other code can build half a block."""
    having = [
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in ("Attribution:", "Verification:")
    ]
    assert set(having) == {"bot/core/block.py"}


def test_only_the_settings_read_the_environment() -> None:
    """Whoever looks for a setting finds all of them in one file."""
    reading = [
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    ]
    assert not reading


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_module_says_what_it_is(path: Path) -> None:
    """A docstring for each, and a name that says more than that it is of use."""
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert path.stem not in {"utils", "util", "helpers", "manager", "common", "misc"}
