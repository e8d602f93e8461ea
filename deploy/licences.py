"""
Under which licences production's dependencies stand: `python -m deploy.licences`.

Permissive ones are welcome. Weak copyleft (LGPL, MPL) binds changes of the library itself, which is used as it comes
from its registry; it is named. Strong copyleft and licences that forbid a use may not be in production, and a licence
that cannot be told counts as one of them: the exit status is 1 then.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "requirements.lock"
_PINNED = re.compile(r"^([a-z0-9.-]+)==(\S+)", re.MULTILINE)
_FORBIDDEN = re.compile(
    r"\bA?GPL|Affero|(?<!Lesser )General Public|SSPL|EUPL|BUSL|CC-BY-(NC|SA|ND)|Proprietary|Commons Clause",
    re.IGNORECASE,
)
_WEAK = re.compile(r"\bLGPL|Lesser General|\bMPL|Mozilla|\bEPL|Eclipse|\bCDDL", re.IGNORECASE)


class Kind(StrEnum):
    """What a licence asks of whoever passes the bot on."""

    PERMISSIVE = "permissive"
    WEAK = "weak copyleft"
    FORBIDDEN = "not for production"
    ELSEWHERE = "not installed on this system"


@dataclass(frozen=True, slots=True)
class Dependency:
    """A package that production installs."""

    name: str
    version: str
    licence: str
    kind: Kind


def kind_of(licence: str) -> Kind:
    """What a licence is, by its name or SPDX expression; of several to choose from the freest counts."""
    if not licence.strip():
        return Kind.FORBIDDEN
    choices = re.split(r"\s+OR\s+", licence) if " AND " not in licence else [licence]
    kinds = [
        Kind.FORBIDDEN if _FORBIDDEN.search(each) else Kind.WEAK if _WEAK.search(each) else Kind.PERMISSIVE
        for each in choices
    ]
    return min(kinds, key=list(Kind).index)


def dependencies(lock: str) -> list[Dependency]:
    """Every package of a lock file's text, with the licence that the installed one says it has."""
    return [_dependency(name, version) for name, version in _PINNED.findall(lock)]


def _dependency(name: str, version: str) -> Dependency:
    try:
        about: dict[str, Any] = metadata.metadata(name).json
    except metadata.PackageNotFoundError:
        return Dependency(name, version, "", Kind.ELSEWHERE)
    listed: list[str] = about.get("classifier") or []
    classifiers = [each.split(" :: ")[-1] for each in listed if each.startswith("License")]
    named = str(about.get("license") or "").strip().splitlines()
    licence: str = about.get("license_expression") or ", ".join(classifiers) or "".join(named[:1])
    return Dependency(name, version, licence, kind_of(licence))


def main() -> int:
    """Print a line for each package; 1 when one may not be in production."""
    found = dependencies(LOCK.read_text(encoding="utf-8"))
    for each in sorted(found, key=lambda one: (list(Kind).index(one.kind), one.name)):
        print(f"{each.kind:30}{each.name:24}{each.version:18}{each.licence or 'none stated'}")
    return int(any(each.kind is Kind.FORBIDDEN for each in found))


if __name__ == "__main__":
    sys.exit(main())
