"""The names of a fact base's entries, in any spelling, and where they stand in a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import chain, pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA, Prefix

from bot.core.asking.reading.lexicon import LIGHT, OFFICES
from bot.core.asking.reading.spelling import sound, sounds
from bot.core.asking.reading.tokens import Token, all_word_stems, fold_word, tokens, word_stems
from bot.core.claims import Entry, FactBase, Kind
from bot.languages.packs import languages

_KEPT = 65_536
_SHORTEST_IN_NAME = 3
_LONGEST_ENDING = 3
_SHORTEST_INFLECTED = 6
_INFLECTED = 0.6
ALL = frozenset(Kind)
_COUNTABLE = frozenset({Kind.TOPIC, Kind.METRIC})


class Named(NamedTuple):
    """Entries that a stretch of tokens names: usually one, or a topic and the metric that shares its word."""

    entries: tuple[Entry, ...]
    start: int
    end: int

    def of(self, *kinds: Kind) -> bool:
        """Whether it names an entry of one of *kinds*."""
        return any(entry.kind in kinds for entry in self.entries)


class _Opening(NamedTuple):
    """
    The names that a word may begin.

    Attributes:
        alone: What it names by itself.
        after: By the word or stem that follows, one bit for each number of words that such names have.
        by_sound: The same, where both only sound like the name's.
    """

    alone: tuple[Entry, ...]
    after: dict[str, int]
    by_sound: dict[str, int]


_UNSEEN = _Opening((), {}, {})


class Names:
    """The names of one base's entries; they do not depend on its claims."""

    def __init__(self, base: FactBase) -> None:
        self._offices = OFFICES.union(map(fold_word, base.wording.offices))
        self._parties, self._places, self._topics = base.parties, base.places, base.topics
        self._exact: dict[tuple[str, ...], tuple[Entry, ...]] = {}
        self._stems: dict[tuple[str, ...], tuple[Entry, ...]] = {}
        self._sounds: dict[tuple[str, ...], tuple[Entry, ...]] = {}
        self._after: dict[str, dict[str, int]] = {}
        self._after_sound: dict[str, dict[str, int]] = {}
        self._openings: dict[tuple[str, str], _Opening | None] = {}
        self._met: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[Entry, ...]] = {}
        self._names = [(alone, name) for entry in base.entries() for alone in ((entry,),) for name in entry.names]
        self._several: list[tuple[Entry, str, Sequence[tuple[str, str]]]] = []
        self._add(all_word_stems([name for _, name in self._names]))
        self._nested = self._nest()
        self.words = frozenset(chain.from_iterable(self._exact))
        self.stems = frozenset(chain.from_iterable(self._stems))

    def _add(self, spelled: Sequence[Sequence[tuple[str, str]]]) -> None:
        """Note what each name is spelled like, and by its first two words how long names are that begin so."""
        spoken = list(dict.fromkeys(word for parts in spelled if len(parts) > 1 for word, _ in parts))
        heard = dict(zip(spoken, sounds(spoken), strict=True)) if spoken else {}
        for (alone, name), parts in zip(self._names, spelled, strict=True):
            if len(parts) == 1:
                ((word, stem),) = parts
                words, stems = (word,), (stem,)
            elif parts:
                words, stems = zip(*parts, strict=True)
                self._several.append((alone[0], name, parts))
                spoken_so = tuple([heard[word] for word in words])
                _call(self._sounds, spoken_so, alone)
                for after, key in ((self._after, words), (self._after, stems), (self._after_sound, spoken_so)):
                    seconds = after.setdefault(key[0], {})
                    seconds[key[1]] = seconds.get(key[1], 0) | 1 << len(words)
            else:
                continue
            _call(self._exact, words, alone)
            _call(self._stems, stems, alone)

    def _nest(self) -> dict[str, tuple[int, dict[tuple[str, ...], list[Entry]]]]:
        """What follows a party's name in longer names, by its key: "leader" of "Korean leader"; and the longest."""
        nested: dict[str, dict[tuple[str, ...], list[Entry]]] = {}
        for words, entries in self._exact.items():
            for size in range(1, len(words)):
                for party in self._exact.get(words[:size], ()):
                    if party.kind is Kind.PARTY:
                        nested.setdefault(party.key, {}).setdefault(words[size:], []).extend(entries)
        return {key: (max(map(len, rests)), rests) for key, rests in nested.items()}

    @cached_property
    def topical(self) -> frozenset[str]:
        """Words of topics' names that are in no party's and no place's."""
        return _words_of(self._topics.values()) - _words_of((*self._parties.values(), *self._places.values()))

    @cached_property
    def display(self) -> dict[str, str]:
        """Every word of a name as it is spelled there."""
        return {part.word: part.typed for _, name in reversed(self._names) for part in reversed(tokens(name))}

    @cached_property
    def joined(self) -> dict[str, str]:
        """The names of several words, by these written as one."""
        return {"".join(word for word, _ in parts): name for _, name, parts in reversed(self._several)}

    @cached_property
    def initials(self) -> dict[str, str]:
        """The same by their initials."""
        return {"".join(word[0] for word, _ in parts): name for _, name, parts in reversed(self._several)}

    @cached_property
    def _cyrillic(self) -> frozenset[str]:
        parts = (part for _, name in self._names if not name.isascii() for part in tokens(name))
        return frozenset(part.word for part in parts if part.cyrillic)

    @cached_property
    def _unspaced(self) -> frozenset[str]:
        """Names in scripts without spaces."""
        names = {name for _, name in self._names if not name.isascii()}
        return frozenset("".join(name.split()) for name in names if any(part.unspaced for part in tokens(name)))

    @cached_property
    def _pairs(self) -> dict[str, set[str]]:
        """Words that stand beside each other in a name, articles and the like aside: "the king" is not "the Wing"."""
        pairs, small = dict[str, set[str]](), languages()[0].function
        for _, _, parts in self._several:
            for (first, _), (second, _) in pairwise(parts):
                if first not in small and second not in small:
                    pairs.setdefault(first, set()).add(second)
                    pairs.setdefault(second, set()).add(first)
        return pairs

    @cached_property
    def _heads(self) -> dict[str, dict[str, str]]:
        """Parties' names of two words: by the stem of the second, for each party."""
        heads: dict[str, dict[str, str]] = {}
        for entry, name, parts in self._several:
            if len(parts) == 2 and entry.kind is Kind.PARTY:
                heads.setdefault(parts[1][1], {}).setdefault(entry.key, name)
        return heads

    def has_as_typed(self, token: Token) -> bool:
        """Whether the word, in this very form, is part of some entry's name."""
        return token.word in self.words

    def has(self, token: Token) -> bool:
        """Whether the word is part of some entry's name."""
        return token.word in self.words or token.stem in self.stems

    def rejoined(self, word: str) -> tuple[Token, ...]:
        """The words of a name that was typed as one ("northkorea"), or nothing."""
        return tokens(self.joined[word]) if word in self.joined else ()

    def beside(self, token: Token, neighbours: Iterable[Token]) -> str | None:
        """
        The word that *token* is one typo from, or begins, and that forms a name with one of its *neighbours*.

        In such company even an ordinary or a short word is a slip: "north koran", "death tol", "trade min".
        """
        if len(token.word) < _SHORTEST_IN_NAME or token.numeric:
            return None
        for neighbour in neighbours:
            for word in sorted(self._pairs.get(neighbour.word, ())):
                if len(word) >= _SHORTEST_IN_NAME and (
                    OSA.distance(token.word, word, score_cutoff=1) == 1 or word.startswith(token.word)
                ):
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
        return [tokens(name) for name in parties.values()] if meant or len(parties) > 1 else []

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

    def within(self, words: Sequence[Token], kinds: Collection[Kind] = ALL) -> list[Named]:
        """The names of *kinds* in *words* from left to right, each the longest that starts there."""
        found: list[Named] = []
        end, known = 0, self._openings
        for at, opening in enumerate([known.get((token.word, token.stem), _UNSEEN) for token in words]):
            if at < end:
                continue
            if opening is _UNSEEN:
                opening = self._opening(words[at])
            if opening and (named := self._name_at(words, at, opening, kinds)):
                found.append(named)
                end = named.end
        return found

    def _opening(self, first: Token) -> _Opening | None:
        """Which names *first* may begin: None for most words."""
        if len(self._openings) >= _KEPT:
            self._openings.clear()
        after = {**self._after.get(first.word, {})}
        for second, sizes in self._after.get(first.stem, {}).items():
            after[second] = after.get(second, 0) | sizes
        by_sound = self._after_sound.get(sound(first.word), {}) if self._after_sound else {}
        alone = self._called((first.word,), (first.stem,))
        found = _Opening(alone, after, by_sound) if alone or after or by_sound else None
        self._openings[first.word, first.stem] = found
        return found

    def _name_at(
        self, words: Sequence[Token], start: int, opening: _Opening, kinds: Collection[Kind]
    ) -> Named | None:
        alone, after, by_sound = opening
        if (after or by_sound) and start + 1 < len(words):
            second = words[start + 1]
            heard = by_sound.get(sound(second.word), 0) if by_sound else 0
            sizes = heard | after.get(second.word, 0) | after.get(second.stem, 0)
            for size in range(min(sizes.bit_length(), len(words) - start + 1) - 1, 1, -1):
                if sizes >> size & 1:
                    part = words[start : start + size]
                    typed, stems = tuple([token.word for token in part]), tuple([token.stem for token in part])
                    named = self._called(typed, stems, by_sound=bool(heard >> size & 1))
                    if found := self._of(named, kinds, words, start, size):
                        return found
        return self._of(alone, kinds, words, start, 1)

    def _of(
        self, named: tuple[Entry, ...], kinds: Collection[Kind], words: Sequence[Token], start: int, size: int
    ) -> Named | None:
        """The entries of *kinds* among those that so many words name, or a longer name that begins with them."""
        entries = named if kinds is ALL else tuple([entry for entry in named if entry.kind in kinds])
        if not entries:
            return None
        found = Named(entries, start, start + size)
        return self._longer(words, found, kinds) or found

    def _called(self, typed: tuple[str, ...], stems: tuple[str, ...], *, by_sound: bool = False) -> tuple[Entry, ...]:
        """The entries that are called so, word for word or nearly."""
        found = self._met.get((typed, stems), ())
        if not found:
            exact: Sequence[Entry] = self._exact.get(typed, ())
            alike: Sequence[Entry] = self._stems.get(stems, ())
            if exact or (len(typed) == 1 and typed[0] in LIGHT):
                alike = [entry for entry in alike if entry.kind in _COUNTABLE] if exact else ()
            elif not alike and by_sound:
                alike = self._sounds.get(tuple([sound(word) for word in typed]), ())
            if exact or alike:
                if len(self._met) >= _KEPT:
                    self._met.clear()
                found = self._met[typed, stems] = tuple(dict.fromkeys((*exact, *alike)))
        return found

    def _longer(self, words: Sequence[Token], named: Named, kinds: Collection[Kind]) -> Named | None:
        """The longer name that *named* opens with what follows it, by any of the party's names."""
        known = self._nested
        nested = [known[each.key] for each in named.entries if each.key in known and each.kind is Kind.PARTY]
        if not nested:
            return None
        longest = max(size for size, _ in nested)
        after = tuple([token.word for token in words[named.end : named.end + longest]])
        for size in range(len(after), 0, -1):
            for _, names in nested:
                longer = [each for each in names.get(after[:size], ()) if each.kind in kinds]
                if longer:
                    return Named(tuple(dict.fromkeys(longer)), named.start, named.end + size)
        return None


def _call(names: dict[tuple[str, ...], tuple[Entry, ...]], name: tuple[str, ...], alone: tuple[Entry]) -> None:
    """Let a *name* stand for the entry *alone*, too."""
    known = names.setdefault(name, alone)
    if alone[0] not in known:
        names[name] = (*known, *alone)


def _words_of(entries: Iterable[Entry]) -> frozenset[str]:
    """Every word of the names of *entries*."""
    return frozenset(word for entry in entries for name in entry.names for word, _ in word_stems(name))


def keys(entries: Iterable[Entry], kind: Kind) -> frozenset[str]:
    """The keys of the entries that are of *kind*."""
    return frozenset(entry.key for entry in entries if entry.kind is kind)
