"""
The editorial rules that a fact base must keep, beyond what its format and its types demand.

Every rule yields findings; `vet` runs them all. None of them judges whether a claim is true.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from bot.core.asking.reading.tokens import tokens
from bot.core.claims import GROUPS, Claim, Entry, FactBase, Kind, Party, parse_ref
from bot.core.figures import Figure
from bot.core.rules.claim_rules import claim_faults, fold
from bot.core.rules.headlines import headline_in, headline_in_key
from bot.core.rules.stated_figures import figure_faults
from bot.core.wording import say


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One thing to mend in a fact base's file.

    Attributes:
        group: The file's part it stands in: "claims", "topics" …
        key: The entry's key, or the claim's number.
        field: Path within the entry or claim: ("figures", 0, "low").
        message: One sentence that says what is wrong and what to do.
    """

    group: str
    key: str | int
    field: tuple[str | int, ...]
    message: str


def vet(base: FactBase, commands: Collection[str] = ()) -> list[Finding]:
    """Everything to mend in *base*; *commands* are the bot's own, which no alias may hide behind."""
    return [
        *vet_names(base, commands),
        *_unreached(base),
        *(finding for claim in base.claims.values() for finding in _claim_findings(base, claim)),
        *_unlinked(base),
    ]


def vet_names(base: FactBase, commands: Collection[str] = ()) -> list[Finding]:
    """Names that are empty, doubled, shared, hidden behind a command, or headlines."""
    return [*_entry_names(base, frozenset(commands)), *_shared_names(base), *_source_names(base)]


def rivals(base: FactBase, claim: Claim) -> tuple[Claim, ...]:
    """Live claims of others, not linked to *claim*, that give another figure for the same thing."""
    others = (other for other in base.live if other.number != claim.number)
    return tuple(other for other in others if any(True for _ in _pair(base, other, claim)))


def vet_claim(base: FactBase, claim: Claim) -> list[Finding]:
    """Everything to mend in *claim*, in *base* or about to be."""
    others = (other for other in base.live if other.number != claim.number)
    return [*_claim_findings(base, claim), *(each for other in others for each in _pair(base, other, claim))]


def _of_entry(entry: Entry, field: tuple[str | int, ...], message: str) -> Finding:
    return Finding(GROUPS[entry.kind], entry.key, field, message)


def _named(entry: Entry) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every name of *entry* with its field."""
    yield ("name",), entry.name
    for at, alias in enumerate(entry.aliases):
        yield ("aliases", at), alias


def _shown(entry: Entry) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text of *entry* that stands above or beside claims, with its field."""
    yield from _named(entry)
    yield ("about",), entry.about
    if isinstance(entry, Party):
        yield ("style",), entry.style


def _entry_names(base: FactBase, commands: frozenset[str]) -> Iterator[Finding]:
    for entry in base.entries():
        seen: set[str] = set()
        for field, name in _named(entry):
            if not fold(name):
                yield _of_entry(
                    entry, field, say("“{name}” has no letter or digit to ask by; take it out.", name=name)
                )
            if name.casefold() in seen:
                yield _of_entry(entry, field, say("“{name}” stands here twice; take one out.", name=name))
            if parse_ref(name, bare=False):
                yield _of_entry(entry, field, say("“{name}” is how a claim is cited; choose other words.", name=name))
            seen.add(name.casefold())
            if entry.kind is not Kind.METRIC and name.casefold() in commands:
                yield _of_entry(
                    entry,
                    field,
                    say(
                        "“{name}” is a command of the bot and would never be reached; choose other words.", name=name
                    ),
                )
        whole = base.of_kind(entry.kind).get(entry.part_of or "")
        if whole and entry.key in base.lineage(whole):
            yield _of_entry(
                entry,
                ("part_of",),
                say("“{name}” is part of itself; name what it belongs to, or take it out.", name=entry.name),
            )
        if found := headline_in_key(entry.key):
            yield _of_entry(
                entry,
                (),
                say("“{text}” {found}; leave that out, or name it otherwise.", text=entry.key, found=say(found)),
            )
        for field, text in _shown(entry):
            if found := headline_in(text):
                what = say("The description") + " " if field == ("about",) else ""
                bare = say("{found} without a claimant; say it without one.", found=say(found))
                yield _of_entry(entry, field, f"{what}“{text}” {bare}")


def _source_names(base: FactBase) -> Iterator[Finding]:
    for source in base.sources.values():
        for field, text in (((), source.key), (("title",), source.title)):
            if found := headline_in(text):
                yield Finding(
                    "sources",
                    source.key,
                    field,
                    say("“{text}” {found}; leave that out, or name it otherwise.", text=text, found=say(found)),
                )


def _shared_names(base: FactBase) -> Iterator[Finding]:
    """Names that two entries answer to. Metrics are a space of their own: they may share a topic's words."""
    for entries in ((*base.commands(),), (*base.metrics.values(),)):
        first: dict[str, Entry] = {}
        for entry in entries:
            for field, name in _named(entry):
                other = first.setdefault(fold(name), entry)
                if other is not entry and fold(name):
                    yield _of_entry(
                        entry,
                        field,
                        say(
                            "“{name}” also names {kind} {key}; take it out of one, or say which is meant.",
                            name=name,
                            kind=say(other.kind),
                            key=other.key,
                        ),
                    )


def _unreached(base: FactBase) -> Iterator[Finding]:
    live = base.live
    used: dict[Kind, set[str]] = {
        Kind.TOPIC: {topic.key for claim in live for topic in claim.topics},
        Kind.PLACE: {place.key for claim in live for place in claim.places},
        Kind.METRIC: {figure.metric for claim in live for figure in claim.figures},
        Kind.PARTY: {party.key for claim in base.claims.values() for party in _parties(claim)},
    }
    used[Kind.PARTY] |= {source.publisher.key for source in base.sources.values()}
    for entry in base.entries():
        parents = {entry.part_of} if entry.part_of else set[str]()
        used[entry.kind] |= parents | set(entry.members if isinstance(entry, Party) else ())
    for entry in base.entries():
        if entry.key not in used[entry.kind]:
            yield _of_entry(
                entry, (), say("no claim reaches it; give a claim this {kind} or take it out.", kind=say(entry.kind))
            )
    cited = {claim.attribution.source.key for claim in base.claims.values()}
    for key in base.sources:
        if key not in cited:
            yield Finding("sources", key, (), say("no claim was read in it; take it out."))


def _parties(claim: Claim) -> Iterator[Party]:
    yield claim.attribution.claimant
    yield from (hop.party for hop in claim.attribution.relayed_by)
    yield from claim.subjects


def _claim_findings(base: FactBase, claim: Claim) -> Iterator[Finding]:
    for field, message in (*figure_faults(claim), *claim_faults(base, claim)):
        yield Finding("claims", claim.number, field, message)


def _unlinked(base: FactBase) -> Iterator[Finding]:
    """
    Claims of different claimants whose figures for the same thing differ and which say nothing of each other.

    Only claims that share a metric, a unit and a subject are compared, each with a few of those before it.
    """
    earlier: dict[tuple[str, str, str], dict[str, dict[_Bounds, list[Claim]]]] = {}
    for claim in base.live:
        rivals: dict[int, Claim] = {}
        for bucket in dict.fromkeys(_asked(claim)):
            for rival in islice(_rivals(earlier.get(bucket, {}), claim), _RIVALS):
                rivals[rival.number] = rival
        for number in sorted(rivals)[:_RIVALS]:
            yield from _pair(base, rivals[number], claim)
        for bucket, bounds in _kept(claim):
            earlier.setdefault(bucket, {}).setdefault(claim.attribution.claimant.key, {}).setdefault(
                bounds, []
            ).append(claim)


_Bounds = tuple[float | None, float | None]
_RIVALS = 10
"""Earlier claims at most that one claim is said to differ from; whoever links those is told of the next."""
_ANY, _NOBODY = "*", ""


def _asked(claim: Claim) -> Iterator[tuple[str, str, str]]:
    """Where claims stand that may count the same: by metric, unit and subject."""
    for figure in claim.figures:
        if claim.subjects:
            yield from ((figure.metric, figure.unit, party.key) for party in claim.subjects)
            yield figure.metric, figure.unit, _NOBODY
        else:
            yield figure.metric, figure.unit, _ANY


def _kept(claim: Claim) -> Iterator[tuple[tuple[str, str, str], _Bounds]]:
    """Where later claims look for this one, and the bounds it gives."""
    for figure in claim.figures:
        if figure.low is None and figure.high is None:
            continue
        subjects = tuple(party.key for party in claim.subjects) or (_NOBODY,)
        for subject in (_ANY, *subjects):
            yield (figure.metric, figure.unit, subject), (figure.low, figure.high)


def _rivals(kept: Mapping[str, Mapping[_Bounds, list[Claim]]], claim: Claim) -> Iterator[Claim]:
    mine = claim.attribution.claimant.key
    own = {(figure.low, figure.high) for figure in claim.figures}
    for claimant, by_bounds in kept.items():
        if claimant == mine:
            continue
        for bounds, claims in by_bounds.items():
            if {bounds} != own:
                yield from (each for each in claims if not _linked(each, claim))


def _pair(base: FactBase, one: Claim, other: Claim) -> Iterator[Finding]:
    if _linked(one, other) or one.attribution.claimant.key == other.attribution.claimant.key:
        return
    if _apart(base, one, other):
        return
    same = {party.key for party in one.subjects} & {party.key for party in other.subjects}
    metrics = sorted({a.metric for a in one.figures for b in other.figures if _differ(a, b) and _alike(base, a, b)})
    if metrics and (same or not one.subjects or not other.subjects):
        yield Finding(
            "claims",
            other.number,
            ("figures",),
            say(
                "gives another figure for {metric} than {ref}; add ‘disputes: {ref}’ to its relations.",
                metric=metrics[0],
                ref=one.ref,
            ),
        )


def _apart(base: FactBase, one: Claim, other: Claim) -> bool:
    """Whether both are of places, and none of one lies in one of the other: two sites are no rivals."""
    sites = [{key for place in claim.places for key in base.lineage(place)} for claim in (one, other)]
    own = [{place.key for place in claim.places} for claim in (one, other)]
    return all(own) and own[0].isdisjoint(sites[1]) and own[1].isdisjoint(sites[0])


def _alike(base: FactBase, one: Figure, other: Figure) -> bool:
    """Whether two figures may count the same: not where each names parties or places, and none of the other's."""
    named = [set(_names_in(base, figure.subject)) for figure in (one, other)]
    return not all(named) or not named[0].isdisjoint(named[1])


def _names_in(base: FactBase, text: str) -> Iterator[str]:
    """Keys of the parties and places that *text* names, and of those they belong to."""
    words = f" {' '.join(token.word for token in tokens(text))} "
    for entry in (*base.parties.values(), *base.places.values()):
        if any(f" {' '.join(token.word for token in tokens(name))} " in words for name in entry.names):
            yield from base.lineage(entry)


def _linked(one: Claim, other: Claim) -> bool:
    return any(relation.number == other.number for relation in one.relations) or any(
        relation.number == one.number for relation in other.relations
    )


def _differ(one: Figure, other: Figure) -> bool:
    bounds, others = (one.low, one.high), (other.low, other.high)
    given = any(bound is not None for bound in bounds) and any(bound is not None for bound in others)
    return given and one.metric == other.metric and one.unit == other.unit and bounds != others
