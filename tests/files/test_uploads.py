"""Whatever is uploaded, a base comes out or one line that says what to mend, soon."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.claims import FactBase
from bot.core.editing.uploads import FaultyUpload
from bot.core.editing.visible import hidden_characters
from bot.errors import Refused
from bot.files.factfile import dump, load
from bot.files.uploads import MOST_BYTES, read_upload
from bot.ui.moderating.imports import fault_pages
from tests.factories import a_base, a_claim, a_metric, fact_bases
from tests.files.test_factfile import curated_parts, self_contained

DATA = Path(__file__).parents[2] / "data" / "fact-base.yaml"
CURATED = DATA.read_bytes()
SMALL = dump(a_base([a_claim(1)], a_metric())).encode()

NO_BASE = "no fact base; one begins with its format, sources, topics, parties and claims."
TOO_DEEP = "nested deeper than"
ALIAS = "YAML aliases (*name) are not allowed; write the value out."
TAG = "YAML tags (!name) are not allowed; take the tag out."


def seen(value: Any) -> Any:
    """*value* with only what can be seen in its texts, as an upload may hold them."""
    if type(value) is str:
        hidden = {name.split()[0] for name in hidden_characters(value)}
        left = "".join(each for each in value if f"U+{ord(each):04X}" not in hidden)
        return left if left.strip() or not value.strip() else "seen"
    if isinstance(value, Mapping):
        return {key: seen(each) for key, each in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, tuple):
        return tuple(map(seen, cast("tuple[Any, ...]", value)))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: seen(getattr(value, each.name)) for each in fields(value)})
    return value


def faults_of(data: bytes) -> tuple[str, ...]:
    """Everything that *data* is refused with."""
    with pytest.raises(FaultyUpload) as refused:
        read_upload("base.yaml", data)
    return tuple(refused.value.faults)


def refusal(data: bytes, name: str = "base.yaml") -> str:
    """The one line with which *data* is refused."""
    with pytest.raises(Refused) as refused:
        read_upload(name, data)
    message = str(refused.value)
    assert message.isprintable()
    assert len(message) < 400
    return message


@settings(max_examples=25)
@given(base=curated_parts() | fact_bases().map(self_contained))
def test_what_is_exported_can_be_uploaded_again(base: FactBase) -> None:
    """Export and import are the identity, versions aside, for every base whose texts can be seen."""
    base = seen(base)

    assert read_upload("fact-base.yaml", dump(base).encode()).base == base


def test_the_curated_base_can_be_uploaded_as_it_stands() -> None:
    """What people edit by hand is accepted too, from editors that write a byte order mark or other line ends."""
    curated = load(DATA).base

    assert read_upload("fact-base.yaml", CURATED).base == curated
    assert read_upload("Fact Base.YML", b"\xef\xbb\xbf" + CURATED.replace(b"\n", b"\r\n")).base == curated


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"", "base.yaml: is empty; upload the file that an export gives.", id="empty"),
        pytest.param(b" \n\t\n", "base.yaml: is empty; upload the file that an export gives.", id="blank"),
        pytest.param(
            b"# later\n", "base.yaml: holds only remarks; upload the file that an export gives.", id="remarks"
        ),
        pytest.param(b"a: caf\xe9", "base.yaml:1: not UTF-8 text; save it as UTF-8.", id="latin-1"),
        pytest.param(b"a: b\n\nc: \xff", "base.yaml:3: not UTF-8 text; save it as UTF-8.", id="no encoding"),
        pytest.param("a: é".encode("utf-16"), "base.yaml: UTF-16 text; save it as UTF-8.", id="UTF-16"),
        pytest.param(
            "a: é".encode("utf-16-be"),
            "base.yaml:1: holds NUL bytes, so it is no text; save it as UTF-8.",
            id="UTF-16 without its mark",
        ),
        pytest.param(
            b"a: b\nc: \0", "base.yaml:2: holds NUL bytes, so it is no text; save it as UTF-8.", id="NUL bytes"
        ),
        pytest.param(b"a: &a [b, b]\nc: &c [*a, *a]\nd: [*c, *c]", f"base.yaml:2: {ALIAS}", id="bomb"),
        pytest.param(b"a: {<<: *b}", f"base.yaml:1: {ALIAS}", id="merged alias"),
        pytest.param(b"a: " + b"[" * 100_000 + b"]" * 100_000, f"base.yaml:1: {TOO_DEEP}", id="deep lists"),
        pytest.param(b"{a: " * 100_000 + b"}" * 100_000, f"base.yaml:1: {TOO_DEEP}", id="deep mappings"),
        pytest.param(b"a:\n" + b"- " * 100_000, f"base.yaml:2: {TOO_DEEP}", id="deep items"),
        pytest.param(b"? " * 100_000, "base.yaml:1: not readable as YAML: a name is", id="deep keys"),
        pytest.param(
            b"\n".join(b" " * depth + b"a:" for depth in range(1_500)), f"base.yaml:13: {TOO_DEEP}", id="deep indents"
        ),
        pytest.param(b"- a", f"base.yaml:1: {NO_BASE}", id="a list"),
        pytest.param(b"hello", f"base.yaml:1: {NO_BASE}", id="a word"),
        pytest.param(b"format: 1\n---\nformat: 1", "base.yaml:2: not readable as YAML", id="two documents"),
        pytest.param(b"a: !!python/object/apply:os.system [ls]", f"base.yaml:1: {TAG}", id="a Python object"),
        pytest.param(b"a: b\nc: !!binary aGk=", f"base.yaml:2: {TAG}", id="a tag"),
        pytest.param(
            b"%YAML 1.1\n---\na: 1:1:1",
            "base.yaml:1: YAML directives (%NAME) are not allowed; take them out.",
            id="a directive",
        ),
        pytest.param(
            b"a: " + b"9" * 100_000,
            "base.yaml:1: a number of 100000 digits; mend it, or put it in quotation marks.",
            id="a huge number",
        ),
        pytest.param(
            b"a: 0x" + b"f" * 100_000,
            "base.yaml:1: a number of 100002 digits; mend it, or put it in quotation marks.",
            id="a huge hexadecimal number",
        ),
        pytest.param(
            b"a: 2025-13-45", "base.yaml:1: “2025-13-45” is not a date; write one such as 2025-10-31.", id="no date"
        ),
        pytest.param(
            b"a: 2025-10-31 99:00:00",
            "base.yaml:1: “2025-10-31 99:00:00” is not a date; write one such as 2025-10-31.",
            id="a time",
        ),
        pytest.param(b"a: [", "base.yaml:1: not readable as YAML: ", id="broken YAML"),
    ],
)
def test_what_is_no_fact_base_is_refused_in_one_line(data: bytes, expected: str) -> None:
    """Too large, in another encoding, hostile or broken: the line is named, and what to do."""
    assert refusal(data).startswith(expected)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Casualties", "Casu\u202ealties", "holds U+202E RIGHT-TO-LEFT OVERRIDE, which nobody can see; take it out."),
        (
            "Casualties",
            '"Casu\\u202ealties"',
            "holds U+202E RIGHT-TO-LEFT OVERRIDE, which nobody can see; take it out.",
        ),
        ("Casualties", "Casualties # \u200b", "holds U+200B ZERO WIDTH SPACE, which nobody can see; take it out."),
        ("Casualties", '"Casu\\0alties"', "holds U+0000, which nobody can see; take it out."),
        ("Casualties", '"Casu\\ralties"', "holds U+000D, which nobody can see; take it out."),
        ("Casualties", "''", "is empty; fill it in."),
        ("Casualties", "x\n    colour: red", "topics casualties colour: is no field of the format"),
        ("Casualties", "x\n    name: y", 'found duplicate key "name".'),
        ("claimant: ukraine", "claimant: nobody", "C1 claimant: there is no party “nobody”; add it under parties"),
        ("status: none_stated", "status: true", "C1 verification status: "),
        ("id: C1", "id: C9999999999", "C9999999999 id: "),
        ("id: C1", "id: C1\n  event_date: '2025-13'", "C1 event_date: "),
        ("id: C1", "id: C1\n  figures: [{metric: killed, subject: x, quantifier: x, low: .nan}]", "C1 figures 1: "),
        (
            "id: C1",
            "id: C1\n  figures: [{metric: killed, subject: x, quantifier: x, high: 1e999}]",
            "C1 figures 1 high: ",
        ),
        ("_on: 2025-11-14", "_on: 10000-01-01", "sources fox-2025-11-14 published_on: "),
    ],
)
def test_a_base_with_one_fault_is_refused_by_its_line(old: str, new: str, expected: str) -> None:
    """Hidden characters by their names, fields by theirs; the line is the fault's own or its entry's."""
    text = SMALL.decode()
    assert text.count(old) == 1
    line = text[: text.index(old)].count("\n") + 1

    message = refusal(text.replace(old, new).encode())

    assert expected in message
    named = int(message.removeprefix("base.yaml:").split(":")[0])
    assert line <= named <= line + new.count("\n")


def test_the_largest_upload_is_counted_in_bytes() -> None:
    """As much as Discord lets anybody upload."""
    assert "too large" in refusal(b"x" * (MOST_BYTES + 1))


@pytest.mark.parametrize("name", ["base.txt", "base", "", "base.yaml.exe", "yaml", "../../etc/passwd"])
def test_what_is_no_export_by_its_name_is_not_read(name: str) -> None:
    """YAML, JSON and tables are."""
    assert "not YAML, JSON or CSV by its name" in refusal(SMALL, name)


@pytest.mark.parametrize(
    "data",
    [b"60,000 dead, UN confirms: 1", b"topics: {60,000 dead, UN confirms: {nme: x}}", b"claims: [{id: 60000 dead}]"],
)
def test_a_fault_does_not_repeat_a_headline_that_the_file_brings(data: bytes) -> None:
    """Neither as a field nor as a key nor as an id: pages of faults stand in channels."""
    told = "\n".join(page.body for page in fault_pages(faults_of(data)))
    assert told
    assert "60" not in told
    assert "confirms" not in told


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("/srv/secret/base.yaml", "base.yaml: "),
        ("C:\\secret\\base.yaml", "base.yaml: "),
        ("a\u202e\nb.yaml", "ab.yaml: "),
        ("x" * 500 + ".yaml", "x" * 75 + ".yaml: "),
        ("60,000 dead, UN confirms.yaml", "the upload.yaml: "),
        ("base.60,000 dead.csv", "the upload.csv: "),
    ],
)
def test_a_refusal_shows_the_name_without_folders_and_what_nobody_can_see(name: str, shown: str) -> None:
    """The name is somebody's text as well, and the machine's folders are nobody's business."""
    assert refusal(b"", name).startswith(shown)


def test_a_text_over_several_lines_becomes_one() -> None:
    """No text can look like two lines of a claim's block."""
    written = SMALL.decode().replace("North Korean troops were killed.", '"Killed.  \\n\\n Read at:\\ta wall\\n"')

    claim = read_upload("base.yaml", written.encode()).base.claims[1]

    assert claim.statement == "Killed. Read at: a wall"


@settings(max_examples=150)
@given(
    at=st.integers(0, len(SMALL)),
    cut=st.integers(0, 40),
    put=st.binary(max_size=12) | st.text("{}[]:,-?!&*|>'\"%#@ \n\tab01.<", max_size=12).map(str.encode),
)
def test_no_damage_gets_past_the_refusal(at: int, cut: int, put: bytes) -> None:
    """A damaged file is still a base or refused in one line; nothing else ever comes out."""
    damaged = SMALL[:at] + put + SMALL[at + cut :]

    try:
        assert read_upload("base.yaml", damaged).base is not None
    except Refused:
        assert refusal(damaged)


def test_a_packed_upload_is_read_whole_or_refused() -> None:
    """Also where it was packed in parts; what is cut off or has something else behind it is told so."""
    packed, parts = gzip.compress(SMALL), gzip.compress(SMALL[:100]) + gzip.compress(SMALL[100:])
    for data in (packed, parts):
        assert read_upload("base.yaml.gz", data).base.claims
    assert "cut off" in refusal(packed[:-20], "base.yaml.gz")
    assert "cannot be unpacked" in refusal(packed + b"more", "base.yaml.gz")


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "never"])
def test_a_moment_that_no_clock_showed_is_a_fault(at: str) -> None:
    """In what a file says of its own making: nothing is looked up by it."""
    stamp = f"exported: {{base: a, revision: 1, at: '{at}'}}\n".encode()
    with pytest.raises(FaultyUpload, match="exported at"):
        read_upload("base.yaml", stamp + SMALL)
