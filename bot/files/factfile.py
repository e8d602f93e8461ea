"""
The fact base's file: YAML that people read and edit, its format as models, and both ways between file and claims.

`python -m bot.files.factfile` writes the format's JSON Schema beside the fact base, for editors to check by.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent

from bot.core.claims import FactBase, Kind, Metric, Party, Place, Source, Topic
from bot.core.records import Entries, claim_of, claim_record, entry_of, entry_record, source_record
from bot.errors import FactBaseError, InvalidClaim
from bot.files.factmodels import SCHEMA_NAME, ClaimModel, EntryModel, FileModel, PartyModel, schema

FILE_NAME = "fact-base.yaml"
_LARGEST = 20_000_000


@dataclass(frozen=True)
class FactFile:
    """
    A fact base and where in its file everything stands.

    Attributes:
        path: The file.
        lines: Line of each place in the file, from 1, by its path: ("claims", 3, "statement").
    """

    path: Path
    base: FactBase
    lines: Mapping[tuple[str | int, ...], int]

    def line(self, *place: str | int) -> int:
        """The line of *place*, or of the closest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def claim_line(self, number: int, *field: str | int) -> int:
        """The line of a claim's field."""
        position = list(self.base.claims).index(number)
        return self.line("claims", position, *field)


def load(path: Path) -> FactFile:
    """
    Read the fact base at *path*, a file or the folder that holds fact-base.yaml.

    Raises:
        FactBaseError: One sentence that names the file, the line and what to mend.
    """
    file = path / FILE_NAME if path.is_dir() else path
    try:
        if file.stat().st_size > _LARGEST:
            raise FactBaseError(f"{file}: larger than {_LARGEST // 1_000_000} MB; split it into several bases.")
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise FactBaseError(
            f"{file}: cannot be read ({error.strerror}). Set FACT_BASE to a fact base's file or folder."
        ) from None
    except UnicodeDecodeError:
        raise FactBaseError(f"{file}: not UTF-8 text; save it as UTF-8.") from None
    return parse(text, file)


def parse(text: str, path: Path) -> FactFile:
    """Read a fact base from *text*; *path* is what errors call it. Raises like `load`."""
    return read_tree(as_tree(text, path), path)


def read_tree(tree: Any, path: Path) -> FactFile:
    """The fact base in a *tree* of `as_tree`. Raises like `load`."""
    lines = dict(_lines(tree))
    try:
        model = FileModel.model_validate(tree)
    except ValidationError as error:
        raise FactBaseError(_sentence(error, path, lines, tree)) from None
    return FactFile(path, _base(model, path, lines), lines)


def as_tree(text: str, path: Path, examine: Callable[[Any], None] = lambda _: None) -> Any:
    """
    *text* as mappings and lists that know their lines; raises like `load`.

    Args:
        text: YAML.
        path: What errors call it.
        examine: Is shown every parsing event before anything is built, and may raise.
    """
    reader: Any = YAML(typ="safe", pure=True)  # the library's own types are partial
    try:
        for event in reader.parse(text):
            examine(event)
            if isinstance(event, AliasEvent):
                raise FactBaseError(f"{path}: YAML aliases (*name) are not allowed; write the value out.")
        reader = YAML(typ="rt")
        return reader.load(text)
    except MarkedYAMLError as caught:
        error: Any = caught
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = str(error.problem or error.context).partition(" with value")[0]  # of a key that stands twice
        raise FactBaseError(f"{path}:{line}: not readable as YAML: {problem}.") from None
    except (YAMLError, RecursionError, ValueError):
        raise FactBaseError(f"{path}: not readable as YAML.") from None


def _lines(node: Any, place: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], int]]:
    found: list[tuple[tuple[str | int, ...], int]] = []
    if isinstance(node, Mapping):
        items: list[tuple[str | int, Any]] = list(node.items())  # pyright: ignore[reportUnknownArgumentType] YAML
    elif isinstance(node, Sequence) and not isinstance(node, str):
        items = list(enumerate(node))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType] YAML
    else:
        return found
    marks: Mapping[Any, Any] = getattr(getattr(node, "lc", None), "data", None) or {}  # pyright: ignore[reportUnknownArgumentType] YAML
    for key, value in items:
        if key in marks:
            found.append(((*place, key), marks[key][0] + 1))
        found += _lines(value, (*place, key))
    return found


def _sentence(error: ValidationError, path: Path, lines: Mapping[tuple[str | int, ...], int], tree: Any) -> str:
    first = error.errors()[0]
    place = tuple(part for part in first["loc"] if part != "[key]")
    line = next((lines[place[:end]] for end in range(len(place), 0, -1) if place[:end] in lines), 1)
    return f"{path}:{line}: {_where(place, tree)}: {_advice(first['type'], first['msg'])}"


def _advice(kind: str, message: str) -> str:
    """What to do, in words for people who edit the file; *kind* and *message* are pydantic's."""
    advice = {
        "missing": "is missing; add it.",
        "extra_forbidden": "is no field of the format; mend its name or take it out.",
        "string_type": "is not text; put it in quotation marks.",
        "too_short": "is empty; fill it in.",
        "string_too_short": "is empty; fill it in.",
    }
    return advice.get(kind) or f"{message.removeprefix('Value error, ').rstrip('.')}; mend it."


def place_words(place: Sequence[str | int]) -> list[str]:
    """A path in the file for people, who count from 1: `figures 1 low`."""
    return [str(part + 1) if isinstance(part, int) else part for part in place]


def _where(place: tuple[str | int, ...], tree: Any) -> str:
    if len(place) > 1 and place[0] == "claims" and isinstance(place[1], int):
        claim = tree["claims"][place[1]]
        name = claim.get("id") if isinstance(claim, Mapping) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] YAML
        return " ".join([str(name or f"claim {place[1] + 1}"), *place_words(place[2:])])  # pyright: ignore[reportUnknownArgumentType] YAML
    return " ".join(place_words(place)) or "the file"


def _base(model: FileModel, path: Path, lines: Mapping[tuple[str | int, ...], int]) -> FactBase:
    def stop(place: tuple[str | int, ...], message: str) -> FactBaseError:
        line = next((lines[place[:end]] for end in range(len(place), 0, -1) if place[:end] in lines), 1)
        return FactBaseError(f"{path}:{line}: {message}")

    groups: dict[str, tuple[Kind, Mapping[str, EntryModel]]] = {
        "topics": (Kind.TOPIC, model.topics),
        "places": (Kind.PLACE, model.places),
        "parties": (Kind.PARTY, model.parties),
        "metrics": (Kind.METRIC, model.metrics),
    }
    made: dict[str, dict[str, Any]] = {group: {} for group in groups}
    for group, (kind, entries) in groups.items():
        for key, entry in entries.items():
            references = [entry.part_of] if entry.part_of else []
            references += entry.members if isinstance(entry, PartyModel) else []
            for reference in references:
                if reference not in entries:
                    raise stop(
                        (group, key), f"{kind} {key}: there is no {kind} “{reference}”; add it or mend the key."
                    )
            made[group][key] = entry_of(kind, key, entry.model_dump())
    parties: dict[str, Party] = made["parties"]
    topics: dict[str, Topic] = made["topics"]
    places: dict[str, Place] = made["places"]
    metrics: dict[str, Metric] = made["metrics"]
    sources: dict[str, Source] = {}
    for key, source in model.sources.items():
        if source.publisher not in parties:
            raise stop(
                ("sources", key, "publisher"), f"source {key}: there is no party “{source.publisher}”; add it."
            )
        sources[key] = Source(key, parties[source.publisher], source.published_on, source.sha256, source.title)
    everything = Entries(topics, places, parties, sources, metrics)
    known = {claim.id for claim in model.claims}
    claims: dict[int, Any] = {}
    for position, claim in enumerate(model.claims):
        place: tuple[str | int, ...] = ("claims", position)
        dangling = _dangling(claim, everything, metrics, known)
        if dangling:
            field, message = dangling
            raise stop((*place, field), f"{claim.id} {field}: {message}")
        number = int(claim.id[1:])
        if number in claims:
            raise stop((*place, "id"), f"{claim.id} id: used twice; every claim has its own.")
        try:
            claims[number] = claim_of(_record(claim), everything, 1)
        except InvalidClaim as error:
            raise stop(place, f"{claim.id}: {error}") from None
    return FactBase(claims, topics, places, parties, metrics, sources)


def _dangling(
    claim: ClaimModel, entries: Entries, metrics: Mapping[str, Metric], claims: set[str]
) -> tuple[str, str] | None:
    wanted: list[tuple[str, str, str, Mapping[str, Any] | set[str]]] = [
        ("claimant", "party", claim.claimant, entries.parties),
        ("source", "source", claim.source, entries.sources),
        *(("relayed_by", "party", hop.party, entries.parties) for hop in claim.relayed_by),
        *(("topics", "topic", key, entries.topics) for key in claim.topics),
        *(("subjects", "party", key, entries.parties) for key in claim.subjects),
        *(("places", "place", key, entries.places) for key in claim.places),
        *(("figures", "metric", figure.metric, metrics) for figure in claim.figures),
        *(("relations", "claim", ref, claims) for relation in claim.relations for ref in relation.values()),
    ]
    for field, kind, key, known in wanted:
        if kind == "claim" and key == claim.id:
            return field, "a claim cannot be related to itself; take it out."
        if key not in known:
            return field, f"there is no {kind} “{key}”; add it or mend the key."
    return None


def _record(claim: ClaimModel) -> dict[str, Any]:
    record = claim.model_dump(exclude={"id", "verification", "relations"})
    record["number"] = int(claim.id[1:])
    record["status"] = claim.verification.status
    record["caveats"] = [caveat.model_dump() for caveat in claim.verification.caveats]
    record["relations"] = [
        {"link": link, "number": int(ref[1:])} for relation in claim.relations for link, ref in relation.items()
    ]
    return record


def dump(base: FactBase) -> str:
    """*base* in the file's format; reading it again gives an equal base, versions aside."""
    yaml: Any = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = 118
    yaml.sort_base_mapping_type_on_output = False  # undocumented, but the only way to keep the order
    out = StringIO()
    yaml.dump(plain(base), out)
    return f"# yaml-language-server: $schema={SCHEMA_NAME}\n{out.getvalue()}"


def plain(base: FactBase) -> dict[str, Any]:
    """*base* as the file's mappings and lists, without what is empty."""
    groups = {"topics": base.topics, "places": base.places, "parties": base.parties, "metrics": base.metrics}
    return {
        "format": 1,
        "sources": {key: _filled(source_record(source)) for key, source in base.sources.items()},
        **{
            group: {key: _filled(entry_record(entry)) for key, entry in entries.items()}
            for group, entries in groups.items()
        },
        "claims": [_claim_tree(claim_record(claim)) for claim in base.claims.values()],
    }


def _claim_tree(record: dict[str, Any]) -> dict[str, Any]:
    tree: dict[str, Any] = {"id": f"C{record.pop('number')}", **record}
    tree["verification"] = _filled(
        {"status": tree.pop("status"), "caveats": [_filled(caveat) for caveat in tree.pop("caveats")]}
    )
    tree["figures"] = [_filled(figure) for figure in tree["figures"]]
    tree["quotations"] = [_filled(quotation) for quotation in tree["quotations"]]
    tree["relations"] = [{relation["link"]: f"C{relation['number']}"} for relation in tree["relations"]]
    return _filled(tree)


def _filled(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value not in (None, "", [])}


if __name__ == "__main__":
    Path("data", SCHEMA_NAME).write_text(schema(), encoding="utf-8")
