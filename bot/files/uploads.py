"""
Fact bases that people upload: whatever the bytes are, a base comes out or one sentence that says what to mend.

What could harm is found on the bytes and on the parsing events, before anything is built: a few bytes of YAML can
stand for gigabytes, or be nested deeper than any reader recurses. The limits keep the largest base that is accepted
within seconds of reading, so the caller reads in a thread.
"""

from __future__ import annotations

import re
import zlib
from datetime import date
from pathlib import Path
from typing import Any

from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
)

from bot.core.claims import FactBase
from bot.core.editing.uploads import FaultyUpload, Stamp, Upload
from bot.core.editing.visible import hidden_characters
from bot.core.rules.headlines import headline_in
from bot.core.wording import say
from bot.errors import FactBaseError, Refused
from bot.files.factfile import read_whole
from bot.files.factmodels import StampModel
from bot.files.partial import complete
from bot.files.table import read_table
from bot.files.yaml_tree import Tree, as_tree, items_of

MOST_BYTES = 100_000_000
"""As much as Discord takes in a server with every boost."""

_ENDS = frozenset({"yaml", "yml", "json", "csv"})
_MOST_LINES = 6_000_000
_MOST_NODES = 12_000_000
_DEEPEST = 12
_LONGEST_NUMBER = 64  # a checksum's length; no figure comes near it
_LONGEST_NAME = 80
_LONGEST_MESSAGE = 300

_NUMBER = re.compile(r"[-+]?(?:0[xob])?[0-9a-fA-F_]+\Z")
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})((?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}.*)?\Z")
_BREAKS = re.compile(r" *[\n\t][ \n\t]*")


def read_upload(name: str, data: bytes, held: FactBase | None = None) -> Upload:
    """
    What an uploaded file holds, its line breaks inside texts folded to spaces.

    Args:
        name: The file's name, as whoever uploaded it chose: its end tells YAML, JSON or a table.
        data: Its content.
        held: The base that it is meant for: what it leaves out is filled in from there.

    Raises:
        FaultyUpload: Lines that name the upload, the line in it where there is one, and what to mend; all at once.
        Refused: It cannot be read at all; one line likewise.
    """
    shown = _shown(name)
    if shown.lower().endswith(".gz"):
        shown, data = shown[:-3], _unpacked(shown, data)
    end = shown.lower().rpartition(".")[2] if "." in shown else ""
    if end not in _ENDS:
        raise Refused(
            say("{file}: not YAML, JSON or CSV by its name; upload a file in the form of an export.", file=shown)
        )
    held = held or FactBase()
    text = _text(shown, data)
    try:
        tree = _tree(text, shown, end)
    except FactBaseError as error:
        raise Refused(_one_line(str(error))) from None
    if tree.root is None:
        raise Refused(say("{file}: holds only remarks; upload the file that an export gives.", file=shown))
    _fold(tree.root)
    unnumbered, faults = complete(tree, held)
    base, others = read_whole(tree, held)
    around = {place[:end] for place, _ in faults for end in range(3, len(place) + 1)}
    faults += [(place, message) for place, message in others if place not in around]
    if faults:
        lines = sorted((tree.line(place), message) for place, message in faults)
        raise FaultyUpload(tuple(_one_line(f"{shown}:{line}: {message}") for line, message in lines))
    return Upload(base, unnumbered, _stamp(tree.root))


def _tree(text: str, shown: str, end: str) -> Tree:
    if end == "csv":
        return read_table(text, Path(shown))
    return as_tree(text, Path(shown), _Examiner(shown), exact=end == "json")


def _stamp(root: Any) -> Stamp | None:
    written = root.get("exported")
    if not written:
        return None
    model = StampModel.model_validate(written)
    return Stamp(model.base, model.revision, model.at)


_ENDING = re.compile(r"(?:\.[A-Za-z]{1,6}){1,2}\Z")


def _shown(name: str) -> str:
    """*name* without folders and without what nobody can see, its end kept: there stands the kind of file."""
    last = re.split(r"[/\\]", name)[-1]
    end = _ENDING.search(last)
    if headline_in(last):
        last = f"{say('the upload')}{end[0] if end else ''}"
    return "".join(filter(str.isprintable, last))[-_LONGEST_NAME:] or say("the upload")


def _unpacked(shown: str, data: bytes) -> bytes:
    reader = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        unpacked = reader.decompress(data, MOST_BYTES + 1)
    except zlib.error:
        raise Refused(say("{file}: cannot be unpacked; upload the file that an export gives.", file=shown)) from None
    if not reader.eof and len(unpacked) <= MOST_BYTES:
        raise Refused(say("{file}: is cut off; upload it again.", file=shown))
    return unpacked


def _text(shown: str, data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise Refused(
            say(
                "{file}: {size} MB is too large; {most} MB is the most, so split it into several bases.",
                file=shown,
                size=f"{len(data) / 1_000_000:.1f}",
                most=MOST_BYTES // 1_000_000,
            )
        )
    if not data.strip():
        raise Refused(say("{file}: is empty; upload the file that an export gives.", file=shown))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(say("{file}: UTF-16 text; save it as UTF-8.", file=shown))
    if b"\0" in data:
        raise Refused(
            say(
                "{file}:{line}: holds NUL bytes, so it is no text; save it as UTF-8.",
                file=shown,
                line=_line(data, data.index(0)),
            )
        )
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Refused(
            say("{file}:{line}: not UTF-8 text; save it as UTF-8.", file=shown, line=_line(data, error.start))
        ) from None
    lines = text.split("\n")
    if len(lines) > _MOST_LINES:
        raise Refused(
            say(
                "{file}: more than {most} lines; split it into several bases.",
                file=shown,
                most=f"{_MOST_LINES:,}",
            )
        )
    for number, line in enumerate(lines, 1):
        _check_visible(shown, number, line)
    return text


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def _check_visible(shown: str, line: int, text: str) -> None:
    if hidden := hidden_characters(text):
        raise Refused(
            say(
                "{file}:{line}: holds {hidden}, which nobody can see; take it out.",
                file=shown,
                line=line,
                hidden=", ".join(hidden[:3]),
            )
        )


class _Examiner:
    """Looks at parsing events one by one and refuses the first that no fact base has."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._depth = 0
        self._nodes = 0

    def __call__(self, event: Any) -> None:
        kind: type[object] = event.__class__
        line: int = event.start_mark.line + 1
        if issubclass(kind, AliasEvent):
            raise self._refusal(line, say("YAML aliases (*name) are not allowed; write the value out."))
        if issubclass(kind, DocumentStartEvent) and (event.version or event.tags):
            raise self._refusal(line, say("YAML directives (%NAME) are not allowed; take them out."))
        if issubclass(kind, CollectionEndEvent):
            self._depth -= 1
        elif issubclass(kind, NodeEvent):
            self._check_node(line, event, kind)

    def _check_node(self, line: int, event: Any, kind: type[object]) -> None:
        self._nodes += 1
        if event.tag is not None and event.tag != "!":
            raise self._refusal(line, say("YAML tags (!name) are not allowed; take the tag out."))
        if not self._depth and not issubclass(kind, MappingStartEvent):
            raise self._refusal(
                line, say("no fact base; one begins with its format, sources, topics, parties and claims.")
            )
        if self._nodes > _MOST_NODES:
            raise self._refusal(
                line,
                say("more than {most} values; split it into several bases.", most=f"{_MOST_NODES:,}"),
            )
        if issubclass(kind, CollectionStartEvent):
            self._depth += 1
            if self._depth > _DEEPEST:
                raise self._refusal(line, say("nested deeper than {most} levels; no fact base is.", most=_DEEPEST))
        else:
            _check_visible(self._shown, line, event.value)
            if not event.style:
                self._check_plain(line, event.value)

    def _check_plain(self, line: int, value: str) -> None:
        """Refuse what YAML would read as a number or date and cannot."""
        if len(value) > _LONGEST_NUMBER and _NUMBER.match(value):
            raise self._refusal(
                line, say("a number of {n} digits; mend it, or put it in quotation marks.", n=len(value))
            )
        found = _DAY.match(value)
        if found and (found[4] or not _is_day(found[1], found[2], found[3])):
            raise self._refusal(line, say("“{text}” is not a date; write one such as 2025-10-31.", text=value[:30]))

    def _refusal(self, line: int, message: str) -> Refused:
        return Refused(f"{self._shown}:{line}: {message}")


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def _fold(node: Any) -> None:
    """Make one line of every text in *node*, so that none can stand for two lines of a claim's block."""
    for key, value in items_of(node):
        if not isinstance(value, str):
            _fold(value)
        elif "\n" in value or "\t" in value:
            node[key] = _BREAKS.sub(" ", value).strip(" ")


def _one_line(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= _LONGEST_MESSAGE else f"{line[:_LONGEST_MESSAGE]}…"
