"""What was typed, with its slips mended."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.asking.reading.tokens import Token
from bot.core.asking.results import Correction


@dataclass(frozen=True, slots=True)
class Mended:
    """
    One way to read what was typed.

    Attributes:
        tokens: With typos mended.
        corrections: What was mended, for the member to see.
        choices: Words that were chosen from several equally likely ones.
        others: By position, further words that a typed one may stand for, none of them a name.
    """

    tokens: tuple[Token, ...]
    corrections: tuple[Correction, ...] = ()
    choices: tuple[Correction, ...] = ()
    others: tuple[tuple[int, tuple[Token, ...]], ...] = ()

    @property
    def text(self) -> str:
        """The question as it reads now."""
        return " ".join(token.typed for token in self.tokens)
