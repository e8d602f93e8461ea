"""What `make install` installs: pinned, hashed, from wherever the machine is set up to fetch."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
_PINNED = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>[^ ]+)", re.MULTILINE)


def _name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_lock_holds_every_dependency_in_a_version_that_is_asked_for() -> None:
    """A dependency added or raised without `make lock` fails here, not on somebody's machine."""
    pinned = {_name(found["name"]): found["version"] for found in _PINNED.finditer(LOCK)}
    asked = map(Requirement, [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]])

    wrong = [
        f"{each.name}{each.specifier}: {pinned.get(_name(each.name), 'not locked')}"
        for each in asked
        if not each.specifier.contains(pinned.get(_name(each.name), "0"))
    ]
    assert not wrong


def test_the_lock_names_no_address() -> None:
    """Where packages come from is the machine's business."""
    assert not re.search(r"://|--(extra-)?index|--find-links|@ ", LOCK)


def test_every_package_of_the_lock_has_a_hash() -> None:
    """What is installed is what was tested."""
    packages = re.split(r"\n(?=\S)", LOCK.strip())

    assert packages
    assert all("--hash=sha256:" in package for package in packages)
