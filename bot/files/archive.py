"""Files that are kept beside the database, readable by their owner alone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.core.editing.uploads import File

_OWNER_ONLY = 0o600


def write_all(folder: Path, files: Iterable[File]) -> None:
    """Write *files* into *folder*, which is made where it is not there; what had their names is replaced."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in files:
        partial = folder / f".{file.name}.partial"
        partial.unlink(missing_ok=True)
        partial.touch(mode=_OWNER_ONLY)
        partial.write_bytes(file.data)
        partial.replace(folder / file.name)
