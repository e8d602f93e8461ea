"""What one claim can be asked about, worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.core.asking.reading.lexicon import PURPOSES, is_function
from bot.core.asking.reading.names import Named, keys
from bot.core.asking.reading.tokens import Token, tokens
from bot.core.asking.reading.vocabulary import Vocabulary
from bot.core.claims import Claim, Kind, Topic
from bot.core.figures import Figure
from bot.core.numbers import Number, numbers_of

_STATEMENT, _QUOTED, _NAMED, _SPEAKER, _NOTED = 1.0, 0.9, 0.5, 0.4, 0.3
"""What a word weighs in each field of a claim."""

_FOLLOWING, _OWNED = 6, 2
_ASIDE = frozenset({"to", "in", "into", "with", "for", "from", "against", "of"})


@dataclass(frozen=True, slots=True)
class Count:
    """One figure of a claim, whom and what it counts, and every number it is worded with."""

    figure: Figure
    parties: frozenset[str]
    topics: frozenset[str]
    stems: frozenset[str]
    values: tuple[float, ...]

    def has(self, number: Number) -> bool:
        """Whether *number* is one it is worded with."""
        return number.given_by(self.values)


@dataclass(frozen=True, slots=True)
class Profile:
    """
    Keys of everything a claim refers to, and its words.

    Attributes:
        checkers: Parties that say in a caveat how far they checked it.
        mentioned: Parties named in its text; touched: topics named in it.
        deeds: For parties named in its text, the stems of the words that follow each, or lead to a "by" before it.
        acts, owns: The same, of the very next word and of the next two.
        stems: Its words by stem, with the weight of the field they stand in; words: those of its text.
        purposeful: Whether it says what something is done for.
        pairs: Stems that follow each other in its text.
    """

    claim: Claim
    topics: frozenset[str]
    places: frozenset[str]
    claimant: str
    relayers: frozenset[str]
    publisher: str
    subjects: frozenset[str]
    checkers: frozenset[str]
    mentioned: frozenset[str]
    touched: frozenset[str]
    deeds: frozenset[tuple[str, str]]
    acts: frozenset[tuple[str, str]]
    owns: frozenset[tuple[str, str]]
    counts: tuple[Count, ...]
    stems: dict[str, float]
    words: frozenset[str]
    purposeful: bool
    pairs: frozenset[tuple[str, str]]


def profile(claim: Claim, vocabulary: Vocabulary) -> Profile:
    """The profile of *claim*."""
    texts = [tokens(text) for text in (claim.statement, *(quotation.exact for quotation in claim.quotations))]
    names = [(name, words) for words in texts for name in vocabulary.names.within(words)]
    parties = [(name, words) for words in texts for name in vocabulary.names.within(words, {Kind.PARTY})]
    named = [entry for name, _ in (*names, *parties) for entry in name.entries]
    counts = tuple(_count(figure, vocabulary) for figure in claim.figures)
    checkers = " ".join(caveat.stated_by for caveat in claim.verification.caveats)
    return Profile(
        claim=claim,
        topics=keys(claim.topics, Kind.TOPIC),
        places=keys(claim.places, Kind.PLACE) | keys(named, Kind.PLACE),
        claimant=claim.attribution.claimant.key,
        relayers=frozenset(hop.party.key for hop in claim.attribution.relayed_by),
        publisher=claim.attribution.source.publisher.key,
        subjects=keys(claim.subjects, Kind.PARTY),
        checkers=keys((e for name in vocabulary.names.within(tokens(checkers)) for e in name.entries), Kind.PARTY),
        mentioned=keys(named, Kind.PARTY),
        touched=keys(named, Kind.TOPIC) | {topic for count in counts for topic in count.topics},
        deeds=frozenset(deed for name, words in parties for deed in _deeds(name, words, _FOLLOWING)),
        acts=frozenset(deed for name, words in parties for deed in _deeds(name, words, 1)),
        owns=frozenset(owned for name, words in parties for owned in _owned(name, words, vocabulary)),
        counts=counts,
        stems=_weights(claim),
        words=frozenset(token.stem for words in texts for token in words),
        purposeful=any(token.stem in PURPOSES for words in texts for token in words),
        pairs=frozenset((a.stem, b.stem) for words in texts for a, b in pairwise(words)),
    )


def _deeds(name: Named, words: Sequence[Token], reach: int) -> list[tuple[str, str]]:
    if name.start and words[name.start - 1].word in _ASIDE:
        return []
    stems = [token.stem for token in words[name.end :] if not is_function(token)][:reach]
    if name.start and words[name.start - 1].word == "by":
        stems += [token.stem for token in words[: name.start] if not is_function(token)][-reach:]
    return [(entry.key, stem) for entry in name.entries if entry.kind is Kind.PARTY for stem in stems]


def _owned(name: Named, words: Sequence[Token], vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The two words after a party's name, and those of the name itself that follow its shortest form."""
    short = next(
        (size for size in range(1, name.end - name.start) if _same(vocabulary, words[name.start :][:size], name)),
        name.end - name.start,
    )
    after = [token.stem for token in words[name.start + short :] if not is_function(token)][:_OWNED]
    return [(entry.key, stem) for entry in name.entries for stem in after]


def _same(vocabulary: Vocabulary, words: Sequence[Token], name: Named) -> bool:
    found = vocabulary.names.within(words, {Kind.PARTY})
    return bool(found) and found[0].entries == name.entries and found[0].end == len(words)


def _count(figure: Figure, vocabulary: Vocabulary) -> Count:
    words = tokens(f"{figure.subject} {figure.of} {figure.unit}")
    named = [entry for name in vocabulary.names.within(words) if not name.of(Kind.METRIC) for entry in name.entries]
    return Count(
        figure=figure,
        parties=keys(
            (entry for name in vocabulary.names.within(words, {Kind.PARTY}) for entry in name.entries), Kind.PARTY
        ),
        topics=keys(named, Kind.TOPIC),
        stems=frozenset(token.stem for token in words if not is_function(token)),
        values=numbers_of(figure),
    )


def _topic_words(topic: Topic) -> list[str]:
    """Its own description and its aliases of one word: a word of a longer one alone would not mean the topic."""
    return [topic.about, *(name for name in topic.names if " " not in name)]


def _weights(claim: Claim) -> dict[str, float]:
    weights: dict[str, float] = {}
    fields = (
        (claim.statement, _STATEMENT),
        (" ".join(quotation.exact for quotation in claim.quotations), _QUOTED),
        (" ".join(f"{figure.subject} {figure.of}" for figure in claim.figures), _STATEMENT),
        ("share" if any(figure.unit == "share" for figure in claim.figures) else "", _STATEMENT),
        (" ".join(word for topic in claim.topics for word in _topic_words(topic)), _NAMED),
        (" ".join((claim.attribution.claimant.name, claim.attribution.claimant.style)), _SPEAKER),
        (claim.editor_note, _NOTED),
        (" ".join(caveat.text for caveat in claim.verification.caveats), _NOTED),
    )
    for text, weight in fields:
        for token in tokens(text):
            if not is_function(token):
                weights[token.stem] = max(weights.get(token.stem, 0.0), weight)
    return weights
