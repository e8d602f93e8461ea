"""docs/security.md names for every danger what stops it, and the test that would fail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deploy.licences import Kind, dependencies, kind_of
from tests.proofs.fuzz import CORPUS, targets, tried

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def test_every_test_that_the_page_names_exists() -> None:
    """And every row names one."""
    named = re.findall(r"`((?:\w+/)?test_\w+)::(test_\w+)`", PAGE)
    missing = [
        f"{file}::{test}"
        for file, test in named
        if f"def {test}(" not in (ROOT / "tests" / f"{file}.py").read_text(encoding="utf-8")
    ]
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| who |")]

    assert not missing
    assert all("::test_" in row for row in rows)


@pytest.mark.parametrize(
    ("licence", "kind"),
    [
        ("MIT", Kind.PERMISSIVE),
        ("Apache-2.0 OR BSD-2-Clause", Kind.PERMISSIVE),
        ("GPL-3.0-only OR MIT", Kind.PERMISSIVE),
        ("MPL-2.0 AND (Apache-2.0 OR MIT)", Kind.WEAK),
        ("LGPL-3.0-only", Kind.WEAK),
        ("GNU Lesser General Public License v3 (LGPLv3)", Kind.WEAK),
        ("GPL-2.0-or-later", Kind.FORBIDDEN),
        ("GNU General Public License v3 (GPLv3)", Kind.FORBIDDEN),
        ("GNU Affero General Public License v3", Kind.FORBIDDEN),
        ("MIT AND GPL-3.0-only", Kind.FORBIDDEN),
        ("CC-BY-NC-4.0", Kind.FORBIDDEN),
        ("", Kind.FORBIDDEN),
    ],
)
def test_a_licence_is_told_by_its_name(licence: str, kind: Kind) -> None:
    """As its metadata has it, as an SPDX expression or as a classifier."""
    assert kind_of(licence) is kind


def test_production_holds_no_licence_that_it_may_not_have() -> None:
    """And the page names every weak copyleft in it."""
    found = dependencies((ROOT / "requirements.lock").read_text(encoding="utf-8"))

    assert len(found) > 40
    assert not [each for each in found if each.kind is Kind.FORBIDDEN]
    weak = {each.name.removesuffix("-binary") for each in found if each.kind is Kind.WEAK}
    assert all(name in PAGE for name in weak), weak


def test_what_once_made_it_fail_no_longer_does() -> None:
    """Every finding of `make fuzz` is kept, and answered or refused as it should be."""
    kept = [(each, path) for each in targets() for path in (CORPUS / each.name).glob("*")]

    assert len(kept) > 15
    assert not [f"{path}: {wrong}" for target, path in kept if (wrong := tried(target, path.read_bytes()))]
