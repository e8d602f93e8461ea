"""What one claim can be asked about, worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise, takewhile

from bot.core.asking.answering.references import References, Referring
from bot.core.asking.answering.terms import PEOPLE, Gives, texts_of
from bot.core.asking.reading.tokens import Token, tokens
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
        people: Whether it counts people.
    """

    figure: Figure
    words: frozenset[str]
    stems: frozenset[str]
    parties: frozenset[str]
    values: tuple[float, ...]
    people: bool

    def has(self, number: Number) -> bool:
        """Whether *number* is one it is worded with."""
        return number.given_by(self.values)


@dataclass(frozen=True, slots=True)
class Profile(References):
    """
    What a claim refers to, and what its text gives.

    Attributes:
        pairs: Stems that follow each other in its text.
        numbers: Numbers that its text gives.
        voice: Stems of the words that its claimant goes by.
        purposeful: How surely it says why, 0 to 1; lasting: whether it says how long.
        priced: Whether it gives a sum of money.
    """

    claim: Claim
    counts: tuple[Count, ...]
    pairs: frozenset[tuple[str, str]]
    numbers: tuple[float, ...]
    voice: frozenset[str]
    purposeful: float
    priced: bool
    lasting: bool
    length: int


def profile(claim: Claim, referring: Referring, refers: References, gives: Gives) -> Profile:
    """The profile of *claim*, of which is known what it refers to and which numbers it gives."""
    texts = texts_of(claim)
    said = [token.word for text in texts for token in text]
    language, claimant = languages()[0], claim.attribution.claimant
    things = _things(texts) if claim.figures else []
    return Profile(
        claim=claim,
        said=refers.said,
        carried=refers.carried,
        about=refers.about,
        leading=refers.leading,
        mentioned=refers.mentioned,
        topics=refers.topics,
        places=refers.places,
        metrics=refers.metrics,
        counts=tuple(
            _count(figure, values, [token for value, token in things if value in values], referring)
            for figure, values in zip(claim.figures, gives.counted, strict=True)
        ),
        pairs=frozenset(chain.from_iterable(pairwise([token.stem for token in text]) for text in texts)),
        numbers=gives.written,
        voice=_voice((*claimant.names, claimant.style, claimant.about)),
        purposeful=max(_purposeful(said), _ANNOUNCED * _announces(f"{claim.topics[0].name} {claim.topics[0].about}")),
        priced=not language.words["currency"].single.isdisjoint(said) or _signed(claim),
        lasting=not language.words["span"].single.isdisjoint(said),
        length=len(said),
    )


@lru_cache(maxsize=4096)
def _voice(names: tuple[str, ...]) -> frozenset[str]:
    """Stems of the words of *names*, which many claims have in common."""
    return frozenset(token.stem for name in names for token in tokens(name))


def _signed(claim: Claim) -> bool:
    """Whether a sign of money stands in its statement or in how a figure is worded."""
    texts = (claim.statement, *(figure.quantifier for figure in claim.figures))
    return any(sign in text for text in texts for sign in _SIGNS)


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


def _things(texts: Sequence[Sequence[Token]]) -> list[tuple[float, Token]]:
    """The words that say right after a number what it counts, each with the number: "4,112 ballots were rejected"."""
    function = languages()[0].function.single
    found = ((number, words[number.end :][:_MOST_THINGS]) for words in texts for number in numbers(words))
    return [
        (number.value, token)
        for number, after in found
        for token in takewhile(lambda token: token.word not in function, after)
    ]


def _count(figure: Figure, values: tuple[float, ...], things: list[Token], referring: Referring) -> Count:
    unit = figure.unit if figure.unit != "share" else ""
    words = [token for text in (figure.subject, figure.of, unit) for token in tokens(text)] + things
    metric = referring.metrics.get(figure.metric)
    names = [token for name in (metric.names if metric else ()) for token in _head(tokens(name))]
    subject = tokens(figure.subject)
    parties = [entry for name in referring.names.within(subject, {Kind.PARTY}) for entry in name.entries]
    function = languages()[0].function
    return Count(
        figure=figure,
        words=frozenset(token.word for token in words if token.word not in function),
        stems=frozenset(token.stem for token in (*words, *names) if token.word not in function),
        parties=frozenset(key for entry in parties for key in referring.lineage(entry)),
        values=values,
        people=figure.unit == PEOPLE
        or any(english.field(each.word) == english.PERSON or each.word in referring.people for each in words),
    )


def _head(name: Sequence[Token]) -> Sequence[Token]:
    """The words of a metric's name that say what is counted: "people killed" of "people killed by a drone"."""
    words = [token.word for token in name]
    ends = (at for at, word in enumerate(words) if at and word != "of" and word in languages()[0].function)
    return name[: next(ends, len(name))]
