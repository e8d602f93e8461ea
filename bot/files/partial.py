"""
Files that hold only a part of a base: what is missing is filled in from the base that they are meant for.

Ids may be missing; claims may refer by name or key to entries that the file or the base has; groups may be missing.
Nothing is guessed: a name that is merely near stands for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.core.claims import Entry, FactBase, Party, Source, parse_ref
from bot.core.editing.fields import folded
from bot.core.wording import say
from bot.files.factfile import Fault
from bot.files.yaml_tree import Place, Tree, items_of, mapping_of

_GROUPS = {"topics": "topic", "places": "place", "parties": "party", "metrics": "metric", "sources": "source"}


def complete(tree: Tree, held: FactBase) -> tuple[frozenset[int], list[Fault]]:
    """
    Fill in what *tree*, which is changed, leaves to the base *held*.

    Returns:
        The numbers that were given to claims without one, and every reference that names nothing.
    """
    filled = mapping_of(tree.root)
    if filled is None:
        return frozenset(), []
    filled.setdefault("format", 1)
    for group in (*_GROUPS, "claims"):
        if filled.get(group) is None:
            filled[group] = [] if group == "claims" else {}
    names = {group: _names(filled[group], getattr(held, group).values()) for group in _GROUPS}
    unnumbered = _number(filled["claims"], held)
    resolver = _Resolver(names)
    for group in _GROUPS:
        for key, entry in items_of(filled[group]):
            resolver.entry(group, key, entry)
    for at, claim in items_of(filled["claims"]):
        resolver.claim(("claims", at), claim)
    return unnumbered, resolver.faults


def _number(claims: Any, held: FactBase) -> frozenset[int]:
    """Give the claims without an id the numbers that come next; those numbers."""
    given: set[int] = set()
    written = [claim for _, each in items_of(claims) if (claim := mapping_of(each)) is not None]
    for claim in written:
        if claim.get("id") not in (None, ""):
            number = parse_ref(str(claim["id"]))
            if number is not None:
                claim["id"] = f"C{number}"
                given.add(number)
    unnumbered: set[int] = set()
    number = max((*given, *held.claims), default=0)
    for claim in written:
        if claim.get("id") in (None, ""):
            number += 1
            claim["id"] = f"C{number}"
            unnumbered.add(number)
    return frozenset(unnumbered)


def _names(written: Any, held: Iterable[Entry | Source]) -> dict[str, str]:
    """Keys by every name that stands for one entry alone; keys themselves come before names."""
    found: dict[str, str | None] = {}

    def add(name: Any, key: str) -> None:
        plain = folded(name) if isinstance(name, str) else ""
        if plain:
            found[plain] = key if found.get(plain, key) == key else None

    for each in held:
        for name in _held_names(each):
            add(name, each.key)
    for key, entry in items_of(written):
        fields = mapping_of(entry) or {}
        aliases = (alias for _, alias in items_of(fields.get("aliases")))
        for name in (fields.get("name"), fields.get("style"), *aliases):
            add(name, str(key))
    for key in (*(each.key for each in held), *(str(key) for key, _ in items_of(written))):
        found[folded(key)] = key
    return {name: key for name, key in found.items() if key is not None}


def _held_names(each: Entry | Source) -> Iterable[str]:
    if isinstance(each, Source):
        return (each.title, f"{each.publisher.name} {each.published_on}")
    return (*each.names, each.style) if isinstance(each, Party) else each.names


class _Resolver:
    """Puts keys in place of names."""

    def __init__(self, names: Mapping[str, Mapping[str, str]]) -> None:
        self._names = names
        self.faults: list[Fault] = []

    def entry(self, group: str, key: Any, entry: Any) -> None:
        """What an entry or a source refers to."""
        holder = mapping_of(entry)
        if holder is None:
            return
        place = (group, key)
        if group == "sources":
            self._one(place, holder, "publisher", "parties", f"source {key}")
        else:
            self._one(place, holder, "part_of", group, f"{_GROUPS[group]} {key}")
            self._several(place, holder, "members", group, f"{_GROUPS[group]} {key}")

    def claim(self, place: Place, node: Any) -> None:
        """What a claim refers to."""
        claim = mapping_of(node)
        if claim is None:
            return
        ref = str(claim.get("id"))
        self._one(place, claim, "claimant", "parties", ref)
        self._one(place, claim, "source", "sources", ref)
        for field, group in (("topics", "topics"), ("subjects", "parties"), ("places", "places")):
            self._several(place, claim, field, group, ref)
        for field, key, group in (("relayed_by", "party", "parties"), ("figures", "metric", "metrics")):
            for at, each in items_of(claim.get(field)):
                if (holder := mapping_of(each)) is not None:
                    self._one((*place, field, at), holder, key, group, f"{ref} {field} {at + 1}")

    def _one(self, place: Place, holder: dict[Any, Any], field: str, group: str, who: str) -> None:
        written = holder.get(field)
        if isinstance(written, str) and written:
            holder[field] = self._key((*place, field), written, group, f"{who} {field}")

    def _several(self, place: Place, holder: dict[Any, Any], field: str, group: str, who: str) -> None:
        if isinstance(holder.get(field), str):
            holder[field] = [holder[field]]
        listed: Any = holder.get(field)
        for at, written in items_of(listed):
            if isinstance(written, str):
                listed[at] = self._key((*place, field, at), written, group, f"{who} {field}")

    def _key(self, place: Place, written: str, group: str, who: str) -> str:
        known = self._names[group].get(folded(written))
        if known is None:
            kind = _GROUPS[group]
            self.faults.append(
                (
                    place,
                    say(
                        "{who}: there is no {kind} “{text}”; add it under {group}, or mend the key or name.",
                        who=who,
                        kind=kind,
                        text=written,
                        group=group,
                    ),
                )
            )
            return written
        return known
