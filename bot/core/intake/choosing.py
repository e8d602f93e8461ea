"""Which candidates are claims, which are reservations about claims, and which neither."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from bot.core.intake.limits import Limit, may_limit
from bot.core.intake.passages import Passage
from bot.core.intake.proposals import Article, Proposal, ProposedCaveat, Span
from bot.core.intake.weighing import NUMBERS, Candidate, chance, features, values
from bot.core.intake.wording import goes_on, joined
from bot.core.intake.words import plain

_CLAUSE = re.compile(r"(?:,\s|\s[—–-]\s|;\s)(?:(?:and|but|though|although)\s)?|\s(?:and|but|though|although)\s")


def sorted_out(
    found: Sequence[Candidate], limited: Sequence[Limit], passages: Sequence[Passage], article: Article
) -> tuple[list[Proposal], list[Limit]]:
    """
    The claims among *found*, and the caveats, in the text's order.

    Args:
        found: All candidates of the text.
        limited: Caveats by their own words, each of which is one still unless its passage holds no claim beside it.
    """
    weighed = [(each, values(features(found, at, passages, article))) for at, each in enumerate(found)]
    parts = {each.passage: each for each in limited if not each.whole}
    made: list[Proposal] = []
    limits = {each.passage: [each] for each in limited}
    for number, here in groupby(weighed, lambda pair: pair[0].passage):
        together = list(here)
        reserving = [
            each
            for each, has in together
            if chance("caveat", has) >= NUMBERS["caveat_at"]
            and may_limit(_clause(each.proposal.content, passages[number], article.text).of(article.text))
        ]
        kept = [
            each for each, has in together if each not in reserving and chance("claim", has) >= NUMBERS["claim_at"]
        ]
        claims = _joined(kept, article.text)
        if number in parts and not claims:
            whole = replace(parts[number].caveat, span=passages[number].span)
            limits[number] = [Limit(whole, number, whole=True)]
        else:
            limits.setdefault(number, []).extend(
                _limits(reserving, claims, passages[number], passages, made, article)
            )
        made += claims
    return made, [each for number in sorted(limits) for each in limits[number]]


def _joined(kept: Sequence[Candidate], text: str) -> list[Proposal]:
    """The claims of one passage; what somebody does, and what he then says, are one."""
    made: list[Proposal] = []
    for at, each in enumerate(kept):
        if made and kept[at - 1].whole and goes_on(made[-1], each.proposal, text):
            made[-1] = joined(made[-1], each.proposal, text)
        else:
            made.append(each.proposal)
    return made


def _limits(
    reserving: Sequence[Candidate],
    claims: Sequence[Proposal],
    passage: Passage,
    passages: Sequence[Passage],
    made: Sequence[Proposal],
    article: Article,
) -> Iterator[Limit]:
    """The whole passage where it holds no claim, else the clauses of *reserving*; *made* are the claims before."""
    start = next(each.span.start for each in passages if each.paragraph == passage.paragraph)
    spoke = {each.claimant.name for each in made if each.claimant and each.sentence.start >= start}
    for each in reserving if claims else reserving[:1]:
        who = each.proposal.claimant
        owner = who.name if who is not None and who.name in spoke else ""
        here = {claim.claimant.name for claim in claims if claim.claimant}
        known = who is not None and (who.name in here or plain(who.name) in plain(passage.span.of(article.text)))
        by = owner or (who.name if who is not None and known else "")
        span = _clause(each.proposal.content, passage, article.text) if claims else passage.span
        yield Limit(ProposedCaveat(span, by), each.passage, whole=not claims, owner=owner if not claims else "")


def _clause(content: Span, passage: Passage, text: str) -> Span:
    """*content* from where its clause begins, with who says it, to the end of what is quoted in it."""
    starts = (each.end() for each in _CLAUSE.finditer(text, passage.span.start, content.start + 1))
    start = max((at for at in starts if at <= content.start), default=passage.span.start)
    return Span(start, max(content.end, *(each.end + 1 for each in passage.quoted if each.overlaps(content)), 0))
