"""What to type, as examples in the words of the base at hand; of an empty base, placeholders in capitals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.claims import Claim, Entry, FactBase

_SLOT = re.compile(r"\{(\w+)\}")
_PLAIN = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Examples:
    """
    Names of one base to stand in examples; each is in capitals where the base has nothing of the kind.

    Attributes:
        topic: The topic with most claims; compared: the one with most competing figures.
        place, party: Likewise; party is the claimant with most claims.
        claim, other: Ids of two claims, in conflict if any are.
        source: A source's key; metric: a metric's name.
    """

    topic: str = "TOPIC"
    compared: str = "TOPIC"
    place: str = "PLACE"
    party: str = "PARTY"
    claim: str = "C14"
    other: str = "C15"
    source: str = "SOURCE"
    metric: str = "METRIC"

    def fill(self, example: str) -> str:
        """
        *example* with its slots filled: `compare {compared}` becomes `compare casualties`.

        A slot whose name ends in `_quoted` is one word to a command: what has spaces stands in quotation marks.
        """
        return _SLOT.sub(self._slot, example)

    def _slot(self, found: re.Match[str]) -> str:
        name = found[1]
        word: str = getattr(self, name.removesuffix("_quoted"))
        return f'"{word}"' if name.endswith("_quoted") and not _PLAIN.fullmatch(word) else word


def examples_of(base: FactBase) -> Examples:
    """The names that examples take from *base*: of what has most claims, so that every example has an answer."""
    none, live = Examples(), base.live
    contested = [claim for claim in live if claim.figures and claim.number in base.disputes]
    counted = contested or [claim for claim in live if claim.figures]
    topic = _commonest((entry for claim in live for entry in claim.topics), base.topics.values(), none.topic)
    pair = _pair(base)
    return Examples(
        topic=topic,
        compared=_commonest((entry for claim in counted for entry in claim.topics), (), topic),
        place=_commonest((entry for claim in live for entry in claim.places), base.places.values(), none.place),
        party=_commonest((claim.attribution.claimant for claim in live), base.parties.values(), none.party),
        claim=pair[0].ref if pair else none.claim,
        other=pair[-1].ref if pair else none.other,
        source=max((claim.attribution.source.key for claim in live), default=none.source),
        metric=next((metric.name.casefold() for metric in base.metrics.values()), none.metric),
    )


def _pair(base: FactBase) -> tuple[Claim, ...]:
    for number, others in sorted(base.disputes.items()):
        return base.claims[number], base.claims[others[0]]
    return base.live[:2]


def _commonest(used: Iterable[Entry], there: Iterable[Entry], otherwise: str) -> str:
    """The name used most, else the first there is, in small letters as people type."""
    counted = Counter(entry.name for entry in used).most_common(1)
    name = counted[0][0] if counted else next((entry.name for entry in there), "")
    return name.casefold() or otherwise
