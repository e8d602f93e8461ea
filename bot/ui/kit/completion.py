"""What Discord offers while a slash option is typed: names and ids, never a claim's words or figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from discord import app_commands

from bot.core.claims import Claim, Kind, Status, parse_ref
from bot.core.wording import say
from bot.services.answers import ABOUT, Snapshot
from bot.ui.kit.embeds import CHOICE
from bot.ui.kit.host import Press, snapshot_of
from bot.ui.kit.text import clip, visible

CHOICES = 25
Choices = list[app_commands.Choice[str]]
Completing = Callable[[Press, str], Coroutine[Any, Any, Choices]]
_NAMES = re.compile(r"((?:.*,\s*)?)(.*)", re.DOTALL)
_HOPS = re.compile(r"((?:.*\|\|\s*)?(?:(?:to|via)\s+)?)(.*)", re.DOTALL | re.IGNORECASE)


def _choice(shown: str, *values: str) -> app_commands.Choice[str]:
    """What is *shown* with the first of *values* that is short enough, or the last one cut."""
    value = next((each for each in values if len(each) <= CHOICE), values[-1][:CHOICE])
    return app_commands.Choice(name=clip(visible(shown), CHOICE), value=value)


def complete_entries(snapshot: Snapshot, typed: str, kinds: frozenset[Kind] = ABOUT) -> Choices:
    """Names of entries that *typed* may become, 25 at most; a question finds one that is cut, others need its key."""
    found = snapshot.searcher.complete(typed, kinds, CHOICES)
    keys = [() if kinds is ABOUT else (entry.key,) for entry in found]
    return [
        _choice(f"{entry.name} ({say(entry.kind)})", entry.name, *key) for entry, key in zip(found, keys, strict=True)
    ]


def complete_several(snapshot: Snapshot, typed: str, kinds: frozenset[Kind], *, hops: bool = False) -> Choices:
    """
    The same for the last of several names with commas between; those before it stay.

    Args:
        hops: Whether they are hops, parted by `||`, each with "to" or "via" before its name.
    """
    before, last = (_HOPS if hops else _NAMES).fullmatch(typed.lstrip()).groups()  # pyright: ignore[reportOptionalMemberAccess] both match anything
    return [
        app_commands.Choice(name=each.name, value=f"{before}{each.value}")
        for each in complete_entries(snapshot, last, kinds)
        if len(f"{before}{each.value}") <= CHOICE
    ]


def complete_metrics(snapshot: Snapshot, typed: str) -> Choices:
    """Names of metrics that hold what was typed."""
    wanted = typed.casefold().strip()
    found = [each for each in snapshot.base.metrics.values() if any(wanted in name.casefold() for name in each.names)]
    return [_choice(each.name, each.name, each.key) for each in found[:CHOICES]]


def _label(claim: Claim) -> str:
    topics = ", ".join(topic.name for topic in claim.topics[:2])
    return clip(visible(f"{claim.ref} · {topics} · {claim.attribution.claimant.name}"), CHOICE)


def complete_sources(snapshot: Snapshot, typed: str) -> Choices:
    """Keys of sources that hold what was typed, the newest first."""
    wanted = typed.casefold().strip()
    newest = sorted(snapshot.base.sources.values(), key=lambda source: source.published_on, reverse=True)
    found = [each for each in newest if wanted in f"{each.key} {each.publisher.name} {each.title}".casefold()]
    return [
        _choice(f"{source.publisher.name}, {source.published_on} ({source.key})", source.key)
        for source in found[:CHOICES]
    ]


async def status_choices(_: Press, typed: str) -> Choices:
    """Verification statuses that hold what was typed."""
    words = [status.value.replace("_", " ") for status in Status]
    return [app_commands.Choice(name=each, value=each) for each in words if typed.casefold().strip() in each]


def complete_claims(snapshot: Snapshot, typed: str, *, retired: bool = False) -> Choices:
    """Ids of claims that *typed* may become: by number first, else by what they are about; at most 25."""
    base = snapshot.base
    claims = [claim for claim in base.claims.values() if claim.retired] if retired else base.live
    number = parse_ref(typed)
    if number is not None:
        found = [claim for claim in claims if str(claim.number).startswith(str(number))]
    else:
        named = (
            {entry.key for entry in snapshot.searcher.complete(typed, ABOUT, CHOICES)}
            if typed.strip(" cC#")
            else None
        )
        found = [claim for claim in claims if named is None or named & _keys(claim)]
    return [app_commands.Choice(name=_label(claim), value=claim.ref) for claim in found[:CHOICES]]


def completing(complete: Callable[[Snapshot, str], Choices]) -> Completing:
    """What an option is completed by: what *complete* finds in the base of the server where somebody types."""

    async def offered(press: Press, typed: str) -> Choices:
        return complete(await snapshot_of(press), typed)

    return offered


PARTY = frozenset({Kind.PARTY})
entry_choices = completing(complete_entries)
"""Topics, places and parties."""
party_choices = completing(partial(complete_entries, kinds=PARTY))
source_choices = completing(complete_sources)


def _keys(claim: Claim) -> set[str]:
    entries = (*claim.topics, *claim.places, *claim.subjects, claim.attribution.claimant)
    return {entry.key for entry in entries}
