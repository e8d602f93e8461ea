"""No field of a claim is forgotten: a new one fails here until record, file, table and history know it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest

from bot.core.claims import Caveat, Claim, FactBase, Grade, Hop, Link, Quotation, Relation, Relay, Source
from bot.core.dates import PartialDate
from bot.core.history.revisions import changed
from bot.core.records import claim_of, claim_record
from bot.errors import InvalidClaim
from bot.files.factfile import dump
from bot.files.table import COLUMNS, write_table
from bot.files.uploads import read_upload
from tests.factories import a_base, a_claim, a_figure, a_party, a_place, a_source

NOT_TYPED = {"version", "retired"}
"""Fields of a claim that are not its content: which state it is, and that it is withdrawn."""

CITED = a_claim(1)
_full = a_claim(
    2,
    claimant=a_party("Ukraine", aliases=("UA",), style="officials of Ukraine"),
    source=a_source(title="What was said", url="https://example.org/1", retrieved_on=date(2025, 11, 15)),
    relayed_by=(Hop(a_party("Reuters"), Relay.TO),),
    status="contested",
    caveats=(Caveat("Others doubt it.", "Reuters"),),
    subjects=(a_party("North Korea"),),
    places=(a_place(),),
    figures=(a_figure(low=6000.0, high=7000.0, unit="troops", of="12,000 troops"),),
    quotations=(Quotation("they fell", "he said ", ", it reads"),),
    event_date=PartialDate(2025, 10),
    claim_date=PartialDate(2025, 11, 13),
    relations=(Relation(Link.DISPUTES, 1),),
    editor_note="Read twice.",
    grade=Grade("B", 2, "Two agencies agree."),
)
FULL = replace(_full, attribution=replace(_full.attribution, spoken_by="Its general staff"))
BASE = a_base([CITED, FULL])


def optional(value: Any, name: str = "") -> Iterator[tuple[str, Any, Field[Any]]]:
    """Every field below *value* that has a default, by its path, with the part that holds it."""
    for each in fields(value):
        path = f"{name}.{each.name}".strip(".")
        held = getattr(value, each.name)
        if each.default is not MISSING and each.name not in NOT_TYPED:
            yield path, value, each
        parts: list[Any] = [*held] if isinstance(held, tuple) else [held]
        for part in parts:
            if is_dataclass(part) and not isinstance(part, (Source, PartialDate)) and not hasattr(part, "aliases"):
                yield from optional(part, path)


def without(value: Any, path: list[str]) -> Any:
    """*value* with the field at *path* as it is by default."""
    name, *rest = path
    (each,) = (field for field in fields(value) if field.name == name)
    if not rest:
        return replace(value, **{name: each.default})
    held: Any = getattr(value, name)
    if isinstance(held, tuple):
        parts: list[Any] = [*held]
        return replace(value, **{name: (without(parts[0], rest), *parts[1:])})
    return replace(value, **{name: without(held, rest)})


PATHS = [path for path, _, _ in optional(FULL)]


@pytest.mark.parametrize(("path", "part", "field"), [*optional(FULL), *optional(FULL.attribution.source)])
def test_the_full_claim_is_full(path: str, part: Any, field: Field[Any]) -> None:
    """Or the facts below say nothing of the field that it leaves out."""
    assert getattr(part, field.name) != field.default, path


@pytest.mark.parametrize("path", PATHS)
def test_a_change_of_any_field_is_seen_and_kept(path: str) -> None:
    """As a difference between two states, in the record that the database keeps, and in both kinds of file."""
    try:
        other = without(FULL, path.split("."))
    except InvalidClaim:
        pytest.skip("the claim cannot be without it")
    base = replace(BASE, claims={1: CITED, 2: other})

    assert changed(FULL, other), "a difference"
    assert claim_record(FULL) != claim_record(other)
    assert dump(BASE) != dump(base)
    assert row(BASE, FULL) != row(base, other), "a row"


def row(base: FactBase, claim: Claim) -> list[str]:
    """The claim as a row of a table."""
    return [column(base, claim) for column in COLUMNS.values()]


@pytest.mark.parametrize("name", ["base.yaml", "base.csv"])
def test_the_full_claim_survives_export_and_import(name: str) -> None:
    """Versions aside, which are the server's own."""
    data = dump(BASE).encode() if name.endswith("yaml") else write_table(BASE)

    assert read_upload(name, data, BASE).base.claims[2] == FULL


def test_the_full_claim_survives_the_record() -> None:
    """What the database, history and reverts keep."""
    assert claim_of(claim_record(FULL), BASE, FULL.version) == FULL
