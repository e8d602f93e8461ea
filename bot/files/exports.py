"""
A fact base as files to take away: YAML that can be imported again, JSON, a table, and schema.org's vocabulary.

Every form keeps the answer contract: no row and no node has a figure without who said it and who could check it.
The table and the vocabulary hold the claims that answer; YAML and JSON hold the whole base, retired claims too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from bot.core.block import attribution_words, verification_words
from bot.core.claims import Claim, FactBase
from bot.core.editing.uploads import File, Stamp
from bot.core.history.revisions import Revision
from bot.core.records import claim_record
from bot.files.factfile import FILE_NAME, dump, plain
from bot.files.schema_org import graph
from bot.files.table import write_table


class Format(StrEnum):
    """What an export may be written as."""

    YAML = "yaml"
    JSON = "json"
    CSV = "csv"
    JSONLD = "jsonld"


def export(
    base: FactBase,
    format: str,  # noqa: A002 as users say
    history: Sequence[Revision] = (),
    stamp: Stamp | None = None,
) -> list[File]:
    """
    *base* in *format*, and *history*, when there is any, as a second file of one change a line. Blocking.

    Args:
        format: One of `Format`.
        stamp: Lets an import tell what moved since; for the formats that can be imported whole.
    """
    name, write = _WRITERS[format]
    files = [File(name, write(base, stamp))]
    if history:
        files.append(File("history.jsonl", b"".join(map(_change, history))))
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


def _change(change: Revision) -> bytes:
    return _as_json(
        {
            "claim": change.after.ref,
            "version": change.after.version,
            "made_at": change.made_at.isoformat(),
            "who": change.who,
            "reason": change.reason,
            "before": change.before and _worded(change.before),
            "after": _worded(change.after),
        }
    )


def _worded(claim: Claim) -> dict[str, Any]:
    """The record of *claim* with its block's words first."""
    return {
        "attribution": attribution_words(claim.attribution),
        "statement": claim.statement,
        "verification": verification_words(claim.verification),
        **claim_record(claim),
    }


_WRITERS: dict[str, tuple[str, Callable[[FactBase, Stamp | None], bytes]]] = {
    Format.YAML: (FILE_NAME, _yaml),
    Format.JSON: ("fact-base.json", _json),
    Format.CSV: ("claims.csv", _csv),
    Format.JSONLD: ("claims.jsonld", _jsonld),
}
