"""The names of a base's entries, as people type them or begin to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Protocol

from bot.core.asking.reading.tokens import Token, fold_word, tokens
from bot.core.claims import Entry, FactBase, Kind
from bot.core.numbers import Number
from bot.languages.packs import languages

_SHORTEST = 3
"""Letters at least that a word of a name has which is asked back."""


class Name(Protocol):
    """What a question names, and where."""

    @property
    def start(self) -> int:
        """Its first token."""
        ...

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What it may stand for."""
        ...


def opens_with_name(typed: Sequence[Token], numbers: Sequence[Number], names: Iterable[Name]) -> bool:
    """Whether a name that is a command opens a question, perhaps after an article or a figure: "6k engineers"."""
    start = 1 if typed and languages()[0].says("articles", typed[0].word) else 0
    start = next((number.end for number in numbers if number.start == start), start)
    return any(
        name.start in {0, start} and any(entry.kind is not Kind.METRIC for entry in name.entries) for name in names
    )


class TypedNames:
    """What the names of one base's entries alone decide."""

    def __init__(self, base: FactBase) -> None:
        self._entries = tuple(base.entries())
        self._commands = tuple(base.commands())

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of all names, those that only hold a sentence together left out."""
        words = (token.word for entry in self._entries for name in entry.names for token in tokens(name))
        return frozenset(word for word in words if word not in languages()[0].function and len(word) >= _SHORTEST)

    def opening(self, text: str) -> int:
        """How many tokens the longest name of a topic, place or party has that *text* opens with word for word."""
        typed = tuple(token.word for token in tokens(text))
        names = self.of_several.get(typed[0], ()) if typed else ()
        return max((len(name) for name in names if typed[: len(name)] == name), default=0)

    def is_metric(self, text: str) -> bool:
        """Whether *text* is the whole name of a metric, of several words: "wells run dry"."""
        return tuple(token.word for token in tokens(text)) in self._metrics

    @cached_property
    def _metrics(self) -> frozenset[tuple[str, ...]]:
        names = (name for entry in self._entries if entry.kind is Kind.METRIC for name in entry.names)
        folded = (tuple(token.word for token in tokens(name)) for name in names)
        return frozenset(words for words in folded if len(words) > 1)

    @cached_property
    def of_several(self) -> dict[str, list[tuple[str, ...]]]:
        """The names that have more than one word, folded, by the first."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for name in (name for entry in self._commands for name in entry.names):
            words = tuple(token.word for token in tokens(name))
            if len(words) > 1:
                found.setdefault(words[0], []).append(words)
        return found

    @cached_property
    def folded(self) -> dict[tuple[Kind, str], tuple[str, ...]]:
        """The names of each entry that is a command, folded, by its kind and key."""
        return {(each.kind, each.key): tuple(map(fold_word, each.names)) for each in self._commands}
