"""The names of a fact base's entries, in any spelling, and where they stand in a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, TypeAlias

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


_Calls: TypeAlias = dict[tuple[str, ...], tuple[Entry, ...]]
"""What is called so: by words, or by stems."""


class _Opening(NamedTuple):
    """
    The names that a word may begin.

    Attributes:
        alone: What it names by itself.
        after: By the word or stem that follows, one bit for each number of words that such names have.
        heard: What the word sounds like, where names begin so; else empty.
        exact, stems: The names themselves, by words and by stems.
    """

    alone: tuple[Entry, ...]
    after: dict[str, int]
    heard: str
    exact: _Calls
    stems: _Calls


_UNSEEN = _Opening((), {}, "", {}, {})


class Names:
    """The names of one base's entries; they do not depend on its claims."""

    def __init__(self, base: FactBase) -> None:
        self._offices = OFFICES.union(map(fold_word, base.wording.offices))
        self._parties, self._places, self._topics = base.parties, base.places, base.topics
        self._openings: dict[tuple[str, str], _Opening | None] = {}
        self._nested: dict[str, tuple[int, dict[tuple[str, ...], list[Entry]]]] = {}
        self._names = [(alone, name) for entry in base.entries() for alone in ((entry,),) for name in entry.names]
        self._spelled = all_word_stems([name for _, name in self._names])
        self._begun: dict[str, tuple[int, ...]] = {}
        self._heard: dict[str, tuple[int, ...]] = {}
        self._note()

    def _note(self) -> None:
        """Note which names each word, stem and sound begins; what more is to know of them waits for such a word."""
        begun, heard = self._begun, self._heard
        for at, parts in enumerate(self._spelled):
            if parts:
                word, stem = parts[0]
                begun[word] = (*begun.get(word, ()), at)
                if stem != word:
                    begun[stem] = (*begun.get(stem, ()), at)
        several = [(at, parts[0][0], parts[1][0]) for at, parts in enumerate(self._spelled) if len(parts) > 1]
        spoken = list({word for _, *words in several for word in words})
        known = dict(zip(spoken, sounds(spoken), strict=False))
        for at, first, second in several:
            key = f"{known[first]} {known[second]}"
            heard[key] = (*heard.get(key, ()), at)
        self._sounds = frozenset([known[first] for _, first, _ in several])

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of all names, folded."""
        return frozenset([word for parts in self._spelled for word, _ in parts])

    @cached_property
    def stems(self) -> frozenset[str]:
        """Their stems."""
        return frozenset([stem for parts in self._spelled for _, stem in parts])

    @cached_property
    def _several(self) -> list[tuple[Entry, str, Sequence[tuple[str, str]]]]:
        """The names of several words."""
        named = zip(self._names, self._spelled, strict=True)
        return [(entry, name, parts) for ((entry,), name), parts in named if len(parts) > 1]

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
        opening = self._opening(token)
        called = opening.exact.get((token.word,), ()) if opening else ()
        return any(entry.kind is not Kind.METRIC for entry in called)

    def heads(self, token: Token, before: Token | None) -> list[tuple[Token, ...]]:
        """
        The parties whose names end in this word, where the word alone names none.

        Two or more ("Korea"); or one, where an article means it ("the ministry").
        """
        opening = self._opening(token)
        if opening and ((token.word,) in opening.exact or (token.stem,) in opening.stems):
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
            if at >= end and opening:
                begun = self._opening(words[at]) if opening is _UNSEEN else opening
                if begun and (named := self._name_at(words, at, begun, kinds)):
                    found.append(named)
                    end = named.end
        return found

    def _opening(self, first: Token) -> _Opening | None:
        """Which names *first* may begin: None for most words."""
        found = self._openings.get((first.word, first.stem), _UNSEEN)
        if found is _UNSEEN:
            if len(self._openings) >= _KEPT:
                self._openings.clear()
            found = self._openings[first.word, first.stem] = self._begun_by(first)
        return found

    def _begun_by(self, first: Token) -> _Opening | None:
        begun = {*self._begun.get(first.word, ()), *self._begun.get(first.stem, ())}
        heard = sound(first.word) if self._sounds else ""
        heard = heard if heard in self._sounds else ""
        if not begun and not heard:
            return None
        found = _Opening((), {}, heard, {}, {})
        for at in sorted(begun):
            (alone, _), parts = self._names[at], self._spelled[at]
            words, stems = tuple([word for word, _ in parts]), tuple([stem for _, stem in parts])
            _call(found.exact, words, alone)
            _call(found.stems, stems, alone)
            for second in {words[1], stems[1]} if len(words) > 1 else ():
                found.after[second] = found.after.get(second, 0) | 1 << len(words)
        alone = self._called(found, (first.word,), (first.stem,))
        return found._replace(alone=alone) if alone or found.after or heard else None

    def _name_at(
        self, words: Sequence[Token], start: int, opening: _Opening, kinds: Collection[Kind]
    ) -> Named | None:
        if (opening.after or opening.heard) and start + 1 < len(words):
            second = words[start + 1]
            heard = self._heard.get(f"{opening.heard} {sound(second.word)}", ()) if opening.heard else ()
            sizes = opening.after.get(second.word, 0) | opening.after.get(second.stem, 0)
            for at in heard:
                sizes |= 1 << len(self._spelled[at])
            for size in range(min(sizes.bit_length(), len(words) - start + 1) - 1, 1, -1):
                if sizes >> size & 1:
                    part = words[start : start + size]
                    typed, stems = tuple([token.word for token in part]), tuple([token.stem for token in part])
                    named = self._called(opening, typed, stems, heard)
                    if found := self._of(named, kinds, words, start, size):
                        return found
        return self._of(opening.alone, kinds, words, start, 1)

    def _of(
        self, named: tuple[Entry, ...], kinds: Collection[Kind], words: Sequence[Token], start: int, size: int
    ) -> Named | None:
        """The entries of *kinds* among those that so many words name, or a longer name that begins with them."""
        entries = named if kinds is ALL else tuple([entry for entry in named if entry.kind in kinds])
        if not entries:
            return None
        found = Named(entries, start, start + size)
        return self._longer(words, found, kinds) or found

    def _called(
        self, opening: _Opening, typed: tuple[str, ...], stems: tuple[str, ...], heard: Sequence[int] = ()
    ) -> tuple[Entry, ...]:
        """The entries that are called so, word for word or nearly."""
        exact: Sequence[Entry] = opening.exact.get(typed, ())
        alike: Sequence[Entry] = opening.stems.get(stems, ())
        if exact or (len(typed) == 1 and typed[0] in LIGHT):
            alike = [entry for entry in alike if entry.kind in _COUNTABLE] if exact else ()
        elif not alike and heard:
            spoken = [[word for word, _ in self._spelled[at]] for at in heard]
            alike = [self._names[at][0][0] for at, name in zip(heard, spoken, strict=True) if _alike(name, typed)]
        return tuple(dict.fromkeys((*exact, *alike))) if exact or alike else ()

    def _longer(self, words: Sequence[Token], named: Named, kinds: Collection[Kind]) -> Named | None:
        """The longer name that *named* opens with what follows it, by any of the party's names."""
        nested = [self._going_on(each) for each in named.entries if each.kind is Kind.PARTY]
        longest = max((size for size, _ in nested), default=0)
        after = tuple([token.word for token in words[named.end : named.end + longest]])
        for size in range(len(after), 0, -1):
            for _, names in nested:
                longer = [each for each in names.get(after[:size], ()) if each.kind in kinds]
                if longer:
                    return Named(tuple(dict.fromkeys(longer)), named.start, named.end + size)
        return None

    def opening(self, words: Sequence[str], stem: str) -> list[Entry]:
        """The parties whose whole names begin a longer one, of *words*, the first of which has that *stem*."""
        found = self._opening(Token("", words[0], stem))
        called = (found.exact.get(tuple(words[:size]), ()) for size in range(1, len(words))) if found else ()
        return [entry for entries in called for entry in entries if entry.kind is Kind.PARTY]

    def _going_on(self, party: Entry) -> tuple[int, dict[tuple[str, ...], list[Entry]]]:
        """What follows a party's name in longer names: "leader" of "Korean leader"; first the longest's words."""
        found = self._nested.get(party.key)
        if found is None:
            rests = dict[tuple[str, ...], list[Entry]]()
            for name in filter(None, map(word_stems, party.names)):
                opening = tuple([word for word, _ in name])
                for at in self._begun.get(opening[0], ()):
                    words = tuple([word for word, _ in self._spelled[at]])
                    if len(words) > len(opening) and words[: len(opening)] == opening:
                        rests.setdefault(words[len(opening) :], []).append(self._names[at][0][0])
            found = self._nested[party.key] = max(map(len, rests), default=0), rests
        return found


def _call(names: _Calls, name: tuple[str, ...], alone: tuple[Entry]) -> None:
    """Let a *name* stand for the entry *alone*, too."""
    known = names.setdefault(name, alone)
    if alone[0] not in known:
        names[name] = (*known, *alone)


def _alike(name: Sequence[str], typed: Sequence[str]) -> bool:
    """Whether both sound the same, word for word."""
    return len(name) == len(typed) and sounds(name) == sounds(typed)


def _words_of(entries: Iterable[Entry]) -> frozenset[str]:
    """Every word of the names of *entries*."""
    return frozenset(word for entry in entries for name in entry.names for word, _ in word_stems(name))


def keys(entries: Iterable[Entry], kind: Kind) -> frozenset[str]:
    """The keys of the entries that are of *kind*."""
    return frozenset(entry.key for entry in entries if entry.kind is kind)
