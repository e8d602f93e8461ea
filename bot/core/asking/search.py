"""Which claims answer a question: ranked, or a question back, or an honest no."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain

from bot.core.asking.answering.finding import MOST_CLAIMS, Changes, Finder
from bot.core.asking.closed import ClosedSearch, Thresholds
from bot.core.asking.either import one_each
from bot.core.asking.matching.candidates import LARGE
from bot.core.asking.question import Question
from bot.core.asking.reading.asked_dates import asked_dates, dated
from bot.core.asking.reading.spelling import begins_like
from bot.core.asking.reading.tokens import Token, tokens
from bot.core.asking.reasons import asks_for_account
from bot.core.asking.remembered import Remembered
from bot.core.asking.results import Correction, Found, Nothing, Option, Result, Unsure
from bot.core.asking.typed_names import TypedNames, opens_with_name
from bot.core.claims import Claim, Entry, FactBase, Kind, parse_ref
from bot.core.retrieval import Document, TextIndex
from bot.core.wording import later
from bot.languages.packs import languages

__all__ = ["Correction", "Found", "Nothing", "Option", "Result", "Searcher", "Thresholds", "Unsure"]

_NEAREST = 3
_NEAR = 0.2
"""The least share of a question's words, by rarity, that a claim has whose topic is near."""
_SHARED = 0.5
"""The same in a large base, where many claims share a word or two with anything."""
_BETWEEN_IDS = re.compile(r"[\s,;/&+]+(?:and\s+)?")
_CITED = later("The claims are named by their ids; nothing else was looked for.")
_NO_REASON = later("Claims match, but none of them states a purpose or a cause, and it was asked why.")
"""How answers come about that no rank explains, for `!why`."""

_HINTED = 2
"""Words at most that are asked back after the prefix."""
_REMEMBERED = 256


class Searcher:
    """Answers from one fact base as it was at one moment."""

    def __init__(
        self, base: FactBase, thresholds: Thresholds | None = None, previous: Searcher | None = None
    ) -> None:
        """
        Read *base*.

        Args:
            previous: The searcher over the base before a change: what it knows of unchanged claims is taken over,
                unless names of entries changed.
        """
        known = previous if previous is not None and _same_names(previous.base, base) else None
        self.anew = known is None
        self.base = self._base = base
        self.closed = ClosedSearch(base, thresholds or Thresholds(), known.closed if known else None)
        self.thresholds = self.closed.thresholds if base.wording.closed else None
        self._known_finder: Finder | None = known.__dict__.get("finder") if known else None
        self._known_uses: Counter[tuple[Kind, str]] | None = known.__dict__.get("_uses") if known else None
        self._changes = Changes.between(known.base, base) if known else Changes((), base.live)
        self.typed = known.typed if known else TypedNames(base)
        self._asked = Remembered[Result](_REMEMBERED)
        self._opened = Remembered[Result | None](_REMEMBERED)

    def build(self) -> None:
        """
        Make at once what the first question would make.

        Of a closed base, what the first one that is refused would; of a large one, what the first name alone would.
        """
        if self._base.wording.closed:
            _ = self.closed.guard, self.closed.ranking, self.closed.candidates, self._texts
        if not self._base.wording.closed or len(self._base.live) <= MOST_CLAIMS:
            _ = self.finder
        if len(self._base.live) > LARGE and not self._base.wording.closed:
            _ = (
                self.finder.speller,
                self.finder.index.values,
                self._base.disputes,
                self.typed.words,
                self.typed.of_several,
            )
        if self._base.wording.closed or len(self._base.claims) > LARGE:
            self.complete("a", frozenset(Kind), 1)

    def ask(self, question: str) -> Result:
        """The claims that answer *question* in free words."""
        return self._asked.get(question, self._ask)

    def _ask(self, question: str) -> Result:
        return self._cited(question) or self._whole(self._found(question), question)

    def _whole(self, result: Result, question: str) -> Result:
        """*result* with every side of a conflict; of who asks why, what gives no reason is kept back."""
        if not isinstance(result, Found):
            return result
        reasons = result.giving_reasons() if "why" in result.asks and not asks_for_account(question) else result
        if reasons is None:
            topics = dict.fromkeys(topic for claim in result.claims[: result.direct] for topic in claim.topics[:1])
            return Nothing("", tuple(topics)[:_NEAREST], result.corrections, _NO_REASON)
        listed = reasons.direct is None and not reasons.notes  # all there is on a name: "what does Zelensky say"
        return reasons if listed else reasons.with_sides(self._base)

    def _found(self, question: str) -> Result:
        if not self._base.wording.closed:
            return self._either(question) or self._with_nearest(self.finder.ask(question))
        readings = self.closed.readings(question)
        result = self._strictly(question, readings)
        return self._offered(question, readings) or result if isinstance(result, Nothing) else result

    def _strictly(self, text: str, readings: Sequence[Question]) -> Result:
        """What a closed base answers; a refusal with the topics that are named, or that the words come nearest to."""
        result = self.closed.choose(text, readings)
        if not isinstance(result, Nothing):
            return result
        named = [entry for slot in readings[0].slots for entry in slot.of(Kind.TOPIC)]
        return replace(result, nearest=self._near(readings[0].text, named))

    def _offered(self, question: str, readings: Sequence[Question]) -> Unsure | None:
        """A question back, where none may answer but some claims are let through by all that is strict."""
        if len(self._base.live) > MOST_CLAIMS or any(each.idle for each in readings):
            return None
        admitted = self.closed.admitted(readings)
        return self.finder.offer(question, admitted) if admitted else None

    def _either(self, question: str) -> Found | None:
        """The claims that give one of the numbers which *question* sets against each other, with every side."""
        results = [self.finder.ask(each) for each in one_each(question)]
        found = [result for result in results if isinstance(result, Found)]
        claims = tuple(dict.fromkeys(claim for result in found for claim in result.claims[: result.direct]))
        return Found(claims, direct=len(claims)).with_sides(self._base) if claims else None

    def _with_nearest(self, result: Result) -> Result:
        """A refusal with the topics that its words come nearest to."""
        if not isinstance(result, Nothing):
            return result
        return replace(result, nearest=self._near(result.asked, ()))

    @cached_property
    def finder(self) -> Finder:
        """Answers where the base does not close its vocabulary; elsewhere asks back what was refused."""
        known, self._known_finder = self._known_finder, None
        return Finder(self._base, known, self._changes)

    def about(self, text: str, kinds: frozenset[Kind]) -> Result:
        """The claims about what *text* names: an entry of one of *kinds*, a figure, or else free words."""
        result = self.ask(text)
        named = isinstance(result, Found) and result.matched
        if named and not any(entry.kind in kinds for entry in named):
            return Nothing(text, self._near(text, ()))
        return result

    def alias_command(self, text: str) -> Result | None:
        """
        The claims for a topic's, place's or party's name that *text* opens with; None if it opens with none.

        A name that was only guessed from a misspelling must be all there is, or be followed by what the base knows:
        other bots have commands too.
        """
        return self._opened.get(text, self._alias_command)

    def _alias_command(self, text: str) -> Result | None:
        if cited := self._cited(text):
            return cited
        if self._base.wording.closed:
            readings = [
                each for each in self.closed.readings(text) if opens_with_name(each.tokens, each.numbers, each.slots)
            ]
            result = self._whole(self._strictly(text, readings), text) if readings else None
        else:
            readings = [
                each for each in self.finder.readings(text) if opens_with_name(each.tokens, each.numbers, each.names)
            ]
            result = self.ask(text) if readings else None
        guessed = any(each.corrections and each.corrections[0].typed == tokens(text)[0].typed for each in readings)
        return None if isinstance(result, Nothing) and guessed else result

    def hinted(self, text: str) -> Unsure | None:
        """
        What *text* is asked back with, where it is what is counted, a few words out of names, or a date of claims.

        Anything else may be meant for another bot.
        """
        words = [token for token in tokens(text) if token.word not in languages()[0].function]
        few = 0 < len(words) <= _HINTED and all(map(self._hints, words))
        if not few and not self.typed.is_metric(text):
            return None
        found = self.ask(text)
        if isinstance(found, Unsure):
            return found
        dates = asked_dates(words)
        claims: Sequence[Claim] = ()
        if isinstance(found, Found) and not found.corrections:
            claims = found.claims
        elif dates and all(asked_dates([token]) for token in words):
            claims = [claim for claim in self._base.live if all(dated(claim, date) for date in dates)]
        if not claims:
            return None
        options = dict.fromkeys(Option.leading_to(claim, self._base) for claim in claims)
        by_label = {option.label: option for option in reversed(options)}
        return Unsure(tuple(reversed(by_label.values()))[:_NEAREST], text, offered=True)

    def _hints(self, token: Token) -> bool:
        """Whether the word is part of a name, or a month or year of a claim."""
        dates = asked_dates([token])
        if token.word in self.typed.words:
            return True
        return any(dated(claim, date) for date in dates for claim in self._base.live)

    def _cited(self, text: str) -> Found | None:
        """The live claims whose ids are all there is: `C14`, or `C14 C15`."""
        parts = [text] if parse_ref(text, bare=False) else [*filter(None, _BETWEEN_IDS.split(text))]
        numbers = [parse_ref(part, bare=False) or 0 for part in parts]
        claims = [claim for number in numbers if (claim := self._base.claims.get(number)) and not claim.retired]
        whole = bool(claims) and len(claims) == len(parts)
        return Found(tuple(dict.fromkeys(claims)), how=_CITED) if whole else None

    def cites(self, text: str) -> bool:
        """Whether *text* is ids of claims and nothing else."""
        return self._cited(text) is not None

    def complete(self, typed: str, kinds: frozenset[Kind], limit: int = 25) -> list[Entry]:
        """Entries of *kinds* for what was typed so far: names that start with it first, then likely typos."""
        start = "".join(token.word for token in tokens(typed))
        entries = [entry for entry in self._most_used if entry.kind in kinds]
        if not start:
            return entries[:limit]
        folded = [(entry, self.typed.folded[entry.kind, entry.key]) for entry in entries]
        begins = [entry for entry, names in folded if any(name.startswith(start) for name in names)]
        named = (each.slots for each in self.closed.readings(typed)) if self._base.wording.closed else ()
        free = (each.names for each in self.finder.readings(typed)) if not self._base.wording.closed else ()
        meant = (entry for names in (*named, *free) for name in names for entry in name.entries)
        found = list(dict.fromkeys((*begins, *(entry for entry in meant if entry.kind in kinds))))
        if not found:
            found = [entry for entry, names in folded if any(begins_like(name, start) for name in names)]
        return found[:limit]

    @cached_property
    def _texts(self) -> TextIndex:
        """Statements, quotations and topics as plain texts: what a refused question comes nearest to."""
        return TextIndex(
            Document(
                claim.number, " ".join((claim.statement, *(name for topic in claim.topics for name in topic.names)))
            )
            for claim in self._base.live
        )

    @cached_property
    def _most_used(self) -> Sequence[Entry]:
        """Entries by how many claims refer to them; topics before places before parties where it is the same."""
        return sorted(self._base.commands(), key=lambda entry: -self._uses[entry.kind, entry.key])

    @cached_property
    def _uses(self) -> Counter[tuple[Kind, str]]:
        """How many claims refer to each entry, by its kind and key."""
        known, self._known_uses = self._known_uses, None
        changes = self._changes if known else Changes((), self._base.live)
        uses: Counter[tuple[Kind, str]] = Counter()
        uses.update(known or {})
        uses.update(chain.from_iterable(map(_used, changes.come)))
        uses.subtract(chain.from_iterable(map(_used, changes.gone)))
        return uses

    def _near(self, text: str, named: Sequence[Entry]) -> tuple[Entry, ...]:
        """Topics that *text* names, or else of the claims that have most of its words as typed; three at most."""
        if named:
            return tuple(dict.fromkeys(named))[:_NEAREST]
        if len(self._base.live) > LARGE and not self._base.wording.closed:
            near = self.finder.sharing(text, _SHARED)
        else:
            hits = [hit for hit in self._texts.search(text) if not hit.corrected]
            best = max((_NEAR, *(hit.covered for hit in hits)))
            near = [self._base.claims[hit.number] for hit in hits if hit.covered >= best]
        return tuple(dict.fromkeys(topic for claim in near for topic in claim.topics[:1]))[:_NEAREST]


def _used(claim: Claim) -> Iterator[tuple[Kind, str]]:
    """The entries that *claim* refers to, each once."""
    yield from ((Kind.TOPIC, topic.key) for topic in claim.topics)
    yield from ((Kind.PLACE, place.key) for place in claim.places)
    yield from ((Kind.PARTY, key) for key in {claim.attribution.claimant.key, *(p.key for p in claim.subjects)})


def _same_names(one: FactBase, other: FactBase) -> bool:
    """Whether two bases have the same entries, so that the same words name the same things."""
    parts = ("topics", "places", "parties", "metrics", "wording")
    return all(getattr(one, part) == getattr(other, part) for part in parts)
