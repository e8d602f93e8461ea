"""The claims of a question back in the order of meaning, where a sentence encoder, an optional extra, is here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from bot.core.asking.answering.deciding import offers
from bot.core.asking.answering.fitted import NUMBERS
from bot.core.asking.results import Option, Unsure
from bot.core.claims import Claim, FactBase

CANDIDATES = 16
"""Claims at most that are held against one question back, the best by words: encoding one takes some 20 ms."""

_WEIGHT: float = NUMBERS["meaning"]
"""How much a cosine counts beside the logit of a claim's words; benchmarks/fit_meaning.py fits it."""

_KEPT = 4096
"""Statements at most whose vectors are kept; 1.5 kB each."""


def words_of(claim: Claim) -> str:
    """What is encoded of *claim*: its topics tell apart what statements leave unsaid."""
    return f"{', '.join(topic.name for topic in claim.topics)}: {claim.statement}"


class Encoder(Protocol):
    """Turns sentences into vectors of length 1, float32; the nearer two point, the likelier they mean the same."""

    def question(self, text: str) -> Any:
        """One question: of shape (d,)."""
        ...

    def statements(self, texts: Sequence[str]) -> Any:
        """What claims say, as `words_of` gives it; of shape (n, d), one row each."""
        ...


class Meaning:
    """
    Puts the claims that a question back may offer in the order of meaning; never decides whether one answers.

    It and its encoder bear one thread at a time.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, Any] = {}

    def ordered(self, unsure: Unsure, base: FactBase) -> Unsure:
        """
        *unsure* with buttons for those of its claims that come nearest by words and meaning. Blocking.

        Args:
            base: The claims with what disputes them.
        """
        near = unsure.near[:CANDIDATES]
        if len(near) < 2:
            return unsure
        asked = self._encoder.question(unsure.asked)
        vectors = self._of([words_of(each.claim) for each in near])
        cosines = (float(vector @ asked) for vector in vectors)
        scored = [(each.score + _WEIGHT * cosine, each.claim) for each, cosine in zip(near, cosines, strict=True)]
        claims = [claim for _, claim in sorted(scored, key=lambda each: (-each[0], each[1].number))]
        options = tuple(Option.leading_to(claim, base) for claim in offers(claims))
        return replace(unsure, options=options, by_meaning=True)

    def _of(self, texts: Sequence[str]) -> list[Any]:
        """The vectors of *texts*; those asked for longest ago go first."""
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        rows = self._encoder.statements(new) if new else ()
        made = {text: row.copy() for text, row in zip(new, rows, strict=True)}  # a view keeps its matrix
        found = {text: made[text] if text in made else self._vectors.pop(text) for text in dict.fromkeys(texts)}
        self._vectors |= found
        for text in list(self._vectors)[: max(0, len(self._vectors) - _KEPT)]:
            del self._vectors[text]
        return [found[text] for text in texts]
