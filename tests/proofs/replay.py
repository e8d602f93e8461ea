"""Judging a race: those who won, one after the other in the order they were given, must explain all that is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.core.claims import FactBase, Source, Topic
from bot.core.editing.batches import Batch, ClaimWrite
from bot.core.editing.queue import Proposal
from tests.proofs.trail import Trail, faults
from tests.proofs.writers import Try


@dataclass(frozen=True)
class Race:
    """One race: the base and the proposal before it, every try, and what is there after it."""

    before: FactBase
    proposal: Proposal
    tries: Sequence[Try]
    after: FactBase
    trail: Trail

    @property
    def won(self) -> list[Try]:
        """Tries that were written, in the order in which the base saw them."""
        written = [each for each in self.tries if each.after is not None]
        return sorted(written, key=lambda each: each.after.revision if each.after else 0)

    @property
    def contested(self) -> bool:
        """Whether two writers tried to write at the same time."""
        spans = sorted((each.began, each.ended) for each in self.tries)
        return any(later[0] < earlier[1] for earlier, later in pairwise(spans))


def losses(race: Race) -> list[str]:
    """Sentences about what the race lost or made up; none where it ended as some order of single writers would."""
    return [
        *(f"{each.move.who} met {each.error}" for each in race.tries if _unexpected(each)),
        *faults(race.trail),
        *_replayed(race),
        *_unexplained(race),
        *_settled_wrongly(race),
        *_reviewed_wrongly(race),
    ]


def _unexpected(each: Try) -> bool:
    known = ("", "ConflictError") if each.batch is not None else ("", "ConflictError", "Refused")
    return each.error not in known


def _replayed(race: Race) -> Iterable[str]:
    """Run the winners one after the other on plain values."""
    state = race.before
    for each in race.won:
        batch = each.batch or _approved(race.proposal, state)
        stale = _stale(batch, state)
        if stale:
            yield f"{each.move.who} won on {stale}, which it was not at any more"
        state = _applied(batch, state)
        if each.after is None or each.after.revision != state.revision:
            yield f"{each.move.who} won revision {each.after and each.after.revision}, not {state.revision}"
        elif each.after != state:
            yield f"{each.move.who} was given back something else than it wrote"
    if race.after != state:
        yield "what is there is not what the winners wrote"
    if not race.after.revision == race.trail.revision == race.before.revision + len(race.won):
        yield f"{len(race.won)} writes took the base from {race.before.revision} to {race.trail.revision}"
    written = sum(len(_claims(each, race)) for each in race.won) + len(race.before.claims)
    if len(race.trail.revisions) != written:
        yield f"{written} claim writes left {len(race.trail.revisions)} revisions"


def _unexplained(race: Race) -> Iterable[str]:
    """Whoever was told of a conflict must have met somebody else's change."""
    for each in race.tries:
        if each.error == "ConflictError" and not _stale(
            each.batch or _approved(race.proposal, race.after), race.after
        ):
            yield f"{each.move.who} was told of a conflict that nobody made"


def _settled_wrongly(race: Race) -> Iterable[str]:
    settled = [each for each in race.tries if each.batch is None and not each.error]
    (row,) = race.trail.proposals
    verdict = {"approve": "approved", "decline": "declined"}
    expected = (verdict[settled[0].move.what], settled[0].move.who) if settled else ("open", "")
    if len(settled) > 1:
        yield f"{len(settled)} moderators settled one proposal"
    elif (row.state, row.decided_by) != expected:
        yield f"the proposal is {row.state} by {row.decided_by!r}, not {expected}"
    if not settled and any(each.error == "Refused" for each in race.tries):
        yield "somebody was told that a proposal was settled that is open"


def _reviewed_wrongly(race: Race) -> Iterable[str]:
    """A weighty change of a claim must have reset its review; nothing else may. The first one was reviewed before."""
    weighty = {
        write.claim.number for each in race.won for write in _claims(each, race) if write.weighs and write.expected
    }
    expected = {number: number in weighty for number in weighty | {1}}
    found = {row.number: row.reviewed_on is None for row in race.trail.reviews}
    if found != expected:
        yield f"reviews were reset so: {found}, not so: {expected}"


def _claims(each: Try, race: Race) -> Sequence[ClaimWrite]:
    return (each.batch or _approved(race.proposal, race.before)).claims


def _approved(proposal: Proposal, state: FactBase) -> Batch:
    (write,) = proposal.batch.claims
    number = write.claim.number if write.expected else max(state.claims) + 1
    return Batch((replace(write, claim=replace(write.claim, number=number)),))


def _stale(batch: Batch, state: FactBase) -> str:
    """The first thing in *batch* that is not in *state* as its writer saw it."""
    for write in batch.claims:
        held = state.claims.get(write.claim.number)
        if (held.version if held else 0) != write.expected:
            return f"{write.claim.ref} at {write.expected}"
    for entry in batch.entries:
        if state.of_kind(entry.after.kind).get(entry.after.key) != entry.before:
            return f"{entry.after.kind} {entry.after.key}"
    return f"base revision {batch.revision}" if batch.revision not in (None, state.revision) else ""


def _applied(batch: Batch, state: FactBase) -> FactBase:
    claims = dict(state.claims)
    for write in batch.claims:
        claims[write.claim.number] = replace(write.claim, version=write.expected + 1)
    entries = [write.after for write in batch.entries]
    topics = {**state.topics, **{each.key: each for each in entries if isinstance(each, Topic)}}
    sources = {**state.sources, **{each.key: each for each in entries if isinstance(each, Source)}}
    worded = {
        number: replace(
            claim,
            topics=tuple(topics[topic.key] for topic in claim.topics),
            attribution=replace(claim.attribution, source=sources[claim.attribution.source.key]),
        )
        for number, claim in sorted(claims.items())
    }
    return replace(state, claims=worded, topics=topics, sources=sources, revision=state.revision + 1)
