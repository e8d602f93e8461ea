"""What one claim can be found by: its words, and the keys of what it refers to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, TypeAlias

from bot.core.asking.answering.references import References, Referring
from bot.core.asking.reading.tokens import Token, tokens, word_stems
from bot.core.claims import Claim, Entry, Kind, Party
from bot.languages.packs import languages

SAID, _ABOUT, _NAMED, _NOTED = 1.0, 0.8, 0.6, 0.4
"""How much a word of a claim counts: in its statement, in its topic's name, in another name, in a caveat or note."""

PEOPLE = "people"
Texts: TypeAlias = tuple[str, ...]


class Terms(NamedTuple):
    """
    What one claim is met by.

    Attributes:
        fields: Its texts, with how much their words count, 0 to 1: those that count most come last.
        refers: What it refers to; keys: the same as `kind:key`, and how much that counts.
        said: What it says, a spelling by stem.
    """

    fields: Sequence[tuple[Texts, float]]
    refers: References
    keys: dict[str, float]
    said: dict[str, str]

    @property
    def stems(self) -> dict[str, float]:
        """Its words by stem, each with how much it counts."""
        noted = {stem: level for texts, level in self.fields for stem in content(texts)}
        return noted | dict.fromkeys(self.said, SAID)

    @property
    def spelled(self) -> dict[str, str]:
        """A spelling of each."""
        return {stem: word for texts, _ in self.fields for stem, word in content(texts).items()} | self.said


def terms(claim: Claim, referring: Referring) -> Terms:
    """The terms of *claim*."""
    texts = texts_of(claim)
    refers = referring.of(claim, texts)
    return Terms(
        fields=[*_fields(claim, referring)],
        refers=refers,
        keys=_keys(claim, refers),
        said=said_of(texts),
    )


def texts_of(claim: Claim) -> Sequence[Sequence[Token]]:
    """The words of its statement, and of each of its quotations."""
    return [tokens(text) for text in (claim.statement, *(quotation.exact for quotation in claim.quotations))]


def said_of(texts: Sequence[Sequence[Token]]) -> dict[str, str]:
    """By its stem, a spelling of each word of *texts* that says something."""
    return _content_of((token.word, token.stem) for words in texts for token in words)


def entry_stems(entry: Entry) -> Iterable[str]:
    """Stems of the names of an entry, and of what it is about."""
    return content((*entry.names, entry.about))


def claimant_stems(claimant: Party) -> Iterable[str]:
    """Stems of what a claimant goes by."""
    return content((*claimant.names, claimant.style, claimant.about))


def content(texts: Texts) -> dict[str, str]:
    """By its stem, a spelling of each word of *texts* that says something."""
    return _content_of(chain.from_iterable(map(word_stems, texts)))


def _content_of(words: Iterable[tuple[str, str]]) -> dict[str, str]:
    function, found = languages()[0].function.single, dict[str, str]()
    for word, stem in words:
        if stem not in found and word not in function:
            found[stem] = word
    return found


def _fields(claim: Claim, referring: Referring) -> Iterator[tuple[Texts, float]]:
    """Texts of a claim beside its statement and quotations, with how much they count: what counts most comes last."""
    parties = (claim.attribution.claimant, *claim.subjects)
    if claim.editor_note:
        yield (claim.editor_note,), _NOTED
    if claim.verification.caveats:
        yield tuple([caveat.text for caveat in claim.verification.caveats]), _NOTED
    for party in parties:
        if party.style or party.about:
            yield (party.style, party.about), _NOTED
    for topic in claim.topics:
        if topic.about:
            yield (topic.about,), _NAMED
    for entry in (*parties, *claim.places):
        yield entry.names, _NAMED
    for topic in claim.topics:
        yield topic.names, _ABOUT
    for figure in claim.figures:
        if metric := referring.metrics.get(figure.metric):
            yield metric.names, _ABOUT
    for figure in claim.figures:
        yield (figure.subject, figure.of, figure.unit if figure.unit != PEOPLE else ""), SAID


def _keys(claim: Claim, of: References) -> dict[str, float]:
    first, speaker = claim.topics[0].key, claim.attribution.claimant.key
    own = {place.key for place in claim.places}
    found = {f"topic:{key}": 1.0 if key == first else 0.9 for key in of.topics}
    found |= {f"place:{key}": 1.0 if key in own else 0.85 for key in of.places}
    found |= {f"metric:{key}": 1.0 for key in of.metrics}
    found |= {f"said:{key}": 1.0 if key == speaker else 0.9 for key in of.said}
    found |= {f"carried:{key}": 0.7 for key in of.carried}
    found |= {f"about:{key}": 0.9 for key in of.about}
    found |= {f"named:{key}": 0.6 for key in of.mentioned}
    return found


def asked_keys(kind: Kind, key: str) -> tuple[tuple[str, float], ...]:
    """The keys by which claims meet the entry *key* of *kind* that a question names, and how near they come so."""
    if kind is Kind.PARTY:
        return ((f"said:{key}", 1.0), (f"about:{key}", 1.0), (f"carried:{key}", 0.8), (f"named:{key}", 1.0))
    return ((f"{kind}:{key}", 1.0),)
