"""`python bot.py check` finds what a careless edit breaks, and says where and what to do."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import cli
from bot.checking import COMMANDS, report
from bot.core.claims import FactBase
from bot.files.factfile import read_whole
from bot.files.yaml_tree import as_tree
from tests.careless_edits import EDITS, Edit
from tests.desk import Desk

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "data" / "fact-base.yaml").read_text("utf-8")


def found_at(edit: Edit) -> int:
    """Where in the curated file what *edit* changes stands."""
    head, old, _ = edit
    start = re.search(rf"(?m)^ *{re.escape(head)}\n", TEXT)
    assert start, head
    return TEXT.index(old, start.start())


def edited(*edits: Edit) -> str:
    """The curated file's text after *edits*, the last in the file first."""
    text = TEXT
    for edit in sorted(edits, key=found_at, reverse=True):
        at = found_at(edit)
        text = text[:at] + edit[2] + text[at + len(edit[1]) :]
    return text


@pytest.fixture
def check(tmp_path: Path) -> Callable[[str], list[str]]:
    """Checks a text as a fact base; findings without the file's folder."""

    def run(text: str) -> list[str]:
        (tmp_path / "fact-base.yaml").write_text(text, "utf-8")
        return [line.removeprefix(f"{tmp_path}/") for line in report(tmp_path)]

    return run


def line_number(text: str, words: str) -> int:
    """The line of *text* that holds *words*, which stand in it once, from 1."""
    assert text.count(words) == 1, words
    return text.count("\n", 0, text.index(words)) + 1


@pytest.mark.parametrize("case", [pytest.param(case.values, id=case.id) for case in EDITS])
def test_a_careless_edit_is_found(
    check: Callable[[str], list[str]], case: tuple[Edit, str] | tuple[Edit, str, str]
) -> None:
    """The finding names file, line, claim or entry, and field, and says what to do; the line is what was edited."""
    edit, expected, *elsewhere = case
    text = edited(edit)
    line = line_number(text, elsewhere[0]) if elsewhere else TEXT.count("\n", 0, found_at(edit)) + 1

    assert f"fact-base.yaml:{line}: {expected}" in check(text)


def test_competing_figures_without_a_link_are_found(check: Callable[[str], list[str]]) -> None:
    """Two claimants, one metric, different figures: whoever sees one has to see the other."""
    unlinked = edited(
        ("- id: C7", "    relations: [{disputes: C20}]\n", ""), ("- id: C20", "    relations: [{disputes: C7}]\n", "")
    )

    (finding,) = check(unlinked)
    line, figures = finding.split(":")[1], "C20 figures: gives another figure for sent than C7; "
    assert "up to 12,000" in unlinked.splitlines()[int(line)]
    assert finding.endswith(f": {figures}add ‘disputes: C7’ to its relations.")


def test_a_dispute_stated_on_one_side_is_enough(check: Callable[[str], list[str]]) -> None:
    """Links hold both ways."""
    assert check(edited(("- id: C20", "    relations: [{disputes: C7}]\n", ""))) == []


def test_a_dispute_with_a_retired_claim_is_found(check: Callable[[str], list[str]]) -> None:
    """What no longer answers cannot be shown beside what does."""
    findings = check(edited(("- id: C20", "topics:", "retired: Superseded.\n    topics:")))

    assert [finding.split(": ", 1)[1] for finding in findings] == [
        "C7 relations 1: disputes C20, which is retired; take it out."
    ]


def test_all_findings_are_listed_in_the_order_of_the_file(check: Callable[[str], list[str]]) -> None:
    """One run shows everything there is to mend."""
    findings = check(
        edited(
            ("- id: C22", "that two-thirds have", "that half have"),
            ("- id: C1", "are described as showing", "show"),
            ("casualties:", "aliases: [casualty,", "aliases: [ask, casualty,"),
        )
    )

    lines = [int(finding.split(":")[1]) for finding in findings]
    assert len(lines) >= 3
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("format: 1\ntopics: [", "fact-base.yaml:2: not readable as YAML: "),
        ("", "fact-base.yaml:1: the file: "),
        ("- one\n- two\n", "fact-base.yaml:1: the file: "),
        ("format: 2\n", "fact-base.yaml:1: format: is none of these: 1; write one."),
        ("a: &all [1]\nb: *all\n", "fact-base.yaml:2: YAML aliases (*name) are not allowed; write the value out."),
        ("a: 1\na: 2\n", "fact-base.yaml:2: not readable as YAML: "),
    ],
)
def test_a_file_that_is_no_fact_base_gives_one_clear_line(
    check: Callable[[str], list[str]], text: str, expected: str
) -> None:
    """No traceback, no list of consequences."""
    (finding,) = check(text)

    assert finding.startswith(expected)
    assert "\n" not in finding


@pytest.mark.parametrize("key", ["recovered-20", "confirmed"])
def test_a_key_that_an_import_would_refuse_is_found(check: Callable[[str], list[str]], key: str) -> None:
    """Whoever types it in a command reads it; `!import` says the same."""
    findings = check(re.sub(r"(?m)^  sent:", f"  {key}:", TEXT).replace("metric: sent", f"metric: {key}"))
    assert any(f"“{key}” " in finding for finding in findings)


def test_the_command_prints_findings_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 1 with findings, one line each; 0 and nothing without."""
    (tmp_path / "fact-base.yaml").write_text(edited(("- id: C1", "are described as showing", "show")), "utf-8")

    assert cli.main(["check", str(tmp_path)]) == 1
    assert re.fullmatch(r"\S+fact-base\.yaml:\d+: C1 statement: “show” vouches .+\n", capsys.readouterr().out)
    (tmp_path / "fact-base.yaml").write_text(TEXT, "utf-8")
    assert cli.main(["check", str(tmp_path / "fact-base.yaml")]) == 0
    assert capsys.readouterr().out == ""


def test_an_article_that_cannot_be_read_is_an_error_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The base is not blamed for it."""
    assert cli.main(["check", "--article", str(tmp_path / "gone.txt")]) == 1

    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.endswith("gone.txt: cannot be read (No such file or directory); give the article's text file.\n")


async def test_every_command_of_the_bot_is_kept_from_the_names(desk: Desk) -> None:
    """The list that aliases are checked against lacks no command."""
    real = {name for command in desk.bot.commands for name in (command.name, *command.aliases) if not command.hidden}

    assert real <= COMMANDS


def test_a_reader_that_has_enough_is_no_error() -> None:
    """`python bot.py commands | head` ends quietly."""
    line = [sys.executable, "bot.py", "commands"]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:  # noqa: S603  # our own program
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        assert program.stderr.read() == b""


def test_every_kind_of_slip_is_told_in_our_own_words() -> None:
    """What reads the file words faults for programmers; each is said again, with how it is written."""
    text = """
format: 1
sources: 5
topics: []
parties: {A P: {name: '', aliases: x, members: [{}]}}
claims:
  - {id: K8, claim_date: May, verification: {status: fine}, statement: 7, topics: [], grade: {credibility: 9}}
  - 12
"""
    _, faults = read_whole(as_tree(text, Path("x.yaml")), FactBase())

    told = " ".join(message for _, message in faults)
    assert len(faults) > 12
    assert not re.search(r"Input|String|should|valid|pydantic|Error", told), told
    assert "K8 id: is not written like C12; mend it." in told
