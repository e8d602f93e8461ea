"""How a claim bears on others, as moderators say it: several at once, and never taken back by saying it twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core.claims import Claim, Link, Relation, parse_ref
from bot.core.wording import refused

UNRELATED = "unrelated"


def leading_refs(text: str) -> tuple[list[str], str]:
    """The ids that *text* begins with, each with its letter or number sign, and what follows them."""
    words = text.split()
    count = 0
    while count < len(words) and parse_ref(words[count].strip(",;"), bare=False) is not None:
        count += 1
    return words[:count], " ".join(words[count:])


def related(claim: Claim, link: str, numbers: Sequence[int]) -> Claim:
    """
    *claim* with that relation to each of *numbers* besides those that it has; or with none to them any more.

    Raises:
        Refused: It has them all already, or none to take back, or would be related to itself.
    """
    if link == UNRELATED:
        kept = tuple(each for each in claim.relations if each.number not in numbers)
        if kept == claim.relations:
            raise refused(
                "{ref} states no relation to {refs}; the other side may.", ref=claim.ref, refs=_refs(numbers)
            )
        return replace(claim, relations=kept)
    wanted = [Relation(Link(link), number) for number in numbers]
    new = [each for each in wanted if each not in claim.relations]
    if not new:
        raise refused(
            "{ref} states that of {refs} already; “unrelated” in place of it takes that back.",
            ref=claim.ref,
            refs=_refs(numbers),
        )
    return replace(claim, relations=(*claim.relations, *new))


def _refs(numbers: Sequence[int]) -> str:
    return ", ".join(f"C{number}" for number in numbers)


def renumbered(claim: Claim, numbers: Mapping[int, int]) -> Claim:
    """*claim* under another number, and so those it is related to; what *numbers* lacks stays, itself aside."""
    number = numbers[claim.number]
    relations = (replace(each, number=numbers.get(each.number, each.number)) for each in claim.relations)
    return replace(claim, number=number, relations=tuple(each for each in relations if each.number != number))
