"""An attribution at a sentence's end, "…, the ministry said on Sunday": found before the rest is parsed by itself."""

from __future__ import annotations

from bot.core.intake.grammar import FINITE, Sentence
from bot.core.intake.passages import Passage
from bot.core.intake.words import words

_SAY = words("reporting", "say")
_TELL = words("reporting", "to")
_SHOW, _DOCUMENTS = words("reporting", "show"), words("reporting", "documents")
_LONGEST_NAME = 30
_OPENS_NAME = frozenset(
    {"DT", "PRP", "PRP$", "NNP", "NNPS", "NN", "NNS", "JJ", "CD", "JJS", "POS", "VBN", "RB", "WHO"}
)
_AFTER = frozenset({"IN", "RB", "TO", ".", ",", "''", "VBG", "-LRB-"})
_RELATIVE = frozenset({"who", "which", "whose"})


def tail(sentence: Sentence, passage: Passage) -> int | None:
    """The place of the first word of the attribution that closes the sentence; None where none does."""
    found: int | None = None
    for place, word in enumerate(sentence.words):
        shows = word.lemma.lower() in _SHOW and place and sentence.words[place - 1].lemma.lower() in _DOCUMENTS
        if (shows or word.lemma.lower() in _SAY) and _said(sentence, place) and not passage.quotes(word.start):
            start = _start(sentence, passage, place)
            if start is not None and _ends(sentence, passage, place, start) and _clause(sentence, passage, start):
                found = start if found is None else found
    return found


def _said(sentence: Sentence, place: int) -> bool:
    """Whether the verb at *place* has a tense, by its tag or, where that is wrong, by what stands around it."""
    before = sentence.words[place - 1].low if place else ""
    tag = sentence.words[place].tag
    after = sentence.words[place + 1] if place + 1 < len(sentence.words) else None
    ends = after is None or after.pos == "PUNCT" or after.entity == "DATE" or after.low == "on"
    subject = ends and place > 0 and sentence.words[place - 1].tag.startswith("NN")
    return tag in {"VBD", "VBZ", "VBP"} or (tag == "VBN" and (subject or before in {"has", "have", "had"}))


def _start(sentence: Sentence, passage: Passage, verb: int) -> int | None:
    """Where the name before the verb begins, after a comma; the verb's own place in `"…," said X`."""
    ws = sentence.words
    if verb and ws[verb - 1].text in {'"', "”", "»", "’", "'"} and _closes(sentence, passage, verb - 1):
        return verb
    found: int | None = None
    for at in range(verb - 1, max(-1, verb - _LONGEST_NAME), -1):
        word = ws[at]
        opening = at + 1
        mark = word.text in {",", "”", '"', "»"} and (word.text == "," or _closes(sentence, passage, at))
        if mark and opening < verb and ws[opening].tag in _OPENS_NAME and ws[opening].text not in {"and", "but"}:
            found = opening
            if ws[verb - 1].text != ",":
                return found
        if word.tag in FINITE:
            return found
    return found


def _closes(sentence: Sentence, passage: Passage, at: int) -> bool:
    """Whether the mark at *at* closes a quotation."""
    return any(span.end == sentence.words[at].start for span in passage.quoted)


def _ends(sentence: Sentence, passage: Passage, verb: int, start: int) -> bool:
    """Whether nothing is said after the verb: at most whom it was told, when, where, and by the way."""
    ws = sentence.words
    after = verb + 1
    if start == verb:
        return True
    if ws[verb].lemma.lower() in _TELL:
        while after < len(ws) and ws[after].tag in {"DT", "NNP", "NNPS", "NN", "NNS", "JJ", "PRP", "PRP$", "POS"}:
            after += 1
    elif after < len(ws) and ws[after].entity in {"DATE", "TIME"}:
        while after < len(ws) and ws[after].entity in {"DATE", "TIME"}:
            after += 1
    if after >= len(ws):
        return True
    if ws[after].low == "that" or ws[after].tag not in _AFTER:
        return False
    rest = ws[after:]
    aside = next((at for at, word in enumerate(rest) if word.text in {",", "—", "–"}), len(rest))
    near = rest[:aside]
    if any(word.tag in FINITE for word in near if not passage.quotes(word.start)) or any(
        passage.quotes(word.start) for word in near
    ):
        return False
    further = rest[aside + 1 :]
    return (
        not further
        or further[0].tag == "VBG"
        or (
            further[0].low in _RELATIVE | {"in", "without", "after", "as", "citing", "a", "an", "the"}
            and not _goes_on(sentence, further[0].start)
        )
    )


def _goes_on(sentence: Sentence, start: int) -> bool:
    """Whether a clause of its own follows a name put in between: "…, the army said, the town has fallen"."""
    rest = [word for word in sentence.words if word.start >= start]
    if rest and rest[0].low in {"in", "without", "after", "as", "citing"}:
        return False
    return any(word.tag in FINITE for word in rest) and not any(word.low in _RELATIVE for word in rest[:1])


def _clause(sentence: Sentence, passage: Passage, start: int) -> bool:
    """Whether what stands before is something to say: a clause or a quotation."""
    before = sentence.words[:start]
    return len(before) > 3 and any(word.tag in FINITE for word in before)
