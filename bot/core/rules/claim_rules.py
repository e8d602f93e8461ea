"""The editorial rules for one claim: its wording, its attribution, its caveats and its relations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bot.core.asking.reading.tokens import Token, stem_word, tokens
from bot.core.claims import Claim, FactBase, Link, Status

Fault = tuple[tuple[str | int, ...], str]
"""A field, as a path within the claim, and one sentence that says what is wrong with it and what to do."""


def _forms(words: str) -> frozenset[str]:
    return frozenset(words.split())


_VOUCHING_STEMS = frozenset(
    map(
        stem_word,
        _forms("confirm reveal admit acknowledge concede disclose expose uncover establish discover verify"),
    )
)
_VOUCHING = _forms("prove proves proved proven proving show shows showed demonstrate demonstrates demonstrated")
"""“Shown” and “showing” are left to neutral wording: “are described as showing”."""

_NEGATIONS = _forms("not no never nobody cannot couldnt without unable neither nor none")
_PRONOUNS = _forms("he she they it his her their its this these those")
_REACH = 4
_SHORTEST_NAME = 4


def claim_faults(base: FactBase, claim: Claim) -> Iterator[Fault]:
    """Every breach of these rules by *claim*, a claim of *base*."""
    yield from _wording(claim)
    yield from _attribution(claim)
    yield from _caveats(base, claim)
    yield from _relations(base, claim)


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """What names are compared by: no case, accents, punctuation or spaces; ASCII."""
    return "".join(token.word for token in tokens(name))


def _wording(claim: Claim) -> Iterator[Fault]:
    words = tokens(claim.statement)
    if words and words[0].word in _PRONOUNS:
        yield ("statement",), f"opens with “{words[0].typed}”; name who or what is meant."
    if claim.verification.status is Status.CORROBORATED:
        return
    for at, word in enumerate(words):
        if _vouches(word) and _NEGATIONS.isdisjoint(each.word for each in words[max(0, at - _REACH) : at]):
            yield (
                ("statement",),
                f"“{word.typed}” vouches for what nobody corroborated; use a neutral verb such as “said”.",
            )


def _vouches(word: Token) -> bool:
    return word.word in _VOUCHING or word.stem in _VOUCHING_STEMS


def _attribution(claim: Claim) -> Iterator[Fault]:
    attribution = claim.attribution
    if attribution.own_voice and attribution.relayed_by:
        yield (
            ("claimant",),
            f"{attribution.claimant.name} speaks for itself, through nobody; name who asserts it or drop relayed_by.",
        )
        return
    passed = [attribution.claimant.key]
    for at, hop in enumerate(attribution.relayed_by):
        if hop.party.key == attribution.source.publisher.key:
            yield ("relayed_by", at), f"{hop.party.name} is the source, not a hop to it; take it out."
        elif hop.party.key in passed:
            yield ("relayed_by", at), f"{hop.party.name} already said or carried it; take it out."
        passed.append(hop.party.key)


def _caveats(base: FactBase, claim: Claim) -> Iterator[Fault]:
    names = {fold(name): party for party in base.parties.values() for name in (*party.names, party.style) if name}
    for at, caveat in enumerate(claim.verification.caveats):
        field = ("verification", "caveats", at)
        if caveat.stated_by:
            if fold(caveat.stated_by) not in names:
                yield (
                    (*field, "stated_by"),
                    f"“{caveat.stated_by}” is no party's name; write it as the party's entry does, or add the party.",
                )
            continue
        opening = fold(caveat.text)
        named = (party for name, party in names.items() if len(name) >= _SHORTEST_NAME and opening.startswith(name))
        speaker = next(named, None)
        if speaker:
            yield (
                field,
                f"the sentence says that {speaker.name} could not check it; put {speaker.name} into stated_by.",
            )


def _relations(base: FactBase, claim: Claim) -> Iterator[Fault]:
    for at, relation in enumerate(claim.relations):
        field = ("relations", at)
        target = base.claims.get(relation.number)
        if target is None:
            yield field, f"{relation.link} C{relation.number}, which does not exist; mend the number or take it out."
        elif target.retired and not claim.retired and relation.link in (Link.DISPUTES, Link.DENIES):
            yield field, f"{relation.link} C{relation.number}, which is retired; take it out."
        if relation in claim.relations[:at]:
            yield field, f"{relation.link} C{relation.number} stands here twice; take one out."
