"""Claims as a table: the columns of an export, and a table with such columns as a tree that can be imported."""

from __future__ import annotations

import contextlib
import csv
import json
import re
from collections.abc import Callable, Iterable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any, cast

from bot.core.block import attribution_words, party_words, verification_words
from bot.core.bounds import split_bounds
from bot.core.claims import Claim, FactBase
from bot.errors import FactBaseError
from bot.files.yaml_tree import Place, Tree

_RUNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the start of a formula, in half and in full width."""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _listed(parts: Iterable[str]) -> str:
    return "; ".join(parts)


def _parted(values: Iterable[Iterable[str]]) -> str:
    """Several values of several parts as JSON, so that nothing of them is lost whatever signs they hold."""
    parted = [list(parts) for parts in values]
    return json.dumps(parted, ensure_ascii=False) if parted else ""


COLUMNS: dict[str, Callable[[FactBase, Claim], str]] = {
    "attribution": lambda _, claim: attribution_words(claim.attribution),
    "statement": lambda _, claim: claim.statement,
    "verification": lambda _, claim: verification_words(claim.verification),
    "id": lambda _, claim: claim.ref,
    "claimant": lambda _, claim: party_words(claim.attribution.claimant),
    "spoken_by": lambda _, claim: claim.attribution.spoken_by,
    "relayed_by": lambda _, claim: _listed(f"{hop.how} {hop.party.name}" for hop in claim.attribution.relayed_by),
    "source": lambda _, claim: claim.attribution.source.publisher.name,
    "source_title": lambda _, claim: claim.attribution.source.title,
    "published_on": lambda _, claim: claim.attribution.source.published_on.isoformat(),
    "source_url": lambda _, claim: claim.attribution.source.url,
    "retrieved_on": lambda _, claim: _day(claim.attribution.source.retrieved_on),
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
    "caveat_parts": lambda _, claim: _parted((each.text, each.stated_by) for each in claim.verification.caveats),
    "figure_parts": lambda _, claim: _parted(
        (each.metric, each.subject, each.quantifier, each.bounds, each.unit, each.of) for each in claim.figures
    ),
    "quotation_parts": lambda _, claim: _parted((each.exact, each.prefix, each.suffix) for each in claim.quotations),
    "relations": lambda _, claim: _listed(f"{each.link} C{each.number}" for each in claim.relations),
    "source_key": lambda _, claim: claim.attribution.source.key,
    "sha256": lambda _, claim: claim.attribution.source.sha256,
    "claimant_key": lambda _, claim: claim.attribution.claimant.key,
}
"""A row begins as a claim's block does, so that a narrow window shows no statement without who says it."""


def write_table(base: FactBase) -> bytes:
    """The live claims, a row each; with the mark by which spreadsheets know UTF-8."""
    out = StringIO(newline="")
    table = csv.writer(out, quoting=csv.QUOTE_ALL)
    table.writerow(COLUMNS)
    for claim in base.live:
        table.writerow(_cell(column(base, claim)) for column in COLUMNS.values())
    return out.getvalue().encode("utf-8-sig")


def _cell(text: str) -> str:
    """*text* on one line, and with an apostrophe before what a spreadsheet might run."""
    line = " ".join(text.splitlines())
    return f"'{line}" if line.startswith("\t") or line.lstrip().startswith(_RUNS) else line


def read_table(text: str, path: Path) -> Tree:
    """
    A table with columns of an export, as the tree of a fact base's file; those that repeat others may be missing.

    Raises:
        FactBaseError: Its first line does not name a column for the statement.
    """
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [name.strip().lower() for name in next(rows, list[str]())]
        if "statement" not in header:
            raise FactBaseError(
                f"{path}:1: no column “statement”; the first line names the columns, as an export's does."
            )
        claims: list[dict[str, Any]] = []
        lines: dict[Place, int] = {}
        before = rows.line_num
        for row in rows:
            line, before = before + 1, rows.line_num
            cells = {name: _bare(cell) for name, cell in zip(header, row, strict=False) if cell.strip()}
            if cells:
                lines["claims", len(claims)] = line
                claims.append(_claim(cells))
    except csv.Error as error:
        raise FactBaseError(f"{path}:{rows.line_num}: not readable as a table: {error}.") from None
    return Tree({"claims": claims}, lines)


def _bare(cell: str) -> str:
    text = cell.strip()
    return text[1:].strip() if text.startswith("'") and text[1:].lstrip().startswith((*_RUNS, "\t")) else text


def _claim(cells: dict[str, str]) -> dict[str, Any]:
    tree: dict[str, Any] = {
        name: cells[name]
        for name in ("id", "statement", "spoken_by", "event_date", "claim_date", "editor_note")
        if cells.get(name)
    }
    tree |= {"claimant": cells.get("claimant_key") or cells.get("claimant")}
    tree["source"] = cells.get("source_key") or " ".join(
        filter(None, (cells.get("source"), cells.get("published_on")))
    )
    tree["verification"] = {"status": cells.get("status", ""), "caveats": _caveats(cells)}
    for name in ("topics", "subjects", "places"):
        tree[name] = _several(cells.get(name, ""))
    tree["relayed_by"] = [_hop(each) for each in _several(cells.get("relayed_by", ""))]
    tree["figures"] = [_figure(parts) for parts in _parts(cells.get("figure_parts", ""))]
    tree["quotations"] = _quotations(cells)
    tree["relations"] = [_relation(each) for each in _several(cells.get("relations", ""))]
    code, _, rationale = cells.get("grade", "").partition(":")
    if code:
        credibility = int(code[1:]) if code[1:].isascii() and code[1:].isdigit() else 0
        tree["grade"] = {"reliability": code[:1], "credibility": credibility, "rationale": rationale.strip()}
    return {name: value for name, value in tree.items() if value not in (None, "", [])}


def _several(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _parts(text: str) -> list[list[str]]:
    """What `_parted` wrote, or somebody by hand: parts between `|`, values between `||`."""
    with contextlib.suppress(ValueError):
        written: Any = json.loads(text)
        if isinstance(written, list):
            values = cast("list[Any]", written)
            return [[str(part) for part in cast("list[Any]", value)] for value in values if isinstance(value, list)]
    return [[part.strip() for part in value.split("|")] for value in text.split("||") if value.strip()]


_QUOTED = re.compile(r"“([^”]*)”(?:\s*\(([^()]*)\))?")


def _caveats(cells: dict[str, str]) -> list[dict[str, str]]:
    if "caveat_parts" in cells:
        found = [(parts[0], parts[1] if len(parts) > 1 else "") for parts in _parts(cells["caveat_parts"])]
    else:
        found = _QUOTED.findall(cells.get("verification", ""))
    return [{"text": words, "stated_by": by} for words, by in found]


def _quotations(cells: dict[str, str]) -> list[dict[str, str]]:
    if "quotation_parts" in cells:
        names = ("exact", "prefix", "suffix")
        return [dict(zip(names, parts, strict=False)) for parts in _parts(cells["quotation_parts"])]
    return [{"exact": words} for words, _ in _QUOTED.findall(cells.get("quotations", ""))]


def _hop(text: str) -> dict[str, str]:
    how, _, party = text.partition(" ")
    return {"how": how, "party": party} if party and how in ("to", "via") else {"party": text}


def _relation(text: str) -> dict[str, str]:
    link, _, ref = text.partition(" ")
    return {link: ref.strip()}


def _figure(parts: list[str]) -> dict[str, Any]:
    metric, subject, quantifier, bounds, unit, of, *_ = [*parts, "", "", "", "", "", ""]
    low, high = split_bounds(bounds)
    figure = {"metric": metric, "subject": subject, "quantifier": quantifier, "unit": unit, "of": of}
    figure |= {"low": low, "high": high}
    return {name: value for name, value in figure.items() if value}
