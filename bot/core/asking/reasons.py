"""Which claims say why: they state a purpose or a cause."""

from __future__ import annotations

from bot.core.asking.reading.tokens import tokens
from bot.core.claims import Claim
from bot.languages.packs import languages


def gives_reason(claim: Claim) -> bool:
    """Whether the claim's statement, or what it quotes, has words of purpose or of cause, in any language."""
    said = " ".join((claim.statement, *(quotation.exact for quotation in claim.quotations)))
    words = [token.word for token in tokens(said)]
    return any(language.words["purpose"].within(words) for language in languages())
