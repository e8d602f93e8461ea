"""What can be proposed without any parser: sentences that hold a figure or a quotation, to be filled in by hand."""

from __future__ import annotations

import re

from bot.core.claims import FactBase
from bot.core.intake.proposals import Article, Proposal, Span

_SENTENCE = re.compile(r"[^\s].*?(?:[.!?][”\"’']?(?=\s|\Z)|\n|\Z)", re.DOTALL)
_TELLING = re.compile(r"\d|[“”\"„«»]")


class PlainProposer:
    """Sentences with figures or quotations, unattributed."""

    def propose(self, article: Article, base: FactBase) -> tuple[Proposal, ...]:
        """One proposal a sentence that holds a digit or a quotation mark; *base* is not looked at."""
        spans = (Span(found.start(), found.end()) for found in _SENTENCE.finditer(article.text))
        return tuple(
            Proposal(span, span, span.of(article.text).strip())
            for span in spans
            if _TELLING.search(span.of(article.text))
        )
