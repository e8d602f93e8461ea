"""
The fact base's file: YAML that people read and edit, its format as models, and both ways between file and claims.

`python -m bot.files.factfile` writes the format's JSON Schema beside the fact base, for editors to check by.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.core.claims import GROUPS, WORD_KINDS, Claim, Entry, FactBase, Kind, Source, Wording
from bot.core.editing.uploads import Stamp
from bot.core.records import claim_of, claim_record, entry_of, entry_record, source_of, source_record
from bot.core.rules.headlines import marked
from bot.core.wording import later, say
from bot.errors import FactBaseError, InvalidClaim
from bot.files.factmodels import EXAMPLES, SCHEMA_NAME, ClaimModel, EntryModel, FileModel, PartyModel, schema
from bot.files.yaml_tree import Place, Tree, as_tree, items_of, mapping_of, write

FILE_NAME = "fact-base.yaml"
_LARGEST = 20_000_000

Fault = tuple[Place, str]
"""Where something is wrong in the file, and one sentence on what it is and what to do."""


@dataclass(frozen=True)
class FactFile:
    """
    A fact base and where in its file everything stands.

    Attributes:
        path: The file.
        tree: Where in the file everything stands.
        left_out: Passages of each source, by its key, that no claim holds on purpose; the base itself has no use for
            them.
    """

    path: Path
    base: FactBase
    tree: Tree
    left_out: Mapping[str, Sequence[str]]

    def line(self, *place: str | int) -> int:
        """The line of *place*, or of the closest thing around it."""
        return self.tree.line(place)

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
    return read_tree(as_tree(text, path, exact=path.suffix == ".json"), path)


def read_tree(tree: Tree, path: Path) -> FactFile:
    """The fact base in *tree*. Raises like `load`."""
    base, faults = read_whole(tree, FactBase())
    for place, message in faults:
        raise FactBaseError(f"{path}:{tree.line(place)}: {message}")
    left_out: dict[str, Sequence[str]] = {
        str(key): (mapping_of(source) or {}).get("left_out") or () for key, source in items_of(tree.root["sources"])
    }
    return FactFile(path, base, tree, left_out)


def read_whole(tree: Tree, held: FactBase) -> tuple[FactBase, list[Fault]]:
    """
    The base in *tree* and everything that is wrong with it, each with its place; with a fault the base is empty.

    Args:
        held: What it may refer to besides its own.
    """
    try:
        model = FileModel.model_validate(tree.root)
    except ValidationError as error:
        return FactBase(), [_fault(each, tree) for each in error.errors()]
    return _base(model, held)


def _fault(error: Any, tree: Tree) -> Fault:
    place = tuple(part for part in error["loc"] if part != "[key]")
    return place, f"{_where(place, tree.root)}: {_advice(error['type'], error['msg'], error.get('ctx', {}))}"


def _advice(kind: str, message: str, told: Mapping[str, Any]) -> str:
    """What to do, in words for people who edit the file; *kind*, *message* and what is *told* are pydantic's."""
    if kind == "value_error":
        return say("{fault}; mend it.", fault=message.removeprefix("Value error, ").rstrip("."))
    expected = told.get("expected") or f"{told.get('ge', 1)}–{told.get('le', '…')}"
    example = EXAMPLES.get(told.get("pattern") or kind.partition("_")[0], "")
    most = told.get("max_length", 0)
    advice = {
        "missing": say("is missing; add it."),
        "extra_forbidden": say(
            "is no field of the format; mend its name, take it out, or put a text with a comma in quotation marks."
        ),
        "string_type": say("is not text; put it in quotation marks."),
        "too_short": say("is empty; fill it in."),
        "string_too_short": say("is empty; fill it in."),
        "string_too_long": say("is longer than {most} characters; shorten it.", most=most),
        "too_long": say("has more than {most} parts; leave some out.", most=most),
        "list_type": say("is no list; begin each part on a line of its own with a hyphen."),
        **dict.fromkeys(
            ("dict_type", "model_type"),
            say("is no group of fields; write each as ‘name: value’ on a line of its own."),
        ),
        **dict.fromkeys(
            ("literal_error", "enum", "greater_than_equal", "less_than_equal"),
            say("is none of these: {expected}; write one.", expected=expected),
        ),
    }
    if example and kind not in advice:
        return say("is not written like {example}; mend it.", example=example)
    return advice.get(kind) or say("is not what belongs here; mend it.")


def place_words(place: Sequence[str | int]) -> list[str]:
    """A path in the file for people, who count from 1: `figures 1 low`."""
    return [str(part + 1) if isinstance(part, int) else marked(part) for part in place]


def _where(place: tuple[str | int, ...], tree: Any) -> str:
    if len(place) > 1 and place[0] == "claims" and isinstance(place[1], int):
        claim = tree["claims"][place[1]]
        name = claim.get("id") if isinstance(claim, Mapping) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] YAML
        named = marked(str(name or say("claim {n}", n=place[1] + 1)))  # pyright: ignore[reportUnknownArgumentType] YAML
        return " ".join([named, *place_words(place[2:])])
    return " ".join(place_words(place)) or say("the file")


def _base(model: FileModel, held: FactBase) -> tuple[FactBase, list[Fault]]:
    faults: list[Fault] = []
    groups: dict[Kind, Mapping[str, EntryModel]] = {
        Kind.TOPIC: model.topics,
        Kind.PLACE: model.places,
        Kind.PARTY: model.parties,
        Kind.METRIC: model.metrics,
    }
    made: list[Entry] = []
    for kind, entries in groups.items():
        for key, entry in entries.items():
            references = [entry.part_of] if entry.part_of else []
            references += entry.members if isinstance(entry, PartyModel) else []
            missing = later("{kind} {key}: there is no {kind} “{text}”; add it or mend the key.")
            faults += [
                ((GROUPS[kind], key), say(missing, kind=kind, key=marked(key), text=each))
                for each in references
                if each not in entries and each not in held.of_kind(kind)
            ]
            made.append(entry_of(kind, key, entry.model_dump()))
    known = held.having(*made)
    sources: list[Source] = []
    for key, source in model.sources.items():
        if source.publisher not in known.parties:
            lacking = say("source {key}: there is no party “{text}”; add it.", key=key, text=source.publisher)
            faults.append((("sources", key, "publisher"), lacking))
            continue
        try:
            sources.append(source_of(key, source.model_dump(), known.parties))
        except InvalidClaim as error:
            faults.append((("sources", key), f"source {key}: {error}"))
    claims = _claims(model, known.having(*sources), faults)
    if faults:
        return FactBase(), faults
    words = model.vocabulary
    kinds = {kind: tuple(getattr(words, kind).split()) for kind in WORD_KINDS}
    wording = Wording(tuple(tuple(line.split()) for line in words.groups), words.closed, **kinds)
    return replace(FactBase().having(*made, *sources), claims=claims, wording=wording), []


def _claims(model: FileModel, entries: FactBase, faults: list[Fault]) -> dict[int, Claim]:
    """The claims of *model*; what is wrong with them is added to *faults*."""
    known = {*(claim.id for claim in model.claims), *(claim.ref for claim in entries.claims.values())}
    claims: dict[int, Claim] = {}
    for position, claim in enumerate(model.claims):
        place: Place = ("claims", position)
        dangling = list(_dangling(claim, entries, known))
        faults += [((*place, field), f"{claim.id} {field}: {message}") for field, message in dangling]
        number = int(claim.id[1:])
        if number in claims:
            faults.append(((*place, "id"), say("{id} id: used twice; every claim has its own.", id=claim.id)))
        elif not dangling:
            try:
                claims[number] = claim_of(_record(claim), entries, 1)
            except InvalidClaim as error:
                faults.append((place, f"{claim.id}: {error}"))
            except KeyError:  # a source that has a fault of its own
                continue
    return claims


def _dangling(claim: ClaimModel, entries: FactBase, claims: Collection[str]) -> Iterator[tuple[str, str]]:
    wanted: list[tuple[str, str, str, Collection[str]]] = [
        ("claimant", "party", claim.claimant, entries.parties),
        ("source", "source", claim.source, entries.sources),
        *(("relayed_by", "party", hop.party, entries.parties) for hop in claim.relayed_by),
        *(("topics", "topic", key, entries.topics) for key in claim.topics),
        *(("subjects", "party", key, entries.parties) for key in claim.subjects),
        *(("places", "place", key, entries.places) for key in claim.places),
        *(("figures", "metric", figure.metric, entries.metrics) for figure in claim.figures),
        *(("relations", "claim", ref, claims) for relation in claim.relations for ref in relation.values()),
    ]
    for field, kind, key, known in wanted:
        if kind == "claim" and key == claim.id:
            yield field, say("a claim cannot be related to itself; take it out.")
        elif key not in known:
            yield field, say("there is no {kind} “{key}”; add it or mend the key.", kind=kind, key=key)


def _record(claim: ClaimModel) -> dict[str, Any]:
    record = claim.model_dump(exclude={"id", "verification", "relations"})
    record["number"] = int(claim.id[1:])
    record["status"] = claim.verification.status
    record["caveats"] = [caveat.model_dump() for caveat in claim.verification.caveats]
    record["relations"] = [
        {"link": link, "number": int(ref[1:])} for relation in claim.relations for link, ref in relation.items()
    ]
    return record


def dump(base: FactBase, stamp: Stamp | None = None) -> str:
    """*base* in the file's format; reading it again gives an equal base, versions aside."""
    return f"# yaml-language-server: $schema={SCHEMA_NAME}\n{write(plain(base, stamp))}"


def plain(base: FactBase, stamp: Stamp | None = None) -> dict[str, Any]:
    """*base* as the file's mappings and lists, without what is empty; *stamp* says when it stood so, and where."""
    groups = {"topics": base.topics, "places": base.places, "parties": base.parties, "metrics": base.metrics}
    return {
        "format": 1,
        **({"exported": {**asdict(stamp), "at": stamp.at.isoformat()}} if stamp else {}),
        "sources": {key: _filled(source_record(source)) for key, source in base.sources.items()},
        **{
            group: {key: _filled(entry_record(entry)) for key, entry in entries.items()}
            for group, entries in groups.items()
        },
        **_vocabulary(base.wording),
        "claims": [_claim_tree(claim_record(claim)) for claim in base.claims.values()],
    }


def _vocabulary(wording: Wording) -> dict[str, Any]:
    groups = [" ".join(group) for group in wording.groups]
    kinds = {kind: " ".join(getattr(wording, kind)) for kind in WORD_KINDS}
    written = _filled({"closed": wording.closed or None, **kinds, "groups": groups})
    return {"vocabulary": written} if written else {}


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
