"""How likely a candidate is a claim, or a reservation about what was said before it: by weights that were fitted."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from rapidfuzz import fuzz

from bot.core.intake.limits import limiting
from bot.core.intake.naming import bare
from bot.core.intake.passages import Passage
from bot.core.intake.proposals import Article, Proposal
from bot.core.intake.words import pattern, plain, words

NUMBERS: dict[str, Any] = json.loads(resources.files("bot.core.intake").joinpath("fitted.json").read_text("utf-8"))
_SAME = 80
"""How alike (0-100) two statements' words are where one says the other again."""
_SHORT, _BRIEF, _LONG = 5, 8, 14
_NAME = re.compile(r"\b[A-Z][a-z]+")
_SAYS = (
    "negative opens_no modest pending check proof possessive anaphora future may denies wants ours reader leads"
    " there asks within passive"
)
_WORDS = {name: pattern("weighing", name) for name in _SAYS.split()}
_CONCEDING, _ADDING = words("weighing", "conceding"), words("weighing", "adding")
_PRONOUNS = frozenset({"it", "he", "she", "they", "who"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    What might be a claim.

    Attributes:
        passage: The number of the passage that it stands in.
        verb: Base form of the verb that its sentence gives it to somebody with; empty for none.
        whole: Whether the claimant's own doing is asserted.
    """

    proposal: Proposal
    passage: int
    verb: str = ""
    whole: bool = False


def features(found: Sequence[Candidate], at: int, passages: Sequence[Passage], article: Article) -> dict[str, bool]:
    """What is weighed of the candidate at *at* of *found*, which are all of the text in its order."""
    this = found[at]
    proposal, here = this.proposal, passages[this.passage]
    said = plain(proposal.content.of(article.text))
    holds = {name: each.search(said) is not None for name, each in _WORDS.items()}
    return {
        **holds,
        **_spoken(this, found, article),
        **_placed(found, at, passages),
        "limits": limiting(proposal.content.of(article.text)),
        "figures": bool(proposal.figures),
        "two_figures": len(proposal.figures) > 1,
        "quotation": bool(proposal.quotations),
        "name": _NAME.search(proposal.content.of(article.text)[1:]) is not None,
        "date": any(each.span.within(proposal.content) for each in proposal.dates),
        "short": len(said.split()) < _SHORT,
        "brief": len(said.split()) < _BRIEF,
        "long": len(said.split()) > _LONG,
        "question": article.text[: here.span.start].rstrip()[-1:] == "?",
        "opens": article.text[here.span.end : here.span.end + 1] in {":", ";"}
        or article.text[here.span.end - 1] in ":;",
        "again": any(_alike(said, each.proposal, article.text) for each in found[:at]),
    }


def _alike(said: str, other: Proposal, text: str) -> bool:
    return fuzz.token_set_ratio(said, plain(other.content.of(text))) > _SAME


def _spoken(this: Candidate, found: Sequence[Candidate], article: Article) -> dict[str, bool]:
    who = this.proposal.claimant
    name = who.name.casefold() if who else ""
    own = bare(this.proposal.content.of(article.text))
    names = {each.proposal.claimant.name for each in found if each.proposal.claimant}
    publisher = set(article.publisher.casefold().split())
    return {
        "nobody": who is None,
        "pronoun": who is not None and plain(who.span.of(article.text)) in _PRONOUNS,
        "publisher": name == "we" or (bool(name) and set(bare(name).casefold().split()) <= publisher),
        "relayed": bool(this.proposal.relayed_by),
        "concedes": this.verb in _CONCEDING,
        "adds": this.verb in _ADDING,
        "whole": this.whole,
        "of_speaker": who is None and any(own.startswith(each) for each in names),
    }


def _placed(found: Sequence[Candidate], at: int, passages: Sequence[Passage]) -> dict[str, bool]:
    this, number = found[at], passages[found[at].passage].paragraph
    before = [each for each in found[:at] if passages[each.passage].paragraph == number]
    names = [each.proposal.claimant.name for each in before if each.proposal.claimant]
    name = this.proposal.claimant.name if this.proposal.claimant else ""
    owner = re.split(r"[’']s?\s", name)[0]
    last = this.passage + 1 == len(passages) or passages[this.passage + 1].paragraph != number
    return {
        "first": passages[this.passage - 1].paragraph != number,
        "last": last,
        "later": any(each.passage == this.passage for each in before),
        "several": any(each.passage == this.passage and each is not this for each in found),
        "before": bool(before),
        "figures_before": any(each.proposal.figures for each in before),
        "sides": len(set(names)) > 1,
        "same": names[-1:] == [name] or names[-1:] == [owner],
        "said_before": name in names or owner in names,
    }


_PAIRS = (
    ("nobody", "figures"),
    ("nobody", "negative"),
    ("nobody", "last"),
    ("same", "figures"),
    ("last", "figures"),
    ("negative", "figures"),
    ("nobody", "short"),
    ("nobody", "name"),
    ("same", "possessive"),
    ("same", "last"),
    ("same", "adds"),
    ("negative", "check"),
    ("nobody", "proof"),
    ("negative", "proof"),
    ("last", "sides"),
    ("pending", "last"),
    ("whole", "short"),
    ("whole", "denies"),
)
"""Features that mean something else together than each alone."""


def values(has: Mapping[str, bool]) -> dict[str, float]:
    """The features as numbers, with those that count together."""
    together = {f"{one}+{other}": float(has[one] and has[other]) for one, other in _PAIRS}
    return {name: float(value) for name, value in has.items()} | together


def chance(model: str, has: Mapping[str, float]) -> float:
    """How likely it is that the candidate is a `claim`, or a `caveat`."""
    weights = NUMBERS[model]
    return 1 / (1 + math.exp(-weights["intercept"] - sum(weights[name] * value for name, value in has.items())))
