"""What one claim can be asked about, worked out when it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, pairwise, takewhile

from bot.core.asking.answering.references import Mentions, References, Referring
from bot.core.asking.answering.terms import PEOPLE, texts_of
from bot.core.asking.answering.values import Gives
from bot.core.asking.reading.tokens import Token, tokens, word_stems
from bot.core.claims import Claim, Kind
from bot.core.figures import Figure
from bot.core.numbers import Number, numbers
from bot.languages import english
from bot.languages.packs import languages

_ANNOUNCED = 0.6
"""How surely a claim says why whose topic is about why."""

_SIGNS = "$\u20ac\u00a3\u00a5"
_MOST_THINGS = 3
"""How many words after a number may say what it counts."""

_VERB = 0.5
"""Below which share of its uses as a noun a word is a verb."""


@dataclass(frozen=True, slots=True)
class Count:
    """
    One figure of a claim.

    Attributes:
        words: Words that say what it counts, as folded words: its subject, unit and denominator.
        stems: Their stems, and those of its metric's names.
        parties: Keys of the parties that its subject names.
        values: Every number it is worded with.
        people: Whether it counts people; lasting: a span of time.
    """

    figure: Figure
    words: frozenset[str]
    stems: frozenset[str]
    parties: frozenset[str]
    values: tuple[float, ...]
    people: bool
    lasting: bool

    def has(self, number: Number) -> bool:
        """Whether *number* is one it is worded with."""
        return number.given_by(self.values)


@dataclass(frozen=True, slots=True)
class Places:
    """Keys of the places of one claim, with everything they lie in; its texts are looked through where need be."""

    profile: Profile

    def __contains__(self, key: str) -> bool:
        return key in self.profile.own_places or key in self.profile.named_places

    def __bool__(self) -> bool:
        return bool(self.profile.own_places or self.profile.named_places)


class Profile:
    """
    What one claim can be asked about. What only some questions ask is worked out for the first that does.

    Attributes:
        said, carried, about, topics, metrics: As `References` has them.
    """

    def __init__(self, claim: Claim, referring: Referring, refers: References, mentions: Mentions | None) -> None:
        """Know *claim*, and what it refers to; what its texts mention where it is at hand."""
        self.claim, self._referring = claim, referring
        self.said, self.carried, self.about, self.topics, self.own_places, self.metrics = refers
        if mentions:
            self.mentions = mentions

    @cached_property
    def mentions(self) -> Mentions:
        """What its texts mention."""
        return self._referring.mentions(self.claim, self._texts)

    @property
    def leading(self) -> frozenset[str]:
        """Keys of the parties that its statement names first."""
        return self.mentions.leading

    @property
    def mentioned(self) -> frozenset[str]:
        """Keys of the parties that its texts name."""
        return self.mentions.parties

    @property
    def places(self) -> Places:
        """Keys of the places that it refers to or names."""
        return Places(self)

    @cached_property
    def named_places(self) -> frozenset[str]:
        """Those that its texts name."""
        known = "mentions" in self.__dict__ or self._referring.may_place(self.claim)
        return self.mentions.places if known else frozenset()

    @cached_property
    def _gives(self) -> Gives:
        return Gives.of(self.claim, self._written)

    @cached_property
    def _written(self) -> Sequence[Sequence[Number]]:
        return [numbers(words) for words in self._texts]

    @property
    def numbers(self) -> tuple[float, ...]:
        """Numbers that its text gives."""
        return self._gives.written

    @property
    def _texts(self) -> Sequence[Sequence[Token]]:
        return texts_of(self.claim)

    @cached_property
    def length(self) -> int:
        """Words of its text."""
        return sum(map(len, self._texts))

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        """What each of its figures counts."""
        if not self.claim.figures:
            return ()
        things = _things(zip(self._texts, self._written, strict=True))
        return tuple(
            _count(figure, values, [token for value, token in things if value in values], self._referring)
            for figure, values in zip(self.claim.figures, self._gives.counted, strict=True)
        )

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Stems that follow each other in its text."""
        return frozenset(chain.from_iterable(pairwise([token.stem for token in text]) for text in self._texts))

    @property
    def voice(self) -> frozenset[str]:
        """Stems of the words that its claimant goes by."""
        claimant = self.claim.attribution.claimant
        return _voice((*claimant.names, claimant.style, claimant.about))

    @cached_property
    def purposeful(self) -> float:
        """How surely it says why, 0 to 1."""
        topic = self.claim.topics[0]
        return max(_purposeful(self._words), _ANNOUNCED * _announces(f"{topic.name} {topic.about}"))

    @cached_property
    def priced(self) -> bool:
        """Whether it gives a sum of money: by a word, or by a sign in its statement or in how a figure is worded."""
        texts = (self.claim.statement, *(figure.quantifier for figure in self.claim.figures))
        return self._has("currency") or any(sign in text for text in texts for sign in _SIGNS)

    @property
    def earlier(self) -> bool:
        """Whether it is of a year before the one that it was published in, or has such words."""
        year, dates = self.claim.attribution.source.published_on.year, (self.claim.event_date, self.claim.claim_date)
        return any(date and date.year < year for date in dates) or self._has("past")

    @cached_property
    def lasting(self) -> bool:
        """Whether it says how long."""
        return self._has("span")

    @cached_property
    def paced(self) -> bool:
        """Whether it says how fast: so much a day, an hour, or in knots."""
        language = languages()[0]
        each = any(
            language.says("spans", after) and (before == "per" or language.says("articles", before))
            for before, after in pairwise(self._words)
        )
        return each or self._has("paces")

    @property
    def _words(self) -> list[str]:
        return [token.word for text in self._texts for token in text]

    def _has(self, part: str) -> bool:
        return not languages()[0].words[part].single.isdisjoint(self._words)


@lru_cache(maxsize=4096)
def _voice(names: tuple[str, ...]) -> frozenset[str]:
    """Stems of the words of *names*, which many claims have in common."""
    return frozenset(stem for name in names for _, stem in word_stems(name))


@lru_cache(maxsize=4096)
def _announces(topic: str) -> float:
    """How surely *topic*, its name and what it is about, is about why something is so."""
    return _purposeful([token.word for token in tokens(topic)])


def _purposeful(words: Sequence[str]) -> bool:
    """Whether *words* give or announce a purpose or a cause: "because", "why", "to stop"."""
    language = languages()[0]
    if not (language.words["purpose"].single.isdisjoint(words) and language.asks["why"].single.isdisjoint(words)):
        return True
    return any(word == "to" and english.noun(after) < _VERB for word, after in pairwise(words))


def _things(texts: Iterable[tuple[Sequence[Token], Sequence[Number]]]) -> list[tuple[float, Token]]:
    """The words that say right after a number what it counts, each with the number: "4,112 ballots were rejected"."""
    function = languages()[0].function.single
    found = ((number, words[number.end :][:_MOST_THINGS]) for words, written in texts for number in written)
    return [
        (number.value, token)
        for number, after in found
        for token in takewhile(lambda token: token.word not in function, after)
    ]


def _count(figure: Figure, values: tuple[float, ...], things: list[Token], referring: Referring) -> Count:
    unit = figure.unit if figure.unit != "share" else ""
    words = [token for text in (figure.subject, figure.of, unit) for token in tokens(text)] + things
    metric = referring.metrics.get(figure.metric)
    names = _heads(metric.names) if metric else frozenset[str]()
    subject = tokens(figure.subject)
    parties = [entry for name in referring.names.within(subject, {Kind.PARTY}) for entry in name.entries]
    function = languages()[0].function
    return Count(
        figure=figure,
        words=frozenset(token.word for token in words if token.word not in function),
        stems=names.union([token.stem for token in words if token.word not in function]),
        parties=frozenset(key for entry in parties for key in referring.lineage(entry)),
        values=values,
        people=figure.unit == PEOPLE
        or any(english.field(each.word) == english.PERSON or each.word in referring.people for each in words),
        lasting=any(languages()[0].says("span", each.word) for each in words),
    )


@lru_cache(maxsize=4096)
def _heads(names: tuple[str, ...]) -> frozenset[str]:
    """Stems of what a metric's *names* say is counted: of "people killed" in "people killed by a drone"."""
    return frozenset(stem for name in names for stem in _head(word_stems(name)))


def _head(name: Sequence[tuple[str, str]]) -> list[str]:
    function = languages()[0].function
    ends = (at for at, (word, _) in enumerate(name) if at and word != "of" and word in function)
    return [stem for word, stem in name[: next(ends, len(name))] if word not in function]
