"""A base as it was handed in, without texts that would stand above claims like headlines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from bot.core.claims import Claim, Entry, FactBase, Party, Source
from bot.core.editing.fields import check_meaning
from bot.core.records import claim_of, claim_record
from bot.core.rules.headlines import headline_in, headline_in_key, marked, without_count
from bot.core.wording import refused, say

_E = TypeVar("_E", bound=Entry)


def without_headlines(given: FactBase, held: FactBase) -> tuple[FactBase, tuple[str, ...]]:
    """
    *given* without the other names, descriptions, styles, titles and speakers that hold a figure or a verdict and
    that *held* has not already; and what had one left out: "topic casualties", "C14". "Two doctors", a group that
    speaks, are "Doctors".

    Raises:
        Refused: A name or a key does, which cannot be left out; all such names at once. Or a metric gets another
            meaning under claims whose words stay.
    """
    whole = given
    given = _uncounted(given, held)
    named = [
        f"{say(entry.kind)} {marked(entry.key)}: {say(fault)}"
        for entry in given.entries()
        if (fault := headline_in(entry.name)) and _held_name(held, entry) != entry.name
    ]
    named += [
        f"{say(each.kind)} {marked(each.key)}: {say('its key {fault}', fault=say(fault))}"
        for each in given.references()
        if each.key not in held.of_kind(each.kind) and (fault := headline_in_key(each.key))
    ]
    if named:
        raise refused(
            "Names stand above claims; choose others (‘Doctors’, not ‘Two doctors’) and import the file again. "
            "{names}.",
            names="; ".join(named),
        )
    said = {number: claim.statement for number, claim in given.claims.items()}
    stays = replace(
        held, claims={n: each for n, each in held.claims.items() if said.get(n, each.statement) == each.statement}
    )
    for metric in given.metrics.values():
        check_meaning(stays, metric)
    bare = [_plain(each, held) for each in given.references()]
    left = [f"{each.kind} {each.key}" for each, other in zip(whole.references(), bare, strict=True) if each != other]
    claims = {number: _plain_claim(claim, held.claims.get(number)) for number, claim in given.claims.items()}
    left += [claim.ref for number, claim in claims.items() if given.claims[number] != claim]
    if not left:
        return whole, ()
    plain = given.having(*(each for each in bare if isinstance(each, Entry)))
    sources = (each for each in bare if isinstance(each, Source))
    plain = plain.having(*(replace(each, publisher=plain.parties[each.publisher.key]) for each in sources))
    claims = {number: claim_of(claim_record(claim), plain, claim.version) for number, claim in claims.items()}
    return replace(plain, claims=claims), tuple(left)


def _uncounted(given: FactBase, held: FactBase) -> FactBase:
    """*given* with groups that speak called without how many they are, where that leaves them a name of their own."""
    taken = {name.casefold() for entry in given.commands() for name in entry.names}
    parties = {
        key: _group(party, taken) if key not in held.parties else party for key, party in given.parties.items()
    }
    return given if parties == given.parties else replace(given, parties=parties)


def _group(party: Party, taken: set[str]) -> Party:
    style = without_count(party.style)
    name = without_count(party.name)
    if name == party.name or name.casefold() in taken - {each.casefold() for each in party.names}:
        return replace(party, style=style)
    aliases = tuple(each for each in party.aliases if each.casefold() != name.casefold())
    return replace(party, name=name[:1].upper() + name[1:], aliases=aliases, style=style)


def _plain_claim(claim: Claim, before: Claim | None) -> Claim:
    """*claim* without a speaker, or a name of who states a caveat, that is a headline."""
    known = (
        {before.attribution.spoken_by, *(each.stated_by for each in before.verification.caveats)} if before else ()
    )
    said, caveats = claim.attribution.spoken_by, claim.verification.caveats
    if all(each in known or not headline_in(each) for each in (said, *(each.stated_by for each in caveats))):
        return claim
    bare = tuple(replace(each, stated_by="") if headline_in(each.stated_by) else each for each in caveats)
    attribution = replace(claim.attribution, spoken_by="" if headline_in(said) else said)
    return replace(claim, attribution=attribution, verification=replace(claim.verification, caveats=bare))


def _held_name(held: FactBase, entry: Entry) -> str:
    before = held.of_kind(entry.kind).get(entry.key)
    return before.name if before else ""


def _plain(each: Any, held: FactBase) -> Any:
    if isinstance(each, Source):
        before = held.sources.get(each.key)
        kept = not headline_in(each.title) or (before is not None and before.title == each.title)
        return each if kept else replace(each, title="")
    return _plain_entry(each, held.of_kind(each.kind).get(each.key))


def _plain_entry(entry: _E, before: Entry | None) -> _E:
    known = {*before.aliases, before.about, getattr(before, "style", "")} if before else set[str]()

    def fine(text: str) -> bool:
        return text in known or not headline_in(text)

    changes: dict[str, Any] = {"aliases": tuple(filter(fine, entry.aliases))}
    if not fine(entry.about):
        changes["about"] = ""
    if isinstance(entry, Party) and not fine(entry.style):
        changes["style"] = ""
    return replace(entry, **changes)
