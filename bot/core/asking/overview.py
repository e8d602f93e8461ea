"""Who says what, at a glance: claimants, how each reached us, how many claims; no figures of any claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.block import party_words, reported_once
from bot.core.claims import Claim, Relay, Status
from bot.core.wording import say

_VERIFIED = frozenset({Status.CORROBORATED})


@dataclass(frozen=True, slots=True)
class Voice:
    """
    One claimant in an overview.

    Attributes:
        claimant: As worded in attributions.
        through: The ways its claims reached us, each as one phrase ("to Reuters, in Fox News Digital"); without
            the publisher where there is but one source.
        claims: How many claims; verified: how many of them anybody verified, by the source's account.
    """

    claimant: str
    through: tuple[str, ...]
    claims: int
    verified: int


@dataclass(frozen=True, slots=True)
class Overview:
    """All claimants of some claims, those with most claims first; `once` names a source that all of them have."""

    voices: tuple[Voice, ...]
    claims: int
    verified: int
    once: str


def _route(claim: Claim, *, sourced: bool) -> str:
    attribution = claim.attribution
    if attribution.own_voice:
        return say("in its own voice")
    hops = [
        say("to {party}", party=hop.party.name) if hop.how is Relay.TO else say("via {party}", party=hop.party.name)
        for hop in attribution.relayed_by
    ]
    return ", ".join(
        [*hops, *([say("in {publisher}", publisher=attribution.source.publisher.name)] if sourced else [])]
    )


def overview(claims: Sequence[Claim]) -> Overview:
    """Group *claims* by claimant."""
    once = reported_once(claims)
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(party_words(claim.attribution.claimant), []).append(claim)
    voices = [
        Voice(
            claimant=claimant,
            through=tuple(dict.fromkeys(filter(None, (_route(claim, sourced=not once) for claim in of_claimant)))),
            claims=len(of_claimant),
            verified=sum(claim.verification.status in _VERIFIED for claim in of_claimant),
        )
        for claimant, of_claimant in groups.items()
    ]
    voices.sort(key=lambda voice: (-voice.claims, voice.claimant))
    return Overview(tuple(voices), len(claims), sum(voice.verified for voice in voices), once)


def by_claimant(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """*claims* with those of one claimant together, whoever has most claims first."""
    counted = Counter(claim.attribution.claimant.key for claim in claims)
    order = {key: position for position, (key, _) in enumerate(counted.most_common())}
    return tuple(sorted(claims, key=lambda claim: order[claim.attribution.claimant.key]))


def namesakes(claims: Sequence[Claim]) -> list[dict[str, list[Claim]]]:
    """Where one number bounds figures of unlike metrics: for each such number their keys, and who gives them."""
    alike: dict[tuple[str, float], dict[str, list[Claim]]] = {}
    for claim in claims:
        for figure in claim.figures:
            for value in {bound for bound in (figure.low, figure.high) if bound is not None}:
                by_metric = alike.setdefault((figure.unit, value), {})
                by_metric.setdefault(figure.metric, []).append(claim)
    return [by_metric for by_metric in alike.values() if len(by_metric) > 1]
