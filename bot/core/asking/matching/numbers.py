"""Which claims answer a question that gives a number, and what is said where it is another metric's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.asking.matching.guard import Guard
from bot.core.asking.matching.profile import Profile
from bot.core.asking.question import Question
from bot.core.claims import Kind, Metric

_IDLE_NUMBER = 13
"""Numbers below this are as often just said ("the first three days") as asked about."""


def with_numbers(
    met: Sequence[Profile], pool: Sequence[Profile], question: Question, guard: Guard, metrics: Mapping[str, Metric]
) -> tuple[list[Profile], tuple[str, ...]]:
    """
    The claims for a question that gives a number: those worded with it, or else others, and a note why.

    Args:
        met: Claims that meet all that the question names.
        pool: All claims it is held against.
        metrics: By key, for their names.
    """
    asked = question.numbers
    holders = [each for each in met if _holds(each, question)]
    exact = [each for each in holders if guard.gives(each, question)]
    if exact:
        return exact, ()
    if holders:
        others = [each for each in met if each.counts and each not in holders]
        return [*holders, *others], tuple(_other_metric(each, question, metrics) for each in holders)
    counted = question.named(Kind.METRIC) | question.named(Kind.TOPIC)
    elsewhere = [each for each in pool if guard.admits_but_for_metric(each, question) and _holds(each, question)]
    if elsewhere and counted:
        with_figures = [each for each in met if each.counts]
        return [*elsewhere, *with_figures], tuple(_other_metric(each, question, metrics) for each in elsewhere)
    if all(number.value < _IDLE_NUMBER and number.value >= 1 for number in asked) and question.slots:
        return list(met), ()
    if not counted:
        return [], ()
    typed = ", ".join(f"“{number.typed}”" for number in asked)
    return [each for each in met if each.counts], (f"No claim in the fact base gives the figure {typed} for this.",)


def _holds(each: Profile, question: Question) -> bool:
    return any(count.has(number) for count in each.counts for number in question.numbers)


def _other_metric(each: Profile, question: Question, metrics: Mapping[str, Metric]) -> str:
    count, number = next((count, number) for count in each.counts for number in question.numbers if count.has(number))
    is_for = metrics[count.figure.metric].name if count.figure.metric in metrics else count.figure.metric
    named = [slot for slot in question.slots if slot.of(Kind.METRIC)]
    typed = [" ".join(token.typed for token in question.tokens[slot.start : slot.end]) for slot in named]
    asked = ", ".join(f"“{words}”" for words in typed)
    claimant = each.claim.attribution.claimant.name
    not_for = f"; no claim gives it for {asked}" if asked else ""
    return f"“{number.typed}” is given for “{is_for.lower()}”, by {claimant}{not_for}."
