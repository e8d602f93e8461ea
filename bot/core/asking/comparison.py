"""Conflicting claims side by side: one panel per metric, one row per claim; nothing is averaged away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.claims import Claim, Metric
from bot.core.figures import Figure


@dataclass(frozen=True, slots=True)
class Panel:
    """The claims that give a figure for one metric, in one unit; unlike metrics never share a panel."""

    metric: str
    claims: tuple[Claim, ...]
    key: str
    unit: str

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


def _claimants(panel: Panel) -> int:
    return len({claim.attribution.claimant.key for claim in panel.claims})
