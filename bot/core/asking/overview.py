"""Who says what, at a glance: claimants, how each reached us, how many claims; no figures of any claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.core.asking.summary import UNCHECKED, checked_words
from bot.core.block import party_words, reported_once
from bot.core.claims import Claim, Relay
from bot.core.plurals import plural
from bot.core.wording import say


@dataclass(frozen=True, slots=True)
class Voice:
    """
    One claimant at a glance.

    Attributes:
        claimant: As worded in attributions.
        through: The ways its claims reached us, each as one phrase ("to Reuters, in Fox News Digital"); without
            the publisher where there is but one source.
        counted: How many claims, and how far anybody checked them where somebody checked any of all.
    """

    claimant: str
    through: tuple[str, ...]
    counted: str


def voices(claims: Sequence[Claim]) -> tuple[Voice, ...]:
    """Whoever says any of *claims*, those with most claims first."""
    sourced = not reported_once(claims)
    checked = any(claim.verification.status not in UNCHECKED for claim in claims)
    found: list[Voice] = []
    for _, group in groupby(by_claimant(claims), lambda claim: claim.attribution.claimant.key):
        own = tuple(group)
        through = tuple(dict.fromkeys(filter(None, (_route(claim, sourced=sourced) for claim in own))))
        counted = plural(len(own), "claim") + (f"; {checked_words(own)}" if checked else "")
        found.append(Voice(party_words(own[0].attribution.claimant), through, counted))
    return tuple(found)


def _route(claim: Claim, *, sourced: bool) -> str:
    attribution = claim.attribution
    if attribution.own_voice:
        return say("in its own voice")
    hops = [
        say("to {party}", party=hop.party.name) if hop.how is Relay.TO else say("via {party}", party=hop.party.name)
        for hop in attribution.relayed_by
    ]
    read_in = [say("in {publisher}", publisher=attribution.source.publisher.name)] if sourced else []
    return ", ".join(hops + read_in)


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
