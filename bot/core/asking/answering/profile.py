"""What one claim can be asked about, worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.core.asking.answering.vocabulary import Vocabulary
from bot.core.asking.reading.tokens import Token, tokens
from bot.core.claims import Claim, Entry, FactBase, Kind
from bot.core.figures import Figure
from bot.core.numbers import Number, numbers, numbers_of
from bot.languages import english
from bot.languages.packs import languages

_SAID, _ABOUT, _NAMED, _NOTED = 1.0, 0.8, 0.6, 0.4
"""How much a word of a claim counts: in its statement, in its topic's name, in another name, in a caveat or note."""

_PEOPLE = "people"
_ANNOUNCED = 0.6
"""How surely a claim says why whose topic is about why."""

_SIGNS = "$\u20ac\u00a3\u00a5"
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
class Profile:
    """
    What a claim refers to, by key, and its words.

    Attributes:
        said: Parties whose words it is: the claimant, those it belongs to, and the members of a described group.
        carried: Parties through whom it came: relays and publisher.
        about: Parties it is about, and those they belong to.
        mentioned: Parties that its text or its caveats name.
        topics, places, metrics: Keys; places with everything they lie in.
        stems: Its words by stem, each with how much it counts; words: a spelling of each.
        parts: Stems of what it says; of its topic's names and what that is about; of its claimant's.
        pairs: Stems that follow each other in its text.
        numbers: Numbers that its text gives.
        voice: Stems of the words that its claimant goes by.
        purposeful: How surely it says why, 0 to 1; lasting: whether it says how long.
        priced: Whether it gives a sum of money.
    """

    claim: Claim
    said: frozenset[str]
    carried: frozenset[str]
    about: frozenset[str]
    mentioned: frozenset[str]
    topics: frozenset[str]
    places: frozenset[str]
    metrics: frozenset[str]
    counts: tuple[Count, ...]
    stems: dict[str, float]
    words: dict[str, str]
    parts: tuple[tuple[str, ...], ...]
    pairs: frozenset[tuple[str, str]]
    numbers: tuple[Number, ...]
    voice: frozenset[str]
    purposeful: float
    priced: bool
    lasting: bool
    length: int


def profile(claim: Claim, base: FactBase, vocabulary: Vocabulary) -> Profile:
    """The profile of *claim*."""
    texts = [tokens(text) for text in (claim.statement, *(quotation.exact for quotation in claim.quotations))]
    named = [entry for words in texts for name in vocabulary.names.within(words) for entry in name.entries]
    caveats = [caveat.text for caveat in claim.verification.caveats]
    checkers = tokens(" ".join((*caveats, *(caveat.stated_by for caveat in claim.verification.caveats))))
    claimant = claim.attribution.claimant
    checking = [entry for name in vocabulary.names.within(checkers) for entry in name.entries]
    counts = tuple(_count(figure, base, vocabulary) for figure in claim.figures)
    stems, words = _words(claim, base)
    said = [token for text in texts for token in text]
    return Profile(
        claim=claim,
        said=base.lineage(claimant) | frozenset(claimant.members),
        carried=frozenset(
            (claim.attribution.source.publisher.key, *(h.party.key for h in claim.attribution.relayed_by))
        ),
        about=frozenset(key for party in claim.subjects for key in base.lineage(party)),
        mentioned=_keys((*named, *checking), Kind.PARTY),
        topics=_keys(claim.topics, Kind.TOPIC),
        places=_places((*claim.places, *(e for e in named if e.kind is Kind.PLACE)), base),
        metrics=frozenset(figure.metric for figure in claim.figures),
        counts=counts,
        stems=stems,
        words=words,
        parts=_parts(claim),
        pairs=frozenset((a.stem, b.stem) for text in texts for a, b in pairwise(text)),
        numbers=tuple(number for text in texts for number in numbers(text)),
        voice=_stems((*claimant.names, claimant.style, claimant.about)),
        purposeful=max(
            _purposeful([token.word for token in said]),
            _ANNOUNCED
            * _purposeful([token.word for token in tokens(f"{claim.topics[0].name} {claim.topics[0].about}")]),
        ),
        priced=any(languages()[0].says("currency", token.word) for text in texts for token in text)
        or any(
            sign in text
            for text in (claim.statement, *(figure.quantifier for figure in claim.figures))
            for sign in _SIGNS
        ),
        lasting=any(languages()[0].says("span", token.word) for token in said),
        length=len(said),
    )


def _purposeful(words: Sequence[str]) -> bool:
    """Whether *words* give or announce a purpose or a cause: "because", "why", "to stop"."""
    language = languages()[0]
    if any(language.says("purpose", word) or word in language.asks["why"] for word in words):
        return True
    return any(word == "to" and english.noun(after) < _VERB for word, after in pairwise(words))


def _keys(entries: Iterable[Entry], kind: Kind) -> frozenset[str]:
    return frozenset(entry.key for entry in entries if entry.kind is kind)


def _stems(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(token.stem for text in texts for token in tokens(text))


def _places(places: Iterable[Entry], base: FactBase) -> frozenset[str]:
    found: set[str] = set()
    for place in places:
        current: Entry | None = place
        while current is not None and current.key not in found:
            found.add(current.key)
            current = base.places.get(current.part_of) if current.part_of else None
    return frozenset(found)


def _count(figure: Figure, base: FactBase, vocabulary: Vocabulary) -> Count:
    words = tokens(f"{figure.subject} {figure.of} {figure.unit if figure.unit != 'share' else ''}")
    metric = base.metrics.get(figure.metric)
    names = [token for name in (metric.names if metric else ()) for token in _head(tokens(name))]
    subject = tokens(figure.subject)
    parties = [entry for name in vocabulary.names.within(subject, {Kind.PARTY}) for entry in name.entries]
    function = languages()[0].function
    return Count(
        figure=figure,
        words=frozenset(token.word for token in words if token.word not in function),
        stems=frozenset(token.stem for token in (*words, *names) if token.word not in function),
        parties=frozenset(key for entry in parties for key in base.lineage(base.parties[entry.key])),
        values=numbers_of(figure),
        people=figure.unit == _PEOPLE or any(english.field(token.word) == english.PERSON for token in words),
    )


def _head(name: Sequence[Token]) -> Sequence[Token]:
    """The words of a metric's name that say what is counted: "people killed" of "people killed by a drone"."""
    words = [token.word for token in name]
    ends = (at for at, word in enumerate(words) if at and word != "of" and word in languages()[0].function)
    return name[: next(ends, len(name))]


def _fields(claim: Claim, base: FactBase) -> Iterator[tuple[str, float]]:
    yield claim.statement, _SAID
    for quotation in claim.quotations:
        yield quotation.exact, _SAID
    for figure in claim.figures:
        yield f"{figure.subject} {figure.of} {figure.unit if figure.unit != _PEOPLE else ''}", _SAID
        if metric := base.metrics.get(figure.metric):
            yield " ".join(metric.names), _ABOUT
    for topic in claim.topics:
        yield " ".join(topic.names), _ABOUT
        yield topic.about, _NAMED
    parties = (claim.attribution.claimant, *claim.subjects)
    for entry in (*parties, *claim.places):
        yield " ".join(entry.names), _NAMED
    for party in parties:
        yield f"{party.style} {party.about}", _NOTED
    for caveat in claim.verification.caveats:
        yield caveat.text, _NOTED
    yield claim.editor_note, _NOTED


def _parts(claim: Claim) -> tuple[tuple[str, ...], ...]:
    topic, claimant = claim.topics[0], claim.attribution.claimant
    texts = (
        (claim.statement, *(quotation.exact for quotation in claim.quotations)),
        (*topic.names, topic.about),
        (*claimant.names, claimant.style, claimant.about),
    )
    function = languages()[0].function
    return tuple(
        tuple(dict.fromkeys(token.stem for text in part for token in tokens(text) if token.word not in function))
        for part in texts
    )


def _words(claim: Claim, base: FactBase) -> tuple[dict[str, float], dict[str, str]]:
    """The stems of *claim*, each with how much it counts, and a spelling of each."""
    stems: dict[str, float] = {}
    spelled: dict[str, str] = {}
    for text, weight in _fields(claim, base):
        for stem, word in _content(text):
            if weight > stems.get(stem, 0.0):
                stems[stem] = weight
            spelled.setdefault(stem, word)
    return stems, spelled


@lru_cache(maxsize=4096)
def _content(text: str) -> tuple[tuple[str, str], ...]:
    """Stem and spelling of each word of *text* that says something; names and notes are the same in many claims."""
    function = languages()[0].function
    return tuple((token.stem, token.word) for token in tokens(text) if token.word not in function)
