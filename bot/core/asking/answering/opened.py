"""Where the words stand that names may begin with: in which claims it is worth looking for one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import copy

from bot.core.asking.reading.spelling import sounds
from bot.core.asking.reading.tokens import Token, tokens
from bot.core.claims import Claim


class Opened:
    """By word and stem, the slots of the claims of one base that have it in what they say or in a caveat."""

    def __init__(self) -> None:
        self._slots: dict[tuple[str, str], tuple[int, ...]] = {}
        self._heard: dict[str, list[tuple[str, str]]] | None = None

    def read(self, slot: int, claim: Claim, texts: Sequence[Sequence[Token]] | None = None) -> None:
        """Know the words of *claim*; its *texts* may be at hand."""
        known = self._slots
        for word in _words_of(claim, texts):
            known[word] = (*known.get(word, ()), slot)

    def changed(self, come: Mapping[int, Claim]) -> Opened:
        """With these claims, too, in their slots. What others had there stays: it only is looked at in vain."""
        after: Opened = copy(self)
        after._slots, after._heard = dict(self._slots), None
        for slot, claim in come.items():
            after.read(slot, claim)
        return after

    def slots(self, words: Collection[str], heard: Collection[str]) -> set[int]:
        """The slots of the claims that have one of *words*, as word or stem, or one that sounds as those *heard*."""
        found = [pair for pair in self._slots if pair[0] in words or pair[1] in words]
        if heard:
            if self._heard is None:
                by_sound = dict[str, list[tuple[str, str]]]()
                for pair, key in zip(self._slots, sounds([word for word, _ in self._slots]), strict=True):
                    by_sound.setdefault(key, []).append(pair)
                self._heard = by_sound
            found += [pair for key in heard for pair in self._heard.get(key, ())]
        return {slot for pair in found for slot in self._slots[pair]}


def _words_of(claim: Claim, texts: Sequence[Sequence[Token]] | None) -> set[tuple[str, str]]:
    caveats = claim.verification.caveats
    if texts is None:
        said = (claim.statement, *[quotation.exact for quotation in claim.quotations])
        texts = [tokens(text) for text in (*said, *[caveat.text for caveat in caveats])]
    checking = [tokens(caveat.stated_by) for caveat in caveats if caveat.stated_by]
    return {(word, stem) for words in (*texts, *checking) for _, word, stem, _ in words}
