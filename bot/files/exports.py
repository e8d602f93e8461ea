"""
A fact base as files to take away: YAML that can be imported again, JSON, a table, and schema.org's vocabulary.

Every form keeps the answer contract: no row and no node has a figure without who said it and who could check it.
The table and the vocabulary hold the claims that answer; YAML and JSON hold the whole base, retired claims too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.core.block import attribution_words, verification_words
from bot.core.claims import FactBase
from bot.core.editing.uploads import Stamp
from bot.core.records import Entries, claim_of
from bot.errors import InvalidClaim
from bot.files.factfile import FILE_NAME, dump, plain
from bot.files.schema_org import graph
from bot.files.table import write_table


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


def export(
    base: FactBase,
    format: Format,  # noqa: A002 as users say
    history: Sequence[Change] = (),
    stamp: Stamp | None = None,
) -> list[Export]:
    """
    *base* in *format*, and *history*, when there is any, as a second file of one change a line.

    Args:
        stamp: Lets an import tell what moved since; for the formats that can be imported whole.
    """
    name, write = _WRITERS[format]
    files = [Export(name, write(base, stamp))]
    if history:
        files.append(Export("history.jsonl", _history(base, history)))
    return files


def _yaml(base: FactBase, stamp: Stamp | None) -> bytes:
    return dump(base, stamp).encode()


def _json(base: FactBase, stamp: Stamp | None) -> bytes:
    return _as_json(plain(base, stamp), indent=1)


def _csv(base: FactBase, _: Stamp | None) -> bytes:
    return write_table(base)


def _jsonld(base: FactBase, _: Stamp | None) -> bytes:
    """As pages embed it: no text in it may end its element there."""
    return _as_json(graph(base), indent=1).replace(b"<", rb"\u003c")


def _as_json(tree: Any, indent: int | None = None) -> bytes:
    text = json.dumps(tree, ensure_ascii=False, allow_nan=False, indent=indent, default=_day)
    return f"{text}\n".encode()


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an export.")


def _history(base: FactBase, history: Iterable[Change]) -> bytes:
    entries = Entries.of(base)
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


_WRITERS: dict[Format, tuple[str, Callable[[FactBase, Stamp | None], bytes]]] = {
    Format.YAML: (FILE_NAME, _yaml),
    Format.JSON: ("fact-base.json", _json),
    Format.CSV: ("claims.csv", _csv),
    Format.JSONLD: ("claims.jsonld", _jsonld),
}
