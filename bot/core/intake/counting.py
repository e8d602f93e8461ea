"""What a quantity counts, by the words around it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.claims import Metric
from bot.core.intake.grammar import Sentence
from bot.core.intake.proposals import ProposedFigure
from bot.core.intake.quantities import Quantity
from bot.core.intake.words import words

_PEOPLE = words("speakers", "nouns") - frozenset({"statement", "report", "outlet", "channel"})


def figure(text: str, sentence: Sentence, quantity: Quantity, metrics: Sequence[Metric]) -> ProposedFigure:
    """*quantity* as a figure: what is counted, in which unit, of how many; its metric where only one is named."""
    counted = _counted(sentence, quantity)
    noun = sentence.words[counted] if counted is not None else None
    unit = "people"
    if quantity.share:
        unit = "share"
    elif quantity.money:
        unit = {"$": "dollars", "€": "euros", "£": "pounds"}.get(quantity.money, quantity.money)
    elif noun is not None and noun.lemma.lower() not in _PEOPLE and noun.entity != "NORP":
        unit = noun.text.lower()
    of = ""
    if quantity.of is not None:
        end = max(quantity.of.end, noun.end if noun is not None else 0)
        of = text[quantity.of.start : end]
    subject = _phrase(sentence, counted, quantity) if counted is not None else ""
    return ProposedFigure(
        quantity.span,
        quantity.span.of(text),
        quantity.low,
        quantity.high,
        unit,
        of,
        subject,
        metrics[0].key if len(metrics) == 1 else "",
    )


def _counted(sentence: Sentence, quantity: Quantity) -> int | None:
    """The noun that is counted: what the number modifies, or what follows its "of"."""
    last = quantity.of or quantity.span
    place = next((at for at, word in enumerate(sentence.words) if word.start < last.end <= word.end), None)
    if place is None:
        return None
    for at in (place, *sentence.ancestors(place)):
        word = sentence.words[at]
        if (
            word.pos in {"NOUN", "PROPN"}
            and at > place - 1
            and word.tag in {"NNS", "NN", "NNPS", "NNP"}
            and word.start >= last.end
        ):
            return at
        if word.pos not in {"NUM", "NOUN", "SYM", "ADJ", "ADV"}:
            break
    after = sentence.words[place + 1] if place + 1 < len(sentence.words) else None
    return place + 1 if after is not None and after.pos in {"NOUN", "PROPN"} else None


def _phrase(sentence: Sentence, counted: int, quantity: Quantity) -> str:
    places = [at for at in range(counted + 1) if sentence.words[at].start >= (quantity.of or quantity.span).end]
    return " ".join(
        sentence.words[at].text for at in places if sentence.words[at].pos in {"NOUN", "PROPN", "ADJ", "NUM", "PART"}
    )
