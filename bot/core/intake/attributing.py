"""Who says it: the attributions of one sentence, with who carried them on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.core.claims import Relay
from bot.core.intake.grammar import FINITE, SUBJECTS, Sentence
from bot.core.intake.passages import Passage
from bot.core.intake.words import plain, words

_SAY, _STANCE, _DENY, _SHOW = (words("reporting", name) for name in ("say", "stance", "deny", "show"))
_DOCUMENTS, _IMPERSONAL = words("reporting", "documents"), words("reporting", "impersonal")
_HEADS, _OUTLETS, _NO_HOP = words("outlets", "heads"), words("outlets", "names"), words("outlets", "no_hop")
_NO_OUTLETS = words("outlets", "no_outlets")
_SPEAKERS = words("speakers", "nouns")
_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "those", "others", "both", "some"})
_ASIDE = frozenset({"speaking", "citing", "quoting", "according", "saying"})
_CITING = frozenset({"cite", "quote"})
_MATTER = frozenset({"ccomp", "xcomp", "dobj", "prep", "oprd", "advcl", "parataxis", "acomp", "attr", "pcomp"})
_TO_HOP = re.compile(
    r"\b(?:told|tells|tell|telling|informed|speaking to|speaking with|spoke to|spoke with|interview with|interviewed by|"
    r"(?:comments?|statement|remarks?|e-?mail|message|interview|briefing|letter|reply) to|interview (?:on|for)|said to)\s+"
)
_VIA_HOP = re.compile(
    r"\b(?:quoted by|reported by|cited by|carried by|published by|broadcast by|aired by|relayed by|shown by|quoted in|reported in|"
    r"seen by|obtained by|reviewed by|as saying by|as saying to|quoted as (?:saying|telling) by|interview published (?:in|by))\s+"
)
_SAYING_BY = re.compile(r"\bas (?:saying|telling)\b.{0,40}?\bby\s+")


@dataclass(frozen=True, slots=True)
class Frame:
    """
    One attribution: *claimant* (places of its words, none where nobody is named) says what hangs on *verb*.

    Attributes:
        whole: Whether the doing itself is asserted ("blamed", "denied"), not what follows the verb.
        hops: Places of the names of who carried it, each with how.
    """

    verb: int
    claimant: tuple[int, ...] = ()
    whole: bool = False
    hops: tuple[tuple[tuple[int, ...], Relay], ...] = ()
    content: tuple[int, ...] = field(default=())


class Attributions:
    """What one sentence says of who says it."""

    def __init__(self, text: str, sentence: Sentence, passage: Passage) -> None:
        self.text, self.s, self.passage = text, sentence, passage
        self.frames = dict(self._frames())
        self.according = tuple(self._according())
        self.hops = tuple(self._hops())

    def closing(self) -> Frame | None:
        """The attribution of words that are nothing else: "the ministry said on Sunday", "said Ann Lee"."""
        for place, word in enumerate(self.s.words):
            if word.lemma.lower() in _SAY and word.pos in {"VERB", "AUX"}:
                if (
                    (quoting := self._quoting(place)) is not None
                    or (quoting := self.frames.get(place)) is not None
                    and not quoting.whole
                ):
                    return quoting
                if place == 0:
                    return Frame(place, self.phrase(1)) if len(self.s.words) > 2 else None
                subject = self.s.subject(place)
                return Frame(place, self.name(subject) if subject is not None else self.phrase(0))
        return None

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
        """The name whose head is *place*: without what is said of it between commas, unless that is its proper name."""
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
        return (
            word.pos == "PROPN"
            and (head.pos != "PROPN" or self.quoted(appos))
            or (self.quoted(appos) and appos - place < 5)
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

    def _frames(self) -> Iterator[tuple[int, Frame]]:
        for place, word in enumerate(self.s.words):
            if word.pos in {"VERB", "AUX"} and not self.quoted(place) and (frame := self._frame(place)):
                yield place, frame

    def _frame(self, place: int) -> Frame | None:
        s, word = self.s, self.s.words[place]
        lemma = word.lemma.lower()
        if lemma in _CITING and (frame := self._quoting(place)):
            return frame
        if lemma not in _SAY | _STANCE | _SHOW or word.tag == "VBN" and s.child(place, "auxpass") is not None:
            return None
        if self._unsaid(place) or (word.low in _ASIDE and word.low != "saying"):
            return None
        subject = s.subject(place)
        if place == 0 and len(s.words) > 2:
            return Frame(place, self.phrase(1)) if lemma in _SAY else None
        if subject is None:
            subject = self._inverted(place)
        if subject is None or self.quoted(subject) and s.words[subject].dep != "appos":
            return None
        who = s.words[subject]
        if who.low in _IMPERSONAL - {"it", "who"} or (who.low == "it" and s.words[subject].dep == "expl"):
            return None
        if who.low == "who" and word.dep == "relcl":
            subject = word.head
        claimant = self.name(subject)
        clause = self._clause(place)
        if clause is not None or self._quotes_beside(place):
            if lemma in _DENY:
                return Frame(place, claimant, whole=True)
            if lemma in _SHOW and not self.speaker(claimant) and not self.document(claimant):
                return Frame(place, ()) if lemma not in {"say"} else Frame(place, claimant)
            if clause is None and (lemma in _STANCE or self._partly_quoted(place)):
                return Frame(place, claimant, whole=True)
            return Frame(place, claimant) if lemma in _SAY | _SHOW else Frame(place, claimant, whole=True)
        if self._parenthetical(place):
            return Frame(place, claimant)
        if (
            any(True for _ in s.all(place, "dobj", "prep", "dative", "oprd", "xcomp"))
            and lemma in _SAY | _STANCE | _SHOW
        ):
            if (self.speaker(claimant) or self.document(claimant)) and word.tag in {
                "VBD",
                "VBZ",
                "VBP",
                "VBG",
                "VB",
                "VBN",
            }:
                return Frame(place, claimant, whole=True)
        return None

    def _unsaid(self, place: int) -> bool:
        """Whether it is not said after all: "did not say", "declined to say", "before saying", "if he says"."""
        s, word = self.s, self.s.words[place]
        if s.child(place, "neg") is not None:
            return True
        if word.tag == "VB" and s.child(place, "aux") is not None:
            aux = {s.words[at].low for at in s.all(place, "aux")}
            return bool(
                aux & {"to", "would", "could", "may", "might", "should", "can", "must", "will"}
            ) and not aux & {"did", "do"}
        if word.dep == "advcl" and (mark := s.child(place, "mark")) is not None:
            return s.words[mark].low not in {"as", "while", "though", "although", "after", "because", "when"}
        return word.dep in {"amod", "compound", "pcomp"} or (word.dep == "acl" and word.tag == "VBN")

    def _inverted(self, place: int) -> int | None:
        """The subject of `"…," said X`, which the parser may take for an object."""
        after = place + 1
        if (
            after < len(self.s.words)
            and self.s.child(place, "dobj") is not None
            and self.s.child(place, "ccomp") is not None
        ):
            return self.s.child(place, "dobj")
        return None

    def _clause(self, place: int) -> int | None:
        """What is said, as a clause: one that the parser did not make of half a word ("re-elected")."""
        return next(iter(self.clauses(place)), None)

    def clauses(self, place: int) -> list[int]:
        """Places of the clauses that the verb at *place* takes."""
        hyphens = {at for at, word in enumerate(self.s.words) if word.text == "-"}
        return [at for at in self.s.all(place, "ccomp") if not hyphens & {at - 1, at, at + 1}]

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

    def cited(self) -> tuple[int, ...]:
        """Whom the sentence's outlet cites: "citing two officials"."""
        for place, word in enumerate(self.s.words):
            if word.low in {"citing", "quoting"} and not self.quoted(place):
                after = place + 1
                if after < len(self.s.words) and self.speaker(name := self.phrase(after)):
                    return name
        return ()

    def _according(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        for place, word in enumerate(self.s.words[:-2]):
            if word.low == "according" and self.s.words[place + 1].low == "to" and not self.quoted(place):
                yield place, self._named_after(place)

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

    def _hops(self) -> Iterator[tuple[tuple[int, ...], Relay]]:
        start, end = self.s.words[0].start, self.s.words[-1].end
        low = plain(self.text[start:end])
        for how, patterns in ((Relay.TO, (_TO_HOP,)), (Relay.VIA, (_VIA_HOP, _SAYING_BY))):
            for found in (each for pattern in patterns for each in pattern.finditer(low)):
                place = next((at for at, word in enumerate(self.s.words) if word.start == start + found.end()), None)
                if place is None or self.quoted(place):
                    continue
                name = self.phrase(place)
                if self.outlet(name) or (found[0].startswith("t") and how is Relay.TO and self._body(name)):
                    yield name, how

    def _body(self, places: tuple[int, ...]) -> bool:
        """Whether an unknown name may be an outlet's: a proper name that is neither a person nor a place."""
        names = [self.s.words[at] for at in places]
        return (
            bool(names)
            and names[-1].pos == "PROPN"
            and not any(
                word.entity in {"PERSON", "GPE", "LOC", "NORP", "FAC"} or word.low in _NO_HOP for word in names
            )
            and not any(word.lemma.lower() in _SPEAKERS for word in names)
        )


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


SUBJECT_LABELS = SUBJECTS
