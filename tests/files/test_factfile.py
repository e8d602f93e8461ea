"""The fact base's file: what is written is read back, every place has its line, a broken one says so in one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.claims import Entry, FactBase
from bot.errors import FactBaseError
from bot.files.factfile import dump, load, parse
from tests.factories import fact_bases, texts

_E = TypeVar("_E", bound=Entry)

DATA = Path(__file__).parents[2] / "data"
CURATED = load(DATA).base


def few(entries: Mapping[str, _E]) -> dict[str, _E]:
    """*entries* with two aliases each: the rest only takes time."""
    return {key: replace(entry, aliases=entry.aliases[:2]) for key, entry in entries.items()}


def abridged() -> FactBase:
    """The curated base with few names."""
    entries = {"topics": few(CURATED.topics), "places": few(CURATED.places), "metrics": few(CURATED.metrics)}
    return parse(dump(replace(CURATED, **entries, parties=few(CURATED.parties))), Path("abridged.yaml")).base


ABRIDGED = abridged()


@st.composite
def curated_parts(draw: st.DrawFn) -> FactBase:
    """Some of the curated claims, their words replaced by words in any script, and every entry with few aliases."""
    numbers = draw(st.lists(st.sampled_from(list(ABRIDGED.claims)), unique=True, max_size=6))
    claims = {
        number: replace(
            ABRIDGED.claims[number],
            statement=draw(texts(200)),
            editor_note=draw(texts(200, least=0)),
            relations=tuple(each for each in ABRIDGED.claims[number].relations if each.number in numbers),
        )
        for number in numbers
    }
    return replace(ABRIDGED, claims=claims)


def self_contained(base: FactBase) -> FactBase:
    """*base* as a file can hold it: keys for sources, and relations only between its own claims."""
    sources = {key: replace(source, key=key) for key, source in zip("ab", base.sources.values(), strict=False)}
    claims = {
        number: replace(
            claim,
            attribution=replace(claim.attribution, source=sources["a"]),
            relations=tuple(relation for relation in claim.relations if relation.number in base.claims),
        )
        for number, claim in base.claims.items()
    }
    return replace(base, claims=claims, sources=sources)


@settings(max_examples=25)
@given(base=curated_parts() | fact_bases().map(self_contained))
def test_what_is_written_is_read_back(base: FactBase) -> None:
    """The file's format loses nothing of a base: an export can be imported."""
    assert parse(dump(base), Path("export.yaml")).base == base


def test_the_curated_base_survives_being_written_and_read() -> None:
    """Every field that is in use comes back as it was."""
    assert parse(dump(CURATED), Path("export.yaml")).base == CURATED


def test_a_base_is_read_from_its_folder_or_from_its_file() -> None:
    """FACT_BASE may name either."""
    assert load(DATA).base == load(DATA / "fact-base.yaml").base


def test_every_place_in_the_file_has_its_line() -> None:
    """What is said about a claim's field points to where the field stands."""
    file = load(DATA)
    lines = file.path.read_text("utf-8").splitlines()

    for number, claim in file.base.claims.items():
        assert lines[file.claim_line(number, "id") - 1] == f"  - id: {claim.ref}"
        assert lines[file.claim_line(number, "statement") - 1].startswith("    statement: ")
        for at, quotation in enumerate(claim.quotations):
            assert quotation.exact in lines[file.claim_line(number, "quotations", at, "exact") - 1]
    for key in file.base.topics:
        assert lines[file.line("topics", key) - 1] == f"  {key}:"


def test_a_place_that_is_not_in_the_file_has_the_line_of_what_is_around_it() -> None:
    """A field that is missing is missing in its claim."""
    file = load(DATA)

    assert file.claim_line(1, "event_date") == file.claim_line(1)
    assert file.line("nowhere") == 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, "cannot be read (No such file or directory). Set FACT_BASE to a fact base's file or folder."),
        (b"\xff\xfe", "not UTF-8 text; save it as UTF-8."),
        (b"format: 1\x07", "not readable as YAML."),
        (b"[" * 300, ""),
        (b"a: !!python/object:os.system {}", ""),
    ],
)
def test_a_file_that_cannot_be_read_says_so_in_one_line(tmp_path: Path, content: bytes | None, expected: str) -> None:
    """Missing, in another encoding, or no YAML: the file is named, and what to do."""
    path = tmp_path / "fact-base.yaml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(FactBaseError) as broken:
        load(path)
    message = str(broken.value)
    assert message.startswith(f"{path}:")
    assert message.endswith(expected)
    assert "\n" not in message


def test_a_file_too_large_to_be_meant_is_refused_unread(tmp_path: Path) -> None:
    """A wrong path to something huge must not fill the memory."""
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(30_000_000)

    with pytest.raises(FactBaseError, match=r"huge\.yaml: larger than 20 MB"):
        load(path)
