"""Imports: a part of a base is enough, every fault is told at once, and nothing is overwritten by its number."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.claims import FactBase
from bot.core.editing.uploads import FaultyUpload, Stamp, Upload
from bot.files.exports import Format, export
from bot.files.factfile import dump
from bot.files.uploads import read_upload
from tests.desk import Desk, moderator_says, newest, newest_with, press, text_of

NEW = """\
claims:
  - statement: Norway sent 37 field kitchens to Ukraine.
    claimant: Ukraine
    source: fox-2025-11-14
    relayed_by: [{party: Рейтер, how: to}]
    verification: {status: none_stated}
    topics: troops
    figures: [{metric: Sent, subject: field kitchens, quantifier: "37", low: 37, high: 37, unit: kitchens}]
    relations: [{disputes: C8}]
"""


def faults_of(data: str, base: FactBase, name: str = "new.yaml") -> tuple[str, ...]:
    """What is wrong with it."""
    with pytest.raises(FaultyUpload) as faulty:
        read_upload(name, data.encode(), base)
    return faulty.value.faults


async def applied(desk: Desk, data: bytes, name: str = "new.yaml") -> FactBase:
    """The server's base after an import."""
    await desk.moderator.send(desk.channel, "!import", attachments=[(name, data)])
    await press(desk, "Apply")
    return await base_of(desk)


async def base_of(desk: Desk) -> FactBase:
    """The server's base."""
    return (await desk.bot.services.workspaces.open(desk.server.id)).base


def test_new_claims_alone_are_enough(base: FactBase) -> None:
    """Ids come next, entries are named in any script, one topic needs no list."""
    upload = read_upload("new.yaml", NEW.encode(), base)
    (claim,) = upload.base.claims.values()

    assert claim.number == max(base.claims) + 1
    assert upload.unnumbered == {claim.number}
    assert claim.attribution.relayed_by[0].party.key == "reuters"
    assert claim.figures[0].metric == "sent"
    assert not upload.base.parties


def test_every_fault_is_told_at_once_with_its_line_and_what_to_do(base: FactBase) -> None:
    """And no party is suggested that is merely near."""
    broken = (
        NEW.replace("Ukraine\n    source", "AFP\n    source")
        .replace("troops", "tropps")
        .replace("{status: none_stated}", "{}")
    )
    faults = faults_of(broken + "  - {colour: red}\n", base)

    assert any(each.startswith("new.yaml:3:") and "no party “AFP”; add it under parties" in each for each in faults)
    assert any(each.startswith("new.yaml:7:") and "no topic “tropps”" in each for each in faults)
    assert any("verification status: is missing" in each for each in faults)
    assert any("colour: is no field" in each for each in faults)
    assert not any("mean" in each for each in faults)


@pytest.mark.parametrize("form", [Format.YAML, Format.JSON, Format.CSV])
def test_an_export_reads_back_in_its_own_base(base: FactBase, form: Format) -> None:
    """A table, too: its columns hold every field of a live claim."""
    (file,) = export(base, form)
    upload = read_upload(file.name, file.data, base)

    assert [replace(each, version=1) for each in upload.base.claims.values()] == [
        replace(each, version=1) for each in base.live
    ]


def test_a_table_of_few_columns_is_enough(base: FactBase) -> None:
    """With semicolons between its cells, as spreadsheets write them in half of Europe."""
    table = (
        "statement;claimant;source_key;status;topics;verification\r\n"
        "Norway sent kitchens.;Ukraine;fox-2025-11-14;not_independently_verified;troops;“Nobody saw.” (Reuters)\r\n"
        '"Two lines\r\nof words.";Nobody;fox-2025-11-14;none_stated;troops;\r\n'
    )
    assert faults_of(table, base, "new.csv") == (
        "new.csv:3: C33 claimant: there is no party “Nobody”; add it under parties, or mend the key or name.",
    )
    upload = read_upload("new.csv", "\r\n".join(table.split("\r\n")[:2]).encode(), base)
    (claim,) = upload.base.claims.values()
    assert claim.verification.caveats[0].stated_by == "Reuters"


async def test_a_file_of_new_claims_is_imported_and_the_same_again_changes_nothing(desk: Desk) -> None:
    """By its words, as it has no ids."""
    after = await applied(desk, NEW.encode())
    assert after.claims[32].statement.startswith("Norway")

    await desk.moderator.send(desk.channel, "!import", attachments=[("new.yaml", NEW.encode())])
    assert "nothing to import" in newest(desk)


async def test_an_import_that_adds_an_alias_changes_no_claim(desk: Desk) -> None:
    """No revision is written for what is the same."""
    base = await base_of(desk)
    reuters = replace(base.parties["reuters"], aliases=(*base.parties["reuters"].aliases, "zithernews"))
    after = await applied(desk, dump(replace(base, parties={**base.parties, "reuters": reuters})).encode())

    assert "zithernews" in after.parties["reuters"].aliases
    assert {claim.version for claim in after.claims.values()} == {1}


async def test_another_bases_claim_gets_the_next_number_instead_of_overwriting(desk: Desk) -> None:
    """And that is said before anything is applied."""
    data = NEW.replace("  - statement", "  - id: C8\n    statement").replace("    relations: [{disputes: C8}]\n", "")
    await desk.moderator.send(desk.channel, "!import", attachments=[("other.yaml", data.encode())])
    assert any("C8 → C32" in text_of(each) for each in desk.channel.history())
    await press(desk, "Apply")

    base = await base_of(desk)
    assert base.claims[32].statement.startswith("Norway")
    assert base.claims[8].version == 1


async def test_an_id_of_another_bases_export_is_its_own(desk: Desk) -> None:
    """However near its words come to those of the claim that has the id here."""
    near = NEW.replace(
        "Norway sent 37 field kitchens to Ukraine.", "More than 6,000 of the men sent to Russia were lost."
    )
    data = near.replace("  - statement", "  - id: C8\n    statement").replace("    relations: [{disputes: C8}]\n", "")
    stamp = "exported: {base: abc, revision: 1, at: '2025-12-01T00:00:00Z'}\n"
    await desk.moderator.send(desk.channel, "!import", attachments=[("other.yaml", (stamp + data).encode())])

    assert any("C8 → C32" in text_of(each) for each in desk.channel.history())


async def test_an_import_built_on_an_older_export_says_what_moved_since(desk: Desk) -> None:
    """What the file did not touch stays as it is here; what both changed is named."""
    exported = await desk.say("!export yaml", who=desk.moderator)
    assert exported is not None
    data = (await exported.attachments[0].read()).decode()
    await desk.later(minutes=1)
    await moderator_says(desk, "!claim retire C14 withdrawn")
    await moderator_says(desk, "!claim retire C15 withdrawn too")
    edited = data.replace("- id: C15\n", "- id: C15\n  editor_note: From the file.\n")
    await desk.moderator.send(desk.channel, "!import", attachments=[("base.yaml", edited.encode())])

    shown = next(text for each in desk.channel.history() if "From the attached file" in (text := text_of(each)))
    assert "not in the file, so left: C14." in shown
    assert "in the file, so put back: C15." in shown
    await press(desk, "Apply")
    base = await base_of(desk)
    assert base.claims[14].retired == "withdrawn"
    assert base.claims[15].editor_note == "From the file."


async def test_a_setting_leaves_a_waiting_import_as_it_was(desk: Desk) -> None:
    """It says nothing of the base."""
    await desk.moderator.send(desk.channel, "!import", attachments=[("new.yaml", NEW.encode())])
    waiting = newest_with(desk, "Apply")
    await moderator_says(desk, "!setup zone Europe/Kyiv")
    await desk.moderator.click(waiting, label="Apply")

    assert 32 in (await base_of(desk)).claims


async def test_all_faults_are_shown_as_pages(desk: Desk) -> None:
    """However many there are."""
    data = "claims:\n" + "  - {statement: x, claimant: nobody}\n" * 30
    await desk.moderator.send(desk.channel, "!import", attachments=[("new.yaml", data.encode())])

    assert "things to mend" in newest(desk)
    assert "new.yaml:2: C32 claimant: there is no party “nobody”" in newest(desk)


def test_a_stamp_is_read_back(base: FactBase) -> None:
    """Base, revision and moment."""
    stamp = Stamp("abc", 7, datetime(2026, 1, 1, 12, tzinfo=UTC))
    (file,) = export(base, Format.JSON, (), stamp)

    assert json.loads(file.data)["exported"]["revision"] == 7
    assert read_upload(file.name, file.data, base).stamp == stamp


def test_an_upload_is_what_it_holds(base: FactBase) -> None:
    """Entries of the base that it refers to are not its own."""
    assert read_upload("new.yaml", NEW.encode(), base) == Upload(
        read_upload("new.yaml", NEW.encode(), base).base, frozenset({32}), None
    )
