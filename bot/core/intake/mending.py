"""A parser's common faults, put right before anything is read by its labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core.intake.grammar import FINITE, SUBJECTS, Word

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose", "where", "when"})


def mended(words: Sequence[Word]) -> tuple[Word, ...]:
    """*words* with common faults of small models put right."""
    return _clause_of_citing(_participle_of_subject(_noun_of_subject(words)))


def _clause_of_citing(words: Sequence[Word]) -> tuple[Word, ...]:
    """What follows ", citing surgeons, that …" is said by the verb before, on which "citing" hangs, too."""
    citing = {at for at, each in enumerate(words) if each.low in {"citing", "quoting"} and each.dep == "advcl"}
    early = {at for at in citing if words[at].head > at and words[words[at].head].dep == "ccomp"}
    return tuple(
        replace(each, head=words[each.head].head)
        if at in early or (each.dep == "ccomp" and each.head in citing)
        else each
        for at, each in enumerate(words)
    )


def _noun_of_subject(words: Sequence[Word]) -> tuple[Word, ...]:
    """
    A noun that has a relative clause without a relative word is part of a name, and the clause the sentence.

    "The opposition Green Party called it a theft" comes as "opposition", with all the rest hanging on it.
    """
    for place, word in enumerate(words):
        root = words[word.head]
        if word.dep != "relcl" or root.dep != "ROOT" or root.pos not in {"NOUN", "PROPN", "ADJ"}:
            continue
        subject = next((at for at, each in enumerate(words) if each.head == place and each.dep in SUBJECTS), None)
        between = words[word.head + 1 : place]
        if subject is None or any(each.low in _RELATIVE or each.pos == "PUNCT" for each in between):
            continue
        old = word.head
        return tuple(
            replace(each, head=place, dep="ROOT")
            if at == place
            else replace(each, head=subject, dep="compound")
            if at == old
            else replace(each, head=subject)
            if each.head == old and at < old
            else replace(each, head=place, dep="dobj" if each.dep == "appos" else each.dep)
            if each.head == old
            else each
            for at, each in enumerate(words)
        )
    return tuple(words)


def _participle_of_subject(words: Sequence[Word]) -> tuple[Word, ...]:
    """
    A participle that describes the subject is no predicate where another verb follows that has no subject of its own.

    "Residents interviewed in six villages said …" and "A filing, dated that day, gives …" come with the participle
    as the sentence's root and the verb hanging on it without an "and".
    """
    root = next((at for at, each in enumerate(words) if each.dep == "ROOT"), 0)
    subject = next((at for at, each in enumerate(words) if each.head == root and each.dep == "nsubj"), None)
    if not words or subject is None or words[root].tag not in {"VBD", "VBN", "VBG"} or subject > root:
        return tuple(words)
    below = [at for at, each in enumerate(words) if each.head == root and at != root]
    verb = next((at for at in below if at > root and _takes_over(words, at)), None)
    joined = any(words[at].dep in {"cc", "aux", "auxpass"} and at < (verb or 0) for at in below)
    beside = words[root - 1].text == "," or subject == root - 1
    if verb is None or joined or not beside:
        return tuple(words)
    return tuple(
        replace(each, head=verb, dep="ROOT")
        if at == verb
        else replace(each, head=verb)
        if at == subject or (each.head == root and at > verb)
        else replace(each, head=subject, dep="acl", tag="VBN")
        if at == root
        else each
        for at, each in enumerate(words)
    )


def _takes_over(words: Sequence[Word], at: int) -> bool:
    """Whether the word at *at* is a verb with a tense and no subject, not joined by "and"."""
    own = {words[below].dep for below in range(len(words)) if words[below].head == at}
    before = words[at - 1].low
    finite = words[at].tag in FINITE or (words[at].pos == "AUX" and words[at].tag in FINITE)
    return finite and words[at].dep in {"dep", "conj", "ccomp"} and not own & SUBJECTS and before not in {"and", "or"}
