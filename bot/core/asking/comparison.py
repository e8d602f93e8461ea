"""Conflicting claims side by side: one panel per metric, one row per claim; nothing is averaged away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.claims import Claim, FactBase, Metric
from bot.core.figures import Figure
from bot.core.rules.headlines import headline_in
from bot.core.wording import say

_PLAIN_UNITS = frozenset({"people", "share"})


@dataclass(frozen=True, slots=True)
class Panel:
    """The claims that give a figure for one metric, in one unit; unlike metrics never share a panel."""

    metric: str
    claims: tuple[Claim, ...]
    key: str
    unit: str

    @property
    def name(self) -> str:
        """The metric, and the unit where the name does not say it."""
        said = self.unit in _PLAIN_UNITS or self.unit.casefold() in self.metric.casefold()
        return self.metric if said or headline_in(self.unit) else f"{self.metric} ({self.unit})"

    def figures(self, claim: Claim) -> tuple[Figure, ...]:
        """The figures of *claim* that belong into this panel."""
        return tuple(each for each in claim.figures if each.metric == self.key and each.unit == self.unit)


def panels(claims: Iterable[Claim], metrics: Mapping[str, Metric]) -> tuple[Panel, ...]:
    """Group *claims* by metric, the one most claimants give a figure for first; claims without figures drop out."""
    grouped: dict[tuple[str, str], dict[int, Claim]] = {}
    for claim in claims:
        for figure in claim.figures:
            grouped.setdefault((figure.metric, figure.unit), {})[claim.number] = claim
    found = [
        Panel(metrics[key].name if key in metrics else key, tuple(of_metric.values()), key, unit)
        for (key, unit), of_metric in grouped.items()
    ]
    return tuple(sorted(found, key=lambda panel: (-_claimants(panel), panel.metric, panel.unit)))


def conflict_words(claim: Claim, base: FactBase, most: int) -> str:
    """
    What stands beside a claim's id about its conflicts; empty where it has none.

    A conflict is between accounts of one thing: a claim whose figures count something else is at odds with this one,
    and its figures do not compare. So a heading never promises what `panels` keeps apart.

    Args:
        most: How many ids to name at most; further ones are counted.
    """
    counted = {(figure.metric, figure.unit) for figure in claim.figures}
    same: list[str] = []
    other: list[str] = []
    for number in base.disputes.get(claim.number, ()):
        theirs = {(figure.metric, figure.unit) for figure in base.claims[number].figures}
        apart = counted and theirs and counted.isdisjoint(theirs)
        (other if apart else same).append(f"C{number}")
    words = (
        say("conflicts with {refs}", refs=_listed(same, most)) if same else "",
        say("at odds with {refs} (not comparable)", refs=_listed(other, most)) if other else "",
    )
    return " · ".join(filter(None, words))


def _listed(refs: list[str], most: int) -> str:
    more = say(" and {n} more", n=len(refs) - most) if len(refs) > most else ""
    return f"{', '.join(refs[:most])}{more}"


def _claimants(panel: Panel) -> int:
    return len({claim.attribution.claimant.key for claim in panel.claims})
