"""A sentence as a parser gives it: words with their heads, in the labels of spaCy's English models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from bot.core.intake.proposals import Span

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})


@dataclass(frozen=True, slots=True)
class Word:
    """
    One token. `start` and `end` are offsets in the article's text, `head` is a place in the sentence's words.

    Attributes:
        tag: Penn Treebank tag ("VBD"); pos: universal one ("VERB"); dep: label of the arc to its head ("nsubj").
        entity: Type of the named entity it is part of ("GPE"); empty for none.
    """

    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    start: int
    end: int
    entity: str = ""

    @property
    def low(self) -> str:
        """The word in lower case with plain apostrophes."""
        return self.text.lower().replace("’", "'")


class Parser(Protocol):
    """Parses spans of a text, each on its own."""

    def parse(self, text: str, spans: Sequence[Span]) -> list[Sentence]: ...


@dataclass(frozen=True)
class Sentence:
    """The words of one sentence and the way they hang together."""

    words: tuple[Word, ...]

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each word, the places of the words whose head it is."""
        below: list[list[int]] = [[] for _ in self.words]
        for place, word in enumerate(self.words):
            if word.head != place:
                below[word.head].append(place)
        return tuple(map(tuple, below))

    def subtree(self, place: int, without: frozenset[int] = frozenset()) -> list[int]:
        """Places of *place* and all below it, in order; what hangs on a place of *without* is left out."""
        found, todo = set[int](), [place]
        while todo:
            at = todo.pop()
            if at in found or (at in without and at != place):
                continue
            found.add(at)
            todo += self.children[at]
        return sorted(found)

    def child(self, place: int, *deps: str) -> int | None:
        """The first word below *place* with one of *deps*."""
        return next((at for at in self.children[place] if self.words[at].dep in deps), None)

    def all(self, place: int, *deps: str) -> Iterator[int]:
        """The words below *place* with one of *deps*."""
        return (at for at in self.children[place] if self.words[at].dep in deps)

    def ancestors(self, place: int) -> Iterator[int]:
        """The heads above *place*, the nearest first."""
        seen = {place}
        while self.words[place].head not in seen:
            place = self.words[place].head
            seen.add(place)
            yield place

    def subject(self, place: int) -> int | None:
        """The subject of the predicate at *place*; one that conjuncts share is found with their head."""
        own = self.child(place, *SUBJECTS)
        if own is not None:
            return own
        word = self.words[place]
        if word.head != place and word.dep in {"conj", "xcomp", "advcl", "dep", "acl"}:
            if word.dep == "acl":
                return word.head
            return self.subject(word.head)
        return None

    def finite(self, place: int) -> bool:
        """Whether the predicate at *place* is a clause of its own: itself or its auxiliary has a tense."""
        return self.words[place].tag in FINITE or any(
            self.words[at].tag in FINITE for at in self.all(place, "aux", "auxpass")
        )

    def span(self, places: Sequence[int]) -> Span:
        """From the first to the last of *places*."""
        return Span(self.words[min(places)].start, self.words[max(places)].end)
