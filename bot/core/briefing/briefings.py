"""What a briefing says: the claims of one subject by question, when, by whom, and what nobody has said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.asking.reading.tokens import tokens
from bot.core.asking.summary import UNCHECKED
from bot.core.asking.timeline import by_date
from bot.core.claims import Claim, FactBase, Metric, Status
from bot.core.dates import day_words
from bot.core.plurals import plural
from bot.core.wording import say


@dataclass(frozen=True, slots=True)
class Section:
    """Claims that answer one question, those in conflict next to each other; the disputed ones come first."""

    title: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """
    A composed report. No field holds a figure outside a claim.

    Attributes:
        subject: Name of the topic, place or party it is about; empty for the whole base.
        statuses: How many claims have each status, most first.
        sections: Every claim once.
        timeline: The claims with an event date, earliest first.
        unknown: Sentences about what no source gives; without a figure.
        challenges: `C14: challenged on 3 Dec 2025`, for the claims shown.
        newest_source: When the newest source was published; None without claims.
        revision: Number of the newest change of the base it was made from.
        today: The day it is made for, from which ages count.
    """

    subject: str
    statuses: tuple[tuple[Status, int], ...]
    sections: tuple[Section, ...]
    timeline: tuple[Claim, ...]
    unknown: tuple[str, ...]
    challenges: tuple[str, ...]
    newest_source: date | None
    revision: int
    today: date

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim, in the order of the sections."""
        return tuple(claim for section in self.sections for claim in section.claims)


def compose(
    base: FactBase,
    claims: Sequence[Claim],
    subject: str,
    *,
    today: date,
    revision: int = 0,
    challenges: Sequence[tuple[int, date]] = (),
) -> Briefing:
    """
    The briefing of *claims* about *subject*.

    Args:
        claims: Live claims of *base*, each once; the other sides of their conflicts are added.
        subject: As shown; empty for the whole base.
        challenges: Open challenges, as a claim's number and the day; those of other claims are left out.
    """
    claims = with_other_sides(base, claims)
    shown = {claim.number for claim in claims}
    statuses = Counter(claim.verification.status for claim in claims)
    return Briefing(
        subject=subject,
        statuses=tuple(sorted(statuses.items(), key=lambda each: (-each[1], list(Status).index(each[0])))),
        sections=_sections(base, claims, subject),
        timeline=by_date(claim for claim in claims if claim.event_date),
        unknown=_unknown(base, claims, subject),
        challenges=tuple(
            f"C{number}: {say('challenged on {day}', day=day_words(day))}"
            for number, day in sorted(challenges)
            if number in shown
        ),
        newest_source=max((claim.attribution.source.published_on for claim in claims), default=None),
        revision=revision,
        today=today,
    )


def with_other_sides(base: FactBase, claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """*claims* and whatever is in conflict with them: whoever asks about a conflict sees every side."""
    return tuple(claim for group in _groups(claims, base) for claim in group)


def _sections(base: FactBase, claims: Sequence[Claim], subject: str) -> tuple[Section, ...]:
    """What is disputed, figures first; then one section per topic, the subject's first, then in the base's order."""
    groups = _groups(claims, base)
    disputed = [group for group in groups if len(group) > 1]
    disputed.sort(key=lambda group: not any(claim.figures for claim in group))
    of_topic: dict[str, list[Claim]] = {}
    names: dict[str, str] = {}
    for (claim,) in (group for group in groups if len(group) == 1):
        topic = claim.topics[0]
        names.setdefault(topic.key, topic.name)
        of_topic.setdefault(topic.key, []).append(claim)
    places = {key: place for place, key in enumerate(base.topics)}
    order = sorted(of_topic, key=lambda key: (names[key] != subject, places.get(key, len(places)), key))
    first = (Section(say("Disputed"), tuple(claim for group in disputed for claim in group)),) if disputed else ()
    return (*first, *(Section(names[key], tuple(of_topic[key])) for key in order))


def _groups(claims: Iterable[Claim], base: FactBase) -> list[list[Claim]]:
    """*claims* by number, those joined by a conflict in one group with every side of it; most are alone in theirs."""
    left = dict.fromkeys(sorted(claim.number for claim in claims))
    seen: set[int] = set()
    groups: list[list[Claim]] = []
    while left:
        found: list[Claim] = []
        waiting = [next(iter(left))]
        for number in waiting:
            left.pop(number, None)
            if number not in seen:
                seen.add(number)
                found.append(base.claims[number])
                waiting += base.disputes.get(number, ())
        if found:
            groups.append(found)
    return groups


def _unknown(base: FactBase, claims: Sequence[Claim], subject: str) -> tuple[str, ...]:
    """What no source gives: figures that people ask for with *subject*, the dates of events, a verification."""
    everywhere = {figure.metric for claim in base.live for figure in claim.figures}
    here = {figure.metric for claim in claims for figure in claim.figures}
    lacking = [key for key, metric in base.metrics.items() if key not in here and _concerns(subject, metric, base)]
    nowhere = [base.metrics[key].name for key in lacking if key not in everywhere]
    elsewhere = [base.metrics[key].name for key in lacking if key in everywhere]
    undated = sum(claim.event_date is None for claim in claims)
    lines = [
        say("How many: no source in the fact base gives a figure for {name}.", name=name)
        for name in map(_nameable, nowhere)
    ]
    lines += [
        say("How many: no claim here gives a figure for {name}; others do.", name=name)
        for name in map(_nameable, elsewhere)
    ]
    if undated:
        of = plural(len(claims), "claim")
        some = say("When: no date on which it happened is given for {n} of {claims} here.", n=undated, claims=of)
        lines.append(some if undated < len(claims) else say("When: no claim here gives a date on which it happened."))
    if claims and all(claim.verification.status in UNCHECKED for claim in claims):
        lines.append(say("Whether it is so: no source says that anybody verified any of it."))
    return tuple(lines)


def _concerns(subject: str, metric: Metric, base: FactBase) -> bool:
    """Whether people ask for *metric* with a name of the topic *subject*; every metric concerns the whole base."""
    if not subject:
        return True
    names = {_stems(name) for topic in base.topics.values() if topic.name == subject for name in topic.names}
    return any(_stems(name) in names for name in metric.names)


def _stems(name: str) -> tuple[str, ...]:
    return tuple(token.stem for token in tokens(name))


def _nameable(name: str) -> str:
    return "".join("…" if character.isnumeric() else character for character in name)
