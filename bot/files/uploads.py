"""
Fact bases that people upload: whatever the bytes are, a base comes out or one sentence that says what to mend.

What could harm is found on the bytes and on the parsing events, before anything is built: a few bytes of YAML can
stand for gigabytes, or be nested deeper than any reader recurses. The limits keep the largest base that is accepted
within seconds of reading, so the caller reads in a thread.
"""

from __future__ import annotations

import re
import zlib
from gzip import GzipFile
from io import BytesIO
from pathlib import Path
from typing import Any

from bot.core.claims import FactBase
from bot.core.editing.uploads import FaultyUpload, Stamp, Upload
from bot.core.editing.visible import check_unlabelled, check_visible
from bot.core.rules.headlines import headline_in
from bot.core.wording import refused, say
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
_LONGEST_NAME = 80
_LONGEST_MESSAGE = 300

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
        raise refused(
            "{file}: not YAML, JSON or CSV by its name; upload a file in the form of an export.", file=shown
        )
    held = held or FactBase()
    text = _text(shown, data)
    try:
        tree = _tree(text, shown, end)
    except FactBaseError as error:
        raise Refused(_one_line(str(error))) from None
    if tree.root is None:
        raise refused("{file}: holds only remarks; upload the file that an export gives.", file=shown)
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
    return as_tree(text, Path(shown), exact=end == "json", guarded=True)


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
    try:
        return GzipFile(fileobj=BytesIO(data)).read(MOST_BYTES + 1)
    except EOFError:
        raise refused("{file}: is cut off; upload it again.", file=shown) from None
    except (OSError, zlib.error):
        raise refused("{file}: cannot be unpacked; upload the file that an export gives.", file=shown) from None


def _text(shown: str, data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise refused(
            "{file}: {size} MB is too large; {most} MB is the most, so split it into several bases.",
            file=shown,
            size=f"{len(data) / 1_000_000:.1f}",
            most=MOST_BYTES // 1_000_000,
        )
    if not data.strip():
        raise refused("{file}: is empty; upload the file that an export gives.", file=shown)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused("{file}: UTF-16 text; save it as UTF-8.", file=shown)
    if b"\0" in data:
        raise refused(
            "{file}:{line}: holds NUL bytes, so it is no text; save it as UTF-8.",
            file=shown,
            line=_line(data, data.index(0)),
        )
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise refused(
            "{file}:{line}: not UTF-8 text; save it as UTF-8.", file=shown, line=_line(data, error.start)
        ) from None
    lines = text.split("\n")
    if len(lines) > _MOST_LINES:
        raise refused(
            "{file}: more than {most} lines; split it into several bases.", file=shown, most=f"{_MOST_LINES:,}"
        )
    for number, line in enumerate(lines, 1):
        check_visible(line, f"{shown}:{number}:")
    return text


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def _fold(node: Any) -> None:
    """Make one line of every text in *node*, so that none can stand for two lines of a claim's block."""
    for key, value in items_of(node):
        if not isinstance(value, str):
            _fold(value)
            continue
        check_unlabelled(value, str(key))
        if "\n" in value or "\t" in value:
            node[key] = _BREAKS.sub(" ", value).strip(" ")


def _one_line(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= _LONGEST_MESSAGE else f"{line[:_LONGEST_MESSAGE]}…"
