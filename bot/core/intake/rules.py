"""Proposals by rules over a parser: who says what, through whom, how much, when, and who could check it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.claims import FactBase, Metric, Relay
from bot.core.intake.attributing import Attributions
from bot.core.intake.choosing import sorted_out
from bot.core.intake.counting import asked, figure
from bot.core.intake.covering import with_caveats
from bot.core.intake.days import dates
from bot.core.intake.grammar import FINITE, Parser
from bot.core.intake.limit_finding import limit_of
from bot.core.intake.limits import Limit
from bot.core.intake.naming import Cast, about, bare, entries_in, entry_named, named, own_name, places_in
from bot.core.intake.parts import Part
from bot.core.intake.passages import Passage, passages
from bot.core.intake.proposals import Article, Named, Proposal, ProposedFigure, ProposedHop, Span
from bot.core.intake.quantities import Quantity, quantities
from bot.core.intake.sifting import noise, without_dateline
from bot.core.intake.splitting import Splitter
from bot.core.intake.tails import tail
from bot.core.intake.weighing import Candidate
from bot.core.intake.wording import completed, denying, shortened, statement, told, without
from bot.core.intake.words import words

_NUMBERING, _SAYING = words("reporting", "numbering"), words("reporting", "saying")
_FEW = 4
"""Words beside a number that say no more than who gives it, at most: "the fire brigade says 140"."""


@dataclass(frozen=True, slots=True)
class _Speech:
    """Who spoke last, for a quotation that runs on."""

    claimant: Named | None = None
    hops: tuple[ProposedHop, ...] = ()
    passage: int = -9
    outlet: bool = False
    verb: str = ""


_Told = tuple[Attributions, Part, _Speech | None]
"""A part, the words it is in, and who says it where that stands outside these words."""


class RulesProposer:
    """Reads with a parser of English."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser

    def propose(self, article: Article, base: FactBase) -> tuple[Proposal, ...]:
        """The claims of *article* in its order, with the entries of *base* whose names or aliases stand there."""
        return tuple(self.reading(article, base).proposals())

    def reading(self, article: Article, base: FactBase) -> Reading:
        """*article* as it is about to be read, for programs that fit."""
        return Reading(article, base, self._parser)


class Reading:
    """One article, read once."""

    def __init__(self, article: Article, base: FactBase, parser: Parser) -> None:
        self.text, self.article, self.base = article.text, article, base
        self.passages = [without_dateline(each, article.text) for each in passages(article.text)]
        self.noise = noise(self.passages, article.text)
        self.sentences = parser.parse(article.text, [each.span for each in self.passages])
        self.tails = self._tails(parser)
        self.cast, self.speech = Cast(), _Speech()
        self.counted: ProposedFigure | None = None
        self.parties = list(base.parties.values())

    def _tails(self, parser: Parser) -> dict[int, tuple[Attributions, Attributions]]:
        """For each passage that closes with who says it: what stands before, and that, each parsed by itself."""
        cut: dict[int, tuple[Passage, Passage]] = {}
        for number, (passage, sentence) in enumerate(zip(self.passages, self.sentences, strict=True)):
            place = tail(sentence, passage)
            if place is not None:
                start = sentence.words[place].start
                cut[number] = (
                    _part(passage, Span(passage.span.start, start)),
                    _part(passage, Span(start, passage.span.end)),
                )
        parsed = iter(parser.parse(self.text, [each.span for pair in cut.values() for each in pair]))
        return {
            number: (Attributions(self.text, next(parsed), before), Attributions(self.text, next(parsed), after))
            for number, (before, after) in cut.items()
        }

    def proposals(self) -> list[Proposal]:
        """What of the text is a claim, with the caveats that cover it."""
        candidates, limits = self.candidates()
        made, limits = sorted_out(candidates, limits, self.passages, self.article)
        return with_caveats(made, limits, self.passages, self.text)

    def candidates(self) -> tuple[list[Candidate], list[Limit]]:
        """Whatever asserts something, in the text's order, and what says of itself that it is a caveat."""
        made: list[Candidate] = []
        limits: list[Limit] = []
        for number, (passage, sentence) in enumerate(zip(self.passages, self.sentences, strict=True)):
            if not sentence.words or number in self.noise:
                continue
            before = self.passages[number - 1]
            if passage.paragraph != before.paragraph and not before.span.of(self.text).endswith("?"):
                self.counted = None
            self.counted = asked(self.text, passage.span) or self.counted
            found = Attributions(self.text, sentence, passage)
            limit = self.limit(number, passage, found)
            self._remember(found)
            if limit is not None:
                limits.append(limit)
            if limit is None or not limit.alone:
                made += self._read(number, passage, found, limit, made)
        return made, limits

    def limit(self, number: int, passage: Passage, found: Attributions) -> Limit | None:
        """The caveat that the passage is or holds, by its own words."""
        return limit_of(self.article, number, passage, found)

    def _read(
        self, number: int, passage: Passage, found: Attributions, limit: Limit | None, earlier: Sequence[Candidate]
    ) -> list[Candidate]:
        parts = self._told(number, *self.tails[number]) if number in self.tails else _alone(found)
        made: list[Candidate] = []
        for found, part, outer in parts:
            content = part.content
            if limit is not None:
                edge = limit.caveat.span
                if edge.start <= content.start < edge.end:
                    continue
                if content.start < edge.start < content.end:
                    content = shortened(self.text, Span(content.start, edge.start))
            claimant, hops = self._voice(number, found, part, outer)
            if "?" in self.text[content.end - 1 : content.end + 1]:
                continue
            verb = found.verb_above(part.anchor) or (self.speech.verb if outer is not None else "")
            proposal = self._proposal(passage, found, replace(part, content=content), claimant, hops)
            if part.whole and verb in _SAYING and not (hops or proposal.figures or proposal.quotations):
                continue
            if earlier and part.whole and passage.paragraph == self.passages[earlier[-1].passage].paragraph:
                proposal = denying(proposal, earlier[-1].proposal, self.text)
            inside = tuple(word for word in found.s.words if content.start <= word.start < content.end)
            made.append(Candidate(proposal, number, verb, part.whole, inside, found.s.words[part.anchor].tag))
        return made

    def _told(self, number: int, before: Attributions, after: Attributions) -> list[_Told]:
        """The parts of a sentence that closes with its attribution, and of what follows: "she said, adding …"."""
        frame = after.closing()
        if frame is None:
            return _alone(before)
        voice = Splitter(after).voice(frame)
        if not voice.claimant:  # "…”, said.", which says of nobody that they said it
            return _alone(before)
        hops = [*voice.hops, *((name, how) for name, how in after.hops if name != voice.claimant)]
        outer = _Speech(
            self._named(after, voice.claimant),
            tuple(ProposedHop(self._named(after, places), how) for places, how in dict.fromkeys(hops)),
            number,
            outlet=after.outlet(voice.claimant),
            verb=after.s.words[frame.verb].lemma.lower(),
        )
        self.cast.note(after, voice.claimant, outer.claimant.name if outer.claimant else "", spoke=True)
        own: list[_Told] = [(before, part, outer) for part in Splitter(before, told=not outer.outlet).parts()]
        return own + [told for told in _alone(after) if told[1].anchor != frame.verb]

    def _voice(
        self, number: int, found: Attributions, part: Part, outer: _Speech | None
    ) -> tuple[Named | None, tuple[ProposedHop, ...]]:
        if outer is not None and (not part.claimant or not (outer.outlet or part.hops)):
            self.speech = outer
            return outer.claimant, outer.hops
        if not part.claimant:
            alone = part.spoken and not found.frames and not found.according
            if alone and self.speech.passage >= number - 1:
                self.speech = replace(self.speech, passage=number)
                return self.speech.claimant, self.speech.hops
            return None, ()
        claimant = self._named(found, part.claimant)
        self.cast.note(found, part.claimant, claimant.name, spoke=True)
        hops = tuple(ProposedHop(self._named(found, places), how) for places, how in part.hops)
        if outer is not None and outer.claimant is not None:
            hops = (*hops, *outer.hops, ProposedHop(outer.claimant, Relay.VIA))
        self.speech = _Speech(claimant, hops, number)
        return claimant, hops

    def _named(self, found: Attributions, places: tuple[int, ...]) -> Named:
        places = own_name(found, places)
        text, full = named(found, places), self.cast.full(found, places)
        entry = entry_named([*self.parties], text, full)
        return Named(found.s.span(places), entry.name if entry else full, entry.key if entry else None)

    def _remember(self, found: Attributions) -> None:
        """Names that were only spoken of may be meant by "the ministry" later."""
        for place, word in enumerate(found.s.words):
            if word.dep in {"nsubj", "nsubjpass", "pobj", "dobj", "poss"} and word.pos != "PRON":
                places = found.name(place)
                full = self.cast.full(found, places) if len(places) > 1 else ""  # punctuation alone is no name
                if full and (found.speaker((place,)) or self.cast.knows(full)):
                    told = word.dep == "nsubj" and not found.quoted(place)
                    self.cast.note(found, places, full, spoke=told)

    def _proposal(
        self, passage: Passage, found: Attributions, part: Part, claimant: Named | None, hops: tuple[ProposedHop, ...]
    ) -> Proposal:
        span = part.content
        quoted = tuple(
            Span(max(span.start, each.start), each.end if span.end >= each.end - 2 else min(span.end, each.end))
            for each in passage.quoted
            if each.start < span.end and span.start < each.end
        )
        topics, places, subjects = about(self.base, passage.span.of(self.text), claimant)
        metrics = [each for each in entries_in(self.base, span.of(self.text)) if isinstance(each, Metric)]
        figures = tuple(
            self._figure(found, each, metrics, part)
            for each in quantities(self.text, span)
            if not any(hole.start <= each.span.start < hole.end for hole in part.holes)
        )
        subject = part.lead.of(self.text) if part.lead else ""
        if part.whole and claimant is not None:
            subject = self._as_subject(claimant)
        who = self._as_subject(claimant) if claimant and part.claimant else ""
        own = claimant.name if claimant else ""
        hops = tuple(each for each in hops if each.party.name != own and not self._publisher(each.party.name))
        return Proposal(
            passage.sentence,
            span,
            completed(
                statement(
                    without(self.text, span, part.holes),
                    subject,
                    who,
                    quoted=len(quoted) == 1 and quoted[0].start <= span.start + 1 and quoted[0].end >= span.end - 1,
                ),
                figures,
            ),
            claimant,
            hops,
            tuple(each for each in quoted if each.start < each.end),
            figures,
            tuple(
                replace(each, said=not span.start <= each.span.start < span.end)
                for each in dates(self.text, passage.span, self.article.published_on)
            ),
            topics=topics,
            places=tuple(dict.fromkeys([*places, *places_in(found.s, span, self.text, self.base)])),
            subjects=subjects,
        )

    def _publisher(self, name: str) -> bool:
        """Whether *name*, or a short form of it ("the Courier"), is the publisher's, who is the source and no hop."""
        return set(bare(name).casefold().split()) <= set(self.article.publisher.casefold().split())

    def _as_subject(self, named: Named) -> str:
        """A name as it begins a sentence: with the article that the text gives it."""
        text = named.span.of(self.text)
        if bare(text) == named.name:
            return text[:1].upper() + text[1:]
        return f"{named.name}," if ", " in named.name else named.name

    def _figure(
        self, found: Attributions, quantity: Quantity, metrics: Sequence[Metric], part: Part
    ) -> ProposedFigure:
        beside = part.content.of(self.text).replace(quantity.span.of(self.text), "")
        few = len(beside.split()) < _FEW and beside.islower()
        judged = part.whole or found.s.words[part.anchor].lemma.lower() in _NUMBERING
        made = figure(self.text, found.s, quantity, metrics, self.counted, given=judged or few)
        if made.like:
            return made
        said = [word for word in found.s.words if part.content.start <= word.start < quantity.span.start]
        first = not any(word.tag in FINITE for word in said)
        made = replace(made, told="" if judged else told(self.text, part.content, quantity.span, first=first))
        if made.subject or made.told:
            self.counted = made
        return made


def _alone(found: Attributions) -> list[_Told]:
    return [(found, part, None) for part in Splitter(found).parts()]


def _part(passage: Passage, span: Span) -> Passage:
    inside = tuple(each for each in passage.quoted if span.start <= each.start and each.end <= span.end)
    return replace(passage, span=span, quoted=inside)
