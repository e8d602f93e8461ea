"""Who carried a claim on: "told Reuters", "was quoted by", "citing two officials"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.claims import Relay
from bot.core.intake.speakers import Names
from bot.core.intake.words import pattern, plain, words

_NO_HOP, _SPEAKERS = words("outlets", "no_hop"), words("speakers", "nouns")
_TO_HOP, _VIA_HOP = pattern("outlets", "told"), pattern("outlets", "passed_on")
_SAYING_BY = re.compile(r"\bas (?:saying|telling)\b.{0,40}?\bby\s+")


def cited(names: Names) -> tuple[int, ...]:
    """Whom the sentence's outlet cites: "citing two officials"."""
    for place, word in enumerate(names.s.words):
        if word.low in {"citing", "quoting"} and not names.quoted(place):
            after = place + 1
            if after < len(names.s.words) and (names.speaker(name := names.phrase(after)) or names.document(name)):
                return name
    return ()


def hops(names: Names) -> Iterator[tuple[tuple[int, ...], Relay]]:
    """Who was told and who passes on, wherever the sentence says so, each with how."""
    start, end = names.s.words[0].start, names.s.words[-1].end
    low = plain(names.text[start:end])
    for how, patterns in ((Relay.TO, (_TO_HOP,)), (Relay.VIA, (_VIA_HOP, _SAYING_BY))):
        for found in (each for form in patterns for each in form.finditer(low)):
            place = next((at for at, word in enumerate(names.s.words) if word.start == start + found.end()), None)
            if place is None or names.quoted(place):
                continue
            name = names.phrase(place)
            if names.outlet(name) or (found[0].startswith("t") and how is Relay.TO and _body(names, name)):
                yield name, how


def _body(names: Names, places: tuple[int, ...]) -> bool:
    """Whether an unknown name may be an outlet's: a proper name that is neither a person nor a place."""
    found = [names.s.words[at] for at in places]
    return (
        bool(found)
        and found[-1].pos == "PROPN"
        and found[-1].entity != "DATE"
        and not any(word.entity in {"PERSON", "GPE", "LOC", "NORP", "FAC"} or word.low in _NO_HOP for word in found)
        and not any(word.lemma.lower() in _SPEAKERS for word in found)
    )
