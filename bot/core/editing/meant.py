"""Names that were typed and that nothing in the base answers to, with those near to them, to ask which is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.core.claims import Entry, FactBase, Relay
from bot.core.editing.drafts import Fields
from bot.core.editing.fields import EMPTY, NEARLY, by_name, folded

_GROUPS = {"claimant": "parties", "via": "parties", "about": "parties", "topics": "topics", "places": "places"}
_PARTS = re.compile(r"([\n,;]|\|\|)")
_HOW = re.compile(rf"(?:{'|'.join(Relay)})\s+", re.IGNORECASE)
_EACH = 3


@dataclass(frozen=True, slots=True)
class Meant:
    """A name of the base that may be meant by what was typed in a field."""

    field: str
    typed: str
    name: str

    def put_into(self, fields: Fields) -> dict[str, str]:
        """*fields* with the name in the place of what was typed."""
        parts = _PARTS.split(fields[self.field])
        return {**fields, self.field: "".join(self._mended(part) for part in parts)}

    def _mended(self, part: str) -> str:
        head, name = _parted(part)
        return f"{head}{name.replace(self.typed, self.name)}" if name.strip() == self.typed else part


def meant(base: FactBase, fields: Fields) -> tuple[Meant, ...]:
    """For every name in *fields* that nothing answers to, up to three that are near; in the order of the fields."""
    return tuple(each for field in _GROUPS if fields.get(field) for each in _of_field(base, field, fields[field]))


def _of_field(base: FactBase, field: str, text: str) -> Iterator[Meant]:
    entries: Mapping[str, Entry] = getattr(base, _GROUPS[field])
    known = by_name(entries)
    names = {name: entry for entry in entries.values() for name in map(folded, entry.names)}
    for part in _PARTS.split(text):
        typed = _parted(part)[1].strip()
        if not typed or typed == EMPTY or _PARTS.fullmatch(part) or folded(typed) in known:
            continue
        near = process.extract(folded(typed), names.keys(), scorer=fuzz.ratio, score_cutoff=NEARLY, limit=None)
        found = dict.fromkeys(names[name].name for name, _, _ in near)
        yield from (Meant(field, typed, name) for name in list(found)[:_EACH])


def _parted(part: str) -> tuple[str, str]:
    """What leads to the name (white space, "to", "via"), and the name."""
    space = part[: len(part) - len(part.lstrip())]
    how = _HOW.match(part, len(space))
    head = how.end() if how else len(space)
    return part[:head], part[head:]
