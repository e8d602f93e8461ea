"""Which bases are in memory: copies share what was read, the oldest go, and none answers for another."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Collection
from dataclasses import replace

import pytest

from bot.core.asking.matching.candidates import LARGE
from bot.core.asking.results import Found
from bot.core.claims import FactBase, Wording
from bot.services.answers import CURATED, MOST_SPARED, Snapshot, Workspaces
from tests.factories import a_base, a_claim

BASE = a_base([a_claim(1, "Field kitchens were sent to Kursk."), a_claim(2, "Bakeries were sent to Kursk.")])


class Kept:
    """A store in memory that counts what is read."""

    def __init__(self) -> None:
        self.bases: dict[int, FactBase] = {}
        self.read: list[int] = []

    async def load(self, workspace: int) -> FactBase:
        """A copy of its own for each."""
        self.read.append(workspace)
        held = self.bases.get(workspace, BASE)
        return replace(held, claims=dict(held.claims))

    async def revisions(self, workspaces: Collection[int]) -> dict[int, int]:
        """By workspace."""
        return {key: base.revision for key, base in self.bases.items()}


async def nothing_to_do(_: int) -> None:
    """Every workspace is there."""


@pytest.fixture
def kept() -> Kept:
    """An empty store."""
    return Kept()


@pytest.fixture
def workspaces(kept: Kept) -> Workspaces:
    """Workspaces over it."""

    return Workspaces(kept, nothing_to_do)


def statements(found: object) -> list[str]:
    """Of the claims that were found."""
    return [claim.statement for claim in found.claims] if isinstance(found, Found) else []


async def test_copies_of_the_curated_base_share_what_was_read_of_it(workspaces: Workspaces) -> None:
    """Ten thousand servers that changed nothing cost no more than one."""
    curated = (await workspaces.open(CURATED)).searcher

    assert (await workspaces.open(7)).searcher is curated
    assert (await workspaces.open(8)).base.claims is curated.base.claims


async def test_a_changed_copy_answers_for_itself_alone(workspaces: Workspaces, kept: Kept) -> None:
    """Sharing ends where the bases differ."""
    (await workspaces.open(CURATED)).ask("kitchens")
    changed = {**BASE.claims, 1: replace(BASE.claims[1], statement="Field kitchens came by rail.")}
    kept.bases[7] = replace(BASE, claims=changed, revision=1)

    assert statements((await workspaces.open(7)).ask("kitchens")) == ["Field kitchens came by rail."]
    assert statements((await workspaces.open(8)).ask("kitchens")) == ["Field kitchens were sent to Kursk."]
    await workspaces.replace(8, replace(BASE, claims={2: BASE.claims[2]}, revision=1))
    assert statements((await workspaces.open(8)).ask("kitchens")) == []
    assert statements((await workspaces.open(CURATED)).ask("kitchens")) == ["Field kitchens were sent to Kursk."]


async def test_the_workspace_not_asked_for_longest_is_let_go(kept: Kept) -> None:
    """By what they take in memory; it is read again when somebody asks, and the curated base stays."""
    for workspace in (1, 2, 3):
        own = replace(BASE.claims[1], statement=f"Field kitchens came to desk {workspace}.")
        kept.bases[workspace] = replace(BASE, claims={**BASE.claims, 1: own})
    workspaces = Workspaces(kept, nothing_to_do, megabytes=3)
    for workspace in (CURATED, 1, 2, 1, 3):
        await workspaces.open(workspace)
        assert workspaces.taken <= 3_000_000

    assert [key for key in (CURATED, 1, 2, 3) if workspaces.opened(key)] == [CURATED, 1, 3]
    await workspaces.open(2)
    assert kept.read == [CURATED, 1, 2, 3, 2]


async def test_an_older_base_never_replaces_a_newer_one(workspaces: Workspaces) -> None:
    """A slow reader that comes late changes nothing."""
    await workspaces.open(7)
    await workspaces.replace(7, replace(BASE, claims={2: BASE.claims[2]}, revision=5))
    await workspaces.replace(7, replace(BASE, revision=4))

    assert list((await workspaces.open(7)).base.claims) == [2]


@pytest.mark.parametrize("wording", [Wording(), Wording(closed=True)], ids=["open", "closed"])
def test_a_base_that_was_let_go_is_freed_at_once(wording: Wording) -> None:
    """It holds itself nowhere, so it does not wait for the collector, which the bot lets look seldom."""
    gc.disable()
    try:
        snapshot = Snapshot(replace(BASE, wording=wording))
        for question in ("kitchens", "who was never heard of"):
            snapshot.ask(question)
            snapshot.named(question)
            snapshot.checker.assertions(question)
        changed = Snapshot(replace(BASE, wording=wording, claims={1: BASE.claims[1]}), snapshot.searcher)
        changed.ask("kitchens")
        held = weakref.ref(snapshot.searcher)
        del snapshot, changed

        assert held() is None
    finally:
        gc.enable()


async def test_a_base_read_again_after_a_change_holds_none_that_was_before(workspaces: Workspaces) -> None:
    """A thousand edits take no more memory than one."""
    first = weakref.ref((await workspaces.open(7)).searcher)
    await workspaces.open(CURATED)
    for revision in range(1, 4):
        own = replace(BASE.claims[1], statement=f"Field kitchens came {revision} times.")
        made = await workspaces.replace(7, replace(BASE, claims={1: own}, revision=revision))
        made.ask("kitchens")
        made.ask("who was never heard of")

    assert first() is None


async def test_what_others_left_behind_while_large_bases_were_built_is_freed_in_the_end(kept: Kept) -> None:
    """
    The collector is spared the base, and with it whatever else there is at that moment: but not for good.

    A look at all of it holds everybody up, so that one build is not worth one.
    """
    kept.bases[5] = a_base([a_claim(at, f"Report {at} was sent to Kursk.") for at in range(1, LARGE + 2)])
    workspaces = Workspaces(kept, nothing_to_do)
    others = {"itself": Node()}
    others["itself"].refers_to = others["itself"]
    left = weakref.ref(others["itself"])
    await workspaces.open(5)
    others.clear()
    await workspaces.look_through()
    assert left() is not None

    for _ in range(MOST_SPARED):
        workspaces.forget(5)
        await workspaces.open(5)
    await workspaces.look_through()
    assert left() is None


class Node:
    """Something that refers to itself."""

    refers_to: Node
