"""How a party takes part in a question: as who says it, as whom it is about, or as who passed it on."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum, auto

from bot.core.asking.reading.lexicon import ACCORDING, AUXILIARY, HOW_MANY, SAY, STATEMENT, TELLING, WITH
from bot.core.asking.reading.names import Named
from bot.core.asking.reading.tokens import Token
from bot.core.claims import Kind
from bot.core.number_words import NUMBER_WORDS

_PLACING = frozenset({"in", "into", "inside", "to", "from"})
_DO = frozenset({"do", "does", "did"})
_NEAR = 3


class Role(StrEnum):
    """
    How a party takes part in what is asked.

    SUBJECT must be whom the claim is about; CONTEXT stands beside somebody else who is ("fighting for Russia").
    """

    CLAIMANT = auto()
    RELAYER = auto()
    SUBJECT = auto()
    CONTEXT = auto()
    ANY = auto()


def role_of(name: Named, named: Sequence[Named], words: Sequence[Token]) -> Role:
    """
    The role of the party among what *name* stands for; ANY where nothing tells.

    Of other names only whether they speak: "what do the sappers say".
    """
    before = words[name.start - 1] if name.start else None
    earlier = words[name.start - 2] if name.start > 1 else None
    if not name.of(Kind.PARTY):
        return Role.CLAIMANT if _speaks(name, words, before, earlier) else Role.ANY
    if before and before.stem in TELLING:
        return Role.RELAYER
    if _speaks(name, words, before, earlier):
        return Role.CLAIMANT
    others = any(other.of(Kind.PARTY) and other.end < name.start for other in named)
    if before and before.word in WITH and others:
        return Role.CONTEXT
    if _is_counted(name, named, words, before, earlier):
        return Role.SUBJECT
    if before and before.word in WITH and (before.word in _PLACING or len(named) > 1):
        return Role.CONTEXT
    return Role.ANY


def _speaks(name: Named, words: Sequence[Token], before: Token | None, earlier: Token | None) -> bool:
    if before and (before.word in ACCORDING or (before.word == "to" and earlier and earlier.word in ACCORDING)):
        return True
    if before and earlier and before.word in {"by", "from"} and earlier.stem in SAY | STATEMENT:
        return True
    if before and before.stem in SAY and before.typed.isascii() is False:
        return True
    after = name.end
    while after < len(words) and words[after].word in AUXILIARY:
        after += 1
    if after < len(words) and words[after].stem in SAY:
        return True
    near = words[name.end : name.end + _NEAR]
    return "'" in words[name.end - 1].typed and any(token.stem in STATEMENT for token in near)


def _is_counted(
    name: Named, named: Sequence[Named], words: Sequence[Token], before: Token | None, earlier: Token | None
) -> bool:
    if before and (before.word in HOW_MANY or _numeral(before)):
        return True
    if before and earlier and before.word == "of" and _numeral(earlier):
        return True
    if name.end < len(words) and words[name.end].word == "side":
        return True
    after = name.end
    if before and before.word in _DO and after < len(words) and words[after].word == "have":
        return True
    while after < len(words) and words[after].word in AUXILIARY:
        after += 1
    if any(other.start == after and other.of(Kind.TOPIC, Kind.METRIC) for other in named):
        return True
    leading = next(
        (other for other in named if other.end in {name.start, name.start - 1} and other is not name), None
    )
    if leading is None or not leading.of(Kind.TOPIC, Kind.METRIC):
        return False
    return leading.end == name.start or bool(before and before.word in {"of", "among"})


def _numeral(token: Token) -> bool:
    return token.numeric or token.word in NUMBER_WORDS
