"""Which claims a caveat covers: by whose they are, what they count, what they name, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.core.asking.reading.tokens import tokens
from bot.core.intake.limits import Limit
from bot.core.intake.passages import Passage
from bot.core.intake.proposals import Proposal
from bot.core.intake.words import pattern, plain, words

_WHOLE_TEXT, _FIGURES, _BOTH = (pattern("caveats", name) for name in ("whole_text", "figures", "both"))
_ABOUT = re.compile(r"\b(?:the|that|this|those|these)\s([a-z-]{4,})")
_SORTS = {
    name: frozenset(token.stem for token in tokens(" ".join(words("things", name))))
    for name in ("pictures", "papers", "casualties")
}
_PRONOUN = re.compile(r"(?:he|she|they)\s|it\s(?!(?:was|is|remains|remained|has been|could not|cannot)\b)")
_RESULTS = pattern("caveats", "results")
_ACCOUNTS, _PRONOUNS = pattern("caveats", "accounts"), pattern("caveats", "pronouns")
_WITHHELD = pattern("caveats", "withheld")
_SEVERAL, _ASKING = pattern("caveats", "several"), pattern("caveats", "asking")


def with_caveats(
    proposals: Sequence[Proposal], limits: Sequence[Limit], passages: Sequence[Passage], text: str
) -> list[Proposal]:
    """*proposals* with the caveats that cover them."""
    made = list(proposals)
    at = [
        next(n for n, each in enumerate(passages) if each.span.start <= proposal.content.start < each.span.end)
        for proposal in proposals
    ]
    for limit in limits:
        covered = _covered(limit, made, at, passages, text)
        for index in covered:
            if len(made[index].caveats) < 3:
                made[index] = _limited(made[index], limit, passages[limit.passage], text, alone=len(covered) == 1)
    return made


def _limited(proposal: Proposal, limit: Limit, passage: Passage, text: str, *, alone: bool) -> Proposal:
    """*proposal* with the caveat, and what that quotes where the claimant says it, or it is about this *alone*."""
    span, quotations = limit.caveat.span, proposal.quotations
    if alone or not limit.whole or limit.owner or _PRONOUN.match(plain(span.of(text))):
        own = (each for each in passage.quoted if each.within(span))
        quotations += tuple(each for each in own if not any(each.overlaps(held) for held in quotations))
    return replace(proposal, caveats=(*proposal.caveats, limit.caveat), quotations=quotations)


def _covered(
    limit: Limit,
    made: Sequence[Proposal],
    at: Sequence[int],
    passages: Sequence[Passage],
    text: str,
) -> list[int]:
    words = plain(limit.caveat.span.of(text))
    if not limit.whole:
        return _in_sentence(limit, made, at)
    if not limit.owner and _WHOLE_TEXT.search(words):
        return [n for n, each in enumerate(made) if each.figures] or list(range(len(made)))
    about_figures = bool(_FIGURES.search(words)) and not _PRONOUN.match(words)
    near = _near(limit, made, at, passages, about_figures=about_figures)
    if not near:
        return []
    if limit.owner:
        return _of_speaker(limit.owner, near, made)
    return _meant(words, near, made, at, text, about_figures=about_figures)


def _meant(
    words: str,
    near: list[int],
    made: Sequence[Proposal],
    at: Sequence[int],
    text: str,
    *,
    about_figures: bool,
) -> list[int]:
    """Which claims of *near* the caveat is about: whose they are, two sides, what it names; else all of *near*."""
    account = bool(_ACCOUNTS.search(words))
    last_speaker = next((made[n].claimant for n in reversed(near) if made[n].claimant), None)
    if account and _PRONOUNS.search(words) and last_speaker is not None:
        return _of_speaker(last_speaker.name, near, made)
    if _PRONOUN.match(words):
        near = [n for n in near if made[n].claimant is not None] or near
        return [n for n in near if at[n] == at[near[-1]]]
    if _BOTH.search(words):
        return _pair(near, made, at, about_figures=about_figures)
    plural, withheld = _SEVERAL.search(words) or _RESULTS.search(words), _WITHHELD.search(words)
    if not plural and not withheld:
        counting = [n for n in near if made[n].figures] if about_figures else []
        named = _naming(words, counting or near, made, text)
        if named or _ASKING.search(words):
            last = [n for n in named or near if at[n] == at[(named or near)[-1]]]
            return named if about_figures and named else last
    counts = plural and any(made[n].figures for n in near)
    every = _RESULTS.search(words) is not None
    said = [n for n in near if every or made[n].claimant is not None or (counts and made[n].figures)] or near
    counted = [n for n in said if made[n].figures] if about_figures else []
    return counted or said


def _of_speaker(name: str, near: list[int], made: Sequence[Proposal]) -> list[int]:
    """Those of *near* that are said by *name*."""
    return [n for n in near if (who := made[n].claimant) is not None and who.name == name]


def _naming(words: str, near: list[int], made: Sequence[Proposal], text: str) -> list[int]:
    """Of *near* those that name what the caveat is about: "the sample", "the logs"."""
    about = {_sort(token.stem) for found in _ABOUT.finditer(words) for token in tokens(found[1])}
    for part in ("content", "sentence"):
        said = {n: {_sort(token.stem) for token in tokens(getattr(made[n], part).of(text))} for n in near}
        most = max((len(about & each) for each in said.values()), default=0)
        if most:
            return [n for n in near if len(about & said[n]) == most]
    return []


def _sort(stem: str) -> str:
    """What kind of thing a word names, so that a caveat on "the footage" finds "a video"."""
    return next((name for name, stems in _SORTS.items() if stem in stems), stem)


def _pair(run: list[int], made: Sequence[Proposal], at: Sequence[int], *, about_figures: bool) -> list[int]:
    """Those of *run* that the last two to speak in it say last: "neither number could be confirmed"."""
    counted = [n for n in run if made[n].figures] if about_figures else []
    chosen: list[int] = []
    sides: dict[object, int] = {}
    for n in reversed(counted if len({at[n] for n in counted}) > 1 else run):
        who = made[n].claimant
        side = who.name if who is not None else at[n]
        if side not in sides and len(sides) == 2:
            break
        if sides.setdefault(side, at[n]) == at[n] or not made[chosen[-1]].figures:
            chosen.append(n)
    return chosen


def _in_sentence(limit: Limit, made: Sequence[Proposal], at: Sequence[int]) -> list[int]:
    before = [
        n for n, each in enumerate(made) if at[n] == limit.passage and each.content.start < limit.caveat.span.start
    ]
    return before[-1:] if before else [n for n in range(len(made)) if at[n] == limit.passage][:1]


def _near(
    limit: Limit, made: Sequence[Proposal], at: Sequence[int], passages: Sequence[Passage], *, about_figures: bool
) -> list[int]:
    """
    Claims before the caveat in its paragraph.

    In the paragraph before, where it opens or is one of its own, or speaks of figures and its own paragraph has none.
    """
    here = passages[limit.passage].paragraph
    own = [n for n in range(len(made)) if passages[at[n]].paragraph == here and at[n] < limit.passage]
    if own and (not about_figures or any(made[n].figures for n in own)):
        return own
    before = max((each for n in range(len(made)) if (each := passages[at[n]].paragraph) < here), default=None)
    earlier = [n for n in range(len(made)) if passages[at[n]].paragraph == before]
    return own if own and not any(made[n].figures for n in earlier) else earlier
