"""Words that questions are made of are data: Python has none of a subject, and no list of a language's."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.files.factfile import load

ROOT = Path(__file__).parents[2]
ASKING = ROOT / "bot" / "core" / "asking"
MODULES = sorted(ASKING.rglob("*.py"))
WORDS = re.compile(r"[^\W\d_A-Z]+(?: [^\W\d_A-Z]+)*")
LONG = 5
MOST = 20
"""From how many words on a constant is a list of them; names of parts of our own are no words."""


def _constants(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The names given at the top of a module, each with the texts in what it stands for."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            found = (each.value for each in ast.walk(node.value) if isinstance(each, ast.Constant))
            yield ast.unparse(target), [each for each in found if isinstance(each, str) and WORDS.fullmatch(each)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_module_keeps_a_list_of_words(path: Path) -> None:
    """Lists are in the languages' files and in words.toml."""
    words = {name: {word for each in texts for word in each.split()} for name, texts in _constants(path)}
    long = {name for name, found in words.items() if len(found) >= MOST}
    assert long <= {"FEATURES"}


def test_no_module_knows_a_word_of_one_subject() -> None:
    """What the sample's questions are about stands with the sample: its words of a kind, and no table of ours."""
    wording = load(ROOT / "data").base.wording
    subject = {word for word in (*wording.people, *wording.events, *wording.light) if len(word) >= LONG}
    modules = [path for path in MODULES if path.stem != "lexicon"]
    known = {word for path in modules for _, texts in _constants(path) for text in texts for word in text.split()}
    assert not known & subject
