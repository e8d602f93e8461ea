"""Figures keep their words: a claim says "more than 4,000", never 4000."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.core.digits import written
from bot.core.wording import say
from bot.errors import InvalidClaim

_MOST = 10**15


@dataclass(frozen=True, slots=True)
class Figure:
    """
    One quantity inside a claim, with the words the source used.

    Attributes:
        metric: Key of the metric counted (`killed`, `losses`, `sent` …). Unlike metrics never share a scale.
        subject: Who or what is counted, in words ("North Korean troops").
        quantifier: The quantity as the source words it: "more than 4,000", "two-thirds", "thousands".
        low: Lowest value the words allow; None where they give no lower bound ("up to 12,000").
        high: Highest value the words allow; None where they give no upper bound ("more than 4,000").
        unit: What one unit is: "people", "settlements", or "share" for a fraction of `of`.
        of: The denominator in words ("64 settlements"); empty where there is none.

    After UCDP's low and high estimates, without a "best" one. "Thousands" has no bounds.
    """

    metric: str
    subject: str
    quantifier: str
    low: float | None = None
    high: float | None = None
    unit: str = "people"
    of: str = ""

    def __post_init__(self) -> None:
        for name in ("metric", "subject", "quantifier", "unit"):
            if not getattr(self, name).strip():
                raise InvalidClaim(say("A figure needs its {name}.", name=name))
        if any(isinstance(bound, float) and not math.isfinite(bound) for bound in (self.low, self.high)):
            raise InvalidClaim(say("A figure's low and high are numbers, or empty where the words give none."))
        if any(bound is not None and abs(bound) >= _MOST for bound in (self.low, self.high)):
            raise InvalidClaim(say("A figure's bounds are beyond anything that can be counted."))
        if self.low is not None and self.high is not None and self.low > self.high:
            raise InvalidClaim(say("A figure's low is above its high; mend one of the two."))

    @property
    def words(self) -> str:
        """`killed: more than 6,000 (North Korean troops) [6000..]`: all of it, so that any change can be seen."""
        unit = "" if self.unit == "people" else f" {self.unit}"
        return f"{self.metric}: {self.counted}{f' [{self.bounds}]' if self.bounds else ''}{unit}"

    @property
    def bounds(self) -> str:
        """`6000..`, `..12000`, `10000..12000` or `14000`, in digits; empty where the words give none."""
        if self.low == self.high:
            return "" if self.low is None else written(self.low)
        return f"{'' if self.low is None else written(self.low)}..{'' if self.high is None else written(self.high)}"

    @property
    def counted(self) -> str:
        """`more than 6,000 (North Korean troops)`, to stand beside the metric's name."""
        return f"{self.stated} ({self.subject})"

    @property
    def stated(self) -> str:
        """`40 % of the crew`: the words and what they are a share of."""
        return f"{self.quantifier} of {self.of}" if self.of else self.quantifier

    def admits(self, value: float) -> bool:
        """Whether *value* is one of the numbers this figure is worded with (not merely inside its range)."""
        return value in (self.low, self.high)
