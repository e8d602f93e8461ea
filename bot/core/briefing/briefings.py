"""What a briefing says: the claims of one subject by question, when, by whom, and what nobody has said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.asking.overview import Overview, overview
from bot.core.asking.reading.tokens import tokens
from bot.core.asking.timeline import by_date
from bot.core.claims import Claim, FactBase, Metric, Status, Topic
from bot.core.dates import day_words


@dataclass(frozen=True, slots=True)
class Section:
    """Claims that answer one question, those in conflict next to each other."""

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
        overview: Who says what, by how many claims.
        unknown: Sentences, each about one metric for which there is no figure; without digits.
        challenges: `C14: challenged on 3 Dec 2025`, for the claims shown.
        newest_source: When the newest source was published; None without claims.
        revision: Number of the newest change of the base it was made from.
        today: The day it is made for, from which ages count.
    """

    subject: str
    statuses: tuple[tuple[Status, int], ...]
    sections: tuple[Section, ...]
    timeline: tuple[Claim, ...]
    overview: Overview
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
        claims: Live claims of *base*, each once.
        subject: As shown; empty for the whole base.
        challenges: Open challenges, as a claim's number and the day; those of other claims are left out.
    """
    shown = {claim.number for claim in claims}
    statuses = Counter(claim.verification.status for claim in claims)
    return Briefing(
        subject=subject,
        statuses=tuple(sorted(statuses.items(), key=lambda each: (-each[1], list(Status).index(each[0])))),
        sections=_sections(base, claims, subject),
        timeline=by_date(claim for claim in claims if claim.event_date),
        overview=overview(claims),
        unknown=_unknown(base, claims, subject),
        challenges=tuple(
            f"C{number}: challenged on {day_words(day)}" for number, day in sorted(challenges) if number in shown
        ),
        newest_source=max((claim.attribution.source.published_on for claim in claims), default=None),
        revision=revision,
        today=today,
    )


def _sections(base: FactBase, claims: Sequence[Claim], subject: str) -> tuple[Section, ...]:
    """One section per topic, the subject's own first, then in the base's order."""
    of_topic: dict[str, list[Claim]] = {}
    names: dict[str, str] = {}
    for group in _conflicts(claims, base.disputes):
        topic = _question(group)
        names.setdefault(topic.key, topic.name)
        of_topic.setdefault(topic.key, []).extend(group)
    places = {key: place for place, key in enumerate(base.topics)}
    order = sorted(of_topic, key=lambda key: (names[key] != subject, places.get(key, len(places)), key))
    return tuple(Section(names[key], tuple(of_topic[key])) for key in order)


def _question(group: Sequence[Claim]) -> Topic:
    """The first topic of the group's first claim that all of them share, so that a conflict stays in one place."""
    first = group[0].topics
    every = [{topic.key for topic in claim.topics} for claim in group]
    return next((topic for topic in first if all(topic.key in keys for keys in every)), first[0])


def _conflicts(claims: Iterable[Claim], disputes: Mapping[int, tuple[int, ...]]) -> list[list[Claim]]:
    """*claims* by number, those joined by a conflict in one group; most are alone in theirs."""
    left = {claim.number: claim for claim in sorted(claims, key=lambda claim: claim.number)}
    groups: list[list[Claim]] = []
    while left:
        found: list[Claim] = []
        waiting = [next(iter(left))]
        while waiting:
            claim = left.pop(waiting.pop(0), None)
            if claim:
                found.append(claim)
                waiting += disputes.get(claim.number, ())
        groups.append(found)
    return groups


def _unknown(base: FactBase, claims: Sequence[Claim], subject: str) -> tuple[str, ...]:
    """For each metric that *subject* concerns, that no claim gives a figure for it, if so."""
    everywhere = {figure.metric for claim in base.live for figure in claim.figures}
    here = {figure.metric for claim in claims for figure in claim.figures}
    return tuple(
        f"No figure for {_without_digits(metric.name)}: "
        + ("other claims in the fact base give one, none shown here does." if key in everywhere else _NOBODY)
        for key, metric in base.metrics.items()
        if key not in here and _concerns(subject, metric, base)
    )


_NOBODY = "no claim in the fact base gives one."


def _concerns(subject: str, metric: Metric, base: FactBase) -> bool:
    """Whether people ask for *metric* with a name of the topic *subject*; every metric concerns the whole base."""
    if not subject:
        return True
    names = {_stems(name) for topic in base.topics.values() if topic.name == subject for name in topic.names}
    return any(_stems(name) in names for name in metric.names)


def _stems(name: str) -> tuple[str, ...]:
    return tuple(token.stem for token in tokens(name))


def _without_digits(name: str) -> str:
    return "".join("…" if character.isnumeric() else character for character in name)
