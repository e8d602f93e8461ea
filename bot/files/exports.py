"""
A fact base as files to take away: YAML that can be imported again, JSON, a table, and schema.org's vocabulary.

Every form keeps the answer contract: no row and no node has a figure without who said it and who could check it.
The table and the vocabulary hold the claims that answer; YAML and JSON hold the whole base, retired claims too.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from io import StringIO
from typing import Any

from bot.core.block import attribution_words, party_words, verification_words
from bot.core.claims import Claim, FactBase
from bot.core.records import Entries, claim_of
from bot.errors import InvalidClaim
from bot.files.factfile import FILE_NAME, dump, plain
from bot.files.schema_org import graph

_RUNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the start of a formula, in half and in full width."""


class Format(StrEnum):
    """What an export may be written as."""

    YAML = "yaml"
    JSON = "json"
    CSV = "csv"
    JSONLD = "jsonld"


@dataclass(frozen=True, slots=True)
class Export:
    """One file: its name and its content."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Change:
    """
    One revision of one claim, as history keeps it.

    Attributes:
        number: The claim's number; version: the claim's after the change, from 1.
        before: The claim's record (`bot.core.records.claim_record`); None for its first state.
        who: Id of who made it, or the tombstone of somebody forgotten.
        made_at: Aware, UTC.
    """

    number: int
    version: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]
    who: str
    made_at: datetime
    reason: str


def export(base: FactBase, format: Format, history: Sequence[Change] = ()) -> list[Export]:  # noqa: A002 as users say
    """*base* in *format*, and *history*, when there is any, as a second file of one change a line."""
    name, write = _WRITERS[format]
    files = [Export(name, write(base))]
    if history:
        files.append(Export("history.jsonl", _history(base, history)))
    return files


def _yaml(base: FactBase) -> bytes:
    return dump(base).encode()


def _json(base: FactBase) -> bytes:
    return _as_json(plain(base), indent=1)


def _jsonld(base: FactBase) -> bytes:
    return _as_json(graph(base), indent=1)


def _as_json(tree: Any, indent: int | None = None) -> bytes:
    text = json.dumps(tree, ensure_ascii=False, allow_nan=False, indent=indent, default=_day)
    return f"{text}\n".encode()


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an export.")


_COLUMNS: dict[str, Callable[[FactBase, Claim], str]] = {
    "attribution": lambda _, claim: attribution_words(claim.attribution),
    "statement": lambda _, claim: claim.statement,
    "verification": lambda _, claim: verification_words(claim.verification),
    "id": lambda _, claim: claim.ref,
    "claimant": lambda _, claim: party_words(claim.attribution.claimant),
    "relayed_by": lambda _, claim: _listed(f"{hop.how} {hop.party.name}" for hop in claim.attribution.relayed_by),
    "source": lambda _, claim: claim.attribution.source.publisher.name,
    "source_title": lambda _, claim: claim.attribution.source.title,
    "published_on": lambda _, claim: claim.attribution.source.published_on.isoformat(),
    "status": lambda _, claim: claim.verification.status.value,
    "topics": lambda _, claim: _listed(topic.name for topic in claim.topics),
    "subjects": lambda _, claim: _listed(party.name for party in claim.subjects),
    "places": lambda _, claim: _listed(place.name for place in claim.places),
    "event_date": lambda _, claim: claim.event_date.edtf if claim.event_date else "",
    "claim_date": lambda _, claim: claim.claim_date.edtf if claim.claim_date else "",
    "figures": lambda base, claim: _listed(
        f"{base.metrics[figure.metric].name if figure.metric in base.metrics else figure.metric}: {figure.counted}"
        for figure in claim.figures
    ),
    "quotations": lambda _, claim: _listed(f"“{quotation.exact}”" for quotation in claim.quotations),
    "disputed_by": lambda base, claim: _listed(f"C{number}" for number in base.disputes.get(claim.number, ())),
    "editor_note": lambda _, claim: claim.editor_note,
    "grade": lambda _, claim: f"{claim.grade.code}: {claim.grade.rationale}" if claim.grade else "",
}
"""A row begins as a claim's block does, so that a narrow window shows no statement without who says it."""


def _listed(parts: Iterable[str]) -> str:
    return "; ".join(parts)


def _csv(base: FactBase) -> bytes:
    """The live claims, a row each; with the mark by which spreadsheets know UTF-8."""
    out = StringIO(newline="")
    table = csv.writer(out, quoting=csv.QUOTE_ALL)
    table.writerow(_COLUMNS)
    for claim in base.live:
        table.writerow(_cell(column(base, claim)) for column in _COLUMNS.values())
    return out.getvalue().encode("utf-8-sig")


def _cell(text: str) -> str:
    """*text* on one line, and with an apostrophe before what a spreadsheet might run."""
    line = " ".join(text.splitlines())
    return f"'{line}" if line.startswith("\t") or line.lstrip().startswith(_RUNS) else line


def _history(base: FactBase, history: Iterable[Change]) -> bytes:
    entries = Entries(base.topics, base.places, base.parties, base.sources, base.metrics)
    return b"".join(
        _as_json(
            {
                "claim": f"C{change.number}",
                "version": change.version,
                "made_at": change.made_at.isoformat(),
                "who": change.who,
                "reason": change.reason,
                "before": change.before and _worded(change.before, entries),
                "after": _worded(change.after, entries),
            }
        )
        for change in history
    )


def _worded(record: Mapping[str, Any], entries: Entries) -> dict[str, Any]:
    """*record* with its block's words first; the record alone where its entries have since been renamed away."""
    try:
        claim = claim_of(record, entries, 1)
    except (KeyError, InvalidClaim):
        return dict(record)
    return {
        "attribution": attribution_words(claim.attribution),
        "statement": claim.statement,
        "verification": verification_words(claim.verification),
        **record,
    }


_WRITERS: dict[Format, tuple[str, Callable[[FactBase], bytes]]] = {
    Format.YAML: (FILE_NAME, _yaml),
    Format.JSON: ("fact-base.json", _json),
    Format.CSV: ("claims.csv", _csv),
    Format.JSONLD: ("claims.jsonld", _jsonld),
}
