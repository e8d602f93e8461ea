"""What a search gives back: claims, a question back, or an honest no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.asking.reasons import gives_reason
from bot.core.claims import Claim, Entry, FactBase


@dataclass(frozen=True, slots=True)
class Correction:
    """A typed word that was read as another, shown to the member: Showing *casualties* for “casulties”."""

    typed: str
    read_as: str


@dataclass(frozen=True, slots=True)
class Found:
    """
    Claims that answer, best first.

    Attributes:
        claims: At least one, none retired.
        corrections: Typos that were mended on the way.
        matched: Entries the question named and the claims meet ("matched: topic casualties").
        notes: Sentences the reply must open with ("14,000 is what was *sent*, not killed"); no bare figure
            in them that the question did not itself contain.
        direct: How many of the claims answer as asked; the rest is further reading. None: all of them.
        asks: What the answer must show beside the claims: `when`, `where`.
        how: By which way they were found, in plain words, where it is not by their rank alone.
    """

    claims: tuple[Claim, ...]
    corrections: tuple[Correction, ...] = ()
    matched: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
    direct: int | None = None
    asks: frozenset[str] = frozenset()
    how: str = ""

    def led(self, base: FactBase) -> Found:
        """
        What answers first, the rest as further reading.

        The best claim answers, and every side of its conflict; where a number is asked for, also whoever else gives
        a figure for what it counts.
        """
        best = self.claims[0]
        sides = {best.number, *base.disputes.get(best.number, ())}
        if "how_many" in self.asks:
            counted = {figure.metric for figure in best.figures}
            sides |= {
                claim.number for claim in self.claims if any(figure.metric in counted for figure in claim.figures)
            }
        answering = [claim for claim in self.claims if claim.number in sides]
        answering += [base.claims[number] for number in sorted(sides - {claim.number for claim in answering})]
        return self.led_by(answering)

    def led_by(self, answering: Sequence[Claim]) -> Found:
        """*answering* first, the rest as further reading."""
        return replace(self, claims=tuple(dict.fromkeys((*answering, *self.claims))), direct=len(answering))

    def with_sides(self, base: FactBase) -> Found:
        """With every claim that disputes one that answers, after those that do."""
        answering = self.claims[: self.direct]
        held = {claim.number for claim in answering}
        rivals = dict.fromkeys(number for claim in answering for number in base.disputes.get(claim.number, ()))
        missing = tuple(base.claims[number] for number in rivals if number not in held)
        if not missing:
            return self
        claims = tuple(dict.fromkeys((*answering, *missing, *self.claims)))
        return replace(self, claims=claims, direct=self.direct and len(answering) + len(missing))

    def giving_reasons(self) -> Found | None:
        """The claims of it that state a purpose or a cause, for who asks why; None where none does."""
        answering = [claim for claim in self.claims[: self.direct] if gives_reason(claim)]
        further = [claim for claim in self.claims[len(self.claims[: self.direct]) :] if gives_reason(claim)]
        if not answering:
            answering, further = further, []
        if not answering:
            return None
        direct = len(answering) if further or self.direct is not None else None
        return replace(self, claims=(*answering, *further), direct=direct)


@dataclass(frozen=True, slots=True)
class Option:
    """One reading offered to the member."""

    label: str
    question: str

    @classmethod
    def leading_to(cls, claim: Claim, base: FactBase) -> Option:
        """The button *topic — claimant* that leads to *claim* and all that dispute it."""
        sides = (claim.ref, *(f"C{number}" for number in base.disputes.get(claim.number, ())))
        return cls(f"{claim.topics[0].name} — {claim.attribution.claimant.name}", " ".join(sides))


@dataclass(frozen=True, slots=True)
class Near:
    """A claim that may be what is meant: how near its words come, as the logit that orders claims."""

    claim: Claim
    score: float


@dataclass(frozen=True, slots=True)
class Unsure:
    """
    The member chooses. Labels hold no figures beyond the member's own.

    Attributes:
        options: Ways to read what was asked, equally likely; or, where *offered*, claims that it may mean.
        offered: Whether no claim answers as asked, and only wording stands between: labels are *topic — claimant*.
        near: Every claim that may be offered, the nearest by its words first.
        by_meaning: Whether the options are the nearest by meaning, too.
    """

    options: tuple[Option, ...]
    asked: str = ""
    offered: bool = False
    near: tuple[Near, ...] = ()
    by_meaning: bool = False


@dataclass(frozen=True, slots=True)
class Nothing:
    """
    No claim answers.

    Attributes:
        asked: What could not be met, in the member's words.
        nearest: Topics that come near to it, at most three; empty where none does.
        how: Why no claim is shown, in plain words, where claims did match.
    """

    asked: str
    nearest: tuple[Entry, ...] = ()
    corrections: tuple[Correction, ...] = ()
    how: str = ""


Result = Found | Unsure | Nothing
