"""The names in a sentence, and who of them can assert something or carry what others say."""

from __future__ import annotations

from bot.core.intake.grammar import Sentence
from bot.core.intake.passages import Passage
from bot.core.intake.words import words

_DOCUMENTS = words("reporting", "documents")
_HEADS, _OUTLETS, _NO_HOP = words("outlets", "heads"), words("outlets", "names"), words("outlets", "no_hop")
_NO_OUTLETS = words("outlets", "no_outlets")
_SPEAKERS = words("speakers", "nouns")
_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "those", "others", "both", "some"})
_NAMING = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"})


class Names:
    """A sentence of *text*, read for its names; names are places of words."""

    def __init__(self, text: str, sentence: Sentence, passage: Passage) -> None:
        self.text, self.s, self.passage = text, sentence, passage

    def quoted(self, place: int) -> bool:
        """Whether the word at *place* stands in quotation marks."""
        return self.passage.quotes(self.s.words[place].start)

    def outlet(self, places: tuple[int, ...]) -> bool:
        """Whether the name at *places* is one of those who carry what others say."""
        low = [self.s.words[place].low for place in places]
        if not low or any(word in _NO_HOP for word in low):
            return False
        head = self.s.words[self._head(places)]
        if (
            head.entity == "PERSON"
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
        head = self.s.words[self._head(places)]
        return (
            head.pos == "PROPN"
            or head.lemma.lower() in _SPEAKERS | _HEADS
            or head.low in _PRONOUNS
            or head.entity in {"PERSON", "ORG", "NORP", "GPE"}
            or self.outlet(places)
        )

    def document(self, places: tuple[int, ...]) -> bool:
        """Whether the name at *places* is a text or a count that says something."""
        return bool(places) and self.s.words[self._head(places)].lemma.lower() in _DOCUMENTS

    def _head(self, places: tuple[int, ...]) -> int:
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
            if word.dep in {"relcl", "acl", "advcl", "parataxis"} and at != place and not self._part_of_name(at):
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
