"""What `make install` installs: pinned, hashed, from wherever the machine is set up to fetch."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
LOCKS = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in ("requirements.lock", *(f"requirements-{kind}.lock" for kind in ("cjk", "meaning", "offline", "dev")))
}
EXTRAS = {
    "requirements.lock": (),
    "requirements-offline.lock": ("offline", "intake", "cjk"),
    "requirements-dev.lock": ("offline", "intake", "cjk", "dev"),
}
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
_PINNED = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>[^ ]+)", re.MULTILINE)


def _name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _pinned(lock: str) -> dict[str, str]:
    return {_name(found["name"]): found["version"] for found in _PINNED.finditer(LOCKS[lock])}


@pytest.mark.parametrize("lock", EXTRAS)
def test_a_lock_holds_every_dependency_in_a_version_that_is_asked_for(lock: str) -> None:
    """A dependency added or raised without `make lock` fails here, not on somebody's machine."""
    pinned = _pinned(lock)
    extras = [each for extra in EXTRAS[lock] for each in PROJECT["optional-dependencies"][extra]]
    asked = map(Requirement, [*PROJECT["dependencies"], *extras])

    wrong = [
        f"{each.name}{each.specifier}: {pinned.get(_name(each.name), 'not locked')}"
        for each in asked
        if not each.specifier.contains(pinned.get(_name(each.name), "0"))
    ]
    assert not wrong


def test_production_installs_neither_tests_nor_the_simulated_discord() -> None:
    """In the versions that were tested."""
    production, tested = _pinned("requirements.lock"), _pinned("requirements-dev.lock")

    assert not {"simcord", "pytest", "av", "scipy", "basedpyright", "spacy"} & production.keys()
    assert {name: tested.get(name) for name in production} == production


def test_typefaces_for_chinese_japanese_and_korean_are_a_lock_of_their_own() -> None:
    """They would be an eighth of production's install."""
    assert list(_pinned("requirements-cjk.lock")) == ["manimgx-fonts-cjk"]
    assert "manimgx-fonts-cjk" not in _pinned("requirements.lock")


def test_the_sentence_encoder_is_a_lock_of_its_own() -> None:
    """In one version, and nothing else that production does not have."""
    production, extra = _pinned("requirements.lock"), _pinned("requirements-meaning.lock")
    (asked,) = map(Requirement, PROJECT["optional-dependencies"]["meaning"])

    assert str(asked.specifier) == f"=={extra.pop(asked.name)}"
    assert asked.name not in production
    assert extra.items() <= production.items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str) -> None:
    """Where packages come from is the machine's business."""
    assert not re.search(r"://|--(extra-)?index|--find-links|@ ", LOCKS[lock])


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_has_a_hash(lock: str) -> None:
    """What is installed is what was tested."""
    packages = re.split(r"\n(?=\S)", LOCKS[lock].strip())

    assert packages
    assert all("--hash=sha256:" in package for package in packages)
