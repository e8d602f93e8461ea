"""Nothing heavy holds the event loop: by which thread it is done, and how much there is to do."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest

import cogs.briefings
import cogs.check
import cogs.why
from bot.core.asking.matching.candidates import LARGE
from bot.core.claims import FactBase
from bot.core.editing import queue
from bot.core.editing.queue import Miss, grouped
from bot.core.rules import vetting
from bot.files import exports
from bot.files.factfile import dump
from bot.services import answers, curation, exchange, missed
from bot.services.answers import Snapshot
from bot.store import claims as stored_claims
from bot.store import history, past, queues
from bot.ui.asking import pictures
from bot.ui.moderating import importing
from tests.desk import Desk, moderator_says
from tests.factories import a_base, a_claim, a_figure, a_party

HEAVY: tuple[tuple[ModuleType, str, str], ...] = (
    (stored_claims, "claim_of", "!topics"),
    (stored_claims, "entries_of", "!history C8"),
    (past, "entries_of", "!asof 2026-01-01 casualties"),
    (answers, "_snapshot", "!claim retire C11 a trial"),
    (cogs.check, "_checked", "!check 6,000 were killed."),
    (cogs.why, "explain", "!why casualties"),
    (pictures, "comparison_picture", "!compare casualties"),
    (cogs.briefings, "briefing_pages", "!brief"),
    (cogs.briefings, "markdown_of", "!brief as: file"),
    (cogs.briefings, "pdf_of", "!brief as: file"),
    (missed, "grouped", "!misses"),
    (missed, "grouped", "!review"),
    (history, "claim_of", "!history C8"),
    (curation, "draft_of", "!claim retire C9 a trial"),
    (curation, "changed_between", "!claim retire C10 a trial"),
    (exports, "dump", "!export"),
    (exchange, "_plan", "!import"),
    (importing, "import_pages", "!import"),
    (queues, "_proposal", "!topic edit casualties description: All who fell. reason: a trial"),
    (queues, "_proposal", "!review"),
)
"""What takes long where a base is large, and a command that does it."""


class Elsewhere:
    """Stands in for a function, does what it does, and keeps which threads did it."""

    def __init__(self, does: Callable[..., Any]) -> None:
        self._does = does
        self.threads: set[int] = set()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """What it does."""
        self.threads.add(threading.get_ident())
        return self._does(*args, **kwargs)


async def test_what_is_heavy_is_done_in_another_thread(
    desk: Desk, base: FactBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every such thing, by a command that does it."""
    changed = replace(base.claims[8], statement="Troops were said to be killed near Kursk.")
    file = dump(replace(base, claims={**base.claims, 8: changed})).encode()
    for module, name, command in HEAVY:
        done = Elsewhere(getattr(module, name))
        with monkeypatch.context() as patched:
            patched.setattr(module, name, done)
            if module is queues:
                await moderator_says(desk, "!setup four-eyes on", desk.admin)
            if command == "!import":
                await desk.moderator.send(desk.channel, command, attachments=[("base.yaml", file)])
            else:
                await moderator_says(desk, command)

        assert done.threads, f"{command} does not call {name}"
        assert threading.get_ident() not in done.threads, f"{name} holds the event loop in {command}"


async def test_a_large_base_is_asked_in_another_thread() -> None:
    """A small one at once, as that is quicker."""
    for size, elsewhere in ((LARGE, False), (LARGE + 1, True)):
        snapshot = Snapshot(a_base([a_claim(number) for number in range(1, size + 1)]))
        thread = await snapshot.work_out(threading.get_ident)

        assert (thread != threading.get_ident()) == elsewhere


def counted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[None]:
    """Grows by one with each call of the function."""
    calls: list[None] = []
    does = getattr(module, name)

    def count(*args: Any, **kwargs: Any) -> Any:
        calls.append(None)
        return does(*args, **kwargs)

    monkeypatch.setattr(module, name, count)
    return calls


@pytest.mark.parametrize("alike", [True, False])
def test_thousands_of_claims_are_compared_with_a_few_each(monkeypatch: pytest.MonkeyPatch, *, alike: bool) -> None:
    """Not each with every other, whether or not all give the same figure."""
    parties = [a_party(f"Party {number}") for number in range(40)]
    some = [
        a_claim(
            number,
            claimant=parties[number % 40],
            figures=(a_figure(low=100.0 if alike else float(number), high=None),),
        )
        for number in range(1, 1001)
    ]
    compared = counted(monkeypatch, vetting, "_differ")
    vetting.vet(a_base(some))

    assert len(compared) <= 20 * len(some)


def test_thousands_of_questions_are_compared_with_a_few_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Near-duplicates are put together all the same, typos and another order of words included."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    asked = [f"how many zithers did orchestra {number} of town {number * 7} send" for number in range(1500)]
    asked += ["where did the drummers go", "the drummers went where did go", "where did the drumers go"]
    misses = [Miss(number, 1, text, at + timedelta(seconds=number)) for number, text in enumerate(asked)]
    compared = counted(monkeypatch, queue.fuzz, "ratio")
    found = grouped(misses)

    assert len(compared) <= 20 * len(misses)
    assert any(len(each.misses) == 3 and "drum" in each.asked for each in found)
