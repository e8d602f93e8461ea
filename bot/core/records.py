"""Domain objects as plain data and back: the form in which rows, revisions and exports hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from bot.core.claims import (
    WORD_KINDS,
    Attribution,
    Caveat,
    Claim,
    Entry,
    FactBase,
    Grade,
    Hop,
    Kind,
    Link,
    Metric,
    Party,
    Place,
    Quotation,
    Relation,
    Relay,
    Source,
    Status,
    Topic,
    Verification,
    Wording,
)
from bot.core.dates import PartialDate
from bot.core.figures import Figure

Record = dict[str, Any]

_TYPES: dict[Kind, type[Entry]] = {Kind.TOPIC: Topic, Kind.PLACE: Place, Kind.PARTY: Party, Kind.METRIC: Metric}


def entry_record(entry: Entry | Source) -> Record:
    """Everything of *entry* but its kind and key, as JSON holds it."""
    if isinstance(entry, Source):
        return plain(source_record(entry))
    record: Record = {
        "name": entry.name,
        "aliases": list(entry.aliases),
        "about": entry.about,
        "part_of": entry.part_of,
    }
    if isinstance(entry, Party):
        record |= {"members": list(entry.members), "style": entry.style}
    return record


def referred_to(kind: str, key: str, record: Mapping[str, Any], parties: Mapping[str, Party]) -> Entry | Source:
    """The entry or source that `entry_record` described; *parties* publish sources."""
    return source_of(key, record, parties) if kind == Source.kind else entry_of(kind, key, record)


def entry_of(kind: str, key: str, record: Mapping[str, Any]) -> Entry:
    """The entry, no source, that `entry_record` described."""
    fields: Record = {**record, "aliases": tuple(record["aliases"])}
    if "members" in record:
        fields["members"] = tuple(record["members"])
    return _TYPES[Kind(kind)](key=key, **fields)


def source_record(source: Source) -> Record:
    """Everything of *source* but its key."""
    return {
        "publisher": source.publisher.key,
        "published_on": source.published_on,
        "sha256": source.sha256,
        "title": source.title,
        "url": source.url,
        "retrieved_on": source.retrieved_on,
    }


def source_of(key: str, record: Mapping[str, Any], parties: Mapping[str, Party]) -> Source:
    """The source that `source_record` described, or `plain`; what an older record lacks takes its default."""
    return Source(
        key,
        parties[record["publisher"]],
        _day(record["published_on"]),
        record["sha256"],
        record["title"],
        record.get("url") or "",
        _day(retrieved) if (retrieved := record.get("retrieved_on")) else None,
    )


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def plain(source: Mapping[str, Any]) -> Record:
    """A source's record as JSON holds it: its days as text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in source.items()}


def claim_record(claim: Claim) -> Record:
    """Everything of *claim* but its version, with keys in place of entries: the columns of its row."""
    attribution = claim.attribution
    return {
        "number": claim.number,
        "statement": claim.statement,
        "claimant": attribution.claimant.key,
        "spoken_by": attribution.spoken_by,
        "relayed_by": [{"party": hop.party.key, "how": hop.how.value} for hop in attribution.relayed_by],
        "source": attribution.source.key,
        "status": claim.verification.status.value,
        "caveats": [asdict(caveat) for caveat in claim.verification.caveats],
        "topics": [topic.key for topic in claim.topics],
        "subjects": [party.key for party in claim.subjects],
        "places": [place.key for place in claim.places],
        "figures": [asdict(figure) for figure in claim.figures],
        "quotations": [asdict(quotation) for quotation in claim.quotations],
        "event_date": claim.event_date.edtf if claim.event_date else None,
        "claim_date": claim.claim_date.edtf if claim.claim_date else None,
        "relations": [{"link": relation.link.value, "number": relation.number} for relation in claim.relations],
        "editor_note": claim.editor_note,
        "grade": asdict(claim.grade) if claim.grade else None,
        "retired": claim.retired,
    }


def claim_of(record: Mapping[str, Any], entries: FactBase, version: int) -> Claim:
    """
    The claim that `claim_record` described, which refers to what is in *entries*.

    Raises:
        InvalidClaim, KeyError: It must not exist, or *entries* lack something.
    """
    parties = entries.parties
    return Claim(
        number=record["number"],
        statement=record["statement"],
        attribution=Attribution(
            claimant=parties[record["claimant"]],
            source=entries.sources[record["source"]],
            relayed_by=tuple(Hop(parties[hop["party"]], Relay(hop["how"])) for hop in record["relayed_by"]),
            spoken_by=record.get("spoken_by") or "",
        ),
        verification=Verification(Status(record["status"]), tuple(Caveat(**caveat) for caveat in record["caveats"])),
        topics=tuple(entries.topics[key] for key in record["topics"]),
        subjects=tuple(parties[key] for key in record["subjects"]),
        places=tuple(entries.places[key] for key in record["places"]),
        figures=tuple(Figure(**figure) for figure in record["figures"]),
        quotations=tuple(Quotation(**quotation) for quotation in record["quotations"]),
        event_date=_date(record["event_date"]),
        claim_date=_date(record["claim_date"]),
        relations=tuple(Relation(Link(each["link"]), each["number"]) for each in record["relations"]),
        editor_note=record["editor_note"],
        grade=Grade(**record["grade"]) if record.get("grade") else None,
        retired=record["retired"],
        version=version,
    )


def _date(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def wording_record(wording: Wording) -> Record:
    """*wording* as plain data; empty where there is none."""
    if wording == Wording():
        return {}
    kinds = {kind: list(words) for kind in WORD_KINDS if (words := getattr(wording, kind))}
    return {"closed": wording.closed, "groups": [list(group) for group in wording.groups], **kinds}


def wording_of(record: Mapping[str, Any]) -> Wording:
    """The wording of a `wording_record`."""
    kinds = {kind: tuple(record.get(kind, ())) for kind in WORD_KINDS}
    return Wording(tuple(tuple(group) for group in record.get("groups", ())), bool(record.get("closed")), **kinds)
