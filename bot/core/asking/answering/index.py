"""Where the words and names of a base's claims are: for each part of a question, how near each claim comes."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.core.asking.answering.meanings import Meanings, rows_of_entries
from bot.core.asking.answering.nearby import Nearby
from bot.core.asking.answering.postings import Filling, Row
from bot.core.asking.answering.profile import Profile
from bot.core.asking.answering.question import Unit
from bot.core.asking.answering.references import Mentions, References, Referring
from bot.core.asking.answering.terms import (
    IN_TEXT,
    SAID,
    Terms,
    asked_keys,
    content,
    fields,
    keys_of,
    said_of,
    terms,
    texts_in,
    texts_of,
)
from bot.core.asking.answering.values import Values
from bot.core.asking.reading.tokens import Token
from bot.core.claims import Claim, Entry, Kind
from bot.core.numbers import Number

_OTHER = 0.85
"""How near a word comes that a shortened one may stand for."""

_STRICT = 0.9
"""From which nearness on two words are the same."""

_PROFILES = 2_048
"""Claims whose profiles are held; a base of more makes them as they are asked for."""

_SHARING = 10


@dataclass(frozen=True, slots=True)
class Met:
    """
    For one part of a question, how near each claim comes, 0 to 1: one number a claim.

    Attributes:
        strict: By its own words and names, those that the base uses for them included.
        soft: By words of a like meaning, too.
    """

    strict: Any
    soft: Any


class ClaimIndex:
    """
    The claims of one base by every term they can be met by. Each has a slot; one that went leaves an empty slot.

    Attributes:
        claims: By slot; None where one went.
    """

    def __init__(
        self, claims: Iterable[tuple[Claim, Sequence[Sequence[Token]]]], referring: Referring, *, whole: bool
    ) -> None:
        """
        Read *claims*, each with the words of all its texts, those of what it says first.

        Args:
            whole: With their numbers, and with what their texts mention. Otherwise numbers are read for the first
                question that has one, and what may mention a party or a place for the first that names it.
        """
        self._referring = referring
        held, self.slots = list[Claim](), dict[int, int]()
        refers, mentions = list[References](), list[Mentions | None]()
        self._profiles: dict[int, Profile] = {}
        stems, keys, values = Filling(""), Filling(), Values()
        spelled, shared = {"": ""}, dict[Any, tuple[Row, list[int], float]]()
        said_rows = list[bytes | None]()
        for slot, (claim, words) in enumerate(claims):
            texts, of = words[: 1 + len(claim.quotations)], referring.of(claim)
            found = referring.mentions(claim, texts) if whole else None
            self.slots[claim.number] = slot
            held.append(claim)
            new = dict[str, str]()
            for part, thing, level in fields(claim, referring):
                key = (part, thing.kind, thing.key) if isinstance(thing, Entry) else (thing, level)
                known = shared.get(key)
                if known is None:
                    named = content(texts_in(part, thing))
                    new |= named
                    known = shared[key] = (stems.rows(named), [], level)
                known[1].append(slot)
            said = said_of(texts)
            rows = stems.rows(said)
            stems.add(rows, (slot,), SAID)
            said_rows.append(None if whole else rows.tobytes())
            for stem, word in (new | said).items():
                spelled.setdefault(stem, word)
            keys.add_all(keys_of(claim, of, found), slot)
            refers.append(of)
            mentions.append(found)
            if whole:
                values.read(slot, claim)
        for rows, slots, level in shared.values():
            stems.add(rows, slots, level)
        self._stems, self._keys = stems.done(), keys.done()
        self._values = values if whole else None
        self._mentioned: dict[tuple[Kind, str], Sequence[int]] | None = None if whole else {}
        entries = rows_of_entries({key: rows for key, (rows, *_) in shared.items() if isinstance(key[0], str)})
        nearby = Nearby(stems.terms, [spelled[stem] for stem in stems.terms])
        self._meanings = Meanings(nearby, _objects(said_rows), entries, referring.metrics)
        self.claims, self._refers, self._mentions = _objects(held), _objects(refers), _objects(mentions)

    def changed(self, gone: Collection[Claim], come: Collection[Claim]) -> ClaimIndex:
        """
        The index without the claims *gone* and with those that have *come*, at the cost of these alone.

        A claim that takes the number of one that goes takes its slot.
        """
        after: ClaimIndex = copy(self)
        added = [claim for claim in come if claim.number not in self.slots]
        for part in ("claims", "_refers", "_mentions"):
            setattr(after, part, np.append(getattr(self, part), np.full(len(added), None, dtype=object)))
        after.slots = self.slots | {claim.number: self.size + at for at, claim in enumerate(added)}
        after._profiles = dict(self._profiles)
        after._stems, after._keys = self._stems.copy(), self._keys.copy()
        of = {claim.number: self._references(claim) for claim in come}
        new = {claim.number: terms(claim, self._referring, *of[claim.number]) for claim in come}
        before = {
            claim.number: terms(claim, self._referring, self._refers[slot], self._mentions[slot])
            for claim in gone
            for slot in (self.slots[claim.number],)
        }
        spelled = {stem: word for read in new.values() for stem, word in read.spelled.items()}
        slots = [after.slots[claim.number] for claim in come]
        after._meanings = self._meanings.changed(self._meanings.nearby.having(spelled), len(added), slots)
        for number in before.keys() | new.keys():
            after._put(after.slots[number], before.get(number), new.get(number))
        if self._values:
            went, came = ({claim.number: claim for claim in each} for each in (gone, come))
            after._values = self._values.changed(after.slots, went, came)
        for claim in gone:
            if claim.number not in new:
                after.claims[after.slots.pop(claim.number)] = None
        for claim in come:
            slot = after.slots[claim.number]
            after.claims[slot] = claim
            after._refers[slot], after._mentions[slot] = of[claim.number]
        after._mentioned = None if self._mentioned is None else {}
        return after

    def _references(self, claim: Claim) -> tuple[References, Mentions | None]:
        """What *claim* refers to; and what its texts mention, where that is looked up for all."""
        whole = self._mentioned is None
        mentions = self._referring.mentions(claim, texts_of(claim)) if whole else None
        return self._referring.of(claim), mentions

    def _put(self, slot: int, before: Terms | None, after: Terms | None) -> None:
        """Let *slot* be met by the terms *after* in place of those *before*."""
        self._stems.replace(slot, before.stems if before else {}, after.stems if after else {})
        self._keys.replace(slot, before.keys if before else {}, after.keys if after else {})
        self._profiles.pop(slot, None)

    def __len__(self) -> int:
        return len(self.slots)

    @property
    def size(self) -> int:
        """How many slots there are, empty ones among them."""
        return len(self.claims)

    @property
    def empty(self) -> list[int]:
        """The slots of claims that went."""
        return [] if len(self) == self.size else [at for at, claim in enumerate(self.claims) if claim is None]

    def hold(self, claims: Iterable[Claim]) -> None:
        """Refer to these objects, each equal to the claim of its number: what they were read from can go."""
        for claim in claims:
            self.claims[self.slots[claim.number]] = claim

    def sharing(self, stems: Collection[str], least: float) -> list[Claim]:
        """The claims that have the greatest share of *stems* by rarity, at least the *least*, the greatest first."""
        found, total = np.zeros(self.size, dtype=np.float32), 0.0
        for stem in stems:
            weight = math.log(1 + len(self) / (1 + self._stems.count(stem)))
            found[self._stems.slots(stem)] += weight
            total += weight
        best = np.argsort(-found, kind="stable")[:_SHARING]
        claims = (self.claims[int(at)] for at in best if total and found[at] >= least * total)
        return [claim for claim in claims if claim is not None]

    def claim(self, number: int) -> Claim | None:
        """The claim of that number."""
        slot = self.slots.get(number)
        return None if slot is None else self.claims[slot]

    def profile(self, slot: int) -> Profile:
        """What the claim in *slot* can be asked about; KeyError for an empty one."""
        found = self._profiles.get(slot)
        if found is not None:
            return found
        claim = self.claims[slot]
        if claim is None:
            raise KeyError(slot)
        if len(self._profiles) >= _PROFILES:
            self._profiles.clear()
        made = Profile(claim, self._referring, self._refers[slot], self._mentions[slot])
        return self._profiles.setdefault(slot, made)

    def rarity(self, stem: str) -> float:
        """The share of the claims that do not have *stem*, 0 to 1."""
        return 1 - self._stems.count(stem) / (len(self) + 1) if stem in self._stems else 1.0

    @property
    def values(self) -> Values:
        """The numbers that claims give."""
        if self._values is None:
            values = Values()
            for slot in self.slots.values():
                values.read(slot, self.claims[slot])
            self._values = values
        return self._values

    def __contains__(self, value: object) -> bool:
        """Whether figures of claims are worded with the number *value*."""
        return value in self.values

    def giving(self, numbers: Sequence[Number]) -> Any:
        """For each slot, 1 where its claim gives all of *numbers*, else 0."""
        return self.values.giving(numbers, self.size)

    def meets(self, unit: Unit) -> Met:
        """How near each claim comes to *unit*."""
        strict, soft = np.zeros(self.size, dtype=np.float32), np.zeros(self.size, dtype=np.float32)
        for entry in unit.entries:
            for term, level in asked_keys(entry.kind, entry.key):
                self._keys.raise_to(strict, term, level)
            if self._mentioned is not None and entry.kind in IN_TEXT:
                level = np.uint8(100 * IN_TEXT[entry.kind]) * np.float32(1 / 100)
                slots = self._mentioning(entry, self._mentioned)
                strict[slots] = np.maximum(strict[slots], level)
        near = [self.near(token) for token in unit.tokens]
        if len(unit.tokens) == 1 or not unit.entries:
            self._raise(strict, soft, near)
            for token in unit.others:
                for stem, level in self.near(token).items():
                    self._stems.raise_to(soft, stem, level * _OTHER)
                    self._stems.raise_to(strict, stem, level * _OTHER if level >= _STRICT else 0.0)
        else:
            self._raise_whole(strict, soft, near)
        return Met(strict, np.maximum(strict, soft))

    def _mentioning(self, entry: Entry, known: dict[tuple[Kind, str], Sequence[int]]) -> Sequence[int]:
        """The slots of claims whose texts mention *entry*, if no field names it: that counts more."""
        found = known.get((entry.kind, entry.key))
        if found is None:
            party, begins = entry.kind is Kind.PARTY, self._referring.beginnings(entry)
            found = [
                slot
                for slot in self.slots.values()
                for of in (self._refers[slot],)
                if entry.key not in (of.said | of.about if party else of.places)
                and self._referring.may_name(self.claims[slot], *begins)
                for mentions in (self.profile(slot).mentions,)
                if entry.key in (mentions.parties if party else mentions.places)
            ]
            known[entry.kind, entry.key] = found
        return found

    def _raise(self, strict: Any, soft: Any, near: Sequence[Mapping[str, float]]) -> None:
        for stems in near:
            for stem, level in stems.items():
                self._stems.raise_to(soft, stem, level)
                if level >= _STRICT:
                    self._stems.raise_to(strict, stem, level)

    def _raise_whole(self, strict: Any, soft: Any, near: Sequence[Mapping[str, float]]) -> None:
        """For a name of several words in a claim's text: by the one met worst; in meaning, by their mean."""
        parts: list[tuple[Any, Any]] = []
        for stems in near:
            one = (np.zeros_like(strict), np.zeros_like(soft))
            self._raise(*one, [stems])
            parts.append(one)
        np.maximum(strict, np.minimum.reduce([part[0] for part in parts]), out=strict)
        np.maximum(soft, np.mean([part[1] for part in parts], axis=0), out=soft)

    def near(self, token: Token) -> Mapping[str, float]:
        """The stems of the base's words that are near *token* in meaning, its own included, with how near, 0 to 1."""
        return {**self._meanings.nearby.of(token.word), token.stem: 1.0}

    def meanings(self, words: Sequence[str], slots: Sequence[int]) -> Any:
        """How near the claims in *slots* come to the folded *words* of a question in meaning, as in `MEANINGS`."""
        return self._meanings.of(words, {slot: self.claims[slot] for slot in slots})


def _objects(items: Sequence[object]) -> Any:
    """*items* as an array: copied at once, and nothing that the garbage collector looks through."""
    return np.fromiter(items, dtype=object, count=len(items))
