"""Which claims answer a question that gives a number, and what is said where it is another metric's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.asking.matching.guard import Guard
from bot.core.asking.matching.profile import Profile
from bot.core.asking.question import Question
from bot.core.claims import Kind, Metric
from bot.core.wording import say

_IDLE_NUMBER = 13
"""Numbers below this are as often just said ("the first three days") as asked about."""

_NAMED = 3
"""Others at most who are said to give a number."""


def with_numbers(
    met: Sequence[Profile],
    pool: Sequence[Profile],
    every: Sequence[Profile],
    question: Question,
    guard: Guard,
    metrics: Mapping[str, Metric],
) -> tuple[list[Profile], tuple[str, ...]]:
    """
    The claims for a question that gives a number: those worded with it, or else others, and a note why.

    Args:
        met: Claims that meet all that the question names.
        pool: All claims it is held against; every: all claims of the base, of which what is said has to be true.
        metrics: By key, for their names.
    """
    asked = question.numbers
    holders = [each for each in met if _holds(each, question)]
    exact = [each for each in holders if guard.gives(each, question)]
    if exact:
        return exact, ()
    if holders:
        others = [each for each in met if each.counts and each not in holders]
        return [*holders, *others], tuple(_other_metric(each, every, question, metrics) for each in holders)
    counted = question.named(Kind.METRIC) | question.named(Kind.TOPIC)
    elsewhere = [each for each in pool if guard.admits_but_for_metric(each, question) and _holds(each, question)]
    if elsewhere and counted:
        with_figures = [each for each in met if each.counts]
        return [*elsewhere, *with_figures], tuple(_other_metric(each, every, question, metrics) for each in elsewhere)
    if all(number.value < _IDLE_NUMBER and number.value >= 1 for number in asked) and question.slots:
        return list(met), ()
    if not counted:
        return [], ()
    typed = ", ".join(f"“{number.typed}”" for number in asked)
    givers = _givers(every, question)
    notes = [_is_given(each, question, metrics) for each in givers[:_NAMED]]
    return [each for each in met if each.counts], tuple(dict.fromkeys(notes)) or (
        say("No claim in the fact base gives the figure {typed} for this.", typed=typed),
    )


def _givers(every: Sequence[Profile], question: Question) -> list[Profile]:
    """The claims, of all, that give a number of *question* for a metric that it names, or that its topics cover."""
    metrics, topics = question.named(Kind.METRIC), question.named(Kind.TOPIC)
    return [
        each
        for each in every
        if any(
            any(count.has(number) for number in question.numbers)
            and (count.figure.metric in metrics or (not metrics and topics & each.topics))
            for count in each.counts
        )
    ]


def _holds(each: Profile, question: Question) -> bool:
    return any(count.has(number) for count in each.counts for number in question.numbers)


def _is_given(each: Profile, question: Question, metrics: Mapping[str, Metric]) -> str:
    """That the claimant of *each* gives a number of *question*, and for what."""
    named = question.named(Kind.METRIC)
    pairs = [(count, number) for count in each.counts for number in question.numbers if count.has(number)]
    count, number = max(pairs, key=lambda pair: pair[0].figure.metric in named)
    key = count.figure.metric
    is_for = metrics[key].name if key in metrics else key
    return say(
        "“{typed}” is given for “{metric}”, by {claimant}.",
        typed=number.typed,
        metric=is_for.lower(),
        claimant=each.claim.attribution.claimant.name,
    )


def _other_metric(each: Profile, every: Sequence[Profile], question: Question, metrics: Mapping[str, Metric]) -> str:
    """That a number is given for another metric than is asked about; and that no claim of all gives it for that."""
    named = [slot for slot in question.slots if slot.of(Kind.METRIC)]
    typed = [" ".join(token.typed for token in question.tokens[slot.start : slot.end]) for slot in named]
    asked = ", ".join(f"“{words}”" for words in typed)
    not_for = say("; no claim gives it for {asked}", asked=asked) if asked and not _givers(every, question) else ""
    return f"{_is_given(each, question, metrics).removesuffix('.')}{not_for}."
