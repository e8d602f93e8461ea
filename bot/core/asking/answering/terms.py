"""What one claim can be found by: its words, and the keys of what it refers to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, TypeAlias

from bot.core.asking.answering.references import Mentions, References, Referring
from bot.core.asking.reading.tokens import Token, tokens, word_stems
from bot.core.claims import Claim, Entry, Kind, Party
from bot.languages.packs import languages

SAID, _ABOUT, _NAMED, _NOTED = 1.0, 0.8, 0.6, 0.4
"""How much a word of a claim counts: in its statement, in its topic's name, in another name, in a caveat or note."""

IN_TEXT = {Kind.PARTY: 0.6, Kind.PLACE: 0.85}
"""How much a party or a place counts that a claim's texts name."""

PEOPLE = "people"
Texts: TypeAlias = tuple[str, ...]


class Terms(NamedTuple):
    """
    What one claim is met by.

    Attributes:
        stems: Its words by stem, each with how much it counts, 0 to 1; spelled: a spelling of each.
        keys: What it refers to as `kind:key`, and how much that counts.
    """

    stems: dict[str, float]
    spelled: dict[str, str]
    keys: dict[str, float]


def terms(claim: Claim, referring: Referring, refers: References, mentions: Mentions | None) -> Terms:
    """The terms of *claim*, which has these references; those of what its texts mention where they are at hand."""
    said = said_of(texts_of(claim))
    found = [(content(texts_in(part, thing)), level) for part, thing, level in fields(claim, referring)]
    stems = {stem: level for words, level in found for stem in words} | dict.fromkeys(said, SAID)
    spelled = {stem: word for words, _ in found for stem, word in words.items()} | said
    return Terms(stems, spelled, keys_of(claim, refers, mentions))


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


def fields(claim: Claim, referring: Referring) -> Iterator[tuple[str, Entry | Texts, float]]:
    """
    Texts of a claim beside its statement and quotations, with how much they count: what counts most comes last.

    Each is what `texts_in` takes: the part of an entry that holds them, and the entry; or no part, and the texts.
    """
    parties = (claim.attribution.claimant, *claim.subjects)
    if claim.editor_note:
        yield "", (claim.editor_note,), _NOTED
    if claim.verification.caveats:
        yield "", tuple([caveat.text for caveat in claim.verification.caveats]), _NOTED
    for party in parties:
        yield "about", party, _NOTED
    for topic in claim.topics:
        yield "about", topic, _NAMED
    for entry in (*parties, *claim.places):
        yield "names", entry, _NAMED
    for topic in claim.topics:
        yield "names", topic, _ABOUT
    for figure in claim.figures:
        if metric := referring.metrics.get(figure.metric):
            yield "names", metric, _ABOUT
    for figure in claim.figures:
        yield "", (figure.subject, figure.of, figure.unit if figure.unit != PEOPLE else ""), SAID


def texts_in(part: str, thing: Entry | Texts) -> Texts:
    """The texts that one of the `fields` of a claim has."""
    if not isinstance(thing, Entry):
        return thing
    if part == "names":
        return thing.names
    return (thing.style, thing.about) if isinstance(thing, Party) else (thing.about,)


def keys_of(claim: Claim, of: References, mentions: Mentions | None) -> dict[str, float]:
    """What *claim* refers to as `kind:key`, with how much that counts; what it mentions where that is at hand."""
    first, speaker = claim.topics[0].key, claim.attribution.claimant.key
    own = {place.key for place in claim.places}
    found = {f"place:{key}": IN_TEXT[Kind.PLACE] for key in mentions.places} if mentions else {}
    found |= {f"topic:{key}": 1.0 if key == first else 0.9 for key in of.topics}
    found |= {f"place:{key}": 1.0 if key in own else 0.85 for key in of.places}
    found |= {f"metric:{key}": 1.0 for key in of.metrics}
    found |= {f"said:{key}": 1.0 if key == speaker else 0.9 for key in of.said}
    found |= {f"carried:{key}": 0.7 for key in of.carried}
    found |= {f"about:{key}": 0.9 for key in of.about}
    if mentions:
        found |= {f"named:{key}": IN_TEXT[Kind.PARTY] for key in mentions.parties}
    return found


def asked_keys(kind: Kind, key: str) -> tuple[tuple[str, float], ...]:
    """The keys by which claims meet the entry *key* of *kind* that a question names, and how near they come so."""
    if kind is Kind.PARTY:
        return ((f"said:{key}", 1.0), (f"about:{key}", 1.0), (f"carried:{key}", 0.8), (f"named:{key}", 1.0))
    return ((f"{kind}:{key}", 1.0),)
