"""What a sentence asserts: one part for each claim, with whoever the sentence says it is from."""

from __future__ import annotations

import re

from bot.core.claims import Relay
from bot.core.intake.attributing import Attributions, Frame
from bot.core.intake.extents import Extents, How
from bot.core.intake.parts import Hops, Part, Voice
from bot.core.intake.proposals import Span
from bot.core.intake.words import words

_HEDGES, _ASIDE = words("reporting", "hedges"), words("reporting", "aside")
_CONTRASTING = frozenset({"while", "whereas", "although", "though", "as"})
_VERBS = frozenset({"VERB", "AUX"})


class Splitter:
    """
    Walks one sentence from its predicates down; every predicate that asserts something becomes an anchor.

    Args:
        told: Whether somebody outside these words says them; what people do in them is then told, not claimed.
    """

    def __init__(self, found: Attributions, *, told: bool = False) -> None:
        self._told = told
        self._found, self._s = found, found.s
        self._anchors: dict[int, tuple[Voice, How]] = {}
        self._outside: set[int] = set()
        self._leads: dict[int, Span] = {}

    def parts(self) -> list[Part]:
        """The parts, in the text's order."""
        for place, word in enumerate(self._s.words):
            if word.head == place and word.pos not in {"PUNCT", "SPACE"}:
                self._visit(place, self._of_quotation(place))
        extents = Extents(self._found, {at: how for at, (_, how) in self._anchors.items()}, frozenset(self._outside))
        made: list[Part] = []
        for anchor, (voice, how) in self._anchors.items():
            for content in extents.of(anchor):
                lead = self._leads.get(anchor) or extents.shared_subject(anchor, content)
                hops = self._all_hops(voice)
                spoken = self._found.passage.quotes(content.start)
                holes = extents.holes(content)
                made.append(Part(content, anchor, voice.claimant, hops, lead, holes, how is How.WHOLE, spoken))
        return sorted(made, key=lambda part: part.content)

    def voice(self, frame: Frame, outer: Voice | None = None) -> Voice:
        """Whose words follow *frame*: its claimant's, or whom the outlet cites; an outlet outside is a hop."""
        outer = outer or Voice()
        claimant, cited = frame.claimant or outer.claimant, self._found.cited
        carries = bool(claimant) and (self._found.outlet(claimant) or self._others(cited))
        if cited and carries and not set(cited) & set(claimant):
            return Voice(cited, (*frame.hops, (claimant, Relay.VIA)))
        if outer.claimant and frame.claimant and outer.claimant != frame.claimant:
            return Voice(claimant, (*frame.hops, *outer.hops, (outer.claimant, Relay.VIA)))
        return Voice(claimant, frame.hops)

    def _others(self, cited: tuple[int, ...]) -> bool:
        """Whether those cited are people, and not the speaker's own: not "citing its divers", nor a report."""
        own = self._s.words[cited[0]].tag == "PRP$" if cited else False
        return not own and not self._found.document(cited)

    def _all_hops(self, voice: Voice) -> Hops:
        """The hops of *voice*, and those that the sentence names beside any verb."""
        if not voice.claimant:
            return ()
        known = {voice.claimant, *(name for name, _ in voice.hops)}
        return (*voice.hops, *((name, how) for name, how in self._found.hops if name not in known))

    def _of_quotation(self, place: int) -> Voice:
        """Who speaks in a quotation's further sentences: whoever the sentence's one attribution names."""
        if not self._found.quoted(place):
            return Voice()
        outer = [frame for frame in self._found.frames.values() if not frame.whole and frame.claimant]
        return self.voice(outer[-1]) if outer else Voice()

    def _visit(self, place: int, voice: Voice) -> None:
        for mark, name in self._found.according:
            if mark in self._s.children[place] or self._clause_of(mark) == place:
                voice = self._according(name, voice)
                self._outside.update(self._s.subtree(mark))
        frame = self._found.frames.get(place) or self._put_in_between(place)
        if frame is not None and self._speaks(frame, voice):
            self._enter(place, frame, voice)
        else:
            self._anchor(place, voice)

    def _speaks(self, frame: Frame, voice: Voice) -> bool:
        """Whether the claimant of *frame* is whose words they are, though *voice* may tell them."""
        if frame.whole and self._told:
            return False
        return (
            not voice.claimant
            or voice.claimant == frame.claimant
            or (self._found.outlet(voice.claimant) and not frame.whole)
        )

    def _clause_of(self, mark: int) -> int:
        """The predicate that "according to" belongs to: the first above it that is a clause of its own."""
        if self._s.words[mark].head in self._found.frames:
            return mark
        for at in self._s.ancestors(mark):
            if self._s.words[at].dep in {"ROOT", "ccomp"} or (self._s.words[at].dep == "conj" and self._s.finite(at)):
                return at
        return mark

    def _according(self, name: tuple[int, ...], voice: Voice) -> Voice:
        cited = self._found.cited
        if cited and self._found.outlet(name) and not set(cited) & set(name):
            return Voice(cited, (*voice.hops, (name, Relay.VIA)))
        return Voice(name, voice.hops)

    def _put_in_between(self, place: int) -> Frame | None:
        """An attribution in the middle of what it attributes: "…, the army said, …"."""
        for at in self._s.all(place, "parataxis", "ccomp", "dep", "advcl"):
            frame = self._found.frames.get(at)
            if frame and not frame.whole and self._s.child(at, "ccomp", "mark") is None:
                others = frozenset(other for other in self._found.frames if other != at)
                self._outside.update(self._s.subtree(at, others))
                return Frame(place, frame.claimant, hops=frame.hops, around=True)
        return None

    def _enter(self, place: int, frame: Frame, outer: Voice) -> None:
        inner = self.voice(frame, outer)
        if frame.around or frame.whole:
            self._anchor(place, inner, How.WHOLE if frame.whole else How.CLAUSE)
            return
        heads = dict.fromkeys((place, frame.verb))
        clauses = [at for head in heads for at in self._found.clauses(head) if not self._same(at, frame)]
        for clause in clauses:
            self._visit(clause, inner)
        if not clauses:
            self._anchors[frame.verb] = (inner, How.BESIDE)
        for at in heads:
            self._after(at, outer, inner)

    def _same(self, at: int, frame: Frame) -> bool:
        other = self._found.frames.get(at)
        return other is not None and other.verb == frame.verb

    def _after(self, place: int, outer: Voice, inner: Voice) -> None:
        """What is coordinated with an attribution, or follows it: "adding that …", "while the union said …"."""
        for at in self._s.children[place]:
            word, frame = self._s.words[at], self._found.frames.get(at)
            if at in self._anchors or self._found.quoted(at):
                continue
            if word.dep == "conj" and word.pos in _VERBS and word.tag != "VBG":
                self._visit(at, outer)
            elif frame and word.dep in {"advcl", "conj"} and word.tag == "VBG" and at > place:
                self._enter(
                    at, Frame(frame.verb, inner.claimant or frame.claimant, frame.whole), Voice((), inner.hops)
                )
            elif frame and word.dep in {"advcl", "ccomp"} and at > place and self._contrasted(at):
                self._visit(at, Voice())

    def _contrasted(self, at: int) -> bool:
        mark = self._s.child(at, "mark", "advmod")
        return mark is not None and self._s.words[mark].low in _CONTRASTING

    def _anchor(self, place: int, voice: Voice, how: How = How.CLAUSE) -> None:
        self._anchors[place] = (voice, how)
        for at in self._s.children[place]:
            word = self._s.words[at]
            if word.dep == "conj" and self._own_clause(at, place):
                self._coordinated(at, voice, how)
        for at in self._s.subtree(place):
            if at not in self._anchors and not any(
                up in self._anchors and up != place for up in self._s.ancestors(at)
            ):
                self._below(at, place, voice)

    def _coordinated(self, at: int, voice: Voice, how: How) -> None:
        """A clause joined to an anchor by "and": its own attribution counts where it has a subject of its own."""
        own = self._found.frames.get(at)
        if own is None or (voice.claimant and self._and_that(at)):
            self._anchor(at, voice)
        elif how is How.WHOLE or not voice.claimant or self._s.child(at, "nsubj") is not None:
            self._visit(at, Voice())
        elif self._told:
            self._anchor(at, voice)
        else:  # "said they had left and accused them": the parser takes the nearer verb, the text means the claimant
            self._enter(at, Frame(own.verb, voice.claimant, own.whole), Voice((), voice.hops))

    def _below(self, at: int, place: int, voice: Voice) -> None:
        """What deeper in the clause of *place* is an assertion by itself."""
        word = self._s.words[at]
        joined = not self._one_quotation(at, place)
        told = self._found.frames.get(at)
        if (word.dep == "advcl" and at > place and told is not None and self._contrasted(at)) or (
            word.dep == "relcl" and not voice.claimant and told is not None and self._says_more(at, told)
        ):
            self._visit(at, Voice())
        elif word.dep == "advcl" and word.tag == "VBG" and at > place and joined and self._apart(at):
            self._participle(at, place, voice)
        elif word.dep == "conj" and joined and self._and_to(at):
            self._anchors[at] = (voice, How.CLAUSE)
            self._leads[at] = Span(self._s.words[min(self._s.subtree(place))].start, self._start(word.head))
        elif word.dep == "conj" and joined and self._and_that(at):
            self._anchor(at, voice)
        elif (word.dep == "relcl" and self._of_which(at)) or (word.dep == "acl" and self._hedged(at)):
            self._anchors[at] = (voice, How.CLAUSE)

    def _says_more(self, at: int, told: Frame) -> bool:
        """Whether a clause with "where" or "which" brings what somebody says: "where prosecutors allege he …"."""
        return (
            bool(told.claimant)
            and not told.whole
            and self._s.child(at, "nsubj") is not None
            and bool(self._found.clauses(at))
        )

    def _hedged(self, at: int) -> bool:
        """Whether it is "allegedly left by …": asserted by itself, since it is doubted by itself."""
        return any(self._s.words[below].low in _HEDGES for below in self._s.children[at])

    def _and_to(self, at: int) -> bool:
        """Whether it is the second of "taught them to handle mines and to counter drones"."""
        to = any(self._s.words[below].low == "to" for below in self._s.all(at, "aux"))
        return to and self._s.words[self._s.words[at].head].dep == "xcomp"

    def _start(self, at: int) -> int:
        return min(self._s.words[below].start for below in (at, *self._s.all(at, "aux")))

    def _and_that(self, at: int) -> bool:
        """Whether it opens with "and that": it goes with the first "that", whatever the parser hangs it on."""
        mark = self._s.child(at, "mark") or 0
        return [word.low for word in self._s.words[max(0, mark - 1) : mark + 1]] in (["and", "that"], ["but", "that"])

    def _of_which(self, at: int) -> bool:
        left = min(self._s.subtree(at))
        return [word.low for word in self._s.words[left : left + 2]] in (["of", "which"], ["of", "whom"])

    def _own_clause(self, at: int, place: int) -> bool:
        """Whether *at* is a predicate with a clause of its own, and not one in a quotation with *place*."""
        s = self._s
        if s.words[at].pos not in _VERBS or self._one_quotation(at, place):
            return False
        to = any(s.words[below].low == "to" for below in s.all(at, "aux"))
        subject = s.child(at, "nsubj", "nsubjpass") is not None
        own = (s.finite(at) and not self._shares_modal(at)) or to or subject
        return own and len([below for below in s.subtree(at) if s.words[below].pos != "PUNCT"]) > 2

    def _shares_modal(self, at: int) -> bool:
        """Whether its form may be a bare one after another verb's "would": "it would close 46 shops and cut jobs"."""
        word = self._s.words[at]
        modal = any(self._s.words[aux].tag == "MD" for aux in self._s.all(word.head, "aux"))
        return modal and word.dep == "conj" and word.low == word.lemma.lower() and not any(self._s.all(at, "aux"))

    def _one_quotation(self, at: int, other: int) -> bool:
        """Whether *at* and what leads to it from *other* stand in the same sentence of one quotation."""
        low, high = sorted((self._s.words[at].start, self._s.words[other].start))
        before = self._s.words[max(0, min(self._s.subtree(at)) - 1)].start
        return any(
            span.start <= high < span.end and (span.start <= low or span.start <= before)
            for span in self._found.passage.quoted
        ) and not re.search(r"[.!?]\s", self._found.text[low:high])

    def _apart(self, at: int) -> bool:
        """Whether a participle tells a further event: after a comma, of some length, and no "including"."""
        left = min(self._s.subtree(at))
        after_comma = left > 0 and self._s.words[left - 1].text == ","
        return after_comma and self._s.words[at].low not in _ASIDE and len(self._s.subtree(at)) > 3

    def _participle(self, at: int, place: int, voice: Voice) -> None:
        """A further event, or, of a verb of saying, words of whoever spoke before it."""
        frame = self._found.frames.get(at)
        if frame is None:
            self._anchors[at] = (voice, How.CLAUSE)
            return
        subject = self._s.subject(place)
        claimant = voice.claimant or (self._found.name(subject) if subject is not None else ())
        self._enter(at, Frame(frame.verb, claimant, frame.whole, frame.hops), Voice((), voice.hops))
