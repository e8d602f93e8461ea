"""Where what a predicate asserts begins and ends in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum, auto

from bot.core.intake.attributing import Attributions
from bot.core.intake.proposals import Span
from bot.core.intake.quantities import quantities

_EDGES = " \t\n,;:—–-"
_MARKS = "\"“”‘’'«»"
_OUT_OF = re.compile(r"(?:out of|of|among|from among)\s+", re.IGNORECASE)
_OPENING = re.compile(r"(?:that|(?i:and|but|while|whereas|yet|so|then|also))\b[\s,]*")
_JOINT = re.compile(r"[\s,](?:and|but)\Z")
_JOINING = frozenset({"that", "and", "but", "while", "whereas"})
_BREAKS = frozenset({",", ";", "—", "–", "and", "but"})


class How(Enum):
    """What of a predicate is asserted: its clause, the claimant's doing, or what stands beside a verb of saying."""

    CLAUSE = auto()
    WHOLE = auto()
    BESIDE = auto()


class Extents:
    """
    The extents of a sentence's anchors, each without the others.

    Args:
        anchors: Places of the predicates that assert something.
        outside: Places of attributions put in between, which no extent holds as its own.
    """

    def __init__(self, found: Attributions, anchors: Mapping[int, How], outside: frozenset[int]) -> None:
        self._found, self._s, self._text = found, found.s, found.text
        self._anchors, self._outside = anchors, outside

    def of(self, anchor: int) -> list[Span]:
        """What the predicate at *anchor* asserts; two spans where a number stands before a quotation."""
        content = self._beside(anchor) if self._anchors[anchor] is How.BESIDE else self._clause(anchor)
        if content is None or not re.search(r"\w", content.of(self._text)):
            return []
        return self._before_quotation(content, anchor)

    def holes(self, content: Span) -> tuple[Span, ...]:
        """Where "…, the army said, …" stands in *content*."""
        runs: list[list[int]] = []
        for at in sorted(self._outside):
            if not content.start <= self._s.words[at].start < content.end:
                continue
            if runs and at == runs[-1][-1] + 1:
                runs[-1].append(at)
            else:
                runs.append([at])
        return tuple(self._s.span(run) for run in runs)

    def shared_subject(self, anchor: int, content: Span) -> Span | None:
        """The subject that *content*, beginning with its verb, leaves to an earlier clause."""
        first = next((word for word in self._s.words if word.start >= content.start and word.pos != "ADV"), None)
        subject = self._s.subject(anchor)
        if first is None or first.pos not in {"VERB", "AUX", "PART"} or subject is None:
            return None
        if content.start <= self._s.words[subject].start < content.end:
            return None
        return self._s.span(self._found.name(subject))

    def _before_quotation(self, content: Span, anchor: int) -> list[Span]:
        """`Out of up to 12,000 sent to the front, "4,000 are dead"`: how many there are, and what is said."""
        at = self._s.words[anchor].start
        start = next(
            (span.start for span in self._found.passage.quoted if span.start <= at < span.end), content.start
        )
        before = self._trimmed(Span(content.start, start))
        found = _OUT_OF.match(self._text, before.start, before.end)
        if start <= content.start or not found or not quantities(self._text, before):
            return [content]
        return [Span(found.end(), before.end), Span(start, content.end)]

    def _clause(self, anchor: int) -> Span | None:
        s = self._s
        others = frozenset(at for at in self._anchors if at != anchor)
        frames = {at for at in self._found.frames if at != anchor and at not in self._outside and self._entered(at)}
        joining = {at for at in s.all(anchor, "mark", "cc", "preconj") if s.words[at].low in _JOINING}
        first = min([anchor, *s.all(anchor, "aux", "auxpass", "neg")]) if self._anchors[anchor] is How.WHOLE else 0
        kept = [
            at
            for at in s.subtree(anchor, others | frames)
            if at >= first and at not in self._outside and at not in joining and s.words[at].pos != "SPACE"
        ]
        low, high = self._bounds(anchor, others)
        span = s.span([at for at in kept if low < at < high] or [anchor])
        return self._trimmed(self._stretched(span, anchor))

    def _entered(self, at: int) -> bool:
        """Whether the attribution at *at* has parts of its own."""
        return at in self._anchors or any(child in self._anchors for child in self._s.children[at])

    def _bounds(self, anchor: int, others: frozenset[int]) -> tuple[int, int]:
        """The last word of the part before the anchor, and the first of the one after it."""
        s, apart = self._s, others | {anchor}
        ends = (max(s.subtree(at, apart)) for at in others if at < anchor and anchor not in s.subtree(at))
        above = set(s.ancestors(anchor))
        starts = (min(s.subtree(at, apart)) for at in others if at > anchor and at not in above)
        low = max((at for at in ends if at < anchor), default=-1)
        return low, min((at for at in starts if at > anchor), default=len(s.words))

    def _stretched(self, span: Span, anchor: int) -> Span:
        """*span* up to the next mark, over words that the parser hung on the attribution's own verb."""
        s = self._s
        frames = [at for at in s.ancestors(anchor) if at in self._found.frames]
        if not frames or frames[0] > anchor:
            return span
        own = set(s.children[frames[0]])
        others = (at for at in self._found.frames if at != anchor and at not in frames and self._entered(at))
        apart = {at for frame in others for at in s.subtree(frame)} | self._outside
        for at, word in enumerate(s.words):
            if word.start < span.end:
                continue
            above = (up for up in s.ancestors(at) if up not in own)
            if at in apart or at in self._anchors or word.low in _BREAKS:
                break
            if any(up in self._anchors and up != anchor for up in above):
                break
            if word.pos != "PUNCT":
                span = Span(span.start, word.end)
        return span

    def _beside(self, verb: int) -> Span | None:
        """What an attribution without a clause in the parse attributes: quotations, or what is on one side of it."""
        words = self._s.words
        frame = self._found.frames[verb]
        edge = words[frame.claimant[0]].start if frame.claimant else words[verb].start
        left, right = min(edge, words[verb].start), words[verb].end
        quoted = [span for span in self._found.passage.quoted if len(span.of(self._text).split()) > 1]
        for side in ([span for span in quoted if span.end <= left], [span for span in quoted if span.start >= right]):
            if side:
                return self._trimmed(Span(side[0].start, side[-1].end))
        if len(self._text[words[0].start : left].split()) > 2:
            return self._trimmed(Span(words[0].start, left))
        after = Span(right, words[-1].end)
        return self._trimmed(after) if len(after.of(self._text).split()) > 1 else None

    def _trimmed(self, span: Span) -> Span:
        """*span* without marks and joining words at its ends, and without a quotation mark that is alone in it."""
        start, end, before = span.start, span.end, Span(-1, -1)
        while start < end and Span(start, end) != before:
            before = Span(start, end)
            if self._text[start] in _EDGES or self._text[start] in _MARKS:
                start += 1
            elif (found := _OPENING.match(self._text, start, end)) and found.end() < end:
                start = found.end()
            if joint := _JOINT.search(self._text, start, end):
                end = joint.start()
            if (
                self._text[end - 1] in _EDGES
                or (self._text[end - 1] == "." and not self._quotation_ends(end))
                or self._text[end - 1] in '"“”»'
            ):
                end -= 1
        return Span(start, end)

    def _quotation_ends(self, end: int) -> bool:
        return any(quote.end == end for quote in self._found.passage.quoted)
