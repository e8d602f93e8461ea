"""
YAML as mappings and lists that know their lines, in one pass over the parsing events.

Only what a fact base needs: no aliases, and plain words that are numbers, days, booleans or nothing by YAML 1.2, not
by 1.1 ("no" is a word). The events come from libyaml where PyYAML was built with it, ten times as fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

import yaml

from bot.core.digits import written
from bot.core.editing.visible import check_visible
from bot.core.wording import say
from bot.errors import FactBaseError

Place = tuple[str | int, ...]
"""Where something stands: ("claims", 3, "statement")."""

_WORDS: Mapping[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z", re.ASCII)
_BROKEN = re.compile(r"[-+]?[0-9]+\.[0-9]*(?:e[-+]?[0-9]+)?\Z|[-+]?\.(?:inf|nan)\Z", re.ASCII | re.IGNORECASE)
_GROUPED = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}\Z", re.ASCII)
_MOST_NODES, _DEEPEST = 12_000_000, 12
_LONGEST_NUMBER = 64  # a checksum's length; no figure comes near it
_NUMBER = re.compile(r"[-+]?(?:0[xob])?[0-9a-fA-F_]+\Z")
_LIKE_A_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})((?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}.*)?\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)


@dataclass(frozen=True)
class Tree:
    """What a file holds, and on which line, from 1, every place in it stands."""

    root: Any
    lines: Mapping[Place, int]

    def line(self, place: Place) -> int:
        """The line of *place*, or of the closest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def as_tree(text: str, path: Path, *, exact: bool = False, guarded: bool = False) -> Tree:
    """
    *text* as a tree.

    Args:
        text: YAML.
        path: What errors call it.
        exact: It is JSON, where `1.234` can only be a little more than one; in YAML, people may mean a thousand, so
            that it stays as typed for whoever reads it as a figure.
        guarded: Anybody may have written it: what no fact base has is refused before anything is built of it.

    Raises:
        FactBaseError: It is no YAML, or uses what no fact base needs.
    """
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(path, exact=exact, guarded=guarded)
    try:
        for event in yaml.parse(text, Loader=loader):  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType, reportUnknownArgumentType] PyYAML has no types
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.context_mark or error.problem_mark  # where it began, not where the text ends
        line = min(mark.line + 1, len(text.splitlines())) if mark else 1
        raise FactBaseError(f"{path}:{line}: {_problem(error)}") from None
    except (yaml.YAMLError, RecursionError, ValueError):
        raise FactBaseError(f"{path}: not readable as YAML.") from None
    return Tree(builder.root, builder.lines)


def _problem(error: yaml.MarkedYAMLError) -> str:
    problem = str(error.problem or error.context)
    if "nesting depth" in problem:
        return say("nested deeper than any fact base is; mend it.")
    return say("not readable as YAML: {problem}.", problem=problem)


class _Builder:
    """Makes a tree of events: a stack of what is open, each with its place and the key that waits for its value."""

    def __init__(self, path: Path, *, exact: bool, guarded: bool) -> None:
        self.root: Any = None
        self.lines: dict[Place, int] = {}
        self._path = path
        self._exact = exact
        self._guarded = guarded
        self._nodes = 0
        self._open: list[tuple[Any, Place]] = []
        self._keys: list[Any] = []
        self._documents = 0

    def take(self, event: Any) -> None:
        """Build on with *event*."""
        line: int = event.start_mark.line + 1
        if self._guarded and (fault := self._fault(event, line)):
            raise self._error(line, fault)
        match event:
            case yaml.AliasEvent():
                raise self._error(line, say("YAML aliases (*name) are not allowed; write the value out."))
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise self._error(line, say("not readable as YAML: expected a single document in the stream."))
            case yaml.ScalarEvent():
                self._put(_value(event, exact=self._exact), line)
            case yaml.MappingStartEvent():
                self._put({}, line)
            case yaml.SequenceStartEvent():
                self._put([], line)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._open.pop()
                self._keys.pop()
            case _:
                pass

    def _fault(self, event: Any, line: int) -> str:
        """What *event* would make of a few bytes, and no fact base needs, as a sentence; else empty."""
        kind: type[object] = event.__class__
        if issubclass(kind, yaml.DocumentStartEvent) and (event.version or event.tags):
            return say("YAML directives (%NAME) are not allowed; take them out.")
        if not issubclass(kind, yaml.NodeEvent) or issubclass(kind, yaml.AliasEvent):
            return ""
        self._nodes += 1
        if event.tag is not None and event.tag != "!":
            return say("YAML tags (!name) are not allowed; take the tag out.")
        if not self._open and not issubclass(kind, yaml.MappingStartEvent):
            return say("no fact base; one begins with its format, sources, topics, parties and claims.")
        if self._nodes > _MOST_NODES:
            return say("more than {most} values; split it into several bases.", most=f"{_MOST_NODES:,}")
        if issubclass(kind, yaml.CollectionStartEvent):
            deep = len(self._open) >= _DEEPEST
            return say("nested deeper than {most} levels; no fact base is.", most=_DEEPEST) if deep else ""
        check_visible(event.value, f"{self._path}:{line}:")
        return "" if event.style else _unreadable(event.value)

    def _put(self, value: Any, line: int) -> None:
        opens = isinstance(value, dict | list)
        if not self._open:
            self.root, place = value, ()
        else:
            holder, around = self._open[-1]
            if isinstance(holder, list):
                items = cast("list[Any]", holder)
                place = (*around, len(items))
                items.append(value)
            elif self._keys[-1] is _NO_KEY:
                self._key(value, line, holder, around)
                return
            else:
                key, self._keys[-1] = self._keys[-1], _NO_KEY
                place = (*around, key)
                holder[key] = value
        if place:
            self.lines.setdefault(place, line)
        if opens:
            self._open.append((cast("Any", value), place))
            self._keys.append(_NO_KEY)

    def _key(self, key: Any, line: int, holder: dict[Any, Any], around: Place) -> None:
        if isinstance(key, dict | list):
            raise self._error(line, say("not readable as YAML: a name is a list or a mapping; write it as a word."))
        if key in holder:
            raise self._error(line, say('not readable as YAML: found duplicate key "{key}".', key=key))
        self._keys[-1] = key
        self.lines[*around, key] = line

    def _error(self, line: int, message: str) -> FactBaseError:
        return FactBaseError(f"{self._path}:{line}: {message}")


_NO_KEY = object()


def _value(event: Any, *, exact: bool) -> Any:
    text: str = event.value
    if event.style or not event.implicit[0]:  # libyaml calls no style ""
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _WHOLE.match(text):
        return int(text)
    if _BROKEN.match(text) and (exact or not _GROUPED.match(text)):
        return float(re.sub(r"\.(inf|nan)", r"\1", text, flags=re.IGNORECASE))
    return date.fromisoformat(text) if _DAY.match(text) else text


def _unreadable(plain: str) -> str:
    """What is wrong with a plain word that YAML would read as a number or a day and cannot; else empty."""
    if len(plain) > _LONGEST_NUMBER and _NUMBER.match(plain):
        return say("a number of {n} digits; mend it, or put it in quotation marks.", n=len(plain))
    found = _LIKE_A_DAY.match(plain)
    try:
        sound = not found or (not found[4] and date(int(found[1]), int(found[2]), int(found[3])))
    except ValueError:
        sound = False
    return "" if sound else say("“{text}” is not a date; write one such as 2025-10-31.", text=plain[:30])


def items_of(node: Any) -> Iterator[tuple[Any, Any]]:
    """Keys and values of a mapping, positions and items of a list; nothing of anything else."""
    if (mapping := mapping_of(node)) is not None:
        yield from list(mapping.items())
    elif isinstance(node, list):
        yield from enumerate(cast("list[Any]", node))


def mapping_of(node: Any) -> dict[Any, Any] | None:
    """*node* if it is a mapping."""
    return cast("dict[Any, Any]", node) if isinstance(node, dict) else None


_Fastest: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_Fastest):
    """Quotes whatever another reader might take for a number or a day."""


def _text(dumper: Any, text: str) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="'" if _NUMERIC.match(text) else None)


def _float(dumper: Any, value: float) -> Any:
    kind = "int" if value == int(value) else "float"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", written(value))


_NUMERIC = re.compile(r"[-+.]?[0-9][-+.,:_0-9a-fox]*\Z", re.ASCII | re.IGNORECASE)
_Dumper.add_representer(float, _float)  # pyright: ignore[reportUnknownMemberType] PyYAML has no types
_Dumper.add_representer(str, _text)  # pyright: ignore[reportUnknownMemberType] PyYAML has no types


def write(tree: Any) -> str:
    """*tree* as YAML in block style, in its own order."""
    return yaml.dump(tree, Dumper=_Dumper, default_flow_style=False, allow_unicode=True, width=118, sort_keys=False)
