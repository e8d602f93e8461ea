"""The names in a question, each with its role and with what is asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.asking.reading.lexicon import AUXILIARY, is_function, is_glue
from bot.core.asking.reading.names import Named
from bot.core.asking.reading.roles import Role, role_of
from bot.core.asking.reading.tokens import Token
from bot.core.asking.reading.vocabulary import Vocabulary
from bot.core.claims import Entry, Kind

_FOLLOWING = 2
_DO = frozenset({"do", "does", "did"})
_ARTICLES = frozenset({"the", "a", "an"})
_HAVE = frozenset({"has", "have", "had"})
_PASSIVE = frozenset({"is", "are", "was", "were", "been", "being", "get", "got"})


@dataclass(frozen=True, slots=True)
class Slot:
    """
    One name in a question.

    Attributes:
        entries: What it may stand for: one entry, or a topic and the metric that shares its word.
        role: How a party among them takes part.
        counted: Whether it is what "how many" asks about.
        stems: Stems of its own words.
        follows: Stems of the words right after it; then: of the very next, but for "has" and the like.
        deed: Stem of what it does ("did Russia invade Ukraine"), or empty; deed_to_somebody: and that to a name.
        agent: Whether it is asked to have done it ("did Zelensky send").
        before_topic: Whether a topic, and no verb, follows it at once ("Ukrainian drones", not "Ukraine pushed out").
        of_soldiers: Whether it is, or stands before, just a word for soldiers ("Kim's troops").
    """

    entries: tuple[Entry, ...]
    start: int
    end: int
    role: Role
    counted: bool
    stems: frozenset[str]
    follows: frozenset[str]
    then: str = ""
    deed: str = ""
    agent: bool = False
    of_soldiers: bool = False
    deed_to_somebody: bool = False
    before_topic: bool = False

    def of(self, kind: Kind) -> tuple[Entry, ...]:
        """The entries of *kind* it may stand for."""
        return tuple(entry for entry in self.entries if entry.kind is kind)


def slot_of(
    name: Named, named: Sequence[Named], words: Sequence[Token], counted: frozenset[int], vocabulary: Vocabulary
) -> Slot:
    """What *name* is in the question that *words* make: its role, and what it is said to do, have or be."""
    after = [token.stem for token in words[name.end :] if not is_function(token)][:_FOLLOWING]
    deed, strictly = _deed(name, named, words, vocabulary)
    return Slot(
        entries=name.entries,
        start=name.start,
        end=name.end,
        role=role_of(name, named, words),
        counted=name.start in counted,
        stems=frozenset(token.stem for token in words[name.start : name.end]),
        follows=frozenset(after),
        then=_next(words, name.end),
        deed=deed,
        agent=_led_by(words, name.start) in _DO | _HAVE,
        of_soldiers=_of_soldiers(name, named, words, vocabulary),
        deed_to_somebody=strictly,
        before_topic=_modifies(words[name.end - 1])
        and any(
            other.start == name.end
            and other.of(Kind.TOPIC)
            and not other.of(Kind.METRIC)
            and not words[other.start].word.endswith("ed")
            for other in named
        ),
    )


def _led_by(words: Sequence[Token], start: int) -> str:
    """The word before a name, past an article."""
    at = start - 2 if start > 1 and words[start - 1].word in _ARTICLES else start - 1
    return words[at].word if at >= 0 else ""


def _next(words: Sequence[Token], at: int) -> str:
    while at < len(words) and words[at].word in AUXILIARY:
        at += 1
    return words[at].stem if at < len(words) else ""


def _of_soldiers(name: Named, named: Sequence[Named], words: Sequence[Token], vocabulary: Vocabulary) -> bool:
    if name.of(Kind.PARTY):
        if (
            _is_possessive(words[name.end - 1])
            and name.end < len(words)
            and words[name.end].word in vocabulary.synonyms.people
        ):
            return True
        after = next((other for other in named if other.start == name.end), None)
        return after is not None and _of_soldiers(after, named, words, vocabulary)
    part = words[name.start : name.end]
    inner = {at for other in vocabulary.names.within(part, {Kind.PARTY}) for at in range(other.start, other.end)}
    return all(token.stem in vocabulary.synonyms.people for at, token in enumerate(part) if at not in inner)


def _modifies(word: Token) -> bool:
    """Whether it can stand for "of": an adjective or a possessive, not a people's name in the plural."""
    return not word.word.endswith("s") or _is_possessive(word)


def _is_possessive(word: Token) -> bool:
    return "'" in word.typed or "\u2019" in word.typed


def _deed(name: Named, named: Sequence[Named], words: Sequence[Token], vocabulary: Vocabulary) -> tuple[str, bool]:
    """The stem of the verb after a party, and whether it is done to another party or to a place."""
    verb = name.end
    while verb < len(words) and words[verb].word in AUXILIARY:
        verb += 1
    if verb >= len(words) or not name.of(Kind.PARTY):
        return "", False
    if is_glue(words[verb]) or words[verb].numeric or vocabulary.names.is_called(words[verb]):
        return "", False
    done_to = next((other for other in named if verb < other.start <= verb + _FOLLOWING), None)
    if {token.word for token in words[max(0, name.start - 1) : verb]} & _PASSIVE:
        return "", False
    asked = _led_by(words, name.start) in _DO
    is_name = any(other.start <= verb < other.end and other.of(Kind.PARTY, Kind.METRIC) for other in named)
    strictly = done_to is not None and done_to.of(Kind.PARTY, Kind.PLACE)
    return (words[verb].stem, strictly) if (asked or strictly) and not is_name else ("", False)
