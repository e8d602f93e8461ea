"""Who says it: the attributions of one sentence, with who carried them on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.claims import Relay
from bot.core.intake.grammar import FINITE, Sentence, Word
from bot.core.intake.passages import Passage
from bot.core.intake.relaying import cited, hops
from bot.core.intake.speakers import Names
from bot.core.intake.words import words
from bot.core.number_words import HEAPS

_SAY, _STANCE, _DENY, _SHOW = (words("reporting", name) for name in ("say", "stance", "deny", "show"))
_MAKES, _HUMAN, _NUMBERING = (words("reporting", name) for name in ("makes", "human", "numbering"))
_IMPERSONAL = words("reporting", "impersonal")
_ASIDE = words("reporting", "aside")
_NUMBERS = frozenset({"number", "figure", "total", "toll", "estimate", "count", "sum", "amount"})
_PERCENT = words("figures", "share")
_COMPLEMENT = frozenset({"that", "whether", "if", "as"})
_CITING = frozenset({"cite", "quote"})


@dataclass(frozen=True, slots=True)
class Frame:
    """
    One attribution: *claimant* (places of its words, none where nobody is named) says what hangs on *verb*.

    Attributes:
        whole: Whether the doing itself is asserted ("blamed", "denied"), not what follows the verb.
        around: Whether it is put in between what it attributes.
        hops: Places of the names of who carried it, each with how.
    """

    verb: int
    claimant: tuple[int, ...] = ()
    whole: bool = False
    hops: tuple[tuple[tuple[int, ...], Relay], ...] = ()
    around: bool = False


class Attributions(Names):
    """What one sentence says of who says it."""

    def __init__(self, text: str, sentence: Sentence, passage: Passage) -> None:
        super().__init__(text, sentence, passage)
        self.frames = dict(self._frames())
        self.according = tuple(self._according())
        self.hops = tuple(dict.fromkeys(hops(self)))
        self.cited = cited(self)

    def closing(self) -> Frame | None:
        """The attribution of words that are nothing else: "the ministry said on Sunday", "said the mayor"."""
        for place, word in enumerate(self.s.words):
            if word.lemma.lower() in _SAY | _SHOW and word.pos in {"VERB", "AUX"}:
                if (quoting := self._quoting(place)) is not None or (
                    (quoting := self.frames.get(place)) is not None and not quoting.whole
                ):
                    return quoting
                if place == 0:
                    return Frame(place, self.phrase(1)) if len(self.s.words) > 2 else None
                subject = self.s.subject(place)
                return Frame(place, self.name(subject) if subject is not None else self.phrase(0))
        return None

    def verb_above(self, place: int) -> str:
        """Base form of the nearest verb that attributes what stands at *place*; empty where none does."""
        at = next((at for at in (place, *self.s.ancestors(place)) if at in self.frames), None)
        return self._lemma(self.s.words[at]) if at is not None else ""

    def _frames(self) -> Iterator[tuple[int, Frame]]:
        for place, word in enumerate(self.s.words):
            if word.pos in {"VERB", "AUX"} and not self.quoted(place) and (frame := self._frame(place)):
                yield place, frame

    def _frame(self, place: int) -> Frame | None:
        s, word = self.s, self.s.words[place]
        lemma = self._lemma(word)
        if lemma in _CITING and (frame := self._quoting(place)):
            return frame
        passive = word.tag == "VBN" and s.child(place, "auxpass") is not None
        if lemma not in _SAY | _STANCE | _SHOW or passive or self._unsaid(place):
            return None
        if place == 0 and len(s.words) > 2:
            return Frame(place, self.phrase(1)) if lemma in _SAY else None
        subject = self._speaking(place)
        return self._asserting(place, lemma, self.name(subject)) if subject is not None else None

    def _speaking(self, place: int) -> int | None:
        """The subject of the verb at *place*, where it can be somebody."""
        subject = self.s.subject(place)
        if subject is None or (self.quoted(subject) and self.s.words[subject].dep != "appos"):
            return None
        who = self.s.words[subject]
        if who.low == "who":
            return self.s.words[place].head if self.s.words[place].dep == "relcl" else None
        return None if who.low in _IMPERSONAL or (who.low == "it" and who.dep == "expl") else subject

    def _asserting(self, place: int, lemma: str, claimant: tuple[int, ...]) -> Frame | None:
        """What the verb at *place* makes of its claimant: a speaker, or one whose doing is the claim."""
        if self._share(claimant):
            return None
        clause = self.clauses(place)
        can = self.speaker(claimant) or self.document(claimant)
        if clause or self._quotes_beside(place):
            if lemma in _SHOW - _SAY and not can:
                return Frame(place)
            partly = not clause and self._partly_quoted(place)
            return Frame(place, claimant, whole=lemma in _DENY or lemma not in _SAY | _SHOW or partly)
        if self._parenthetical(place):
            return Frame(place, claimant)
        if lemma in _MAKES:
            return None
        takes = self.s.child(place, "dobj", "prep", "dative", "oprd", "xcomp", "npadvmod") is not None
        if not self._judges(place, lemma, claimant):
            return None
        head = self.s.words[self.head_of(claimant)].pos
        gives = self._numbers(place) or self._quotes_beside(place)
        named = (lemma in _HUMAN and head == "NOUN") or (gives and lemma in _NUMBERING and self._names(head, place))
        return Frame(place, claimant, whole=True) if takes and (can or named) else None

    def _names(self, head: str, place: int) -> bool:
        """Whether who gives a number may be somebody: a name, or any noun beside "put it at" and a bare "gives 4"."""
        given = self.s.child(place, "dobj")
        return head == "PROPN" or (given is not None and self.s.words[given].tag in {"PRP", "CD"})

    def _lemma(self, word: Word) -> str:
        """The verb's base form; small parsers take "rated" for a form of "rat"."""
        lemma = word.lemma.lower()
        return f"{lemma}e" if word.low == f"{lemma}ed" and f"{lemma}e" in _SAY | _STANCE else lemma

    def _share(self, claimant: tuple[int, ...]) -> bool:
        """Whether it is a share of people, whom somebody else counted: "71 percent of parents want"."""
        return any(self.s.words[at].low in _PERCENT for at in claimant)

    def _gives_number(self, place: int, claimant: tuple[int, ...]) -> bool:
        """Whether it is a number that is given, or a document that gives it."""
        given = self.s.child(place, "dobj")
        return self.document(claimant) or (
            given is not None and (self.s.words[given].lemma.lower() in _NUMBERS or self.s.words[given].tag == "CD")
        )

    def _numbers(self, place: int) -> bool:
        """Whether a number stands after the verb at *place*."""
        after = (self.s.words[at] for at in self.s.subtree(place) if at > place)
        return any(word.tag == "CD" or word.low in HEAPS for word in after)

    def _judges(self, place: int, lemma: str, claimant: tuple[int, ...]) -> bool:
        """Whether it puts at or arrives at a number, or calls something a name; not "put a duty on", "called in"."""
        s = self.s
        after = {s.words[at].low for at in s.subtree(place) if at > place}
        if lemma == "give":
            return self._gives_number(place, claimant) or (self._numbers(place) and bool(after & {"as", "at"}))
        if lemma in {"put", "arrive"}:
            return bool(after & {"at", "between", "closer", "nearer", "above", "below"}) and self._numbers(place)
        if lemma in {"know", "talk", "measure", "register", "credit"}:
            return self._numbers(place) or self._quotes_beside(place)
        if lemma != "call":
            return True
        beside = [
            at
            for at in s.children[place]
            if at > place and s.words[at].dep not in {"punct", "dobj", "prep", "advmod"}
        ]
        return bool(beside) or any(s.words[at].low in {"for", "on", "upon"} for at in s.all(place, "prep"))

    def _unsaid(self, place: int) -> bool:
        """Whether it is not said after all: "did not say", "declined to say", "nor do they say", "if he says"."""
        s, word = self.s, self.s.words[place]
        if s.child(place, "neg") is not None or word.low in _ASIDE - {"saying"}:
            return True
        asked = next((at for at in s.all(place, "aux") if s.words[at].lemma.lower() == "do"), None)
        if asked is not None and asked < (s.child(place, "nsubj") or 0):
            return True
        if word.tag == "VB" and s.child(place, "aux") is not None:
            aux = {s.words[at].low for at in s.all(place, "aux")}
            if aux == {"would"} and s.words[place - 1].low == "only":
                return False
            return bool(
                aux & {"to", "would", "could", "may", "might", "should", "can", "must", "will"}
            ) and not aux & {"did", "do"}
        if word.dep == "advcl" and (mark := s.child(place, "mark")) is not None:
            return s.words[mark].low not in {"as", "while", "though", "although", "after", "because", "when"}
        return word.dep in {"amod", "compound", "pcomp"} or (word.dep == "acl" and word.tag == "VBN")

    def clauses(self, place: int) -> list[int]:
        """Places of the clauses that the verb at *place* takes."""
        hyphens = {at for at, word in enumerate(self.s.words) if word.text == "-"}
        found = [
            at
            for at in self.s.all(place, "ccomp")
            if not hyphens & {at - 1, at, at + 1} or self.s.child(at, "nsubj", "nsubjpass") is not None
        ]
        marks = {at: self.s.child(at, "mark") for at in found}
        return [at for at, mark in marks.items() if mark is None or self.s.words[mark].low in _COMPLEMENT]

    def _quotes_beside(self, place: int) -> bool:
        s = self.s
        around = {s.words[place].start - 60, s.words[place].end + 200}
        return any(
            (span.start > s.words[place].end or span.end < s.words[place].start)
            and min(around) < span.end
            and span.start < max(around)
            for span in self.passage.quoted
            if len(span.of(self.text).split()) > 1
        )

    def _partly_quoted(self, place: int) -> bool:
        """`described it as "out of date"`: the quotation is a part of what is asserted, which the verb opens."""
        return self.s.child(place, "dobj", "prep", "xcomp") is not None and any(
            span.start > self.s.words[place].end and self.text[span.start].islower() for span in self.passage.quoted
        )

    def _parenthetical(self, place: int) -> bool:
        s, word = self.s, self.s.words[place]
        if word.dep == "parataxis":
            return True
        after = s.words[place + 1] if place + 1 < len(s.words) else None
        return bool(
            after and after.text in {",", "."} and word.tag in FINITE and s.child(place, "dobj", "prep") is None
        )

    def _quoting(self, place: int) -> Frame | None:
        """`was quoted as saying`, `Y quoted X as saying`, and `citing X` beside the verb of an outlet."""
        s, word = self.s, self.s.words[place]
        if (
            word.tag == "VBN"
            and s.child(place, "auxpass") is not None
            and (who := s.child(place, "nsubjpass")) is not None
        ):
            return Frame(self._saying(place), self.name(who))
        said = self._saying(place)
        whom = s.child(place, "dobj")
        if said != place and whom is not None and (who := s.subject(place)) is not None:
            return Frame(said, self.name(whom), hops=((self.name(who), Relay.VIA),))
        return None

    def _saying(self, place: int) -> int:
        low = {"saying", "telling"}
        return next((at for at in self.s.subtree(place) if self.s.words[at].low in low and at > place), place)

    def _according(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        yield from self._surveyed()
        for place, word in enumerate(self.s.words[:-2]):
            if word.low == "according" and self.s.words[place + 1].low == "to" and not self.quoted(place):
                yield place, self._named_after(place)

    def _surveyed(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Who asked, where a share of those asked is all that speaks: "in a survey by X, 14 percent said"."""
        if not any(word.dep == "nsubj" and self._share((at,)) for at, word in enumerate(self.s.words)):
            return
        for place, word in enumerate(self.s.words):
            by = self.s.child(place, "prep") if word.dep == "pobj" and self.document((place,)) else None
            who = self.s.child(by, "pobj") if by is not None and self.s.words[by].low == "by" else None
            if who is not None and not self.quoted(place):
                yield word.head, self.name(who)

    def _named_after(self, place: int) -> tuple[int, ...]:
        """The name after "according to"; up to the next mark, where the parser took an acronym for a pronoun."""
        start = place + 2
        if self.s.words[start].tag not in {"WP", "PRP"} or self.s.words[start].text.islower():
            return self.phrase(start)
        return tuple(
            range(
                start,
                next(
                    at
                    for at, word in enumerate(self.s.words)
                    if at > start and (word.pos == "PUNCT" or at == len(self.s.words) - 1)
                ),
            )
        )
