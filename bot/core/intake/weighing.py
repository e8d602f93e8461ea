"""How likely a candidate is a claim, or a reservation about what was said before it: by weights that were fitted."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from bot.core.intake.grammar import Word
from bot.core.intake.limits import limiting
from bot.core.intake.naming import bare
from bot.core.intake.passages import Passage
from bot.core.intake.proposals import Article, Proposal
from bot.core.intake.words import pattern, plain, words

NUMBERS: dict[str, Any] = json.loads(resources.files("bot.core.intake").joinpath("fitted.json").read_text("utf-8"))
_SHORT, _BRIEF, _LONG = 5, 8, 14
_MANY, _MOST, _COMPACT = 3, 0.8, 12
_OPEN = frozenset({"AUX", "ADP", "DET", "CCONJ", "SCONJ", "PART", "PRON"})
"""Kinds of words that nothing ends with but what was cut."""
_NAME = re.compile(r"\b[A-Z][a-z]+")
_PROPER = re.compile(r"(?!The\s)[A-Z]|.+[A-Z]", re.DOTALL)
_SAYS = (
    "negative opens_no modest pending check proof possessive anaphora future may denies wants ours reader leads"
    " there asks within passive meets"
)
_WORDS = {name: pattern("weighing", name) for name in _SAYS.split()}
_CONCEDING, _ADDING = words("weighing", "conceding"), words("weighing", "adding")


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    What might be a claim.

    Attributes:
        passage: The number of the passage that it stands in.
        verb: Base form of the verb that its sentence gives it to somebody with; empty for none.
        whole: Whether the claimant's own doing is asserted.
        words: What is asserted, parsed; `tag` is the form of its predicate.
    """

    proposal: Proposal
    passage: int
    verb: str = ""
    whole: bool = False
    words: tuple[Word, ...] = ()
    tag: str = ""


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
        **_built(this, here),
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
        "same_number": any(_bounds(each) & _bounds(this) for each in found if each is not this),
    }


def _bounds(of: Candidate) -> set[tuple[float | None, float | None]]:
    return {(each.low, each.high) for each in of.proposal.figures}


def _built(this: Candidate, here: Passage) -> dict[str, bool]:
    """How what is asserted is built, and how much of its sentence it is."""
    content, sentence = this.proposal.content, this.proposal.sentence
    kinds = [word.pos for word in this.words if word.pos not in {"PUNCT", "SPACE"}]
    quoted = sum(
        min(each.end, content.end) - max(each.start, content.start) for each in here.quoted if each.overlaps(content)
    )
    share = (content.end - content.start) / (sentence.end - sentence.start)
    return {
        "present": this.tag == "VBP",
        "bare": not {"NOUN", "PROPN"} & set(kinds),
        "rich": kinds.count("NOUN") > _MANY,
        "cut": bool(kinds) and kinds[-1] in _OPEN,
        "body": any(word.entity == "ORG" for word in this.words),
        "dated": bool(this.proposal.dates),
        "all_quoted": quoted > _MOST * (content.end - content.start),
        "compact": len(kinds) <= _COMPACT,
        "mere_doing": this.whole and not this.proposal.figures and not this.proposal.quotations,
        "half": share > 1 / 2,
        "most": share > _MOST,
    }


def _spoken(this: Candidate, found: Sequence[Candidate], article: Article) -> dict[str, bool]:
    who = this.proposal.claimant
    name = who.name.casefold() if who else ""
    own = bare(this.proposal.content.of(article.text))
    names = {each.proposal.claimant.name for each in found if each.proposal.claimant}
    publisher = set(article.publisher.casefold().split())
    return {
        "nobody": who is None,
        "named": who is not None and _PROPER.match(who.span.of(article.text)) is not None,
        "says": this.verb == "say",
        "no_verb": not this.verb,
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
    here = [each for each in found if passages[each.passage].paragraph == number]
    last = this.passage + 1 == len(passages) or passages[this.passage + 1].paragraph != number
    return {
        "first": passages[this.passage - 1].paragraph != number,
        "last": last,
        "later": any(each.passage == this.passage for each in before),
        "several": any(each.passage == this.passage and each is not this for each in found),
        "before": bool(before),
        "lead": number == passages[found[0].passage].paragraph != passages[found[-1].passage].paragraph,
        "crowded": len(here) > _MANY,
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
    ("nobody", "brief"),
    ("nobody", "compact"),
    ("nobody", "most"),
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
    ("concedes", "limits"),
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
