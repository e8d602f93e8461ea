"""Which claims say why: they state a purpose or a cause."""

from __future__ import annotations

from itertools import pairwise

from bot.core.asking.reading.tokens import tokens
from bot.core.asking.reading.tongues import tongues
from bot.core.claims import Claim
from bot.languages import english

_NOUN = 0.5


def gives_reason(claim: Claim) -> bool:
    """
    Whether the claim's statement, or what it quotes, has words of purpose or of cause: "because", "to survive".

    Where it gives a figure it says how many, and what somebody was "sent to support" stands there by the way.
    """
    said = " ".join((claim.statement, *(quotation.exact for quotation in claim.quotations)))
    typed = tokens(said)
    words = [token.word for token in typed]
    return any(
        language.words["purpose"].within(words)
        or (
            not claim.figures
            and any(language.says("aiming", word) and _is_done(after) for word, after in pairwise(words))
        )
        for language in tongues(typed)[:2]
    )


def asks_for_account(text: str) -> bool:
    """Whether *text* asks what caused something: claims that tell how it came about answer that, too."""
    typed = tokens(text)
    return any(language.has("cause", [token.word for token in typed]) for language in tongues(typed)[:2])


def _is_done(word: str) -> bool:
    """Whether *word* is more often a verb than a noun."""
    return english.known(word) and english.noun(word) < _NOUN
