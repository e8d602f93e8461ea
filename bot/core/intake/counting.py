"""What a quantity counts, by the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.core.claims import Metric
from bot.core.intake.grammar import Sentence, Word
from bot.core.intake.proposals import UNKNOWN, ProposedFigure, Span
from bot.core.intake.quantities import Quantity
from bot.core.intake.words import pattern, words
from bot.core.rules.headlines import headline_in

_PEOPLE = words("speakers", "nouns") - frozenset({"statement", "report", "outlet", "channel"})


def figure(
    text: str,
    sentence: Sentence,
    quantity: Quantity,
    metrics: Sequence[Metric],
    before: ProposedFigure | None = None,
    *,
    given: bool = False,
) -> ProposedFigure:
    """
    *quantity* as a figure: what is counted, in which unit, of how many.

    Its metric is the one of the base that is named; else a name for a new one, out of the words around it. A number
    without a noun of its own ("the union spoke of 150") counts what the one *before* counted; a share or a sum does
    where it is no more than *given* ("the bank puts it at 7 percent").
    """
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
    metric, like = metrics[0].key if len(metrics) == 1 else "", ""
    measured = quantity.share or bool(quantity.money)
    told = ""
    if before is not None and counted is None and (not measured or (given and unit == (before.unit or unit))):
        becoming, like = _becoming(sentence, quantity), before.quantifier
        named = _name(before.subject.split(" ")[-1], becoming) if becoming else before.metric
        subject, metric, told = before.subject, metric or named, before.told if given else ""
        unit = unit if measured else before.unit
    words = quantity.span.of(text)
    named = metric or _measure(sentence, counted, quantity)
    return ProposedFigure(
        quantity.span, words, quantity.low, quantity.high, unit, of, subject or named.lower(), named, like, told
    )


_ASKED = pattern("figures", "asked")


def asked(text: str, question: Span) -> ProposedFigure | None:
    """What the bare number that answers *question* counts: "How many died?"; None where it asks for no number."""
    found = _ASKED.search(text, question.start, question.end)
    if found is None:
        return None
    who, became = found[1] or "people", found[2]
    named = f"{who} {became}" if found[1] else became
    return ProposedFigure(
        question, found[0], None, None, "people" if who == "people" else who, "", who, named.capitalize()
    )


_MEASURES, _MONEYS = words("figures", "measures"), words("figures", "moneys")
_NO_DOING = frozenset({"be", "have", "say", "do", "make", "take", "get"}).union(
    *(words("reporting", name) for name in ("say", "stance", "show"))
)
_MEASURING = frozenset({"cost", "total", "measure", "weigh", "last"})


def _becoming(sentence: Sentence, quantity: Quantity) -> str:
    """What became of those that a bare number counts: "some 900 were injured"; empty where nothing did."""
    place = _place(sentence, quantity)
    if place is None or sentence.words[place].dep not in {"nsubj", "nsubjpass"}:
        return ""
    verb = sentence.words[sentence.words[place].head]
    return _done(sentence, sentence.words[place].head) if verb.pos == "VERB" else ""


def _measure(sentence: Sentence, counted: int | None, quantity: Quantity) -> str:
    """A name for what is counted: the noun and what became of it ("operations cancelled"), or the doing's object."""
    place = counted if counted is not None else _place(sentence, quantity)
    if place is None:
        return ""
    noun = sentence.words[place]
    around = (place, noun.head, *sentence.ancestors(noun.head))
    doing = next((at for at in around if sentence.words[at].pos in {"VERB", "AUX"}), None)
    verb = sentence.words[doing] if doing is not None and sentence.words[doing].pos == "VERB" else None
    done = _done(sentence, doing) if verb is not None and doing is not None and noun.dep in _UNDERGOES else ""
    lemma = noun.lemma.lower()
    sum_ = bool(quantity.money) or (counted is not None and lemma in _MONEYS)
    if counted is not None and not sum_ and lemma not in _MEASURES:
        return _name(noun.text, done)
    measures = verb is not None and verb.lemma.lower() in _MEASURING
    themes = (at for at in _themes(sentence, verb) if at != place)
    theme = next(themes, None) if noun.dep != "dobj" or measures else None
    if theme is not None:
        return f"{sentence.words[theme].text} {verb.lemma if verb and measures else ''}".strip().capitalize()
    of = next((at for at in sentence.all(place, "prep") if sentence.words[at].low == "of"), None)
    substance = sentence.child(of, "pobj") if of is not None and not quantity.share else None
    if substance is not None and sentence.words[substance].pos == "PRON":
        substance = None
    if counted is None and not sum_ and (state := _state(sentence, place)):
        return state.capitalize()
    kind = "sum" if sum_ else "share" if quantity.share else noun.text if counted is not None else UNKNOWN
    head = sentence.words[substance].text if substance is not None else kind
    return _name(head, done)


def _state(sentence: Sentence, place: int) -> str:
    """What those are that a number counts without a noun: "57 injured", "35 dead"; else empty."""
    after = sentence.words[place + 1] if place + 1 < len(sentence.words) else None
    if after is None or after.tag not in {"JJ", "VBN", "VBD"} or after.pos not in {"ADJ", "VERB", "NOUN"}:
        return ""
    noun = any(word.pos in {"NOUN", "PROPN", "ADJ"} for word in sentence.words[place + 2 : place + 3])
    return "" if noun else after.low


def _name(noun: str, done: str) -> str:
    """The two as a name; the noun alone where what became of it is a word that no name may hold ("confirmed")."""
    named = f"{noun} {done}".strip().capitalize()
    return noun.capitalize() if headline_in(named) else named


def _done(sentence: Sentence, place: int) -> str:
    """What became of it, in the form that the text has for it: "handed over"; empty where that is no participle."""
    verb = sentence.words[place]
    if verb.lemma.lower() in _NO_DOING or verb.tag not in {"VBN", "VBD"}:
        return ""
    away = sentence.child(place, "prt")
    return f"{verb.low} {sentence.words[away].low}" if away is not None else verb.low


_UNDERGOES = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr"})


def _themes(sentence: Sentence, verb: Word | None) -> Iterator[int]:
    """Common nouns that the verb is about: its object, else its subject, where that does not speak of the number."""
    says = verb is not None and verb.lemma.lower() in _NO_DOING - {"be", "have"}
    for dep in ("dobj",) if says else ("dobj", "nsubjpass", "nsubj"):
        for at, word in enumerate(sentence.words):
            if word.dep == dep and word.pos == "NOUN" and verb is not None and sentence.words[word.head] is verb:
                yield at


def _place(sentence: Sentence, quantity: Quantity) -> int | None:
    return next((at for at, word in enumerate(sentence.words) if word.start < quantity.span.end <= word.end), None)


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
    if after is not None and after.low == "of":
        whole = sentence.child(place + 1, "pobj")
        return whole if whole is None or sentence.words[whole].pos != "PRON" else None
    return place + 1 if after is not None and after.pos in {"NOUN", "PROPN"} else None


def _phrase(sentence: Sentence, counted: int, quantity: Quantity) -> str:
    places = [at for at in range(counted + 1) if sentence.words[at].start >= (quantity.of or quantity.span).end]
    kept = (sentence.words[at] for at in places if sentence.words[at].pos in {"NOUN", "PROPN", "ADJ", "NUM", "PART"})
    return re.sub(r" (?=['’])", "", " ".join(word.text for word in kept))
