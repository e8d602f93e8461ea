"""The names in a sentence, and who of them can assert something or carry what others say."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.core.intake.grammar import Sentence
from bot.core.intake.passages import Passage
from bot.core.intake.words import plain, words

_DOCUMENTS = words("reporting", "documents")
_HEADS, _OUTLETS, _NO_HOP = words("outlets", "heads"), words("outlets", "names"), words("outlets", "no_hop")
_NO_OUTLETS = words("outlets", "no_outlets")
_SPEAKERS = words("speakers", "nouns")
_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "those", "others", "both", "some"})
_RELATIVE = frozenset({"that", "which", "who", "whom", "whose"})
_ITSELF = frozenset({"itself", "themselves", "himself", "herself"})
_NAMING = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"})


_NAMES_TOO = {"mirror", "observer", "media", "post", "press", "standard", "network", "service"}
_INTRODUCED = re.compile(
    rf"\b(?:{'|'.join(sorted(_HEADS - _NAMES_TOO))})"
    r"\s((?:[A-Z][\w’'-]*)(?:\s[A-Z][\w’'-]*){0,3})"
)


class Names:
    """A sentence of *text*, read for its names; names are places of words."""

    def __init__(self, text: str, sentence: Sentence, passage: Passage) -> None:
        self.text, self.s, self.passage = text, sentence, passage

    def quoted(self, place: int) -> bool:
        """Whether the word at *place* stands in quotation marks."""
        return self.passage.quotes(self.s.words[place].start)

    def outlet(self, places: tuple[int, ...]) -> bool:
        """Whether the name at *places* is one of those who carry what others say."""
        if not places:
            return False
        head_at, apart = self.head_of(places), {"acl", "relcl", "agent"}
        own = next((at for at in places if at > head_at and self.s.words[at].dep in apart), places[-1] + 1)
        low = [self.s.words[place].low for place in places if place < own]
        if " ".join(low) in introduced(self.text):
            return True
        if any(word in _NO_HOP for word in low):
            return False
        head = self.s.words[self.head_of(places)]
        proper = next((at for at in places if self.s.words[at].pos == "PROPN"), 0)
        if proper > places[0] and self.s.words[proper - 1].low in _HEADS and self.s.words[proper - 1].text.islower():
            return True
        if (
            (head.entity == "PERSON" and head.low not in _HEADS)
            or head.lemma.lower() in _NO_OUTLETS
            or (head.lemma.lower() in _SPEAKERS - _HEADS and head.pos == "NOUN")
        ):
            return False
        before = low[: low.index("of")] if "of" in low else low
        return any(word in _OUTLETS or word in _HEADS for word in before)

    def speaker(self, places: tuple[int, ...]) -> bool:
        """Whether the name at *places* can assert something: a person, a body, or who stands for one."""
        if not places:
            return False
        head = self.s.words[self.head_of(places)]
        return (
            head.pos == "PROPN"
            or self.somebody(self.head_of(places))
            or any(self.s.words[at].pos == "PROPN" and self.s.words[at].dep == "appos" for at in places)
            or head.lemma.lower() in _SPEAKERS | _HEADS
            or head.low in _PRONOUNS
            or head.entity in {"PERSON", "ORG", "NORP", "GPE"}
            or self.outlet(places)
        )

    def somebody(self, place: int) -> bool:
        """Whether the noun at *place* is a person's, as "who" goes on about it: "a surgeon who was there"."""
        return self.s.words[place].pos == "NOUN" and any(
            word.low == "who" and self.s.words[word.head].dep == "relcl" and self.s.words[word.head].head == place
            for word in self.s.words
        )

    def calls_itself(self, places: tuple[int, ...]) -> tuple[int, ...]:
        """The name that the text says it goes by: "which calls itself Grey Lantern"."""
        inside = set(self.s.subtree(self.head_of(places)))
        for at, word in enumerate(self.s.words[:-2]):
            if at in inside and word.lemma.lower() == "call" and self.s.words[at + 1].low in _ITSELF:
                name = at + 2
                while name < len(self.s.words) and self.s.words[name].pos in {"PROPN", "DET"}:
                    name += 1
                return tuple(range(at + 2, name))
        return ()

    def document(self, places: tuple[int, ...]) -> bool:
        """Whether the name at *places* is a text or a count that says something."""
        head = self.s.words[self.head_of(places)] if places else None
        return head is not None and (head.lemma.lower() in _DOCUMENTS or head.low in _DOCUMENTS)

    def head_of(self, places: tuple[int, ...]) -> int:
        """The place of the word that the name at *places* hangs on."""
        inside = set(places)
        return next(
            (at for at in places if self.s.words[at].head not in inside or self.s.words[at].head == at), places[-1]
        )

    def name(self, place: int) -> tuple[int, ...]:
        """The name whose head is *place*: without what commas set apart, unless that is a proper name."""
        s = self.s
        dropped = set[int]()
        for at in s.subtree(place):
            word = s.words[at]
            apart = word.dep in {"relcl", "acl", "advcl", "parataxis"} or (word.dep == "conj" and word.tag == "VBG")
            if apart and at != place and not self._part_of_name(at):
                dropped.update(s.subtree(at))
            if word.dep == "appos" and at != place and not self._proper(at, place):
                dropped.update(s.subtree(at))
            if word.dep in {"prep", "amod"} and at > place and s.words[at - 1].text in {",", "—", "–", "-"}:
                dropped.update(s.subtree(at))
        kept = [at for at in s.subtree(place) if at not in dropped]
        run = _run(kept, place, s)
        while run and (
            s.words[run[-1]].pos in {"PUNCT", "CCONJ"} and s.words[run[-1]].text not in {'"', "”", ")", "’", "'"}
        ):
            run = run[:-1]
        while len(run) > 1 and s.words[run[-1]].tag == "POS":
            run = run[:-1]
        if len(run) > 1 and s.words[run[0]].low in _RELATIVE:
            doing = next((at for at in run if s.words[at].pos in {"VERB", "AUX"}), None)
            run = [at for at in run[1:] if doing is None or at < doing]
        while run and s.words[run[0]].pos == "PUNCT" and s.words[run[0]].text not in {'"', "“", "‘"}:
            run = run[1:]
        return tuple(run)

    def _proper(self, appos: int, place: int) -> bool:
        head = self.s.words[place]
        word = self.s.words[appos]
        return (word.pos == "PROPN" and (head.pos != "PROPN" or self.quoted(appos))) or (
            self.quoted(appos) and appos - place < 5
        )

    def _part_of_name(self, at: int) -> bool:
        return self.s.words[at - 1].pos != "PUNCT" and self.s.words[at].dep == "acl" and self.s.words[at].tag == "VBN"

    def phrase(self, start: int) -> tuple[int, ...]:
        """The name that begins at the word *start*."""
        head = start
        for at in (start, *self.s.ancestors(start)):
            if min(self.s.subtree(at)) < start or self.s.words[at].pos not in {
                "NOUN",
                "PROPN",
                "PRON",
                "DET",
                "ADJ",
                "NUM",
            }:
                break
            if self.s.words[at].pos in {"NOUN", "PROPN", "PRON"}:
                head = at
        return self.name(head)


@lru_cache(maxsize=4)
def introduced(text: str) -> frozenset[str]:
    """Names that *text* introduces as an outlet's, in lower case: "the website Kray", "the broadcaster KRT"."""
    return frozenset(plain(found[1]) for found in _INTRODUCED.finditer(text))


def _run(kept: list[int], place: int, s: Sentence) -> list[int]:
    """The unbroken run of *kept* around *place*; lone marks in between do not break it."""
    inside, run = set(kept), [place]
    at = place - 1
    while at >= 0 and at in inside:
        run.insert(0, at)
        at -= 1
    at = place + 1
    while at < len(s.words) and at in inside:
        run.append(at)
        at += 1
    return run
