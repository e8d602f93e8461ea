"""Which claims say why: they state a purpose or a cause."""

from __future__ import annotations

from bot.core.asking.reading.tokens import tokens
from bot.core.asking.reading.tongues import tongues
from bot.core.claims import Claim


def gives_reason(claim: Claim) -> bool:
    """Whether the claim's statement, or what it quotes, has words of purpose or of cause, in its language."""
    said = " ".join((claim.statement, *(quotation.exact for quotation in claim.quotations)))
    words = tokens(said)
    folded = [token.word for token in words]
    return any(language.words["purpose"].within(folded) for language in tongues(words)[:2])
