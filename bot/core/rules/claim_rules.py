"""The editorial rules for one claim: its wording, its attribution, its caveats and its relations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.core.asking.reading.tokens import Token, stem_word, tokens
from bot.core.claims import Claim, FactBase, Link, Status
from bot.core.rules.headlines import headline_in
from bot.core.wording import say

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
_CHECKING = frozenset(
    map(stem_word, _forms("verify confirm check corroborate establish determine authenticate assess validate reach"))
)
_PASSIVE = _forms("be been being was were")
_TESTS = _forms("laboratory laboratories lab labs test tests testing pcr culture autopsy dna assay microscopy")
"""What confirms in the plain technical sense: a laboratory vouches for a sample, nobody for a claim."""
_IMPERSONAL = _forms(
    "too unclear unknown likely unlikely possible impossible early uncertain clear hard difficult said reported "
    "claimed estimated expected believed thought alleged not far"
)
_GOES_ON = _forms("to that whether if how when where who what why until before")
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
    if words and words[0].word in _PRONOUNS and not _impersonal(words):
        yield ("statement",), say("opens with “{typed}”; name who or what is meant.", typed=words[0].typed)
    if claim.verification.status is Status.CORROBORATED:
        return
    for at, word in enumerate(words):
        before = {each.word for each in words[max(0, at - _REACH) : at]}
        if _vouches(word) and _NEGATIONS.isdisjoint(before) and not _tested(words, at):
            yield (
                ("statement",),
                say(
                    "“{typed}” vouches for what nobody corroborated; use a neutral verb such as ‘said’.",
                    typed=word.typed,
                ),
            )


def _impersonal(words: Sequence[Token]) -> bool:
    """Whether "it" stands for nobody: "it is too early to say", "it remains unclear whether"."""
    near = {word.word for word in words[2:6]}
    return (
        words[0].word == "it"
        and not near.isdisjoint(_IMPERSONAL)
        and any(word.word in _GOES_ON for word in words[3:9])
    )


def _tested(words: Sequence[Token], at: int) -> bool:
    """Whether what is confirmed is so by a test: "confirmed by a laboratory", "laboratory-confirmed"."""
    if words[at].stem != stem_word("confirm"):
        return False
    after = [word.word for word in words[at + 1 : at + 1 + _REACH]]
    by = after[after.index("by") + 1 :] if "by" in after else after[1:] if after[:1] == ["in"] else []
    return not _TESTS.isdisjoint((*by, *(word.word for word in words[max(0, at - 2) : at])))


def _vouches(word: Token) -> bool:
    return word.word in _VOUCHING or word.stem in _VOUCHING_STEMS


def _attribution(claim: Claim) -> Iterator[Fault]:
    attribution = claim.attribution
    if fault := headline_in(attribution.spoken_by):
        yield (
            ("spoken_by",),
            say(
                "“{text}” {fault}; it stands before the claim, so leave that out.",
                text=attribution.spoken_by,
                fault=say(fault),
            ),
        )
    if attribution.own_voice and attribution.relayed_by:
        yield (
            ("claimant",),
            say(
                "{name} speaks for itself, through nobody; name who asserts it or drop relayed_by.",
                name=attribution.claimant.name,
            ),
        )
        return
    passed = [attribution.claimant.key]
    for at, hop in enumerate(attribution.relayed_by):
        if hop.party.key == attribution.source.publisher.key:
            yield ("relayed_by", at), say("{name} is the source, not a hop to it; take it out.", name=hop.party.name)
        elif hop.party.key in passed:
            yield ("relayed_by", at), say("{name} already said or carried it; take it out.", name=hop.party.name)
        passed.append(hop.party.key)


def _caveats(base: FactBase, claim: Claim) -> Iterator[Fault]:
    names = {fold(name): party for party in base.parties.values() for name in (*party.names, party.style) if name}
    for at, caveat in enumerate(claim.verification.caveats):
        field = ("verification", "caveats", at)
        if fault := headline_in(caveat.stated_by):
            yield (
                (*field, "stated_by"),
                say("“{text}” {fault}; name who states it and no more.", text=caveat.stated_by, fault=say(fault)),
            )
        if caveat.stated_by:
            if fold(caveat.stated_by) not in names:
                yield (
                    (*field, "stated_by"),
                    say(
                        "“{stated_by}” is no party's name; write it as the party's entry does, or add the party.",
                        stated_by=caveat.stated_by,
                    ),
                )
            continue
        speaker = next((party for name, party in names.items() if _checks(name, caveat.text)), None)
        if speaker:
            yield (
                field,
                say(
                    "the sentence says that {name} could not check it; put {name} into stated_by.", name=speaker.name
                ),
            )


def _checks(name: str, sentence: str) -> bool:
    """Whether *sentence* opens with *name*, folded, of those who could not check it; a possessive checks nothing."""
    words, opened = tokens(sentence), 0
    while opened < len(words) and len("".join(word.word for word in words[:opened])) < len(name):
        opened += 1
    opening = words[:opened]
    if len(name) < _SHORTEST_NAME or "".join(word.word for word in opening) != name or _possessive(opening[-1]):
        return False
    near = words[opened : opened + 2 * _REACH]
    no = next((at for at, word in enumerate(near) if word.word in _NEGATIONS), len(near))
    rest = near[no + 1 : no + 1 + _REACH]
    checked = next((at for at, word in enumerate(rest) if word.stem in _CHECKING), None)
    return checked is not None and _PASSIVE.isdisjoint(word.word for word in rest[:checked])


def _possessive(word: Token) -> bool:
    return word.typed.endswith(("'s", "s'", "\u2019s", "s\u2019"))


def _relations(base: FactBase, claim: Claim) -> Iterator[Fault]:
    for at, relation in enumerate(claim.relations):
        field = ("relations", at)
        target = base.claims.get(relation.number)
        if target is None:
            yield (
                field,
                say(
                    "{link} C{number}, which does not exist; mend the number or take it out.",
                    link=relation.link,
                    number=relation.number,
                ),
            )
        elif target.retired and not claim.retired and relation.link in (Link.DISPUTES, Link.DENIES):
            yield (
                field,
                say("{link} C{number}, which is retired; take it out.", link=relation.link, number=relation.number),
            )
        if relation in claim.relations[:at]:
            yield (
                field,
                say("{link} C{number} stands here twice; take one out.", link=relation.link, number=relation.number),
            )
