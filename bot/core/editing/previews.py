"""A change of a claim as its maker looks at it before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.core.asking.reading.tokens import tokens
from bot.core.claims import Claim, FactBase
from bot.core.rules.stated_figures import disagreements
from bot.core.rules.vetting import Finding, rivals, vet_claim

_ALIKE = 65
_MOST_ALIKE = 3


@dataclass(frozen=True, slots=True)
class Draft:
    """
    A change as its maker looks at it before it is saved.

    Attributes:
        before: The state it changes; None for a new claim.
        alike: Live claims that say nearly the same as a new one, the nearest first.
        findings: What `check` would say about it, one sentence each.
        proposes: Whether it is to wait for a second moderator when it is saved.
        rivals: Claims of others that give another figure for the same thing, and that it is not linked to.
        disagrees: Where its figures and its words contradict each other, one sentence each.
    """

    before: Claim | None
    after: Claim
    alike: tuple[Claim, ...] = ()
    findings: tuple[str, ...] = ()
    proposes: bool = False
    rivals: tuple[Claim, ...] = ()
    disagrees: tuple[str, ...] = ()


def draft_of(base: FactBase, before: Claim | None, after: Claim) -> Draft:
    """A change to look at: what is nearly the same in *base*, and what `check` would say."""
    alike = () if before else _alike(base, after)
    findings = tuple(map(_sentence, vet_claim(base, after)))
    known = set(disagreements(before)) if before else set[str]()
    disagrees = tuple(each for each in disagreements(after) if each not in known)
    return Draft(before, after, alike, findings, rivals=rivals(base, after), disagrees=disagrees)


def _sentence(finding: Finding) -> str:
    where = " ".join(str(part) for part in finding.field if not isinstance(part, int))
    return f"{where.replace('_', ' ')}: {finding.message}"


def _alike(base: FactBase, claim: Claim) -> tuple[Claim, ...]:
    others = [other for other in base.live if other.number != claim.number]
    texts: Sequence[str] = [_stems(other.statement) for other in others]
    found = process.extract(
        _stems(claim.statement), texts, scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE, limit=_MOST_ALIKE
    )
    return tuple(others[at] for _, _, at in found)


def _stems(text: str) -> str:
    return " ".join(token.stem for token in tokens(text))
