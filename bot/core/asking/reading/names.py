"""The names of a fact base's entries, in any spelling, and where they stand in a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

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
        self._cyrillic: set[str] = set()
        self._exact: dict[tuple[str, ...], list[Entry]] = {}
        self._stems: dict[tuple[str, ...], list[Entry]] = {}
        self._sounds: dict[tuple[str, ...], list[Entry]] = {}
        self._nested: dict[str, dict[tuple[str, ...], list[Entry]]] = {}
        self._longest: dict[str, int] = {}
        self._unspaced: set[str] = set()
        self._reaches: dict[tuple[str, str], int] = {}
        self._widest = 0
        self._pairs: dict[str, set[str]] = {}
        self._heads: dict[str, dict[str, tuple[Token, ...]]] = {}
        self.joined: dict[str, tuple[Token, ...]] = {}
        self.display: dict[str, str] = {}
        for entry in base.entries():
            for name in entry.names:
                self._add(entry, name)
        self._nest()
        self.words = frozenset(word for key in self._exact for word in key)
        self.topical = name_words(base.topics.values()) - name_words((*base.parties.values(), *base.places.values()))
        self._part_stems = frozenset(stem for key in self._stems for stem in key)

    def _add(self, entry: Entry, name: str) -> None:
        parts = tokens(name)
        if not parts:
            return
        words, stems = tuple(part.word for part in parts), tuple(part.stem for part in parts)
        for table, key in ((self._exact, words), (self._stems, stems)):
            entries = table.setdefault(key, [])
            if entry not in entries:
                entries.append(entry)
        for key in (words[0], stems[0], sound(words[0])):
            self._longest[key] = max(len(parts), self._longest.get(key, 0))
        for part in parts:
            self.display.setdefault(part.word, part.typed)
        if len(parts) > 1:
            self._sounds.setdefault(tuple(map(sound, words)), []).append(entry)
            self.joined.setdefault("".join(words), parts)
            for first, second in pairwise(words):
                self._pairs.setdefault(first, set()).add(second)
                self._pairs.setdefault(second, set()).add(first)
        if len(parts) == 2 and entry.kind is Kind.PARTY:
            self._heads.setdefault(stems[1], {}).setdefault(entry.key, parts)
        if name.isascii():
            return
        self._cyrillic.update(part.word for part in parts if part.cyrillic)
        if any(part.unspaced for part in parts):
            joined = "".join(name.split())
            self._unspaced.add(joined)
            self._widest = max(self._widest, len(joined))

    def _nest(self) -> None:
        """Note names that open with a party's: the North Korean leader is also North Korea's leader."""
        for words, entries in self._exact.items():
            for size in range(1, len(words)):
                for party in self._exact.get(words[:size], ()):
                    if party.kind is Kind.PARTY:
                        self._nested.setdefault(party.key, {}).setdefault(words[size:], []).extend(entries)

    def has_as_typed(self, token: Token) -> bool:
        """Whether the word, in this very form, is part of some entry's name."""
        return token.word in self.words

    def has(self, token: Token) -> bool:
        """Whether the word is part of some entry's name."""
        return token.word in self.words or token.stem in self._part_stems

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
            size = next((n for n in range(min(len(rest), self._widest), 0, -1) if rest[:n] in self._unspaced), 0)
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

    def _reach(self, first: Token) -> int:
        """How many words the longest name has that *first* may begin; 0 for most words, which begin none."""
        if len(self._reaches) >= _KEPT:
            self._reaches.clear()
        known = self._longest.get
        longest = max(known(first.word, 0), known(first.stem, 0), known(sound(first.word), 0))
        self._reaches[first.word, first.stem] = longest
        return longest

    def _name_at(self, words: Sequence[Token], start: int, reach: int, kinds: Collection[Kind]) -> Named | None:
        part = words[start : start + reach]
        typed, stems = tuple(token.word for token in part), tuple(token.stem for token in part)
        for size in range(len(part), 0, -1):
            exact: Sequence[Entry] = self._exact.get(typed[:size], ())
            alike_ones: Sequence[Entry] = self._stems.get(stems[:size], ())
            if exact or (size == 1 and words[start].word in LIGHT):
                alike_ones = [entry for entry in alike_ones if entry.kind in _COUNTABLE] if exact else ()
            elif not alike_ones and size > 1:
                alike_ones = self._sounds.get(tuple(map(sound, typed[:size])), ())
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


def name_words(entries: Iterable[Entry]) -> frozenset[str]:
    """Every word of the names of *entries*."""
    return frozenset(token.word for entry in entries for name in entry.names for token in tokens(name))


def keys(entries: Iterable[Entry], kind: Kind) -> frozenset[str]:
    """The keys of the entries that are of *kind*."""
    return frozenset(entry.key for entry in entries if entry.kind is kind)
