"""The names of a fact base's entries, in any spelling, and where they stand in a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise

from rapidfuzz.distance import OSA, Prefix

from bot.core.asking.reading.lexicon import LIGHT, OFFICES
from bot.core.asking.reading.spelling import sound
from bot.core.asking.reading.tokens import Token, fold_word, tokens
from bot.core.claims import Entry, FactBase, Kind

_LONGEST = 10
_KEPT = 65_536
_SHORTEST_IN_NAME = 3
_LONGEST_ENDING = 3
_SHORTEST_INFLECTED = 6
_INFLECTED = 0.6
_ALL = frozenset(Kind)
_COUNTABLE = frozenset({Kind.TOPIC, Kind.METRIC})


@dataclass(frozen=True, slots=True)
class Named:
    """Entries that a stretch of tokens names: usually one, or a topic and the metric that shares its word."""

    entries: tuple[Entry, ...]
    start: int
    end: int

    def of(self, *kinds: Kind) -> bool:
        """Whether it names an entry of one of *kinds*."""
        return any(entry.kind in kinds for entry in self.entries)


class Names:
    """The names of one base's entries; they do not depend on its claims."""

    def __init__(self, base: FactBase) -> None:
        self._offices = OFFICES.union(map(fold_word, base.wording.offices))
        self._parties, self._places, self._topics = base.parties, base.places, base.topics
        self._exact: dict[tuple[str, ...], list[Entry]] = {}
        self._stems: dict[tuple[str, ...], list[Entry]] = {}
        self._sounds: dict[tuple[str, ...], list[Entry]] = {}
        self._sizes: dict[str, set[int]] = {}
        self._sizes_by_sound: dict[str, set[int]] = {}
        self._reaches: dict[tuple[str, str], Sequence[tuple[int, bool]]] = {}
        self._typed = [(entry, parts) for entry in base.entries() for name in entry.names if (parts := tokens(name))]
        for entry, parts in self._typed:
            self._add(entry, parts)
        self._nested = self._nest()
        self.words = frozenset(chain.from_iterable(self._exact))
        self.stems = frozenset(chain.from_iterable(self._stems))

    def _add(self, entry: Entry, parts: Sequence[Token]) -> None:
        size = len(parts)
        words, stems = tuple([part.word for part in parts]), tuple([part.stem for part in parts])
        for table, key in ((self._exact, words), (self._stems, stems)):
            entries = table.get(key)
            if entries is None:
                table[key] = [entry]
            elif entry not in entries:
                entries.append(entry)
            self._sizes.setdefault(key[0], set()).add(size)
        if size > 1:
            sounds = tuple(map(sound, words))
            self._sounds.setdefault(sounds, []).append(entry)
            self._sizes_by_sound.setdefault(sounds[0], set()).add(size)

    def _nest(self) -> dict[str, dict[tuple[str, ...], list[Entry]]]:
        """Names that open with a party's, by its key: the North Korean leader is also North Korea's leader."""
        nested: dict[str, dict[tuple[str, ...], list[Entry]]] = {}
        for words, entries in self._exact.items():
            for size in range(1, len(words)):
                for party in self._exact.get(words[:size], ()):
                    if party.kind is Kind.PARTY:
                        nested.setdefault(party.key, {}).setdefault(words[size:], []).extend(entries)
        return nested

    @cached_property
    def _several(self) -> list[tuple[Entry, tuple[Token, ...]]]:
        """The names of several words, each with its entry."""
        return [(entry, parts) for entry, parts in self._typed if len(parts) > 1]

    @cached_property
    def topical(self) -> frozenset[str]:
        """Words of topics' names that are in no party's and no place's."""
        return _words_of(self._topics.values()) - _words_of((*self._parties.values(), *self._places.values()))

    @cached_property
    def display(self) -> dict[str, str]:
        """Every word of a name as it is spelled there."""
        return {part.word: part.typed for _, parts in reversed(self._typed) for part in reversed(parts)}

    @cached_property
    def joined(self) -> dict[str, tuple[Token, ...]]:
        """The names of several words, by these written as one."""
        return {"".join(part.word for part in parts): parts for _, parts in reversed(self._several)}

    @cached_property
    def _cyrillic(self) -> frozenset[str]:
        return frozenset(part.word for _, parts in self._typed for part in parts if part.cyrillic)

    @cached_property
    def _unspaced(self) -> frozenset[str]:
        """Names in scripts without spaces."""
        names = {name for entry, _ in self._typed for name in entry.names if not name.isascii()}
        return frozenset("".join(name.split()) for name in names if any(part.unspaced for part in tokens(name)))

    @cached_property
    def _pairs(self) -> dict[str, set[str]]:
        """Words that stand beside each other in a name."""
        pairs: dict[str, set[str]] = {}
        for _, parts in self._several:
            for first, second in pairwise(parts):
                pairs.setdefault(first.word, set()).add(second.word)
                pairs.setdefault(second.word, set()).add(first.word)
        return pairs

    @cached_property
    def _heads(self) -> dict[str, dict[str, tuple[Token, ...]]]:
        """Parties' names of two words: by the stem of the second, for each party."""
        heads: dict[str, dict[str, tuple[Token, ...]]] = {}
        for entry, parts in self._several:
            if len(parts) == 2 and entry.kind is Kind.PARTY:
                heads.setdefault(parts[1].stem, {}).setdefault(entry.key, parts)
        return heads

    def has_as_typed(self, token: Token) -> bool:
        """Whether the word, in this very form, is part of some entry's name."""
        return token.word in self.words

    def has(self, token: Token) -> bool:
        """Whether the word is part of some entry's name."""
        return token.word in self.words or token.stem in self.stems

    def rejoined(self, word: str) -> tuple[Token, ...]:
        """The words of a name that was typed as one ("northkorea"), or nothing."""
        return self.joined.get(word, ())

    def beside(self, token: Token, neighbours: Iterable[Token]) -> str | None:
        """
        The word that *token* is one typo from and that forms a name with one of its *neighbours*.

        In such company even an ordinary or a short word is a slip: "north koran", "death tol".
        """
        if len(token.word) < _SHORTEST_IN_NAME or token.numeric:
            return None
        for neighbour in neighbours:
            for word in sorted(self._pairs.get(neighbour.word, ())):
                if len(word) >= _SHORTEST_IN_NAME and OSA.distance(token.word, word, score_cutoff=1) == 1:
                    return word
        return None

    def inflected(self, token: Token) -> str | None:
        """
        The word of a Cyrillic name that *token* is another form of, by all but its ending.

        Stemming does not bring the aspects of Slavic verbs together: відправила, відправляє.
        """
        if not token.cyrillic or len(token.word) < _SHORTEST_INFLECTED:
            return None
        shared = [(Prefix.similarity(token.word, word), word) for word in self._cyrillic]
        most, word = max(shared, default=(0, ""))
        long_enough = most >= _SHORTEST_INFLECTED - 1 and most >= _INFLECTED * max(len(word), len(token.word))
        return word if long_enough else None

    def is_called(self, token: Token) -> bool:
        """Whether the word, just so, is the whole name of something that is no metric."""
        return any(entry.kind is not Kind.METRIC for entry in self._exact.get((token.word,), ()))

    def heads(self, token: Token, before: Token | None) -> list[tuple[Token, ...]]:
        """
        The parties whose names end in this word, where the word alone names none.

        Two or more ("Korea"); or one, where an article means it ("the ministry").
        """
        if (token.word,) in self._exact or (token.stem,) in self._stems:
            return []
        parties = self._heads.get(token.stem, {})
        meant = before is not None and before.word in {"the", "their", "its"} and token.word in self._offices
        return list(parties.values()) if meant or len(parties) > 1 else []

    def pieces(self, token: Token) -> list[Token]:
        """A token of an unspaced script cut into the names it holds; a few syllables more are an ending."""
        rest = token.typed
        cut: list[Token] = []
        while rest:
            size = max((len(name) for name in self._unspaced if rest.startswith(name)), default=0)
            if not size:
                break
            cut.extend(tokens(rest[:size]))
            rest = rest[size:]
        if not cut:
            return [token]
        return [*cut, *(tokens(rest) if len(rest) > _LONGEST_ENDING else ())]

    def within(self, words: Sequence[Token], kinds: Collection[Kind] = _ALL) -> list[Named]:
        """The names of *kinds* in *words* from left to right, each the longest that starts there."""
        found: list[Named] = []
        end, known = 0, self._reaches
        for at, token in enumerate(words):
            if at < end:
                continue
            reach = known.get((token.word, token.stem))
            if reach is None:
                reach = self._reach(token)
            if reach and (named := self._name_at(words, at, reach, kinds)):
                found.append(named)
                end = named.end
        return found

    def _reach(self, first: Token) -> Sequence[tuple[int, bool]]:
        """How many words names have that *first* may begin, most first, and whether by its sound: none for most."""
        if len(self._reaches) >= _KEPT:
            self._reaches.clear()
        by_sound = self._sizes_by_sound.get(sound(first.word), frozenset[int]())
        sizes = by_sound.union(self._sizes.get(first.word, ()), self._sizes.get(first.stem, ()))
        found = [(size, size in by_sound) for size in sorted(sizes, reverse=True)]
        self._reaches[first.word, first.stem] = found
        return found

    def _name_at(
        self, words: Sequence[Token], start: int, reach: Sequence[tuple[int, bool]], kinds: Collection[Kind]
    ) -> Named | None:
        part = words[start : start + reach[0][0]]
        typed, stems = tuple([token.word for token in part]), tuple([token.stem for token in part])
        for size, by_sound in reach:
            if size > len(part):
                continue
            exact: Sequence[Entry] = self._exact.get(typed[:size], ())
            alike_ones: Sequence[Entry] = self._stems.get(stems[:size], ())
            if exact or (size == 1 and words[start].word in LIGHT):
                alike_ones = [entry for entry in alike_ones if entry.kind in _COUNTABLE] if exact else ()
            elif not alike_ones and by_sound:
                alike_ones = self._sounds.get(tuple([sound(word) for word in typed[:size]]), ())
            if not exact and not alike_ones:
                continue
            entries = tuple(entry for entry in dict.fromkeys((*exact, *alike_ones)) if entry.kind in kinds)
            if entries:
                named = Named(entries, start, start + size)
                return self._longer(words, named, kinds) or named
        return None

    def _longer(self, words: Sequence[Token], named: Named, kinds: Collection[Kind]) -> Named | None:
        """The longer name that *named* opens with what follows it, by any of the party's names."""
        nested = [
            self._nested[each.key] for each in named.entries if each.kind is Kind.PARTY and each.key in self._nested
        ]
        if not nested:
            return None
        after = tuple(token.word for token in words[named.end : named.end + _LONGEST])
        for size in range(len(after), 0, -1):
            for names in nested:
                longer = [each for each in names.get(after[:size], ()) if each.kind in kinds]
                if longer:
                    return Named(tuple(dict.fromkeys(longer)), named.start, named.end + size)
        return None


def _words_of(entries: Iterable[Entry]) -> frozenset[str]:
    """Every word of the names of *entries*."""
    return frozenset(token.word for entry in entries for name in entry.names for token in tokens(name))


def keys(entries: Iterable[Entry], kind: Kind) -> frozenset[str]:
    """The keys of the entries that are of *kind*."""
    return frozenset(entry.key for entry in entries if entry.kind is kind)
