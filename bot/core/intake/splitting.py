"""What a sentence asserts: one part for each claim, with whoever the sentence says it is from."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.core.claims import Relay
from bot.core.intake.attributing import Attributions, Frame
from bot.core.intake.proposals import Span
from bot.core.intake.quantities import quantities
from bot.core.intake.words import plain, words

_HEDGES = words("reporting", "hedges")
_OF_THEM = re.compile(r",\s+(?=(?:of|\S+(?:\s\S+){0,3} of) (?:which|whom)\b)")
_NO_EVENT = frozenset(
    "according including citing quoting following regarding concerning depending saying speaking".split()
)
_EDGES = " \t\n,;:—–-"
_OUT_OF = re.compile(r"(?:out of|of|among|from among)\s+", re.IGNORECASE)
_OPENING = re.compile(r"(?:that|and|but|while|whereas|yet|so|then|also)\b[\s,]*", re.IGNORECASE)

_CLAUSE, _WHOLE, _BESIDE = "clause", "whole", "beside"
"""What of a predicate is asserted: its clause, the claimant's own doing, or what stands beside a verb of saying."""

Hops = tuple[tuple[tuple[int, ...], Relay], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """
    One assertion: where it stands, and who makes it.

    Attributes:
        anchor: Place of its predicate.
        claimant: Places of the claimant's name; empty where the sentence names nobody.
        subject: Places of a subject that the content shares with an earlier part and does not repeat.
        holes: Attributions put in between, which are not part of what is asserted.
        lead: What an earlier part opens with and this one leaves out ("Instructors taught them").
        whole: Whether the claimant's own doing is the assertion.
        spoken: Whether it stands in quotation marks, so that somebody must have said it.
    """

    content: Span
    anchor: int
    claimant: tuple[int, ...] = ()
    hops: Hops = ()
    subject: tuple[int, ...] = ()
    whole: bool = False
    spoken: bool = False
    lead: Span | None = None
    holes: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Voice:
    claimant: tuple[int, ...] = ()
    hops: Hops = ()


class Splitter:
    """Walks one sentence from its predicates down."""

    def __init__(self, found: Attributions, *, told: bool = False) -> None:
        """*told*: whether somebody outside these words says them; what people do in them is then told, not claimed."""
        self.told = told
        self.found, self.s, self.text = found, found.s, found.text
        self.anchors: dict[int, tuple[_Voice, str]] = {}
        self.outside: set[int] = set()
        self.leads: dict[int, Span] = {}

    def parts(self) -> list[Part]:
        """The parts, in the text's order."""
        for place, word in enumerate(self.s.words):
            if word.head == place and word.pos not in {"PUNCT", "SPACE"}:
                self._visit(place, self._of_sentence(place))
        made = [self._part(anchor, voice, how) for anchor, (voice, how) in self.anchors.items()]
        found = [each for part in made if part is not None for each in self._before_quotation(part)]
        return sorted(found, key=lambda part: part.content)

    def _before_quotation(self, part: Part) -> list[Part]:
        """ "Out of up to 12,000 sent to the front, “4,000 are dead”" is two parts: how many there are, and what is said."""
        start = next(
            (
                span.start
                for span in self.found.passage.quoted
                if span.start <= self.s.words[part.anchor].start < span.end
            ),
            None,
        )
        if start is None or start - part.content.start < 4:
            return [part]
        before = self._trim(Span(part.content.start, start))
        found = _OUT_OF.match(self.text, before.start, before.end)
        if not found or not quantities(self.text, before):
            return [part]
        return [
            replace(part, content=Span(found.end(), before.end), subject=(), spoken=False),
            replace(part, content=Span(start, part.content.end)),
        ]

    def voice(self, frame: Frame) -> _Voice:
        """Whose words *frame* gives, for what stands outside this sentence's words."""
        return self._voice(frame, _Voice())

    def _of_sentence(self, place: int) -> _Voice:
        """Who speaks in a quotation's further sentences: whoever the sentence's one attribution names."""
        if self.found.quoted(place) or not self._framed(place):
            outer = [frame for frame in self.found.frames.values() if not frame.whole and frame.claimant]
            if self.found.quoted(place) and outer:
                return self._voice(outer[-1], _Voice())
        return _Voice()

    def _framed(self, place: int) -> bool:
        return place in self.found.frames

    def _voice(self, frame: Frame, outer: _Voice) -> _Voice:
        """Whose words follow *frame*: its claimant's, or whom the outlet cites; an outlet outside is a hop."""
        hops = frame.hops
        claimant = frame.claimant or outer.claimant
        cited = self.found.cited()
        if cited and claimant and self.found.outlet(claimant) and not set(cited) & set(claimant):
            return _Voice(cited, (*hops, (claimant, Relay.VIA)))
        if outer.claimant and frame.claimant and outer.claimant != frame.claimant:
            hops = (*hops, *outer.hops, (outer.claimant, Relay.VIA))
        return _Voice(claimant, hops)

    def _visit(self, place: int, voice: _Voice) -> None:
        for mark, name in self.found.according:
            if mark in self.s.children[place] or self._governs(place, mark):
                voice = self._according(place, name, voice)
                self.outside.update(self.s.subtree(mark))
        frame = self.found.frames.get(place)
        if frame is None:
            frame = self._parenthesis(place)
        if (
            frame is not None
            and not (self.told and frame.whole)
            and (
                not voice.claimant
                or (self.found.outlet(voice.claimant) and not frame.whole)
                or voice.claimant == frame.claimant
            )
        ):
            self._enter(place, frame, voice)
        else:
            self._anchor(place, voice)

    def _governs(self, place: int, mark: int) -> bool:
        head = self.s.words[mark].head
        return head not in self.found.frames and self._clause_of(mark) == place

    def _clause_of(self, mark: int) -> int:
        """The predicate that *mark* belongs to: the first verb above it that is a clause of its own."""
        for at in self.s.ancestors(mark):
            if self.s.words[at].dep in {"ROOT", "ccomp"} or (self.s.words[at].dep == "conj" and self.s.finite(at)):
                return at
        return mark

    def _according(self, place: int, name: tuple[int, ...], voice: _Voice) -> _Voice:
        cited = self.found.cited()
        if cited and self.found.outlet(name) and not set(cited) & set(name):
            return _Voice(cited, (*voice.hops, (name, Relay.VIA)))
        return _Voice(name, voice.hops)

    def _parenthesis(self, place: int) -> Frame | None:
        """An attribution put in between: "…, the army said, …"."""
        for at in self.s.all(place, "parataxis", "ccomp", "dep", "advcl"):
            frame = self.found.frames.get(at)
            if frame and not frame.whole and self.s.child(at, "ccomp") is None and self.s.child(at, "mark") is None:
                self.outside.update(self.s.subtree(at))
                return Frame(place, frame.claimant, hops=frame.hops, content=(place,))
        return None

    def _enter(self, place: int, frame: Frame, voice: _Voice) -> None:
        inner = self._voice(frame, voice)
        if frame.content or frame.whole:
            self._anchor(place, inner, whole=frame.whole)
            return
        verb = frame.verb
        clauses = [
            at
            for head in dict.fromkeys((place, verb))
            for at in self.found.clauses(head)
            if at not in self.found.frames or self.found.frames[at].verb != verb
        ]
        for clause in clauses:
            self._visit(clause, inner)
        if not clauses:
            self.anchors[verb] = (inner, _BESIDE)
        for at in {place, verb}:
            self._beside(at, voice, inner)
            self._described(at, inner)

    def _beside(self, place: int, outer: _Voice, inner: _Voice) -> None:
        """What is coordinated with an attribution, or follows it as a participle: "adding that …"."""
        for at in self.s.children[place]:
            word = self.s.words[at]
            if at in self.anchors or self.found.quoted(at) and not self.found.quoted(place):
                continue
            if word.dep == "conj" and word.pos in {"VERB", "AUX"}:
                own = self.found.frames.get(at)
                self._visit(at, outer if own else (inner if self.found.quoted(at) else outer))
            elif (
                word.dep in {"advcl", "conj"}
                and word.tag == "VBG"
                and at > place
                and (frame := self.found.frames.get(at))
            ):
                self._enter(
                    at, Frame(frame.verb, inner.claimant or frame.claimant, frame.whole), _Voice((), inner.hops)
                )
            elif (
                word.dep in {"advcl", "ccomp"} and at > place and at in self.found.frames and self._beside_another(at)
            ):
                self._visit(at, _Voice())

    def _beside_another(self, at: int) -> bool:
        """Whether the attribution at *at* stands beside another: "…, while the union said …"."""
        mark = self.s.child(at, "mark", "advmod")
        return mark is not None and self.s.words[mark].low in {"while", "whereas", "although", "though"}

    def _anchor(self, place: int, voice: _Voice, *, whole: bool = False) -> None:
        self.anchors[place] = (voice, _WHOLE if whole else _CLAUSE)
        for at in self.s.children[place]:
            word = self.s.words[at]
            if word.dep == "conj" and self._own_clause(at, place):
                own = self.found.frames.get(at)
                if own and (whole or not voice.claimant or self.s.child(at, "nsubj") is not None):
                    self._visit(at, _Voice())
                else:
                    self._anchor(at, voice) if not own else self._visit(at, _Voice() if whole else voice)
            elif (
                word.dep in {"ccomp", "parataxis", "dep"}
                and self.s.words[place].dep != "ccomp"
                and self._own_clause(at, place)
                and not whole
            ):
                if at not in self.outside and self._separate(at, place):
                    self._visit(at, voice if not voice.claimant else voice)
        self._described(place, voice)
        for at in self.s.subtree(place):
            word = self.s.words[at]
            if at in self.anchors or any(up in self.anchors and up != place for up in self.s.ancestors(at)):
                continue
            if word.dep == "advcl" and at > place and at in self.found.frames and self._beside_another(at):
                self._visit(at, _Voice())
                continue
            if (
                word.dep == "advcl"
                and word.tag == "VBG"
                and at > place
                and self._apart(at)
                and not self._one_quotation(at, place)
            ):
                self._participle(at, place, voice)
            if (
                word.dep == "conj"
                and self._to(at)
                and self.s.words[word.head].dep == "xcomp"
                and not self._one_quotation(at, place)
            ):
                self.anchors[at] = (voice, _CLAUSE)
                self.leads[at] = Span(self.s.words[min(self.s.subtree(place))].start, self._to_start(word.head))
            if (
                at not in self.anchors
                and word.dep == "conj"
                and self._that(at)
                and not self._one_quotation(at, place)
            ):
                self._anchor(at, voice)
            if at not in self.anchors and word.dep == "relcl" and self._of_which(at):
                self.anchors[at] = (voice, _CLAUSE)
            if self.s.words[at].dep == "acl" and any(self.s.words[k].low in _HEDGES for k in self.s.children[at]):
                self.anchors[at] = (voice, _CLAUSE)

    def _to(self, at: int) -> bool:
        return any(self.s.words[k].low == "to" for k in self.s.all(at, "aux"))

    def _to_start(self, at: int) -> int:
        return min(self.s.words[k].start for k in (at, *self.s.all(at, "aux")))

    def _described(self, place: int, voice: _Voice) -> None:
        """A judgement put after a clause: ", the latest sign of …"."""
        for at in self.s.all(place, "appos", "attr", "npadvmod", "dep"):
            if at > place and self._superlative(at):
                self.anchors[at] = (voice, _CLAUSE)

    def _that(self, at: int) -> bool:
        """Whether the conjunct opens with "and that": it goes with the first "that", whatever the parser hangs it on."""
        mark = self.s.child(at, "mark")
        return (
            mark is not None
            and mark > 0
            and self.s.words[mark].low == "that"
            and self.s.words[mark - 1].low in {"and", "but"}
        )

    def _of_which(self, at: int) -> bool:
        left = min(self.s.subtree(at))
        return [word.low for word in self.s.words[left : left + 2]] in (["of", "which"], ["of", "whom"])

    def _separate(self, at: int, place: int) -> bool:
        """Whether a clause that hangs on another stands on its own: parted by a semicolon, a dash or a full stop."""
        between = self.text[self.s.words[min(at, place)].end : self.s.words[max(at, place)].start]
        return bool(re.search(r"[;—–:]|\. ", between))

    def _own_clause(self, at: int, place: int) -> bool:
        s = self.s
        if s.words[at].pos not in {"VERB", "AUX"} or self._one_quotation(at, place):
            return False
        size = len([k for k in s.subtree(at) if s.words[k].pos != "PUNCT"])
        to = any(s.words[k].low == "to" for k in s.all(at, "aux"))
        return size > 2 and (s.finite(at) or to or s.child(at, "nsubj", "nsubjpass") is not None)

    def _one_quotation(self, one: int, other: int) -> bool:
        """Whether both stand in the same quotation and in one sentence of it."""
        low, high = sorted((self.s.words[one].start, self.s.words[other].start))
        before = self.s.words[max(0, min(self.s.subtree(one)) - 1)].start
        return any(
            span.start <= high < span.end and (span.start <= low or span.start <= before)
            for span in self.found.passage.quoted
        ) and not re.search(r"[.!?]\s", self.text[low:high])

    def _apart(self, at: int) -> bool:
        left = min(self.s.subtree(at))
        return (
            left > 0
            and self.s.words[left - 1].text == ","
            and self.s.words[at].low not in _NO_EVENT
            and len(self.s.subtree(at)) > 3
        )

    def _participle(self, at: int, place: int, voice: _Voice) -> None:
        frame = self.found.frames.get(at)
        if frame is None:
            self.anchors[at] = (voice, _CLAUSE)
            return
        claimant = voice.claimant or (
            self.found.name(subject) if (subject := self.s.subject(place)) is not None else ()
        )
        self._enter(at, Frame(frame.verb, claimant, frame.whole, frame.hops), _Voice((), voice.hops))

    def _superlative(self, at: int) -> bool:
        left = min(self.s.subtree(at))
        described = {self.s.words[k].tag for k in self.s.children[at]} | {self.s.words[at].tag}
        return (
            left > 0
            and self.s.words[left - 1].text == ","
            and "JJS" in described
            and not {"most", "least"} & {self.s.words[k].low for k in self.s.children[at]}
            and len(self.s.subtree(at)) > 4
        )

    def _part(self, anchor: int, voice: _Voice, how: str) -> Part | None:
        whole = how is _WHOLE
        content = self._beside_verb(anchor) if how is _BESIDE else self._content(anchor, whole)
        if content is None or not re.search(r"\w", content.of(self.text)):
            return None
        hops = list(voice.hops)
        for name, how in self.found.hops:
            if name != voice.claimant and all(name != other for other, _ in hops) and voice.claimant:
                hops.append((name, how))
        return Part(
            content,
            anchor,
            voice.claimant,
            tuple(hops),
            self._shared(anchor, content),
            whole,
            self.found.quoted(anchor),
            self.leads.get(anchor),
            self._holes(content),
        )

    def _holes(self, content: Span) -> tuple[Span, ...]:
        """Where "…, the army said, …" stands in *content*, with the commas around it."""
        inside = sorted(at for at in self.outside if content.start <= self.s.words[at].start < content.end)
        runs: list[list[int]] = []
        for at in inside:
            if runs and at == runs[-1][-1] + 1:
                runs[-1].append(at)
            else:
                runs.append([at])
        return tuple(self.s.span(run) for run in runs)

    def _shared(self, anchor: int, content: Span) -> tuple[int, ...]:
        first = next((word for word in self.s.words if word.start >= content.start and word.pos != "ADV"), None)
        subject = self.s.subject(anchor)
        if first is None or first.pos not in {"VERB", "AUX", "PART"}:
            return ()
        if subject is None or content.start <= self.s.words[subject].start < content.end:
            return ()
        return self.found.name(subject)

    def _content(self, anchor: int, whole: bool) -> Span | None:
        s = self.s
        others = frozenset(at for at in self.anchors if at != anchor)
        inner = {at for at in self.found.frames if at != anchor and at not in self.outside and self._outer(at)}
        kept = [
            at
            for at in s.subtree(anchor, others | inner)
            if at not in self.outside and s.words[at].pos != "SPACE" and at not in others
        ]
        if whole:
            kept = [at for at in kept if at >= self._verb_start(anchor)]
        kept = self._without_mark(kept, anchor)
        if not kept:
            return None
        span = s.span(self._unbroken(kept, anchor, others))
        return self._trim(self._stretched(span, anchor, whole))

    def _outer(self, at: int) -> bool:
        """Whether the attribution at *at* has parts of its own."""
        return at in self.anchors or any(child in self.anchors for child in self.s.children[at])

    def _verb_start(self, anchor: int) -> int:
        return min([anchor, *(at for at in self.s.all(anchor, "aux", "auxpass", "neg"))])

    def _without_mark(self, kept: list[int], anchor: int) -> list[int]:
        drop = {
            at
            for at in self.s.all(anchor, "mark", "cc", "preconj")
            if self.s.words[at].low in {"that", "and", "but", "while", "whereas"}
        }
        return [at for at in kept if at not in drop]

    def _unbroken(self, kept: list[int], anchor: int, others: frozenset[int]) -> list[int]:
        """*kept* without what lies beyond another part: only the stretch that holds the anchor."""
        before = [at for at in others if at < anchor]
        after = [at for at in others if at > anchor]
        low = max(
            (max(self.s.subtree(at, others | {anchor}) or [at]) for at in before if anchor not in self.s.subtree(at)),
            default=-1,
        )
        low = low if low < anchor else -1
        high = min(
            (min(self.s.subtree(at, others | {anchor})) for at in after if at not in self._above(anchor)),
            default=len(self.s.words),
        )
        high = high if high > anchor else len(self.s.words)
        return [at for at in kept if low < at < high] or [anchor]

    def _above(self, anchor: int) -> set[int]:
        return set(self.s.ancestors(anchor))

    def _stretched(self, span: Span, anchor: int, whole: bool) -> Span:
        """*span* up to the end of the sentence, where nothing but the attribution's own verb claims the rest."""
        last = next((at for at, word in enumerate(self.s.words) if word.end == span.end), None)
        if last is None:
            return span
        frames = [at for at in self.s.ancestors(anchor) if at in self.found.frames]
        if not frames or frames[0] > anchor:
            return span
        own = set(self.s.children[frames[0]])
        apart = {
            at
            for frame in self.found.frames
            if frame != anchor and frame not in frames and self._outer(frame)
            for at in self.s.subtree(frame)
        }
        rest = range(last + 1, len(self.s.words))
        for at in rest:
            word = self.s.words[at]
            if (
                at in self.anchors
                or at in self.outside
                or at in apart
                or word.text in {",", ";", "—", "–"}
                or word.low in {"and", "but"}
            ):
                return span
            if any(up in self.anchors and up != anchor for up in self.s.ancestors(at) if up not in own):
                return span
            if word.pos not in {"PUNCT"}:
                span = Span(span.start, word.end)
        return span

    def _beside_verb(self, verb: int) -> Span | None:
        """The content of an attribution whose clause the parser did not find: the quotations, or what is on its one side."""
        s, word = self.s, self.s.words[verb]
        frame = self.found.frames[verb]
        edge = s.words[frame.claimant[0]].start if frame.claimant else word.start
        left_edge = min(edge, word.start)
        quoted = [span for span in self.found.passage.quoted if not edge <= span.start < word.start]
        long = [span for span in quoted if len(span.of(self.text).split()) > 1]
        start, end = s.words[0].start, s.words[-1].end
        if long and all(span.end <= left_edge for span in long):
            return self._trim(Span(long[0].start, long[-1].end))
        if long and all(span.start >= word.end for span in long):
            return self._trim(Span(long[0].start, long[-1].end))
        if len(plain(self.text[start:left_edge]).split()) > 2:
            return self._trim(Span(start, left_edge))
        return self._trim(Span(word.end, end)) if len(self.text[word.end : end].split()) > 1 else None

    def _trim(self, span: Span) -> Span:
        """*span* without marks at its ends, and without quotation marks that it holds only one of."""
        start, end = span.start, span.end
        moved = True
        while moved and start < end:
            moved = False
            if self.text[start] in _EDGES or self.text[start] in "\"“”‘’'«»" and not self._pairs(start, end):
                start, moved = start + 1, True
            elif (found := _OPENING.match(self.text, start, end)) and found.end() < end:
                start, moved = found.end(), True
            last = self.text[end - 1]
            inside = any(quote.end in (end, end - 1) and start <= quote.start for quote in self.found.passage.quoted)
            if last in _EDGES + "." and not (
                inside and last == "." and any(q.end == end for q in self.found.passage.quoted)
            ):
                end, moved = end - 1, True
            elif last in '"“”»':
                end, moved = end - 1, True
        return Span(start, end)

    def _pairs(self, start: int, end: int) -> bool:
        return any(quote.start == start + 1 and quote.end + 1 < end for quote in self.found.passage.quoted)
