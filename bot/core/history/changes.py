"""What changed in a fact base between two moments, in the words of a briefing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.block import attribution_words
from bot.core.claims import Claim
from bot.core.history.revisions import changed
from bot.core.wording import later

NEW, RETIRED, RESTORED, FIGURE, CAVEAT, STATUS, ATTRIBUTION, WORDING = (
    later("new"),
    later("retired"),
    later("restored"),
    later("figure changed"),
    later("caveat changed"),
    later("status changed"),
    later("attribution changed"),
    later("wording changed"),
)

_KINDS = (
    (FIGURE, {"figures", "quotations"}),
    (CAVEAT, {"caveats"}),
    (STATUS, {"status"}),
    (ATTRIBUTION, {"claimant", "relayed by", "source"}),
    (WORDING, {"statement"}),
)


@dataclass(frozen=True, slots=True)
class Change:
    """
    How one claim changed.

    Attributes:
        kinds: What changed, in words; at least one.
        before: None for a new claim.
        after: The claim now; for a retired one, its last state.
    """

    kinds: tuple[str, ...]
    before: Claim | None
    after: Claim


def changes(before: Mapping[int, Claim], now: Mapping[int, Claim], about: Iterable[int]) -> tuple[Change, ...]:
    """
    What became of the claims that were or are in a briefing, by number.

    Args:
        before: Live claims of the last one, as they stood then.
        now: Every claim as it stands, retired ones included.
        about: Numbers of the live claims that belong into the briefing now.
    """
    found: list[Change] = []
    present = set(about)
    for number in sorted(present | before.keys()):
        old, new = before.get(number), now.get(number)
        if new is None:
            continue
        if old is None:
            if number in present:
                found.append(Change((NEW,), None, new))
        elif new.retired:
            found.append(Change((RETIRED,), old, new))
        elif what := kinds(old, new):
            found.append(Change(what, old, new))
    return tuple(found)


def kinds(old: Claim, new: Claim) -> tuple[str, ...]:
    """What of a claim is shown otherwise now; nothing where its readers would see no difference."""
    if bool(old.retired) != bool(new.retired):
        return (RETIRED,) if new.retired else (RESTORED,)
    fields = set(changed(old, new))
    found = [words for words, names in _KINDS if not names.isdisjoint(fields)]
    if ATTRIBUTION not in found and attribution_words(old.attribution) != attribution_words(new.attribution):
        found.append(ATTRIBUTION)
    return tuple(found)
