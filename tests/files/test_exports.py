"""Every export keeps the answer contract, can be read by its programs, and runs nothing in them."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings

from bot.core.block import attribution_words, block_of, verification_words
from bot.core.claims import Caveat, Claim, FactBase, Link, Relation, Status
from bot.core.editing.uploads import File
from bot.core.history.revisions import Revision
from bot.core.records import claim_record
from bot.files.exports import Format, export
from bot.files.factfile import load
from bot.files.yaml_tree import as_tree
from tests.factories import a_base, a_claim, a_figure, a_metric, a_party, a_source, fact_bases

CURATED = load(Path(__file__).parents[2] / "data").base
KILLED = a_claim(
    7,
    "More than 6,000 were killed.",
    claimant="Ukraine",
    status=Status.NOT_INDEPENDENTLY_VERIFIED,
    caveats=[Caveat("The numbers could not be verified.", "Reuters")],
    figures=(a_figure("more than 6,000"),),
)
WHEN = datetime(2025, 11, 20, 12, 30, tzinfo=UTC)


def only(base: FactBase, form: Format) -> File:
    """The one file of *base* in *form*."""
    (file,) = export(base, form)
    return file


def rows(base: FactBase) -> list[dict[str, str]]:
    """The table's rows, as a program that knows CSV reads them."""
    return list(csv.DictReader(StringIO(only(base, Format.CSV).data.decode("utf-8-sig"), newline="")))


def nodes(base: FactBase) -> list[dict[str, Any]]:
    """The nodes of the JSON-LD document."""
    return json.loads(only(base, Format.JSONLD).data)["@graph"]


def objects(tree: Any) -> list[Mapping[str, Any]]:
    """*tree* and every object in it."""
    if isinstance(tree, Mapping):
        inside = cast("Mapping[str, Any]", tree)
        return [inside, *(each for value in inside.values() for each in objects(value))]
    return [each for value in cast("list[Any]", tree) for each in objects(value)] if isinstance(tree, list) else []


def test_each_format_is_one_file_by_its_name() -> None:
    """The names say what is in them."""
    assert [only(CURATED, form).name for form in Format] == [
        "fact-base.yaml",
        "fact-base.json",
        "claims.csv",
        "claims.jsonld",
    ]


@settings(max_examples=25)
@given(base=fact_bases())
def test_json_holds_the_same_tree_as_yaml(base: FactBase) -> None:
    """Nothing is in one and not in the other; days are written as text."""
    tree = as_tree(only(base, Format.YAML).data.decode(), Path("export.yaml")).root
    for source in tree["sources"].values():
        source["published_on"] = source["published_on"].isoformat()

    assert json.loads(only(base, Format.JSON).data) == tree


@settings(max_examples=40)
@given(base=fact_bases())
def test_every_row_says_who_said_it_and_who_could_check_it(base: FactBase) -> None:
    """The first three columns are the claim's block, in its order, and no cell is a formula."""
    table = rows(base)

    assert [row["id"] for row in table] == [claim.ref for claim in base.live]
    for row, claim in zip(table, base.live, strict=True):
        assert list(row)[:3] == ["attribution", "statement", "verification"]
        assert row["attribution"] in as_cells(attribution_words(claim.attribution))
        assert row["verification"] in as_cells(verification_words(claim.verification))
        assert all(figure.quantifier.split()[0] in row["figures"] for figure in claim.figures)
        assert not any(cell.lstrip()[:1] in tuple("=+-@＝＋－＠") for cell in row.values())


def as_cells(text: str) -> tuple[str, str]:
    """*text* on one line, as it is and as it is kept from running."""
    line = " ".join(text.splitlines())
    return line, f"'{line}"


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://example.com","Click")',
        "+1+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(1,1)",
        "\t=1+1",
        "\tplain",
        "  =1+1",
        "\n=1+1",
        "＝1+1",
    ],
)
def test_a_spreadsheet_runs_no_text(text: str) -> None:
    """What could be a formula begins with an apostrophe: then it is text, in every column that anybody can fill."""
    party = a_party(text, key="it")
    claim = a_claim(1, text, claimant=party, subjects=(party,), editor_note=text, source=a_source(title=text))

    (row,) = rows(a_base([claim]))

    for column in ("attribution", "statement", "claimant", "subjects", "source_title", "editor_note"):
        assert row[column].startswith("'"), column


def test_a_row_keeps_figures_in_their_words_and_names_conflicts() -> None:
    """A figure has no bare number of its own; what is disputed says by whom."""
    denial = a_claim(8, "None were killed.", claimant="Russia", relations=(Relation(Link.DENIES, 7),))

    row, other = rows(a_base([KILLED, denial], a_metric("Killed")))

    assert row["figures"] == "Killed: more than 6,000 (North Korean troops)"
    assert row["verification"] == "Not independently verified. “The numbers could not be verified.” (Reuters)"
    assert (row["disputed_by"], other["disputed_by"]) == ("C8", "C7")


def test_spreadsheets_see_every_script() -> None:
    """The table begins with the mark by which they know UTF-8."""
    data = only(a_base([a_claim(1, "Убито 6 000; 사상자")]), Format.CSV).data

    assert data.startswith(b"\xef\xbb\xbf")
    assert "Убито 6 000; 사상자" in data.decode("utf-8-sig")


@settings(max_examples=40)
@given(base=fact_bases())
def test_every_node_with_a_statement_says_who_said_it_and_who_could_check_it(base: FactBase) -> None:
    """Claims and reviews alike; no other node has any of a claim's words."""
    found = nodes(base)
    claims = {f"#{claim.ref}": claim for claim in base.live}

    assert [node["@id"] for node in found if node["@type"] == "Claim"] == list(claims)
    for node in found:
        claim = claims[node["@id"].removesuffix("-verification")]
        attribution, verification = attribution_words(claim.attribution), verification_words(claim.verification)
        words = list(node)
        said = "text" if node["@type"] == "Claim" else "claimReviewed"
        assert node["author"]
        assert node["creditText"] == attribution
        assert words.index("creditText") < words.index(said) < words.index("description")
        assert node[said] == block_of(claim).statement
        assert node["description"].startswith(f"Attribution: {attribution}. Verification: {verification}")
        inner = [each for value in node.values() for each in objects(value)]
        assert not any({"text", "claimReviewed", "title", "headline"} & set(each) for each in inner)


@pytest.mark.parametrize("status", Status)
def test_a_review_says_no_more_than_the_source(status: Status) -> None:
    """Silence is no review; what nobody could verify has no rating; a result is in words, never a number."""
    base = a_base([a_claim(1, status=status, caveats=[Caveat("Reuters looked into it.", "Reuters")])])

    reviews = [node for node in nodes(base) if node["@type"] == "ClaimReview"]

    assert bool(reviews) is (status is not Status.NONE_STATED)
    for review in reviews:
        assert review["author"] == [{"name": "Reuters"}]
        assert review["itemReviewed"] == {"@id": "#C1"}
        assert ("reviewRating" in review) is (status in (Status.CORROBORATED, Status.REFUTED))
        assert not any("ratingValue" in each for each in objects(review))


def test_a_claim_of_schema_org_has_its_claimant_its_source_and_its_dates() -> None:
    """Claimant as author, document as appearance; a claimant's type is not known and not made up."""
    claim = CURATED.claims[14]

    node = next(node for node in nodes(CURATED) if node["@id"] == "#C14")

    assert node["author"] == {"name": claim.attribution.claimant.style or claim.attribution.claimant.name}
    assert node["appearance"]["publisher"] == {"name": "Fox News Digital"}
    assert node["appearance"]["datePublished"] == "2025-11-14"
    assert node["appearance"]["identifier"]["value"] == claim.attribution.source.sha256


def test_what_is_retired_is_in_the_whole_base_and_does_not_answer_elsewhere() -> None:
    """YAML and JSON are the base; the table and the vocabulary are what members would be told."""
    base = a_base([KILLED, replace(KILLED, number=8, retired="Said twice.")], a_metric("Killed"))

    assert [form for form in Format if b"Said twice." in only(base, form).data] == [Format.YAML, Format.JSON]
    assert len(rows(base)) == 1
    assert {node["@id"] for node in nodes(base)} == {"#C7", "#C7-verification"}


def change(before: Claim | None, after: Claim) -> Revision:
    """What history keeps of a change."""
    return Revision(before, after, "1234", WHEN, "A typo.")


def test_history_is_a_second_file_of_one_change_a_line() -> None:
    """Who, when, why and both states, each state with its attribution and verification in words."""
    edited = replace(KILLED, statement="Over 6,000 were killed.", version=2)
    base = a_base([edited], a_metric("Killed"))

    _, file = export(base, Format.CSV, [change(None, KILLED), change(KILLED, edited)])
    first, second = map(json.loads, file.data.decode().splitlines())

    assert file.name == "history.jsonl"
    assert (first["claim"], first["version"], first["before"]) == ("C7", 1, None)
    assert (second["who"], second["made_at"], second["reason"]) == ("1234", "2025-11-20T12:30:00+00:00", "A typo.")
    for state, claim in ((first["after"], KILLED), (second["before"], KILLED), (second["after"], edited)):
        assert list(state)[:3] == ["attribution", "statement", "verification"]
        assert state["attribution"] == attribution_words(claim.attribution)
        assert state["verification"] == verification_words(claim.verification)
        assert {name: state[name] for name in claim_record(claim)} == claim_record(claim)


def test_history_that_names_what_the_base_no_longer_has_is_worded_all_the_same() -> None:
    """It says who claims it and how far it was checked, in words and by key."""
    _, file = export(a_base(), Format.YAML, [change(None, KILLED)])

    after = json.loads(file.data)["after"]
    assert after["attribution"] == attribution_words(KILLED.attribution)
    assert {name: after[name] for name in claim_record(KILLED)} == claim_record(KILLED)


def test_a_base_without_claims_is_exported_too() -> None:
    """The table has its heading, the document its context."""
    empty = a_base()

    assert rows(empty) == []
    assert json.loads(only(empty, Format.JSONLD).data) == {"@context": "https://schema.org", "@graph": []}


def test_days_of_any_year_are_written_whole() -> None:
    """Year 850 has four digits in every format."""
    base = a_base([a_claim(1, source=a_source(published_on=date(850, 1, 2)))])

    assert all(b"0850-01-02" in only(base, form).data for form in Format)
